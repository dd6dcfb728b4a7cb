// Experiments: many replications of one or several scenarios, alone (`run`) or paired with a baseline (`compare`).
import { setImmediate as nextTick } from "node:timers/promises";
import { rootKey } from "../kernel/draws.ts";
import { Tally } from "../metrics/tally.ts";
import { FIELD } from "../model/outcome.ts";
import type { Plan } from "../model/plan.ts";
import { compile } from "../scenario/compiling/compile.ts";
import type { Scenario } from "../scenario/schema.ts";
import { parseThreshold } from "../scenario/thresholds.ts";
import {
  CHUNK_CLUSTERS,
  ChunkRunner,
  canBePaired,
  clusterCount,
  type Design,
  type OnReplication,
} from "./chunk.ts";
import {
  differences,
  ENGINE,
  type ExperimentResult,
  metricTree,
  readMetric,
  type ScenarioResult,
  type ThresholdResult,
  warningsOf,
} from "./result.ts";
import { judge } from "./thresholds.ts";

export interface ExperimentOptions {
  /** Replications of every scenario; default: the first scenario's own number. */
  readonly replications?: number;
  /** Default: the first scenario's own seed. */
  readonly seed?: string;
  /** Called now and then with the share that is done, 0..1. */
  readonly onProgress?: (share: number) => void;
  readonly onReplication?: OnReplication;
  /** Ends the experiment early; what is complete by then is the result. */
  readonly signal?: AbortSignal;
}

/** The scenarios of a comparison do not fit together. */
export class PairingError extends Error {}

/** Runs each scenario by itself. */
export function run(
  scenarios: readonly Scenario[],
  options: ExperimentOptions = {},
): Promise<ExperimentResult> {
  return experiment(scenarios, -1, options);
}

/**
 * Runs scenarios on the same instances with common random numbers and pairs each with the baseline.
 * @param baseline name of one of the scenarios; default: the first
 * @throws PairingError when no scenario has that name, two have the same name, or they differ in repeats or workload
 */
export function compare(
  scenarios: readonly Scenario[],
  baseline: string = scenarios[0].name,
  options: ExperimentOptions = {},
): Promise<ExperimentResult> {
  const index = scenarios.findIndex((scenario) => scenario.name === baseline);
  if (index < 0)
    throw new PairingError(
      `no scenario is called ${baseline}: the baseline is one of ${scenarios.map((s) => s.name).join(", ")}`,
    );
  return experiment(scenarios, index, options);
}

async function experiment(
  scenarios: readonly Scenario[],
  baseline: number,
  options: ExperimentOptions,
): Promise<ExperimentResult> {
  const seed = options.seed ?? scenarios[0].seed;
  const replications = options.replications ?? scenarios[0].replications;
  const plans = scenarios.map(compile);
  checkNames(scenarios);
  const designs = baseline < 0 ? plans.map((plan) => [plan]) : [plans];
  if (baseline >= 0) checkPairs(plans, baseline);
  const tallies: Tally[] = [];
  for (const [i, group] of designs.entries()) {
    const design: Design = { plans: group, root: rootKey(seed), replications, baseline };
    const within = (share: number) => options.onProgress?.((i + share) / designs.length);
    const onReplication: OnReplication | undefined =
      options.onReplication &&
      ((plan, replication, row) => options.onReplication?.(i + plan, replication, row));
    tallies.push(...(await runDesign(design, { ...options, onReplication, onProgress: within })));
  }
  return {
    schema: baseline < 0 ? "faultline/run@1" : "faultline/compare@1",
    seed,
    replications,
    engine: ENGINE,
    ...(baseline < 0 ? {} : { baseline: scenarios[baseline].name }),
    interrupted: options.signal?.aborted ?? false,
    scenarios: scenarios.map((scenario, i) => scenarioResult(scenario, tallies[i], baseline >= 0)),
  };
}

function checkNames(scenarios: readonly Scenario[]): void {
  const names = scenarios.map((scenario) => scenario.name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined)
    throw new PairingError(`two scenarios are called ${twice}: names must differ (set \`name\`)`);
}

function checkPairs(plans: readonly Plan[], baseline: number): void {
  const stranger = plans.find((plan) => !canBePaired(plan, plans[baseline]));
  if (stranger !== undefined)
    throw new PairingError(
      `${stranger.name} and ${plans[baseline].name} cannot be paired: they must agree in repeats and in the tasks of a replication`,
    );
}

/** How long the experiment may keep the process from hearing signals, in milliseconds. */
const BREATH = 50;

/** Runs all chunks of a design and merges them: a tally for every plan, of what is complete where the signal is aborted. */
export async function runDesign(design: Design, options: ExperimentOptions): Promise<Tally[]> {
  const runner = new ChunkRunner(design, options.onReplication);
  const total = design.plans.map(() => new Tally(design.baseline >= 0));
  const chunks = Math.ceil(clusterCount(design) / CHUNK_CLUSTERS);
  let lastBreath = performance.now();
  for (let chunk = 0; chunk < chunks && !options.signal?.aborted; chunk++) {
    const work = runner.run(chunk);
    let step = work.next();
    for (; !step.done; step = work.next()) {
      // The clock decides only when to look up, never what is computed.
      if (performance.now() - lastBreath < BREATH) continue;
      options.onProgress?.((chunk + step.value) / chunks);
      await nextTick();
      if (options.signal?.aborted) return total;
      lastBreath = performance.now();
    }
    step.value.forEach((tally, plan) => {
      total[plan].merge(tally);
    });
  }
  return total;
}

function scenarioResult(scenario: Scenario, tally: Tally, isPaired: boolean): ScenarioResult {
  const metrics = metricTree(tally);
  const { moments } = tally;
  return {
    name: scenario.name,
    replications: moments.count && Math.round(moments.count * moments.mean(FIELD.replications)),
    instances: moments.count,
    metrics,
    ...(isPaired ? { differences: differences(tally) } : {}),
    thresholds: scenario.thresholds.map((text) => thresholdResult(text, metrics)),
    warnings: warningsOf(tally),
    events: tally.events,
  };
}

function thresholdResult(text: string, metrics: ScenarioResult["metrics"]): ThresholdResult {
  const threshold = parseThreshold(text);
  const verdict = threshold
    ? judge(threshold, readMetric(metrics, threshold.metric))
    : "not-evaluated";
  return { threshold: text, verdict };
}
