// Predictions of models that were left out, beside what was published: `faultline reproduce kim2025 --leave-one-out`. Each is
// predicted from its single agents by parameters and corrections that have not seen it, as `faultline advise` does it.
import { join } from "node:path";
import {
  discrepancyOf,
  familyShift,
  relativeVariance,
} from "../../../advise/belief/discrepancy.ts";
import { type Experience, shippedFingerprint } from "../../../advise/belief/experience.ts";
import { ownTaskOf } from "../../../advise/belief/ownTask.ts";
import { STUDY } from "../../../advise/candidates/candidates.ts";
import { shares } from "../../../advise/simulation/sets.ts";
import type { OnProgress } from "../../../experiment/progress.ts";
import { ENGINE } from "../../../experiment/result.ts";
import { type Benchmark, TEAMS, type Team } from "../published.ts";
import { BASELINES, bestLines, FAIR, FAMILY } from "./baselines.ts";
import { type Case, casesOf, modelsOf } from "./cases.ts";
import {
  discrepant,
  familiar,
  gainsOf,
  measuredTrials,
  own,
  plain,
  publishedModels,
  tabulated,
  trialsOf,
} from "./predictors.ts";
import { type Differences, differencesOf, type Score, scoreOf, type Trial } from "./scores.ts";
import { type Known, Simulations } from "./simulations.ts";

/** What is to be reached: without a measurement, and with one team measured on `AIMED_INSTANCES`. */
export const AIMS = {
  rSquared: 0.48,
  measuredRSquared: 0.8,
  right: 22,
  regret: 0.008,
  coverage: [0.92, 0.98],
  width: 0.45,
} as const;

/** As many as `advise` takes by default, so that the noise of both is the same. */
export const PREDICTION_REPLICATIONS = 4096;
export const PREDICTION_SEED = "advise";
/** Scenarios that are simulated per parameter set, about: for showing progress. */
export const PREDICTED_SCENARIOS = 1500;

/** Instances of the measured team. */
export const MEASURED = [10, 20, 50] as const;

/** How much to simulate, and with what. */
export interface PredictionOptions {
  /** Of each model in each architecture, over all parameter sets. */
  readonly replications?: number | undefined;
  readonly seed?: string | undefined;
  /**
   * Folder with the parameters that were fitted without a model, in a folder MODEL that has agents.yaml and tasks/;
   * default: the one that ships.
   */
  readonly folds?: string | undefined;
  readonly onProgress?: OnProgress | undefined;
  /** Ends the work early: the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** How a predictor knows what it knows. */
export const ROW_KINDS = ["simulation", "measured", "own task", "baseline", "hindsight"] as const;

/** A predictor with its score. */
export interface Row {
  readonly kind: (typeof ROW_KINDS)[number];
  readonly name: string;
  readonly description: string;
  readonly score: Score;
  /** The predictor without a mechanism that knows as much, and what this one has over it; null for that one itself. */
  readonly against: string | null;
  readonly differences: Differences | null;
}

export interface Fold {
  readonly model: string;
  /** Whether the parameters were fitted without the model; else they are those that ship, which have seen it. */
  readonly refitted: boolean;
  readonly score: Score;
}

/** A predicted rate beside the published one. */
export interface CellPrediction {
  readonly model: string;
  readonly benchmark: Benchmark;
  readonly architecture: Team;
  readonly single: number;
  readonly published: number;
  readonly predicted: number;
  /** 95 % interval of the published rate. */
  readonly interval: readonly [low: number, high: number];
}

/** Predictions that leave out each model in turn, beside what was published. */
export interface PredictionStudy {
  readonly schema: "faultline/predictions@1";
  readonly study: string;
  readonly seed: string;
  readonly replications: number;
  /** Parameter sets that share the replications. */
  readonly sets: number;
  readonly engine: typeof ENGINE;
  readonly aims: typeof AIMS;
  readonly rows: readonly Row[];
  /** Of the corrected simulation, which is what `advise` does on a known benchmark. */
  readonly folds: readonly Fold[];
  readonly cells: readonly CellPrediction[];
  /** Simulations in which no value of a number gave the single agent its rate, so that the nearest was taken. */
  readonly unreached: number;
  /** What `advise` needs to know of all this. */
  readonly experience: Experience;
}

/** Names of the rows that pages and aims speak of. */
export const CORRECTED = "corrected";
export const FAMILIAR = "corrected, with the family";
export const SHAPE_KNOWN = "shape known";
export const SHAPE_GUESSED = "shape guessed";
export const measuredName = (by: string, instances: number) => `${by}, ${instances} measured`;
/** Instances of the measurement that an aim is set for, and its row. */
export const AIMED_INSTANCES = 50;
export const MEASURED_AIM = measuredName(CORRECTED, AIMED_INSTANCES);

/**
 * Leaves each model out in turn.
 * @throws ScenarioError when a file of a fold is not valid
 */
export async function leaveOneOut(options: PredictionOptions = {}): Promise<PredictionStudy> {
  const { replications = PREDICTION_REPLICATIONS, seed = PREDICTION_SEED } = options;
  const { folds: folder = join(STUDY, "folds"), onProgress, signal } = options;
  const cases = casesOf();
  const each = shares(replications);
  const simulated = await Simulations.of(cases, { ...each, seed, folder, onProgress, signal });
  const predictors = predictorsOf(cases, simulated, seed);
  const trials = predictors.find(({ name }) => name === CORRECTED)?.trials as readonly Trial[];
  return {
    schema: "faultline/predictions@1",
    study: "kim2025",
    seed,
    replications,
    sets: each.sets,
    engine: ENGINE,
    aims: AIMS,
    rows: predictors.map((predictor) => rowOf(predictor, predictors)),
    folds: modelsOf(cases).map((model) => ({
      model,
      refitted: simulated.isRefitted(model),
      score: scoreOf(trials.filter(({ of }) => of.model === model)),
    })),
    cells: trials.flatMap(cellsOf),
    unreached: simulated.unreached,
    experience: experienceOf(cases, simulated),
  };
}

// ---------------------------------------------------------------- rows

interface Predictor extends Pick<Row, "kind" | "name" | "description"> {
  readonly trials: readonly Trial[];
  readonly against?: string;
}

function predictorsOf(cases: readonly Case[], simulated: Simulations, seed: string): Predictor[] {
  const simulate = (known: Known) => (of: Case, without: string) =>
    simulated.at(of, without, known);
  const onBenchmark = simulate("benchmark");
  const [table, correction] = [tabulated(cases), discrepant(cases, onBenchmark)];
  return [
    {
      kind: "simulation",
      name: "simulated",
      description:
        "simulated where the single agent succeeds half way between its rate and the mean model's",
      trials: trialsOf(cases, plain(onBenchmark)),
      against: FAIR,
    },
    {
      kind: "simulation",
      name: CORRECTED,
      description:
        "the same, corrected by what simulations miss of the other models on the benchmark",
      trials: trialsOf(cases, correction),
      against: FAIR,
    },
    {
      kind: "simulation",
      name: FAMILIAR,
      description:
        "the same, where what all teams share is taken from the other model of the family",
      trials: trialsOf(cases, familiar(cases, onBenchmark)),
      against: FAMILY,
    },
    ...MEASURED.flatMap((instances): Predictor[] => [
      {
        kind: "measured",
        name: measuredName(CORRECTED, instances),
        description: `corrected, after one team was measured on ${instances} instances; scored on the other teams, mean over which one`,
        trials: measuredTrials(cases, correction, instances, seed),
        against: measuredName("mean", instances),
      },
      {
        kind: "measured",
        name: measuredName("mean", instances),
        description:
          "the mean of the other models' log-odds, after the same measurement; no simulation",
        trials: measuredTrials(cases, table, instances, seed),
      },
    ]),
    {
      kind: "own task",
      name: SHAPE_KNOWN,
      description: "a task that no correction has seen, of the benchmark's own shape",
      trials: trialsOf(cases, own(cases, simulate("shape"))),
      against: "single",
    },
    {
      kind: "own task",
      name: SHAPE_GUESSED,
      description: "the same, of the shapes of the other benchmarks",
      trials: trialsOf(cases, own(cases, simulate("nothing"))),
      against: "single",
    },
    ...BASELINES.map(({ predict, ...told }): Predictor => {
      return { kind: "baseline", ...told, trials: predict(cases) };
    }),
    {
      kind: "hindsight",
      name: "best lines",
      description:
        "per team and benchmark, the line in the single agent's rate that fits all models best",
      trials: bestLines(cases),
    },
  ];
}

function rowOf({ trials, against, ...told }: Predictor, all: readonly Predictor[]): Row {
  const other = all.find(({ name }) => name === against);
  return {
    ...told,
    score: scoreOf(trials),
    against: against ?? null,
    differences: other === undefined ? null : differencesOf(trials, other.trials),
  };
}

function cellsOf({ of, says, intervals }: Trial): CellPrediction[] {
  const { model, benchmark, single, teams } = of;
  const rates = "rates" in says ? says.rates : [];
  return TEAMS.map((architecture, t) => ({
    ...{ model, benchmark, architecture, single },
    published: teams[t],
    predicted: rates[t],
    interval: intervals?.[t] as CellPrediction["interval"],
  }));
}

/** The row of a name. */
export function rowNamed({ rows }: Pick<PredictionStudy, "rows">, name: string): Row {
  const row = rows.find((one) => one.name === name);
  if (row === undefined) throw new RangeError(`There is no row ${name}`);
  return row;
}

/** Whether each aim is reached. */
export function aimsOf(
  study: Pick<PredictionStudy, "rows" | "aims">,
): Record<keyof typeof AIMS, boolean> {
  const { aims } = study;
  const { score } = rowNamed(study, CORRECTED);
  const { rSquared: measured } = rowNamed(study, MEASURED_AIM).score;
  const covered = Object.values(score.coverage ?? {});
  const [least, most] = aims.coverage;
  return {
    rSquared: (score.rSquared ?? 0) >= aims.rSquared,
    measuredRSquared: (measured ?? 0) >= aims.measuredRSquared,
    right: score.right >= aims.right,
    regret: score.regret <= aims.regret,
    coverage: covered.every((share) => share >= least && share <= most),
    width: (score.width ?? 1) <= aims.width,
  };
}

/** Whether all are. */
export const reaches = (study: Pick<PredictionStudy, "rows" | "aims">): boolean =>
  Object.values(aimsOf(study)).every((isReached) => isReached);

// ---------------------------------------------------------------- experience

function experienceOf(cases: readonly Case[], simulated: Simulations): Experience {
  const published = publishedModels(cases, (of) => simulated.at(of, undefined));
  const relative = relativeVariance([...published.values()]);
  const known = [...published].map(([benchmark, { residuals }]) => {
    const models = cases.filter((one) => one.benchmark === benchmark);
    const families = [...new Set(models.map(({ family }) => family))].map((family) => {
      const isOfFamily = models.map((one) => one.family === family);
      return [family, familyShift(residuals, isOfFamily)] as const;
    });
    const discrepancy = discrepancyOf(residuals, relative);
    return [benchmark, { ...discrepancy, families: Object.fromEntries(families) }] as const;
  });
  const own = (knownOfTask: Known) =>
    ownTaskOf(gainsOf(cases, (of, without) => simulated.at(of, without, knownOfTask)));
  return {
    sets: [...simulated.sets],
    known: Object.fromEntries(known),
    own: { stated: own("shape"), guessed: own("nothing") },
    madeWith: shippedFingerprint(),
  };
}
