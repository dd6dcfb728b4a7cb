// Decisions: what to change of a scenario, asked of the simulator by many paired trials.
import type { ImproveResult } from "../decide/improve/result.ts";
import { METRICS, type MetricName } from "../metrics/definitions.ts";
import type { Scenario } from "../scenario/schema.ts";
import { askedFor, checkUncertainOptions } from "../scenario/uncertain/asked.ts";
import { unknownName, withMethods } from "./names.ts";
import { type ScenarioInput, scenarioOf, treeOf } from "./scenarios.ts";

/** What is to become better, within which limits. */
export interface ImproveOptions {
  /** A metric that has a better direction; default: `"success"`. */
  readonly goal?: MetricName;
  /** Most that a task may cost more than today: US dollars, or a share of today's cost as `"20%"`; default: no limit. */
  readonly budget?: number | `${number}%`;
  /** Conditions that what is recommended has to meet, such as `"latency.p95 <= 600"`. */
  readonly constraints?: readonly string[];
  /** Most changes that are made together, 1 to 12; default: 4. */
  readonly atMost?: number;
  /** Chance with which a first step that is called decided is the best, above 0 and below 1; default: 0.95. */
  readonly confidence?: number;
  /** Whether the values of uncertain numbers count alone, as if they were known exactly; excludes `draws`. */
  readonly fixed?: boolean;
  /** Draws of uncertain numbers, 8 to 4096; default: as the scenario says, or 64. */
  readonly draws?: number;
  /** Default: the scenario's own. */
  readonly seed?: string;
  /** Threads, from 1; default: all cores. The result is the same for any number. */
  readonly jobs?: number;
  /** Called now and then with the share that is done, 0..1. */
  readonly onProgress?: (share: number) => void;
  /** Ends the search: the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** The document that `faultline improve --json` prints, and the scenarios of the path. */
export type Improvement = ImproveResult & {
  /** The scenario of every step of `path`, to run or to improve further. */
  readonly scenarios: readonly Scenario[];
};

/**
 * Searches for the changes of a scenario that make a metric better: what to buy first, and what next. The changes are those that
 * the scenario states under `improvements`, or else those that follow from the scenario itself.
 * @returns the document of `faultline improve --json`, with the scenarios of its path
 * @throws ScenarioError if the scenario is not valid
 * @throws ImproveError if there is nothing to recommend: no change applies, the goal is constant, or nothing keeps to the budget
 * or the constraints
 * @throws RangeError if options are out of range
 *
 * @example
 * import { defineScenario, improve } from "faultline";
 *
 * const desk = defineScenario({
 *   name: "desk",
 *   task: { graph: { shape: "chain", size: 4 } },
 *   models: { small: { errorRate: 0.1 }, large: { errorRate: 0.03, price: { input: 3, output: 15 } } },
 *   agents: { clerk: { model: "small" } },
 *   protocol: [{ work: { who: "clerk" } }, { aggregate: { how: "first" } }],
 * });
 * const { first, path, scenarios } = await improve(desk, { budget: 0.05, atMost: 2 });
 * console.log(first?.option, first?.effect.goal.mean, first?.decided, path.length, scenarios.length);
 */
export async function improve(
  scenario: ScenarioInput,
  options: ImproveOptions = {},
): Promise<Improvement> {
  checkUncertainOptions(options);
  const made = scenarioOf(scenario);
  const {
    goal = "success",
    atMost,
    confidence,
    seed = made.seed,
    jobs,
    onProgress,
    signal,
  } = options;
  checkRanges(options);
  const { improve: search, metricsFor } = await import("../decide/improve/improve.ts");
  const { readConstraint } = await import("../decide/constraints.ts");
  const { openTrials } = await import("../decide/trials.ts");
  const constraints = (options.constraints ?? []).map(readConstraint);
  const metrics = metricsFor(goal, constraints);
  const trials = await openTrials({ metrics, jobs, scenarios: [made], signal });
  const change = (one: Scenario) => askedFor(one, options);
  try {
    const base = { tree: treeOf(made), scenario: change(made) };
    const budget = budgetOf(options.budget);
    const settings = { goal, budget, constraints, atMost, confidence, seed, change, onProgress };
    const { result, steps } = await search(base, trials, settings);
    return withMethods(result, { scenarios: steps.map((step) => step.scenario) });
  } finally {
    await trials.close();
  }
}

/** @throws RangeError */
function checkRanges({ goal = "success", atMost = 1, confidence = 0.95 }: ImproveOptions): void {
  const definition = METRICS.find(({ name }) => name === goal);
  if (definition?.better === undefined || definition.needsBaseline)
    unknownName(
      "goal",
      goal,
      METRICS.filter((one) => one.better && !one.needsBaseline).map(({ name }) => name),
    );
  if (!(Number.isInteger(atMost) && atMost >= 1 && atMost <= 12))
    throw new RangeError(`${atMost} changes at most: must be an integer from 1 to 12`);
  if (!(confidence > 0 && confidence < 1))
    throw new RangeError(`a confidence of ${confidence}: must be above 0 and below 1`);
}

/** @throws RangeError */
function budgetOf(budget: ImproveOptions["budget"]) {
  if (budget === undefined) return undefined;
  const isShare = typeof budget === "string";
  const amount =
    isShare && budget.endsWith("%") ? Number(budget.slice(0, -1)) / 100 : Number(budget);
  if (!(amount >= 0 && Number.isFinite(amount)) || (isShare && !budget.endsWith("%")))
    throw new RangeError(
      `a budget of ${budget}: must be a number from 0 on, or a share such as "20%"`,
    );
  return isShare ? { share: amount } : { dollars: amount };
}
