/**
 * Damped Gauss-Newton (Levenberg-Marquardt) in the unit box, as an ask/tell interface: local search for the least sum
 * of squared residuals, with derivatives from differences.
 *
 * Levenberg, "A method for the solution of certain non-linear problems in least squares", Quarterly of Applied
 * Mathematics 2 (1944); Marquardt, J. SIAM 11 (1963); Nocedal and Wright, "Numerical Optimization", 2nd ed., chapter
 * 10. What differs is made for residuals with noise, of many points at a time. A batch is either a probe along every
 * coordinate, for the derivatives (one-sided: central ones cost twice as much and are not worth it), or a ladder of
 * steps with damping from none to strong, of which the best is taken, as is a probe that beats them. Every step
 * minimises its model within the box and within a largest change per coordinate. Damping is the same in every coordinate:
 * where the residuals hardly change, and derivatives are mostly noise, the point stays.
 */

import { power } from "../power.ts";
import { clamp } from "../statistics.ts";
import { boundedMinimum } from "./boundedQuadratic.ts";
import { checkInBox } from "./box.ts";
import {
  answerValue,
  better,
  type Candidate,
  type CandidateState,
  candidateFromState,
  candidateToState,
  checkCount,
} from "./candidates.ts";

/** What a descent starts from. */
export interface GaussNewtonOptions {
  /** First point, in the unit box; at least one coordinate. */
  readonly start: ArrayLike<number>;
  /** Over how much the first differences are taken, in widths of the box, in (0, 0.5]; 0.05 by default. */
  readonly difference?: number;
  /** Largest change of a coordinate in one step, in widths of the box, in (0, 1]; 0.3 by default. */
  readonly reach?: number;
  /** Shortest step worth taking, in widths of the box, > 0; 1e-10 by default. */
  readonly tolerance?: number;
}

/** State of a descent as JSON. */
export interface GaussNewtonState {
  readonly options: Required<Omit<GaussNewtonOptions, "start">> & { readonly start: number[] };
  readonly base: FittedState | null;
  readonly found: FittedState | null;
  readonly model: { readonly hessian: number[]; readonly gradient: number[] } | null;
  readonly difference: number;
  readonly damping: number;
  readonly failures: number;
  readonly stopped: "stalled" | null;
}

/** A point with its residuals; without any if one of them is not finite. */
interface Fitted extends Candidate {
  readonly residuals: readonly number[];
}

interface FittedState extends CandidateState {
  readonly residuals: readonly number[];
}

/** Half the sum of squares near the base, but for a constant: gᵀd + dᵀHd / 2, with g = Jᵀr and H = JᵀJ. */
interface Model {
  /** Row-major n × n. */
  readonly hessian: Float64Array;
  readonly gradient: Float64Array;
}

/** Damping of a ladder's steps, as multiples of the damping that did best before; one step more has none. */
const RUNGS = [1 / 16, 1 / 4, 1, 4, 16];

/** A ladder after one that failed begins where that one ended. */
const STRONGER = 1024;

/** First damping, as a share of the largest curvature. */
const DAMPING = 1e-2;

/** Shares of the largest curvature. Steps are never damped less than the first, so that they are determined. */
const LEAST_DAMPING = 1e-11;
const MOST_DAMPING = 1e3;

/** Ladders that are tried with one set of derivatives. */
const LADDERS = 2;

/** How often differences are halved, at most. */
const HALVINGS = 3;

/** Share of the value that an iteration is to gain: with less, differences are halved, and in the end the descent ends. */
const GAIN = 1e-4;

/** Minimises a sum of squares over the unit box [0, 1]^n from a start. Deterministic; draws nothing. */
export class GaussNewton {
  readonly options: GaussNewtonState["options"];
  /** Set when steps from the finest differences gain next to nothing, however damped; `ask` and `tell` go on working. */
  stopped: "stalled" | undefined;

  /** Where derivatives are taken and steps begin; undefined before the first `tell`. */
  private base: Fitted | undefined;
  /** Best point so far. */
  private found: Fitted | undefined;
  /** Undefined while probes are asked for. */
  private model: Model | undefined;
  private difference: number;
  private damping = DAMPING;
  /** Ladders without success since the derivatives. */
  private failures = 0;
  /** What is asked for: a function of the rest of the state. */
  private trials: Float64Array[];

  /** Throws RangeError if an option is outside its range. */
  constructor({ start, difference = 0.05, reach = 0.3, tolerance = 1e-10 }: GaussNewtonOptions) {
    if (start.length === 0) throw new RangeError("Start: must have at least one coordinate");
    checkInBox(start, start.length);
    if (!(difference > 0 && difference <= 0.5))
      throw new RangeError(`Difference ${difference}: must be in (0, 0.5]`);
    if (!(reach > 0 && reach <= 1)) throw new RangeError(`Reach ${reach}: must be in (0, 1]`);
    if (!(tolerance > 0)) throw new RangeError(`Tolerance ${tolerance}: must be > 0`);
    this.options = { start: Array.from(start), difference, reach, tolerance };
    this.difference = difference;
    this.trials = this.probes();
  }

  /** Best point; undefined before the first `tell`. */
  get best(): Candidate | undefined {
    return this.found && { point: this.found.point.slice(), value: this.found.value };
  }

  /** Evaluations that it takes to the end of the next ladder. */
  get ahead(): number {
    return this.trials.length + (this.model === undefined ? RUNGS.length + 1 : 0);
  }

  /** Points to evaluate, in the unit box: n for derivatives (at first n + 1, with the start), or a ladder of 5 or 6. */
  ask(): Float64Array[] {
    return this.trials.map((trial) => trial.slice());
  }

  /**
   * Takes the residuals of the points of `ask`, in their order. Points with residuals that are not finite rank last.
   * Throws RangeError unless there is one list per point.
   */
  tell(residuals: readonly (readonly number[])[]): void {
    checkCount(residuals, this.trials.length);
    const told = this.trials.map((point, i) => fitted(point, residuals[i]));
    this.found = told.reduce(better<Fitted>, this.found);
    if (this.model === undefined) this.derive(told);
    else this.judge(told);
    this.trials = this.model === undefined ? this.probes() : this.ladder(this.model);
  }

  /** State from which `fromJSON` goes on, byte for byte. */
  toJSON(): GaussNewtonState {
    return {
      options: this.options,
      base: this.base === undefined ? null : fittedToState(this.base),
      found: this.found === undefined ? null : fittedToState(this.found),
      model: this.model === undefined ? null : modelToState(this.model),
      difference: this.difference,
      damping: this.damping,
      failures: this.failures,
      stopped: this.stopped ?? null,
    };
  }

  /** The descent of a state that `toJSON` gave. */
  static fromJSON(state: GaussNewtonState): GaussNewton {
    const descent = new GaussNewton(state.options);
    descent.base = state.base === null ? undefined : fittedFromState(state.base);
    descent.found = state.found === null ? undefined : fittedFromState(state.found);
    descent.model = state.model === null ? undefined : modelFromState(state.model);
    descent.difference = state.difference;
    descent.damping = state.damping;
    descent.failures = state.failures;
    descent.stopped = state.stopped ?? undefined;
    descent.trials = descent.model === undefined ? descent.probes() : descent.ladder(descent.model);
    return descent;
  }

  private get centre(): Float64Array {
    return this.base?.point ?? Float64Array.from(this.options.start);
  }

  // ---------------------------------------------------------------- derivatives

  /** The base, if it is not known yet, and the base with one coordinate after another moved. */
  private probes(): Float64Array[] {
    const { centre, difference } = this;
    const moved = Array.from(centre, (_, i) => {
      const probe = centre.slice();
      probe[i] += inwards(probe[i]) * difference;
      return probe;
    });
    return this.base === undefined ? [centre.slice(), ...moved] : moved;
  }

  private derive(told: readonly Fitted[]): void {
    const n = this.options.start.length;
    this.base ??= told[0];
    const probes = told.slice(told.length - n);
    if (Number.isFinite(this.base.value)) this.model = modelOf(this.base, probes, this.difference);
    if (this.model === undefined || this.isStill(this.model)) this.settle();
  }

  /** Whether not even the longest step is worth taking. */
  private isStill(model: Model): boolean {
    const { options, centre } = this;
    return this.step(model, 0).every((x, i) => Math.abs(x - centre[i]) <= options.tolerance);
  }

  // ---------------------------------------------------------------- steps

  private ladder(model: Model): Float64Array[] {
    return this.dampings().map((damping) => this.step(model, damping));
  }

  /** Of the ladder's steps, as shares of the largest curvature. */
  private dampings(): number[] {
    const rungs = RUNGS.map((rung) => rung * this.damping * power(STRONGER, this.failures));
    return this.failures === 0 ? [0, ...rungs] : rungs;
  }

  /** The end of a step from the base: least value of the damped model in reach. */
  private step({ hessian, gradient }: Model, damping: number): Float64Array {
    const { reach } = this.options;
    const { centre } = this;
    const n = centre.length;
    const diagonal = Array.from(centre, (_, i) => hessian[i * n + i]);
    const largest = Math.max(...diagonal);
    if (largest === 0) return centre.slice();
    const share = Math.max(LEAST_DAMPING, damping);
    const damped = hessian.slice();
    for (const [i, curvature] of diagonal.entries())
      damped[i * n + i] = curvature + share * largest;
    const step = boundedMinimum(damped, gradient, {
      low: centre.map((x) => Math.max(-reach, -x)),
      high: centre.map((x) => Math.min(reach, 1 - x)),
    });
    return centre.map((x, i) => clamp(x + step[i], 0, 1));
  }

  private judge(told: readonly Fitted[]): void {
    // Also where a probe beats the ladder: its best rung is what the damping should have been.
    const best = this.dampings()[told.indexOf(told.reduce(better<Fitted>))];
    const damping = best === 0 ? RUNGS[0] * this.damping : best;
    const isBetter = (this.found as Fitted).value < (this.base as Fitted).value;
    if (isBetter) this.damping = clamp(damping, LEAST_DAMPING, MOST_DAMPING);
    this.settle();
  }

  /** Goes on with stronger damping, or from the best point with new derivatives. */
  private settle(): void {
    const [base, found] = [this.base as Fitted, this.found as Fitted];
    if (found.value >= base.value && this.canDampMore()) {
      this.failures++;
      return;
    }
    const isGain = found.value < (1 - GAIN) * base.value;
    // Differences much wider than steps tell of curvature more than of slope.
    const isCoarse = longest(base, found) < this.difference / 2;
    if (this.difference > this.options.difference / power(2, HALVINGS)) {
      if (!isGain || isCoarse) this.difference /= 2;
    } else if (!isGain) this.stopped = "stalled";
    this.base = found;
    this.model = undefined;
    this.failures = 0;
  }

  private canDampMore(): boolean {
    return this.model !== undefined && this.failures + 1 < LADDERS && !this.isStill(this.model);
  }
}

/** Largest difference in one coordinate. */
function longest({ point }: Candidate, other: Candidate): number {
  return point.reduce((most, x, i) => Math.max(most, Math.abs(x - other.point[i])), 0);
}

/** Direction in which there is more room. */
const inwards = (x: number) => (x > 0.5 ? -1 : 1);

function fitted(point: Float64Array, residuals: readonly number[]): Fitted {
  const value = answerValue(residuals);
  return { point, value, residuals: Number.isFinite(value) ? residuals : [] };
}

/** The model from one probe per coordinate. A coordinate whose probe has no value counts as without effect. */
function modelOf(base: Fitted, probes: readonly Fitted[], difference: number): Model {
  const derivatives = probes.map(({ value, residuals }, i) => {
    const width = inwards(base.point[i]) * difference;
    return base.residuals.map((r, k) => (Number.isFinite(value) ? (residuals[k] - r) / width : 0));
  });
  const product = (a: readonly number[], b: readonly number[]) =>
    a.reduce((sum, x, k) => sum + x * b[k], 0);
  return {
    hessian: Float64Array.from(derivatives.flatMap((a) => derivatives.map((b) => product(a, b)))),
    gradient: Float64Array.from(derivatives, (a) => product(a, base.residuals)),
  };
}

function fittedToState(fit: Fitted): FittedState {
  return { ...candidateToState(fit), residuals: [...fit.residuals] };
}

function fittedFromState(state: FittedState): Fitted {
  return { ...candidateFromState(state), residuals: state.residuals };
}

function modelToState({ hessian, gradient }: Model) {
  return { hessian: [...hessian], gradient: [...gradient] };
}

function modelFromState({ hessian, gradient }: NonNullable<GaussNewtonState["model"]>): Model {
  return { hessian: Float64Array.from(hessian), gradient: Float64Array.from(gradient) };
}
