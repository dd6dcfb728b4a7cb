// The document of `importance`: which assumption decides, and what weakens the team.
import type { ENGINE } from "../../experiment/result.ts";
import type { Estimate } from "../estimate.ts";
import type { InputKind } from "./inputs.ts";
import type { Weaknesses } from "./weakness/weaknesses.ts";

/** The document that `faultline importance --json` prints, and result.json. */
export interface Importance {
  readonly schema: "faultline/importance@1";
  readonly engine: typeof ENGINE;
  /** Name of the scenario. */
  readonly scenario: string;
  /** Name of the metric that is explained. */
  readonly metric: string;
  readonly seed: string;
  /** Null where nothing is uncertain, or it was not asked for. */
  readonly assumptions: Assumptions | null;
  /** Null where it was not asked for. */
  readonly weaknesses: Weaknesses | null;
}

/**
 * - decided: one input has the greatest Shapley effect;
 * - undecided: several may have it;
 * - untold: the inputs change the metric no more than the noise of the simulation explains;
 * - constant: the metric has one value, whatever the inputs are;
 * - undefined: the data of too many points define no value.
 */
export type AssumptionsVerdict = "decided" | "undecided" | "untold" | "constant" | "undefined";

/** Which of the numbers that are not known exactly decides what a metric comes to. */
export interface Assumptions {
  readonly verdict: AssumptionsVerdict;
  /** Names of the inputs that may have the greatest effect, the greatest first; empty without effects. */
  readonly leaders: readonly string[];
  readonly design: SensitivityDesign;
  /** The metric over all that the inputs may be; null where it is undefined. */
  readonly answer: Answer | null;
  /** What is due to the seed of the simulation; null where the metric is undefined. */
  readonly noise: Noise | null;
  /** Sorted by Shapley effect, the greatest first. Indices are null unless the verdict is `decided` or `undecided`. */
  readonly inputs: readonly InputImportance[];
  /** What it would bring to know the first one, two or three inputs. */
  readonly measure: readonly Measure[];
  /** Inputs that were held at their central values, since screening found that they do little; the greatest first. */
  readonly screened: readonly Screened[];
}

/** How much was simulated. */
export interface SensitivityDesign {
  /** Pairs of independent points of the inputs. */
  readonly basePoints: number;
  /** Of these, left out because some value of theirs is undefined. */
  readonly leftOut: number;
  /** Points at which the metric was evaluated, each under two seeds; those of screening not included. */
  readonly points: number;
  /** Task instances of one value; of a stream, replications. */
  readonly instances: number;
  /** Replications, those of screening included. */
  readonly replications: number;
}

export interface Answer {
  /** Mean over the inputs. */
  readonly mean: Estimate;
  /** Between which the metric lies with 95 %, since the inputs are not known; without noise of the simulation. */
  readonly interval: readonly [low: number, high: number];
  /** Standard deviation over the inputs, without noise of the simulation. */
  readonly sd: Estimate;
}

export interface Noise {
  /** Standard deviation of one value at given inputs. */
  readonly sd: number;
  /** Share of the variance of one value that is noise: the total index of the seed. */
  readonly share: Estimate;
  /** The same share for a run of as many replications as the scenario says. */
  readonly ofRun: { readonly replications: number; readonly share: number };
}

export interface InputImportance {
  readonly name: string;
  readonly kind: InputKind;
  readonly paths: readonly string[];
  /** Share of the variance that knowing it would take away. About 0 where it does nothing alone; noise may leave it below. */
  readonly first: Estimate | null;
  /** Share of the variance that would stay if all others were known. */
  readonly total: Estimate | null;
  /** Its part of the variance, with half of each interaction of two; the parts of all inputs add up to 1. */
  readonly shapley: Estimate | null;
  /** Whether it may have the greatest effect. */
  readonly mayLead: boolean;
  /** Mean of the metric while the input is in its lowest third, and in its highest. Null for inputs of several numbers. */
  readonly low: Estimate | null;
  readonly high: Estimate | null;
  /** Values in the middle of these thirds. */
  readonly at: readonly [low: number, high: number] | null;
}

export interface Measure {
  readonly names: readonly string[];
  /** Share of the variance that would be gone if these were known: their closed index. */
  readonly share: Estimate;
  /** Width of the answer's interval now, in the metric's unit, and the width that is to be expected once they are known. */
  readonly width: { readonly now: number; readonly left: Estimate };
}

export interface Screened {
  readonly name: string;
  readonly paths: readonly string[];
  /** Mean size of its elementary effects: change of the metric over all of the input's range. */
  readonly muStar: Estimate;
  /** Standard deviation of its elementary effects. */
  readonly sigma: number;
}
