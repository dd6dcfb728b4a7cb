// What logs tell of a team, whatever their format: runs of tasks, the turns that agents took, and who told whom. Facts that a log
// does not state are missing. No text of a log is kept: names, numbers and verdicts only.

/** One run of a team on one task. */
export interface LoggedRun {
  /** Unique among the runs that were read. */
  readonly id: string;
  /** Where it was read, for people: `traces/a.jsonl:17`. */
  readonly place: string;
  /** Which task it was. Runs of one task are repeats of each other; without it the run is the only one of its task. */
  readonly task?: string;
  /** 1 if the task was solved, 0 if not, and what is between where a score says so. */
  readonly success?: number;
  /** From the first start to the last end. */
  readonly seconds?: number;
  /** What the run as a whole states of its cost; without it, the sum over turns holds. */
  readonly dollars?: number;
  /** Whether the run came to its end. A log that was cut off, or a run with a span that never ended, does not. */
  readonly isComplete: boolean;
  /** In the order in which they began. */
  readonly turns: readonly LoggedTurn[];
  readonly messages: readonly LoggedMessage[];
  /** Who is held to have started the failure, as people have annotated it. */
  readonly culprit?: { readonly agent: string; readonly turn?: number };
}

/** One call of a model by an agent, or one step of a person or program. */
export interface LoggedTurn {
  /** `agent` where the log names none. */
  readonly agent: string;
  readonly model?: string;
  /** Seconds from the beginning of the run. */
  readonly start?: number;
  /** How long the call took, in seconds, with its tools left out. */
  readonly seconds?: number;
  /**
   * How long the tools that the turn called took, in seconds: several at once count once, and tools that ask models themselves not at
   * all.
   */
  readonly toolSeconds?: number;
  /** Input tokens, those from a cache included; and those among them. */
  readonly inputTokens?: number;
  readonly cachedTokens?: number;
  /** Output tokens, those of reasoning included. */
  readonly outputTokens?: number;
  readonly dollars?: number;
  /** How the call failed in the end, if it did. */
  readonly failure?: "error" | "timeout";
  /** Failed calls before this one that it repeats. */
  readonly retries?: number;
  /** Calls of tools that the turn asked for. */
  readonly tools: readonly LoggedToolCall[];
  /** Whether what the turn made is right, where somebody judged it. */
  readonly isCorrect?: boolean;
  /** What the turn makes, such as the name of a claim or of a step, where the log names it. */
  readonly makes?: string;
  /** Positions, among the turns of the run, of those whose results it builds on, where the log says so. */
  readonly buildsOn?: readonly number[];
  /** What the turn looked at and decided, if it is a review. */
  readonly reviews?: readonly LoggedReview[];
}

/** A call of a tool. */
export interface LoggedToolCall {
  readonly name?: string;
  readonly hasFailed: boolean;
}

/** A look at what a turn made, and the verdict. */
export interface LoggedReview {
  /** Position, among the turns of the run, of the one whose result was looked at. */
  readonly of?: number;
  readonly isAccepted: boolean;
  /** Whether what was looked at is right, where somebody judged it; by default what is known of the turn looked at. */
  readonly isCorrect?: boolean;
}

/** Something that one agent told another. */
export interface LoggedMessage {
  readonly from: string;
  readonly to: string;
  /** Where both ends are seen: results that should have come along, those that were left out, and those that arrived wrong though they were right. */
  readonly results?: number;
  readonly omitted?: number;
  readonly distorted?: number;
  /** Output tokens of its text, where the log counts them apart from those of turns. */
  readonly tokens?: number;
}
