// The spans of a trace become a run: its turns with their agents, tools and retries, what judges say, and who told whom.
import type { LogSink, Place } from "../format.ts";
import type { LoggedReview, LoggedRun, LoggedToolCall, LoggedTurn } from "../run.ts";
import type { AgentNames } from "./agentNames.ts";
import { Casting, NOBODY } from "./casting.ts";
import { correctnessOf, successOf } from "./judgement.ts";
import { messagesOf } from "./messages.ts";
import type { Evaluation, Span } from "./span.ts";
import { type Node, nearest, type Tree, treeOf } from "./tree.ts";

type Tell = LogSink["trouble"];

/**
 * The run that the spans of a trace tell of; none if no span is a turn and nothing says whether it succeeded.
 *
 * - A turn is a call of a model. Of calls inside calls, as when two libraries watch the same one, the innermost counts; where it
 *   lacks something that the one around it alone has, that is filled in. A trace without any has its innermost agents as turns.
 * - A failed turn that is followed by another turn of the same agent under the same parent is its retry, unless it called tools.
 * - A tool belongs to the turn around it, or else to the last turn of its agent that began before it.
 */
export function runOf(
  id: string,
  parts: readonly Span[],
  names: AgentNames,
  tell: Tell,
): LoggedRun | undefined {
  const facts = parts.filter(({ kind }) => kind === "facts");
  const tree = treeOf(
    parts.filter(({ kind }) => kind !== "facts"),
    tell,
  );
  const calls = callsOf(tree);
  if (calls.length === 0) return outcomeAlone(id, parts[0].place, tree, facts, tell);
  const times = timesOf(tree.nodes, tell);
  const casting = new Casting(tree, calls, names, tell);
  const turns = calls.map((call) => new Turn(call, casting.agentOf(call)));
  const byCall = new Map(turns.map((turn) => [turn.node, turn]));
  for (const node of tree.nodes)
    if (node.span.kind === "tool") turnOf(node, turns, byCall, casting)?.tools.push(node);
  const kept = withoutRetries(turns);
  const positions = positionsOf(turns, kept, tree);
  const judged = judgements(tree, byCall, facts);
  const outside = (place: Place) => () => tell("outcome", "evaluations", place);
  const success = successOf(judged.ofRun, outside(parts[0].place));
  const dollars = dollarsOf([...facts, ...rootsBesides(tree, byCall)]);
  const task = [...facts, ...tree.roots.map(({ span }) => span)].find(
    (one) => one.task !== undefined,
  );
  const begin = times.start;
  return compact<LoggedRun>({
    id,
    place: placeText(parts[0].place),
    task: task?.task,
    success,
    seconds: times.seconds,
    dollars,
    isComplete: tree.hasRoot && times.isOver,
    turns: kept.map((turn) => turn.logged(begin, positions, judged.ofTurn.get(turn) ?? [], tell)),
    messages: messagesOf(tree, casting),
  });
}

/** A run of which only the outcome is known, such as a trace that came without its spans. */
function outcomeAlone(
  id: string,
  place: Place,
  tree: Tree,
  facts: readonly Span[],
  tell: Tell,
): LoggedRun | undefined {
  const { ofRun } = judgements(tree, new Map(), facts);
  const success = successOf(ofRun, () => tell("outcome", "evaluations", place));
  if (success === undefined) return undefined;
  const task = facts.find((one) => one.task !== undefined)?.task;
  return compact<LoggedRun>({
    id,
    place: placeText(place),
    task,
    success,
    seconds: undefined,
    dollars: dollarsOf(facts),
    isComplete: true,
    turns: [],
    messages: [],
  });
}

/** Without the fields that are missing. */
const compact = <T extends object>(fields: { [K in keyof T]: T[K] | undefined }): T =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;

const placeText = ({ file, line }: Place) => (line === undefined ? file : `${file}:${line}`);

/** The nodes that are turns, in the order in which they began. A judge that asks a model is no part of the team. */
function callsOf({ nodes }: Tree): Node[] {
  const turns = innermost(nodes, "turn").filter(
    (node) => nearest(node, ({ span }) => span.kind === "judge") === undefined,
  );
  return turns.length > 0 ? turns : innermost(nodes, "agent");
}

function innermost(nodes: readonly Node[], kind: Span["kind"]): Node[] {
  const ofKind = nodes.filter(({ span }) => span.kind === kind);
  const around = new Set<Node>();
  for (const node of ofKind)
    for (let above = node.parent; above !== undefined; above = above.parent) {
      if (around.has(above)) break;
      around.add(above);
    }
  return ofKind.filter((node) => !around.has(node));
}

/** When a run begins, how long it takes, and whether all of it has ended. Tells of clocks that run backwards. */
function timesOf(nodes: readonly Node[], tell: Tell) {
  let [start, end] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let isOver = true;
  for (const { span } of nodes) {
    if (span.start === undefined) continue;
    start = Math.min(start, span.start);
    end = Math.max(end, span.end ?? span.start);
    if (span.end !== undefined && span.end < span.start) tell("clock", "spans", span.place);
    if (span.end === undefined) isOver = false;
  }
  if (!isOver) tell("endless", "runs", nodes[0].span.place);
  return Number.isFinite(start)
    ? { start, seconds: rounded(end - start), isOver }
    : { start: undefined, seconds: undefined, isOver };
}

/** To a microsecond: the last digits of times since 1970 are noise. */
const rounded = (seconds: number) => Math.round(seconds * 1e6) / 1e6;

class Turn {
  readonly node: Node;
  readonly agent: string;
  readonly tools: Node[] = [];
  retries = 0;

  constructor(node: Node, agent: string) {
    this.node = node;
    this.agent = agent;
  }

  logged(
    begin: number | undefined,
    positions: ReadonlyMap<string, number>,
    evaluations: readonly Evaluation[],
    tell: Tell,
  ): LoggedTurn {
    const span = filledIn(this.node);
    const { start, place } = span;
    const amount = (value: number | undefined) => amountOf(value, place, tell);
    const buildsOn = span.links
      ?.map((one) => positions.get(one))
      .filter((one) => one !== undefined);
    return compact<LoggedTurn>({
      agent: this.agent,
      model: span.model,
      start: start === undefined || begin === undefined ? undefined : rounded(start - begin),
      seconds: secondsOf(this.node, this.tools),
      toolSeconds: toolSecondsOf(this.tools),
      inputTokens: amount(span.inputTokens),
      cachedTokens: amount(span.cachedTokens),
      outputTokens: amount(span.outputTokens),
      dollars: amount(span.dollars),
      failure: span.failure,
      retries: this.retries === 0 ? undefined : this.retries,
      tools: this.tools.map(toolCall),
      isCorrect: correctnessOf(evaluations, () => tell("outcome", "evaluations", place)),
      makes: span.makes,
      buildsOn: buildsOn === undefined || buildsOn.length === 0 ? undefined : buildsOn,
      reviews: span.reviews?.map((review) =>
        compact<LoggedReview>({
          ...review,
          of: review.of === undefined ? undefined : positions.get(review.of),
        }),
      ),
    });
  }
}

function amountOf(value: number | undefined, place: Place, tell: Tell): number | undefined {
  if (value === undefined || value >= 0) return value;
  tell("negative", "amounts", place);
  return undefined;
}

const toolCall = ({ span }: Node): LoggedToolCall =>
  compact<LoggedToolCall>({ name: span.tool, hasFailed: span.failure !== undefined });

const FILLED = [
  "model",
  "inputTokens",
  "cachedTokens",
  "outputTokens",
  "dollars",
  "failure",
] as const;

/** A turn with what only a call around it states, if it is the only call in that. */
function filledIn(node: Node): Span {
  const filled: { -readonly [K in keyof Span]: Span[K] } = { ...node.span };
  for (let above = node.parent; above?.span.kind === "turn"; above = above.parent) {
    if (above.children.filter(({ span }) => span.kind === "turn").length > 1) break;
    const { inputTokens, outputTokens } = filled;
    const fields =
      inputTokens === undefined && outputTokens === undefined
        ? FILLED
        : (["model", "dollars", "failure"] as const);
    for (const field of fields)
      Object.assign(filled, { [field]: filled[field] ?? above.span[field] });
  }
  return filled;
}

/** The time of a call without that of the tools that ran inside it. */
function secondsOf({ span }: Node, tools: readonly Node[]): number | undefined {
  const { start, end } = span;
  if (start === undefined || end === undefined || end < start) return undefined;
  const inside = tools.filter((tool) => isInside(tool, span));
  return rounded(end - start - covered(inside, start, end));
}

/** The time of tools; undefined where none states when it began and ended. */
function toolSecondsOf(tools: readonly Node[]): number | undefined {
  const timed = tools.filter(
    (tool) => tool.span.start !== undefined && tool.span.end !== undefined && !asksModels(tool),
  );
  return timed.length === 0 ? undefined : rounded(covered(timed));
}

const asksModels = ({ children }: Node): boolean =>
  children.some((child) => child.span.kind === "turn" || asksModels(child));

/** The time from `begin` to `end` in which at least one of some tools ran. They come by their start. */
function covered(tools: readonly Node[], begin = Number.NEGATIVE_INFINITY, end = Infinity): number {
  let time = 0;
  let until = begin;
  for (const { span } of tools) {
    const from = Math.max(until, span.start ?? until);
    const to = Math.min(end, span.end ?? from);
    if (to <= from) continue;
    time += to - from;
    until = to;
  }
  return time;
}

function isInside(node: Node, span: Span): boolean {
  for (let above = node.parent; above !== undefined; above = above.parent)
    if (above.span === span) return true;
  return false;
}

/** The turn that called a tool. */
function turnOf(
  tool: Node,
  turns: readonly Turn[],
  byCall: ReadonlyMap<Node, Turn>,
  casting: Casting,
): Turn | undefined {
  for (let above = tool.parent; above !== undefined; above = above.parent) {
    const turn = byCall.get(above);
    if (turn !== undefined) return turn;
  }
  const agent = casting.agentOf(tool);
  const { start } = tool.span;
  const before = turns.filter(
    ({ node }) => start === undefined || node.span.start === undefined || node.span.start <= start,
  );
  const own = before.findLast((turn) => turn.agent === agent);
  // A tool that is called outside any agent belongs to whoever spoke last.
  return (
    own ??
    (agent === NOBODY ? before.at(-1) : undefined) ??
    turns.find((turn) => turn.agent === agent) ??
    before.at(-1)
  );
}

/** The turns without failed ones that the next turn repeats, which counts them. */
function withoutRetries(turns: readonly Turn[]): Turn[] {
  const next = new Map<string, Turn>();
  const kept: Turn[] = [];
  for (const turn of turns.toReversed()) {
    const key = `${turn.node.span.parent ?? ""} ${turn.agent}`;
    const repeat = next.get(key);
    const isRepeated =
      turn.node.span.failure !== undefined && turn.tools.length === 0 && repeat !== undefined;
    if (isRepeated) repeat.retries++;
    else {
      kept.push(turn);
      next.set(key, turn);
    }
  }
  return kept.reverse();
}

/** By the ids of spans, where among the turns of the run they are found: of calls around a turn, where that is. */
function positionsOf(turns: readonly Turn[], kept: readonly Turn[], { byId }: Tree) {
  const places = new Map(kept.map((turn, i) => [turn, i]));
  const positions = new Map<string, number>();
  for (const turn of turns) {
    const position = places.get(turn);
    for (
      let node: Node | undefined = turn.node;
      node?.span.kind === turn.node.span.kind;
      node = node.parent
    )
      if (position !== undefined && node.span.id !== undefined && byId.has(node.span.id))
        positions.set(node.span.id, position);
  }
  return positions;
}

/**
 * What is said of the run, and of turns. What stands at a turn, or at a judge or call around it, is of the turn. What stands at a
 * root, at a judge that belongs to no turn, or at the trace is of the run; if a root is a turn, it is of both.
 */
function judgements(tree: Tree, byCall: ReadonlyMap<Node, Turn>, facts: readonly Span[]) {
  const ofRun: Evaluation[] = facts.flatMap(({ evaluations }) => evaluations ?? []);
  const ofTurn = new Map<Turn, Evaluation[]>();
  const roots = new Set(tree.roots);
  for (const node of tree.nodes) {
    const { evaluations, kind } = node.span;
    if (evaluations === undefined) continue;
    const subject = kind === "judge" ? node.parent : node;
    const turn = subject && callIn(subject, byCall);
    if (turn !== undefined) ofTurn.set(turn, [...(ofTurn.get(turn) ?? []), ...evaluations]);
    if (subject === undefined || roots.has(subject) || (kind === "judge" && turn === undefined))
      ofRun.push(...evaluations);
  }
  return { ofRun, ofTurn };
}

/** The turn that a node is, or that is the only one within a call. */
function callIn(node: Node, byCall: ReadonlyMap<Node, Turn>): Turn | undefined {
  const turn = byCall.get(node);
  if (turn !== undefined || node.span.kind !== "turn") return turn;
  const calls = node.children.filter(({ span }) => span.kind === "turn");
  return calls.length === 1 ? callIn(calls[0], byCall) : undefined;
}

/** Roots that are no turns: what they state is of the whole. */
const rootsBesides = ({ roots }: Tree, byCall: ReadonlyMap<Node, Turn>): Span[] =>
  roots.filter((root) => !byCall.has(root) && root.span.kind !== "turn").map(({ span }) => span);

const dollarsOf = (spans: readonly Span[]): number | undefined =>
  spans.find(({ dollars }) => dollars !== undefined && dollars > 0)?.dollars;
