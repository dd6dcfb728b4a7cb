// The document of `threshold`: at which value of a number a metric crosses a level, or two scenarios cross each other.
import type { ENGINE } from "../../experiment/result.ts";
import type { Crossing } from "../../numerics/rootFinding/crossing.ts";
import type { Estimate } from "../estimate.ts";

/** The document that `faultline threshold --json` prints, and result.json. */
export interface ThresholdSearch {
  readonly schema: "faultline/threshold@1";
  readonly engine: typeof ENGINE;
  readonly seed: string;
  /** Names of the scenario, and of the one that it is held against, if there is one. */
  readonly scenario: string;
  readonly other: string | null;
  readonly metric: string;
  /** What the metric is to cross; null where it is the metric of the other scenario. */
  readonly level: number | null;
  /** The number that is varied, by its dotted path, and the range in which the crossing is searched. */
  readonly path: string;
  readonly range: { readonly low: number; readonly high: number; readonly log: boolean };
  readonly isWhole: boolean;
  /** Its value in the scenario; null where that has none, or it is uncertain. */
  readonly today: number | null;
  /**
   * - crossed: at `at`;
   * - above, below: the metric stays above the level, or below it, in the whole range;
   * - untold: the same, but nearer to the level than the noise allows to tell;
   * - constant: the number does not change the metric.
   */
  readonly verdict: Crossing["kind"];
  /** Where it crosses, with a 95 % interval, whose bounds are null where an end of the range comes first. Of a whole number the last before. */
  readonly at: Estimate | null;
  /** Whether the metric falls below the level there as the number rises; null without a crossing. */
  readonly falls: boolean | null;
  /** Crossings that a scan of the range saw: the one nearest to today's value is told. */
  readonly crossings: number;
  /** What was simulated, by rising value of the number. */
  readonly points: readonly ThresholdPoint[];
  /** Values of the number at which there is no valid scenario. */
  readonly missing: readonly number[];
  /** Task instances of a block; values are means over blocks. */
  readonly blockInstances: number;
  readonly replications: number;
}

export interface ThresholdPoint {
  readonly x: number;
  readonly value: Estimate;
  /** Of the other scenario, where there is one. */
  readonly other: Estimate | null;
}
