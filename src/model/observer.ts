// An observer of one replication: a trace, a replay, a test. Runs that are only counted have none, and observing changes
// nothing.

/** Every method is optional. `Task` is the type of the cases that the engine reports. */
export interface Observer<Task> {
  /** Simulated time in ticks; the engine sets it before every event. */
  at: number;
  arrived?(task: Task): void;
  phaseBegan?(task: Task, step: number): void;
  turnBegan?(task: Task, agent: number): void;
  /** `tokens`: output tokens of the turn; 0 of one that yielded nothing since all its calls failed. */
  turnEnded?(task: Task, agent: number, tokens: number): void;
  /** A call of the turn begins `wait` ticks from now and takes `work` ticks; `task.callFails` says whether it fails. */
  called?(task: Task, agent: number, wait: number, work: number): void;
  /** The call has ended, well or not, and is paid for: tokens read and written, and US dollars. What the turn does follows. */
  paid?(task: Task, agent: number, input: number, output: number, dollars: number): void;
  made?(task: Task, agent: number, version: number): void;
  /** A guard stopped a policy-critical claim before it took effect. */
  stopped?(task: Task, agent: number, claim: number, violates: boolean): void;
  /** Message `message` (counted from 0), which is being written, leaves out the sender's version of a claim. */
  omitted?(task: Task, message: number, claim: number): void;
  /** The text of message `message` is paid for: output tokens and US dollars. Further copies of a broadcast are not. */
  written?(task: Task, message: number, tokens: number, dollars: number): void;
  sent?(task: Task, message: number): void;
  delivered?(task: Task, message: number): void;
  received?(task: Task, agent: number, version: number): void;
  checked?(task: Task, agent: number, kind: number, version: number, flagged: boolean): void;
  /** The agent accepts a version without a look. */
  acceptedUnseen?(task: Task, agent: number, version: number): void;
  /** The agent stands by another version than before, one that it had heard of. */
  revised?(task: Task, agent: number, before: number, after: number): void;
  /** A loop ends before its condition is met since its last round, counted from 1, changed nothing. */
  stalled?(task: Task, round: number): void;
  /** The deliverable lacks a claim. `detail`: what the reason is about, see missing.ts. */
  missing?(task: Task, claim: number, reason: number, detail: number): void;
  /** The deliverable stands and the outcome is counted. */
  finished?(task: Task): void;
}
