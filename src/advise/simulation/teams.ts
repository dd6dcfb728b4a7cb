// The teams of a model in one draw of the circumstances: their success where the single agent has a given one.
import { type MetricTree, type MetricValue, readMetric } from "../../experiment/result.ts";
import { clamp } from "../../numerics/statistics.ts";
import { logOdds } from "../belief/logOdds.ts";
import type { Candidates } from "../candidates/candidates.ts";
import { firstToReach, ModelOnTask, type Settings, type SimulationOptions } from "./modelOnTask.ts";
import { type FreeNumber, NUMBERS } from "./numbers.ts";
import { pulled } from "./pull.ts";
import { UnreachableError } from "./solve.ts";

/**
 * The model on a task, once for each number that may be its own, in the order in which they are tried.
 * @throws ScenarioError when a candidate is not valid
 */
export async function modelsFor(
  candidates: Candidates,
  settings: Settings,
  options: SimulationOptions,
  numbers: readonly FreeNumber[] = NUMBERS,
): Promise<ModelOnTask[]> {
  const models = numbers.map((number) => ModelOnTask.of(candidates, number, settings, options));
  return (await Promise.all(models)).filter((model) => model !== undefined);
}

/** What the single agent is to reach. */
export interface Aim {
  /** Its success, in (0, 1). */
  readonly single: number;
  /** Share of the difference to the mean model that is believed for teams, 0..1. */
  readonly pull: number;
}

export interface SimulatedTeams {
  /** In the order of the names. */
  readonly logOdds: readonly number[];
  /** Whether some number gives the single agent its success; else the nearest was taken. */
  readonly isReached: boolean;
}

/**
 * Success of candidates in log-odds.
 * @param models of {@link modelsFor}, at least one
 * @param replications of each, for shares of 0 and 1
 */
export async function simulateTeams(
  models: readonly ModelOnTask[],
  { single, pull }: Aim,
  names: readonly string[],
  replications: number,
): Promise<SimulatedTeams> {
  const { model, isReached } = await reaching(models, single);
  const target = pull === 1 ? single : pulled(single, await model.shippedSuccess(), pull);
  const [low, high] = await model.reachable();
  const { value } = await model.solve(clamp(target, low, high));
  const metrics = await model.metrics(value, names);
  return {
    logOdds: names.map((name) => logOdds(successOf(metrics.get(name) ?? {}), replications)),
    isReached,
  };
}

async function reaching(models: readonly ModelOnTask[], single: number) {
  try {
    return { model: await firstToReach(models, single), isReached: true };
  } catch (error) {
    if (!(error instanceof UnreachableError)) throw error;
    return { model: models[0], isReached: false };
  }
}

const successOf = (metrics: MetricTree) =>
  (readMetric(metrics, "success") as MetricValue).mean as number;
