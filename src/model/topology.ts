// Topologies: who can send to whom. A preset joins the agents in their order; explicit edges come on top.
import { grown } from "../kernel/arrays.ts";
import { Draws, rootKey } from "../numerics/draws.ts";

export type Preset =
  | "none"
  | "star"
  | "complete"
  | "ring"
  | "chain"
  | "tree"
  | "grid"
  | "random"
  | "scale-free";

export interface EdgeSpec {
  readonly from: string | readonly string[];
  readonly to: string | readonly string[];
  /** Chance in 0..1 that a version passes. */
  readonly weight: number;
  /** Factor on how much the receiver believes what comes along it. */
  readonly trust: number;
  /** Whether the edge also runs from `to` to `from`. */
  readonly both: boolean;
}

export interface EdgesSpec {
  readonly preset: Preset;
  /** References to the agents that the preset joins; all agents where it is missing. */
  readonly among?: readonly string[] | undefined;
  /** Reference to the agent in the middle of `star` and at the root of `tree`. */
  readonly hub?: string | undefined;
  /** Preset edges run from the earlier agent to the later one only (in star and tree: outward). */
  readonly directed: boolean;
  /** random: mean number of neighbours; scale-free: edges of a new agent; tree: children. */
  readonly degree: number;
  /** Seed of random and scale-free. */
  readonly seed: string;
  /** Weight of the preset's edges. */
  readonly weight: number;
  readonly edges: readonly EdgeSpec[];
}

/** Directed edges sorted by (from, to), each pair once: edge e runs from from[e] to to[e]. */
export interface Edges {
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly weight: Float64Array;
  readonly trust: Float64Array;
}

/** Agent numbers of references, ascending. */
export type Resolve = (references: readonly string[]) => readonly number[];

type Visit = (from: number, to: number, weight: number, trust: number) => void;

/**
 * Calls `visit` for every edge of a topology, preset first. Two agents can have several edges: the last one counts.
 *
 * @param agentCount number of agents; all edges join agents 0 .. agentCount - 1
 * @param resolve agent numbers of references
 * @param defaultHub agent in the middle where the topology names none
 */
export function visitEdges(
  spec: EdgesSpec,
  agentCount: number,
  resolve: Resolve,
  defaultHub: number,
  visit: Visit,
): void {
  const hub = spec.hub === undefined ? defaultHub : resolve([spec.hub])[0];
  const agents = spec.among === undefined ? range(agentCount) : resolve(spec.among);
  const order = HUB_PRESETS.has(spec.preset) ? hubFirst(agents, hub) : agents;
  presetPairs(spec, order.length, (a, b) => {
    visit(order[a], order[b], spec.weight, 1);
    if (!spec.directed) visit(order[b], order[a], spec.weight, 1);
  });
  for (const edge of spec.edges) visitBetween(edge, resolve, visit);
}

/**
 * Builds the edges of a topology; the arguments are those of `visitEdges`.
 */
export function buildEdges(
  spec: EdgesSpec,
  agentCount: number,
  resolve: Resolve,
  defaultHub = 0,
): Edges {
  const edges = new EdgeList();
  visitEdges(spec, agentCount, resolve, defaultHub, (...edge) => edges.add(...edge));
  return edges.sorted(agentCount);
}

/** Presets with an agent in the middle or at the root. */
export const HUB_PRESETS: ReadonlySet<string> = new Set<Preset>(["star", "tree"]);

/** Number of edges of a preset over n agents, as an upper bound; for `random` the mean. */
export function presetEdgeBound(preset: Preset, n: number, degree: number): number {
  switch (preset) {
    case "none":
      return 0;
    case "complete":
      return n * (n - 1);
    case "grid":
      return 4 * n;
    case "random":
      return n * Math.min(degree, n - 1);
    case "scale-free":
      return 2 * n * Math.min(degree, n - 1);
    default:
      return 2 * n;
  }
}

const range = (count: number) => Array.from({ length: count }, (_, i) => i);

const hubFirst = (agents: readonly number[], hub: number) => [
  hub,
  ...agents.filter((agent) => agent !== hub),
];

/** Every member of one side to every other of the other side. */
function visitBetween(edge: EdgeSpec, resolve: Resolve, visit: Visit): void {
  const targets = resolve([edge.to].flat());
  for (const from of resolve([edge.from].flat()))
    for (const to of targets) {
      if (from === to) continue;
      visit(from, to, edge.weight, edge.trust);
      if (edge.both) visit(to, from, edge.weight, edge.trust);
    }
}

// ---------------------------------------------------------------- presets: pairs of positions 0 .. n - 1

type Join = (a: number, b: number) => void;

function presetPairs({ preset, degree, seed }: EdgesSpec, n: number, join: Join): void {
  if (preset === "star") star(n, join);
  else if (preset === "complete") complete(n, join);
  else if (preset === "ring") ring(n, join);
  else if (preset === "chain") chain(n, join);
  else if (preset === "tree") tree(n, degree, join);
  else if (preset === "grid") grid(n, join);
  else if (preset === "random") random(n, degree, drawsOf(seed), join);
  else if (preset === "scale-free") scaleFree(n, degree, drawsOf(seed), join);
}

/** The first agent is joined to every other one. */
function star(n: number, join: Join): void {
  for (let b = 1; b < n; b++) join(0, b);
}

/** Every agent is joined to every other one. */
function complete(n: number, join: Join): void {
  for (let a = 0; a < n; a++) for (let b = a + 1; b < n; b++) join(a, b);
}

/** Every agent is joined to the next, and the last to the first (from three agents on). */
function ring(n: number, join: Join): void {
  chain(n, join);
  if (n > 2) join(n - 1, 0);
}

/** Every agent is joined to the next. */
function chain(n: number, join: Join): void {
  for (let b = 1; b < n; b++) join(b - 1, b);
}

/** The complete tree in level order: agent b > 0 hangs under agent ⌊(b - 1) / children⌋. */
function tree(n: number, children: number, join: Join): void {
  for (let b = 1; b < n; b++) join(Math.floor((b - 1) / children), b);
}

/** Rows of ⌈√n⌉ agents, the last one perhaps shorter; neighbours are left, right, above and below (von Neumann). */
function grid(n: number, join: Join): void {
  const columns = Math.ceil(Math.sqrt(n));
  for (let a = 0; a < n; a++) {
    if ((a + 1) % columns !== 0 && a + 1 < n) join(a, a + 1);
    if (a + columns < n) join(a, a + columns);
  }
}

/** Kinds of draw. */
const GAP = 0;
const PARTNER = 1;

const drawsOf = (seed: string) => new Draws(rootKey(seed), 0);

/**
 * Every pair is joined with the same chance degree / (n - 1): G(n, p) of Gilbert (1959), with geometric gaps
 * between the joined pairs (Batagelj and Brandes 2005). Row b holds the pairs with a < b and has draws of its own.
 */
function random(n: number, degree: number, draws: Draws, join: Join): void {
  if (degree >= n - 1) {
    complete(n, join);
    return;
  }
  const logMiss = Math.log1p(-degree / (n - 1));
  for (let b = 1; b < n; b++) {
    let a = -1;
    for (let ordinal = 0; ; ordinal++) {
      a += 1 + Math.floor(Math.log(draws.uniform(GAP, b, 0, ordinal)) / logMiss);
      if (a >= b) break;
      join(a, b);
    }
  }
}

/**
 * Agents come one by one, and each joins `m` different earlier ones, chosen in proportion to their degree: the model
 * of Barabási and Albert (1999). The first m agents start unjoined, and agent m joins all of them.
 */
function scaleFree(n: number, m: number, draws: Draws, join: Join): void {
  if (n <= m) {
    complete(n, join);
    return;
  }
  // Both ends of every pair so far: an agent stands in it as often as its degree.
  const ends = new Int32Array(2 * m * (n - m));
  let filled = 0;
  const partners = new Set<number>(range(m));
  for (let b = m; b < n; b++) {
    for (const a of partners) {
      join(a, b);
      ends[filled++] = a;
      ends[filled++] = b;
    }
    partners.clear();
    for (let ordinal = 0; partners.size < m; ordinal++)
      partners.add(ends[Math.floor(draws.uniform(PARTNER, b + 1, 0, ordinal) * filled)]);
  }
}

// ---------------------------------------------------------------- collecting

/** Edges as they come, in arrays that grow. */
class EdgeList {
  private count = 0;
  private from = new Int32Array(1024);
  private to = new Int32Array(1024);
  private weight = new Float64Array(1024);
  private trust = new Float64Array(1024);

  add(from: number, to: number, weight: number, trust: number): void {
    if (this.count === this.from.length) this.grow();
    this.from[this.count] = from;
    this.to[this.count] = to;
    this.weight[this.count] = weight;
    this.trust[this.count++] = trust;
  }

  /** By (from, to); of edges between the same two agents the last one stays. */
  sorted(agentCount: number): Edges {
    const asTheyCame = new Int32Array(this.count).map((_, e) => e);
    const order = stableOrder(this.from, stableOrder(this.to, asTheyCame, agentCount), agentCount);
    const from = new Int32Array(this.count);
    const to = new Int32Array(this.count);
    const weight = new Float64Array(this.count);
    const trust = new Float64Array(this.count);
    let kept = -1;
    for (const edge of order) {
      const isNew = kept < 0 || from[kept] !== this.from[edge] || to[kept] !== this.to[edge];
      if (isNew) kept++;
      from[kept] = this.from[edge];
      to[kept] = this.to[edge];
      weight[kept] = this.weight[edge];
      trust[kept] = this.trust[edge];
    }
    const count = kept + 1;
    return {
      from: from.slice(0, count),
      to: to.slice(0, count),
      weight: weight.slice(0, count),
      trust: trust.slice(0, count),
    };
  }

  private grow(): void {
    for (const column of ["from", "to"] as const)
      this[column] = grown(this[column], 2 * this.count);
    this.weight = grown(this.weight, 2 * this.count);
    this.trust = grown(this.trust, 2 * this.count);
  }
}

/** The positions `order` sorted by their keys (0 .. keys - 1), equal ones as they were: a counting sort. */
function stableOrder(key: Int32Array, order: Int32Array, keys: number): Int32Array {
  const place = new Int32Array(keys + 1);
  for (const position of order) place[key[position] + 1]++;
  for (let k = 0; k < keys; k++) place[k + 1] += place[k];
  const sorted = new Int32Array(order.length);
  for (const position of order) sorted[place[key[position]]++] = position;
  return sorted;
}
