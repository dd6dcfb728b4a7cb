// Logs of Inspect AI (inspect.aisi.org.uk): an evaluation with samples, each of which is one epoch, that is one repeat, of a task.
// Calls of models by scorers are left out: they judge the run, and are no part of the team.
import type { LogFormat, LogRecord, LogSink, Place } from "../format.ts";
import type { LoggedMessage, LoggedRun, LoggedTurn } from "../run.ts";
import { chatTurns } from "./chat.ts";
import {
  booleanOf,
  type Fields,
  fieldsOf,
  isFields,
  listOf,
  nameOf,
  numberOf,
  outcomeOf,
  placeText,
  stated,
} from "./facts.ts";
import { inspectEvents } from "./inspectEvents.ts";
import { inspectTurn, type ModelCall } from "./inspectTurn.ts";

export const inspect: LogFormat = {
  name: "inspect",
  title: "logs of Inspect AI",
  recognises: ({ value, within, document }) =>
    within === "samples" ? isSample(value) && isFields(document?.eval) : isLog(value),
  begin(sink) {
    const seen = new Set<string>();
    return {
      take: (record) => {
        for (const sample of samplesOf(record)) takeSample(sample, record, seen, sink);
      },
      end: () => {},
    };
  },
};

const isSample = (value: unknown) => fieldsOf(value).id !== undefined;

/** A log as a whole: one of which no sample was kept, most often. */
const isLog = (value: unknown) =>
  isFields(value) && isFields(value.eval) && value.eval.task !== undefined;

const samplesOf = ({ value, within }: LogRecord): readonly Fields[] =>
  within === "samples" ? [fieldsOf(value)] : listOf(fieldsOf(value).samples).map(fieldsOf);

/** Samples that an evaluation took over from an earlier one that failed are in both logs, and a log may be there in both kinds of file. */
function takeSample(
  sample: Fields,
  { value, document, place }: LogRecord,
  seen: Set<string>,
  sink: LogSink,
): void {
  const evaluation = fieldsOf((document ?? fieldsOf(value)).eval);
  const task = [nameOf(evaluation.task) ?? nameOf(fieldsOf(evaluation.dataset).name), sample.id]
    .filter((name) => name !== undefined)
    .join(" ");
  const epoch = `${task} epoch ${nameOf(sample.epoch) ?? 1}`;
  const id = nameOf(sample.uuid) ?? `${nameOf(evaluation.run_id) ?? place.file} ${epoch}`;
  if (seen.has(id)) sink.trouble("duplicate", "samples", place);
  else sink.run(runOf(sample, { id, task }, place, sink));
  seen.add(id);
}

function runOf(
  sample: Fields,
  names: Pick<LoggedRun, "id" | "task">,
  place: Place,
  sink: LogSink,
): LoggedRun {
  const events = listOf(sample.events).map(fieldsOf);
  const told =
    events.length > 0 ? toldByEvents(events, place, sink) : toldByChat(sample, place, sink);
  return stated<LoggedRun>({
    ...names,
    place: placeText(place),
    success: successOf(sample, place, sink),
    isComplete: isNothing(sample.error) && isNothing(sample.limit) && !told.isOpen,
    seconds: told.seconds ?? numberOf(sample.total_time),
    turns: told.turns,
    messages: told.messages,
  });
}

const isNothing = (value: unknown) => value === undefined || value === null;

interface Told {
  readonly turns: readonly LoggedTurn[];
  readonly messages: readonly LoggedMessage[];
  readonly seconds?: number | undefined;
  /** Whether a call never came back. */
  readonly isOpen: boolean;
}

function toldByEvents(events: readonly Fields[], place: Place, sink: LogSink): Told {
  const { calls, messages, begin, end } = inspectEvents(events);
  const isOpen = calls.some(({ event }) => event.pending === true);
  if (isOpen) sink.trouble("endless", "calls", place);
  return {
    turns: calls.map((call) => inspectTurn(call, begin, place, sink)),
    messages,
    seconds: begin === undefined || end === undefined ? undefined : end - begin,
    isOpen,
  };
}

/** Without events, the chat tells of the turns, and the output, which is that of the last one, of its tokens. */
function toldByChat(sample: Fields, place: Place, sink: LogSink): Told {
  const turns = chatTurns(listOf(sample.messages), "agent");
  const last = turns.pop();
  if (last !== undefined) {
    const event = { output: sample.output, model: last.model };
    const call: ModelCall = { event, agent: last.agent, tools: last.tools };
    turns.push(inspectTurn(call, undefined, place, sink));
  }
  return { turns, messages: [], isOpen: false };
}

const GRADES: Readonly<Record<string, number>> = { C: 1, P: 0.5, I: 0, N: 0 };
const MEASURES_SUCCESS = /accuracy|match|correct/i;

/** After the score whose name says that it measures success, or else the first one; of a score with several values, after the first that is a grade. */
function successOf(sample: Fields, place: Place, sink: LogSink): number | undefined {
  const scores = Object.entries(fieldsOf(sample.scores ?? { score: sample.score }));
  const [, score] = scores.find(([name]) => MEASURES_SUCCESS.test(name)) ?? scores[0] ?? [];
  const value = isFields(score) ? score.value : score;
  const values = isFields(value) ? Object.values(value) : Array.isArray(value) ? value : [value];
  const grade = values.map(gradeOf).find((one) => one !== undefined);
  return outcomeOf(grade ?? values[0], place, sink);
}

const gradeOf = (value: unknown) =>
  GRADES[nameOf(value) ?? ""] ?? numberOf(value) ?? booleanOf(value);
