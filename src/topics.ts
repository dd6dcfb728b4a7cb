// The topics of warnings: each has a section of its name in docs/reference/troubleshooting.md. They are stable, so that
// links to them are.

export const TOPICS = {
  /** Something in a file has no effect, or can hardly be meant. */
  files: [
    "unused-model",
    "agents-in-no-phase",
    "no-policy-critical-claims",
    "tools-without-failures",
    "retries-without-failures",
    "hub-without-star-or-tree",
    "repeats-with-arrivals",
    "nets-with-arrivals",
    "more-events-than-allowed",
    "model-without-price",
    "routes-without-a-router",
    "router-with-one-class",
    "route-outside-to",
    "owners-nobody-asks",
    "owner-outside-to",
    "no-plan-to-follow",
    "range-with-too-few-values",
    "more-parameters-than-targets",
    "scenario-without-target",
    "value-outside-range",
  ],
  /** Something in a protocol can never happen. */
  protocols: [
    "claim-nobody-makes",
    "claim-waits-forever",
    "claim-never-delivered",
    "premise-always-guessed",
    "rejection-without-rework",
    "agent-never-works",
    "nothing-to-check",
    "nothing-to-send",
    "send-echoes-back",
    "loop-condition-never-holds",
    "too-few-rounds",
  ],
  /** What to know before believing a result. */
  results: [
    "few-instances",
    "success-is-stuck",
    "rounds-used-up",
    "loop-stalled",
    "agent-out-of-turns",
    "tasks-cut-off",
    "work-outside-shifts",
    "tasks-turned-away",
    "tasks-never-arrived",
    "unstable-load",
    "fit-no-better-than-start",
    "parameter-at-bound",
    "parameters-not-pinned-down",
    "target-without-value",
    "ensemble-not-settled",
    "incomplete-record",
    "damaged-record",
    "foreign-file",
  ],
} as const;

export type Topic = (typeof TOPICS)[keyof typeof TOPICS][number];

/** Where a topic is explained, in the package as in the repository. */
export const pageOf = (topic: Topic) => `docs/reference/troubleshooting.md#${topic}`;

/** A kind of warning that documents hold as text: by its words its topic is known again. */
export interface KnownWarning {
  readonly topic: Topic;
  /** Matches its text wherever it stands, and also with numbers left out. */
  readonly pattern: RegExp;
}
