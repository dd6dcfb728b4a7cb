// The options that follow from a scenario itself, and the kinds of which it has none, with the reason.
import { check } from "./kinds/check.ts";
import { copies } from "./kinds/copies.ts";
import { human } from "./kinds/human.ts";
import { member } from "./kinds/member.ts";
import { model } from "./kinds/model.ts";
import { moreReviews } from "./kinds/moreReviews.ts";
import { peers } from "./kinds/peers.ts";
import { narrowerCheck, widerCheck } from "./kinds/reach.ts";
import { resend } from "./kinds/resend.ts";
import { retries } from "./kinds/retries.ts";
import { round } from "./kinds/round.ts";
import { routing } from "./kinds/routing.ts";
import { secondLook } from "./kinds/secondLook.ts";
import { secondOpinion } from "./kinds/secondOpinion.ts";
import { selfCheck } from "./kinds/selfCheck.ts";
import { tokens } from "./kinds/tokens.ts";
import { voting } from "./kinds/voting.ts";
import type { Deriving, LeftOut, Option } from "./option.ts";
import type { View } from "./view.ts";

/** In the order in which their changes are made: agents and rates first, then what changes the protocol as a whole. */
const KINDS: readonly Deriving[] = [
  ...[selfCheck, moreReviews, model, retries, tokens, member, round, widerCheck, narrowerCheck],
  ...[copies, voting, routing, secondLook, secondOpinion, peers, check, human, resend],
];

export interface Options {
  readonly options: readonly Option[];
  readonly leftOut: readonly LeftOut[];
}

export function derivedOptions(view: View): Options {
  const found = KINDS.map(({ kind, derive }) => ({ kind, of: derive(view) }));
  return {
    options: found.flatMap(({ of }) => (typeof of === "string" ? [] : of)),
    leftOut: found.flatMap(({ kind, of }) =>
      typeof of === "string" ? { name: kind, why: of } : [],
    ),
  };
}
