// What decides in a scenario: which of its uncertain numbers, and which of its parts.
import type { MapNode } from "../../documents/reading/tree.ts";
import { ENGINE } from "../../experiment/result.ts";
import type { Scenario } from "../../scenario/schema.ts";
import type { Trials } from "../trials.ts";
import { assumptions } from "./assumptions.ts";
import type { Size } from "./design.ts";
import type { Assumptions, Importance } from "./document.ts";
import { type Group, inputsOf } from "./inputs.ts";
import { type Range, withRanges } from "./ranges.ts";
import { weaknesses, weaknessMetrics } from "./weakness/weaknesses.ts";

/** Metric that is explained where nothing is said. */
export const METRIC = "success";

/** The halves of the answer. */
export type Half = "assumptions" | "weaknesses";

/** Nothing is uncertain, and no range is given. */
export class NothingUncertainError extends RangeError {
  constructor(scenario: string) {
    super(`${scenario}: no number is uncertain, and no range is given, so no assumption decides`);
  }
}

export interface ImportanceOptions {
  /** With its uncertain numbers as they are asked for. */
  readonly scenario: Scenario;
  /** As the scenario was written, without the ranges. */
  readonly tree: MapNode;
  /** What is explained. */
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

/** Metrics with whose values trials answer. */
export const metricsFor = (
  scenario: Scenario,
  { metric, only }: Pick<ImportanceOptions, "metric" | "only">,
): readonly string[] => (only === "assumptions" ? [metric] : weaknessMetrics(scenario, metric));

/** Share of the work that the half on assumptions is taken to be, where there are both. */
const ASSUMPTIONS = 0.7;

/**
 * @param trials open with the metrics of {@link metricsFor}
 * @throws NothingUncertainError where assumptions alone are asked for, and there are none
 * @throws ScenarioError where a range, or values within, make no valid scenario
 * @throws GroupError where a group does not fit
 * @throws BudgetError when the replications do not suffice
 */
export async function importance(trials: Trials, options: ImportanceOptions): Promise<Importance> {
  const { scenario, metric, seed, only, onProgress } = options;
  const first = only === "weaknesses" ? null : await assumptionsOf(trials, options);
  const done = first === null ? 0 : ASSUMPTIONS;
  const second =
    only === "assumptions"
      ? null
      : await weaknesses({
          trials,
          scenario,
          seed,
          metric,
          onProgress: (share) => onProgress?.(done + (1 - done) * share),
        });
  return {
    schema: "faultline/importance@1",
    engine: ENGINE,
    scenario: scenario.name,
    metric,
    seed,
    assumptions: first,
    weaknesses: second,
  };
}

/** Null where nothing is uncertain. */
async function assumptionsOf(
  trials: Trials,
  options: ImportanceOptions,
): Promise<Assumptions | null> {
  const { scenario, tree, metric, seed, ranges = [], groups = [], fixed = false } = options;
  const { size = {}, only, onProgress } = options;
  const assumed = ranges.length === 0 ? scenario : await withRanges(tree, ranges);
  const inputs = inputsOf(assumed, { ranges, groups, fixed });
  if (inputs.length === 0) {
    if (only === "assumptions") throw new NothingUncertainError(scenario.name);
    return null;
  }
  const part = only === "assumptions" ? 1 : ASSUMPTIONS;
  return assumptions(trials, {
    scenario: assumed,
    inputs,
    metric,
    seed,
    size,
    onProgress: (share) => onProgress?.(part * share),
  });
}
