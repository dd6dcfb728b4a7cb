// Turns of a chat in the forms of OpenAI and Anthropic: each message of an assistant is a turn, and the messages after it tell
// what became of the tools that it called.
import type { LoggedToolCall, LoggedTurn } from "../run.ts";
import { type Fields, fieldsIn, listIn, textIn } from "../values.ts";
import { isErrorResult, stated } from "./facts.ts";

interface Call {
  readonly id: string | undefined;
  readonly name: string | undefined;
  hasFailed: boolean;
  isAnswered: boolean;
}

/** @param agent who the assistant is */
export function chatTurns(messages: readonly unknown[], agent: string): LoggedTurn[] {
  const turns: { readonly model: string | undefined; readonly calls: Call[] }[] = [];
  for (const message of messages.map(fieldsIn)) {
    if (message.role === "assistant")
      turns.push({ model: textIn(message.model), calls: callsOf(message) });
    else for (const result of resultsOf(message)) answer(turns.at(-1)?.calls ?? [], result);
  }
  return turns.map(({ model, calls }) =>
    stated<LoggedTurn>({ agent, model, tools: calls.map(toolOf) }),
  );
}

/** The tools that a message of an assistant calls. */
function callsOf(message: Fields): Call[] {
  const blocks = listIn(message.content).map(fieldsIn);
  const calls = [
    ...listIn(message.tool_calls).map(fieldsIn),
    ...blocks.filter(({ type }) => type === "tool_use"),
  ];
  return calls.map((call) => ({
    id: textIn(call.id),
    name: textIn(fieldsIn(call.function).name) ?? textIn(call.function) ?? textIn(call.name),
    hasFailed: false,
    isAnswered: false,
  }));
}

function resultsOf(message: Fields): readonly Fields[] {
  if (message.role === "tool") return [message];
  return listIn(message.content)
    .map(fieldsIn)
    .filter(({ type }) => type === "tool_result");
}

/** Ids of calls recur in some logs, from turn to turn: only calls of the latest turn are answered, and in their order if need be. */
function answer(calls: readonly Call[], result: Fields): void {
  const open = calls.filter(({ isAnswered }) => !isAnswered);
  const id = textIn(result.tool_call_id) ?? textIn(result.tool_use_id);
  const call = open.find((one) => one.id === id) ?? open[0];
  if (call === undefined) return;
  call.isAnswered = true;
  call.hasFailed = isErrorResult(result);
}

const toolOf = ({ name, hasFailed }: Call): LoggedToolCall =>
  stated<LoggedToolCall>({ name, hasFailed });
