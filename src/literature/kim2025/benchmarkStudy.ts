// A study of benchmarks: published experiments whose figures are held against simulations of the same benchmarks and architectures.
import type { Overrides } from "../../documents/reading/overrides.ts";
import type { Scenario } from "../../scenario/schema.ts";
import type { TargetResult } from "../judging.ts";
import type { StudyResult } from "../study.ts";
import type { Target } from "../target.ts";
import type { Group, Observations } from "./observations.ts";

/** A shipped scenario with values changed. */
export interface Variant {
  readonly name: string;
  readonly benchmark: string;
  readonly architecture: string;
  /** The values to set, which may depend on those that stand there. */
  readonly change: (shipped: Scenario) => Overrides;
}

/** Scenarios beside the benchmarks' own, which some figure needs: all on the same instances. */
export interface Series {
  readonly name: string;
  readonly fields: NonNullable<Group["fields"]>;
  /** Share of the replications of the benchmarks' own scenarios. */
  readonly effort: number;
  readonly variants: readonly Variant[];
}

export interface BenchmarkStudy {
  /** Its name on the command line, and the folder of its scenarios: `scenarios/NAME/BENCHMARK-ARCHITECTURE.yaml`. */
  readonly name: string;
  readonly title: string;
  readonly source: string;
  readonly benchmarks: readonly string[];
  /** Replications that share an instance; more than 1 only where figures are about repeats. */
  readonly repeats: number;
  /** All others are paired with the first. */
  readonly architectures: readonly string[];
  /** What is simulated beside them. */
  readonly series: readonly Series[];
  readonly targets: readonly Target[];
  /** Success rates whose errors are averaged in the summary. */
  readonly successTargets: readonly Target[];
  /** Largest mean absolute error of those that is near enough. */
  readonly successTolerance: number;
  /** What it tells beside the targets. */
  readonly findings: (observed: Observations, targets: readonly TargetResult[]) => Findings;
}

export type Findings = Pick<StudyResult, "tables" | "figures">;
