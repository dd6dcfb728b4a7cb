// Where agents stand: positions by what their topology looks like. Chains and pipelines run from left to right, trees from top
// to bottom, a hub stands above its team, and whatever has no such order stands in a circle. Very large teams are rows of
// dots.
import { square } from "../numerics/power.ts";
import { average } from "../numerics/statistics.ts";
import { type DirectedEdge, type Layers, layersOf } from "./layers.ts";

/** Agents from 0 .. count - 1, and who can send to whom. */
export interface Team {
  readonly count: number;
  /** Of edges that close a circle the first ones show which way a pipeline runs. */
  readonly edges: readonly (readonly [from: number, to: number])[];
  /** Agents that lead; one that reaches all others stands above them. */
  readonly leaders: ReadonlySet<number>;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Place {
  readonly x: number;
  readonly y: number;
}

export type Shape = "rows" | "hub" | "chain" | "tree" | "layers" | "circle" | "dots";

export interface Layout extends Size {
  readonly shape: Shape;
  /** The middle of each agent, within the width and the height. */
  readonly places: readonly Place[];
  /** Edges that do not run straight: those that pass others, and those that run back. */
  readonly bends?: readonly Bend[];
}

/** The point that an edge is bent towards: that of a quadratic Bézier curve between the middles of its agents. */
export interface Bend extends Place {
  readonly from: number;
  readonly to: number;
}

/** Larger teams are drawn as dots. */
export const MOST_CARDS = 30;

/** Room for a dot. */
export const DOT: Size = { width: 20, height: 20 };

const GAP_X = 48;
const GAP_Y = 70;
/** Height of the lane of an edge that passes a layer, and room between agents and an edge that runs around them. */
const LANE = 24;
const CLEARANCE = 10;
/** Most agents beside each other in a chain, under a hub, and in rows. */
const CHAIN_ROW = 5;
const HUB_ROW = 6;

/**
 * Places the agents of a team so that no two overlap.
 * @param card room that an agent needs; teams of more than `mostCards` agents are dots of size DOT
 * @throws RangeError where there is no agent or an edge joins an agent that is not there
 */
export function layoutOf(team: Team, card: Size, mostCards = MOST_CARDS): Layout {
  const { count, edges } = team;
  if (!Number.isInteger(count) || count < 1)
    throw new RangeError(`count ${count}: must be a whole number from 1`);
  for (const edge of edges)
    for (const end of edge)
      if (!Number.isInteger(end) || end < 0 || end >= count)
        throw new RangeError(`agent ${end}: must be a whole number from 0 to ${count - 1}`);
  if (count > mostCards) return fitted("dots", dots(count), DOT);
  const graph = graphOf(team);
  const order = pathOf(graph);
  if (order !== undefined) return fitted("chain", chain(order, card), card);
  const pipeline = pipelineOf(graph, edges);
  if (pipeline !== undefined) return inLayers(pipeline, graph, card);
  const hub = hubOf(graph, team.leaders);
  if (hub !== undefined) return aroundHub(hub, graph, card);
  if (graph.pairs === 0) return fitted("rows", rows(count, card), card);
  if (isTree(graph)) return fitted("tree", tree(graph, team.leaders, card), card);
  return fitted("circle", circle(count, card), card);
}

// ---------------------------------------------------------------- what a topology looks like

interface Graph {
  readonly count: number;
  /** Agents that each agent is joined to, whichever way, ascending. */
  readonly neighbours: readonly (readonly number[])[];
  /** Agents that each agent sends to. */
  readonly targets: readonly (readonly number[])[];
  /** Joined pairs. */
  readonly pairs: number;
}

function graphOf({ count, edges }: Team): Graph {
  const sets = Array.from({ length: count }, () => new Set<number>());
  const targets = Array.from({ length: count }, () => new Set<number>());
  for (const [from, to] of edges) {
    if (from === to) continue;
    sets[from].add(to);
    sets[to].add(from);
    targets[from].add(to);
  }
  const ascending = (set: ReadonlySet<number>) => [...set].sort((a, b) => a - b);
  const neighbours = sets.map(ascending);
  const ends = neighbours.reduce((sum, list) => sum + list.length, 0);
  return { count, neighbours, targets: targets.map(ascending), pairs: ends / 2 };
}

/** The agents along a path, or undefined where the topology is none. Two agents of whom one leads are a hub instead. */
function pathOf({ count, neighbours, targets, pairs }: Graph): number[] | undefined {
  if (count < 3 || pairs !== count - 1) return undefined;
  const ends = range(count).filter((agent) => neighbours[agent].length === 1);
  if (ends.length !== 2 || neighbours.some((list) => list.length > 2)) return undefined;
  // From three agents on a star of three is a path too, unless it is longer or runs one way.
  const isDirected = neighbours.every((list, agent) =>
    list.every((to) => !(targets[agent].includes(to) && targets[to].includes(agent))),
  );
  if (count === 3 && !isDirected) return undefined;
  const first = isDirected ? (ends.find((end) => targets[end].length > 0) ?? ends[0]) : ends[0];
  const path = [first];
  for (let next: number | undefined = neighbours[first][0]; next !== undefined; ) {
    path.push(next);
    next = neighbours[next].find((agent) => !path.includes(agent));
  }
  return path.length === count ? path : undefined;
}

/** The agent that stands above all others: the only leader that reaches everybody, or the middle of a star. */
function hubOf({ count, neighbours, pairs }: Graph, leaders: ReadonlySet<number>) {
  if (count < 2) return undefined;
  const reachesAll = (agent: number) => neighbours[agent].length === count - 1;
  const leading = range(count).filter((agent) => leaders.has(agent));
  if (leading.length === 1 && reachesAll(leading[0])) return leading[0];
  return count > 2 && pairs === count - 1 ? range(count).find(reachesAll) : undefined;
}

function isTree(graph: Graph): boolean {
  return graph.pairs === graph.count - 1 && depthsFrom(graph, 0).every((depth) => depth >= 0);
}

/** Steps from an agent to every other one, whichever way the edges run; -1: out of reach. */
function depthsFrom({ count, neighbours }: Graph, root: number): number[] {
  const depths = new Array<number>(count).fill(-1);
  depths[root] = 0;
  const queue = [root];
  for (let i = 0; i < queue.length; i++)
    for (const agent of neighbours[queue[i]])
      if (depths[agent] < 0) {
        depths[agent] = depths[queue[i]] + 1;
        queue.push(agent);
      }
  return depths;
}

/** A third of the joined pairs of a pipeline, at least, is joined one way. */
const ONE_WAY = 1 / 3;
/** Lanes for each agent beyond which layers show no order any more. */
const MOST_LANES = 2;

/**
 * The layers of a team whose edges lead from some agents by way of others to others again; undefined where they do not: there
 * are only two layers, most edges run both ways, or it is one circle.
 */
function pipelineOf({ count, targets, pairs }: Graph, edges: Team["edges"]): Layers | undefined {
  const oneWay = targets.flatMap((list, from) => list.filter((to) => !targets[to].includes(from)));
  if (pairs === 0 || oneWay.length < ONE_WAY * pairs) return undefined;
  const isCircle = pairs === count && count > 2 && targets.every((list) => list.length === 1);
  if (isCircle && new Set(oneWay).size === count) return undefined;
  const distinct = new Map(edges.map((edge) => [edge.join(), edge]));
  const layers = layersOf(
    count,
    [...distinct.values()].filter(([from, to]) => from !== to),
  );
  const lanes = layers.slots.reduce((sum, slots) => sum + slots.length, -count);
  return layers.slots.length > 2 && lanes <= MOST_LANES * count ? layers : undefined;
}

// ---------------------------------------------------------------- shapes, each around a middle of its own

const range = (count: number) => Array.from({ length: count }, (_, i) => i);

const pitch = (card: Size) => ({ x: card.width + GAP_X, y: card.height + GAP_Y });

/** A row of `count` cards whose middle is x = 0. */
function rowX(index: number, count: number, card: Size): number {
  return (index - (count - 1) / 2) * pitch(card).x;
}

/** In rows of equal length as far as may be. */
function inRows(count: number, most: number, card: Size, top: number): Place[] {
  const rowCount = Math.ceil(count / most);
  const perRow = Math.ceil(count / rowCount);
  return range(count).map((i) => {
    const row = Math.floor(i / perRow);
    const length = Math.min(perRow, count - row * perRow);
    return { x: rowX(i % perRow, length, card), y: top + row * pitch(card).y };
  });
}

const rows = (count: number, card: Size) => inRows(count, HUB_ROW, card, 0);

/** The hub above, its team below: a few in a row that is bent down in the middle, so that edges between them show. */
function underHub(hub: number, count: number, card: Size): Place[] {
  const team = inRows(count - 1, HUB_ROW, card, pitch(card).y);
  const isOneRow = count - 1 <= HUB_ROW && count - 1 > 2;
  const bent = team.map(({ x, y }) => {
    const share = isOneRow ? Math.abs(x) / Math.max(1, Math.abs(team[0].x)) : 1;
    return { x, y: y + (1 - share) * 0.45 * card.height };
  });
  return [...bent.slice(0, hub), { x: 0, y: 0 }, ...bent.slice(hub)];
}

/** As `underHub`; peers that stand in a row with others between them exchange on its far side, where nothing is in the way. */
function aroundHub(hub: number, { count, targets }: Graph, card: Size): Layout {
  const places = underHub(hub, count, card);
  const bends = targets.flatMap((list, from) =>
    list.flatMap((to): Bend[] => {
      if (from === hub || to === hub) return [];
      const [a, b] = [places[from], places[to]];
      const isBetween = ({ x, y }: Place) =>
        x > Math.min(a.x, b.x) && x < Math.max(a.x, b.x) && Math.abs(y - a.y) < card.height;
      const between = places.filter(isBetween);
      const isOneRow = Math.abs(a.y - b.y) < card.height;
      if (!isOneRow || between.length === 0) return [];
      return [{ from, to, ...bentAround(a, b, 1, between, card) }];
    }),
  );
  return fitted("hub", places, card, bends);
}

/** From left to right; a long chain turns round at the end of a row. */
function chain(order: readonly number[], card: Size): Place[] {
  const places = new Array<Place>(order.length);
  // In rows of equal length as far as may be.
  const perRow = Math.ceil(order.length / Math.ceil(order.length / CHAIN_ROW));
  order.forEach((agent, i) => {
    const row = Math.floor(i / perRow);
    const column = row % 2 === 0 ? i % perRow : perRow - 1 - (i % perRow);
    places[agent] = { x: rowX(column, perRow, card), y: row * pitch(card).y };
  });
  return places;
}

/** Children below their parent, which stands above their middle. */
function tree(graph: Graph, leaders: ReadonlySet<number>, card: Size): Place[] {
  const root = range(graph.count).find((agent) => leaders.has(agent)) ?? 0;
  const depths = depthsFrom(graph, root);
  const places = new Array<Place>(graph.count);
  let leaves = 0;
  const place = (agent: number): number => {
    const children = graph.neighbours[agent].filter((other) => depths[other] > depths[agent]);
    const xs = children.map(place);
    const x = xs.length === 0 ? leaves++ * pitch(card).x : (xs[0] + xs[xs.length - 1]) / 2;
    places[agent] = { x, y: depths[agent] * pitch(card).y };
    return x;
  };
  place(root);
  return places;
}

/** Layers from left to right, each around the same middle line; what runs back does so around them. */
function inLayers(layers: Layers, graph: Graph, card: Size): Layout {
  const places = new Array<Place>(graph.count);
  const lanes = new Map<string, Lane[]>();
  const step = card.width + GAP_Y;
  for (const [layer, slots] of layers.slots.entries()) {
    const heights = slots.map(({ edge }) => (edge === undefined ? card.height + GAP_X / 2 : LANE));
    let top = -heights.reduce((sum, x) => sum + x, 0) / 2;
    for (const [i, { node, edge }] of slots.entries()) {
      const middle = top + heights[i] / 2;
      if (edge === undefined) places[node] = { x: layer * step, y: middle };
      else {
        const side = i === 0 ? -1 : i === slots.length - 1 ? 1 : 0;
        lanes.set(edge.join(), [...(lanes.get(edge.join()) ?? []), { y: middle, side }]);
      }
      top += heights[i];
    }
  }
  const between = ([from, to]: DirectedEdge) => {
    const ends = [places[from].x, places[to].x];
    return places.filter(({ x }) => x > Math.min(...ends) && x < Math.max(...ends));
  };
  const passing = [...lanes].flatMap(([name, along]): Bend[] => {
    const [from, to] = name.split(",").map(Number);
    const [a, b] = [places[from], places[to]];
    const { side } = along[0];
    const isOutside = side !== 0 && along.every((lane) => lane.side === side);
    const lane = average(along.map(({ y }) => y));
    const point = isOutside
      ? bentAround(a, b, side, between([from, to]), card)
      : bentThrough(a, b, lane);
    // An answer takes the same lane.
    const isBoth = graph.targets[to].includes(from);
    return [{ from, to, ...point }, ...(isBoth ? [{ from: to, to: from, ...point }] : [])];
  });
  const back = layers.back
    .filter(([from, to]) => !lanes.has(`${to},${from}`) && !graph.targets[to].includes(from))
    .flatMap((edge) => backward(edge, between(edge), places, card));
  return fitted("layers", places, card, [...passing, ...back]);
}

/** Where an edge passes a layer: a height, and whether it is above all agents of the layer (-1), below them (1) or between (0). */
interface Lane {
  readonly y: number;
  readonly side: number;
}

/** The bend of a curve that has this height half-way. */
const bentThrough = (a: Place, b: Place, y: number): Place => ({
  x: (a.x + b.x) / 2,
  y: 2 * y - (a.y + b.y) / 2,
});

/** The bend of a curve that keeps clear of the corners of cards, on the upper side of all (-1) or the lower one (1). */
function bentAround(a: Place, b: Place, side: number, cards: readonly Place[], card: Size): Place {
  let y = (side * (a.y + b.y)) / 2;
  for (const one of cards)
    for (const corner of [one.x - card.width / 2, one.x + card.width / 2]) {
      const t = (corner - a.x) / (b.x - a.x);
      if (t <= 0 || t >= 1) continue;
      const straight = side * (square(1 - t) * a.y + square(t) * b.y);
      const least = side * one.y + card.height / 2 + CLEARANCE;
      y = Math.max(y, (least - straight) / (2 * t * (1 - t)));
    }
  return { x: (a.x + b.x) / 2, y: side * y };
}

/** An arc below or above the layers between, whichever meets fewer agents; straight where there are none between. */
function backward(
  [from, to]: DirectedEdge,
  between: readonly Place[],
  places: readonly Place[],
  card: Size,
): Bend[] {
  if (between.length === 0) return [];
  const [a, b] = [places[from], places[to]];
  const others = places.filter((_, agent) => agent !== from && agent !== to);
  const [below, above] = [1, -1].map((side) => {
    const bend = { from, to, ...bentAround(a, b, side, between, card) };
    return { bend, met: meetings(a, b, bend, others, card) };
  });
  return [above.met < below.met ? above.bend : below.bend];
}

/** The point at a share t of a quadratic Bézier curve. */
export function onCurve(a: Place, bend: Place, b: Place, t: number): Place {
  const [begin, middle, end] = [square(1 - t), 2 * t * (1 - t), square(t)];
  return {
    x: begin * a.x + middle * bend.x + end * b.x,
    y: begin * a.y + middle * bend.y + end * b.y,
  };
}

/** The height at which such a curve turns, or that of an end where it does not. */
function extremeOf(a: number, bend: number, b: number): number {
  const turn = a - 2 * bend + b;
  const t = (a - bend) / turn;
  return t > 0 && t < 1 ? (a * b - square(bend)) / turn : a;
}

/** Points of a curve at which it is looked at. */
const LOOKS = 60;

/** At how many of its points a curve lies on one of these cards. */
function meetings(a: Place, b: Place, bend: Place, others: readonly Place[], card: Size): number {
  const isOn = (t: number) => {
    const { x, y } = onCurve(a, bend, b, t);
    return others.some(
      (one) => Math.abs(x - one.x) < card.width / 2 && Math.abs(y - one.y) < card.height / 2,
    );
  };
  return range(LOOKS).filter((i) => isOn(i / LOOKS)).length;
}

/** An ellipse that is just large enough, the first agent on top. */
function circle(count: number, card: Size): Place[] {
  if (count === 2) return inRows(2, 2, card, 0);
  const wide = card.width + GAP_X;
  const high = card.height + GAP_Y / 2;
  for (let radius = 0.6; ; radius *= 1.03) {
    const places = range(count).map((i) => {
      const angle = (2 * Math.PI * i) / count - Math.PI / 2;
      return { x: radius * wide * Math.cos(angle), y: radius * high * Math.sin(angle) };
    });
    if (areApart(places, { width: wide - GAP_X / 2, height: high })) return places;
  }
}

/** Whether boxes of a size around the places do not overlap. */
function areApart(places: readonly Place[], { width, height }: Size): boolean {
  return places.every((a, i) =>
    places.slice(i + 1).every((b) => Math.abs(a.x - b.x) >= width || Math.abs(a.y - b.y) >= height),
  );
}

/** Rows about twice as long as they are many. */
function dots(count: number): Place[] {
  const perRow = Math.ceil(Math.sqrt(2 * count));
  return range(count).map((i) => ({
    x: (i % perRow) * DOT.width,
    y: Math.floor(i / perRow) * DOT.height,
  }));
}

/** Moves places so that every card, and every curve, lies within a box that begins at 0, 0. */
function fitted(
  shape: Shape,
  places: readonly Place[],
  card: Size,
  bends?: readonly Bend[],
): Layout {
  // Not by spreading: there may be more agents than a call may have arguments.
  const least = (values: readonly number[]) => values.reduce((a, b) => Math.min(a, b));
  const most = (values: readonly number[]) => values.reduce((a, b) => Math.max(a, b));
  const xs = places.map(({ x }) => x);
  const ys = places.map(({ y }) => y);
  const curves = (bends ?? []).map(({ from, to, y }) => extremeOf(ys[from], y, ys[to]));
  const left = least(xs) - card.width / 2;
  const top = Math.min(least(ys) - card.height / 2, ...curves);
  const bottom = Math.max(most(ys) + card.height / 2, ...curves);
  const round = (x: number) => Math.round(x * 10) / 10;
  const moved = ({ x, y }: Place) => ({ x: round(x - left), y: round(y - top) });
  return {
    shape,
    width: round(most(xs) + card.width / 2 - left),
    height: round(bottom - top),
    places: places.map(moved),
    ...(bends && { bends: bends.map(({ from, to, ...point }) => ({ from, to, ...moved(point) })) }),
  };
}
