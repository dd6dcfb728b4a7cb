// Decisions: what decides, what to improve, which scenario is best. Everything heavy is loaded when one is asked for.
import type { Importance } from "../decide/importance/document.ts";
import type { Half } from "../decide/importance/importance.ts";
import { METRICS, type MetricName } from "../metrics/definitions.ts";
import { askedFor, checkUncertainOptions } from "../scenario/uncertain/asked.ts";
import { unknownName } from "./names.ts";
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
  const { checkedRange } = await import("../decide/importance/ranges.ts");
  const { openTrials } = await import("../decide/trials.ts");
  const ranges = Object.entries(vary).map(([path, range]) => {
    const { low, high, log = false } = "low" in range ? range : { low: range[0], high: range[1] };
    return checkedRange({ name: path, path, low, high, log });
  });
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

/** A metric of one scenario alone. @throws RangeError where it is none */
function metricAlone(name: MetricName): MetricName {
  const alone = METRICS.filter(({ needsBaseline }) => !needsBaseline).map((one) => one.name);
  return alone.find((one) => one === name) ?? unknownName("metric of one scenario", name, alone);
}
