// Carries out a calibration: searches for the parameters that meet the targets best, then simulates start and fit with
// fresh draws, and asks which parameters the targets pin down. The result depends on the calibration alone, neither on
// the number of workers nor on interruptions.
import { moduleBeside } from "../experiment/moduleBeside.ts";
import { openPool, type Pool } from "../experiment/pool.ts";
import type { OnProgress } from "../experiment/progress.ts";
import { answerValue } from "../numerics/optimising/candidates.ts";
import {
  type OptimiseOptions,
  type Optimum,
  optimise,
  resume,
} from "../numerics/optimising/optimise.ts";
import type { Search, SearchPhase, SearchState } from "../numerics/optimising/search.ts";
import { type Calibration, scenarioCount } from "./calibration.ts";
import { documentOf, type Figures, type Final, valuesIn } from "./document.ts";
import { type Ensemble, NoPointsError, planOf, sampleEnsemble } from "./ensemble/sample.ts";
import type { EvaluationJob, EvaluationResult } from "./evaluator.ts";
import {
  missOf,
  pullOn,
  residualsBeyond,
  residualsOf,
  simulatedMean,
  simulatedValue,
} from "./fit.ts";
import { type Identifiability, identify } from "./identify.ts";
import { simulationVariance } from "./likelihood.ts";
import { fromUnit, pointFromUnit, pointToUnit, roundedFromUnit } from "./parameters.ts";
import type { CalibrationResult } from "./result.ts";

/** How far a calibration has come; JSON. */
export interface Snapshot {
  readonly search: SearchState;
  /** Figures at the best point, one per target; null where there is none. */
  readonly best: readonly (number | null)[];
}

/** How far a calibration has got. */
export interface CalibrationProgress {
  readonly evaluations: number;
  /** Least loss so far, pull included, with `replications` of every scenario; Infinity while no point gives every target a value. */
  readonly loss: number;
  readonly replications: number;
  readonly phase: SearchPhase | "final" | "ensemble";
}

export type EvaluationPool = Pool<EvaluationJob, EvaluationResult>;

export interface CalibrateOptions {
  /** Worker threads, an integer >= 1; default: 1, that is none beside this one. */
  readonly jobs?: number;
  /** Pool that evaluates. It is closed in the end. Default: threads of this process. */
  readonly pool?: EvaluationPool | undefined;
  readonly onProgress?: OnProgress<[state: CalibrationProgress]>;
  /** Called after every batch of the search with what is needed to go on from there. */
  readonly onSnapshot?: (snapshot: Snapshot) => void;
  /** Where to go on: a snapshot of the same calibration. */
  readonly from?: Snapshot;
  /** Ends the calibration soon; the result is then the best point so far. */
  readonly signal?: AbortSignal;
}

/** No point that was tried gives every target a value. */
export class NoFitError extends Error {
  /** Ids of the targets without a value at the best point. */
  readonly targets: readonly string[];

  constructor(targets: readonly string[]) {
    super(`no point that was tried gives every target a value: ${targets.join(", ")} had none`);
    this.targets = targets;
  }
}

/** Work units: replications of every scenario that all evaluations of the search take. */
function searchWork({ search: { levels, descent, polish } }: Calibration): number {
  const last = (descent + polish) * levels[levels.length - 1].replications;
  return levels.reduce((sum, one) => sum + one.evaluations * one.replications, last);
}

const finalPoints = ({ parameters }: Calibration) => 2 * parameters.length + 2;

/** Replications that the whole calibration takes, if nothing ends early. */
export function workOf(calibration: Calibration): number {
  return scenarioCount(calibration) * (workBeforeEnsemble(calibration) + ensembleWork(calibration));
}

const workBeforeEnsemble = (calibration: Calibration) =>
  searchWork(calibration) + finalPoints(calibration) * calibration.search.final;

/** Work units of the ensemble, if there is to be one. */
function ensembleWork({ parameters, search: { ensemble } }: Calibration): number {
  if (ensemble === undefined) return 0;
  const { size, waves, points, candidates, moves } = planOf(ensemble, parameters.length);
  return (waves * points + candidates + moves * size) * ensemble.replications;
}

/** The module of threads that evaluate. */
export const evaluatorThreads = (): URL => moduleBeside(import.meta.url, "evaluator");

/**
 * Calibrates. Undefined where it was interrupted before any point was evaluated.
 * @throws NoFitError when no point gives every target a value
 */
export async function calibrate(
  calibration: Calibration,
  options: CalibrateOptions = {},
): Promise<CalibrationResult | undefined> {
  const { jobs = 1, signal } = options;
  const threads = () =>
    openPool<EvaluationJob, EvaluationResult>({
      module: evaluatorThreads(),
      data: calibration.groups,
      workers: jobs,
      signal,
    });
  const pool = options.pool ?? (await threads());
  try {
    return await new Run(calibration, options, pool).result();
  } finally {
    await pool.close();
  }
}

/** Half the distance, in ranges, over which derivatives are taken: wide enough for draws to differ. */
const STEP = 0.05;

/** Points of the ensemble that are handed to the threads together. */
const BATCH = 64;

class Run {
  private readonly calibration: Calibration;
  private readonly options: CalibrateOptions;
  private readonly pool: EvaluationPool;
  /** The batch evaluated last. */
  private batch: { points: readonly Float64Array[]; figures: readonly number[][] } | undefined;
  private best: readonly (number | null)[];
  /** Answers of groups: a parameter that a group does not take need not be simulated anew. */
  private readonly known = new Map<string, EvaluationResult>();

  constructor(calibration: Calibration, options: CalibrateOptions, pool: EvaluationPool) {
    this.calibration = calibration;
    this.options = options;
    this.pool = pool;
    this.best = options.from?.best ?? [];
  }

  async result(): Promise<CalibrationResult | undefined> {
    const optimum = await this.search();
    const { best } = optimum;
    if (best === undefined) return undefined;
    if (!Number.isFinite(best.value) && !this.isAborted) throw new NoFitError(this.unmet());
    const fitted = roundedFromUnit(this.calibration.parameters, best.point);
    const isOver = optimum.stopped !== "aborted";
    const final = isOver ? await this.unlessAborted(() => this.final(fitted)) : undefined;
    const pull = answerValue(this.pullOn(best.point));
    return documentOf(this.calibration, { optimum, fitted, figures: this.best, pull, final });
  }

  private get isAborted(): boolean {
    return this.options.signal?.aborted ?? false;
  }

  // ---------------------------------------------------------------- search

  private search(): Promise<Optimum> {
    const { parameters, seed, search } = this.calibration;
    const { from, signal } = this.options;
    const hooks: OptimiseOptions = {
      objective: (points, replications) => this.residuals(points, replications),
      onProgress: (search) => this.told(search),
      ...(signal && { signal }),
    };
    if (from !== undefined) return resume(from.search, hooks);
    const { levels, descent, polish } = search;
    const start = pointToUnit(parameters, this.starts());
    const options = { levels, descent, polish, start, seed: `${seed}/search` };
    return optimise({ ...options, dimension: parameters.length, ...hooks });
  }

  private async residuals(
    points: readonly Float64Array[],
    replications: number,
  ): Promise<number[][]> {
    const { parameters, targets, seed, search } = this.calibration;
    const values = points.map((point) => [...pointFromUnit(parameters, point)]);
    const all = await this.simulate(values, replications, seed);
    const figures = all.map((one) => targets.map((target) => simulatedMean(target, valuesIn(one))));
    this.batch = { points, figures };
    return figures.map((one, i) => [
      ...residualsOf(targets, one),
      // What is beyond the edge may count more.
      ...(search.beyond === 0 ? [] : residualsBeyond(targets, one, search.beyond)),
      ...this.pullOn(points[i]),
    ]);
  }

  /** Residuals of the pull at a point; none without a prior. */
  private pullOn(point: Float64Array): readonly number[] {
    const { search, targets } = this.calibration;
    return search.prior === 0 ? [] : pullOn(point, search.prior, targets);
  }

  private told(search: Search): void {
    const { best } = search;
    if (best === undefined) return;
    const { points, figures } = this.batch ?? { points: [], figures: [] };
    const index = points.findIndex((point) => point.every((x, i) => x === best.point[i]));
    if (index >= 0) this.best = figures[index].map((x) => (Number.isFinite(x) ? x : null));
    this.options.onSnapshot?.({ search: search.toJSON(), best: this.best });
    this.options.onProgress?.(this.shareOf(search), {
      evaluations: search.evaluations,
      loss: best.value,
      replications: search.bestReplications,
      phase: search.phase,
    });
  }

  private shareOf({ evaluations, options: { levels } }: Search): number {
    let left = evaluations;
    let work = 0;
    for (const level of levels) {
      const here = Math.min(left, level.evaluations);
      work += here * level.replications;
      left -= here;
    }
    work += left * levels[levels.length - 1].replications;
    return (work * scenarioCount(this.calibration)) / workOf(this.calibration);
  }

  /** Targets without a value at the best point. */
  private unmet(): string[] {
    const { targets } = this.calibration;
    return targets
      .filter(({ weight }, i) => weight > 0 && this.best[i] === null)
      .map(({ id }) => id);
  }

  // ---------------------------------------------------------------- simulations

  private async simulate(
    points: readonly (readonly number[])[],
    replications: number,
    seed: string,
  ): Promise<Figures[]> {
    const { groups } = this.calibration;
    const wanted = points.map((values) =>
      groups.map(({ effort }, group) => ({
        job: { group, values, replications: effort * replications, seed },
        key: this.keyOf(group, values, replications, seed),
      })),
    );
    const jobs = new Map(wanted.flat().map(({ key, job }) => [key, job]));
    for (const key of this.known.keys()) jobs.delete(key);
    const results = await this.pool.run([...jobs.values()]);
    [...jobs.keys()].forEach((key, i) => {
      this.known.set(key, results[i]);
    });
    return wanted.map((one) => one.map(({ key }) => this.known.get(key)));
  }

  /** What decides the answer of a group: of the values those that some scenario of it takes. */
  private keyOf(
    group: number,
    values: readonly number[],
    replications: number,
    seed: string,
  ): string {
    const { templates } = this.calibration.groups[group];
    const taken = new Set(templates.flatMap(({ slots }) => slots.map((slot) => slot.parameter)));
    const own = values.map((value, i) => (taken.has(i) ? value : null));
    return JSON.stringify([group, replications, seed, own]);
  }

  private starts(): number[] {
    return this.calibration.parameters.map(({ start }) => start);
  }

  // ---------------------------------------------------------------- at the end

  /** What comes after the search; undefined where it was interrupted. */
  private async unlessAborted<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      if (this.isAborted) return undefined;
      throw error;
    }
  }

  /** Start and fit with fresh draws, what the misses do around the fit, and the ensemble. */
  private async final(fitted: readonly number[]): Promise<Final> {
    const { parameters, search, seed } = this.calibration;
    const unit = pointToUnit(parameters, fitted);
    const steps = parameters.map((parameter, i) => {
      const [low, high] = [Math.max(0, unit[i] - STEP), Math.min(1, unit[i] + STEP)];
      const at = (place: number) => fitted.with(i, fromUnit(parameter, place)) as number[];
      return { width: high - low, points: [at(low), at(high)] };
    });
    const points = [this.starts(), fitted, ...steps.flatMap((step) => step.points)];
    const before = searchWork(this.calibration) * scenarioCount(this.calibration);
    this.options.onProgress?.(before / workOf(this.calibration), {
      evaluations: 0,
      loss: Number.NaN,
      replications: search.final,
      phase: "final",
    });
    const [start, fit, ...around] = await this.simulate(points, search.final, `${seed}/final`);
    const widths = steps.map(({ width }) => width);
    const identifiability = this.identify(unit, fit, around, widths);
    return { start, fit, identifiability, ensemble: await this.ensemble(unit) };
  }

  /** The ensemble, if there is to be one: it begins at the fit. */
  private async ensemble(best: Float64Array): Promise<Ensemble | undefined> {
    const { parameters, targets, seed, search } = this.calibration;
    if (search.ensemble === undefined) return undefined;
    const plan = planOf(search.ensemble, parameters.length);
    let evaluations = 0;
    const simulate = async (points: readonly Float64Array[]) => {
      const said: { figures: number[]; variances: number[] }[] = [];
      for (let i = 0; i < points.length; i += BATCH) {
        const values = points
          .slice(i, i + BATCH)
          .map((point) => roundedFromUnit(parameters, point));
        const found = await this.simulate(
          values,
          search.ensemble?.replications ?? 1,
          `${seed}/ensemble`,
        );
        said.push(...found.map((figures) => this.saidBy(figures)));
        evaluations += values.length;
        this.toldOfEnsemble(evaluations);
      }
      return said;
    };
    try {
      return await sampleEnsemble({ seed: `${seed}/ensemble`, best, targets, plan, simulate });
    } catch (error) {
      if (error instanceof NoPointsError) throw new NoFitError(error.targets);
      throw error;
    }
  }

  /** Figures of the targets with their variances. */
  private saidBy(figures: Figures) {
    const values = this.calibration.targets.map((one) => simulatedValue(one, valuesIn(figures)));
    return {
      figures: values.map(({ mean }) => mean ?? Number.NaN),
      variances: values.map(simulationVariance),
    };
  }

  private toldOfEnsemble(evaluations: number): void {
    const { calibration } = this;
    const replications = calibration.search.ensemble?.replications ?? 1;
    const done = workBeforeEnsemble(calibration) + evaluations * replications;
    this.options.onProgress?.((done * scenarioCount(calibration)) / workOf(calibration), {
      evaluations,
      loss: Number.NaN,
      replications,
      phase: "ensemble",
    });
  }

  private identify(
    point: Float64Array,
    fit: Figures,
    around: readonly Figures[],
    widths: readonly number[],
  ): Identifiability | undefined {
    const counted = this.calibration.targets.filter(({ weight }) => weight > 0);
    const missesAt = (figures: Figures) =>
      counted.map(
        (target) =>
          Math.sqrt(target.weight) * missOf(target, simulatedMean(target, valuesIn(figures))),
      );
    const misses = missesAt(fit);
    const sides = around.map(missesAt);
    const jacobian = misses.map((_, k) =>
      widths.map((width, i) => (sides[2 * i + 1][k] - sides[2 * i][k]) / width),
    );
    const isKnown = [...misses, ...jacobian.flat()].every(Number.isFinite);
    return isKnown ? identify({ point, misses, jacobian }) : undefined;
  }
}
