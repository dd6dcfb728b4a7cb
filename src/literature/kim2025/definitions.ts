// Figures of the study kim2025 as formulas over what was observed, and as targets with a definition in words.

import type { MetricValue } from "../../experiment/result.ts";
import type { OutcomeField } from "../../model/outcome.ts";
import { average } from "../../numerics/statistics.ts";
import { type JudgedTarget, judged, type TargetResult } from "../judging.ts";
import type { Formula, Means, Observations } from "./observations.ts";
import { type Architecture, BENCHMARKS, type Benchmark } from "./published.ts";

/** A definition in words, and how the figure is computed by it. */
interface Definition {
  readonly definition: string;
  readonly of: (observed: Observations) => MetricValue;
}

/** What is known of a target before anything is simulated. */
export interface Target extends Omit<JudgedTarget, "simulated" | "other">, Definition {
  /** The same figure by another definition that the source allows. */
  readonly other?: Definition;
}

/** The target with the simulated figure and its verdict. */
export function judgedBy(observed: Observations, { of, other, ...target }: Target): TargetResult {
  const second = other && { definition: other.definition, simulated: other.of(observed) };
  return judged({ ...target, simulated: of(observed), ...(second && { other: second }) });
}

/** A quantity of one benchmark. */
export type PerBenchmark = (mean: Means, benchmark: Benchmark) => number;

export const averageOf =
  (quantity: PerBenchmark): Formula =>
  (mean) =>
    average(BENCHMARKS.map((b) => quantity(mean, b)));

export const defined = (definition: string, formula: Formula): Definition => ({
  definition,
  of: (observed) => observed.estimate(formula),
});

/** A quotient over the four benchmarks can be taken in two ways: the first is held against, the other is told as well. */
export function quotient(
  held: "ratio of means" | "mean of ratios",
  text: string,
  numerator: PerBenchmark,
  denominator: PerBenchmark,
  finish: (ratio: number) => number = (ratio) => ratio,
): Pick<Target, "definition" | "of" | "other"> {
  const [above, below] = [averageOf(numerator), averageOf(denominator)];
  const ratioOfMeans = defined(
    `${text}, numerator and denominator averaged over the four benchmarks`,
    (mean) => finish(above(mean) / below(mean)),
  );
  const ratio = averageOf((mean, b) => numerator(mean, b) / denominator(mean, b));
  const meanOfRatios = defined(`mean over the four benchmarks of ${text}`, (mean) =>
    finish(ratio(mean)),
  );
  return held === "ratio of means"
    ? { ...ratioOfMeans, other: meanOfRatios }
    : { ...meanOfRatios, other: ratioOfMeans };
}

/** The mean per task of an outcome field. */
export const perTask =
  (field: OutcomeField) =>
  (architecture: Architecture): PerBenchmark =>
  (mean, b) =>
    mean(b, architecture, field);
