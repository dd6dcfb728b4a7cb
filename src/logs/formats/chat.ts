// Turns of a chat in the forms of OpenAI and Anthropic: each message of an assistant is a turn, and the messages after it tell
// what became of the tools that it called. Agents that act by text (ReAct) call a tool as `Action: {"name": …}`, and a user answers.
import { isObject } from "../reading/pieces.ts";
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
  let said: unknown;
  for (const message of messages.map(fieldsIn)) {
    const result = resultInText(message);
    if (message.role === "assistant") {
      said = message.content;
      turns.push({ model: textIn(message.model), calls: callsOf(message) });
    } else if (result !== undefined)
      turns.at(-1)?.calls.push({ ...result, id: undefined, name: actionIn(said) });
    else for (const result of resultsOf(message)) answer(turns.at(-1)?.calls ?? [], result);
  }
  return turns.map(({ model, calls }) =>
    stated<LoggedTurn>({ agent, model, tools: calls.map(toolOf) }),
  );
}

/** What a user says on behalf of a tool, in the words of τ-bench. */
function resultInText({ role, content }: Fields) {
  if (role !== "user" || typeof content !== "string") return undefined;
  if (!content.startsWith(RESULT)) return undefined;
  return { hasFailed: isErrorResult({ content: content.slice(RESULT.length) }), isAnswered: true };
}

const RESULT = "API output: ";

/** The name of the tool that a text calls. */
const actionIn = (text: unknown): string | undefined =>
  typeof text === "string" ? /Action:\s*\{\s*"name"\s*:\s*"([^"]+)"/.exec(text)?.[1] : undefined;

/** The tools that a message of an assistant calls. */
function callsOf(message: Fields): Call[] {
  const blocks = listIn(message.content).map(fieldsIn);
  const calls = [
    ...listIn(message.tool_calls).map(fieldsIn),
    ...(isObject(message.function_call) ? [message.function_call] : []),
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
  if (message.role === "tool" || message.role === "function") return [message];
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
