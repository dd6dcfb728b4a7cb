// What an improvement is: the answer, and all that was tried on the way to it.
import type { ENGINE } from "../../experiment/result.ts";
import type { Estimate } from "../estimate.ts";
import type { LeftOut, OptionKind } from "./option.ts";

/** What a set of changes brings against today: paired, on the same tasks. */
export interface Effect {
  /** Change of the goal, in its unit: negative where it falls. */
  readonly goal: Estimate;
  /** Extra cost with stated prices, US dollars per task; negative where it saves. */
  readonly cost: Estimate;
}

export interface ImprovementOption {
  readonly name: string;
  readonly kind: OptionKind;
  /** What is done, as an order: `let lead check what it receives`. */
  readonly what: string;
  /** What it takes for granted, where the scenario states no number for it. */
  readonly assumes?: string;
  /** Stated price, US dollars per task. */
  readonly price: number;
  /** What it brings alone. */
  readonly alone: Effect;
  /** Whether it alone keeps to the budget and the constraints. */
  readonly meets: boolean;
}

/** What may as well be the first step, and by how much the first is better than it. */
export interface Rival {
  readonly option: string;
  /** How much better the goal is with the first step: positive is better, also where less of the goal is. */
  readonly behind: Estimate;
}

export interface FirstStep {
  readonly option: string;
  readonly effect: Effect;
  /** Whether it is the best with the confidence asked for. */
  readonly decided: boolean;
  readonly rivals: readonly Rival[];
}

export interface PathStep {
  /** Names of all changes that are made by then. */
  readonly changes: readonly string[];
  /** Against the step before. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Against today. */
  readonly effect: Effect;
  /** Of the goal, against the step before. */
  readonly further: Estimate;
  /** The goal and the cost themselves; the cost with stated prices. */
  readonly goal: Estimate;
  readonly cost: Estimate;
  /** The file to run, in the folder of the result. */
  readonly file: string;
}

export interface Interaction {
  readonly options: readonly [string, string];
  /** Change of the goal by each alone, added up. */
  readonly apart: Estimate;
  /** Change of the goal by both. */
  readonly together: Estimate;
  /** The difference, counted so that positive is better. */
  readonly extra: Estimate;
  /** Together they bring more than apart, or less, or it cannot be told. */
  readonly verdict: "synergy" | "overlap" | "open";
}

/** A set of changes that was looked at. */
export interface Tried {
  readonly changes: readonly string[];
  readonly effect: Effect;
  readonly meets: boolean;
  /** Whether no other that meets the limits has more of the goal for as little. */
  readonly onFront: boolean;
  readonly blocks: number;
}

export interface ImproveResult {
  readonly schema: "faultline/improve@1";
  readonly name: string;
  readonly seed: string;
  readonly engine: typeof ENGINE;
  readonly goal: {
    readonly metric: string;
    readonly title: string;
    readonly unit: string;
    readonly better: "higher" | "lower";
  };
  /** Most extra cost, US dollars per task; null: no limit. */
  readonly budget: number | null;
  readonly atMost: number;
  readonly constraints: readonly string[];
  readonly confidence: number;
  readonly today: { readonly goal: Estimate; readonly cost: Estimate };
  /** Null where no change within the limits makes the goal better than it is. */
  readonly first: FirstStep | null;
  readonly path: readonly PathStep[];
  readonly interactions: readonly Interaction[];
  readonly options: readonly ImprovementOption[];
  readonly leftOut: readonly LeftOut[];
  readonly tried: readonly Tried[];
  readonly spent: {
    readonly trials: number;
    readonly replications: number;
    /** Sets of changes that were looked at, of those that there are up to the size. */
    readonly sets: number;
    readonly ofSets: number;
  };
  /** Instances of a block, and blocks of the closest races. */
  readonly blocks: { readonly instances: number; readonly most: number };
}
