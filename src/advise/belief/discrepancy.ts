// What simulations miss of published success, and how far that holds for the next model: a discrepancy (Kennedy and O'Hagan,
// "Bayesian calibration of computer models", 2001) on the log-odds scale, benchmark by benchmark.
//
// The residual of a team is split into a part that all teams of a model share and a part of its own. Each has a mean over
// the published models, of which a share is believed, and a variance by analysis of variance (Searle, Casella and McCulloch,
// "Variance components", 1992, chapter 4), beyond what the sampling of the published rates explains.
import { square } from "../../numerics/power.ts";
import { average, variance } from "../../numerics/statistics.ts";
import type { JointNormal } from "./jointNormal.ts";

/** Published minus simulated log-odds of one benchmark: of every parameter set, model and team. */
export type Residuals = readonly (readonly (readonly number[])[])[];

/** Simulated log-odds of every parameter set and team. */
export type LogOdds = readonly (readonly number[])[];

/** The shares of both means that are believed, 0..1. */
export interface Weights {
  readonly common: number;
  readonly relative: number;
}

/**
 * Half of what all teams share and four fifths of the rest. They were set before the models were fitted that are judged
 * with them. Variance ratios of six models are too uncertain to do better (`docs/decisions/0048-advice-is-corrected-and-updated.md`).
 */
export const WEIGHTS: Weights = { common: 0.5, relative: 0.8 };

/** What to make of a simulation of the benchmark. All in log-odds. */
export interface Discrepancy {
  /** What is added to the simulated success: of every parameter set and team. */
  readonly corrections: readonly (readonly number[])[];
  /** Variance of what a new model has in common for all teams. */
  readonly common: number;
  /** Variance of what it has beside that for each team. */
  readonly relative: number;
}

/**
 * The discrepancy of a benchmark.
 * @param residuals at least four models and two teams
 * @param relative variance of {@link relativeVariance}
 * @throws RangeError with fewer models or teams
 */
export function discrepancyOf(
  residuals: Residuals,
  relative: number,
  weights = WEIGHTS,
): Discrepancy {
  const { between, within, models, teams } = partsOf(residuals);
  const corrections = residuals.map((models) => {
    const shared = average(models.map(average));
    const byTeam = models[0].map((_, team) => average(models.map((teams) => teams[team])));
    return byTeam.map((mean) => weights.common * shared + weights.relative * (mean - shared));
  });
  const common = ofNew(between - within / teams, models, models - 1);
  return { corrections, common, relative };
}

/** Published models on one benchmark. */
export interface PublishedModels {
  readonly residuals: Residuals;
  /** Mean variance of a published rate's log-odds that comes from its few instances. */
  readonly sampling: number;
}

/**
 * Variance of what a new model has for each team beside the common part. It is the same for all benchmarks: it is small
 * beside the sampling, and of one benchmark alone it would often come out as 0.
 * @param benchmarks at least one, with at least four models and two teams
 * @throws RangeError with fewer models or teams
 */
export function relativeVariance(benchmarks: readonly PublishedModels[]): number {
  const parts = benchmarks.map(({ residuals }) => partsOf(residuals));
  const beyond = average(parts.map(({ within }, b) => within - benchmarks[b].sampling));
  const [{ models, teams }] = parts;
  return ofNew(beyond, models, benchmarks.length * (models - 1) * (teams - 1));
}

/** A variance component as that of a new model, of which the mean is predicted from so many others: Student's t. */
const ofNew = (component: number, models: number, degrees: number) =>
  Math.max(0, component) * (1 + 1 / models) * (degrees / (degrees - 2));

/** Mean squares between models, and within them beside the means of teams. */
function partsOf(residuals: Residuals) {
  const rows = meanOverSets(residuals);
  const [models, teams] = [rows.length, rows[0]?.length ?? 0];
  if (models < 4 || teams < 2)
    throw new RangeError(
      `Residuals of ${models} models and ${teams} teams: must be 4 and 2, or more`,
    );
  const byModel = rows.map(average);
  const byTeam = rows[0].map((_, team) => average(rows.map((own) => own[team])));
  const mean = average(byModel);
  const squares = rows.flatMap((own, model) =>
    own.map((x, team) => square(x - byModel[model] - byTeam[team] + mean)),
  );
  const within = (average(squares) * squares.length) / ((models - 1) * (teams - 1));
  return { between: variance(byModel), within, models, teams };
}

function meanOverSets(residuals: Residuals): number[][] {
  return residuals[0].map((teams, m) =>
    teams.map((_, t) => average(residuals.map((models) => models[m][t]))),
  );
}

/**
 * What a model's family adds for all teams of a benchmark: the common part of the family in the place of that of all models,
 * believed to the same share.
 * @param isOfFamily whether each model is; one is at least
 */
export function familyShift(residuals: Residuals, isOfFamily: readonly boolean[]): number {
  const byModel = meanOverSets(residuals).map(average);
  const family = average(byModel.filter((_, m) => isOfFamily[m]));
  return WEIGHTS.common * (family - average(byModel));
}

/**
 * What is believed of a new model's teams, in log-odds: means and covariances over the parameter sets, each corrected by
 * its own misses. The variances are those of Student's t with which the mean of a new model is predicted.
 * @param simulated log-odds of every parameter set and team
 * @param shift for all teams. It widens the belief as well: where it is wrong, it is wrong by about as much.
 */
export function corrected(
  simulated: LogOdds,
  { corrections, common, relative }: Discrepancy,
  shift = 0,
): JointNormal {
  const sets = simulated.map((teams, set) =>
    teams.map((x, team) => x + corrections[set][team] + shift),
  );
  return spreadOver(sets, { common: common + square(shift), relative });
}

/** Means and covariances of parameter sets, and the variances that are added: one for all teams, one for each. */
export function spreadOver(
  sets: LogOdds,
  { common, relative }: Pick<Discrepancy, "common" | "relative">,
): JointNormal {
  const mean = sets[0].map((_, team) => average(sets.map((teams) => teams[team])));
  const between = (i: number, j: number) => {
    const products = sets.map((teams) => (teams[i] - mean[i]) * (teams[j] - mean[j]));
    return sets.length < 2 ? 0 : (average(products) * sets.length) / (sets.length - 1);
  };
  const covariance = mean.map((_, i) =>
    mean.map((_, j) => between(i, j) + common + (i === j ? relative : 0)),
  );
  return { mean, covariance };
}
