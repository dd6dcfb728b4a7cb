/**
 * An ensemble: points of the unit box in proportion to their likelihood.
 *
 * Every wave simulates points, fits an emulator to all that was simulated so far, and draws from what the emulator holds
 * likely; these are the points of the next wave. The first ones fill boxes that close in on the best point. At the end
 * candidates are drawn, simulated, and taken in proportion to simulated over emulated likelihood (importance resampling), so
 * that the emulator decides how much has to be simulated, and not what comes out.
 */
import { Draws, rootKey } from "../../numerics/draws.ts";
import { coefficientCount } from "../../numerics/emulating/responseSurface.ts";
import { latinHypercube } from "../../numerics/latinHypercube.ts";
import { square } from "../../numerics/power.ts";
import { effectiveShare, systematic, temper } from "../../numerics/sampling/tempering.ts";
import { ScrambledSobol } from "../../numerics/scrambledSobol.ts";
import { MAX_DIMENSIONS } from "../../numerics/sobol.ts";
import { average, variance } from "../../numerics/statistics.ts";
import type { Calibration, Target } from "../calibration.ts";
import { Emulator, minusTwoLogAt, type Simulated } from "./emulator.ts";

export interface SampleOptions {
  readonly seed: string;
  /** The best point that is known, in [0, 1]^n. */
  readonly best: Float64Array;
  /** All targets; those without weight are simulated and do not count. */
  readonly targets: readonly Target[];
  readonly plan: EnsemblePlan;
  /** Figures of all targets at points, in their order: functions of the point alone. */
  readonly simulate: (
    points: readonly Float64Array[],
  ) => Promise<readonly Omit<Simulated, "point">[]>;
}

/** How much is simulated, in points. */
export interface EnsemblePlan {
  readonly size: number;
  readonly waves: number;
  readonly points: number;
  readonly candidates: number;
}

export interface Ensemble {
  readonly members: readonly Member[];
  /** How many of them differ. */
  readonly distinct: number;
  /** How many independent draws the candidates are worth, by their weights. */
  readonly effective: number;
  /** Points without a value of some target that counts. */
  readonly blind: number;
  /** Share of the candidates at the edge of what the emulator was made for: the ensemble may reach farther. */
  readonly atEdge: number;
  /** How well the emulator foretold the candidates; one per target, undefined where it does not count. */
  readonly checks: readonly (EmulatorCheck | undefined)[];
}

export interface Member extends Simulated {
  /** By simulation; without the constant. */
  readonly minusTwoLog: number;
}

export interface EmulatorCheck {
  /** Share of the variance between candidates that the emulator foretells; null where they do not vary. */
  readonly r2: number | null;
  /** Root mean square of its errors. */
  readonly rmse: number;
}

/** The plan with what a file leaves open. */
export function planOf(
  { size, waves, points, candidates }: NonNullable<Calibration["search"]["ensemble"]>,
  parameters: number,
): EnsemblePlan {
  return {
    size,
    waves,
    points: points ?? Math.max(64, 2 * coefficientCount(parameters)),
    candidates: Math.max(size, candidates ?? 8 * size),
  };
}

/** No point has a value of every target that counts. */
export class NoPointsError extends Error {
  /** Ids of targets without a value at the last point. */
  readonly targets: readonly string[];

  constructor(targets: readonly Target[], { figures }: Pick<Simulated, "figures">) {
    const missing = targets.filter(({ weight }, t) => weight > 0 && !Number.isFinite(figures[t]));
    super("no point of the ensemble gives every target a value");
    this.targets = missing.map(({ id }) => id);
  }
}

/** @throws NoPointsError */
export async function sampleEnsemble(options: SampleOptions): Promise<Ensemble> {
  const { seed, best, targets, plan } = options;
  const counted = targets.map(({ weight }, t) => (weight > 0 ? t : -1)).filter((t) => t >= 0);
  const own = counted.map((t) => targets[t]);
  const simulate = async (points: readonly Float64Array[]) => {
    const said = await options.simulate(points);
    return said.map((one, i) => ({ ...one, point: points[i] }));
  };
  const countedIn = ({ point, figures, variances }: Simulated): Simulated => ({
    point,
    figures: counted.map((t) => figures[t]),
    variances: counted.map((t) => variances[t]),
  });
  const isWhole = ({ figures }: Simulated) => counted.every((t) => Number.isFinite(figures[t]));

  const simulated: Simulated[] = [];
  const trust = new Trust();
  let emulator: Emulator | undefined;
  let blind = 0;
  let points = firstPoints(seed, best, plan.points);
  for (let wave = 1; ; wave++) {
    const found = await simulate(points);
    const whole = found.filter(isWhole);
    blind += found.length - whole.length;
    simulated.push(...whole.map(countedIn));
    if (simulated.length === 0) throw new NoPointsError(targets, found[found.length - 1]);
    if (emulator !== undefined) trust.judge(weightsOf(emulator, whole.map(countedIn)));
    const isLast = wave === plan.waves;
    emulator = new Emulator(own, simulated, isLast ? trust.proven : trust.next);
    points = draw(
      emulator,
      `${seed}/wave ${wave}`,
      best.length,
      isLast ? plan.candidates : plan.points,
    );
    if (!isLast) continue;
    const last = await simulate(points);
    const candidates = last.filter(isWhole);
    blind += last.length - candidates.length;
    if (candidates.length === 0) throw new NoPointsError(targets, last[last.length - 1]);
    return { ...choose(emulator, candidates, countedIn, options), blind };
  }
}

/** Widths of the boxes around the best point that the first points fill in turn. */
const WIDTHS = [1, 0.5, 0.25, 0.125] as const;

function firstPoints(seed: string, best: Float64Array, size: number): Float64Array[] {
  const even = evenPoints(`${seed}/first`, best.length, size - 1);
  return [
    best.slice(),
    ...even.map((point, i) =>
      point.map((x, d) => best[d] + WIDTHS[i % WIDTHS.length] * (x - best[d])),
    ),
  ];
}

/** Points that fill the unit box evenly. */
function evenPoints(seed: string, dimension: number, size: number): Float64Array[] {
  const indices = Array.from({ length: size }, (_, i) => i);
  if (dimension > MAX_DIMENSIONS) {
    const sample = latinHypercube(dimension, size, rootKey(seed));
    return indices.map((i) => Float64Array.from({ length: dimension }, (_, d) => sample(i, d)));
  }
  const net = new ScrambledSobol(rootKey(seed), dimension);
  return indices.map((i) => {
    net.enter(0, i);
    return Float64Array.from({ length: dimension }, (_, d) => net.coordinate(d));
  });
}

/** Particles at least, and Metropolis steps of each: some at every temperature, many at the last one. */
const PARTICLES = 512;
const STEPS = 10;
const LAST_STEPS = 100;

/** Points in proportion to the likelihood that the emulator tells. */
function draw(emulator: Emulator, seed: string, dimension: number, size: number): Float64Array[] {
  const figures = new Float64Array(emulator.targets.length);
  const particles = Math.max(PARTICLES, size);
  const { points } = temper({
    start: evenPoints(`${seed}/start`, dimension, particles),
    root: rootKey(seed),
    minusTwoLog: (point) => emulator.predict(point, figures),
    steps: STEPS,
    lastSteps: LAST_STEPS,
  });
  return Array.from({ length: size }, (_, i) => points[Math.floor((i * particles) / size)]);
}

/** Simulated over emulated likelihood of points, the largest 1. */
function weightsOf(emulator: Emulator, simulated: readonly Simulated[]): number[] {
  const misses = simulated.map(
    (one) => minusTwoLogAt(emulator.targets, one) - emulator.at(one.point).minusTwoLog,
  );
  const least = Math.min(...misses);
  return misses.map((miss) => Math.exp(-(miss - least) / 2));
}

/**
 * How far emulators are believed (see {@link Emulator}): farther after a wave whose points turned out as likely as foretold, and
 * less far after one that went astray, as the region of trust of an optimiser.
 */
class Trust {
  /** How far the next emulator is believed. */
  next = 1;
  /** How far the last one that was right was. */
  proven = 1;

  /** @param weights simulated over emulated likelihood of points drawn by the last emulator */
  judge(weights: readonly number[]): void {
    const share = weights.length === 0 ? 0 : effectiveShare(weights);
    if (share > RIGHT) {
      this.proven = this.next;
      this.next *= TRUST_STEP;
    } else if (share < ASTRAY) {
      this.next = Math.max(1, this.next / TRUST_STEP);
      this.proven = Math.min(this.proven, this.next);
    }
  }
}

/** Effective share of the points from which an emulator was right, and below which it went astray. */
const RIGHT = 0.5;
const ASTRAY = 0.1;
/** Leverages grow as the fourth power of the distance: nearly twice as far. */
const TRUST_STEP = 10;

/** Apart from all other draws. */
const CHOICE = 0x454e534d;

/** Candidates in proportion to simulated over emulated likelihood. */
function choose(
  emulator: Emulator,
  candidates: readonly Simulated[],
  countedIn: (one: Simulated) => Simulated,
  { seed, targets, plan }: SampleOptions,
): Omit<Ensemble, "blind"> {
  const own = candidates.map(countedIn);
  const emulated = candidates.map(({ point }) => emulator.at(point));
  const values = own.map((one) => minusTwoLogAt(emulator.targets, one));
  const weights = weightsOf(emulator, own);
  const u = new Draws(rootKey(`${seed}/choice`), CHOICE).uniform(0, 0, 0, 0);
  const chosen = systematic(weights, plan.size, u);
  const checks = emulator.targets.map((_, t) =>
    checkOf(
      own.map(({ figures }) => figures[t]),
      emulated.map(({ figures }) => figures[t]),
    ),
  );
  return {
    members: chosen.map((i) => ({ ...candidates[i], minusTwoLog: values[i] })),
    distinct: new Set(chosen).size,
    effective: effectiveShare(weights) * candidates.length,
    atEdge: average(candidates.map(({ point }) => (emulator.isAtEdge(point) ? 1 : 0))),
    checks: targets.map((target) => checks[emulator.targets.indexOf(target)]),
  };
}

function checkOf(simulated: readonly number[], emulated: readonly number[]): EmulatorCheck {
  const errors = average(simulated.map((x, i) => square(x - emulated[i])));
  const doVary = simulated.length > 1 && Math.max(...simulated) > Math.min(...simulated);
  return { r2: doVary ? 1 - errors / variance(simulated) : null, rmse: Math.sqrt(errors) };
}
