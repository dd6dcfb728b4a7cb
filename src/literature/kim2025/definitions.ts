// Figures of the study kim2025 as formulas over what was observed, and as targets with a definition in words.

import type { MetricValue } from "../../experiment/result.ts";
import type { OutcomeField } from "../../model/outcome.ts";
import { power } from "../../numerics/power.ts";
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

/** A quotient of two quantities on each benchmark. */
export interface Quotient {
  /** As a formula in words: `E / E_s`. */
  readonly text: string;
  readonly above: PerBenchmark;
  readonly below: PerBenchmark;
}

/** The quotient on one benchmark. */
export const quotientOn =
  ({ above, below }: Quotient): PerBenchmark =>
  (mean, benchmark) =>
    above(mean, benchmark) / below(mean, benchmark);

/** The ways in which a quotient can be averaged over the four benchmarks, with how each is said. */
export const AVERAGES = {
  "mean of ratios": {
    say: (text: string) => `mean over the four benchmarks of ${text}`,
    of: (quotient: Quotient): Formula => averageOf(quotientOn(quotient)),
  },
  "geometric mean": {
    say: (text: string) => `geometric mean over the four benchmarks of ${text}`,
    of:
      (quotient: Quotient): Formula =>
      (mean) => {
        const ratios = BENCHMARKS.map((b) => quotientOn(quotient)(mean, b));
        const product = ratios.reduce((all, ratio) => all * ratio, 1);
        return power(product, 1 / ratios.length);
      },
  },
  "ratio of means": {
    say: (text: string) => `${text}, numerator and denominator averaged over the four benchmarks`,
    of: ({ above, below }: Quotient): Formula => {
      const [numerator, denominator] = [averageOf(above), averageOf(below)];
      return (mean) => numerator(mean) / denominator(mean);
    },
  },
} as const;

export type Average = keyof typeof AVERAGES;

/** A quotient over the four benchmarks, averaged in the way that is held against, and in another that is told as well. */
export function averaged(
  quotient: Quotient,
  [held, told]: readonly [held: Average, told: Average],
  finish: (ratio: number) => number = (ratio) => ratio,
): Pick<Target, "definition" | "of" | "other"> {
  const by = (how: Average) => {
    const { say, of } = AVERAGES[how];
    const ratio = of(quotient);
    return defined(say(quotient.text), (mean) => finish(ratio(mean)));
  };
  return { ...by(held), other: by(told) };
}

/** The outcome fields that figures are made of: no others are kept, since intervals look at each. */
export const FIGURE_FIELDS = [
  "success",
  "failure",
  "turns",
  "errorsAtAggregation",
  "messages",
  "claimsMade",
  "claimsRedundant",
  "tokens",
  "overheadTokens",
] as const satisfies readonly OutcomeField[];

/** The mean per task of an outcome field. */
export const perTask =
  (field: (typeof FIGURE_FIELDS)[number]) =>
  (architecture: Architecture): PerBenchmark =>
  (mean, b) =>
    mean(b, architecture, field);
