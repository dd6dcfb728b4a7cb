// The results of all draws of uncertain numbers as one result: each value with what simulation and what the numbers add to its
// width.
import { BREAKDOWN } from "../../metrics/breakdown.ts";
import { METRICS, metric } from "../../metrics/definitions.ts";
import type { BreakdownKind } from "../../model/breakdownLayout.ts";
import { holds } from "../../numerics/comparisons.ts";
import type { Interval } from "../../numerics/intervals.ts";
import { type RandomEffects, randomEffects } from "../../numerics/randomEffects.ts";
import { parseThreshold } from "../../scenario/objectives/thresholds.ts";
import type { Scenario } from "../../scenario/schema.ts";
import { isUncertain } from "../../scenario/uncertain/draws.ts";
import {
  type Breakdown,
  type Difference,
  type MetricTree,
  type MetricValue,
  plant,
  readMetric,
  type ScenarioResult,
  type ThresholdResult,
  toValue,
} from "../result.ts";
import { judge } from "../thresholds.ts";

/**
 * @param scenarios of the cell
 * @param baseline index of the baseline; -1: none
 * @param draws for each draw, two or more, the results of the scenarios
 */
export function combined(
  scenarios: readonly Scenario[],
  baseline: number,
  draws: readonly (readonly ScenarioResult[])[],
): ScenarioResult[] {
  const isOf = scenarios.map(isUncertain);
  return scenarios.map((scenario, i) => {
    const varies = { own: isOf[i], paired: isOf[i] || (isOf[baseline] ?? false) };
    const of = draws.map((results) => results[i]);
    return combinedScenario(scenario, of, varies);
  });
}

/** Whether what depends on the scenario alone differs from draw to draw, and what depends on the baseline too. */
interface Varies {
  readonly own: boolean;
  readonly paired: boolean;
}

function combinedScenario(
  scenario: Scenario,
  draws: readonly ScenarioResult[],
  varies: Varies,
): ScenarioResult {
  const [first] = draws;
  const metrics: Record<string, unknown> = {};
  const effects = new Map<string, RandomEffects>();
  for (const { name, needsBaseline, unit, whenUndefined } of METRICS) {
    const values = draws.map((draw) => readMetric(draw.metrics, name));
    if (values.every((value) => value === undefined)) continue;
    const isVarying = needsBaseline ? varies.paired : varies.own;
    const { value, effect } = combinedValue(values, {
      varies: isVarying,
      bounds: unit === "share" ? SHARE : undefined,
      whenUndefined,
    });
    plant(metrics, name.split("."), value);
    if (effect !== undefined) effects.set(name, effect);
  }
  const sum = (of: (draw: ScenarioResult) => number) =>
    draws.reduce((all, one) => all + of(one), 0);
  return {
    name: scenario.name,
    replications: sum(({ replications }) => replications),
    instances: sum(({ instances }) => instances),
    draws: draws.length,
    ...(first.warmUp !== undefined && { warmUp: first.warmUp }),
    metrics: metrics as MetricTree,
    ...(first.breakdown && { breakdown: combinedBreakdown(draws, varies.own) }),
    ...(first.differences && { differences: combinedDifferences(draws, varies.paired) }),
    thresholds: scenario.thresholds.map((text) =>
      thresholdResult(text, metrics as MetricTree, effects),
    ),
    warnings: combinedWarnings(draws),
    events: sum(({ events }) => events),
  };
}

// ---------------------------------------------------------------- values

const SHARE = [0, 1] as const;
const SHARE_DIFFERENCE = [-1, 1] as const;

interface ValueOptions {
  readonly varies: boolean;
  /** Between which all values lie, where that is known. */
  readonly bounds: readonly [number, number] | undefined;
  readonly whenUndefined: string;
}

/** @param values of every draw; undefined where the draw does not have it */
function combinedValue(
  values: readonly (MetricValue | undefined)[],
  { varies, bounds, whenUndefined }: ValueOptions,
): { readonly value: MetricValue; readonly effect?: RandomEffects } {
  const intervals = values.flatMap((value) => intervalOf(value) ?? []);
  const missing = values.length - intervals.length;
  if (missing > 0) {
    const reason = values.find((value) => value?.undefined !== undefined)?.undefined;
    return { value: toValue(undefined, among(reason ?? whenUndefined, missing, values.length)) };
  }
  const effect = randomEffects(intervals, { varies, bounds: bounds ?? boundsOf(intervals) });
  const { total, simulation, parameters, share } = effect;
  const { mean, ci } = toValue(total, "");
  const parts = {
    simulation: { ci: toValue(simulation, "").ci, share: share === undefined ? null : 1 - share },
    parameters: { ci: toValue(parameters, "").ci, share: share ?? null },
  };
  return { value: { mean, ci, ...parts }, effect };
}

function intervalOf(value: MetricValue | undefined): Interval | undefined {
  if (value === undefined || value.mean === null) return undefined;
  const [lo, hi] = value.ci;
  return { mean: value.mean, lo: lo ?? -Infinity, hi: hi ?? Infinity };
}

/** What is never below 0 in any draw's interval is not below 0. */
function boundsOf(intervals: readonly Interval[]): readonly [number, number] {
  return [intervals.every(({ lo }) => lo >= 0) ? 0 : -Infinity, Infinity];
}

/** What holds in some draws, or in all. */
const among = (text: string, count: number, all: number) =>
  count === all ? text : `${text} (in ${count} of ${all} draws)`;

function combinedBreakdown(draws: readonly ScenarioResult[], varies: boolean): Breakdown {
  const kinds = Object.entries(draws[0].breakdown ?? {}) as [BreakdownKind, object][];
  return Object.fromEntries(
    kinds.map(([kind, parts]) => {
      const figuresOf = (part: string) =>
        BREAKDOWN[kind].map(({ name, unit, whenUndefined }) => {
          const values = draws.map(({ breakdown }) => breakdown?.[kind]?.[part]?.[name]);
          const bounds = unit === "share" ? SHARE : undefined;
          return [name, combinedValue(values, { varies, bounds, whenUndefined }).value];
        });
      const names = Object.keys(parts);
      return [kind, Object.fromEntries(names.map((n) => [n, Object.fromEntries(figuresOf(n))]))];
    }),
  );
}

function combinedDifferences(
  draws: readonly ScenarioResult[],
  varies: boolean,
): Record<string, Difference> {
  const names = METRICS.map(({ name }) => name).filter((name) =>
    draws.some(({ differences = {} }) => name in differences),
  );
  return Object.fromEntries(
    names.map((name) => {
      const { unit, whenUndefined } = metric(name);
      const values = draws.map(({ differences }) => differences?.[name]);
      const bounds = unit === "share" ? SHARE_DIFFERENCE : ([-Infinity, Infinity] as const);
      const { value } = combinedValue(values, { varies, bounds, whenUndefined });
      return [name, { ...value, pairing: null }];
    }),
  );
}

// ---------------------------------------------------------------- thresholds, warnings

function thresholdResult(
  text: string,
  metrics: MetricTree,
  effects: ReadonlyMap<string, RandomEffects>,
): ThresholdResult {
  const threshold = parseThreshold(text);
  const effect = threshold && effects.get(threshold.metric);
  if (threshold === undefined || effect === undefined)
    return { threshold: text, verdict: "not-evaluated", chance: null };
  const { settled } = effect;
  const met = settled.filter((x) => holds(threshold, x)).length;
  return {
    threshold: text,
    verdict: judge(threshold, readMetric(metrics, threshold.metric)),
    chance: met / settled.length,
  };
}

/** Each warning once, as the first draw that has it says it; those that differ in numbers alone are one. */
function combinedWarnings(draws: readonly ScenarioResult[]): string[] {
  const found = new Map<string, { readonly text: string; count: number }>();
  for (const { warnings } of draws)
    for (const text of warnings) {
      const key = text.replace(/\d[\d.,]*(e[+-]?\d+)?/g, "#");
      const known = found.get(key);
      if (known === undefined) found.set(key, { text, count: 1 });
      else known.count++;
    }
  return [...found.values()].map(({ text, count }) => among(text, count, draws.length));
}
