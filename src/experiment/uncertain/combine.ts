// The results of all draws of uncertain numbers as one result: each value with what simulation and what the numbers add to its
// width.

import { list } from "../../documents/quoting.ts";
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
  /** Of the metrics that differ from draw to draw. */
  const effects = new Map<string, RandomEffects>();
  const gaps = new Gaps(draws.length);
  for (const { name, needsBaseline, unit, interval, whenUndefined } of METRICS) {
    const values = draws.map((draw) => readMetric(draw.metrics, name));
    if (values.every((value) => value === undefined)) continue;
    const isVarying = needsBaseline ? varies.paired : varies.own;
    const { value, effect, missing } = combinedValue(values, {
      varies: isVarying,
      isShare: interval === "share",
      bounds: unit === "share" ? SHARE : undefined,
      whenUndefined,
    });
    gaps.add(name, missing);
    plant(metrics, name.split("."), value);
    if (isVarying && effect !== undefined) effects.set(name, effect);
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
    ...(first.breakdown && { breakdown: combinedBreakdown(draws, varies.own, gaps) }),
    ...(first.differences && { differences: combinedDifferences(draws, varies.paired, gaps) }),
    thresholds: scenario.thresholds.map((text) =>
      thresholdResult(text, metrics as MetricTree, effects, draws.length),
    ),
    warnings: [...combinedWarnings(draws), ...gaps.warnings()],
    events: sum(({ events }) => events),
  };
}

// ---------------------------------------------------------------- values

const SHARE = [0, 1] as const;
const SHARE_DIFFERENCE = [-1, 1] as const;

interface ValueOptions {
  readonly varies: boolean;
  /** Whether its intervals are those of shares. */
  readonly isShare: boolean;
  /** Between which all values lie, where that is known. */
  readonly bounds: readonly [number, number] | undefined;
  readonly whenUndefined: string;
}

/** Most draws of which a value may be missing, as a share: with more, what is left is no fair picture of what is not known. */
const MOST_MISSING = 0.05;

/** Draws without a value that were left out, and why they have none. */
interface Missing {
  readonly count: number;
  readonly reason: string;
}

interface Combined {
  readonly value: MetricValue;
  readonly effect?: RandomEffects;
  readonly missing?: Missing;
}

/** @param values of every draw; undefined where the draw does not have it */
function combinedValue(
  values: readonly (MetricValue | undefined)[],
  { varies, isShare, bounds, whenUndefined }: ValueOptions,
): Combined {
  const intervals = values.flatMap((value) => intervalOf(value) ?? []);
  const count = values.length - intervals.length;
  const reason = values.find((value) => value?.undefined !== undefined)?.undefined ?? whenUndefined;
  if (count > MOST_MISSING * values.length)
    return { value: toValue(undefined, among(reason, count, values.length)) };
  const effect = randomEffects(intervals, {
    varies,
    isShare,
    bounds: bounds ?? boundsOf(intervals),
  });
  const { total, simulation, parameters, share } = effect;
  const { mean, ci } = toValue(total, "");
  const parts = {
    simulation: { ci: toValue(simulation, "").ci, share: share === undefined ? null : 1 - share },
    parameters: { ci: toValue(parameters, "").ci, share: share ?? null },
  };
  const value = { mean, ci, ...parts };
  return { value, effect, ...(count > 0 && { missing: { count, reason } }) };
}

/** Values that a few draws do not have. */
class Gaps {
  private readonly draws: number;
  /** Names of the values by what is missing of them. */
  private readonly names = new Map<string, string[]>();

  constructor(draws: number) {
    this.draws = draws;
  }

  add(name: string, missing: Missing | undefined): void {
    if (missing === undefined) return;
    const what = among(missing.reason, missing.count, this.draws);
    this.names.set(what, [...(this.names.get(what) ?? []), name]);
  }

  warnings(): string[] {
    return [...this.names].map(
      ([what, names]) => `${what}: these draws are left out of ${list(names)}`,
    );
  }
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

function combinedBreakdown(
  draws: readonly ScenarioResult[],
  varies: boolean,
  gaps: Gaps,
): Breakdown {
  const kinds = Object.entries(draws[0].breakdown ?? {}) as [BreakdownKind, object][];
  return Object.fromEntries(
    kinds.map(([kind, parts]) => {
      const figuresOf = (part: string) =>
        BREAKDOWN[kind].map(({ name, unit, whenUndefined }) => {
          const values = draws.map(({ breakdown }) => breakdown?.[kind]?.[part]?.[name]);
          const isShare = unit === "share";
          const bounds = isShare ? SHARE : undefined;
          const options = { varies, isShare, bounds, whenUndefined };
          const { value, missing } = combinedValue(values, options);
          gaps.add(`${kind}.${part}.${name}`, missing);
          return [name, value];
        });
      const names = Object.keys(parts);
      return [kind, Object.fromEntries(names.map((n) => [n, Object.fromEntries(figuresOf(n))]))];
    }),
  );
}

function combinedDifferences(
  draws: readonly ScenarioResult[],
  varies: boolean,
  gaps: Gaps,
): Record<string, Difference> {
  const names = METRICS.map(({ name }) => name).filter((name) =>
    draws.some(({ differences = {} }) => name in differences),
  );
  return Object.fromEntries(
    names.map((name) => {
      const { unit, whenUndefined } = metric(name);
      const values = draws.map(({ differences }) => differences?.[name]);
      const bounds = unit === "share" ? SHARE_DIFFERENCE : ([-Infinity, Infinity] as const);
      const options = { varies, isShare: false, bounds, whenUndefined };
      const { value, missing } = combinedValue(values, options);
      gaps.add(`the difference in ${name}`, missing);
      return [name, { ...value, pairing: null }];
    }),
  );
}

// ---------------------------------------------------------------- thresholds, warnings

function thresholdResult(
  text: string,
  metrics: MetricTree,
  effects: ReadonlyMap<string, RandomEffects>,
  draws: number,
): ThresholdResult {
  const threshold = parseThreshold(text);
  const value = threshold && readMetric(metrics, threshold.metric);
  if (threshold === undefined || value === undefined || value.mean === null)
    return { threshold: text, verdict: "not-evaluated", chance: null };
  const verdict = judge(threshold, value);
  const settled = effects.get(threshold.metric)?.settled;
  if (settled === undefined) return { threshold: text, verdict };
  const met = settled.filter((x) => holds(threshold, x)).length;
  return {
    threshold: text,
    verdict,
    // In a draw without a value it does not hold.
    chance: met / draws,
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
