// Results of τ-bench (github.com/sierra-research/tau-bench): a list of trials of tasks, each with the chat between a user and one
// agent. A trial that broke off with an exception counts as τ-bench counts it, as not solved.
import type { LogFormat, LogRecord, LogSink } from "../format.ts";
import type { LoggedRun } from "../run.ts";
import { chatTurns } from "./chat.ts";
import {
  type Fields,
  failureOf,
  fieldsOf,
  listOf,
  nameOf,
  outcomeOf,
  placeText,
  stated,
} from "./facts.ts";

const isTrial = (value: unknown): boolean => {
  const { task_id, traj, reward } = fieldsOf(value);
  return task_id !== undefined && traj !== undefined && reward !== undefined;
};

export const tauBench: LogFormat = {
  name: "tau-bench",
  title: "results of τ-bench",
  recognises: ({ value }) => isTrial(value) || isTrial(listOf(value)[0]),
  begin(sink) {
    const parser = new TauBenchParser(sink);
    return { take: (record) => parser.take(record), end: () => {} };
  },
};

class TauBenchParser {
  private readonly sink: LogSink;
  /** Every domain numbers its tasks from 0. A domain is told by its policy, the first message of its chats. */
  private readonly domains = new Map<unknown, number>();
  private domain = 1;
  private readonly seen = new Set<string>();

  constructor(sink: LogSink) {
    this.sink = sink;
  }

  take(record: LogRecord): void {
    const trials = Array.isArray(record.value) ? record.value : [record.value];
    for (const trial of trials) this.trial(fieldsOf(trial), record);
  }

  private trial(trial: Fields, { place }: LogRecord): void {
    const messages = listOf(trial.traj);
    const task = this.taskOf(trial, messages);
    const id = this.idOf(`${place.file} task ${task}`, trial);
    if (this.seen.has(id)) {
      this.sink.trouble("duplicate", "trials", place);
      return;
    }
    this.seen.add(id);
    this.sink.run(
      stated<LoggedRun>({
        id,
        place: placeText(place),
        task,
        success: outcomeOf(trial.reward, place, this.sink),
        isComplete: failureOf(fieldsOf(trial.info).error) === undefined,
        turns: chatTurns(messages, "agent"),
        messages: [],
      }),
    );
  }

  private taskOf(trial: Fields, messages: readonly unknown[]): string {
    const policy = fieldsOf(messages[0]);
    if (policy.role === "system") {
      if (!this.domains.has(policy.content))
        this.domains.set(policy.content, this.domains.size + 1);
      this.domain = this.domains.get(policy.content)!;
    }
    const name = nameOf(trial.task_id) ?? "?";
    return this.domain === 1 ? name : `${name} of domain ${this.domain}`;
  }

  /** Trials without a number are numbered as they come. */
  private idOf(task: string, { trial }: Fields): string {
    const stated = nameOf(trial);
    if (stated !== undefined) return `${task} trial ${stated}`;
    let number = 0;
    while (this.seen.has(`${task} trial ${number}`)) number++;
    return `${task} trial ${number}`;
  }
}
