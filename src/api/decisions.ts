// Decisions: what decides, what to improve, which scenario is best. Everything heavy is loaded when one is asked for.
import type { Choice } from "../decide/choose/document.ts";
import type { Importance } from "../decide/importance/document.ts";
import type { Half } from "../decide/importance/importance.ts";
import type { ImproveResult } from "../decide/improve/result.ts";
import type { ThresholdSearch } from "../decide/threshold/document.ts";
import { METRICS, type MetricName } from "../metrics/definitions.ts";
import type { Scenario } from "../scenario/schema.ts";
import { askedFor, checkUncertainOptions } from "../scenario/uncertain/asked.ts";
import { unknownName, withMethods } from "./names.ts";
import { type ScenarioInput, scenarioOf, treeOf } from "./scenarios.ts";

/** What every decision has. */
interface DecisionOptions {
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
  /** Ends the decision: it rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Between which bounds a number lies, low < high; with `log`, equal ratios are equally likely. */
export type NumberRange =
  | readonly [low: number, high: number]
  | { readonly low: number; readonly high: number; readonly log?: boolean };

/** The options of `importance`. */
export interface ImportanceOptions extends DecisionOptions {
  /** Metric that is explained; default: success. */
  readonly metric?: MetricName;
  /** Numbers that are not known exactly beside the uncertain ones of the scenario, by dotted path. */
  readonly vary?: Readonly<Record<string, NumberRange>>;
  /** Paths of numbers that count as one, by the name of the group. */
  readonly groups?: Readonly<Record<string, readonly string[]>>;
  /** Tell this half alone. */
  readonly only?: Half;
  /** Replications of all points together, for the half on assumptions; default: 524,288. */
  readonly replications?: number;
  /** Base points in place of `replications`, rounded up to a multiple of 32. */
  readonly size?: number;
}

/**
 * Says which of the numbers that are not known exactly decides a metric, and what weakens the team.
 * @param scenario as {@link defineScenario} or {@link loadScenario} return it, or as an object
 * @returns the document of `faultline importance --json`; `assumptions` is null where nothing is uncertain
 * @throws ScenarioError if the scenario, or one with a number of a range, is not valid
 * @throws RangeError if options contradict each other or are out of range
 *
 * @example
 * import { importance, loadScenario } from "faultline";
 *
 * const team = await loadScenario("team.yaml");
 * const { assumptions } = await importance(team, {
 *   vary: {
 *     "models.base.errorRate": { low: 0.05, high: 0.4, log: true },
 *     "agents.worker.count": [1, 5],
 *   },
 *   only: "assumptions",
 *   size: 64,
 * });
 * const [first] = assumptions?.inputs ?? [];
 * console.log(assumptions?.verdict, first.name, first.shapley?.mean, first.shapley?.ci);
 */
export async function importance(
  scenario: ScenarioInput,
  options: ImportanceOptions = {},
): Promise<Importance> {
  checkUncertainOptions(options);
  const { metric = "success", vary = {}, groups = {}, only, jobs, signal, onProgress } = options;
  const own = metricAlone(metric);
  const made = askedFor(scenarioOf(scenario), options);
  const { importance: decide, metricsFor } = await import("../decide/importance/importance.ts");
  const { openTrials } = await import("../decide/trials.ts");
  const ranges = await Promise.all(
    Object.entries(vary).map(([path, range]) => rangeOf(path, range)),
  );
  const metrics = metricsFor(made, { metric: own, only });
  const trials = await openTrials({ metrics, jobs, scenarios: [made], signal });
  const { replications, size: basePoints, fixed, seed = made.seed } = options;
  try {
    return await decide(trials, {
      scenario: made,
      tree: treeOf(scenario),
      metric: own,
      seed,
      ranges,
      groups: Object.entries(groups).map(([name, paths]) => ({ name, paths })),
      fixed,
      only,
      size: { replications, basePoints },
      onProgress,
    });
  } finally {
    await trials.close();
  }
}

/** The options of `choose`. */
export interface ChooseOptions extends DecisionOptions {
  /** Metric by which the best is chosen; default: success. */
  readonly metric?: MetricName;
  /** Which is best; default: what the metric says. */
  readonly goal?: "highest" | "lowest";
  /** Chance that the answer is right, above 0.5 and below 1; default: 0.95. */
  readonly confidence?: number;
  /** How much worse than the best the chosen one may be, from 0, in the unit of the metric; default: 0. */
  readonly within?: number;
  /** Conditions on what is chosen, such as `success >= 0.9`. */
  readonly constraints?: readonly string[];
  /** Most replications of one scenario; default: 262,144. */
  readonly cap?: number;
}

/**
 * Chooses the best of several scenarios with a guarantee. All are observed on the same tasks with the same luck, and each is dropped as
 * soon as it is known to be worse than another one or to break a constraint.
 * @param scenarios two or more with different names, and with the same tasks per replication
 * @returns the document of `faultline choose --json`; `chosen` is null where the choice is open at the cap, or nobody meets the constraints
 * @throws ScenarioError if a scenario is not valid
 * @throws ConstraintError if a constraint is not METRIC OPERATOR NUMBER
 * @throws RangeError if options are out of range, or the metric has no better side and no goal is given
 *
 * @example
 * import { choose, loadScenario } from "faultline";
 *
 * const team = await loadScenario("team.yaml");
 * const single = await loadScenario("single.yaml");
 * const { chosen, verdict, replications } = await choose([team, single], {
 *   metric: "cost",
 *   constraints: ["success >= 0.5"],
 * });
 * console.log(chosen, verdict, replications.used);
 */
export async function choose(
  scenarios: readonly ScenarioInput[],
  options: ChooseOptions = {},
): Promise<Choice> {
  checkUncertainOptions(options);
  const { metric = "success", constraints = [], jobs, signal, onProgress } = options;
  const own = metricAlone(metric);
  const { readConstraint } = await import("../decide/constraints.ts");
  const { choose: decide, chooseMetrics } = await import("../decide/choose/choose.ts");
  const { openTrials } = await import("../decide/trials.ts");
  const conditions = constraints.map(readConstraint);
  const made = scenarios.map((scenario) => askedFor(scenarioOf(scenario), options));
  const metrics = chooseMetrics(own, conditions);
  for (const name of metrics) metricAlone(name as MetricName);
  const trials = await openTrials({ metrics, jobs, scenarios: made, signal });
  const { goal, confidence, within, cap, seed = made[0].seed } = options;
  try {
    return await decide(trials, {
      scenarios: made,
      metric: own,
      ...{ goal, confidence, within, cap, seed, onProgress },
      constraints: conditions,
    });
  } finally {
    await trials.close();
  }
}

/** What is to become better, within which limits. */
export interface ImproveOptions extends DecisionOptions {
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

/** The options of `threshold`. */
export interface ThresholdOptions extends DecisionOptions {
  /** Dotted path of the number that is varied. */
  readonly find: string;
  /** Between which values; default: what the field allows, or a tenth to ten times its value. */
  readonly range?: NumberRange;
  /** Metric that crosses the level; default: success. */
  readonly metric?: MetricName;
  /** The level; left out where another scenario is given. */
  readonly level?: number;
  /** A scenario whose metric takes the place of the level. */
  readonly against?: ScenarioInput;
}

/**
 * Searches the value of a number at which a metric crosses a level, or at which two scenarios cross each other.
 * @returns the document of `faultline threshold --json`; `at` is null where nothing is crossed in the range
 * @throws ScenarioError if the scenario is not valid, or none is at any value of the range
 * @throws RangeError if options contradict each other or are out of range
 *
 * @example
 * import { loadScenario, threshold } from "faultline";
 *
 * const team = await loadScenario("team.yaml");
 * const { verdict, at } = await threshold(team, { find: "models.base.errorRate", level: 0.5 });
 * console.log(verdict, at?.mean, at?.ci);
 */
export async function threshold(
  scenario: ScenarioInput,
  options: ThresholdOptions,
): Promise<ThresholdSearch> {
  checkUncertainOptions(options);
  const { find: path, range, metric = "success", level, against, jobs, signal } = options;
  if ((level === undefined) === (against === undefined))
    throw new RangeError("A level or a scenario to be against: must be one of them");
  const own = metricAlone(metric);
  const { threshold: search } = await import("../decide/threshold/threshold.ts");
  const { openTrials } = await import("../decide/trials.ts");
  const subjectOf = (one: ScenarioInput) => ({
    scenario: askedFor(scenarioOf(one), options),
    tree: treeOf(one),
  });
  const subject = subjectOf(scenario);
  const { seed = subject.scenario.seed, onProgress } = options;
  const trials = await openTrials({ metrics: [own], jobs, scenarios: [subject.scenario], signal });
  try {
    return await search(trials, {
      subject,
      other: against && subjectOf(against),
      ...{ path, level, seed, onProgress },
      metric: own,
      range: range && (await rangeOf(path, range)),
      change: (one) => askedFor(one, options),
    });
  } finally {
    await trials.close();
  }
}

/** @throws RangeError where it is no range */
async function rangeOf(path: string, range: NumberRange) {
  const { checkedRange } = await import("../decide/importance/ranges.ts");
  const { low, high, log = false } = "low" in range ? range : { low: range[0], high: range[1] };
  return checkedRange({ name: path, path, low, high, log });
}

/** A metric of one scenario alone. @throws RangeError where it is none */
function metricAlone(name: MetricName): MetricName {
  const alone = METRICS.filter(({ needsBaseline }) => !needsBaseline).map((one) => one.name);
  return alone.find((one) => one === name) ?? unknownName("metric of one scenario", name, alone);
}
