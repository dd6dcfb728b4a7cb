// Rules about premises: they have to reach the agents that build on them.

import type { Warning } from "../../documents/checking/problems.ts";
import type { WorkStep } from "../../model/steps.ts";
import { alike, ascending } from "../../numerics/grouping.ts";
import type { Context } from "./context.ts";
import { linkRemedy } from "./links.ts";
import { workingParties } from "./reach.ts";
import { listed, reaches, says } from "./wording.ts";

/** Claims in the scope of a party, and those of their premises that never come to it in time. */
interface Lack {
  readonly party: number;
  readonly claims: readonly number[];
  readonly premises: readonly number[];
}

/** Claims that agents wait for ever to make, since a premise that somebody makes cannot reach them. */
export function claimsThatWait(step: WorkStep, position: number, context: Context): Warning[] {
  if (!step.onlyReady) return [];
  const lacks = lacksOf(step, position, context, (claim) => context.isMade[claim] === 0);
  return sameLacks(lacks).map((group) => {
    const { agents, claims, premises, never, remedy } = wordsOf(context, group);
    return {
      topic: "claim-waits-forever",
      message: `${says(agents, "can", "can")} never make ${claims}: ${premises} ${never} by then`,
      rule: "with onlyReady an agent waits until it holds all premises of a claim",
      hint: `${remedy}; or drop onlyReady, and ${says(agents, "guesses", "guess")} instead`,
    };
  });
}

/** Premises that agents have to guess whenever they make a claim. */
export function premisesThatAreGuessed(
  step: WorkStep,
  position: number,
  context: Context,
): Warning[] {
  if (step.onlyReady) return [];
  const { plan, reach } = context;
  const chanceOf = ({ party }: Lack) => plan.agents.guess[reach.parties.members[party][0]];
  const lacks = lacksOf(step, position, context, () => true);
  return sameLacks(lacks.filter((lack) => chanceOf(lack) > 0)).map((group) => {
    const { agents, claims, premises, never, remedy } = wordsOf(context, group);
    return {
      topic: "premise-always-guessed",
      message: `${says(agents, "makes", "make")} ${claims} without ${premises}, which ${never} by then`,
      rule: `a claim made without one of its premises goes wrong with the chance guess, here ${chanceOf(group[0])}`,
      hint: remedy,
    };
  });
}

/** What the agents that work lack for the claims that are asked about. */
function lacksOf(
  step: WorkStep,
  position: number,
  { plan, reach, isMade }: Context,
  isAsked: (claim: number) => boolean,
): Lack[] {
  const { premiseStart, premises } = plan.task;
  const { claims: scope, held } = reach.at[position];
  const missing = (party: number, claim: number) =>
    premises
      .subarray(premiseStart[claim], premiseStart[claim + 1])
      .filter((premise) => !held.has(party, premise) && isMade[premise] === 1);
  return workingParties(plan, reach.parties, step).flatMap((party) => {
    const lacked = scope
      .list(party)
      .filter(isAsked)
      .map((claim) => ({ claim, premises: missing(party, claim) }))
      .filter((one) => one.premises.length > 0);
    if (lacked.length === 0) return [];
    const claims = lacked.map(({ claim }) => claim);
    return [{ party, claims, premises: ascending(lacked.flatMap((one) => [...one.premises])) }];
  });
}

/** Lacks of the same claims, which many agents may have. */
function sameLacks(lacks: readonly Lack[]): Lack[][] {
  return alike(lacks, ({ claims, premises }) => `${claims.join()} ${premises.join()}`);
}

function wordsOf(context: Context, group: readonly Lack[]) {
  const [{ party, claims, premises }] = group;
  const agents = context.named(group.map((lack) => lack.party));
  const lacked = context.name(premises);
  return {
    agents,
    claims: listed(context.name(claims)),
    premises: listed(lacked),
    never: `${reaches(lacked)} ${listed(agents.names)}`,
    remedy: linkRemedy(context, premises, party),
  };
}
