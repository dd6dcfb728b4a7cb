/** Logged runs for tests. */
import type { LoggedRun, LoggedTurn } from "../../src/logs/run.ts";

export const turn = (more: Partial<LoggedTurn> = {}): LoggedTurn => ({
  agent: "solver",
  tools: [],
  ...more,
});

export const run = (id: string, more: Partial<LoggedRun> = {}): LoggedRun => ({
  id,
  place: `runs.jsonl:${id}`,
  isComplete: true,
  turns: [],
  messages: [],
  ...more,
});

/** Tasks with this many successes, of so many trials each. */
export const trialRuns = (successes: readonly number[], trials: number): LoggedRun[] =>
  successes.flatMap((number, task) =>
    Array.from({ length: trials }, (_, trial) =>
      run(`${task}/${trial}`, { task: `${task}`, success: trial < number ? 1 : 0 }),
    ),
  );
