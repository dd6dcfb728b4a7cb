// What the engine tells somebody who watches one replication: a trace, a replay, a test. Nobody watches the runs
// that are only counted, and watching changes nothing.
import type { TaskCase } from "./case.ts";

export interface Observer {
  /** Simulated time in ticks; the engine sets it before every event. */
  at: number;
  arrived(task: TaskCase): void;
  phaseBegan(task: TaskCase, step: number): void;
  turnBegan(task: TaskCase, agent: number): void;
  /** `tokens`: output tokens of the turn; 0 of one that yielded nothing since all its calls failed. */
  turnEnded(task: TaskCase, agent: number, tokens: number): void;
  made(task: TaskCase, agent: number, version: number): void;
  /** A guard stopped a policy-critical claim before it took effect. */
  stopped?(task: TaskCase, agent: number, claim: number, violates: boolean): void;
  /** Message `message` (counted from 0), which is being written, leaves out the sender's version of a claim. */
  omitted?(task: TaskCase, message: number, claim: number): void;
  sent(task: TaskCase, message: number): void;
  delivered(task: TaskCase, message: number): void;
  received(task: TaskCase, agent: number, version: number): void;
  checked(task: TaskCase, agent: number, kind: number, version: number, flagged: boolean): void;
  /** A loop ends before its condition is met since its last round, counted from 1, changed nothing. */
  stalled?(task: TaskCase, round: number): void;
  /** The deliverable lacks a claim. `detail`: what the reason is about, see missing.ts. */
  missing?(task: TaskCase, claim: number, reason: number, detail: number): void;
  /** The deliverable stands and the outcome is counted. */
  finished(task: TaskCase): void;
}

/** An observer that takes no notice of anything: a base for those that watch a little. */
export class SilentObserver implements Observer {
  at = 0;
  arrived(_task: TaskCase): void {}
  phaseBegan(_task: TaskCase, _step: number): void {}
  turnBegan(_task: TaskCase, _agent: number): void {}
  turnEnded(_task: TaskCase, _agent: number, _tokens: number): void {}
  made(_task: TaskCase, _agent: number, _version: number): void {}
  sent(_task: TaskCase, _message: number): void {}
  delivered(_task: TaskCase, _message: number): void {}
  received(_task: TaskCase, _agent: number, _version: number): void {}
  checked(_task: TaskCase, _agent: number, _kind: number, _version: number, _flagged: boolean) {}
  finished(_task: TaskCase): void {}
}
