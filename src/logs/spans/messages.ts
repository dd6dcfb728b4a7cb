// Who told whom, as spans show it.
import type { LoggedMessage } from "../run.ts";
import { type Casting, NOBODY } from "./casting.ts";
import type { Span } from "./span.ts";
import type { Node, Tree } from "./tree.ts";

type Told = LoggedMessage & { readonly at: number };

/**
 * The messages of a run, by their time. Where spans state messages, these are all; else they are inferred:
 *
 * - from an agent to one that works within its span, and back when that ends;
 * - where no agent is around them, from the agent that ended last before another one begins beside it, to that one;
 * - as `gen_ai.caller.name` and `gen_ai.transfer.target.name` say, unless the same was inferred.
 *
 * Only agents that take turns tell anything.
 */
export function messagesOf(tree: Tree, casting: Casting): LoggedMessage[] {
  const stated = tree.nodes.flatMap(({ span }) => statedBy(span, casting));
  if (stated.length > 0) return inOrder(stated);
  const scopes = scopesOf(casting);
  const inferred = [...calls(scopes, casting), ...relays(scopes, casting)];
  const known = new Set(inferred.map(pairOf));
  const handed = tree.nodes.flatMap((node) => handedOver(node, casting));
  return inOrder([...inferred, ...handed.filter((one) => !known.has(pairOf(one)))]);
}

const pairOf = ({ from, to }: LoggedMessage) => JSON.stringify([from, to]);

const inOrder = (told: Told[]): LoggedMessage[] =>
  told.sort((a, b) => a.at - b.at).map(({ at: _, ...message }) => message);

function statedBy({ message, start }: Span, casting: Casting): Told[] {
  if (message === undefined) return [];
  const { from, to, ...counts } = message;
  const known = Object.entries(counts).filter(([, value]) => value !== undefined);
  return [
    {
      from: casting.called(from),
      to: casting.called(to),
      ...Object.fromEntries(known),
      at: start ?? 0,
    },
  ];
}

/** A stretch of work of one agent: the outermost span that is all its own. */
interface Scope {
  readonly agent: string;
  readonly top: Node;
  readonly start: number;
  readonly end: number;
  /** The acting agent that it works for. */
  readonly within: string | undefined;
}

/** The stretches of work, in the order in which they begin. */
function scopesOf(casting: Casting): Scope[] {
  const scopes = new Map<Node, Scope>();
  for (const call of casting.calls) {
    const agent = casting.agentOf(call);
    const top = topOf(call, agent, casting);
    if (scopes.has(top)) continue;
    const { start = 0, end = start } = top.span;
    scopes.set(top, { agent, top, start, end, within: actingAround(top, agent, casting) });
  }
  return [...scopes.values()].sort((a, b) => a.start - b.start);
}

/** The highest span above a turn that names its agent, without another acting agent between; else the turn. */
function topOf(call: Node, agent: string, casting: Casting): Node {
  let top = call;
  for (let above = call.parent; above !== undefined; above = above.parent) {
    const named = casting.named(above);
    if (named === agent) top = above;
    else if (named !== undefined && casting.acting.has(named)) break;
  }
  return top;
}

function actingAround(top: Node, agent: string, casting: Casting): string | undefined {
  for (let above = top.parent; above !== undefined; above = above.parent) {
    const named = casting.named(above);
    if (named !== undefined && named !== agent && casting.acting.has(named)) return named;
  }
  return undefined;
}

/** From those who call to those who are called, and back. */
const calls = (scopes: readonly Scope[], casting: Casting): Told[] =>
  scopes.flatMap(({ agent, within, top, start, end }) => {
    if (within === undefined) return [];
    const { caller } = top.span;
    const from = caller === undefined ? within : casting.called(caller);
    return [
      { from, to: agent, at: start },
      { from: agent, to: from, at: end },
    ];
  });

/** From each stretch of work to the next of another agent beside it. */
function relays(scopes: readonly Scope[], casting: Casting): Told[] {
  const free = scopes.filter(({ within }) => within === undefined);
  const byEnd = free.toSorted((a, b) => a.end - b.end);
  const told: Told[] = [];
  let ended = 0;
  for (const { agent, start, top } of free) {
    while (ended < byEnd.length && byEnd[ended].end <= start && byEnd[ended].top !== top) ended++;
    const before = byEnd[ended - 1];
    if (before !== undefined && before.agent !== agent && top.span.caller === undefined)
      told.push({ from: before.agent, to: agent, at: start });
  }
  return told.filter(
    ({ from, to }) => casting.acting.size > 1 && (from !== NOBODY || to !== NOBODY),
  );
}

function handedOver(node: Node, casting: Casting): Told[] {
  const { caller, transfersTo, start, end } = node.span;
  const agent = casting.agentOf(node);
  const told: Told[] = [];
  if (caller !== undefined) told.push({ from: casting.called(caller), to: agent, at: start ?? 0 });
  if (transfersTo !== undefined)
    told.push({ from: agent, to: casting.called(transfersTo), at: end ?? start ?? 0 });
  return told.filter(({ from, to }) => from !== to);
}
