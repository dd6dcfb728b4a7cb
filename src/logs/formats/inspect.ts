// Logs of Inspect AI (inspect.aisi.org.uk): an evaluation with samples, each of which is one epoch, that is one repeat, of a task.
// Calls of models by scorers are left out: they judge the run, and are no part of the team.
import type { LogFormat, LogRecord, LogSink, Place } from "../format.ts";
import { isObject } from "../reading/pieces.ts";
import type { LoggedMessage, LoggedRun, LoggedTurn } from "../run.ts";
import { type Fields, fieldsIn, listIn, numberIn, textIn, truthIn } from "../values.ts";
import { chatTurns } from "./chat.ts";
import { outcomeOf, placeText, stated } from "./facts.ts";
import { inspectEvents } from "./inspectEvents.ts";
import { inspectTurn, type ModelCall } from "./inspectTurn.ts";

export const inspect: LogFormat = {
  name: "inspect",
  title: "logs of Inspect AI",
  recognises: ({ value, within, document }) =>
    within === "samples" ? isSample(value) && isObject(document?.eval) : isLog(value),
  begin: (sink) => ({
    take: (record) => {
      for (const sample of samplesOf(record)) takeSample(sample, record, sink);
    },
    end: () => {},
  }),
};

const isSample = (value: unknown) => fieldsIn(value).id !== undefined;

/** A log as a whole: one of which no sample was kept, most often. */
const isLog = (value: unknown) =>
  isObject(value) && isObject(value.eval) && value.eval.task !== undefined;

const samplesOf = ({ value, within }: LogRecord): readonly Fields[] =>
  within === "samples" ? [fieldsIn(value)] : listIn(fieldsIn(value).samples).map(fieldsIn);

/** Samples that an evaluation took over from one that failed stand in both logs, with the same id. */
function takeSample(sample: Fields, { value, document, place }: LogRecord, sink: LogSink): void {
  const evaluation = fieldsIn((document ?? fieldsIn(value)).eval);
  const task = [textIn(evaluation.task) ?? textIn(fieldsIn(evaluation.dataset).name), sample.id]
    .filter((name) => name !== undefined)
    .join(" ");
  const epoch = `${task} epoch ${textIn(sample.epoch) ?? 1}`;
  const id = textIn(sample.uuid) ?? `${textIn(evaluation.run_id) ?? place.file} ${epoch}`;
  sink.run(runOf(sample, { id, task }, place, sink));
}

function runOf(
  sample: Fields,
  names: Pick<LoggedRun, "id" | "task">,
  place: Place,
  sink: LogSink,
): LoggedRun {
  const events = listIn(sample.events).map(fieldsIn);
  const told =
    events.length > 0 ? toldByEvents(events, place, sink) : toldByChat(sample, place, sink);
  return stated<LoggedRun>({
    ...names,
    place: placeText(place),
    // Somebody has found that an invalid sample says nothing of its task.
    success: isNothing(sample.invalidation) ? successOf(sample, place, sink) : undefined,
    isComplete: isNothing(sample.error) && isNothing(sample.limit) && !told.isOpen,
    seconds: told.seconds ?? numberIn(sample.total_time),
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
  const turns = chatTurns(listIn(sample.messages), "agent");
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
  const scores = Object.entries(fieldsIn(sample.scores ?? { score: sample.score }));
  const [, score] = scores.find(([name]) => MEASURES_SUCCESS.test(name)) ?? scores[0] ?? [];
  const value = isObject(score) ? score.value : score;
  const values = isObject(value) ? Object.values(value) : Array.isArray(value) ? value : [value];
  const grade = values.map(gradeOf).find((one) => one !== undefined);
  return outcomeOf(grade ?? values[0], place, sink);
}

const gradeOf = (value: unknown) =>
  GRADES[textIn(value) ?? ""] ?? numberIn(value) ?? truthIn(value);
