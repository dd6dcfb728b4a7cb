// Layers of a directed graph, in which its edges run one way as far as may be: the layered drawing of Sugiyama, Tagawa and
// Toda (1981). Edges that close a circle run back; layers are longest paths over the others; a long edge gets a lane of its
// own in every layer between; barycentres put each layer in an order with few crossings.

import { average } from "../numerics/statistics.ts";

export type DirectedEdge = readonly [from: number, to: number];

/** A place of a layer: a node, or the lane of an edge that goes on. */
export type Slot =
  | { readonly node: number; readonly edge?: undefined }
  | { readonly node?: undefined; readonly edge: DirectedEdge };

export interface Layers {
  /** Layer of each node, from 0. */
  readonly layerOf: readonly number[];
  /** What stands in each layer, in order. */
  readonly slots: readonly (readonly Slot[])[];
  /** Edges that run back, to an earlier layer. */
  readonly back: readonly DirectedEdge[];
}

/** Sweeps there and back over the layers. */
const SWEEPS = 8;

/**
 * The layers of a graph.
 * @param count nodes are 0 .. count - 1
 * @param edges each once, without loops; where some close a circle, those that come later in the list run back
 */
export function layersOf(count: number, edges: readonly DirectedEdge[]): Layers {
  const { forward, back } = directionsOf(count, edges);
  const layerOf = longestPaths(count, forward);
  const { slots, links } = slotsOf(layerOf, forward);
  return { layerOf, slots: ordered(slots, links), back };
}

// ---------------------------------------------------------------- circles

/** Edges between strongly connected components run forward in any case, others as long as they close no circle. */
function directionsOf(count: number, edges: readonly DirectedEdge[]) {
  const component = componentsOf(count, edges);
  const targets = Array.from({ length: count }, () => [] as number[]);
  const forward: DirectedEdge[] = [];
  const back: DirectedEdge[] = [];
  for (const edge of edges) {
    const [from, to] = edge;
    const isInside = component[from] === component[to];
    if (isInside && reaches(targets, to, from)) back.push(edge);
    else {
      forward.push(edge);
      if (isInside) targets[from].push(to);
    }
  }
  return { forward, back };
}

function reaches(targets: readonly (readonly number[])[], from: number, to: number): boolean {
  const seen = new Set([from]);
  for (const node of seen) {
    if (node === to) return true;
    for (const next of targets[node]) seen.add(next);
  }
  return false;
}

/** The strongly connected component of each node: two passes in depth, there and against the edges (Kosaraju). */
function componentsOf(count: number, edges: readonly DirectedEdge[]): number[] {
  const out = Array.from({ length: count }, () => [] as number[]);
  const into = Array.from({ length: count }, () => [] as number[]);
  for (const [from, to] of edges) {
    out[from].push(to);
    into[to].push(from);
  }
  const finished: number[] = [];
  const seen = new Array<boolean>(count).fill(false);
  const visit = (node: number) => {
    seen[node] = true;
    for (const next of out[node]) if (!seen[next]) visit(next);
    finished.push(node);
  };
  for (let node = 0; node < count; node++) if (!seen[node]) visit(node);
  const component = new Array<number>(count).fill(-1);
  for (const root of finished.reverse()) {
    const open = component[root] < 0 ? [root] : [];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      component[node] = root;
      open.push(...into[node].filter((next) => component[next] < 0));
    }
  }
  return component;
}

// ---------------------------------------------------------------- layers

/** Layer of each node: the longest path that leads to it over edges without circles. */
function longestPaths(count: number, edges: readonly DirectedEdge[]): number[] {
  const incoming = new Array<number>(count).fill(0);
  const targets = Array.from({ length: count }, () => [] as number[]);
  for (const [from, to] of edges) {
    incoming[to]++;
    targets[from].push(to);
  }
  const layers = new Array<number>(count).fill(0);
  const queue = layers.flatMap((_, node) => (incoming[node] === 0 ? [node] : []));
  for (const node of queue)
    for (const to of targets[node]) {
      layers[to] = Math.max(layers[to], layers[node] + 1);
      if (--incoming[to] === 0) queue.push(to);
    }
  return layers;
}

/** Two slots of neighbouring layers that an edge joins: the layer of the first, and both slots. */
interface Link {
  readonly layer: number;
  readonly from: Slot;
  readonly to: Slot;
}

function slotsOf(layerOf: readonly number[], edges: readonly DirectedEdge[]) {
  const depth = layerOf.reduce((most, layer) => Math.max(most, layer), 0) + 1;
  const slots = Array.from({ length: depth }, () => [] as Slot[]);
  const nodes = layerOf.map((_, node): Slot => ({ node }));
  for (const [node, layer] of layerOf.entries()) slots[layer].push(nodes[node]);
  const links: Link[] = [];
  for (const edge of edges) {
    const [from, to] = edge;
    let last = nodes[from];
    for (let layer = layerOf[from] + 1; layer < layerOf[to]; layer++) {
      const lane: Slot = { edge };
      slots[layer].push(lane);
      links.push({ layer: layer - 1, from: last, to: lane });
      last = lane;
    }
    links.push({ layer: layerOf[to] - 1, from: last, to: nodes[to] });
  }
  return { slots, links };
}

// ---------------------------------------------------------------- order within layers

/** Each layer by the mean position of its neighbours in the one before, then in the one behind; the best that was seen. */
function ordered(slots: readonly (readonly Slot[])[], links: readonly Link[]): Slot[][] {
  let current = slots.map((layer) => [...layer]);
  let best = current;
  let fewest = crossingsIn(best, links);
  for (let sweep = 0; sweep < SWEEPS && fewest > 0; sweep++) {
    const isThere = sweep % 2 === 0;
    current = current.map((layer) => [...layer]);
    const layers = current.map((_, i) => (isThere ? i : current.length - 1 - i)).slice(1);
    for (const i of layers) {
      const others = positionsIn(current[isThere ? i - 1 : i + 1]);
      current[i] = byBarycentre(current[i], others, links, isThere);
    }
    const crossings = crossingsIn(current, links);
    if (crossings < fewest) [best, fewest] = [current, crossings];
  }
  return best;
}

const positionsIn = (layer: readonly Slot[]) => new Map(layer.map((slot, i) => [slot, i]));

function byBarycentre(
  layer: readonly Slot[],
  others: ReadonlyMap<Slot, number>,
  links: readonly Link[],
  isThere: boolean,
): Slot[] {
  const weights = layer.map((slot, i) => {
    const ends = links.flatMap(({ from, to }) => {
      const [own, other] = isThere ? [to, from] : [from, to];
      const position = own === slot ? others.get(other) : undefined;
      return position === undefined ? [] : [position];
    });
    const mean = average(ends);
    return { slot, i, mean: ends.length === 0 ? i : mean };
  });
  return weights.sort((a, b) => a.mean - b.mean || a.i - b.i).map(({ slot }) => slot);
}

function crossingsIn(slots: readonly (readonly Slot[])[], links: readonly Link[]): number {
  let crossings = 0;
  for (let layer = 0; layer + 1 < slots.length; layer++) {
    const [left, right] = [positionsIn(slots[layer]), positionsIn(slots[layer + 1])];
    const ends = links
      .filter((link) => link.layer === layer)
      .map(({ from, to }) => [left.get(from) as number, right.get(to) as number]);
    for (const [i, [a, b]] of ends.entries())
      for (const [c, d] of ends.slice(i + 1)) if ((a - c) * (b - d) < 0) crossings++;
  }
  return crossings;
}
