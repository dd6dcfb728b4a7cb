// What logs say of a team: each number with its interval, how many observations it rests on, and how it was estimated.
import type { LatencySpec } from "../scenario/fields.ts";
import type { UncertainNumber } from "../scenario/uncertain/uncertainNumber.ts";

export interface Estimate {
  readonly value: number;
  /** 95 % interval. */
  readonly interval: readonly [low: number, high: number];
  /** Observations that it rests on, and what they are in the plural: `calls`, `runs`, `judged steps`. */
  readonly count: number;
  readonly of: string;
  /** How it was estimated, in a few words. */
  readonly method: string;
  /** How a scenario says it. */
  readonly uncertain: UncertainNumber;
}

/** Durations, by the distribution that fits best. */
export interface LatencyFit {
  /** As a scenario says it, in seconds. */
  readonly distribution: LatencySpec;
  /** Mean duration; it takes the place of `distribution.mean` where that is uncertain. */
  readonly mean: Estimate;
  /** Of all that were tried, the best first. */
  readonly tried: readonly {
    readonly distribution: LatencySpec["distribution"];
    readonly logLikelihood: number | null;
    /** Largest distance between the observed and the fitted distribution function (Kolmogorov-Smirnov). */
    readonly distance: number;
  }[];
  /** Observed quantiles in seconds, for pictures: at 1, 5, 10, 25, 50, 75, 90, 95, 99 %. */
  readonly quantiles: readonly number[];
}

export interface ModelEstimates {
  readonly latency?: LatencyFit;
  /** Tokens per turn. */
  readonly inputTokens?: Estimate;
  readonly outputTokens?: Estimate;
  /** Share of the input tokens that came from a cache. */
  readonly cached?: Estimate;
  /** Input tokens of an agent's first turn in a run, before its context grows. */
  readonly prompt?: Estimate;
  /** Growth of the input tokens from turn to turn of a run: what the context adds. */
  readonly contextPerTurn?: Estimate;
  /** Share of calls that fail, retries counted one by one. */
  readonly failure?: Estimate;
  readonly timeouts?: Estimate;
  /** Dollars per million tokens, from the logs or from the table of prices. */
  readonly price?: { readonly input: number; readonly output: number; readonly source: string };
}

export interface CheckEstimates {
  readonly recall?: Estimate;
  readonly falseAlarm?: Estimate;
  /** Reviews per run. */
  readonly reviews: Estimate;
}

export interface AgentEstimates {
  /** The one with most turns, where there are several. */
  readonly model?: string;
  /** Of turns without a model, where other turns have one: how long the person or program takes. */
  readonly latency?: LatencyFit;
  /** Turns per run in which it takes part, and their standard deviation. */
  readonly turns: Estimate;
  readonly turnsSpread: number;
  /** Chance that a step is wrong although all that it builds on is right, at difficulty 0. */
  readonly errorRate?: Estimate;
  /** Chance, per wrong step that a step builds on, that it is wrong as well. */
  readonly propagation?: Estimate;
  /** Chance, per right premise that another agent made, that a step on it is wrong. Without it the error rate contains it. */
  readonly handoff?: Estimate;
  readonly toolsPerTurn?: Estimate;
  readonly toolFailure?: Estimate;
  /** Reviews by what is looked at: its own steps, those of other workers, those of its workers. */
  readonly checks: Readonly<Partial<Record<"self" | "peer" | "orchestrator", CheckEstimates>>>;
  /** Share of the annotated failures that it started. */
  readonly starts?: Estimate;
  /** Of its messages, where both ends are seen: share of the results that were left out, and that arrived wrong though they were right. */
  readonly omission?: Estimate;
  readonly distortion?: Estimate;
}

export interface OutcomeEstimates {
  readonly success: Estimate;
  /** Trials per task, the smallest and the largest number. */
  readonly trials: readonly [least: number, most: number];
  /** For k = 1, 2, …: observed by the unbiased estimator C(c, k) / C(n, k), and fitted by the logit-normal model. */
  readonly passHat: readonly {
    readonly k: number;
    readonly observed: number;
    readonly interval: readonly [low: number, high: number];
    readonly betaBinomial: number | null;
    readonly logitNormal: number | null;
  }[];
  /** How alike repeats of one task are: 0 not at all, 1 wholly. Missing where no task has repeats. */
  readonly intraclass?: Estimate;
  /** Of the success of a task over tasks: mean log-odds and their standard deviation. Missing where no task has repeats. */
  readonly logOdds?: { readonly mean: Estimate; readonly spread: Estimate };
}

/** What the logs cannot tell, and what would. */
export interface Unidentified {
  /** Dotted, after the field of the scenario: `agents.reviewer.checks.orchestrator.recall`. */
  readonly what: string;
  readonly why: string;
  readonly remedy: string;
}

export interface Estimates {
  readonly runs: number;
  readonly tasks: number;
  readonly outcome?: OutcomeEstimates;
  /** Spread of difficulty over tasks in log-odds, from judged steps. */
  readonly difficultySpread?: Estimate;
  /** In the order in which they first speak, most often. */
  readonly agents: Readonly<Record<string, AgentEstimates>>;
  readonly models: Readonly<Record<string, ModelEstimates>>;
  /** Output tokens of a message, where logs count them apart from those of turns. */
  readonly messageTokens?: Estimate;
  readonly unidentified: readonly Unidentified[];
}
