/**
 * An ensemble: points of the unit box in proportion to their likelihood.
 *
 * Every wave simulates points, fits an emulator to all that was simulated so far, and draws from what the emulator holds
 * likely; these are the points of the next wave. The first ones fill boxes that close in on the best point. At the end
 * candidates are drawn, simulated, and taken in proportion to simulated over emulated likelihood (importance resampling), and
 * those taken more than once move apart (see {@link move}). So the emulator decides how much has to be simulated, and not what
 * comes out.
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
import { move } from "./move.ts";

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
  /** How often every member is to move. */
  readonly moves: number;
}

export interface Ensemble {
  readonly members: readonly Member[];
  /** How many of them differ. */
  readonly distinct: number;
  /** How many independent draws the candidates are worth, by their weights. */
  readonly effective: number;
  /** Points without a value of some target that counts. */
  readonly blind: number;
  /** How often a member moved, on average. */
  readonly moved: number;
  /** Share of the members at the edge of what the emulator was made for: the ensemble may reach farther. */
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
  { size, waves, points, candidates, moves }: NonNullable<Calibration["search"]["ensemble"]>,
  parameters: number,
): EnsemblePlan {
  return {
    size,
    waves,
    points: points ?? Math.max(64, 2 * coefficientCount(parameters)),
    candidates: Math.max(size, candidates ?? 8 * size),
    moves,
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
  const simulations = new Simulations(options);
  const emulator = await emulate(simulations, options);
  const { seed, best, plan } = options;
  const points = draw(emulator, `${seed}/wave ${plan.waves}`, best.length, plan.candidates);
  const candidates = await simulations.wholeAt(points);
  if (candidates.length === 0) throw simulations.failure();
  const chosen = choose(emulator, candidates, options);
  const { members, moved } = await move({
    seed,
    sweeps: plan.moves,
    // Believed everywhere: where it is wrong the simulation says so, and members may go beyond where candidates were drawn.
    emulator: new Emulator(simulations.own, simulations.found, Number.POSITIVE_INFINITY),
    shape: candidates.map(({ point }) => point),
    members: chosen.members,
    simulate: (proposals) => simulations.at(proposals),
  });
  return {
    members: members.map(({ counted: _, ...member }) => member),
    distinct: new Set(members.map(({ point }) => point)).size,
    effective: chosen.effective,
    blind: simulations.blind,
    moved,
    atEdge: average(members.map(({ point }) => (emulator.isAtEdge(point) ? 1 : 0))),
    checks: chosen.checks,
  };
}

/** The emulator after all waves. */
async function emulate(
  simulations: Simulations,
  { seed, best, plan }: SampleOptions,
): Promise<Emulator> {
  const trust = new Trust();
  let emulator: Emulator | undefined;
  let points = firstPoints(seed, best, plan.points);
  for (let wave = 1; ; wave++) {
    const found = await simulations.wholeAt(points);
    if (simulations.found.length === 0) throw simulations.failure();
    if (emulator !== undefined) trust.judge(weightsOf(emulator, found));
    const isLast = wave === plan.waves;
    emulator = new Emulator(simulations.own, simulations.found, isLast ? trust.proven : trust.next);
    if (isLast) return emulator;
    points = draw(emulator, `${seed}/wave ${wave}`, best.length, plan.points);
  }
}

/** A member with what it says of the targets that count. */
interface Whole extends Member {
  readonly counted: Simulated;
}

/** Simulates points, and counts those without a value of some target that counts. */
class Simulations {
  /** The targets that count. */
  readonly own: readonly Target[];
  /** All points so far at which each of them has a value. */
  readonly found: Simulated[] = [];
  blind = 0;
  private readonly options: SampleOptions;
  private readonly counted: readonly number[];
  private last: Pick<Simulated, "figures"> = { figures: [] };

  constructor(options: SampleOptions) {
    const { targets } = options;
    this.options = options;
    this.counted = targets.map(({ weight }, t) => (weight > 0 ? t : -1)).filter((t) => t >= 0);
    this.own = this.counted.map((t) => targets[t]);
  }

  /** What is found at the points; undefined where a target that counts has no value. */
  async at(points: readonly Float64Array[]): Promise<(Whole | undefined)[]> {
    const said = await this.options.simulate(points);
    this.last = said[said.length - 1];
    const all = said.map((one, i) => this.whole({ ...one, point: points[i] }));
    const found = all.filter((one) => one !== undefined);
    this.found.push(...found.map(({ counted }) => counted));
    this.blind += all.length - found.length;
    return all;
  }

  /** The same without the points at which a target has no value. */
  async wholeAt(points: readonly Float64Array[]): Promise<Whole[]> {
    return (await this.at(points)).filter((one) => one !== undefined);
  }

  /** What to throw where no point has a value of every target. */
  failure(): NoPointsError {
    return new NoPointsError(this.options.targets, this.last);
  }

  private whole(one: Simulated): Whole | undefined {
    const { point, figures, variances } = one;
    if (!this.counted.every((t) => Number.isFinite(figures[t]))) return undefined;
    const counted = {
      point,
      figures: this.counted.map((t) => figures[t]),
      variances: this.counted.map((t) => variances[t]),
    };
    return { ...one, counted, minusTwoLog: minusTwoLogAt(this.own, counted) };
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
function weightsOf(emulator: Emulator, simulated: readonly Member[]): number[] {
  const misses = simulated.map(
    ({ point, minusTwoLog }) => minusTwoLog - emulator.at(point).minusTwoLog,
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
  candidates: readonly Whole[],
  { seed, targets, plan }: SampleOptions,
): Pick<Ensemble, "effective" | "checks"> & { readonly members: readonly Whole[] } {
  const emulated = candidates.map(({ point }) => emulator.at(point));
  const weights = weightsOf(emulator, candidates);
  const u = new Draws(rootKey(`${seed}/choice`), CHOICE).uniform(0, 0, 0, 0);
  const checks = emulator.targets.map((_, t) =>
    checkOf(
      candidates.map(({ counted }) => counted.figures[t]),
      emulated.map(({ figures }) => figures[t]),
    ),
  );
  return {
    members: systematic(weights, plan.size, u).map((i) => candidates[i]),
    effective: effectiveShare(weights) * candidates.length,
    checks: targets.map((target) => checks[emulator.targets.indexOf(target)]),
  };
}

function checkOf(simulated: readonly number[], emulated: readonly number[]): EmulatorCheck {
  const errors = average(simulated.map((x, i) => square(x - emulated[i])));
  const doVary = simulated.length > 1 && Math.max(...simulated) > Math.min(...simulated);
  return { r2: doVary ? 1 - errors / variance(simulated) : null, rmse: Math.sqrt(errors) };
}
