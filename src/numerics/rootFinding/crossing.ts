/**
 * Where the mean of what is observed at x crosses 0, x in a range, found with common random numbers: the k-th observation at one x
 * shares its luck with the k-th at every other, so that the observed means form a curve that is nearly as smooth as the true one.
 *
 * 1. A scan of a few points brackets the crossings.
 * 2. The crossing in the chosen bracket is searched with more observations: steps outward until it lies between two places, then the
 *    Illinois rule (Dowell and Jarratt 1971). So the sample of the scan only says where to look: retrospective approximation
 *    (Pasupathy and Schmeiser 2009, "Retrospective-approximation algorithms for the multidimensional stochastic root-finding problem").
 * 3. The interval has all x around the crossing at which 0 is not rejected. Its ends are where the lower and the upper bound of the mean
 *    cross 0, and are searched in the same way. So it holds where the curve bends, grows flat or jumps, and is open where an end of the
 *    range comes first.
 */
import { LEVEL, upperProbability } from "../intervals.ts";
import { studentQuantile } from "../quantiles.ts";
import { average, clamp, standardError } from "../statistics.ts";

export interface CrossingOptions {
  /** low < high, both finite. */
  readonly low: number;
  readonly high: number;
  /** Whether equal ratios are steps of equal size; low > 0 then. */
  readonly log?: boolean;
  /** Whether x is a whole number. */
  readonly isWhole?: boolean;
  /** Of several crossings the one nearest to this x is chosen; default: the first. */
  readonly near?: number | undefined;
  /** Observations `first` to `end` - 1 at x; undefined where there can be none at this x. */
  observe(x: number, first: number, end: number): Promise<readonly number[] | undefined>;
  readonly onStep?: ((share: number) => void) | undefined;
}

/** What was observed at x: the mean, with its 95 % interval. */
export interface CrossingPoint {
  readonly x: number;
  readonly mean: number;
  readonly ci: readonly [low: number, high: number];
}

export interface Crossing {
  /**
   * - crossed: at `at`;
   * - above, below: the mean is above, or below, 0 at all points of the scan;
   * - untold: the same, but 0 is not rejected at the nearest of them;
   * - constant: the mean is the same at all points.
   */
  readonly kind: "crossed" | "above" | "below" | "untold" | "constant";
  /** Of whole numbers the last one before the crossing. */
  readonly at?: number;
  /** 95 % interval; null where it reaches the end of the range. */
  readonly ci?: readonly [low: number | null, high: number | null];
  /** Whether the mean falls from above 0 to below at the crossing. */
  readonly falls?: boolean;
  /** Crossings that the scan saw. */
  readonly crossings: number;
  /** All points that were observed, in rising order. */
  readonly points: readonly CrossingPoint[];
  /** Points of the scan at which nothing could be observed. */
  readonly missing: readonly number[];
}

const SCAN = { points: 9, observations: 16 };
/** Observations at each place of a search. */
const OBSERVATIONS = 64;
/** A search ends at a place where the curve is as near to 0 as this share of the mean's interval, */
const CLOSE = 0.15;
/** or where two places lie as near as this share of the range: there the curve jumps, or has no noise; */
const NEAR = 1e-4;
/** or after as many steps. */
const MOST_STEPS = 40;
/** A step outward is so many times longer than the one before. */
const GROWTH = 3;
/** Steps in all, as a search usually takes them. */
const STEPS = SCAN.points + 12;

export function findCrossing(options: CrossingOptions): Promise<Crossing> {
  return new Search(options).run();
}

class Search {
  private readonly options: CrossingOptions;
  private readonly seen = new Map<number, number[]>();
  private readonly missing: number[] = [];
  private steps = 0;

  constructor(options: CrossingOptions) {
    this.options = options;
  }

  async run(): Promise<Crossing> {
    const places = this.scanned();
    const scan: CrossingPoint[] = [];
    for (const x of places) {
      const point = await this.look(x, SCAN.observations);
      if (point !== undefined) scan.push(point);
    }
    const brackets = scan
      .slice(1)
      .flatMap((right, i) => (isCrossed(scan[i], right) ? [[scan[i], right] as const] : []));
    const crossings = brackets.length;
    if (crossings === 0) return { kind: sideOf(scan), crossings, ...this.told() };
    const [left, right] = this.nearest(brackets);
    const falls = left.mean > 0;
    return {
      kind: "crossed",
      falls,
      crossings,
      ...(await this.searched(left, right)),
      ...this.told(),
    };
  }

  private told() {
    const points = [...this.seen].map(([x, values]) => pointOf(x, values));
    return { points: points.sort((a, b) => a.x - b.x), missing: this.missing };
  }

  // -------------------------------------------------------------- looking

  /** What is seen at x in so many observations at least; undefined where there can be none. */
  private async look(x: number, observations: number): Promise<CrossingPoint | undefined> {
    const values = this.seen.get(x) ?? [];
    if (values.length < observations) {
      const more = await this.options.observe(x, values.length, observations);
      if (more === undefined) {
        this.missing.push(x);
        return undefined;
      }
      values.push(...more);
      this.seen.set(x, values);
    }
    this.options.onStep?.(Math.min(0.99, ++this.steps / STEPS));
    return pointOf(x, values);
  }

  private scanned(): number[] {
    const { low, high } = this.options;
    const [from, to] = [this.stretched(low), this.stretched(high)];
    const xs = Array.from({ length: SCAN.points }, (_, i) =>
      i === SCAN.points - 1 ? high : this.plain(from + ((to - from) * i) / (SCAN.points - 1)),
    );
    return [...new Set(xs)];
  }

  private stretched(x: number): number {
    return this.options.log ? Math.log(x) : x;
  }

  /** Rounded, so that a place can be written down and typed again. */
  private plain(stretched: number): number {
    const x = this.options.log ? Math.exp(stretched) : stretched;
    const { low, high, isWhole } = this.options;
    return clamp(isWhole ? Math.round(x) : Number(x.toPrecision(6)), low, high);
  }

  private nearest(brackets: readonly (readonly [CrossingPoint, CrossingPoint])[]) {
    const { near } = this.options;
    if (near === undefined) return brackets[0];
    const distance = ([{ x: a }, { x: b }]: (typeof brackets)[number]) =>
      near < a ? a - near : Math.max(0, near - b);
    return [...brackets].sort((a, b) => distance(a) - distance(b))[0];
  }

  // -------------------------------------------------------------- searching

  /** The crossing between two places of the scan, with its interval. */
  private async searched(left: CrossingPoint, right: CrossingPoint) {
    const turn = left.mean > 0 ? 1 : -1;
    const mean: Falling = (point) => turn * point.mean;
    const lower: Falling = (point) => turn * point.mean - halfOf(point);
    const upper: Falling = (point) => turn * point.mean + halfOf(point);
    const perUnit =
      (this.stretched(right.x) - this.stretched(left.x)) / Math.abs(right.mean - left.mean);
    const guess = (await this.look(this.zeroOf(mean, left, right), OBSERVATIONS)) ?? left;
    // Were the curve straight, the crossing would be about so far away.
    const reach = (Math.abs(guess.mean) + halfOf(guess)) * perUnit;
    const [before, after] = await this.around(mean, guess, reach);
    const from = before ?? (after as CrossingPoint);
    const low = await this.around(lower, from, reach);
    const high = await this.around(upper, after ?? from, reach);
    return {
      at: this.options.isWhole ? from.x : this.placeOf(mean, [before, after], from.x),
      ci: [this.endOf(lower, low, 0), this.endOf(upper, high, 1)] as const,
    };
  }

  /** Two places between which a falling curve crosses 0, as near as is needed; one of them where the range ends before the other. */
  private async around(falling: Falling, start: CrossingPoint, reach: number): Promise<Sides> {
    const isLeft = falling(start) > 0;
    let point = start;
    for (let step = reach; ; step *= GROWTH) {
      const next = await this.outward(point, isLeft ? 1 : -1, step);
      if (next === undefined) return isLeft ? [point, undefined] : [undefined, point];
      if (falling(next) > 0 !== isLeft)
        return this.narrowed(falling, isLeft ? [point, next] : [next, point]);
      point = next;
    }
  }

  /** The next place that was looked at already, else one a step away; undefined where the range ends. */
  private async outward({ x }: CrossingPoint, side: -1 | 1, step: number) {
    const known = this.searchedPlaces().filter((place) => side * (place - x) > 0);
    if (known.length > 0)
      return this.look(
        known.reduce((a, b) => (side * (b - a) < 0 ? b : a)),
        OBSERVATIONS,
      );
    const away = this.plain(this.stretched(x) + side * step);
    const next = away === x && this.options.isWhole ? this.plain(x + side) : away;
    return next === x ? undefined : this.look(next, OBSERVATIONS);
  }

  private searchedPlaces(): number[] {
    return [...this.seen].flatMap(([x, values]) => (values.length >= OBSERVATIONS ? [x] : []));
  }

  private async narrowed(falling: Falling, [first, second]: Bracket): Promise<Sides> {
    let [left, right] = [first, second];
    let [leftWeight, rightWeight] = [1, 1];
    let moved: "left" | "right" | undefined;
    for (let step = 0; step < MOST_STEPS && !this.isNarrow(falling, [left, right]); step++) {
      const x = this.between(leftWeight * falling(left), rightWeight * falling(right), [
        left,
        right,
      ]);
      if (x <= left.x || x >= right.x) break;
      const middle = await this.look(x, OBSERVATIONS);
      if (middle === undefined)
        throw new RangeError(`${x}: nothing can be observed there, though it can on both sides`);
      // An end that stays twice counts half: it would draw all places to itself.
      if (falling(middle) > 0) {
        left = middle;
        [leftWeight, rightWeight] = [1, moved === "left" ? rightWeight / 2 : rightWeight];
        moved = "left";
      } else {
        right = middle;
        [leftWeight, rightWeight] = [moved === "right" ? leftWeight / 2 : leftWeight, 1];
        moved = "right";
      }
    }
    return [left, right];
  }

  private between(atLeft: number, atRight: number, [left, right]: Bracket): number {
    if (this.options.isWhole) return Math.floor((left.x + right.x) / 2);
    return this.plain(zeroOn(this.stretched(left.x), atLeft, this.stretched(right.x), atRight));
  }

  private isNarrow(falling: Falling, [left, right]: Bracket): boolean {
    if (this.options.isWhole) return right.x - left.x <= 1;
    return this.isNear([left, right]) || [left, right].some((point) => isClose(falling, point));
  }

  private isNear([left, right]: Bracket): boolean {
    const { low, high } = this.options;
    const range = this.stretched(high) - this.stretched(low);
    return this.stretched(right.x) - this.stretched(left.x) <= NEAR * range;
  }

  // -------------------------------------------------------------- reading off

  /** Where a curve crosses 0: on the line between the two sides, else at the end of the range. */
  private placeOf(falling: Falling, [left, right]: Sides, end: number): number {
    return left === undefined || right === undefined ? end : this.zeroOf(falling, left, right);
  }

  /** An end of the interval: of whole numbers, and where the curve jumps, the place itself that is excluded. */
  private endOf(falling: Falling, [left, right]: Sides, side: 0 | 1): number | null {
    if (left === undefined || right === undefined) return null;
    if (this.options.isWhole) return side === 0 ? left.x : right.x - 1;
    if (this.isNear([left, right])) return side === 0 ? left.x : right.x;
    return this.zeroOf(falling, left, right);
  }

  private zeroOf(falling: Falling, left: CrossingPoint, right: CrossingPoint): number {
    const [from, to] = [this.stretched(left.x), this.stretched(right.x)];
    const zero = zeroOn(from, falling(left), to, falling(right));
    return this.options.log ? Math.exp(zero) : zero;
  }
}

// ---------------------------------------------------------------- points

function pointOf(x: number, values: readonly number[]): CrossingPoint {
  const mean = average(values);
  const half =
    studentQuantile(upperProbability(LEVEL), Math.max(1, values.length - 1)) *
    standardError(values);
  return { x, mean, ci: [mean - half, mean + half] };
}

const isCrossed = (a: CrossingPoint, b: CrossingPoint) =>
  (a.mean > 0 && b.mean <= 0) || (a.mean < 0 && b.mean >= 0) || (a.mean === 0 && b.mean !== 0);

/** A curve that is above 0 on the left of the crossing: the mean, or a bound of it. */
type Falling = (point: CrossingPoint) => number;

type Bracket = readonly [left: CrossingPoint, right: CrossingPoint];

/** A bracket of which a side may lie beyond the range. */
type Sides = readonly [left: CrossingPoint | undefined, right: CrossingPoint | undefined];

const halfOf = ({ ci }: CrossingPoint) => (ci[1] - ci[0]) / 2;

const isClose = (falling: Falling, point: CrossingPoint) =>
  Math.abs(falling(point)) < CLOSE * halfOf(point);

/** Where the line through two points crosses 0. */
const zeroOn = (x1: number, y1: number, x2: number, y2: number) =>
  y1 === y2 ? (x1 + x2) / 2 : x1 + ((x2 - x1) * y1) / (y1 - y2);

function sideOf(scan: readonly CrossingPoint[]): Crossing["kind"] {
  if (scan.length > 1 && scan.every(({ mean }) => mean === scan[0].mean)) return "constant";
  if (scan.some(({ ci }) => ci[0] <= 0 && ci[1] >= 0)) return "untold";
  return scan[0] !== undefined && scan[0].mean < 0 ? "below" : "above";
}
