// A turn of Inspect AI: what the event of a call of a model says of it.
import type { LogSink, Place } from "../format.ts";
import type { LoggedToolCall, LoggedTurn } from "../run.ts";
import { tokensOf } from "../tokens.ts";
import { type Fields, fieldsIn, numberIn, textIn, timeIn } from "../values.ts";
import { amountOf, failureOf, stated } from "./facts.ts";

export interface ModelCall {
  readonly event: Fields;
  readonly agent: string;
  readonly tools: readonly LoggedToolCall[];
  /** How long they took. */
  readonly toolSeconds?: number;
}

/** When an event began, in seconds since 1970. */
export const beginOf = (event: Fields): number | undefined => timeIn(event.timestamp);

/** @param begin of the run, in seconds since 1970 */
export function inspectTurn(
  { event, agent, tools, toolSeconds }: ModelCall,
  begin: number | undefined,
  place: Place,
  sink: LogSink,
): LoggedTurn {
  const output = fieldsIn(event.output);
  const usage = fieldsIn(output.usage);
  const at = beginOf(event);
  const amount = (value: unknown) => amountOf(value, "calls", place, sink);
  return stated<LoggedTurn>({
    agent,
    model: textIn(event.model) ?? textIn(output.model),
    start: at === undefined || begin === undefined ? undefined : at - begin,
    seconds: isAnsweredFromCache(event)
      ? undefined
      : (amount(event.working_time) ?? amount(output.time) ?? spanOf(event)),
    toolSeconds,
    ...tokensOf({
      input: amount(usage.input_tokens),
      output: amount(usage.output_tokens),
      cached: amount(usage.input_tokens_cache_read),
      written: amount(usage.input_tokens_cache_write),
      reasoning: amount(usage.reasoning_tokens),
      total: numberIn(usage.total_tokens),
    }),
    dollars: amount(usage.total_cost),
    failure: failureOf(event.error) ?? failureOf(output.error),
    retries: amount(event.retries),
    tools,
  });
}

/** Inspect can answer calls from its own cache, in no time. */
const isAnsweredFromCache = (event: Fields) => event.cache === "read";

/** How long an event took, in seconds, where it states both ends. */
export function spanOf(event: Fields): number | undefined {
  const [begin, end] = [timeIn(event.timestamp), timeIn(event.completed)];
  return begin === undefined || end === undefined || end < begin ? undefined : end - begin;
}
