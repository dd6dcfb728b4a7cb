// Why one architecture is better than another: the mechanism in which they differ most, in one sentence with numbers.
//
// A task fails because claims are missing from the deliverable or wrong in it; claims are wrong because faults were made
// (by causes that the engine counts) and no check caught them. So the sentence is about the larger of the differences in
// missing and in wrong claims, and where it is wrong ones, about the cause or the checks that make most of it.
import { type MetricTree, type MetricValue, readMetric } from "../experiment/result.ts";

/** An architecture and what was measured of it. */
export interface Measured {
  readonly name: string;
  readonly metrics: MetricTree;
}

/** Causes of errors that begin somewhere, their metrics, and why there are more of them in one architecture. */
const MECHANISMS = [
  {
    metrics: ["faults.own", "faults.commonCause"],
    text: "Claims that agents get wrong by themselves",
    since: "a turn has less budget there, or more that distracts",
  },
  {
    metrics: ["faults.guess"],
    text: "Guesses at premises",
    since: "agents work there without what others know",
  },
  {
    metrics: ["faults.handoff", "faults.distortion"],
    text: "Losses at hand-overs",
    since: "work changes hands more often there",
  },
  {
    metrics: ["faults.conflict"],
    text: "Conflicts over shared state",
    since: "agents change it at the same time there",
  },
  {
    metrics: ["faults.synthesis"],
    text: "Slips when the answer is put together",
    since: "somebody writes it anew there",
  },
  {
    metrics: ["faults.unforeseen"],
    text: "Needs that the plan did not foresee",
    since: "a plan is followed there without observing",
  },
] as const;

/** Differences smaller than this, in claims per task, decide nothing. */
const NEGLIGIBLE = 0.01;

/**
 * One sentence on why `better` succeeds more often than `other`, of which one is the single agent. Both were simulated
 * with the same agents on the same instances. Where they stand the other way round there, what was learned decides.
 */
export function why(better: Measured, other: Measured): string {
  return sum(better, ["success"]) < sum(other, ["success"])
    ? `The simulation alone would speak for ${nameOf(other)}. What was measured, and what simulations miss, decides otherwise.`
    : mechanism(better, other);
}

/** The same where `better` is chosen since it meets the constraints, which a candidate of more success does not. */
export const whyNot = (better: string): string =>
  `The constraints decide: ${nameOf({ name: better })} would succeed more often, but does not meet them.`;

/** What makes `better` succeed more often than `other`. */
function mechanism(better: Measured, other: Measured): string {
  const more = (...names: readonly string[]) => sum(other, names) - sum(better, names);
  const [winner, loser] = [nameOf(better), nameOf(other)];
  const pair = (...names: readonly string[]) =>
    `${amount(sum(other, names))} per task with ${loser}, ${amount(sum(better, names))} with ${winner}`;
  const [missing, wrong] = [more("missingClaims"), more("deliverableErrors")];
  if (Math.max(missing, wrong) < NEGLIGIBLE)
    return `Nothing decides clearly: ${winner} and ${loser} leave about as many claims undone and wrong.`;
  if (missing >= wrong)
    return `Claims left undone decide: ${pair("missingClaims")}; they are out of reach of its turns, or get lost on the way.`;

  const causes = MECHANISMS.map((cause) => ({ ...cause, excess: more(...cause.metrics) }));
  const main = causes.reduce((most, cause) => (cause.excess > most.excess ? cause : most));
  const inherited = more("faults.inherited");
  const caught = -more("checks.caught");
  const passedOn =
    inherited >= NEGLIGIBLE ? `; errors passed on are ${pair("faults.inherited")}` : "";
  if (main.excess >= Math.max(NEGLIGIBLE, caught))
    return `${main.text} decide: ${pair(...main.metrics)}, since ${main.since}${passedOn}.`;
  if (caught >= NEGLIGIBLE) return `Checks decide: errors caught are ${pair("checks.caught")}.`;
  if (inherited >= NEGLIGIBLE)
    return `Errors passed on from claim to claim decide: ${pair("faults.inherited")}, since they live long enough there to be built on.`;
  return `What is taken into the answer decides: wrong claims in it are ${pair("deliverableErrors")}, although no more errors are made.`;
}

function sum({ metrics }: Measured, names: readonly string[]): number {
  return names.reduce(
    (total, name) => total + ((readMetric(metrics, name) as MetricValue).mean ?? 0),
    0,
  );
}

/** Two digits are enough to see a mechanism by. */
function amount(x: number): string {
  if (x < 0.005) return "0";
  return x < 10 ? String(Number(x.toPrecision(2))) : x.toFixed(0);
}

const nameOf = ({ name }: Pick<Measured, "name">) =>
  name === "single" ? "the single agent" : `the ${name} team`;
