// Results for tests of reports: small documents with the figures that a test is about.

import {
  type Difference,
  ENGINE,
  type ExperimentResult,
  type MetricValue,
  type ScenarioResult,
} from "../../../src/experiment/result.ts";
import { METRICS } from "../../../src/metrics/definitions.ts";
import type { ResultDocument, SweepResult } from "../../../src/results/results.ts";

export const about = (mean: number, half: number): MetricValue => ({
  mean,
  ci: [mean - half, mean + half],
});

export const none = (why: string): MetricValue => ({
  mean: null,
  ci: [null, null],
  undefined: why,
});

/** What only scenarios speak of that state what is worth how much. */
const VALUE: ReadonlySet<string> = new Set(["valued", "urgent", "critical"]);

export type Figures = Readonly<Record<string, MetricValue>>;

/** Metrics by name, as a tree; what is not given is 1 ± 0.1. Left out unless given: what needs a baseline or value where there is none. */
export function metricsOf(figures: Figures, hasBaseline: boolean): ScenarioResult["metrics"] {
  const tree: Record<string, unknown> = {};
  for (const { name, needsBaseline, about: subject } of METRICS) {
    if (needsBaseline && !hasBaseline) continue;
    if (subject !== undefined && VALUE.has(subject) && !(name in figures)) continue;
    const path = name.split(".");
    const last = path.pop() as string;
    let node = tree;
    for (const part of path) node = (node[part] ??= {}) as Record<string, unknown>;
    node[last] = figures[name] ?? about(1, 0.1);
  }
  return tree as ScenarioResult["metrics"];
}

export interface Sample {
  readonly name: string;
  readonly figures?: Figures;
  readonly breakdown?: ScenarioResult["breakdown"];
  /** Paired differences of success. */
  readonly difference?: MetricValue;
  readonly thresholds?: ScenarioResult["thresholds"];
  readonly warnings?: readonly string[];
}

function scenarioOf(sample: Sample, hasBaseline: boolean): ScenarioResult {
  const { name, figures = {}, breakdown, difference, thresholds = [], warnings = [] } = sample;
  const differences: Record<string, Difference> =
    difference === undefined ? {} : { success: { ...difference, pairing: 2 } };
  return {
    name,
    replications: 800,
    instances: 100,
    metrics: metricsOf(figures, hasBaseline),
    ...(breakdown === undefined ? {} : { breakdown }),
    ...(hasBaseline ? { differences } : {}),
    thresholds,
    warnings,
    events: 1000,
  };
}

export function comparison(
  samples: readonly Sample[],
  baseline = samples[0].name,
): ExperimentResult {
  return {
    schema: "faultline/compare@1",
    seed: "s",
    replications: 800,
    engine: ENGINE,
    baseline,
    interrupted: false,
    scenarios: samples.map((sample) => scenarioOf(sample, true)),
  };
}

export function run(samples: readonly Sample[]): ExperimentResult {
  return {
    schema: "faultline/run@1",
    seed: "s",
    replications: 800,
    engine: ENGINE,
    interrupted: false,
    scenarios: samples.map((sample) => scenarioOf(sample, false)),
  };
}

/** Two scenarios over a grid: `team` wins where `rate` is above one half, `solo` where it is below. */
export function sweep(rates: number, sizes: number): SweepResult {
  const at = (i: number) => (i + 0.5) / rates;
  const cells = Array.from({ length: rates * sizes }, (_, cell) => ({
    cell,
    rate: at(cell % rates),
    size: 1 + Math.floor(cell / rates),
  }));
  const success = {
    solo: (rate: number) => 0.9 - 0.8 * rate,
    team: (rate: number) => 0.4 + 0.2 * rate,
  };
  return {
    schema: "faultline/sweep@1",
    name: "grid",
    seed: "s",
    engine: ENGINE,
    factors: [
      {
        name: "rate",
        paths: ["models.base.errorRate"],
        values: Array.from({ length: rates }, (_, i) => at(i)),
      },
      {
        name: "size",
        paths: ["agents.worker.count"],
        values: Array.from({ length: sizes }, (_, i) => i + 1),
      },
    ],
    design: { kind: "grid" },
    points: cells.length,
    excluded: 0,
    sampling: { replications: 800 },
    metrics: ["success", "turns"],
    cells: cells.length,
    rows: cells.flatMap(({ cell, rate, size }) =>
      (["solo", "team"] as const).map((scenario) => {
        const { name: _, ...fields } = scenarioOf(
          {
            name: scenario,
            figures: { success: about(success[scenario](rate) - 0.001 * size, 0.012) },
          },
          false,
        );
        return {
          cell,
          scenario,
          factors: { rate, size },
          seed: "s",
          status: "ok" as const,
          ...fields,
        };
      }),
    ),
  };
}

/** Metrics of value, so that there is every metric. */
const WORTH: Figures = Object.fromEntries(
  METRICS.filter(({ about: subject }) => subject !== undefined && VALUE.has(subject)).map(
    ({ name }) => [name, about(1, 0.1)],
  ),
);

/** A small but complete comparison: every kind of cell, threshold and warning. */
export const FULL: ResultDocument = comparison([
  {
    name: "demo-single",
    figures: { ...WORTH, success: about(0.4, 0.02), passHat8: none("no instance has 8 repeats") },
  },
  {
    name: "demo-independent",
    figures: { ...WORTH, success: about(0.5, 0.02), "amplification.propagation": about(3.2, 0.3) },
    difference: about(0.1, 0.02),
    thresholds: [
      { threshold: "success >= 0.4", verdict: "pass" },
      { threshold: "turns <= 0.5", verdict: "fail" },
    ],
    warnings: ["12 % of the tasks turned away by limits.inFlight and counted as failed"],
  },
]);

/** Markup that must never be more than text. */
export const EVIL = `<script>alert("1")</script><img src=x onerror=alert(2)>'&`;
