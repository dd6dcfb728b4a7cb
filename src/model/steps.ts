// The steps that a protocol is compiled to: what each kind of step says. What the engine does in them: phases/.
import type { Comparison } from "../numerics/comparisons.ts";

export type AssignMode = "whole" | "partition" | "replicate" | "route" | "owners";
export type SendWhat = "new" | "accepted" | "all";
export type CheckOf = "received" | "own" | "all" | "accepted";
export type AggregateHow = "concatenate" | "synthesize" | "majority" | "ahead" | "first";
export type Until = "never" | "complete" | "consensus" | "ahead";

export interface AssignStep {
  readonly op: "assign";
  /** Agent that plans, or -1. */
  readonly by: number;
  readonly to: Int32Array;
  readonly mode: AssignMode;
  /** The claims that are shared out, in words of 32 as marks are; empty: all. */
  readonly claims: Int32Array;
  readonly copies: number;
  /** Mode route: agents of each class; all others get nothing. */
  readonly routes: readonly Int32Array[];
  /** Mode route: chance that the router recognises the class. */
  readonly accuracy: number;
  /** Mode route: the router goes by difficulty instead of by class. */
  readonly split: DifficultySplit | undefined;
}
/** Tasks whose difficulty looks higher than the threshold go to `hard`, the others to `easy`. */
export interface DifficultySplit {
  /** Log-odds above the task's own difficulty. */
  readonly threshold: number;
  /** Standard deviation of the router's error, in log-odds. */
  readonly noise: number;
  readonly easy: Int32Array;
  readonly hard: Int32Array;
}
export interface WorkStep {
  readonly op: "work";
  readonly who: Int32Array;
  /** Most turns of an agent. */
  readonly turns: number;
  /** Turns after which an agent that still has something to do is taken for one that never comes to an end. */
  readonly mostTurns: number;
  readonly onlyReady: boolean;
  /** How many agents work per visit; 0: all. */
  readonly batch: number;
  /** Whether agents look at what their steps bring; otherwise they follow a plan made beforehand. */
  readonly observe: boolean;
  /** Claims per turn, as a multiple of the model's pace. */
  readonly pace: number;
  /** Position among the work steps: index of the batch cursor. */
  readonly index: number;
}
export interface SendStep {
  readonly op: "send";
  readonly from: Int32Array;
  /** isTarget[agent] is 1 for the agents that are sent to. */
  readonly isTarget: Uint8Array;
  readonly what: SendWhat;
  /** One text for all receivers: it counts and costs as one message. */
  readonly broadcast: boolean;
  /** A version says how many agents the sender has seen agree with it, and counts for as many. */
  readonly showsTally: boolean;
}
export interface CheckStep {
  readonly op: "check";
  readonly who: Int32Array;
  /** kindOf[agent] is the check kind of an agent that checks. */
  readonly kindOf: Uint8Array;
  readonly of: CheckOf;
  /** Which of these versions are looked at; undefined: all. */
  readonly triage: Triage | undefined;
}
/** What a checker looks at. Of the rest it accepts the versions that it holds unseen. */
export interface Triage {
  /** Share of the tasks that each checker looks at. */
  readonly share: number;
  /** Position among the check steps: object of its draws. */
  readonly index: number;
  /** What is looked at in such a task; undefined: everything. */
  readonly when: LookConditions | undefined;
}
/** Conditions on a version, of which any one suffices. */
export interface LookConditions {
  /** Answers to its claim differ. */
  readonly disagreement: boolean;
  /** 1 for the kinds of claim that are looked at: those that are critical, or whose loss is as a condition says. */
  readonly kinds: Uint8Array;
  /** What its maker stated is as one of these says. */
  readonly confidence: readonly Comparison[];
}
export interface ReviseStep {
  readonly op: "revise";
  readonly who: Int32Array;
}
export interface RepeatStep {
  readonly op: "repeat";
  readonly rounds: number;
  readonly until: Until;
  /** Step to go on with once the loop has ended. */
  readonly exit: number;
  /** Position among the loops: index of the round counter. */
  readonly index: number;
}
/** The end of a loop's round. */
export interface AgainStep {
  readonly op: "again";
  /** The repeat step of the loop. */
  readonly head: number;
}
/** Phases that run at most once, and only where their condition does not hold yet. */
export interface EscalateStep {
  readonly op: "escalate";
  readonly until: Until;
  /** The aggregator whose deliverable the condition is about, with the ledgers that are asked. */
  readonly goal: AggregateStep;
  /** Step to go on with where there is no need. */
  readonly exit: number;
}
export interface AggregateStep {
  readonly op: "aggregate";
  readonly how: AggregateHow;
  /** Agents from whose ledgers the deliverable is built. */
  readonly from: Int32Array;
  /** Agent that takes a turn to build it, or -1. */
  readonly by: number;
  /** How: ahead: by how many votes an answer must lead. */
  readonly lead: number;
  /** Whether only versions that passed the holder's check count. */
  readonly acceptedOnly: boolean;
}
export type Step =
  | AssignStep
  | WorkStep
  | SendStep
  | CheckStep
  | ReviseStep
  | RepeatStep
  | AgainStep
  | EscalateStep
  | AggregateStep;

/** What a replay says when a step begins; of a loop it tells the rounds instead. */
export const STEP_STORIES: Readonly<Record<Step["op"], string | undefined>> = {
  assign: "Work is shared out",
  work: "Agents work",
  send: "Messages are written",
  check: "Versions are checked",
  revise: "Agents decide between answers",
  repeat: undefined,
  again: undefined,
  escalate: "It is seen whether more is needed",
  aggregate: "The deliverable is built",
};
