// The causes: how a version comes about, and so why it is wrong. Outcome columns, metrics and the words of traces and replays
// follow from this table. Each cause that is drawn has a stream of its own in decisions.ts.
import type { OutcomeField } from "./outcome.ts";

/** Numbers of the causes: their places in the table below. Never renumber: other columns of a trace refer to them. */
export const CORRECT = 0;
export const OWN = 1;
export const COMMON_CAUSE = 2;
export const INHERITED = 3;
export const GUESSED = 4;
export const HANDED_OFF = 5;
export const CONFLICTED = 6;
export const DISTORTED = 7;
export const SYNTHESIZED = 8;
export const INJECTED = 9;
export const COPIED = 10;
export const UNFORESEEN = 11;

interface CauseRow {
  readonly name: string;
  /** In a tree of errors: a few words. */
  readonly label: string;
  /** In a replay: ends the sentence "worker makes c3 wrong: …". */
  readonly story: string;
  /** What counts it: a field of the outcome, and the metric that is its mean per task. */
  readonly count?: {
    readonly field: OutcomeField;
    readonly unit: "faults" | "versions";
    readonly metric: string;
    readonly title: string;
    readonly description: string;
  };
}

export const CAUSES = [
  { name: "correct", label: "correct", story: "no error" },
  {
    name: "own",
    label: "own fault",
    story: "a fault of its own",
    count: {
      field: "faultsOwn",
      unit: "faults",
      metric: "faults.own",
      title: "Own faults",
      description: "Errors that an agent made by itself.",
    },
  },
  {
    name: "commonCause",
    label: "fault in common with its model family",
    story: "a fault that all agents of its model family share",
    count: {
      field: "faultsCommonCause",
      unit: "faults",
      metric: "faults.commonCause",
      title: "Common-cause faults",
      description: "Errors that a model family makes together.",
    },
  },
  {
    name: "inherited",
    label: "inherited",
    story: "it builds on a wrong premise",
    count: {
      field: "inherited",
      unit: "versions",
      metric: "faults.inherited",
      title: "Inherited errors",
      description: "Claims made wrong by a wrong premise; these are no faults of their own.",
    },
  },
  {
    name: "guessed",
    label: "guessed a missing premise",
    story: "a premise was missing, and it guessed",
    count: {
      field: "faultsGuess",
      unit: "faults",
      metric: "faults.guess",
      title: "Guessed premises",
      description: "Errors from a premise that was missing.",
    },
  },
  {
    name: "handoff",
    label: "misread a received premise",
    story: "it misread a premise that it was sent",
    count: {
      field: "faultsHandoff",
      unit: "faults",
      metric: "faults.handoff",
      title: "Hand-off faults",
      description: "Errors from a received premise that was misunderstood.",
    },
  },
  {
    name: "conflict",
    label: "conflict over shared state",
    story: "others worked on the same state at the same time",
    count: {
      field: "faultsConflict",
      unit: "faults",
      metric: "faults.conflict",
      title: "Conflicts",
      description: "Errors from simultaneous changes of shared state.",
    },
  },
  {
    name: "distortion",
    label: "distorted on the way",
    story: "it was distorted on the way",
    count: {
      field: "faultsDistortion",
      unit: "faults",
      metric: "faults.distortion",
      title: "Distortions",
      description: "Versions that went wrong in a message.",
    },
  },
  {
    name: "synthesis",
    label: "fault in the synthesis",
    story: "it went wrong while the deliverable was written",
    count: {
      field: "faultsSynthesis",
      unit: "faults",
      metric: "faults.synthesis",
      title: "Synthesis faults",
      description: "Claims that went wrong in the synthesis.",
    },
  },
  { name: "injected", label: "fault put in", story: "a fault that was put in on purpose" },
  { name: "copy", label: "copy", story: "copied with its error" },
  {
    name: "unforeseen",
    label: "the plan did not foresee what it needed",
    story: "it needed what the plan did not foresee",
    count: {
      field: "faultsUnforeseen",
      unit: "faults",
      metric: "faults.unforeseen",
      title: "Unforeseen needs",
      description: "Claims that needed what the plan did not foresee, made without observing.",
    },
  },
] as const satisfies readonly CauseRow[];

export type CauseName = (typeof CAUSES)[number]["name"];

/** Fields that count versions by their cause. */
export type CauseField = Extract<(typeof CAUSES)[number], { count: unknown }>["count"]["field"];

/** The causes that are counted: those that begin an error first, then those that hand one on. */
export const COUNTED_CAUSES = [...(CAUSES as readonly CauseRow[])]
  .flatMap(({ count }) => count ?? [])
  .sort((a, b) => Number(a.unit === "versions") - Number(b.unit === "versions"));

/** One text of every cause, by its name. */
export function causeTexts(text: "label" | "story"): Readonly<Record<CauseName, string>> {
  return Object.fromEntries(CAUSES.map((cause) => [cause.name, cause[text]])) as Record<
    CauseName,
    string
  >;
}
