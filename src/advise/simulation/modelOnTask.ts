// A model on a task: the candidates with one number that is the model's own, and what simulations say about them. All
// simulations use the same instances and the same random numbers.

import type { Overrides } from "../../documents/reading/overrides.ts";
import { compare } from "../../experiment/experiment.ts";
import { type MetricTree, type MetricValue, readMetric } from "../../experiment/result.ts";
import type { Scenario } from "../../scenario/schema.ts";
import { askedFor } from "../../scenario/uncertain/asked.ts";
import { drawnScenarios, isUncertain } from "../../scenario/uncertain/draws.ts";
import { ARCHITECTURES, TEAMS } from "../candidates/architectures.ts";
import type { Candidates } from "../candidates/candidates.ts";
import { type FreeNumber, valueAt } from "./numbers.ts";
import { isWithin, type Point, type Range, SuccessCurve, UnreachableError } from "./solve.ts";

export interface SimulationOptions {
  readonly replications: number;
  readonly seed: string;
  /**
   * Of uncertain numbers of the candidates: the draw that is taken. Without one, the number of the model is solved for with
   * their values alone, and metrics are those of all draws.
   */
  readonly draw?:
    | { readonly index: number; readonly of: number; readonly seed: string }
    | undefined;
  /** Whether the values of uncertain numbers count alone. */
  readonly fixed?: boolean | undefined;
  /** Ends the work early: what is under way rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Called whenever scenarios have been simulated, each with so many replications. */
  readonly onSimulated?: ((scenarios: number, replications: number) => void) | undefined;
}

/** Values by dotted path. Later ones win. */
export interface Settings {
  /** For the generic architectures alone, such as a parameter set. */
  readonly genericOverrides?: Overrides;
  /** For all candidates. */
  readonly overrides?: Overrides;
  /** For the generic teams alone. */
  readonly teamOverrides?: Overrides;
}

/** Every replication has its own instance: then it tells most about a success rate. Set repeats to get pass^k as well. */
const ALL_NEW: Overrides = { repeats: 1 };

export class ModelOnTask {
  readonly number: FreeNumber;
  /** Value of the number for the mean model: that of the files. */
  readonly shippedValue: number;
  private readonly candidates: Candidates;
  private readonly settings: Settings;
  private readonly options: SimulationOptions;
  private readonly curve: SuccessCurve;

  private constructor(
    candidates: Candidates,
    number: FreeNumber,
    single: Scenario,
    bounds: readonly [low: number, high: number],
    settings: Settings,
    options: SimulationOptions,
  ) {
    this.candidates = candidates;
    this.number = number;
    this.settings = settings;
    this.options = options;
    this.shippedValue = valueAt(single, number);
    const low = Math.min(bounds[0], this.shippedValue);
    const high = Math.max(bounds[1], this.shippedValue);
    const parameter = { name: number.path, low, high, scale: number.scale };
    this.curve = new SuccessCurve(parameter, (value) => this.singleSuccess(value));
  }

  /**
   * @returns undefined where the task has no such number
   * @throws ScenarioError when a candidate is not valid
   */
  static async of(
    candidates: Candidates,
    number: FreeNumber,
    settings: Settings,
    options: SimulationOptions,
  ): Promise<ModelOnTask | undefined> {
    const single = await candidates.scenario("single", ...overridesFor("single", settings));
    const bounds = number.bounds(single);
    return bounds && new ModelOnTask(candidates, number, single, bounds, settings, options);
  }

  /** Success rate of the single agent of the mean model. */
  async shippedSuccess(): Promise<number> {
    return (await this.curve.at(this.shippedValue)).success;
  }

  /**
   * The value of the number at which the single agent has a success rate.
   * @throws UnreachableError when there is none
   */
  solve(success: number): Promise<Point> {
    return this.curve.solve(success);
  }

  /** Success rates that some value of the number gives the single agent. */
  reachable(): Promise<Range> {
    return this.curve.range();
  }

  /**
   * Metrics of some candidates at a value of the number, the first of them the baseline of all.
   * @param names default: all candidates
   */
  async metrics<Name extends string>(
    value: number,
    names: readonly Name[] = this.candidates.names as readonly Name[],
  ): Promise<Map<Name, MetricTree>> {
    return this.compared(names, await this.scenarios(value, names));
  }

  private async singleSuccess(value: number): Promise<number> {
    const made = await this.scenarios(value, ["single"]);
    const known = made.map((one) => askedFor(one, { fixed: true }));
    const metrics = (await this.compared(["single"], known)).get("single") as MetricTree;
    return (readMetric(metrics, "success") as MetricValue).mean as number;
  }

  private async compared<Name extends string>(
    names: readonly Name[],
    scenarios: readonly Scenario[],
  ): Promise<Map<Name, MetricTree>> {
    const { replications, seed, signal, onSimulated } = this.options;
    const abort = signal && { signal };
    const result = await compare(scenarios, scenarios[0].name, { replications, seed, ...abort });
    signal?.throwIfAborted();
    onSimulated?.(names.length, replications);
    return new Map(result.scenarios.map(({ metrics }, i) => [names[i], metrics]));
  }

  /** Candidates at a value of the number, with the draw of their uncertain numbers. */
  private async scenarios(value: number, names: readonly string[]): Promise<readonly Scenario[]> {
    const { draw, fixed } = this.options;
    const own = { [this.number.path]: value };
    const made: Scenario[] = [];
    for (const name of names) {
      const overrides = overridesFor(name, this.settings);
      made.push(askedFor(await this.candidates.scenario(name, ...overrides, own), { fixed }));
    }
    if (draw === undefined || !made.some(isUncertain)) return made;
    return (await drawnScenarios(made, draw.seed, draw.of))[draw.index];
  }
}

function overridesFor(name: string, settings: Settings): Overrides[] {
  const { genericOverrides = {}, overrides = {}, teamOverrides = {} } = settings;
  const isIn = (names: readonly string[]) => names.includes(name);
  return [
    ...(isIn(ARCHITECTURES) ? [genericOverrides] : []),
    ALL_NEW,
    overrides,
    ...(isIn(TEAMS) ? [teamOverrides] : []),
  ];
}

/**
 * The first model whose number can give the single agent a success rate.
 * @throws UnreachableError when there is none
 */
export async function firstToReach(
  models: AsyncIterable<ModelOnTask> | Iterable<ModelOnTask>,
  success: number,
): Promise<ModelOnTask> {
  const tried: { path: string; range: Range }[] = [];
  for await (const model of models) {
    const range = await model.reachable();
    if (isWithin(range, success)) return model;
    tried.push({ path: model.number.path, range });
  }
  throw new UnreachableError(
    tried.map(({ path }) => path),
    success,
    [
      Math.min(...tried.map(({ range: [low] }) => low)),
      Math.max(...tried.map(({ range: [, high] }) => high)),
    ],
  );
}
