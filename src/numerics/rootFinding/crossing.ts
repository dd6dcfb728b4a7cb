/**
 * Where the mean of what is observed at x crosses 0, x in a range, found with common random numbers: the k-th observation at one x
 * shares its luck with the k-th at every other, so that the observed means form a curve that is nearly as smooth as the true one.
 *
 * 1. A scan of a few points brackets the crossings.
 * 2. The chosen bracket is made narrow by the Illinois rule (Dowell and Jarratt 1971), each time with more observations:
 *    retrospective approximation (Pasupathy and Schmeiser 2009, "Retrospective-approximation algorithms for the multidimensional
 *    stochastic root-finding problem").
 * 3. The interval has all x at which 0 is not rejected: where the lower and where the upper bound of the mean crosses 0. So it stays right
 *    where the curve is flat, and is open where an end of the range comes first.
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
const NARROW = { steps: 4, observations: 32 };
const FINAL = { observations: 64, most: 3 };
/** Steps in all, as far as they are known beforehand. */
const STEPS = SCAN.points + NARROW.steps + FINAL.most + 2;

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
    const narrow = await this.narrowed(left, right);
    const falls = narrow[0].mean > narrow[1].mean;
    const { at, ci } = this.options.isWhole
      ? await this.wholeInterval(narrow)
      : await this.interval(narrow, [left.x, right.x], [scan[0].x, scan[scan.length - 1].x]);
    return { kind: "crossed", at, ci, falls, crossings, ...this.told() };
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

  private async known(x: number, observations: number): Promise<CrossingPoint> {
    const point = await this.look(x, observations);
    if (point === undefined)
      throw new RangeError(`${x}: nothing can be observed there, though it can on both sides`);
    return point;
  }

  private scanned(): number[] {
    const { low, high, isWhole } = this.options;
    const [from, to] = [this.stretched(low), this.stretched(high)];
    const xs = Array.from({ length: SCAN.points }, (_, i) =>
      i === SCAN.points - 1 ? high : this.plain(from + ((to - from) * i) / (SCAN.points - 1)),
    );
    return [...new Set(isWhole ? xs.map(Math.round) : xs)];
  }

  private stretched(x: number): number {
    return this.options.log ? Math.log(x) : x;
  }

  /** Rounded, so that a place can be written down and typed again. */
  private plain(stretched: number): number {
    const x = this.options.log ? Math.exp(stretched) : stretched;
    return clamp(Number(x.toPrecision(6)), this.options.low, this.options.high);
  }

  private nearest(brackets: readonly (readonly [CrossingPoint, CrossingPoint])[]) {
    const { near } = this.options;
    if (near === undefined) return brackets[0];
    const distance = ([{ x: a }, { x: b }]: (typeof brackets)[number]) =>
      near < a ? a - near : Math.max(0, near - b);
    return [...brackets].sort((a, b) => distance(a) - distance(b))[0];
  }

  // -------------------------------------------------------------- narrowing

  /** Two points with the crossing between them, as near as the noise allows; whole numbers that are neighbours. */
  private async narrowed(
    first: CrossingPoint,
    second: CrossingPoint,
  ): Promise<readonly [CrossingPoint, CrossingPoint]> {
    const { isWhole } = this.options;
    let left = await this.known(first.x, NARROW.observations);
    let right = await this.known(second.x, NARROW.observations);
    if (!isCrossed(left, right)) return [first, second];
    let weights: readonly [number, number] = [1, 1];
    for (let step = 0; isWhole || step < NARROW.steps; step++) {
      const x = isWhole ? Math.round((left.x + right.x) / 2) : this.between(left, right, weights);
      if (x <= left.x || x >= right.x) break;
      const middle = await this.known(x, NARROW.observations);
      // An end that stays twice counts half: it would draw all points to itself.
      if (isCrossed(left, middle)) {
        right = middle;
        weights = [weights[0] / 2, 1];
      } else {
        left = middle;
        weights = [1, weights[1] / 2];
      }
      if (!isWhole && standsNear(middle)) break;
    }
    return [left, right];
  }

  private between(left: CrossingPoint, right: CrossingPoint, [a, b]: readonly [number, number]) {
    const [from, to] = [this.stretched(left.x), this.stretched(right.x)];
    return this.plain(zeroOn(from, a * left.mean, to, b * right.mean));
  }

  // -------------------------------------------------------------- the interval

  private async interval(
    [left, right]: readonly [CrossingPoint, CrossingPoint],
    within: readonly [low: number, high: number],
    range: readonly [low: number, high: number],
  ) {
    const { observations, most } = FINAL;
    const guess = await this.known(this.between(left, right, [1, 1]), observations);
    const slope =
      (right.mean - left.mean) / (this.stretched(right.x) - this.stretched(left.x)) || 1;
    const spread = Math.abs((guess.ci[1] - guess.ci[0]) / slope);
    const widest = this.stretched(within[1]) - this.stretched(within[0]);
    let reach = clamp(spread, widest * 1e-3, widest);
    for (let attempt = 1; ; attempt++) {
      const near: CrossingPoint[] = [guess];
      for (const side of [-1, 1]) {
        const x = clamp(this.plain(this.stretched(guess.x) + side * reach), range[0], range[1]);
        if (x !== guess.x) near.push(await this.known(x, observations));
      }
      near.sort((a, b) => a.x - b.x);
      const at = this.zeroOf(near, ({ mean }) => mean);
      const ends = [
        this.zeroOf(near, ({ ci }) => ci[0]),
        this.zeroOf(near, ({ ci }) => ci[1]),
      ].sort((a, b) => (a ?? 0) - (b ?? 0));
      const isDone = at !== undefined && ends.every((end) => end !== undefined);
      if (isDone) return { at, ci: [ends[0] as number, ends[1] as number] as const };
      const isAtEnds = near[0].x === range[0] && near[near.length - 1].x === range[1];
      if (attempt >= most || isAtEnds) return this.openInterval(near, at ?? guess.x);
      reach *= 3;
    }
  }

  /** An interval of which the range, or patience, cuts off a side. */
  private openInterval(near: readonly CrossingPoint[], at: number) {
    const ends = [({ ci }: CrossingPoint) => ci[0], ({ ci }: CrossingPoint) => ci[1]].flatMap(
      (bound) => this.zeroOf(near, bound) ?? [],
    );
    const below = ends.filter((end) => end <= at);
    const above = ends.filter((end) => end > at);
    return {
      at,
      ci: [below[0] ?? null, above[0] ?? null] as const,
    };
  }

  /** Where a curve through points crosses 0. */
  private zeroOf(
    points: readonly CrossingPoint[],
    of: (point: CrossingPoint) => number,
  ): number | undefined {
    for (let i = 1; i < points.length; i++) {
      const [a, b] = [of(points[i - 1]), of(points[i])];
      if (a > 0 === b > 0) continue;
      const [from, to] = [points[i - 1].x, points[i].x].map((x) => this.stretched(x));
      const zero = zeroOn(from, a, to, b);
      return this.options.log ? Math.exp(zero) : zero;
    }
    return undefined;
  }

  /** Of whole numbers: the last one before the crossing, and all between the last and the first at which the side is sure. */
  private async wholeInterval([left, right]: readonly [CrossingPoint, CrossingPoint]) {
    const { low, high } = this.options;
    const isAbove = left.mean > 0;
    const isSure = ({ ci }: CrossingPoint, above: boolean) => (above ? ci[0] > 0 : ci[1] < 0);
    const sure = async (from: number, step: number, above: boolean) => {
      for (let x = from; x >= low && x <= high; x += step) {
        const point = await this.look(x, FINAL.observations);
        if (point === undefined) return null;
        if (isSure(point, above)) return x;
      }
      return null;
    };
    const last = await sure(left.x, -1, isAbove);
    const first = await sure(right.x, 1, !isAbove);
    return { at: left.x, ci: [last, first === null ? null : first - 1] as const };
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

/** Whether 0 is well within the interval of a mean. */
const standsNear = ({ mean, ci }: CrossingPoint) => Math.abs(mean) < (ci[1] - ci[0]) / 8;

/** Where the line through two points crosses 0. */
const zeroOn = (x1: number, y1: number, x2: number, y2: number) =>
  y1 === y2 ? (x1 + x2) / 2 : x1 + ((x2 - x1) * y1) / (y1 - y2);

function sideOf(scan: readonly CrossingPoint[]): Crossing["kind"] {
  if (scan.length > 1 && scan.every(({ mean }) => mean === scan[0].mean)) return "constant";
  if (scan.some(({ ci }) => ci[0] <= 0 && ci[1] >= 0)) return "untold";
  return scan[0] !== undefined && scan[0].mean < 0 ? "below" : "above";
}
