// The spans of one trace as a tree.
import type { Place, Trouble } from "../format.ts";
import type { Span } from "./span.ts";

/** A span in its tree. */
export interface Node {
  readonly span: Span;
  readonly children: Node[];
  /** None of roots, and of spans whose parent is missing. */
  parent: Node | undefined;
}

type Tell = (trouble: Trouble, what: string, place: Place) => void;

export interface Tree {
  /** All spans, by their start; those without a time stand where they came. */
  readonly nodes: readonly Node[];
  readonly byId: ReadonlyMap<string, Node>;
  /** Spans that have no parent; if there are none, those whose parent is missing. */
  readonly roots: readonly Node[];
  /** Whether there is a span without a parent: a trace that is cut off often lacks it. */
  readonly hasRoot: boolean;
}

/** Puts spans under their parents. Of two with the same id the one that ends is kept, and else the first. */
export function treeOf(spans: readonly Span[], tell: Tell): Tree {
  const nodes = distinct(spans, tell).map(
    (span): Node => ({ span, children: [], parent: undefined }),
  );
  const byId = new Map<string, Node>();
  for (const node of nodes) if (node.span.id !== undefined) byId.set(node.span.id, node);
  const orphans: Node[] = [];
  for (const node of nodes) {
    const { parent, place } = node.span;
    if (parent === undefined) continue;
    const above = byId.get(parent);
    if (above === undefined) {
      orphans.push(node);
      tell("noParent", "spans", place);
    } else if (!isWithin(above, node)) {
      node.parent = above;
    }
  }
  byStart(nodes);
  for (const node of nodes) node.parent?.children.push(node);
  const roots = nodes.filter(
    ({ span, parent }) => parent === undefined && span.parent === undefined,
  );
  const hasRoot = roots.length > 0;
  return { nodes, byId, roots: hasRoot ? roots : orphans, hasRoot };
}

function distinct(spans: readonly Span[], tell: Tell): Span[] {
  const kept = new Map<string, Span>();
  const all: (Span | string)[] = [];
  for (const span of spans) {
    const { id } = span;
    const earlier = id === undefined ? undefined : kept.get(id);
    if (earlier !== undefined) tell("duplicate", "spans", span.place);
    else all.push(id ?? span);
    if (
      id !== undefined &&
      (earlier === undefined || (earlier.end === undefined && span.end !== undefined))
    )
      kept.set(id, span);
  }
  return all.map((one) => (typeof one === "string" ? (kept.get(one) as Span) : one));
}

/** Whether a node is another one or below it: parents in a circle have no beginning. */
function isWithin(node: Node, above: Node): boolean {
  for (let one: Node | undefined = node; one !== undefined; one = one.parent)
    if (one === above) return true;
  return false;
}

function byStart(nodes: Node[]): void {
  nodes.sort((a, b) => (a.span.start ?? 0) - (b.span.start ?? 0));
}

/** The nearest node above that has a property. */
export function nearest(node: Node, is: (node: Node) => boolean): Node | undefined {
  for (let one = node.parent; one !== undefined; one = one.parent) if (is(one)) return one;
  return undefined;
}
