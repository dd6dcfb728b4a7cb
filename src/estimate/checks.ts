// How well reviewers tell right from wrong, where verdict and truth are both known.
import type { LoggedReview, LoggedRun, LoggedTurn } from "../logs/run.ts";
import { normalQuantile } from "../numerics/distributions.ts";
import { LEVEL, upperProbability } from "../numerics/intervals.ts";
import { square } from "../numerics/power.ts";
import type { AgentEstimates, CheckEstimates, Unidentified } from "./estimates.ts";
import { clustersOf, each, hit, meanOf, shareOf } from "./measures.ts";

export type CheckKind = keyof AgentEstimates["checks"];

/** A review, whether what was looked at is right, and whose it is, as far as known. */
interface Review {
  readonly maker: string | undefined;
  readonly isAccepted: boolean;
  readonly isCorrect: boolean | undefined;
}

type Checks = AgentEstimates["checks"];

/**
 * Recall is the share of wrong steps that are rejected, false alarm that of right ones. Own steps are checked by `self`. An agent
 * checks as `orchestrator` if it reviews two or more others, or does nothing but review; else as a peer.
 */
export function estimateChecks(runs: readonly LoggedRun[], agent: string): Checks {
  const kindOf = kindsOf(runs, agent);
  const reviews = (run: LoggedRun, kind: CheckKind) =>
    reviewsIn(run, agent).filter((review) => kindOf(review) === kind);
  const kinds = new Set(runs.flatMap((run) => reviewsIn(run, agent)).map(kindOf));
  const estimate = (kind: CheckKind): CheckEstimates => {
    const rejected = (isCorrect: boolean, of: string) =>
      shareOf(
        clustersOf(runs, (run) =>
          reviews(run, kind)
            .filter((review) => review.isCorrect === isCorrect)
            .map(({ isAccepted }) => hit(!isAccepted)),
        ),
        of,
      );
    return {
      recall: rejected(false, "wrong steps reviewed"),
      falseAlarm: rejected(true, "right steps reviewed"),
      // There is at least one review.
      reviews: meanOf(
        clustersOf(runs, (run) => [each(reviews(run, kind).length)]),
        "runs",
      ) as CheckEstimates["reviews"],
    };
  };
  return Object.fromEntries([...kinds].sort().map((kind) => [kind, estimate(kind)]));
}

const reviewsIn = ({ turns }: LoggedRun, agent: string): Review[] =>
  turns
    .filter((turn) => turn.agent === agent)
    .flatMap(({ reviews = [] }) => reviews.map((review) => withTarget(review, turns)));

function withTarget({ of, isAccepted, isCorrect }: LoggedReview, turns: readonly LoggedTurn[]) {
  const target = of === undefined ? undefined : turns[of];
  return { maker: target?.agent, isAccepted, isCorrect: isCorrect ?? target?.isCorrect };
}

function kindsOf(runs: readonly LoggedRun[], agent: string): (review: Review) => CheckKind {
  const others = new Set(runs.flatMap((run) => reviewsIn(run, agent)).map(({ maker }) => maker));
  others.delete(undefined);
  others.delete(agent);
  const onlyReviews = runs.every(({ turns }) =>
    turns.every((turn) => turn.agent !== agent || turn.reviews !== undefined),
  );
  const kind = others.size > 1 || onlyReviews ? "orchestrator" : "peer";
  return ({ maker }) => (maker === agent ? "self" : kind);
}

/** What reviews leave open: with how many judgements it would be known to ±.1. */
export function openChecks(
  runs: readonly LoggedRun[],
  agent: string,
  checks: Checks,
): Unidentified[] {
  const kindOf = kindsOf(runs, agent);
  const all = runs.flatMap((run) => reviewsIn(run, agent));
  return Object.entries(checks).flatMap(([kind, { recall, falseAlarm }]) => {
    const own = all.filter((review) => kindOf(review) === kind);
    const accepted = own.filter(({ isAccepted }) => isAccepted).length;
    const rejected = own.length - accepted;
    const field = (name: string) => `agents.${agent}.checks.${kind}.${name}`;
    const open: Unidentified[] = [];
    if (recall === undefined)
      open.push({
        what: field("recall"),
        why: `of none of the ${own.length} steps that it reviewed is known that they were wrong`,
        remedy: remedyOf(
          agent,
          "accepted",
          acceptedToJudge(accepted, rejected),
          accepted,
          "recall",
        ),
      });
    if (falseAlarm === undefined)
      open.push({
        what: field("falseAlarm"),
        why: `of none of the ${own.length} steps that it reviewed is known that they were right`,
        remedy: remedyOf(agent, "reviewed", WORST_CASE, own.length, "false alarms"),
      });
    return open;
  });
}

function remedyOf(agent: string, what: string, needed: number, there: number, quantity: string) {
  return there >= needed
    ? `judge ${needed} of the steps that ${agent} ${what} to know its ${quantity} to ±.1`
    : `judge ${needed} steps that ${agent} ${what} to know its ${quantity} to ±.1: these logs have ${there}`;
}

const HALF_WIDTH = 0.1;
/** Squared quantile of the interval over its half width. */
const SCALE = square(normalQuantile(upperProbability(LEVEL)) / HALF_WIDTH);

/** Judgements that tell any share to ±.1: at most so many are needed. */
export const WORST_CASE = Math.ceil(SCALE / 4);

/**
 * How many of the accepted steps must be judged to know the recall r to ±.1, if what was rejected was wrong. With R rejected and A
 * accepted steps, of which the share u is wrong, r = R / (R + A u). By the delta method its half width is z r (1 - r)
 * √((1 - u) / (u n)). The least favourable r counts.
 */
export function acceptedToJudge(accepted: number, rejected: number): number {
  if (rejected === 0 || accepted === 0) return WORST_CASE;
  let most = 1;
  for (let percent = 5; percent < 100; percent += 5) {
    const r = percent / 100;
    const u = (rejected / accepted) * (1 / r - 1);
    if (u < 1) most = Math.max(most, SCALE * square(r * (1 - r)) * (1 / u - 1));
  }
  return Math.ceil(most);
}
