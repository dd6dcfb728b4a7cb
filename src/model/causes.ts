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
export const TOOL_FAILED = 12;

interface UncountedCause {
  readonly name: string;
  /** What a trace or a replay says of a version with this cause. */
  readonly label: string;
}

/** A cause with a field of the outcome that counts its versions, and the metric that is the mean of it. */
interface CountedCause extends UncountedCause {
  readonly field: OutcomeField;
  readonly metric: string;
  /** Field that counts the tasks in which it can come about; without one it can in all. */
  readonly about?: OutcomeField;
  readonly title: string;
  readonly description: string;
}

export const CAUSES = [
  { name: "correct", label: "correct" },
  {
    name: "own",
    label: "own fault",
    field: "faultsOwn",
    metric: "faults.own",
    title: "Own faults",
    description: "Errors that an agent made by itself.",
  },
  {
    name: "commonCause",
    label: "fault in common with its model family",
    field: "faultsCommonCause",
    metric: "faults.commonCause",
    title: "Common-cause faults",
    description: "Errors that a model family makes together.",
  },
  {
    name: "inherited",
    label: "inherited",
    field: "inherited",
    metric: "faults.inherited",
    title: "Inherited errors",
    description: "Claims that are wrong because a premise was wrong; these are not faults.",
  },
  {
    name: "guessed",
    label: "guessed a missing premise",
    field: "faultsGuess",
    metric: "faults.guess",
    title: "Guessed premises",
    description: "Errors from a premise that was missing.",
  },
  {
    name: "handoff",
    label: "misread a received premise",
    field: "faultsHandoff",
    metric: "faults.handoff",
    title: "Hand-off faults",
    description: "Errors from a received premise that was misunderstood.",
  },
  {
    name: "conflict",
    label: "conflict over shared state",
    field: "faultsConflict",
    metric: "faults.conflict",
    title: "Conflicts",
    description: "Errors from simultaneous changes of shared state.",
  },
  {
    name: "distortion",
    label: "distorted on the way",
    field: "faultsDistortion",
    metric: "faults.distortion",
    title: "Distortions",
    description: "Versions that went wrong in a message.",
  },
  {
    name: "synthesis",
    label: "fault in the synthesis",
    field: "faultsSynthesis",
    metric: "faults.synthesis",
    title: "Synthesis faults",
    description: "Claims that went wrong in the synthesis.",
  },
  { name: "injected", label: "fault put in" },
  { name: "copy", label: "copy" },
  {
    name: "unforeseen",
    label: "the plan did not foresee what it needed",
    field: "faultsUnforeseen",
    metric: "faults.unforeseen",
    title: "Unforeseen needs",
    description: "Claims that needed what the plan did not foresee, made without observing.",
  },
  {
    name: "tool",
    label: "a tool failed",
    field: "faultsTool",
    metric: "faults.tool",
    about: "tooled",
    title: "Tool failures",
    description: "Errors from a tool that failed without notice.",
  },
] as const satisfies readonly (UncountedCause | CountedCause)[];

type Cause = (typeof CAUSES)[number];
export type CauseName = Cause["name"];
export type CauseField = Extract<Cause, CountedCause>["field"];

export const CAUSE_LABELS = Object.fromEntries(
  CAUSES.map(({ name, label }) => [name, label]),
) as Readonly<Record<CauseName, string>>;

/** The causes that are counted: the faults, then the errors that other errors led to. */
export const COUNTED_CAUSES = CAUSES.filter((cause) => "field" in cause).sort(
  (a, b) => Number(a.field === "inherited") - Number(b.field === "inherited"),
);
