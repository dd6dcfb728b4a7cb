/**
 * How far simulated figures are from published ones.
 *
 * A miss is (simulated - published) / scale, where the scale is two standard errors, the tolerance or half the width of the
 * published interval; so within the tolerance a figure still draws towards the published value. Where only bounds are asked for,
 * a miss is what is beyond them. The loss is the weighted mean of the squared misses: 1 means that a typical figure is
 * one tolerance away.
 */
import type { MetricValue } from "../experiment/result.ts";
import { answerValue } from "../numerics/optimising/candidates.ts";
import type { Part, Target } from "./calibration.ts";

/** What a target says of its value: which mean of which parts. */
type Averaged = Pick<Target, "parts" | "mean">;

/** The scale on which parts are averaged. */
const SCALES = {
  arithmetic: { forward: (x: number) => x, back: (x: number) => x },
  geometric: { forward: Math.log, back: Math.exp },
} as const;

/** Value of a target: the mean of its parts; NaN where one of them has none, or no logarithm of which a geometric mean is made. */
export function simulatedMean(
  { parts, mean }: Averaged,
  valueAt: (part: Part) => MetricValue | undefined,
): number {
  const { forward, back } = SCALES[mean];
  let sum = 0;
  for (const part of parts) sum += forward(valueAt(part)?.mean ?? Number.NaN);
  const value = back(sum / parts.length);
  return Number.isFinite(sum) ? value : Number.NaN;
}

/**
 * Value of a target with its interval. Parts of one group share their instances: their half-widths are added, which is
 * never too short. Groups are independent: theirs are added in squares. Each side by itself; of a geometric mean, on the
 * scale of logarithms.
 */
export function simulatedValue(
  target: Averaged,
  valueAt: (part: Part) => MetricValue | undefined,
): MetricValue {
  const { parts } = target;
  const { forward, back } = SCALES[target.mean];
  const values = parts.map(valueAt);
  if (parts.length === 1 && values[0] !== undefined) return values[0];
  const mean = simulatedMean(target, valueAt);
  if (!Number.isFinite(mean)) {
    const reason = values.find((value) => value?.undefined !== undefined)?.undefined;
    return {
      mean: null,
      ci: [null, null],
      undefined: reason ?? "the scenarios are not valid here",
    };
  }
  const side = (end: 0 | 1): number | null => {
    const byGroup = new Map<number, number>();
    for (const [i, { group }] of parts.entries()) {
      const { mean: own, ci } = values[i] as MetricValue;
      const open = Number.POSITIVE_INFINITY;
      const width = ci[end] === null ? open : Math.abs(forward(ci[end]) - forward(own ?? 0));
      byGroup.set(group, (byGroup.get(group) ?? 0) + width);
    }
    const squares = [...byGroup.values()].reduce((sum, width) => sum + width * width, 0);
    const half = Math.sqrt(squares) / parts.length;
    return Number.isFinite(half) ? back(forward(mean) + (end === 0 ? -half : half)) : null;
  };
  return { mean, ci: [side(0), side(1)] };
}

/** (simulated - published) / scale, or how far beyond the bounds; NaN without a simulated value. */
export function missOf(target: Target, simulated: number): number {
  const { published, scale, accepted } = target;
  return (published === undefined ? excess(simulated, accepted) : simulated - published) / scale;
}

/** How far a number is outside an interval: negative below it, 0 within. */
function excess(x: number, [low, high]: readonly [low: number, high: number]): number {
  return x < low ? x - low : x > high ? x - high : x - x;
}

/** Where the edge begins: a figure nearer to the bound than this share of the way is in range by luck of its draws. */
const EDGE = 0.8;

/** What of a miss is beyond the edge of what is near enough, in scales; bounds have none besides their miss. */
function missBeyond({ published, scale, accepted: [low, high] }: Target, simulated: number) {
  if (published === undefined) return 0;
  const shrunk = (end: number) => published + EDGE * (end - published);
  return excess(simulated, [shrunk(low), shrunk(high)]) / scale;
}

/** Whether a value is near enough; null without one. */
export function passes({ accepted: [low, high] }: Target, { mean }: MetricValue): boolean | null {
  return mean === null ? null : low <= mean && mean <= high;
}

/** Weighted mean of the squared misses; Infinity where a target that counts has no value. */
export function lossOf(targets: readonly Target[], simulated: ArrayLike<number>): number {
  return answerValue(residualsOf(targets, simulated));
}

/** Residuals of which the loss is the sum of squares, one for every target that counts; NaN without a value. */
export function residualsOf(targets: readonly Target[], simulated: ArrayLike<number>): number[] {
  return weighted(targets, simulated, missOf);
}

/** Residuals of what is beyond the edge of what is near enough: what a search may add to those of the loss. */
export function residualsBeyond(
  targets: readonly Target[],
  simulated: ArrayLike<number>,
  beyond: number,
): number[] {
  const factor = Math.sqrt(beyond);
  return weighted(targets, simulated, (...of) => factor * missBeyond(...of));
}

function weighted(
  targets: readonly Target[],
  simulated: ArrayLike<number>,
  of: (target: Target, simulated: number) => number,
): number[] {
  const weights = weightsOf(targets);
  return targets.flatMap((target, i) =>
    target.weight === 0 ? [] : [Math.sqrt(target.weight / weights) * of(target, simulated[i])],
  );
}

/**
 * Residuals of the pull to the middle of the ranges, one per parameter: each counts like a target in the middle, with
 * half the range as its tolerance and `prior` as its weight. `unit` holds places in the ranges, in [0, 1].
 */
export function pullOn(
  unit: Float64Array,
  prior: number,
  targets: readonly Target[],
): readonly number[] {
  const factor = Math.sqrt(prior / weightsOf(targets));
  return Array.from(unit, (u) => factor * (2 * u - 1));
}

const weightsOf = (targets: readonly Target[]) =>
  targets.reduce((sum, { weight }) => sum + weight, 0);
