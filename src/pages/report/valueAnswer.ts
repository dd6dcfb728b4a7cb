// The answer in dollars, of scenarios that state what their claims are worth: what a task loses, by what, and at which claim.
import { type ExperimentResult, readMetric, type ScenarioResult } from "../../experiment/result.ts";
import { DOLLARS, estimateWords, listText, meanWords } from "../../wording/sentence.ts";
import { type Candidate, candidatesOf, differ, leaders, phraseOf } from "./candidates.ts";

const LOSS = "loss.total";

/** What a loss is made of, and how a sentence goes on after "of it". */
const PARTS = [
  { name: "loss.wrong", by: "by claims that are wrong" },
  { name: "loss.missing", by: "by claims that are missing" },
  { name: "loss.late", by: "by being late" },
] as const;

/** From these shares on a claim has most of the loss, and nearly all of it. */
const MOST = 0.5;
const NEARLY_ALL = 0.95;

/** Nothing where one of the scenarios states no loss. */
function lossesIn(result: ExperimentResult): Candidate[] {
  const all = candidatesOf(result, LOSS);
  return all.length === result.scenarios.length ? all : [];
}

/** The rest of a sentence; undefined where no loss is stated, or where of several scenarios none loses less than another. */
export function valueClause(result: ExperimentResult): string | undefined {
  const all = lossesIn(result);
  if (all.length === 0) return undefined;
  if (all.length === 1) return all[0].value.mean === 0 ? "none loses a dollar" : aloneText(all[0]);
  const ranked = all.toSorted((a, b) => a.value.mean - b.value.mean);
  const [best] = ranked;
  const base = ranked.find(({ isBaseline }) => isBaseline) ?? ranked[ranked.length - 1];
  if (base === best) {
    const most = ranked[ranked.length - 1];
    return differ(best, most, LOSS) ? comparedText(best, most) : undefined;
  }
  return differ(best, base, LOSS) ? comparedText(best, base) : undefined;
}

function aloneText({ value, scenario }: Candidate): string {
  const loss = meanWords(value, DOLLARS);
  const details = [...costliestClaim(scenario, value.mean), largestPart(scenario, value.mean)];
  return `a task loses ${loss} on average, ${listText(details)}`;
}

const comparedText = (best: Candidate, other: Candidate) =>
  `a task loses ${meanWords(best.value, DOLLARS)} with ${phraseOf(best)}, against ${meanWords(other.value, DOLLARS)} with ${phraseOf(other)}`;

/** `$376 of it by claims that are missing`. */
function largestPart({ metrics }: ScenarioResult, loss: number): string {
  const parts = PARTS.map(({ name, by }) => ({ by, value: readMetric(metrics, name) }));
  const [{ by, value }] = parts.toSorted((a, b) => meanOf(b.value) - meanOf(a.value));
  const amount = value === undefined || meanOf(value) >= loss ? "all" : meanWords(value, DOLLARS);
  return `${amount} of it ${by}`;
}

/** `most of it at payout`, where one claim has most of it. */
function costliestClaim({ breakdown }: ScenarioResult, loss: number): string[] {
  const claims = Object.entries(breakdown?.claims ?? {});
  const sorted = claims.toSorted(([, a], [, b]) => meanOf(b.loss) - meanOf(a.loss));
  if (sorted.length < 2) return [];
  const [name, figures] = sorted[0];
  const share = meanOf(figures.loss) / loss;
  if (share < MOST) return [];
  return [`${share < NEARLY_ALL ? "most" : share < 1 ? "nearly all" : "all"} of it at ${name}`];
}

const meanOf = (value: { readonly mean: number | null } | undefined) => value?.mean ?? 0;

/** Scenarios whose figures are written out; of more, the first. */
const LISTED = 6;

/** The figures with their intervals: what a task loses, and what it costs in all. */
export function valueDetails(result: ExperimentResult): string | undefined {
  const all = lossesIn(result);
  if (all.length === 0) return undefined;
  const totals = candidatesOf(result, "totalCost");
  if (all.length === 1) {
    const total =
      totals[0] === undefined ? "" : `, and costs ${wordsOf(totals[0])} with what is spent on it`;
    return `A task loses ${wordsOf(all[0])}${total}.`;
  }
  const cheapest = leaders(totals, (a, b) => a.value.mean - b.value.mean);
  const least =
    cheapest.length === totals.length
      ? "with what is spent on it, its cost does not tell them apart"
      : `with what is spent on it, it costs least with ${listText(cheapest.map((one) => `${phraseOf(one)}, ${wordsOf(one)}`))}`;
  const told = all.slice(0, LISTED).map((one) => `${one.name} ${wordsOf(one)}`);
  return `Loss of a task: ${listText(told)}; ${least}.`;
}

const wordsOf = ({ value }: Candidate) => estimateWords(value, DOLLARS);
