// Scales: which numbers an axis spans, where on it a value lies, and where labels go so that they do not meet.
import { powerOfTen } from "../numerics/power.ts";
import { clamp } from "../numerics/statistics.ts";

export interface Scale {
  readonly type: "linear" | "log";
  readonly domain: readonly [low: number, high: number];
}

/** A scale as it stands in a specification. */
export const scaleSpec = ({ type, domain }: Scale) =>
  type === "log" ? { type, domain, nice: false } : { type, domain, nice: false, zero: false };

/** Positive values that are this far apart are drawn on a logarithmic scale. */
const LOG_FROM = 20;

/** Whether only a logarithmic scale shows all of the values. */
export function spansDecades(values: readonly number[]): boolean {
  const [low, high] = extent(values);
  return low > 0 && high / low >= LOG_FROM;
}

/** Least and greatest value; [0, 0] of none. */
export function extent(values: readonly number[]): readonly [low: number, high: number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? [low, high] : [0, 0];
}

/** Steps that an axis is divided into, about. */
const STEPS = 6;

/** A linear scale from round number to round number over the values, and over 0 where that is not far. */
export function linearScale(values: readonly number[]): Scale {
  let [low, high] = extent(values);
  if (low > 0 && low < high) low = low < 0.6 * high ? 0 : low;
  if (low === high) [low, high] = low === 0 ? [0, 1] : [Math.min(0, 2 * low), Math.max(0, 2 * low)];
  const step = roundStep((high - low) / STEPS);
  return { type: "linear", domain: roundOut(low, high, step) };
}

/** A linear scale from round number to round number that keeps close to the values. */
export function tightScale(values: readonly number[]): Scale {
  const [low, high] = extent(values);
  if (low === high) return linearScale(values);
  const step = roundStep((high - low) / (2 * STEPS));
  return { type: "linear", domain: roundOut(low, high, step) };
}

const roundOut = (low: number, high: number, step: number) =>
  [step * Math.floor(low / step + 1e-9), step * Math.ceil(high / step - 1e-9)] as const;

/** The next of 1, 2, 5 times a power of ten. */
export function roundStep(step: number): number {
  const power = powerOfTen(Math.floor(Math.log10(step)));
  return power * ([1, 2, 5].find((digit) => digit * power >= step * (1 - 1e-9)) ?? 10);
}

/** A logarithmic scale over the positive ones of the values. */
export function logScale(values: readonly number[]): Scale {
  const [low, high] = extent(values.filter((value) => value > 0));
  if (high === 0) return { type: "log", domain: [0.1, 10] };
  return { type: "log", domain: [roundDown(low), 1 / roundDown(1 / high)] };
}

/** The next smaller of 1, 2, 5 times a power of ten. */
function roundDown(x: number): number {
  const power = powerOfTen(Math.floor(Math.log10(x) + 1e-9));
  return power * ([5, 2].find((digit) => digit * power <= x * (1 + 1e-9)) ?? 1);
}

/** Where a value lies on a scale: 0 at its low end, 1 at its high end. */
export function shareAlong({ type, domain: [low, high] }: Scale, value: number): number {
  if (type === "linear") return (value - low) / (high - low);
  return Math.log(value / low) / Math.log(high / low);
}

// ---------------------------------------------------------------- labels

/**
 * Moves positions apart until neighbours are `gap` from each other, all within 0 and `length` if they fit: those that lie
 * nearest by the sum of squares, by pooling adjacent violators (isotonic regression).
 */
export function spreadOut(positions: readonly number[], gap: number, length: number): number[] {
  const order = positions.map((_, i) => i).sort((a, b) => positions[a] - positions[b] || a - b);
  const pools: { sum: number; count: number }[] = [];
  for (const [rank, i] of order.entries()) {
    let pool = { sum: positions[i] - rank * gap, count: 1 };
    for (let last = pools.at(-1); last && last.sum / last.count > pool.sum / pool.count; ) {
      pool = { sum: pool.sum + last.sum, count: pool.count + last.count };
      pools.pop();
      last = pools.at(-1);
    }
    pools.push(pool);
  }
  const room = Math.max(0, length - gap * (positions.length - 1));
  const starts = pools.flatMap(({ sum, count }) =>
    Array<number>(count).fill(clamp(sum / count, 0, room)),
  );
  const moved: number[] = [];
  for (const [rank, i] of order.entries()) moved[i] = starts[rank] + rank * gap;
  return moved;
}

/** A rectangle in pixels. */
interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const meet = (a: Box, b: Box) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/** Where a label stands: the point that its text begins at, ends at or is centred on, and its middle line. */
export interface PlacedLabel {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly align: "left" | "right" | "center";
}

/** A point with a text, in pixels from the upper left corner. */
export interface LabelledPoint {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  /** Whether there is more room above it on the left than below it on the right. */
  readonly isUpper: boolean;
}

/** Mean width of a character of a label in pixels, on the safe side. */
const CHARACTER = 6.4;
const LINE = 14;
/** Room that a point takes to each side. */
const POINT = 6;

/**
 * Puts the text of each point beside it where it meets no other point or label and stays inside; the earlier ones choose
 * first. A label for which there is no such place is left out.
 * @param obstacles what else is not to be covered: points
 */
export function placeLabels(
  points: readonly LabelledPoint[],
  obstacles: readonly { readonly x: number; readonly y: number }[],
  { width, height }: { readonly width: number; readonly height: number },
): PlacedLabel[] {
  const taken: Box[] = obstacles.map(({ x, y }) => boxAround(x, y, 2 * POINT - 1, 2 * POINT - 1));
  const placed: PlacedLabel[] = [];
  for (const { x, y, text, isUpper } of points) {
    const length = CHARACTER * [...text].length;
    for (const { align, dx, dy } of isUpper
      ? [UPPER, LOWER, ...PLACES]
      : [LOWER, UPPER, ...PLACES]) {
      const at = { x: x + dx, y: y + dy };
      const middle = at.x + { left: 0.5, right: -0.5, center: 0 }[align] * length;
      const box = boxAround(middle, at.y, length, LINE);
      const isInside =
        box.x >= 0 && box.x + length <= width && box.y >= 0 && box.y + LINE <= height;
      if (!isInside || taken.some((other) => meet(box, other))) continue;
      taken.push(box);
      placed.push({ text, ...at, align });
      break;
    }
  }
  return placed;
}

const boxAround = (x: number, y: number, width: number, height: number): Box => ({
  x: x - width / 2,
  y: y - height / 2,
  width,
  height,
});

const BESIDE = POINT + 4;
const ABOVE = POINT + LINE / 2;

/** Places beside a point: between the lines of its interval and of a front, */
const UPPER = { align: "right", dx: -POINT, dy: -ABOVE } as const;
const LOWER = { align: "left", dx: POINT, dy: ABOVE } as const;
/** and others, the best first. */
const PLACES = [
  { align: "left", dx: POINT, dy: -ABOVE },
  { align: "right", dx: -POINT, dy: ABOVE },
  { align: "left", dx: BESIDE, dy: 0 },
  { align: "right", dx: -BESIDE, dy: 0 },
] as const;
