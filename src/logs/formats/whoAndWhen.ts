// Failed runs of teams with the agent and the message that decided the failure, as a table: Who&When (arXiv 2505.00212). The
// column `sequence` has the order of the speakers, `0 1 0 | NameA; NameB`.
import type { LogFormat, LogRecord } from "../format.ts";
import type { LoggedMessage, LoggedRun } from "../run.ts";
import { fieldsIn, numberIn, textIn } from "../values.ts";
import { placeText, stated } from "./facts.ts";

export const whoAndWhen: LogFormat = {
  name: "who-and-when",
  title: "failures annotated as in Who&When",
  recognises: ({ value }) => {
    const { sequence, mistake_agent } = fieldsIn(value);
    return sequence !== undefined && mistake_agent !== undefined;
  },
  begin: (sink) => ({
    take: (record) => {
      const run = runOf(record);
      if (run === undefined) sink.trouble("damaged", "rows", record.place);
      else sink.run(run);
    },
    end: () => {},
  }),
};

/** Undefined if the sequence cannot be read. */
function runOf({ value, place }: LogRecord): LoggedRun | undefined {
  const row = fieldsIn(value);
  const speakers = speakersOf(textIn(row.sequence) ?? "");
  if (speakers === undefined) return undefined;
  const culprit = textIn(row.mistake_agent);
  const turn = numberIn(row.mistake_step);
  const isTurn =
    turn !== undefined && Number.isInteger(turn) && turn >= 0 && turn < speakers.length;
  return stated<LoggedRun>({
    id: `${place.file} ${textIn(row.kind) ?? ""} ${textIn(row.file) ?? place.line ?? ""}`,
    place: placeText(place),
    success: 0,
    isComplete: true,
    turns: speakers.map(({ agent }) => ({ agent, tools: [] })),
    messages: speakers.flatMap(messageOf),
    culprit: culprit === undefined ? undefined : { agent: culprit, ...(isTurn && { turn }) },
  });
}

/** A name may tell in brackets what the speaker does, and whom it tells: `Orchestrator (-> WebSurfer)`. */
interface Speaker {
  readonly agent: string;
  readonly to?: string;
}

function speakersOf(sequence: string): Speaker[] | undefined {
  const [order, names] = sequence.split("|");
  const speakers = (names ?? "").split(";").map(speakerOf);
  const said = order
    .trim()
    .split(/\s+/)
    .map((position) => speakers[Number(position)]);
  return said.every((one) => one !== undefined && one.agent !== "") ? said : undefined;
}

function speakerOf(name: string): Speaker {
  const [, agent, to] = /^\s*(.*?)\s*(?:\((?:->\s*([^)]*?)\s*|[^)]*)\))?\s*$/.exec(name) ?? [];
  return { agent: agent ?? "", ...(to && { to }) };
}

const messageOf = ({ agent, to }: Speaker): LoggedMessage[] =>
  to === undefined ? [] : [{ from: agent, to }];
