/**
 * Moves of the members of an ensemble, so that those which are the same point part: the move step of a resample-move sampler.
 *
 * Gilks and Berzuini, "Following a moving target: Monte Carlo inference for dynamic Bayesian models", J. R. Statist. Soc. B 63
 * (2001). The emulator proposes and the simulation decides, which is delayed acceptance with a cheap chain before each costly
 * decision: Christen and Fox, "Markov chain Monte Carlo using an approximation", J. Comput. Graph. Stat. 14 (2005). A member x
 * goes some Metropolis steps to a point y. These are reversible with respect to the emulated likelihood, so that y taken with
 * probability min(1, (L(y) / L_em(y)) / (L(x) / L_em(x))) leaves the simulated likelihood L as it is, however bad the emulator.
 * All draws are keyed by sweep, member and step.
 */
import { normalQuantile } from "../../numerics/distributions.ts";
import { Draws, rootKey } from "../../numerics/draws.ts";
import { choleskyFactor } from "../../numerics/linearAlgebra.ts";
import { clamp } from "../../numerics/statistics.ts";
import type { Emulator } from "./emulator.ts";

/** A point of the unit box with -2 log L by simulation. */
interface Located {
  readonly point: Float64Array;
  readonly minusTwoLog: number;
}

export interface MoveOptions<T extends Located> {
  readonly seed: string;
  /** How often every member is to move; from 0. */
  readonly sweeps: number;
  readonly emulator: Emulator;
  /** At least one point; steps are spread as these points are. */
  readonly shape: readonly Float64Array[];
  readonly members: readonly T[];
  /** Simulates points, in their order; undefined where a target has no value. */
  readonly simulate: (points: readonly Float64Array[]) => Promise<readonly (T | undefined)[]>;
}

export interface Moved<T extends Located> {
  /** Those that never moved are the same objects as before. */
  readonly members: readonly T[];
  /** How often a member moved, on average. */
  readonly moved: number;
}

/** Steps of the emulated chain before each simulation. */
const STEPS = 10;
/** Length of a step in n dimensions where the distribution is normal: 2.38 / √n (Roberts, Gelman and Gilks 1997). */
const LENGTH = 2.38;
/** The share of moves to aim at. Steps get no longer than is best for an exact emulator, of which nearly all are taken. */
const ACCEPTED = 0.3;
const RATE = 2;
const SHORTEST = 0.01;

/** Apart from all other draws. */
const DOMAIN = 0x4d4f5645;

/** Kinds of draws. */
const DIRECTION = 0;
const EMULATED = 1;
const SIMULATED = 2;

export async function move<T extends Located>(options: MoveOptions<T>): Promise<Moved<T>> {
  const { seed, sweeps, emulator, shape, simulate } = options;
  const chain = new EmulatedChain(emulator, shape);
  let { members } = options;
  let scale = 1;
  let moved = 0;
  for (let sweep = 1; sweep <= sweeps; sweep++) {
    const draws = new Draws(rootKey(`${seed}/move ${sweep}`), DOMAIN);
    const proposals = members.map(({ point }, i) => chain.from(point, { draws, i, scale }));
    const found = await simulate(proposals);
    const next = members.map((from, i) => {
      const to = found[i];
      if (to === undefined || to.point === from.point) return from;
      const rise = (chain.missAt(to) - chain.missAt(from)) / 2;
      return rise <= -Math.log(draws.uniform(SIMULATED, i, 0, 0)) ? to : from;
    });
    const share = next.filter((one, i) => one !== members[i]).length / members.length;
    moved += share;
    members = next;
    // All members share the scale, which only the next sweep sees.
    scale = clamp(scale * Math.exp(RATE * (share - ACCEPTED)), SHORTEST, 1);
  }
  return { members, moved };
}

interface ChainOptions {
  readonly draws: Draws;
  /** Which member moves. */
  readonly i: number;
  /** Of the steps, as a share of the longest. */
  readonly scale: number;
}

/** Metropolis steps that are reversible with respect to the emulated likelihood within the unit box. */
class EmulatedChain {
  private readonly emulator: Emulator;
  /** Cholesky factor of the covariance of the longest steps. */
  private readonly factor: Float64Array;
  private readonly normals: Float64Array;
  private readonly figures: Float64Array;

  constructor(emulator: Emulator, shape: readonly Float64Array[]) {
    const n = shape[0].length;
    this.emulator = emulator;
    this.factor = choleskyFactor(covarianceOf(shape), n).map((x) => (x * LENGTH) / Math.sqrt(n));
    this.normals = new Float64Array(n);
    this.figures = new Float64Array(emulator.targets.length);
  }

  /** Where the chain is after its steps; the same object where no step was taken. */
  from(start: Float64Array, { draws, i, scale }: ChainOptions): Float64Array {
    let point = start;
    let value = this.emulated(point);
    for (let step = 0; step < STEPS; step++) {
      for (let d = 0; d < start.length; d++)
        this.normals[d] = scale * normalQuantile(draws.uniform(DIRECTION, i, d, step));
      const next = this.stepFrom(point);
      if (!next.every((x) => x >= 0 && x <= 1)) continue;
      const there = this.emulated(next);
      if (!((there - value) / 2 <= -Math.log(draws.uniform(EMULATED, i, 0, step)))) continue;
      point = next;
      value = there;
    }
    return point;
  }

  /** By how much -2 log L is above what the emulator says. */
  missAt({ point, minusTwoLog }: Located): number {
    return minusTwoLog - this.emulated(point);
  }

  private emulated(point: Float64Array): number {
    return this.emulator.predict(point, this.figures);
  }

  private stepFrom(point: Float64Array): Float64Array {
    const { factor, normals } = this;
    return point.map((x, d) => {
      let sum = x;
      for (let k = 0; k <= d; k++) sum += factor[d * point.length + k] * normals[k];
      return sum;
    });
  }
}

/** Row-major covariance of points. */
function covarianceOf(points: readonly Float64Array[]): Float64Array {
  const n = points[0].length;
  const mean = new Float64Array(n);
  for (const point of points) for (let d = 0; d < n; d++) mean[d] += point[d] / points.length;
  const covariance = new Float64Array(n * n);
  for (const point of points)
    for (let a = 0; a < n; a++)
      for (let b = 0; b < n; b++)
        covariance[a * n + b] += ((point[a] - mean[a]) * (point[b] - mean[b])) / points.length;
  return covariance;
}
