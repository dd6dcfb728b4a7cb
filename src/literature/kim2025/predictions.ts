// Predictions, measured: each model is left out in turn, the parameters are those that were fitted without it, and the
// success of its teams is predicted from that of its single agents, as `advise` does it.
//
// Which number a model owns and how far its rate is pulled to the mean model's is decided by the errors of these
// predictions; a second score decides it for each model by the errors of the others, and so judges the decision too.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { shareInterval } from "../../advise/belief/chances.ts";
import { type Experience, shippedFingerprint } from "../../advise/belief/experience.ts";
import { logOdds } from "../../advise/belief/logOdds.ts";
import { Candidates, STUDY, shippedParts } from "../../advise/candidates/candidates.ts";
import {
  firstToReach,
  ModelOnTask,
  type SimulationOptions,
} from "../../advise/simulation/modelOnTask.ts";
import { NUMBERS, numbersFrom } from "../../advise/simulation/numbers.ts";
import { pulled } from "../../advise/simulation/pull.ts";
import { UnreachableError } from "../../advise/simulation/solve.ts";
import type { OnProgress } from "../../experiment/progress.ts";
import { ENGINE, type MetricValue, readMetric } from "../../experiment/result.ts";
import { average, clamp } from "../../numerics/statistics.ts";
import {
  BASELINES,
  bestLines,
  type Case,
  casesOf,
  instancesOf,
  type Predictions,
  type Score,
  scoreOf,
} from "./predictionScores.ts";
import { type Benchmark, TEAMS, type Team } from "./published.ts";

/** Shares of the difference to the mean model that are tried. */
export const PULLS = [0, 0.25, 0.5, 0.75, 1] as const;

/** What is to be reached. */
export const AIMS = { rSquared: 0.7, meanAbsoluteError: 0.085, rightShare: 0.85 } as const;

/**
 * For a standard error of at most .006, whose square is below 1/1000 of the variance that is to be predicted. With 1,000, chance
 * alone would cost as much R² as the best methods differ by.
 */
export const PREDICTION_REPLICATIONS = 4096;
export const PREDICTION_SEED = "leave-one-out";
/** Scenarios that are simulated, about: for showing progress. */
export const PREDICTED_SCENARIOS = 3000;

/** How much to simulate, and what may be fitted. */
export interface PredictionOptions {
  readonly replications?: number | undefined;
  readonly seed?: string | undefined;
  /** Paths of the numbers to try; default: all. */
  readonly numbers?: readonly string[] | undefined;
  /**
   * Folder with the parameters that were fitted without a model, in a folder MODEL that has agents.yaml and tasks/;
   * default: the one that ships.
   */
  readonly folds?: string | undefined;
  readonly onProgress?: OnProgress | undefined;
  /** Ends the work early: the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** A way to predict: the number that is the model's own, and how far its rate is believed. */
export interface Method {
  readonly number: string;
  readonly pull: number;
}

export interface ScoredMethod extends Method {
  readonly score: Score;
}

export interface Fold {
  readonly model: string;
  /** Whether the parameters were fitted without the model; else they are those that ship, which have seen it. */
  readonly refitted: boolean;
  readonly score: Score;
  /** The way that the errors of the other models speak for. */
  readonly chosenByOthers: Method;
}

/** A predicted rate beside the measured one. */
export interface CellPrediction {
  readonly model: string;
  readonly benchmark: Benchmark;
  readonly architecture: Team;
  readonly single: number;
  readonly measured: number;
  readonly predicted: number;
  /** 95 % interval, made of the errors with the other models. */
  readonly interval: readonly [low: number, high: number];
}

/** Predictions that leave out each model in turn, beside what was published. */
export interface PredictionStudy {
  readonly schema: "faultline/predictions@1";
  readonly study: string;
  readonly seed: string;
  readonly replications: number;
  readonly engine: typeof ENGINE;
  readonly aims: typeof AIMS;
  readonly chosen: ScoredMethod;
  /** Every model predicted in the way that the errors of the others speak for. */
  readonly chosenByOthers: Score;
  readonly baselines: readonly { name: string; description: string; score: Score }[];
  /** Lines fitted to the very rates: no prediction, but what none that is linear in the single rate can surpass. */
  readonly bestLines: Score;
  readonly methods: readonly ScoredMethod[];
  readonly folds: readonly Fold[];
  /** Share of the rates within their 95 % intervals. */
  readonly coverage: number;
  readonly cells: readonly CellPrediction[];
  /** Predictions in which no value of the number gave the rate, so that the nearest was taken. */
  readonly unreachable: number;
  /** What `advise` needs to know of all this. */
  readonly experience: Experience;
}

/**
 * Leaves each model out in turn.
 * @throws ScenarioError when a file of a fold is not valid
 */
export async function leaveOneOut(options: PredictionOptions = {}): Promise<PredictionStudy> {
  const { replications = PREDICTION_REPLICATIONS, seed = PREDICTION_SEED } = options;
  const cases = casesOf();
  const numbers = options.numbers?.map((path) => numbersFrom(path)[0]) ?? NUMBERS;
  const methods = numbers.flatMap(({ path }) => PULLS.map((pull) => ({ number: path, pull })));
  const folds = new Folds(options.folds ?? join(STUDY, "folds"));
  const predictor = new Predictor(folds, { ...options, replications, seed });
  const predictions = await predictAll(cases, methods, predictor, options.onProgress);

  const best = bestMethod(cases, predictions);
  const unknown = bestMethod(cases, predictions, { of: methods.map(isForOwnTasks) });
  const cells = cellsOf(cases, predictions[best], replications);
  const bestByOthers = cases.map(({ model }) => bestMethod(cases, predictions, { without: model }));
  const scored = methods.map((method, m) => ({ ...method, score: scoreOf(cases, predictions[m]) }));
  return {
    schema: "faultline/predictions@1",
    study: "kim2025",
    seed,
    replications,
    engine: ENGINE,
    aims: AIMS,
    chosen: scored[best],
    chosenByOthers: scoreOf(
      cases,
      bestByOthers.map((m, i) => predictions[m][i]),
    ),
    baselines: BASELINES.map(({ predict, ...told }) => {
      return { ...told, score: scoreOf(cases, predict(cases)) };
    }),
    bestLines: scoreOf(cases, bestLines(cases)),
    methods: scored,
    folds: foldsOf(
      folds,
      cases,
      predictions[best],
      bestByOthers.map((m) => methods[m]),
    ),
    coverage: average(cells.map((cell) => (isWithinInterval(cell) ? 1 : 0))),
    cells,
    unreachable: predictor.unreachable,
    experience: {
      known: { ...methods[best], errors: momentsOf(cases, predictions[best], replications)() },
      unknown: {
        number: methods[unknown].number,
        errors: momentsOf(cases, predictions[unknown], replications)(),
      },
      madeWith: shippedFingerprint(),
    },
  };
}

/** The score over the cases of these indices. */
const scoreOfSome = (indices: readonly number[], cases: readonly Case[], predicted: Predictions) =>
  scoreOf(
    indices.map((i) => cases[i]),
    indices.map((i) => predicted[i]),
  );

/** Whether `advise` can predict in this way where no mean model is known and the size of the task is given. */
const isForOwnTasks = ({ number, pull }: Method) => pull === 1 && numbersFrom(number)[0].isOpen;

/** Predictions of every case by every method. */
async function predictAll(
  cases: readonly Case[],
  methods: readonly Method[],
  predictor: Predictor,
  onProgress: PredictionOptions["onProgress"],
): Promise<Predictions[]> {
  const predictions: number[][][] = methods.map(() => []);
  for (const [i, one] of cases.entries())
    for (const [m, method] of methods.entries()) {
      predictions[m].push(await predictor.predict(one, method));
      onProgress?.((i + (m + 1) / methods.length) / cases.length);
    }
  return predictions;
}

/** @param byOthers for every case the method that the other models speak for */
function foldsOf(
  folds: Folds,
  cases: readonly Case[],
  predictions: Predictions,
  byOthers: readonly Method[],
): Fold[] {
  const models = [...new Set(cases.map(({ model }) => model))];
  return models.map((model) => {
    const own = cases.flatMap((one, i) => (one.model === model ? [i] : []));
    return {
      model,
      refitted: folds.has(model),
      score: scoreOfSome(own, cases, predictions),
      chosenByOthers: byOthers[own[0]],
    };
  });
}

const isWithinInterval = ({ measured, interval: [low, high] }: CellPrediction) =>
  low <= measured && measured <= high;

/** Whether the chosen way to predict reaches all that is to be reached. */
export function reaches({ chosen: { score }, baselines, aims }: PredictionStudy): boolean {
  return (
    score.rSquared >= aims.rSquared &&
    score.meanAbsoluteError <= aims.meanAbsoluteError &&
    score.right >= aims.rightShare * score.cases &&
    baselines.every(
      (baseline) =>
        baseline.score.rSquared < score.rSquared &&
        baseline.score.meanAbsoluteError > score.meanAbsoluteError,
    )
  );
}

/** Squared errors up to this multiple of the least are no worse, on so few cases: then the regret decides. */
const ALIKE = 1.05;

/**
 * Index of the method with the least regret among those whose squared error is about the smallest.
 * @param without a model whose cases do not count
 * @param of whether each method takes part; where none does, all do
 */
function bestMethod(
  cases: readonly Case[],
  predictions: readonly Predictions[],
  { without, of = [] }: { without?: string; of?: readonly boolean[] } = {},
): number {
  const kept = cases.flatMap(({ model }, i) => (model === without ? [] : [i]));
  const scores = predictions.map((predicted) => scoreOfSome(kept, cases, predicted));
  const squaredError = (m: number) => 1 - scores[m].rSquared;
  const allowed = [...scores.keys()].filter((m) => of[m] || !of.includes(true));
  const limit = ALIKE * Math.min(...allowed.map(squaredError));
  return allowed
    .filter((m) => squaredError(m) <= limit)
    .reduce((best, m) => (scores[m].regret < scores[best].regret ? m : best));
}

// ---------------------------------------------------------------- predicting

/** Where the parameters are that were fitted without a model. */
class Folds {
  private readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  has(model: string): boolean {
    return existsSync(join(this.folder, model, "agents.yaml"));
  }

  /** The folder of a model's fold, or that of the parameters that ship. */
  of(model: string): string {
    return this.has(model) ? join(this.folder, model) : STUDY;
  }
}

/** Predicts teams; models on tasks that share their files are simulated once. */
class Predictor {
  unreachable = 0;
  private readonly folds: Folds;
  private readonly options: SimulationOptions;
  private readonly candidates = new Map<string, Candidates>();
  private readonly models = new Map<string, ModelOnTask>();

  constructor(folds: Folds, options: SimulationOptions) {
    this.folds = folds;
    this.options = options;
  }

  /** Success rates of the teams, in the order of TEAMS. */
  async predict({ model, benchmark, single }: Case, { number, pull }: Method): Promise<number[]> {
    const folder = this.folds.of(model);
    const onTask = await this.reaching(folder, benchmark, number, single);
    const target = pulled(single, await onTask.shippedSuccess(), pull);
    const [low, high] = await onTask.reachable();
    const { value } = await onTask.solve(clamp(target, low, high));
    const metrics = await onTask.metrics(value, TEAMS);
    return TEAMS.map((team) => {
      const success = readMetric(metrics.get(team) ?? {}, "success") as MetricValue;
      return success.mean as number;
    });
  }

  /** The model on the task, by the number of the method or by another one that reaches the rate. */
  private async reaching(
    folder: string,
    benchmark: Benchmark,
    path: string,
    single: number,
  ): Promise<ModelOnTask> {
    try {
      return await firstToReach(this.modelsOnTask(folder, benchmark, path), single);
    } catch (error) {
      if (!(error instanceof UnreachableError)) throw error;
      this.unreachable++;
      const first = await this.modelsOnTask(folder, benchmark, path).next();
      return first.value as ModelOnTask;
    }
  }

  private async *modelsOnTask(
    folder: string,
    benchmark: Benchmark,
    path: string,
  ): AsyncGenerator<ModelOnTask> {
    const place = `${folder}/${benchmark}`;
    const candidates =
      this.candidates.get(place) ?? new Candidates(shippedParts(benchmark, folder));
    this.candidates.set(place, candidates);
    for (const number of numbersFrom(path)) {
      const key = `${place}/${number.path}`;
      const model =
        this.models.get(key) ?? (await ModelOnTask.of(candidates, number, {}, this.options));
      if (model === undefined) continue;
      this.models.set(key, model);
      yield model;
    }
  }
}

// ---------------------------------------------------------------- errors

/** Second moments of the teams' errors about 0, in log-odds, over all cases or over those without a model. */
type Moments = (without?: string) => number[][];

/** @param replications of each prediction */
function momentsOf(
  cases: readonly Case[],
  predictions: Predictions,
  replications: number,
): Moments {
  const errors = cases.map(({ benchmark, teams }, i) =>
    teams.map(
      (rate, j) => logOdds(rate, instancesOf(benchmark)) - logOdds(predictions[i][j], replications),
    ),
  );
  return (without) => {
    const counted = errors.filter((_, i) => cases[i].model !== without);
    return TEAMS.map((_, i) => TEAMS.map((_, j) => average(counted.map((e) => e[i] * e[j]))));
  };
}

function cellsOf(
  cases: readonly Case[],
  predictions: Predictions,
  replications: number,
): CellPrediction[] {
  const moments = momentsOf(cases, predictions, replications);
  return cases.flatMap(({ model, benchmark, single, teams }, i) => {
    const variances = moments(model);
    return TEAMS.map((architecture, j) => ({
      model,
      benchmark,
      architecture,
      single,
      measured: teams[j],
      predicted: predictions[i][j],
      interval: shareInterval(logOdds(predictions[i][j], replications), variances[j][j]),
    }));
  });
}
