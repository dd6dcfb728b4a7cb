// The document of `choose`: which of several scenarios is the best, and how sure that is.
import type { ENGINE } from "../../experiment/result.ts";
import type { Estimate } from "../estimate.ts";

/**
 * - best: one scenario is the best;
 * - within: no other one is better by more than was allowed;
 * - nobody: none meets all constraints;
 * - alike: those that are left had the same value in every block;
 * - inconclusive: the cap came first.
 */
export type ChoiceVerdict = "best" | "within" | "nobody" | "alike" | "inconclusive";

/** The document that `faultline choose --json` prints, and result.json. */
export interface Choice {
  readonly schema: "faultline/choose@1";
  readonly engine: typeof ENGINE;
  readonly seed: string;
  /** Name of the metric by which the best is chosen, and whether the highest or the lowest is best. */
  readonly metric: string;
  readonly goal: "highest" | "lowest";
  /** Chance that the answer is right, 0.5..1. */
  readonly confidence: number;
  /** How much worse than the best the chosen scenario may be, in the metric's unit. */
  readonly within: number;
  readonly constraints: readonly string[];
  readonly verdict: ChoiceVerdict;
  /** Name of the chosen scenario; null where there is none. */
  readonly chosen: string | null;
  /** Name of the one that differences are to: the chosen one, else the one with the best mean of those that are left, or nearest to its constraints. */
  readonly leading: string;
  /** Task instances of a block; a scenario is observed block by block. */
  readonly blockInstances: number;
  /** Most replications of one scenario. */
  readonly cap: number;
  readonly replications: {
    readonly used: number;
    /** What it takes to observe all scenarios as often as the one that was observed most. */
    readonly equalAllocation: number;
  };
  /** In the order in which they were given. */
  readonly scenarios: readonly ChoiceScenario[];
}

export interface ChoiceScenario {
  readonly name: string;
  /**
   * - chosen;
   * - left: neither chosen nor known to be worse;
   * - worse: than `by`;
   * - unfit: it breaks a constraint, `by`.
   */
  readonly fate: "chosen" | "left" | "worse" | "unfit";
  readonly by: string | null;
  /** Mean over its blocks, with an interval of 95 % that holds for this scenario alone, once. */
  readonly value: Estimate;
  /** To the leading one, paired, with an interval at the confidence of the answer; null for that one itself. */
  readonly difference: Estimate | null;
  readonly constraints: readonly ConstraintCheck[];
  readonly replications: number;
}

/** A constraint, what the metric comes to, and whether it is met; null where that is open. */
export interface ConstraintCheck {
  readonly constraint: string;
  readonly value: Estimate;
  readonly met: boolean | null;
}
