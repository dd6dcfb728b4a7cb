/**
 * Sequential Monte Carlo on the unit box: points in proportion to exp(-f / 2), by way of ever colder exp(-t f / 2), t from 0 to 1.
 *
 * Del Moral, Doucet and Jasra, "Sequential Monte Carlo samplers", J. R. Statist. Soc. B 68 (2006). The next t is the one that
 * leaves half of the particles effective (Jasra, Stephens, Doucet and Tsagaris, Scand. J. Statist. 38, 2011). After
 * resampling, particles move by Metropolis steps along differences of others (ter Braak, "A Markov chain Monte Carlo version of
 * the genetic algorithm differential evolution", Statistics and Computing 16, 2006), which take the shape of the distribution
 * by themselves. The differences are those of the population before the steps, so that no step depends on another chain, and a
 * step that leaves the box is reflected into it: proposals stay symmetric. All draws are keyed by stage, step and particle.
 */
import { bracket } from "../bisect.ts";
import { normalQuantile } from "../distributions.ts";
import { Draws, type RootKey } from "../draws.ts";
import { square } from "../power.ts";

/** Apart from all other draws. */
const DOMAIN = 0x54454d50;

/** Kinds of draws. */
const FIRST = 0;
const SECOND = 1;
const JITTER = 2;
const ACCEPT = 3;
const RESAMPLE = 4;

export interface TemperingOptions {
  /** Where particles begin: evenly spread over the box, at least 4 points. They are moved in place. */
  readonly start: readonly Float64Array[];
  readonly root: RootKey;
  /** f, finite or Infinity where the density is 0; not NaN. */
  readonly minusTwoLog: (point: Float64Array) => number;
  /** Metropolis steps of every particle at each t, and at the last one: integers >= 1. */
  readonly steps: number;
  readonly lastSteps: number;
}

export interface Tempered {
  readonly points: readonly Float64Array[];
  /** f at the points. */
  readonly values: Float64Array;
  /** All t after 0, the last one 1. */
  readonly temperatures: readonly number[];
  /** Share of the last steps that were accepted. */
  readonly acceptance: number;
}

/** Share of the particles that is to stay effective from one t to the next. */
const EFFECTIVE = 0.5;
const HALVINGS = 40;
const MOST_STAGES = 200;

/** The share of accepted steps to aim at. */
const ACCEPTED = 0.25;
/** Length of a step along a difference in n dimensions where the distribution is normal: 2.38 / √(2n). */
const LENGTH = 2.38;
/** Every so many steps one has the full length of the difference, which leads from mode to mode. */
const LEAP = 10;
/** Random part of a step, in standard deviations. */
const SHAKE = 0.02;

/** @throws RangeError with fewer than 4 particles, or where none of them has a density */
export function temper(options: TemperingOptions): Tempered {
  return new Tempering(options).result();
}

class Tempering {
  private readonly options: TemperingOptions;
  private readonly points: Float64Array[];
  private readonly values: Float64Array;
  private readonly draws: Draws;
  private readonly temperatures: number[] = [];
  private stage = 0;
  private scale = 1;
  private acceptance = 0;

  constructor(options: TemperingOptions) {
    const { start, root, minusTwoLog } = options;
    if (start.length < 4)
      throw new RangeError(`Tempering of ${start.length} particles: must be at least 4`);
    this.options = options;
    this.points = [...start];
    this.values = Float64Array.from(start, minusTwoLog);
    this.draws = new Draws(root, DOMAIN);
    if (!this.values.some(Number.isFinite))
      throw new RangeError("Tempering: at least one particle must have a density above 0");
  }

  result(): Tempered {
    const { steps, lastSteps } = this.options;
    let t = 0;
    while (t < 1) {
      const next = this.temperatures.length < MOST_STAGES ? this.nextAfter(t) : 1;
      this.resample(next - t);
      t = next;
      this.temperatures.push(t);
      const count = t < 1 ? steps : lastSteps;
      for (let done = 0; done < count; ) {
        // The population from which differences are taken is renewed now and then.
        const here = Math.min(steps, count - done);
        this.move(t, here);
        done += here;
      }
    }
    const { points, values, temperatures, acceptance } = this;
    return { points, values, temperatures, acceptance };
  }

  /** The next t: 1, or the one at which EFFECTIVE of the particles are left. */
  private nextAfter(t: number): number {
    const isTooFar = (next: number) => effectiveShare(weightsOf(this.values, next - t)) < EFFECTIVE;
    if (!isTooFar(1)) return 1;
    const [near, far] = bracket(t, 1, isTooFar, HALVINGS);
    return near > t ? near : far;
  }

  /** Systematic resampling. */
  private resample(rise: number): void {
    this.draws.enter(this.stage++);
    const chosen = systematic(
      weightsOf(this.values, rise),
      this.points.length,
      this.draws.uniform(RESAMPLE, 0, 0, 0),
    );
    const points = chosen.map((i) => this.points[i].slice());
    const values = chosen.map((i) => this.values[i]);
    this.points.splice(0, points.length, ...points);
    this.values.set(values);
  }

  /** Metropolis steps of all particles, all along differences of the same population. */
  private move(t: number, steps: number): void {
    this.draws.enter(this.stage++);
    const others = this.points.map((point) => point.slice());
    const deviations = deviationsOf(others);
    const proposal = new Float64Array(deviations.length);
    let acceptedInAll = 0;
    for (let step = 0; step < steps; step++) {
      const isLeap = step % LEAP === LEAP - 1;
      let accepted = 0;
      for (const [i, point] of this.points.entries()) {
        this.propose(point, proposal, { i, step, others, deviations, isLeap });
        const value = this.options.minusTwoLog(proposal);
        const rise = (t / 2) * (value - this.values[i]);
        if (!(rise <= -Math.log(this.draws.uniform(ACCEPT, i, 0, step)))) continue;
        point.set(proposal);
        this.values[i] = value;
        accepted++;
      }
      const share = accepted / this.points.length;
      acceptedInAll += share;
      // Robbins-Monro on the logarithm; all chains share the scale, which only the next step sees.
      if (!isLeap) this.scale *= Math.exp(0.5 * (share - ACCEPTED));
    }
    this.acceptance = acceptedInAll / steps;
  }

  private propose(
    point: Float64Array,
    proposal: Float64Array,
    {
      i,
      step,
      others,
      deviations,
      isLeap,
    }: {
      readonly i: number;
      readonly step: number;
      readonly others: readonly Float64Array[];
      readonly deviations: Float64Array;
      readonly isLeap: boolean;
    },
  ): void {
    const { draws } = this;
    const size = others.length;
    const a = Math.floor(draws.uniform(FIRST, i, 0, step) * size);
    const b = (a + 1 + Math.floor(draws.uniform(SECOND, i, 0, step) * (size - 1))) % size;
    const length = isLeap ? 1 : (this.scale * LENGTH) / Math.sqrt(2 * point.length);
    const shake = SHAKE * this.scale;
    for (let d = 0; d < point.length; d++) {
      const noise = normalQuantile(draws.uniform(JITTER, i, d, step));
      const x = point[d] + length * (others[a][d] - others[b][d]) + shake * deviations[d] * noise;
      proposal[d] = reflected(x);
    }
  }
}

/** Relative weights exp(-rise f / 2), the largest 1. */
function weightsOf(values: Float64Array, rise: number): Float64Array {
  const least = values.reduce((min, value) => Math.min(min, value), Number.POSITIVE_INFINITY);
  return values.map((value) => Math.exp((-rise / 2) * (value - least)));
}

/** (Σw)² / Σw², as a share of the number of weights. */
export function effectiveShare(weights: ArrayLike<number>): number {
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < weights.length; i++) {
    sum += weights[i];
    squares += square(weights[i]);
  }
  return square(sum) / squares / weights.length;
}

/**
 * Systematic resampling: so many indices in proportion to the weights, each as often as its share says or once more. `u` in
 * (0, 1) decides where the comb begins.
 */
export function systematic(weights: ArrayLike<number>, size: number, u: number): number[] {
  let total = 0;
  for (let i = 0; i < weights.length; i++) total += weights[i];
  const chosen: number[] = [];
  let passed = 0;
  for (let i = 0; i < weights.length && chosen.length < size; i++) {
    passed += weights[i];
    while (chosen.length < size && (chosen.length + u) * total < passed * size) chosen.push(i);
  }
  // Rounding may leave the last one out.
  while (chosen.length < size) chosen.push(weights.length - 1);
  return chosen;
}

function deviationsOf(points: readonly Float64Array[]): Float64Array {
  return points[0].map((_, d) => {
    let mean = 0;
    for (const point of points) mean += point[d] / points.length;
    let squares = 0;
    for (const point of points) squares += square(point[d] - mean) / points.length;
    return Math.sqrt(squares);
  });
}

/** A coordinate reflected at 0 and 1 until it lies between. */
function reflected(x: number): number {
  const folded = Math.abs(x) % 2;
  return folded > 1 ? 2 - folded : folded;
}
