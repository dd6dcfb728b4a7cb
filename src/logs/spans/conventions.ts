// What attributes mean: the GenAI conventions of OpenTelemetry with their new and old names, OpenInference, and what frameworks
// write besides.
import { type Fields, numberIn, textIn, truthIn } from "../values.ts";
import { type Envelope, firstOf, idIn } from "./envelope.ts";
import type { Evaluation, Span, SpanKind, SpanMessage, SpanReview } from "./span.ts";
import { dollarsIn, INPUT, tokensIn } from "./usage.ts";

/** What a span may say that it is. */
const KINDS: Readonly<Record<string, SpanKind>> = {
  chat: "turn",
  chat_model: "turn",
  chat_completion: "turn",
  "chat.completions": "turn",
  generate_content: "turn",
  text_completion: "turn",
  "text.completions": "turn",
  completion: "turn",
  call_llm: "turn",
  llm: "turn",
  generation: "turn",
  responses: "turn",
  execute_tool: "tool",
  tool: "tool",
  invoke_agent: "agent",
  agent_run: "agent",
  agent: "agent",
  create_agent: "other",
  invoke_workflow: "other",
  chain: "other",
  workflow: "other",
  task: "other",
  embedding: "other",
  embeddings: "other",
  embed_content: "other",
  retriever: "other",
  retrieval: "other",
  reranker: "other",
  rerank: "other",
  guardrail: "other",
  evaluate: "judge",
  evaluator: "judge",
  "faultline.message": "message",
};

/** Attributes that say what a span is, the surest first. */
const KIND_NAMES = [
  "gen_ai.operation.name",
  "openinference.span.kind",
  "langfuse.observation.type",
  "langsmith.span.kind",
  "traceloop.span.kind",
  "llm.request.type",
  "ai.operationId",
  "mlflow.spanType",
  "span_kind",
];

const MODEL = [
  "gen_ai.response.model",
  "gen_ai.request.model",
  "llm.model_name",
  "llm.response.model",
  "llm.request.model",
  "ai.response.model",
  "ai.model.id",
  "model_name",
];
const AGENT = [
  "gen_ai.agent.name",
  "agent.name",
  "agent_name",
  "gen_ai.agent_name",
  "lc_agent_name",
  "traceloop.agent.name",
  "recipient_agent_type",
  "agent_role",
];
const AGENT_ID = ["gen_ai.agent.id"];
const CALLER = ["gen_ai.caller.name"];
const TRANSFER = ["gen_ai.transfer.target.name"];
const MAKES = ["faultline.makes"];
/** What OpenLLMetry calls an agent or a tool, by the kind of the span. */
const ENTITY = "traceloop.entity.name";
const TOOL = ["gen_ai.tool.name", "tool.name", "tool_name", "ai.toolCall.name", ENTITY];
const ERROR = ["error.type", "exception.type", "gen_ai.response.error.type"];
const CONVERSATION = ["gen_ai.conversation.id", "session.id"];
const TASK = [
  "task.id",
  "task_id",
  "taskId",
  "gen_ai.task.id",
  "langfuse.experiment.item.id",
  "dataset_item_id",
  "datasetItemId",
  "metadata.task_id",
];

/** What can be an id of a task, rather than its text. */
const TASK_ID = /^[^\s]{1,120}$/;

/** What a span tells. All spans have the same fields in the same order, which keeps them small and quick. */
export function spanOf(envelope: Envelope): Span {
  const { attributes, links } = envelope;
  const kind = kindOf(envelope);
  const text = (names: readonly string[]) => shared(firstOf(attributes, names, textIn));
  const hasUsage = kind !== "tool" && kind !== "message";
  const tokens = hasUsage ? tokensIn(attributes) : undefined;
  return {
    trace: envelope.trace,
    id: envelope.id,
    parent: envelope.parent,
    place: envelope.place,
    kind,
    start: envelope.start,
    end: envelope.end,
    agent: shared(agentOf(envelope, kind)),
    agentId: text(AGENT_ID),
    tool: kind === "tool" ? shared(toolOf(envelope)) : undefined,
    model: hasUsage ? text(MODEL) : undefined,
    inputTokens: tokens?.inputTokens,
    cachedTokens: tokens?.cachedTokens,
    outputTokens: tokens?.outputTokens,
    dollars: hasUsage ? dollarsIn(attributes) : undefined,
    failure: failureOf(envelope),
    evaluations: evaluationsOf(envelope),
    links: links.length === 0 ? undefined : links,
    makes: text(MAKES),
    reviews: reviewsOf(envelope),
    message: kind === "message" ? messageOf(attributes) : undefined,
    caller: text(CALLER),
    transfersTo: text(TRANSFER) ?? shared(handedTo(envelope.name)),
    conversation: shared(firstOf(attributes, CONVERSATION, textIn)),
    task: shared(taskIn(attributes)),
  };
}

/** Most names of which one copy is kept. */
const MOST_SHARED = 10_000;
const copies = new Map<string, string>();

/** The same text, but one copy of it for all spans. */
function shared(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const copy = copies.get(text);
  if (copy === undefined && copies.size < MOST_SHARED) copies.set(text, text);
  return copy ?? text;
}

/** What Vercel's library calls its calls of models. */
const CALL_OF_AI = /^ai\.(?:generate|stream)(?:Text|Object)/;

function kindOf({ attributes, name }: Envelope): SpanKind {
  if (handedTo(name) !== undefined) return "other";
  for (const key of KIND_NAMES) {
    const value = attributes[key];
    if (typeof value !== "string") continue;
    if (CALL_OF_AI.test(value)) return "turn";
    if (value === "ai.toolCall") return "tool";
    const kind = KINDS[value.replaceAll('"', "").toLowerCase()];
    if (kind !== undefined) return kind;
  }
  if (attributes.langgraph_node === "tools" && name !== "tools") return "tool";
  if (attributes["gen_ai.tool.name"] !== undefined || /^Function: /.test(name)) return "tool";
  if (/^Agent run: /.test(name)) return "agent";
  const [, word] = /^([a-z]+_[a-z]+)(?: |$)/.exec(name) ?? [];
  const named = word === undefined ? undefined : KINDS[word];
  if (named !== undefined) return named;
  if (/ run$|^agent\b/i.test(name))
    return firstOf(attributes, AGENT, textIn) === undefined ? "other" : "agent";
  const isCall =
    firstOf(attributes, MODEL, textIn) !== undefined &&
    firstOf(attributes, INPUT, numberIn) !== undefined;
  return isCall ? "turn" : "other";
}

/** Names of methods and of classes, which are no names of agents. */
const NO_NAME = /^(?:agent|task|crew|.*\._.*|_.*|run|workflow)$/i;

function agentOf({ attributes, name }: Envelope, kind: SpanKind): string | undefined {
  const stated = firstOf(attributes, AGENT, textIn);
  if (stated !== undefined) return stated;
  const node = graphNode(attributes);
  if (node !== undefined || kind !== "agent") return node;
  const called =
    firstOf(attributes, ["graph.node.id", ENTITY], textIn)?.trim() ?? nameOfAgent(name);
  return NO_NAME.test(called) ? undefined : called;
}

/** `invoke_agent planner`, `agent_run [planner]`, `Agent run: 'planner'`, `planner run` and `planner.run` are the planner. */
const nameOfAgent = (name: string) =>
  name
    .replace(/^(?:invoke_agent|agent_run|agent run:|agent:?)\s+/i, "")
    .replace(/^\[(.*)\]$|^'(.*)'$/, "$1$2")
    .replace(/(?:\.a?run| run|\.invoke|\.kickoff|\.agent|\._execute_core)$/, "")
    .trim();

const toolOf = ({ attributes, name }: Envelope) =>
  firstOf(attributes, TOOL, textIn) ??
  textIn(name.replace(/^(?:execute_tool|running tool:?|function:)\s+/i, ""));

/** To whom a span hands over that is nothing else: `handoff to writer`, `Handoff: planner -> writer`. */
const handedTo = (name: string) => textIn(/^handoff(?: to |: .* (?:->|→) )(.+)$/i.exec(name)?.[1]);

/** Nodes that are the inside of an agent, called so by LangGraph's own builders. */
const INNER_NODES = new Set(["agent", "call_model", "model", "llm", "tools"]);

/** The node of a graph that stands for an agent: the innermost that has a name of its own. */
function graphNode(attributes: Fields): string | undefined {
  const path = textIn(attributes.langgraph_checkpoint_ns) ?? textIn(attributes.langgraph_node);
  const nodes = path?.split("|").map((part) => part.split(":")[0]) ?? [];
  const outer = nodes.filter((node) => !INNER_NODES.has(node));
  return outer.at(-1);
}

export const taskIn = (attributes: Fields): string | undefined =>
  textIn(attributes["faultline.task"]) ??
  firstOf(attributes, TASK, (value) => {
    const text = textIn(value);
    return text !== undefined && TASK_ID.test(text) ? text : undefined;
  });

const TIMEOUT = /time.?out|timed out|deadline/i;

function failureOf({ attributes, events, hasFailed, reason }: Envelope): Span["failure"] {
  const type = firstOf(attributes, ERROR, textIn);
  const exceptions = events.filter(({ name }) => name === "exception");
  if (!hasFailed && type === undefined && exceptions.length === 0) return undefined;
  const said = [type, reason, ...exceptions.map((one) => firstOf(one.attributes, ERROR, textIn))];
  return said.some((text) => text !== undefined && TIMEOUT.test(text)) ? "timeout" : "error";
}

/** Evaluations stand among the attributes or as events. */
function evaluationsOf({ attributes, events }: Envelope): Span["evaluations"] {
  const told = [attributes, ...events.filter(isEvaluation).map((event) => event.attributes)]
    .map(evaluationIn)
    .filter((one) => one !== undefined);
  return told.length === 0 ? undefined : told;
}

const isEvaluation = ({ name }: { readonly name: string }) =>
  name === "gen_ai.evaluation.result" || name === "gen_ai.evaluation";

function evaluationIn(attributes: Fields): Evaluation | undefined {
  const find = <T>(field: string, read: (value: unknown) => T | undefined) =>
    firstOf(attributes, [`gen_ai.evaluation.${field}`, `evaluation.${field}`], read);
  const name = find("name", textIn);
  if (name === undefined) return undefined;
  const score = find("score.value", scoreIn) ?? find("score", scoreIn) ?? find("result", scoreIn);
  return { name, score, label: find("score.label", textIn) ?? find("label", textIn) };
}

/** A number; yes is 1. */
export const scoreIn = (value: unknown): number | undefined =>
  typeof value === "boolean" ? Number(value) : numberIn(value);

function reviewsOf({ events }: Envelope): readonly SpanReview[] | undefined {
  const reviews = events
    .filter(({ name }) => name === "faultline.review")
    .map(({ attributes }) => ({
      of: idIn(attributes["faultline.review.of"]),
      isAccepted: attributes["faultline.review.verdict"] === "accept",
      isCorrect: truthIn(attributes["faultline.review.correct"]),
    }));
  return reviews.length === 0 ? undefined : reviews;
}

function messageOf(attributes: Fields): SpanMessage | undefined {
  const from = textIn(attributes["faultline.from"]);
  const to = textIn(attributes["faultline.to"]);
  if (from === undefined || to === undefined) return undefined;
  return {
    from,
    to,
    results: numberIn(attributes["faultline.results"]),
    omitted: numberIn(attributes["faultline.omitted"]),
    distorted: numberIn(attributes["faultline.distorted"]),
    tokens: numberIn(attributes["faultline.tokens"]),
  };
}
