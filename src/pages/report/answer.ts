// The answer of a comparison or run in one sentence, and what else is worth a sentence. A difference is told only where
// chance does not explain it: the interval of the paired difference excludes 0, or, between two scenarios of which
// neither is the baseline, their intervals do not overlap.
import { ARCHITECTURES } from "../../advise/architectures.ts";
import {
  type ExperimentResult,
  type MetricValue,
  readMetric,
  type ScenarioResult,
} from "../../experiment/result.ts";
import { commonPrefix } from "../../report/text.ts";
import {
  DOLLARS,
  estimateWords,
  listText,
  meanWords,
  numberWord,
  PERCENT,
  PLAIN,
  sentence,
} from "./words.ts";

export interface Answer {
  /** One sentence. */
  readonly lead: string;
  /** Further sentences. */
  readonly more: readonly string[];
}

/** A scenario under the name by which it differs from the others, and its estimate of the metric in question. */
interface Candidate {
  readonly name: string;
  readonly value: MetricValue & { readonly mean: number };
  readonly scenario: ScenarioResult;
  readonly isBaseline: boolean;
}

/** What a run or a comparison comes to. */
export function experimentAnswer(result: ExperimentResult): Answer {
  if (result.scenarios.length === 0)
    return { lead: "There is no scenario in this result.", more: [] };
  const success = successPart(result);
  const parts = [success, errorsPart(result, success.subject)].filter((part) => part !== undefined);
  const isName = parts[0].begins !== "word";
  const lead = sentence(parts.map(({ text }) => text).join("; "), isName);
  return {
    lead,
    more: [costSentence(result), interruption(result)].filter((s) => s !== undefined),
  };
}

/** Part of a sentence. */
interface Part {
  readonly text: string;
  /** A name keeps its spelling at the beginning of a sentence. */
  readonly begins: "name" | "word";
  /** The one scenario that it speaks of, which a next part may call `it`. */
  readonly subject?: string;
}

const word = (text: string, subject?: string): Part => ({
  text,
  begins: "word",
  ...(subject === undefined ? {} : { subject }),
});
const name = (text: string): Part => ({ text, begins: "name" });

// ---------------------------------------------------------------- success

function successPart(result: ExperimentResult): Part {
  const all = candidatesOf(result, "success").sort((a, b) => b.value.mean - a.value.mean);
  if (all.length === 0) return word("no success rate can be told, since no task has ended");
  const [best, ...rest] = all;
  if (rest.length === 0) return name(`${best.name} succeeds in ${percent(best)} of the tasks`);
  const tied = all.filter((one) => one === best || !differ(best, one, "success"));
  if (tied.length === all.length) return indistinct(result, all);
  const crowd = `of ${numberWord(all.length)} ${nounOf(result)}`;
  const other = contrastOf(all, tied);
  if (tied.length === 1)
    return word(
      `${crowd} ${titled(best)} succeeds ${all.length === 2 ? "more" : "most"} often: ${percent(best)} of the tasks against ${other}`,
      best.name,
    );
  return word(
    `${crowd} ${listText(tied.map(titled))} succeed most often and cannot be told apart: ${listText(tied.map(percent))} of the tasks against ${other}`,
  );
}

/** All of them might be equal. */
function indistinct(result: ExperimentResult, all: readonly Candidate[]): Part {
  const means = all.map(({ value }) => value.mean);
  const crowd = `${numberWord(all.length)} ${nounOf(result)}`;
  if (means.every((mean) => mean === 0)) return word(`none of the ${crowd} ever succeeds`);
  if (means.every((mean) => mean === 1)) return word(`all of the ${crowd} succeed every time`);
  const values = listText(all.map((one) => `${one.name} ${percent(one)}`));
  return word(
    `the ${crowd} cannot be told apart by how often they succeed, since their intervals overlap: ${values}`,
  );
}

/** What the best are held against: the baseline, or else the next best. */
function contrastOf(all: readonly Candidate[], tied: readonly Candidate[]): string {
  const others = all.filter((one) => !tied.includes(one));
  const baseline = others.find(({ isBaseline }) => isBaseline);
  const other = baseline ?? others[0];
  return `${percent(other)} of ${other.name}${baseline === undefined && others.length > 1 ? ", the next best" : ""}`;
}

const percent = ({ value }: Candidate) => estimateWords(value, PERCENT);
const titled = ({ name, isBaseline }: Candidate) => (isBaseline ? `${name} (the baseline)` : name);

// ---------------------------------------------------------------- errors

const AMPLIFICATION = "amplification.propagation";

/** How many times as many errors reach aggregation, of those that have the most and the fewest. */
function errorsPart(result: ExperimentResult, subject: string | undefined): Part | undefined {
  const { baseline } = result;
  if (baseline === undefined || result.scenarios.length < 2) return undefined;
  const others = candidatesOf(result, AMPLIFICATION).filter(({ isBaseline }) => !isBaseline);
  const base = shortName(result, baseline);
  if (others.length === 0) {
    const reasons = result.scenarios.map((s) => readMetric(s.metrics, AMPLIFICATION)?.undefined);
    const reason = reasons.find((text) => text !== undefined) ?? "the result has no such figure";
    return word(`how many times as many errors reach aggregation cannot be told, since ${reason}`);
  }
  const most = leaders(
    others.filter(({ value: { ci } }) => ci[0] !== null && ci[0] > 1),
    (a, b) => b.value.mean - a.value.mean,
  );
  const fewest = leaders(
    others.filter(({ value: { ci } }) => ci[1] !== null && ci[1] < 1),
    (a, b) => a.value.mean - b.value.mean,
  );
  const groups = [most, fewest].filter((group) => group.length > 0);
  if (groups.length === 0)
    return word(
      `whether ${others.length === 1 ? others[0].name : "any of them"} lets more or fewer errors reach aggregation than ${base} cannot be told`,
    );
  const [first, ...more] = groups;
  const lets = first.length === 1 ? "lets" : "let";
  const isSubject = first.length === 1 && first[0].name === subject;
  const who = isSubject ? "it" : listText(first.map((one) => one.name));
  return name(
    [
      `${who} ${lets} ${times(first)} as many errors reach aggregation as ${base}`,
      ...more.map((group) => `${listText(group.map((one) => one.name))} ${times(group)}`),
    ].join(", "),
  );
}

const times = (group: readonly Candidate[]) =>
  `${listText(group.map(({ value }) => estimateWords(value, PLAIN)))} times`;

// ---------------------------------------------------------------- cost

function costSentence(result: ExperimentResult): string | undefined {
  const all = candidatesOf(result, "costPerSuccess").filter(({ value }) => value.mean > 0);
  if (all.length === 0) return undefined;
  const cheapest = leaders(all, (a, b) => a.value.mean - b.value.mean);
  if (all.length === 1)
    return `A success costs ${estimateWords(all[0].value, DOLLARS)}, failures included.`;
  const prices = listText(cheapest.map(({ value }) => estimateWords(value, DOLLARS)));
  if (cheapest.length === all.length)
    return `What a success costs does not tell them apart: ${listText(all.map((one) => `${one.name} ${estimateWords(one.value, DOLLARS)}`))}, failures included.`;
  const base = all.find(({ isBaseline }) => isBaseline);
  const against =
    base === undefined || cheapest.includes(base)
      ? ""
      : `, against ${meanWords(base.value, DOLLARS)} with ${base.name}`;
  return `A success costs least with ${listText(cheapest.map(titled))}: ${prices}, failures included${against}.`;
}

function interruption({ interrupted, scenarios, replications }: ExperimentResult) {
  if (!interrupted) return undefined;
  const done = Math.min(...scenarios.map((one) => one.replications));
  return `The run was interrupted after ${numberWord(done)} of ${numberWord(replications)} replications.`;
}

// ---------------------------------------------------------------- who differs from whom

function candidatesOf(result: ExperimentResult, metric: string): Candidate[] {
  return result.scenarios.flatMap((scenario) => {
    const value = readMetric(scenario.metrics, metric);
    if (value === undefined || value.mean === null) return [];
    const isBaseline = scenario.name === result.baseline;
    const mean: number = value.mean;
    const short = shortName(result, scenario.name);
    return [{ name: short, value: { ...value, mean }, scenario, isBaseline }];
  });
}

/** The first in an order, and those that cannot be told apart from it. */
function leaders(all: readonly Candidate[], order: (a: Candidate, b: Candidate) => number) {
  const [first, ...rest] = [...all].sort(order);
  if (first === undefined) return [];
  return [first, ...rest.filter((one) => overlap(first.value, one.value))];
}

/** Whether chance does not explain that two scenarios have different estimates. */
function differ(a: Candidate, b: Candidate, metric: string): boolean {
  const paired = a.isBaseline ? b : b.isBaseline ? a : undefined;
  const difference = paired?.scenario.differences?.[metric];
  if (difference === undefined || difference.mean === null) return !overlap(a.value, b.value);
  const [low, high] = difference.ci;
  return (low !== null && low > 0) || (high !== null && high < 0);
}

/** Whether two intervals have a point in common. */
export function overlap(a: MetricValue, b: MetricValue): boolean {
  const low = (value: MetricValue) => value.ci[0] ?? Number.NEGATIVE_INFINITY;
  const high = (value: MetricValue) => value.ci[1] ?? Number.POSITIVE_INFINITY;
  return low(a) <= high(b) && low(b) <= high(a);
}

/** The name of a scenario without what all names begin with. */
export function shortName({ scenarios }: ExperimentResult, full: string): string {
  return full.slice(commonPrefix(scenarios.map((one) => one.name)).length);
}

function nounOf(result: ExperimentResult): string {
  const known: readonly string[] = ARCHITECTURES;
  const names = result.scenarios.map((scenario) => shortName(result, scenario.name));
  return names.every((one) => known.includes(one)) ? "architectures" : "scenarios";
}
