// Results of τ-bench (github.com/sierra-research/tau-bench): a list of trials of tasks, each with the chat between a user and one
// agent. A trial that broke off with an exception counts as τ-bench counts it, as not solved.
import type { LogFormat, LogRecord, LogSink } from "../format.ts";
import type { LoggedRun } from "../run.ts";
import { type Fields, fieldsIn, listIn, textIn } from "../values.ts";
import { chatTurns } from "./chat.ts";
import { failureOf, outcomeOf, placeText, stated } from "./facts.ts";

const isTrial = (value: unknown): boolean => {
  const { task_id, traj, reward } = fieldsIn(value);
  return task_id !== undefined && traj !== undefined && reward !== undefined;
};

export const tauBench: LogFormat = {
  name: "tau-bench",
  title: "results of τ-bench",
  recognises: ({ value }) => isTrial(value) || isTrial(listIn(value)[0]),
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
  /** Trials without a number, by task. */
  private readonly unnumbered = new Map<string, number>();

  constructor(sink: LogSink) {
    this.sink = sink;
  }

  take(record: LogRecord): void {
    const trials = Array.isArray(record.value) ? record.value : [record.value];
    for (const trial of trials) this.trial(fieldsIn(trial), record);
  }

  private trial(trial: Fields, { place }: LogRecord): void {
    const messages = listIn(trial.traj);
    const task = this.taskOf(trial, messages);
    const id = this.idOf(`${place.file} task ${task}`, trial);
    this.sink.run(
      stated<LoggedRun>({
        id,
        place: placeText(place),
        task,
        success: outcomeOf(trial.reward, place, this.sink),
        isComplete: failureOf(fieldsIn(trial.info).error) === undefined,
        turns: chatTurns(messages, "agent"),
        messages: [],
      }),
    );
  }

  private taskOf(trial: Fields, messages: readonly unknown[]): string {
    const policy = fieldsIn(messages[0]);
    if (policy.role === "system") {
      if (!this.domains.has(policy.content))
        this.domains.set(policy.content, this.domains.size + 1);
      this.domain = this.domains.get(policy.content)!;
    }
    const name = textIn(trial.task_id) ?? "?";
    return this.domain === 1 ? name : `${name} of domain ${this.domain}`;
  }

  private idOf(task: string, trial: Fields): string {
    const count = this.unnumbered.get(task) ?? 0;
    const number = textIn(trial.trial);
    if (number === undefined) this.unnumbered.set(task, count + 1);
    return `${task} trial ${number ?? count}`;
  }
}
