// Experiments: many replications of scenarios, each by itself or paired with a baseline.
import * as experiment from "../experiment/experiment.ts";
import { type PrecisionTarget, parseHalfWidth } from "../experiment/halfWidth.ts";
import { PrecisionError } from "../experiment/precision.ts";
import type { ExperimentResult, MetricValue } from "../experiment/result.ts";
import type { MetricName } from "../metrics/definitions.ts";
import { OUTCOME_FIELDS, type OutcomeField } from "../model/outcome.ts";
import { repeatsOf } from "../scenario/compiling/compile.ts";
import type { Scenario } from "../scenario/schema.ts";
import { askedFor, checkUncertainOptions } from "../scenario/uncertain/asked.ts";
import { estimateOf, unknownName, withMethods } from "./names.ts";
import { type ScenarioInput, scenariosOf } from "./scenarios.ts";

/** Half-widths of 95 % intervals by metric: `"1%"` of the estimate, or a number in the metric's unit. */
export type Precision = { readonly [Name in MetricName]?: number | string };

/** What came out of one replication: the row that `--record` writes. */
export type ReplicationRow = Readonly<Record<OutcomeField, number>> & {
  readonly scenario: string;
  /** From 0. */
  readonly replication: number;
  /** Number of the task instance that it shares with its repeats, from 0. */
  readonly instance: number;
};

/** The options of `run`, which `compare` has too. */
export interface RunOptions {
  /** Whether the values of uncertain numbers count alone, as if they were known exactly; excludes `draws`. */
  readonly fixed?: boolean;
  /** Draws of uncertain numbers, 8 to 4096; default: as the scenarios say, or 64. */
  readonly draws?: number;
  /** Replications of every scenario; default: the first scenario's own number. */
  readonly replications?: number;
  /** In place of `replications`: run until these estimates are that precise in every scenario. */
  readonly precision?: Precision;
  /** Most replications of every scenario where precision is asked for; default: 1,000,000. */
  readonly cap?: number;
  /** Default: the first scenario's own seed. */
  readonly seed?: string;
  /**
   * Threads, from 1, the calling one included; default `"auto"`: all cores, once the work is worth a thread. The result is
   * the same for any number.
   */
  readonly jobs?: number | "auto";
  /** Called now and then with the share that is done, 0..1. */
  readonly onProgress?: (share: number) => void;
  /** Called with every replication, scenario by scenario within each chunk; the order is the same in every run. */
  readonly onReplication?: (row: ReplicationRow) => void;
  /** Ends the experiment early: the result has what was complete by then, and `interrupted` is true. */
  readonly signal?: AbortSignal;
}

/** The options of `compare`. */
export interface CompareOptions extends RunOptions {
  /** Name of the scenario that the others are paired with; default: the first. */
  readonly baseline?: string;
}

/** The document that `--json` prints, and how to read it. */
export type Result = ExperimentResult & {
  /**
   * The estimate of a metric with its 95 % interval, in the metric's unit; null where the data give none.
   * @throws RangeError with what was probably meant, where there is no such scenario or metric
   */
  metric(scenario: string, name: MetricName): MetricValue;
};

/**
 * Runs scenarios, each on its own.
 * @param scenarios one or several, as {@link defineScenario} or {@link loadScenario} return them or as objects
 * @returns the document of `faultline run --json`, with `metric` to read it
 * @throws ScenarioError if a scenario is not valid
 * @throws PairingError if two have the same name
 * @throws PrecisionError if the precision that is asked for cannot be had
 * @throws RangeError if options contradict each other or are out of range
 *
 * @example
 * import { run } from "faultline";
 *
 * const result = await run(
 *   {
 *     name: "pair",
 *     task: { graph: { shape: "chain", size: 4 } },
 *     models: { base: { errorRate: 0.1 } },
 *     agents: { worker: { count: 2 } },
 *     protocol: [{ work: { who: "worker" } }, { aggregate: { how: "first" } }],
 *   },
 *   { precision: { success: "5%", turns: 0.1 } },
 * );
 * const { mean, ci } = result.metric("pair", "success");
 * console.log(mean, ci, result.replications);
 *
 * @example
 * import { defineScenario, run } from "faultline";
 *
 * const worker = defineScenario({
 *   name: "worker",
 *   task: { graph: { shape: "chain", size: 4 } },
 *   models: { base: { errorRate: { beta: [12, 188] } } },
 *   agents: { worker: {} },
 *   protocol: [{ work: { who: "worker" } }, { aggregate: { how: "first" } }],
 * });
 * const result = await run(worker, { draws: 16 });
 * const { ci, parameters, simulation } = result.metric("worker", "success");
 * console.log(ci, parameters?.share, simulation?.share);
 * const fixed = await run(worker, { fixed: true });
 * console.log(fixed.metric("worker", "success").ci);
 */
export async function run(
  scenarios: ScenarioInput | readonly ScenarioInput[],
  options: RunOptions = {},
): Promise<Result> {
  const made = scenariosAskedFor(scenarios, options);
  return readable(await experiment.run(made, settingsOf(made, options)));
}

/**
 * Runs scenarios on the same task instances with the same random numbers, and pairs each with a baseline. Differences and
 * ratios are then far more precise than those of separate runs.
 * @param scenarios two or more; their names differ
 * @returns the document of `faultline compare --json`, with `metric` to read it
 * @throws ScenarioError if a scenario is not valid
 * @throws PairingError if no scenario is the baseline, or they cannot be paired
 * @throws PrecisionError if the precision that is asked for cannot be had
 * @throws RangeError if options contradict each other or are out of range
 *
 * @example
 * import { compare, defineScenario } from "faultline";
 *
 * const single = defineScenario({
 *   name: "single",
 *   task: { graph: { shape: "chain", size: 4 } },
 *   models: { base: { errorRate: 0.1 } },
 *   agents: { worker: {} },
 *   protocol: [{ work: { who: "worker" } }, { aggregate: { how: "majority" } }],
 * });
 * const team = { ...single, name: "team", agents: { worker: { count: 3 } } };
 * const result = await compare([single, team], { baseline: "single", replications: 800 });
 * console.log(result.metric("team", "amplification.task").ci);
 */
export async function compare(
  scenarios: readonly ScenarioInput[],
  options: CompareOptions = {},
): Promise<Result> {
  const made = scenariosAskedFor(scenarios, options);
  const { baseline = made[0]?.name } = options;
  return readable(await experiment.compare(made, baseline, settingsOf(made, options)));
}

/** Scenarios with their uncertain numbers as options ask for them. @throws RangeError where these make no sense */
function scenariosAskedFor(
  scenarios: ScenarioInput | readonly ScenarioInput[],
  options: RunOptions,
): Scenario[] {
  checkUncertainOptions(options);
  return scenariosOf(scenarios).map((one) => askedFor(one, options));
}

function settingsOf(
  scenarios: readonly Scenario[],
  { precision, onReplication, fixed: _, draws: __, ...options }: RunOptions,
): experiment.ExperimentOptions {
  if (scenarios.length === 0)
    throw new RangeError("there is no scenario: an experiment has one or more");
  return {
    jobs: "auto",
    ...options,
    ...(precision && { precision: targetsOf(precision) }),
    ...(onReplication && { onReplication: namingRows(scenarios, onReplication) }),
  };
}

/** @throws PrecisionError if a half-width is none */
function targetsOf(precision: Precision): PrecisionTarget[] {
  return Object.entries(precision).map(([name, written]) => {
    const halfWidth = parseHalfWidth(String(written));
    if (halfWidth !== undefined) return { metric: name, halfWidth };
    throw new PrecisionError(
      `precision of ${name}: ${JSON.stringify(written) ?? String(written)} is no half-width: write "1%" of the estimate, or a number above 0 in the metric's unit`,
    );
  });
}

function namingRows(
  scenarios: readonly Scenario[],
  tell: (row: ReplicationRow) => void,
): experiment.ExperimentOptions["onReplication"] {
  const repeats = scenarios.map(repeatsOf);
  return (plan, replication, outcome) => {
    const instance = Math.floor(replication / repeats[plan]);
    const fields = OUTCOME_FIELDS.map((field, i) => [field, outcome[i]]);
    const row = { scenario: scenarios[plan].name, replication, instance };
    tell({ ...row, ...Object.fromEntries(fields) } as ReplicationRow);
  };
}

function readable(document: ExperimentResult): Result {
  const metric = (scenario: string, name: MetricName) => {
    const found = document.scenarios.find((one) => one.name === scenario);
    const names = document.scenarios.map((one) => one.name);
    return estimateOf((found ?? unknownName("scenario", scenario, names)).metrics, name);
  };
  return withMethods(document, { metric });
}
