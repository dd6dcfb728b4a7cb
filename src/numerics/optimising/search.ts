/**
 * The search of a calibration, as an ask/tell interface: CMA-ES with restarts over rising levels of
 * replications, then damped Gauss-Newton and Nelder-Mead from the best point.
 *
 * Values of different levels are never compared: when the level rises, the best point so far is
 * evaluated again, and the distribution keeps its shape but forgets its values. Beside the best point
 * stands the distribution's centre, which noise misleads less than the luckiest of many samples.
 *
 * Batches are a pure function of the state, which changes in `tell` alone.
 */

import {
  type Answer,
  answerValue,
  better,
  type Candidate,
  type CandidateState,
  candidateFromState,
  candidateToState,
  checkCount,
} from "./candidates.ts";
import { CmaEs, type CmaEsState } from "./cmaes.ts";
import { GaussNewton, type GaussNewtonState } from "./gaussNewton.ts";
import { NelderMead, type NelderMeadState } from "./nelderMead.ts";

/** A stage of the search by CMA-ES. */
export interface Level {
  /** Replications per evaluation, an integer >= 1; more than at the level before. */
  readonly replications: number;
  /** Evaluations of this level, an integer >= 2; what a level leaves over goes to the next. */
  readonly evaluations: number;
}

/** What to search, and how long. */
export interface SearchOptions {
  /** Number of coordinates of the unit box, an integer >= 1. */
  readonly dimension: number;
  readonly seed: string;
  /** At least one. */
  readonly levels: readonly Level[];
  /**
   * Evaluations of Gauss-Newton at the last level's replications, an integer >= 0; 0 (the default) for none. What it
   * leaves over goes to the polish. With it, answers of the objective must be residuals.
   */
  readonly descent?: number;
  /** Evaluations of Nelder-Mead at the last level's replications, an integer >= 0; 0 for none. */
  readonly polish: number;
  /** First point, in the unit box; its centre by default. */
  readonly start?: ArrayLike<number>;
  /** First step size of CMA-ES, in widths of the box, in (0, 1/3]; 0.3 by default. */
  readonly sigma?: number;
  /** Population of the first run of CMA-ES, an integer >= 4; 4 + ⌊3 ln n⌋ by default. */
  readonly population?: number;
  /** Shortest step worth taking, in widths of the box, > 0; 1e-10 by default. */
  readonly tolerance?: number;
}

/** Points to evaluate, each with so many replications. */
export interface Batch {
  readonly points: Float64Array[];
  readonly replications: number;
}

/** What evaluations are spent on: CMA-ES, Gauss-Newton, Nelder-Mead. */
export type SearchPhase = "search" | "descent" | "polish";

/** Why a search ended: its evaluations are spent, or its last phase cannot improve its result. */
export type SearchStop = "budget" | "converged";

/** State of a search as JSON. */
export interface SearchState {
  readonly options: SearchOptions & {
    readonly descent: number;
    readonly start: number[];
    readonly sigma: number;
  };
  readonly evaluations: number;
  readonly level: number;
  readonly opened: boolean;
  readonly run: CmaEsState;
  readonly descent: GaussNewtonState | null;
  readonly simplex: NelderMeadState | null;
  readonly incumbent: CandidateState | null;
  readonly incumbentRun: number;
  readonly stopped: SearchStop | null;
}

/** How much shorter than the first ones are the first steps of a run around the best point. */
const NARROWER = 1 / 3;

/** Minimises over the unit box [0, 1]^n. */
export class Search {
  readonly options: SearchState["options"];
  /** Evaluations that the whole search may take. */
  readonly budget: number;
  /** Evaluations told. */
  evaluations = 0;
  /** Index of the level under way. */
  level = 0;
  /** Set when the search is over. */
  stopped: SearchStop | undefined;

  /** False until the level's first batch, the candidates to start from, is told. */
  private opened = false;
  private run: CmaEs;
  /** The descent, from its beginning to that of the polish. */
  private descent: GaussNewton | undefined;
  /** The simplex of the polish, once it has begun. */
  private simplex: NelderMead | undefined;
  private incumbent: Candidate | undefined;
  /** Number of the run of CMA-ES that found the incumbent. */
  private incumbentRun = 0;

  /** Throws RangeError if an option is outside its range. */
  constructor(options: SearchOptions) {
    checkPlan(options);
    const { levels, descent = 0, polish, ...others } = options;
    this.run = new CmaEs(others);
    const { start, sigma } = this.run.options;
    this.options = { ...options, descent, start, sigma };
    this.budget = levels.reduce((sum, { evaluations }) => sum + evaluations, descent + polish);
  }

  /** Best point and its value at `bestReplications`. */
  get best(): Candidate | undefined {
    return this.incumbent;
  }

  /** Replications behind the best value: those of the level before until the level's first `tell`. */
  get bestReplications(): number {
    const level = this.opened ? this.level : Math.max(0, this.level - 1);
    return this.options.levels[level].replications;
  }

  /** What the evaluations are spent on at present. */
  get phase(): SearchPhase {
    if (this.simplex !== undefined) return "polish";
    return this.descent === undefined ? "search" : "descent";
  }

  /** Replications per evaluation at present. */
  get replications(): number {
    return this.options.levels[this.level].replications;
  }

  /** Next points to evaluate, the same ones until `tell`; undefined when the search is over. */
  ask(): Batch | undefined {
    if (this.stopped !== undefined) return undefined;
    return { points: this.points(), replications: this.replications };
  }

  /**
   * Takes the answers of the points of `ask`, in their order. Values that are not finite rank last.
   * Throws RangeError unless there is one answer per point, with residuals if the search has a descent.
   */
  tell(answers: readonly Answer[]): void {
    const points = this.ask()?.points ?? [];
    checkCount(answers, points.length);
    if (points.length === 0) return;
    const residuals = this.options.descent > 0 ? residualsOf(answers) : [];
    const values = answers.map(answerValue);
    this.evaluations += points.length;
    const candidates = points.map((point, i) => ({ point, value: values[i] }));
    if (!this.opened) this.open(candidates);
    else {
      if (this.descent !== undefined) this.descent.tell(residuals);
      else (this.simplex ?? this.run).tell(values);
      for (const candidate of candidates) this.offer(candidate);
    }
    this.advance();
  }

  /** State from which `fromJSON` goes on, byte for byte. */
  toJSON(): SearchState {
    return {
      options: this.options,
      evaluations: this.evaluations,
      level: this.level,
      opened: this.opened,
      run: this.run.toJSON(),
      descent: this.descent?.toJSON() ?? null,
      simplex: this.simplex?.toJSON() ?? null,
      incumbent: this.incumbent === undefined ? null : candidateToState(this.incumbent),
      incumbentRun: this.incumbentRun,
      stopped: this.stopped ?? null,
    };
  }

  /** The search of a state that `toJSON` gave. */
  static fromJSON(state: SearchState): Search {
    const search = new Search(state.options);
    search.evaluations = state.evaluations;
    search.level = state.level;
    search.opened = state.opened;
    search.run = CmaEs.fromJSON(state.run);
    search.descent = state.descent === null ? undefined : GaussNewton.fromJSON(state.descent);
    search.simplex = state.simplex === null ? undefined : NelderMead.fromJSON(state.simplex);
    search.incumbent = state.incumbent === null ? undefined : candidateFromState(state.incumbent);
    search.incumbentRun = state.incumbentRun;
    search.stopped = state.stopped ?? undefined;
    return search;
  }

  private points(): Float64Array[] {
    if (!this.opened) return this.openingPoints();
    return (this.simplex ?? this.descent ?? this.run).ask();
  }

  /** The best point of the level before, if any, and the centre of the run under way. */
  private openingPoints(): Float64Array[] {
    const centre = this.run.mean;
    return this.incumbent === undefined ? [centre] : [this.incumbent.point.slice(), centre];
  }

  /** Starts the level from its candidates, which replace the incumbent of the level before. */
  private open(candidates: readonly Candidate[]): void {
    const origin = this.incumbentRun;
    const centre = candidates[candidates.length - 1];
    const best = candidates.reduce((first, second) => better(first, second));
    this.incumbent = best;
    this.incumbentRun = best === centre ? this.run.options.run : origin;
    this.opened = true;
    if (this.incumbentRun === this.run.options.run) this.run.forget();
    else this.run = this.runFrom(best.point);
  }

  /** A run around the best point, for a level that rises while another run searches elsewhere. */
  private runFrom(start: Float64Array): CmaEs {
    const { dimension, seed, sigma, population, tolerance } = this.options;
    const run = this.run.options.run + 1;
    const narrower = sigma * NARROWER;
    return new CmaEs({ dimension, seed, sigma: narrower, population, start, tolerance, run });
  }

  private offer(candidate: Candidate): void {
    const best = better(this.incumbent, candidate);
    if (best === this.incumbent) return;
    this.incumbent = best;
    this.incumbentRun = this.run.options.run;
  }

  /** Settles what the next batch is, so that it fits what is left of the evaluations. */
  private advance(): void {
    if (this.simplex !== undefined) this.advancePolish(this.simplex);
    else if (this.descent !== undefined) this.advanceDescent(this.descent);
    else this.advanceRun();
  }

  private advanceRun(): void {
    if (this.run.stopped !== undefined) this.run = this.run.restarted(this.options.sigma);
    if (this.evaluations + this.run.options.population <= this.levelEnd()) return;
    if (this.level + 1 < this.options.levels.length) {
      this.level++;
      this.opened = false;
    } else this.descend();
  }

  /** Evaluations at the end of the level under way. */
  private levelEnd(): number {
    const { levels } = this.options;
    return levels.slice(0, this.level + 1).reduce((sum, { evaluations }) => sum + evaluations, 0);
  }

  /** Begins Gauss-Newton at the incumbent, if there is to be a descent. */
  private descend(): void {
    const { descent, tolerance } = this.options;
    if (descent > 0 && this.incumbent !== undefined) {
      this.descent = new GaussNewton({ start: this.incumbent.point, tolerance });
      this.advanceDescent(this.descent);
    } else this.polish();
  }

  /** Derivatives without a step after them are of no use: they are taken if the evaluations suffice for both. */
  private advanceDescent(descent: GaussNewton): void {
    const end = this.budget - this.options.polish;
    if (descent.stopped === undefined && this.evaluations + descent.ahead <= end) return;
    this.descent = undefined;
    if (descent.stopped !== undefined && this.options.polish === 0) this.stopped = "converged";
    else this.polish();
  }

  private advancePolish(simplex: NelderMead): void {
    if (simplex.stopped !== undefined) {
      // A collapsed simplex may stand still beside a minimum: a fresh one there would go on.
      if (this.hasMoved(simplex)) this.polish();
      else this.stopped = "converged";
    } else if (this.evaluations + simplex.ask().length > this.budget) this.stopped = "budget";
  }

  private hasMoved({ options: { start, tolerance } }: NelderMead): boolean {
    const point = this.incumbent?.point ?? [];
    return point.some((x, i) => Math.abs(x - start[i]) > tolerance);
  }

  /** Begins Nelder-Mead at the incumbent, if what is left allows for a simplex. */
  private polish(): void {
    const { dimension, polish, tolerance } = this.options;
    const fits = polish > 0 && this.evaluations + dimension + 1 <= this.budget;
    if (fits && this.incumbent !== undefined)
      this.simplex = new NelderMead({ start: this.incumbent.point, tolerance });
    else this.stopped = "budget";
  }
}

/** The answers, all of which must be residuals. */
function residualsOf(answers: readonly Answer[]): (readonly number[])[] {
  return answers.map((answer) => {
    if (typeof answer !== "number") return answer;
    throw new RangeError("An objective of values: a search with a descent must have residuals");
  });
}

function checkPlan({ levels, descent = 0, polish }: SearchOptions): void {
  if (levels.length === 0) throw new RangeError("No levels: there must be at least one");
  let before = 0;
  for (const { replications, evaluations } of levels) {
    if (!(Number.isInteger(replications) && replications > before))
      throw new RangeError(
        `Level of ${replications} replications: must be an integer >= 1 and rise with the levels`,
      );
    if (!(Number.isInteger(evaluations) && evaluations >= 2))
      throw new RangeError(`Level of ${evaluations} evaluations: must be an integer >= 2`);
    before = replications;
  }
  if (!(Number.isInteger(descent) && descent >= 0))
    throw new RangeError(`Descent of ${descent} evaluations: must be an integer >= 0`);
  if (!(Number.isInteger(polish) && polish >= 0))
    throw new RangeError(`Polish of ${polish} evaluations: must be an integer >= 0`);
}
