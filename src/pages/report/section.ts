// What a report says of one result, before it is HTML or Markdown.
import type { Chart } from "../../charts/chart.ts";
import type { ExperimentResult } from "../../experiment/result.ts";
import type { MetricDefinition } from "../../metrics/definitions.ts";
import type { Judged } from "../../wording/experiment.ts";
import { engineText } from "../../wording/sample.ts";
import type { Column, Group } from "../../wording/table.ts";
import type { Answer } from "./answer.ts";

export interface Section {
  /** What kind of result it is of, in a word or two. */
  readonly kind: string;
  readonly title: string;
  readonly answer: Answer;
  /** Of runs and comparisons: what comes right after the answer. */
  readonly fixFirst?: readonly FixFirst[];
  /** Under which circumstances: seed, replications, engine. */
  readonly facts: readonly Fact[];
  /** The first is the one to read; those that are folded are for looking up. */
  readonly tables: readonly Table[];
  /** Each as it is on light and on dark ground. */
  readonly charts: readonly ChartPair[];
  readonly thresholds: readonly Judged[];
  /** How precise estimates are that were to be precise. */
  readonly precision: readonly Judged[];
  readonly warnings: readonly string[];
  /** Every metric that it gives a figure of. */
  readonly metrics: readonly MetricDefinition[];
  /** What to type to get the result again, where it is known. */
  readonly command?: string | undefined;
  /** The scenarios as run, as YAML. */
  readonly scenarios: readonly { readonly name: string; readonly yaml: string }[];
  /** What is left out of the report, and where it is. */
  readonly omissions: readonly string[];
}

export interface Fact {
  readonly name: string;
  readonly value: string;
}

/** The facts that every result has. */
export const commonFacts = (seed: string, engine: ExperimentResult["engine"]): Fact[] => [
  { name: "Intervals", value: "95 %" },
  { name: "Seed", value: seed },
  { name: "Engine", value: engineText(engine) },
];

export interface ChartPair {
  readonly light: Chart;
  readonly dark: Chart;
}

export interface Table {
  readonly title: string;
  readonly isFolded: boolean;
  /** What the first column holds. */
  readonly corner: string;
  readonly columns: readonly Column[];
  readonly groups: readonly Group[];
  /** Names of the metrics that it gives figures of. */
  readonly metrics: readonly string[];
  /** What to know about the table. */
  readonly notes: readonly string[];
}

/** What to fix first in a scenario, or how to learn it. */
export interface FixFirst {
  readonly title: string;
  readonly texts: readonly string[];
  /** The parts of the team with which perfection gains most. */
  readonly table?: Table;
  /** What to type to learn it, where it is not known. */
  readonly command?: string;
}
