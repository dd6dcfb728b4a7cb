// Simulations of published models by parameters that have not seen them: those of the folds, each with the ensemble around it.
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { LogOdds } from "../../../advise/belief/discrepancy.ts";
import { Candidates, STUDY, shippedParts } from "../../../advise/candidates/candidates.ts";
import { shapeFrom } from "../../../advise/candidates/draws.ts";
import { type ParameterSet, parameterSets } from "../../../advise/candidates/members.ts";
import { SHAPE_FIELDS } from "../../../advise/candidates/shapes.ts";
import { PULL } from "../../../advise/simulation/pull.ts";
import { seedOf } from "../../../advise/simulation/sets.ts";
import { modelsFor, simulateTeams } from "../../../advise/simulation/teams.ts";
import type { OnProgress } from "../../../experiment/progress.ts";
import { BENCHMARKS, type Benchmark, TEAMS } from "../published.ts";
import { type Case, modelsOf } from "./cases.ts";
import { ensembleAround, scaledEnsemble } from "./folds.ts";

export interface SimulationSettings {
  /** Parameter sets around each fold. */
  readonly sets: number;
  /** Of each set. */
  readonly replications: number;
  readonly seed: string;
  readonly folder: string;
  readonly onProgress?: OnProgress | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What is known of a case's task. */
export type Known = "benchmark" | "shape" | "nothing";

/** Success of teams in log-odds, by fold, case and what is known of the task. */
export class Simulations {
  /** Times that no value of the number gave the single agent its rate, so that the nearest was taken. */
  unreached = 0;
  /** Numbers of the parameter sets. */
  readonly sets: readonly number[];
  private readonly settings: SimulationSettings;
  private readonly results = new Map<string, LogOdds>();

  private constructor(settings: SimulationSettings) {
    this.settings = settings;
    this.sets = parameterSets(settings.sets).map(({ id }) => id);
  }

  /**
   * Simulates every model on every benchmark with each fold, and with the parameters that ship.
   * @throws ScenarioError when a file of a fold is not valid
   */
  static async of(cases: readonly Case[], settings: SimulationSettings): Promise<Simulations> {
    const all = new Simulations(settings);
    const ensemble = await scaledEnsemble();
    const folds = [undefined, ...modelsOf(cases)];
    for (const [f, without] of folds.entries()) {
      const folder = all.folderOf(without);
      const sets = parameterSets(settings.sets, ensembleAround(ensemble, folder));
      for (const [b, benchmark] of BENCHMARKS.entries()) {
        const own = cases.filter((one) => one.benchmark === benchmark);
        await all.simulate(without, folder, sets, benchmark, own);
        settings.onProgress?.((f + (b + 1) / BENCHMARKS.length) / folds.length);
      }
    }
    return all;
  }

  /** Whether there are parameters that were fitted without a model. */
  isRefitted(model: string): boolean {
    return existsSync(join(this.settings.folder, model, "agents.yaml"));
  }

  /**
   * Log-odds of a case's teams.
   * @param without model that the parameters have not seen; undefined for those that ship
   * @param known default: the benchmark. Anything else only of the model that was left out.
   * @throws RangeError when that was not simulated
   */
  at(of: Case, without: string | undefined, known: Known = "benchmark"): LogOdds {
    const found = this.results.get(keyOf(of, without, known));
    if (found === undefined)
      throw new RangeError(`${of.model} on ${of.benchmark} without ${without} was not simulated`);
    return found;
  }

  private folderOf(without: string | undefined): string {
    const isThere = without !== undefined && this.isRefitted(without);
    return isThere ? join(this.settings.folder, without) : STUDY;
  }

  private async simulate(
    without: string | undefined,
    folder: string,
    sets: readonly ParameterSet[],
    benchmark: Benchmark,
    cases: readonly Case[],
  ): Promise<void> {
    const { seed, signal, replications } = this.settings;
    const candidates = new Candidates(shippedParts(benchmark, folder));
    const others = BENCHMARKS.filter((name) => name !== benchmark).map(
      (name) => new Candidates(shippedParts(name, folder)),
    );
    for (const [i, set] of sets.entries()) {
      const options = { replications, signal, seed: seedOf(seed, set.id) };
      const genericOverrides = candidates.valuesOf(set.values);
      const models = await modelsFor(candidates, { genericOverrides }, options);
      const overrides = await shapeFrom(others[i % others.length], set.values, UNKNOWN);
      const guessed = await modelsFor(candidates, { genericOverrides, overrides }, options);
      for (const one of cases) {
        const add = async (known: Known, on: typeof models, pull: number) => {
          const teams = await simulateTeams(on, { single: one.single, pull }, TEAMS, replications);
          const key = keyOf(one, without, known);
          this.results.set(key, [...(this.results.get(key) ?? []), teams.logOdds]);
          if (!teams.isReached) this.unreached++;
        };
        await add("benchmark", models, PULL);
        if (one.model !== without) continue;
        await add("shape", models, 1);
        await add("nothing", guessed, 1);
      }
    }
  }
}

const keyOf = ({ model, benchmark }: Case, without: string | undefined, known: Known) =>
  `${without}/${model}/${benchmark}/${known}`;

/** The shape of a task of which nothing is known. */
const UNKNOWN = { unstated: SHAPE_FIELDS, hasGraph: true };
