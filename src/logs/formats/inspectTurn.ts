// A turn of Inspect AI: what the event of a call of a model says of it.
import type { LogSink, Place } from "../format.ts";
import type { LoggedToolCall, LoggedTurn } from "../run.ts";
import { type Fields, fieldsIn, numberIn, textIn, timeIn } from "../values.ts";
import { amountOf, failureOf, stated } from "./facts.ts";

export interface ModelCall {
  readonly event: Fields;
  readonly agent: string;
  readonly tools: readonly LoggedToolCall[];
}

/** When an event began, in seconds since 1970. */
export const beginOf = (event: Fields): number | undefined => timeIn(event.timestamp);

/** @param begin of the run, in seconds since 1970 */
export function inspectTurn(
  { event, agent, tools }: ModelCall,
  begin: number | undefined,
  place: Place,
  sink: LogSink,
): LoggedTurn {
  const output = fieldsIn(event.output);
  const at = beginOf(event);
  const amount = (value: unknown) => amountOf(value, "calls", place, sink);
  return stated<LoggedTurn>({
    agent,
    model: textIn(event.model) ?? textIn(output.model),
    start: at === undefined || begin === undefined ? undefined : at - begin,
    seconds: isAnsweredFromCache(event)
      ? undefined
      : (amount(event.working_time) ?? amount(output.time) ?? spanOf(event)),
    ...tokensOf(fieldsIn(output.usage), amount),
    dollars: amount(fieldsIn(output.usage).total_cost),
    failure: failureOf(event.error) ?? failureOf(output.error),
    retries: amount(event.retries),
    tools,
  });
}

/** Inspect can answer calls from its own cache, in no time. */
const isAnsweredFromCache = (event: Fields) => event.cache === "read";

function spanOf(event: Fields): number | undefined {
  const [begin, end] = [timeIn(event.timestamp), timeIn(event.completed)];
  return begin === undefined || end === undefined || end < begin ? undefined : end - begin;
}

/**
 * Whether input tokens include those of the cache, and output tokens those of reasoning, depends on the provider and the version.
 * The total tells: it is the sum of what does not include each other.
 */
function tokensOf(
  usage: Fields,
  amount: (value: unknown) => number | undefined,
): Pick<LoggedTurn, "inputTokens" | "cachedTokens" | "outputTokens"> {
  const [input, output] = [amount(usage.input_tokens), amount(usage.output_tokens)];
  const cached = amount(usage.input_tokens_cache_read);
  const written = amount(usage.input_tokens_cache_write) ?? 0;
  const reasoning = amount(usage.reasoning_tokens) ?? 0;
  const total = numberIn(usage.total_tokens);
  const inputs = [0, (cached ?? 0) + written, cached ?? 0];
  const sums = inputs.flatMap((more) => [0, reasoning].map((thought) => ({ more, thought })));
  const { more, thought } = sums.find(
    (sum) => total === (input ?? 0) + (output ?? 0) + sum.more + sum.thought,
  ) ?? { more: (cached ?? 0) > (input ?? 0) ? (cached ?? 0) + written : 0, thought: 0 };
  return stated({
    inputTokens: input === undefined ? undefined : input + more,
    cachedTokens: cached,
    outputTokens: output === undefined ? undefined : output + thought,
  });
}
