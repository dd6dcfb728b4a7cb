// A study: published experiments whose figures are held against simulations of the same benchmarks and architectures.
import type { Target } from "./target.ts";

export interface Study {
  /** Its name on the command line, and the folder of its scenarios: `scenarios/NAME/BENCHMARK-ARCHITECTURE.yaml`. */
  readonly name: string;
  readonly title: string;
  readonly source: string;
  readonly benchmarks: readonly string[];
  /** All others are paired with the first. */
  readonly architectures: readonly string[];
  readonly targets: readonly Target[];
  /** Success rates whose errors are averaged in the summary. */
  readonly successTargets: readonly Target[];
  /** Largest mean absolute error of those that is near enough. */
  readonly successTolerance: number;
}
