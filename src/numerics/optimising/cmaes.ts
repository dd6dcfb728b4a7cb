/**
 * CMA-ES: an evolution strategy that learns a full covariance matrix, as an ask/tell interface.
 *
 * Hansen, "The CMA Evolution Strategy: A Tutorial", arXiv 1604.00772: figure 6 with active (negative)
 * weights, stopping criteria of appendix B.3. Restarts with a doubled population are IPOP: Auger and
 * Hansen, "A restart CMA evolution strategy with increasing population size" (CEC 2005). Bounds are
 * those of `box.ts`: the distribution lives in free coordinates, points are their images.
 *
 * Points are a pure function of the state: every draw is named by run, generation, point and
 * coordinate. So a generation may be asked for twice, evaluated anywhere, and resumed after a crash.
 */

import { normalQuantile } from "../distributions.ts";
import { Draws, hash32, rootKey } from "../draws.ts";
import { identity, type SymmetricEigen, symmetricEigen } from "../linearAlgebra.ts";
import { power, square } from "../power.ts";
import { checkInBox, fromBox, toBox } from "./box.ts";
import {
  better,
  type Candidate,
  type CandidateState,
  candidateFromState,
  candidateToState,
  checkCount,
  orderOf,
  ranked,
  valuesFromState,
  valuesToState,
} from "./candidates.ts";
import { defaultPopulation, type Strategy, strategyFor } from "./strategy.ts";

/** What a run starts from. */
export interface CmaEsOptions {
  /** Number of coordinates, an integer >= 1. */
  readonly dimension: number;
  /** Any text; runs of equal options and seed are equal. */
  readonly seed: string;
  /** Initial step size in widths of the box, in (0, 1/3]; 0.3 by default. */
  readonly sigma?: number;
  /** Points per generation, an integer >= 4; 4 + ⌊3 ln n⌋ by default. */
  readonly population?: number;
  /** Initial mean in the unit box; its centre by default. */
  readonly start?: ArrayLike<number>;
  /** Run stops once all steps are shorter, in widths of the box; > 0, 1e-10 by default. */
  readonly tolerance?: number;
  /** Number of the run, an integer >= 0: runs of one seed share no draw. 0 by default. */
  readonly run?: number;
}

/**
 * Why a run stopped: steps below the tolerance; values equal within 1e-12 over many generations (a
 * plateau, or no finite value); an ill-conditioned covariance; no progress of best and median
 * values.
 */
export type CmaEsStop = "tolerance" | "flat" | "condition" | "stagnation";

/** State of a run as JSON. */
export interface CmaEsState {
  readonly options: Required<Omit<CmaEsOptions, "start">> & { readonly start: number[] };
  readonly generation: number;
  readonly mean: number[];
  readonly sigma: number;
  readonly sigmaPath: number[];
  readonly covariancePath: number[];
  readonly covariance: number[];
  readonly bestValues: (number | null)[];
  readonly medianValues: (number | null)[];
  readonly best: CandidateState | null;
  readonly stopped: CmaEsStop | null;
}

/** Kinds of draws. */
const SAMPLE = 0;
const START = 1;

const DOMAIN = hash32("calibrate/cmaes");
const TOLERANCE_VALUES = 1e-12;
const MAX_CONDITION = 1e14;
/**
 * Largest deviation of a coordinate, in widths of the box (pycma's `maxstd_boundrange`). Beyond, the
 * images of the steps fill the box evenly: under noise, or along a coordinate that has no effect,
 * nothing would ever shorten them again.
 */
const MAX_DEVIATION = 1 / 3;

/** One run of CMA-ES that minimises over the unit box [0, 1]^n. */
export class CmaEs {
  readonly options: CmaEsState["options"];
  /** Generations told. */
  generation = 0;
  /** Best point told since the start or the last `forget`. */
  best: Candidate | undefined;
  /** Set when the run is over and gives way to another: see `restarted`. */
  stopped: CmaEsStop | undefined;

  private readonly strategy: Strategy;
  private readonly draws: Draws;
  private centre: Float64Array;
  private sigma: number;
  private sigmaPath: Float64Array;
  private covariancePath: Float64Array;
  private covariance: Float64Array;
  private eigen: SymmetricEigen;
  private bestValues: number[] = [];
  private medianValues: number[] = [];

  /** Throws RangeError if an option is outside its range. */
  constructor(options: CmaEsOptions) {
    this.options = completed(options);
    const { dimension: n, seed, population, start, sigma, run } = this.options;
    this.strategy = strategyFor(n, population);
    this.draws = new Draws(rootKey(seed), DOMAIN);
    this.draws.enter(run);
    this.centre = Float64Array.from(start, fromBox);
    this.sigma = sigma;
    this.sigmaPath = new Float64Array(n);
    this.covariancePath = new Float64Array(n);
    this.covariance = identity(n);
    this.eigen = symmetricEigen(this.covariance, n);
  }

  /** Centre of the distribution, in the unit box. */
  get mean(): Float64Array {
    return this.centre.map(toBox);
  }

  /** Points of the generation, in the unit box; the same ones until `tell`. */
  ask(): Float64Array[] {
    return this.steps().map((step) => this.pointAt(step));
  }

  /**
   * Takes the values of the points of `ask`, in their order, and moves on a generation. Values that
   * are not finite rank last. Throws RangeError unless there is one value per point.
   */
  tell(values: readonly number[]): void {
    checkCount(values, this.options.population);
    const value = values.map(ranked);
    const order = orderOf(value);
    const asked = this.steps();
    const steps = order.map((i) => asked[i]);
    this.best = better(this.best, { point: this.pointAt(steps[0]), value: value[order[0]] });
    this.bestValues.push(value[order[0]]);
    this.medianValues.push(value[order[order.length >> 1]]);
    this.update(steps);
    this.generation++;
    this.stopped = this.reasonToStop();
  }

  /** Drops all values told so far but not what was learnt: for an objective that changes. */
  forget(): void {
    this.best = undefined;
    this.bestValues = [];
    this.medianValues = [];
  }

  /**
   * The next run: twice the population, a start drawn uniformly from the box, this initial step size
   * (that of this run by default), no memory.
   */
  restarted(sigma = this.options.sigma): CmaEs {
    const { dimension, population, run } = this.options;
    const draws = this.draws;
    const start = Float64Array.from({ length: dimension }, (_, i) => draws.uniform(START, 0, 0, i));
    return new CmaEs({ ...this.options, sigma, population: 2 * population, start, run: run + 1 });
  }

  /** State from which `fromJSON` goes on, byte for byte. */
  toJSON(): CmaEsState {
    return {
      options: this.options,
      generation: this.generation,
      mean: [...this.centre],
      sigma: this.sigma,
      sigmaPath: [...this.sigmaPath],
      covariancePath: [...this.covariancePath],
      covariance: [...this.covariance],
      bestValues: valuesToState(this.bestValues),
      medianValues: valuesToState(this.medianValues),
      best: this.best === undefined ? null : candidateToState(this.best),
      stopped: this.stopped ?? null,
    };
  }

  /** The run of a state that `toJSON` gave. */
  static fromJSON(state: CmaEsState): CmaEs {
    const run = new CmaEs(state.options);
    run.generation = state.generation;
    run.centre = Float64Array.from(state.mean);
    run.sigma = state.sigma;
    run.sigmaPath = Float64Array.from(state.sigmaPath);
    run.covariancePath = Float64Array.from(state.covariancePath);
    run.covariance = Float64Array.from(state.covariance);
    run.eigen = symmetricEigen(run.covariance, state.options.dimension);
    run.bestValues = valuesFromState(state.bestValues);
    run.medianValues = valuesFromState(state.medianValues);
    run.best = state.best === null ? undefined : candidateFromState(state.best);
    run.stopped = state.stopped ?? undefined;
    return run;
  }

  /** Point of the unit box at a step from the centre, in units of the step size. */
  private pointAt(step: Float64Array): Float64Array {
    return step.map((y, i) => toBox(this.centre[i] + this.sigma * y));
  }

  /** Steps y = B D z of the generation, z standard normal: C = B D² Bᵀ (equations 38 to 40). */
  private steps(): Float64Array[] {
    const { dimension: n, population } = this.options;
    const { values, vectors } = this.eigen;
    return Array.from({ length: population }, (_, point) => {
      const step = new Float64Array(n);
      for (let k = 0; k < n; k++) {
        const z = normalQuantile(this.draws.uniform(SAMPLE, this.generation, point, k));
        const length = Math.sqrt(values[k]) * z;
        for (let i = 0; i < n; i++) step[i] += length * vectors[i * n + k];
      }
      return step;
    });
  }

  /** Moves mean, paths, covariance and step size; `steps` from the best to the worst. */
  private update(steps: readonly Float64Array[]): void {
    const { dimension: n } = this.options;
    const { weights, mu, muEff, cSigma, dSigma, cc, c1, cMu, chiN } = this.strategy;
    const shift = new Float64Array(n);
    for (let rank = 0; rank < mu; rank++)
      for (let i = 0; i < n; i++) shift[i] += weights[rank] * steps[rank][i];
    const white = this.whitened(shift);
    for (let i = 0; i < n; i++) {
      this.centre[i] += this.sigma * shift[i];
      this.sigmaPath[i] =
        (1 - cSigma) * this.sigmaPath[i] + Math.sqrt(cSigma * (2 - cSigma) * muEff) * white[i];
    }
    const length = norm(this.sigmaPath);
    const unbiased = length / Math.sqrt(1 - power(1 - cSigma, 2 * (this.generation + 1)));
    // A path that is much too long means a step size far too small: the axes must not grow then.
    const steady = unbiased < (1.4 + 2 / (n + 1)) * chiN;
    const gain = steady ? Math.sqrt(cc * (2 - cc) * muEff) : 0;
    for (let i = 0; i < n; i++)
      this.covariancePath[i] = (1 - cc) * this.covariancePath[i] + gain * shift[i];
    const lost = steady ? 0 : c1 * cc * (2 - cc);
    const kept = 1 + lost - c1 - cMu * weights.reduce((sum, w) => sum + w, 0);
    this.adaptCovariance(steps, kept);
    this.sigma *= Math.exp((cSigma / dSigma) * (length / chiN - 1));
    this.limitDeviations();
    this.eigen = symmetricEigen(this.covariance, n);
  }

  /** Rank-one and rank-µ update of C (equation 47). */
  private adaptCovariance(steps: readonly Float64Array[], kept: number): void {
    const { dimension: n } = this.options;
    const { weights, c1, cMu } = this.strategy;
    // A bad step counts by its direction alone, so that a long one cannot make C indefinite.
    const factors = steps.map((step, rank) => {
      const w = cMu * weights[rank];
      return w >= 0 ? w : (w * n) / square(norm(this.whitened(step)));
    });
    const c = this.covariance;
    const path = this.covariancePath;
    for (let i = 0; i < n; i++)
      for (let j = i; j < n; j++) {
        let entry = kept * c[i * n + j] + c1 * path[i] * path[j];
        for (const [rank, step] of steps.entries()) entry += factors[rank] * step[i] * step[j];
        c[i * n + j] = c[j * n + i] = entry;
      }
  }

  /** Scales rows and columns of C so that no deviation is too large; correlations stay. */
  private limitDeviations(): void {
    const { dimension: n } = this.options;
    const c = this.covariance;
    for (let i = 0; i < n; i++) {
      const factor = MAX_DEVIATION / (this.sigma * Math.sqrt(c[i * n + i]));
      if (factor >= 1) continue;
      this.covariancePath[i] *= factor;
      for (let j = 0; j < n; j++) {
        c[i * n + j] *= factor;
        c[j * n + i] *= factor;
      }
    }
  }

  /** C^(-1/2) y = B D⁻¹ Bᵀ y. */
  private whitened(y: Float64Array): Float64Array {
    const { dimension: n } = this.options;
    const { values, vectors } = this.eigen;
    const white = new Float64Array(n);
    for (let k = 0; k < n; k++) {
      let along = 0;
      for (let i = 0; i < n; i++) along += vectors[i * n + k] * y[i];
      const scaled = along / Math.sqrt(values[k]);
      for (let i = 0; i < n; i++) white[i] += scaled * vectors[i * n + k];
    }
    return white;
  }

  private reasonToStop(): CmaEsStop | undefined {
    const { values } = this.eigen;
    // Also true if rounding made the smallest eigenvalue negative, when no step can be drawn.
    if (!(values[0] * MAX_CONDITION > values[values.length - 1])) return "condition";
    if (this.longestStep() < this.options.tolerance) return "tolerance";
    if (this.isFlat()) return "flat";
    return this.isStagnant() ? "stagnation" : undefined;
  }

  /** Largest coordinate-wise deviation, or path, in widths of the box. */
  private longestStep(): number {
    const { dimension: n } = this.options;
    let longest = 0;
    for (let i = 0; i < n; i++) {
      const deviation = Math.sqrt(this.covariance[i * n + i]);
      longest = Math.max(longest, deviation, Math.abs(this.covariancePath[i]));
    }
    return this.sigma * longest;
  }

  /** TolFun and EqualFunValues: the best values of 10 + ⌈30 n / λ⌉ generations and half of this one. */
  private isFlat(): boolean {
    const { dimension, population } = this.options;
    const window = 10 + Math.ceil((30 * dimension) / population);
    if (this.bestValues.length < window) return false;
    const recent = [
      ...this.bestValues.slice(-window),
      this.medianValues[this.medianValues.length - 1],
    ];
    const least = Math.min(...recent);
    const most = Math.max(...recent);
    return most === least || most - least < TOLERANCE_VALUES;
  }

  /**
   * Stagnation: over the last fifth of the generations (at least 120 + 30 n / λ, at most 20000)
   * neither best nor median values improved, in the median of their last 30 % against the first.
   */
  private isStagnant(): boolean {
    const { dimension, population } = this.options;
    const least = Math.ceil(120 + (30 * dimension) / population);
    const told = this.bestValues.length;
    if (told < least) return false;
    const window = Math.min(20000, Math.max(least, Math.floor(told / 5)));
    return [this.bestValues, this.medianValues].every((history) => {
      const recent = history.slice(-window);
      const part = Math.floor(0.3 * window);
      return median(recent.slice(-part)) >= median(recent.slice(0, part));
    });
  }
}

function completed(options: CmaEsOptions): CmaEsState["options"] {
  const { dimension, seed, sigma = 0.3, tolerance = 1e-10, run = 0 } = options;
  if (!(Number.isInteger(dimension) && dimension >= 1))
    throw new RangeError(`Dimension ${dimension}: must be an integer >= 1`);
  const { population = defaultPopulation(dimension) } = options;
  if (!(Number.isInteger(population) && population >= 4))
    throw new RangeError(`Population ${population}: must be an integer >= 4`);
  if (!(sigma > 0 && sigma <= MAX_DEVIATION))
    throw new RangeError(`Step size ${sigma}: must be in (0, 1/3]`);
  if (!(tolerance > 0)) throw new RangeError(`Tolerance ${tolerance}: must be > 0`);
  if (!(Number.isInteger(run) && run >= 0))
    throw new RangeError(`Run ${run}: must be an integer >= 0`);
  const start = Array.from(options.start ?? new Float64Array(dimension).fill(0.5));
  checkInBox(start, dimension);
  return { dimension, seed, sigma, population, start, tolerance, run };
}

function norm(vector: Float64Array): number {
  return Math.sqrt(vector.reduce((sum, x) => sum + x * x, 0));
}

/** Upper median. */
function median(values: readonly number[]): number {
  return values[orderOf(values)[values.length >> 1]];
}
