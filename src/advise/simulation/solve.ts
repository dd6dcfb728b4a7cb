// Solves for the value of one number at which a simulated success rate is a given one.
//
// Every step simulates the same instances with the same random numbers, so that the rate is a step function of the
// number which all but rises or falls throughout. Steps alternate between regula falsi and bisection: the bracket at
// least halves every second time, whatever the function is like.
import { fromUnit, type Parameter, toUnit } from "../../calibrate/parameters.ts";
import { clamp } from "../../numerics/statistics.ts";

/** A value of the number, and the success rate that it gives. */
export interface Point {
  readonly value: number;
  readonly success: number;
}

/** No value of the number, or of any of several numbers, gives the success rate. */
export class UnreachableError extends Error {
  /** Paths of the numbers. */
  readonly numbers: readonly string[];
  readonly target: number;
  /** Lowest and highest rate at the ends of the numbers' ranges. */
  readonly reachable: Range;

  constructor(numbers: readonly string[], target: number, reachable: Range) {
    const [low, high] = reachable;
    super(
      `No ${numbers.join(" or ")} gives a single-agent success of ${target}: must be in [${low}, ${high}]`,
    );
    this.numbers = numbers;
    this.target = target;
    this.reachable = reachable;
  }
}

export type Range = readonly [low: number, high: number];

/** A rate is met when it is as near as this. */
export const TOLERANCE = 0.002;
const MAX_STEPS = 60;
/** Shortest bracket, as a share of the number's range. */
const SHORTEST = 1e-4;
/** A step of regula falsi keeps this share of the bracket away from its ends, so that it moves. */
const MARGIN = 0.05;
/** Digits of a value, so that people can type it. */
const DIGITS = 5;

/** Whether a rate counts as reachable. */
export function isWithin([low, high]: Range, target: number): boolean {
  return target >= low - TOLERANCE && target <= high + TOLERANCE;
}

interface Placed extends Point {
  /** Place in the range, 0..1. */
  readonly unit: number;
}

/** The single agent's success rate as a function of one number. What was computed once is kept. */
export class SuccessCurve {
  private readonly parameter: Parameter;
  private readonly successAt: (value: number) => Promise<number>;
  /** By place in the range. */
  private points: readonly Placed[] = [];

  /** @param successAt success rate at a value within the parameter's range; the same for the same value */
  constructor(parameter: Parameter, successAt: (value: number) => Promise<number>) {
    this.parameter = parameter;
    this.successAt = successAt;
  }

  /** The success rate at a value within the range. */
  async at(value: number): Promise<Point> {
    return this.probe(toUnit(this.parameter, value));
  }

  /** Success rates at the ends of the number's range, the lower one first. */
  async range(): Promise<Range> {
    const ends = [await this.probe(0), await this.probe(1)].map(({ success }) => success);
    return [Math.min(...ends), Math.max(...ends)];
  }

  /**
   * The value at which the success rate is `target`, to within {@link TOLERANCE} or, where the rate jumps over it, the
   * nearest that a range of 1e-4 gives.
   * @throws UnreachableError when it is beyond the rates at both ends of the range
   */
  async solve(target: number): Promise<Point> {
    const range = await this.range();
    if (!isWithin(range, target)) throw new UnreachableError([this.parameter.name], target, range);
    for (let step = 0; step < MAX_STEPS; step++) {
      const nearest = this.nearest(target);
      const bracket = this.bracket(target);
      if (Math.abs(nearest.success - target) <= TOLERANCE || bracket === undefined) return nearest;
      const [a, b] = bracket;
      if (b.unit - a.unit <= SHORTEST) return nearest;
      const share = step % 2 === 0 ? (target - a.success) / (b.success - a.success) : 0.5;
      await this.probe(a.unit + (b.unit - a.unit) * clamp(share, MARGIN, 1 - MARGIN));
    }
    return this.nearest(target);
  }

  private async probe(unit: number): Promise<Placed> {
    const known = this.points.find((point) => point.unit === unit);
    if (known !== undefined) return known;
    const exact = fromUnit(this.parameter, unit);
    // Rounding must not lead beyond an end.
    const rounded = Number(exact.toPrecision(DIGITS));
    const { low, high } = this.parameter;
    const value = clamp(rounded, low, high);
    const point = { unit, value, success: await this.successAt(value) };
    this.points = [...this.points, point].sort((p, q) => p.unit - q.unit);
    return point;
  }

  private nearest(target: number): Placed {
    return this.points.reduce((best, point) =>
      Math.abs(point.success - target) < Math.abs(best.success - target) ? point : best,
    );
  }

  /** The first two neighbours with the target between them. */
  private bracket(target: number): readonly [Placed, Placed] | undefined {
    for (let i = 1; i < this.points.length; i++) {
      const [a, b] = [this.points[i - 1], this.points[i]];
      if ((a.success - target) * (b.success - target) < 0) return [a, b];
    }
    return undefined;
  }
}
