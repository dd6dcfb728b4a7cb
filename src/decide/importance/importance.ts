// What decides in a scenario: which of its uncertain numbers, and which of its parts.
import type { MapNode } from "../../documents/reading/tree.ts";
import { ENGINE } from "../../experiment/result.ts";
import type { Scenario } from "../../scenario/schema.ts";
import { isUncertain } from "../../scenario/uncertain/draws.ts";
import type { Trials } from "../trials.ts";
import { assumptions } from "./assumptions.ts";
import type { Size } from "./design.ts";
import type { Assumptions, Importance } from "./document.ts";
import { type Group, inputsOf } from "./inputs.ts";
import { type Range, withRanges } from "./ranges.ts";
import { weaknesses, weaknessMetrics } from "./weakness/weaknesses.ts";

/** Metric that is explained where nothing is said. */
export const METRIC = "success";

/** Replications of the half on assumptions, where nothing is said. */
export const REPLICATIONS = 524_288;

/** The halves of the answer. */
export type Half = "assumptions" | "weaknesses";

/** Nothing is uncertain, and no range is given. */
export class NothingUncertainError extends RangeError {
  constructor(scenario: string) {
    super(`${scenario}: no number is uncertain, and no range is given, so no assumption decides`);
  }
}

export interface ImportanceOptions {
  readonly scenario: Scenario;
  /** As the scenario was written, without the ranges. */
  readonly tree: MapNode;
  /** One of those of the trials. */
  readonly metric: string;
  readonly seed: string;
  /** Numbers that count as uncertain beside those of the scenario. */
  readonly ranges?: readonly Range[];
  readonly groups?: readonly Group[];
  /** Whether uncertain numbers of the scenario count by their values alone. */
  readonly fixed?: boolean | undefined;
  readonly size?: Size | undefined;
  /** The half that is told alone. */
  readonly only?: Half | undefined;
  readonly onProgress?: ((share: number) => void) | undefined;
}

/** The metrics that the trials of an answer have to know. */
export const importanceMetrics = (scenario: Scenario, metric: string, only?: Half) =>
  only === "assumptions" ? [metric] : weaknessMetrics(scenario, metric);

/**
 * @param trials open with all of {@link importanceMetrics}
 * @throws NothingUncertainError where there is nothing to tell
 * @throws ScenarioError where a range, or values within, make no valid scenario
 * @throws GroupError where a group does not fit
 * @throws BudgetError when the replications do not suffice
 */
export async function importance(trials: Trials, options: ImportanceOptions): Promise<Importance> {
  const { scenario, tree, metric, seed, only, ranges = [], fixed = false } = options;
  const assumed = ranges.length === 0 ? scenario : await withRanges(tree, ranges);
  const [first, second] = partsOf(options);
  return {
    schema: "faultline/importance@1",
    engine: ENGINE,
    scenario: scenario.name,
    metric,
    seed,
    assumptions:
      only === "weaknesses"
        ? null
        : await assumptionsOf(trials, assumed, { ...options, onProgress: first }),
    weaknesses:
      only === "assumptions"
        ? null
        : await weaknesses({
            trials,
            scenario: fixed ? certain(assumed) : assumed,
            seed,
            metric,
            onProgress: second,
          }),
  };
}

/** Uncertain numbers count by their values alone. */
const certain = ({ uncertain: _, ...scenario }: Scenario): Scenario => scenario;

/** What tells the progress of either half: as much time for each, where there are two. */
function partsOf({ scenario, ranges = [], only, onProgress }: ImportanceOptions) {
  const hasOne = only !== undefined || (ranges.length === 0 && !isUncertain(scenario));
  return [0, 1].map((half) => (share: number) => onProgress?.(hasOne ? share : (half + share) / 2));
}

/** Null where nothing is uncertain. */
async function assumptionsOf(
  trials: Trials,
  assumed: Scenario,
  options: ImportanceOptions,
): Promise<Assumptions | null> {
  const { scenario, metric, seed, ranges = [], groups = [], fixed = false } = options;
  const { size = { replications: REPLICATIONS }, only, onProgress } = options;
  const inputs = inputsOf(assumed, { ranges, groups, fixed });
  if (inputs.length > 0)
    return assumptions(trials, { scenario: assumed, inputs, metric, seed, size, onProgress });
  if (only === "assumptions") throw new NothingUncertainError(scenario.name);
  return null;
}
