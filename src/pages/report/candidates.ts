// The scenarios of a result as its answer weighs them: what each is called, and which of them chance does not explain to differ.
import { ARCHITECTURES, type Architecture } from "../../advise/candidates/architectures.ts";
import {
  type ExperimentResult,
  type MetricValue,
  readMetric,
  type ScenarioResult,
} from "../../experiment/result.ts";
import { shortName } from "../../wording/experiment.ts";
import type { Known } from "../../wording/rates.ts";

/** A scenario under the name by which it differs from the others, and its estimate of the metric in question. */
export interface Candidate {
  readonly name: string;
  readonly value: Known;
  readonly scenario: ScenarioResult;
  readonly isBaseline: boolean;
}

export function candidatesOf(result: ExperimentResult, metric: string): Candidate[] {
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
export function leaders(all: readonly Candidate[], order: (a: Candidate, b: Candidate) => number) {
  const [first, ...rest] = [...all].sort(order);
  if (first === undefined) return [];
  return [first, ...rest.filter((one) => overlap(first.value, one.value))];
}

/** Whether chance does not explain that two scenarios have different estimates. */
export function differ(a: Candidate, b: Candidate, metric: string): boolean {
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

// ---------------------------------------------------------------- names

const PHRASES: Readonly<Record<Architecture, string>> = {
  single: "a single agent",
  independent: "independent agents",
  centralized: "a centralized team",
  decentralized: "a decentralized team",
  hybrid: "a hybrid team",
};

const isArchitecture = (name: string): name is Architecture =>
  (ARCHITECTURES as readonly string[]).includes(name);

/** What a sentence calls a scenario: architectures that everybody knows by what they are, all others by their names. */
export function phraseOf({ name }: Candidate): string {
  return isArchitecture(name) ? PHRASES[name] : name;
}

export function nounOf(result: ExperimentResult): string {
  const names = result.scenarios.map((scenario) => shortName(result, scenario.name));
  return names.every(isArchitecture) ? "architectures" : "scenarios";
}
