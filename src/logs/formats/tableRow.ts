// One row of a table: what it says of a step or of a run.
import type { LogSink, Place } from "../format.ts";
import type { LoggedToolCall, LoggedTurn } from "../run.ts";
import { type Fields, numberIn, textIn, timeIn, truthIn } from "../values.ts";
import { amountOf, isTimeout, outcomeOf, stated } from "./facts.ts";
import { type Column, isInMilliseconds, type Layout } from "./tableColumns.ts";

export interface Row {
  readonly place: Place;
  readonly run: string | undefined;
  readonly task: string | undefined;
  readonly trial: string | undefined;
  readonly success: number | undefined;
  readonly step: string | undefined;
  /** Whether the row can only be one of a step: it names the step, the agent, who was told, or what was reviewed. */
  readonly isStep: boolean;
  /** As a turn; of a row that is one of a run, these are its totals. */
  readonly turn: LoggedTurn;
  /** In seconds, from wherever the table counts. */
  readonly start: number | undefined;
  readonly to: readonly string[];
  readonly reviews: string | undefined;
  readonly isAccepted: boolean | undefined;
}

export function rowOf(fields: Fields, layout: Layout, place: Place, sink: LogSink): Row {
  const value = (column: Column) => {
    const key = layout[column];
    return key === undefined ? undefined : fields[key];
  };
  const name = (column: Column) => textIn(value(column));
  const amount = (column: Column) => amountOf(value(column), "rows", place, sink);
  const seconds = amount("seconds");
  const [step, agent, reviews] = [name("step"), name("agent"), name("reviews")];
  const to = (name("to") ?? "")
    .split(/[;|]/)
    .map((one) => one.trim())
    .filter((one) => one !== "");
  const isAccepted = verdictOf(value("verdict"));
  return {
    place,
    run: name("run"),
    task: name("task"),
    trial: name("trial"),
    success: outcomeOf(value("success"), place, sink),
    step,
    isStep: [step, agent, reviews, isAccepted, to[0]].some((one) => one !== undefined),
    turn: stated<LoggedTurn>({
      agent: agent ?? "agent",
      model: name("model"),
      seconds: seconds !== undefined && isInMilliseconds(layout.seconds) ? seconds / 1000 : seconds,
      inputTokens: amount("input_tokens"),
      cachedTokens: amount("cached_tokens"),
      outputTokens: amount("output_tokens"),
      dollars: amount("cost"),
      failure: failureOfRow(value("failed")),
      retries: amount("retries"),
      tools: toolsOf(amount("tool_calls"), amount("tool_errors")),
      isCorrect: truthIn(value("correct")),
    }),
    start: clockOf(value("start"), isInMilliseconds(layout.start)),
    to,
    reviews,
    isAccepted,
  };
}

/** Kinds of errors count as errors; `none` and the like do not. */
function failureOfRow(value: unknown): LoggedTurn["failure"] {
  const name = textIn(value);
  if (value === true) return "error";
  if (name === undefined || /^(none|null|nan|n\/a|ok|-)$/i.test(name)) return undefined;
  // "failed" in a column of this name says that it did.
  if (/^(fail|failed)$/i.test(name)) return "error";
  if (/^(pass|passed)$/i.test(name) || truthIn(name) === false) return undefined;
  return isTimeout(name) ? "timeout" : "error";
}

const ACCEPTS = /^(accept|approve|pass|ok$|lgtm$)/i;
const REJECTS = /^(reject|refuse|revise|revision|fail|den(y|ied))/i;

function verdictOf(value: unknown): boolean | undefined {
  const name = textIn(value) ?? "";
  if (ACCEPTS.test(name)) return true;
  return REJECTS.test(name) ? false : truthIn(value);
}

/** No turn calls more tools; a larger number is none of calls. */
const MOST_TOOLS = 10_000;

function toolsOf(calls = 0, errors = 0): LoggedToolCall[] {
  const count = Math.min(Math.trunc(Math.max(calls, errors)), MOST_TOOLS);
  return Array.from({ length: count }, (_, i) => ({ hasFailed: i < errors }));
}

/** In seconds: since 1970, or from the beginning of the run. */
function clockOf(value: unknown, isMilliseconds: boolean): number | undefined {
  const time = timeIn(value);
  const isSmall = time !== undefined && time === numberIn(value);
  return isSmall && isMilliseconds ? time / 1000 : time;
}
