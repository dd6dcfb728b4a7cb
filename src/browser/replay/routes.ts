// Ways to the deliverable, around the cards: from each source along lines that keep clear of all of them, with few bends.
import type { Point } from "./ways.ts";

export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Distance that a way keeps from cards. */
const CLEAR = 11;
/** How much longer a way may be to have one bend less. */
const BEND = 60;
/** Radius of a bend. */
const ROUND = 12;

const HORIZONTAL = 0;
const VERTICAL = 1;

/** Where lines cross, by the numbers of the lines; a state is a crossing and the direction of what leads on from it. */
interface Grid {
  readonly xs: readonly number[];
  readonly ys: readonly number[];
  readonly isFree: (a: Point, b: Point) => boolean;
}

/**
 * A way from each source to the upper side of the target: corner points, the first on the side of the source's box and the last
 * on the target. Straight where no way leads around.
 * @param target lies below all boxes
 */
export function routesTo(
  target: Box,
  sources: readonly Box[],
  boxes: readonly Box[],
): readonly Point[][] {
  const entry = target.top - CLEAR;
  const middles = sources.map(middleOf);
  const inset = Math.min(20, (target.right - target.left) / 4);
  const ends = [target.left + inset, middleOf(target).x, target.right - inset];
  const grid: Grid = {
    xs: ascending([
      ...boxes.flatMap(({ left, right }) => [left - CLEAR, right + CLEAR]),
      ...middles.map(({ x }) => x),
      ...ends,
    ]),
    ys: ascending([
      ...boxes.flatMap(({ top, bottom }) => [top - CLEAR, bottom + CLEAR]),
      ...middles.map(({ y }) => y),
      entry,
    ]),
    isFree: (a, b) => boxes.every((box) => !meets(a, b, box)),
  };
  const isEnd = (x: number) => x >= ends[0] && x <= ends[2];
  const next = shortestWays(grid, grid.ys.indexOf(entry), isEnd);
  return sources
    .map((box) => wayFrom(box, grid, next) ?? [middleOf(box), topOf(target)])
    .map((points) =>
      withoutStraight([...points, { x: points[points.length - 1].x, y: target.top }]),
    );
}

const middleOf = ({ left, right, top, bottom }: Box): Point => ({
  x: (left + right) / 2,
  y: (top + bottom) / 2,
});

const topOf = (box: Box): Point => ({ x: middleOf(box).x, y: box.top });

const ascending = (values: readonly number[]) => [...new Set(values)].sort((a, b) => a - b);

/** Whether a line along an axis comes too near to a box. */
function meets(a: Point, b: Point, { left, right, top, bottom }: Box): boolean {
  const near = CLEAR - 1;
  return (
    Math.max(a.x, b.x) > left - near &&
    Math.min(a.x, b.x) < right + near &&
    Math.max(a.y, b.y) > top - near &&
    Math.min(a.y, b.y) < bottom + near
  );
}

interface Ways {
  /** Cost of the best way on from a state. */
  readonly costs: Float64Array;
  /** The state that follows on it; -1: it is at the end. */
  readonly follows: Int32Array;
}

/** The best ways from every state to the end line, found from there backwards (Dijkstra 1959). */
function shortestWays(grid: Grid, endRow: number, isEnd: (x: number) => boolean): Ways {
  const { xs, ys, isFree } = grid;
  const states = 2 * xs.length * ys.length;
  const costs = new Float64Array(states).fill(Number.POSITIVE_INFINITY);
  const follows = new Int32Array(states).fill(-1);
  const isDone = new Uint8Array(states);
  const at = (column: number, row: number, direction: number) =>
    2 * (row * xs.length + column) + direction;
  /** States to look at, the cheapest last. */
  const queue: { state: number; cost: number }[] = [];
  const offer = (state: number, cost: number, following: number) => {
    if (cost >= costs[state]) return;
    costs[state] = cost;
    follows[state] = following;
    let place = queue.length;
    while (place > 0 && queue[place - 1].cost < cost) place--;
    queue.splice(place, 0, { state, cost });
  };
  xs.forEach((x, column) => {
    if (isEnd(x)) offer(at(column, endRow, VERTICAL), 0, -1);
  });
  for (let first = queue.pop(); first !== undefined; first = queue.pop()) {
    const { state, cost } = first;
    if (isDone[state] === 1) continue;
    isDone[state] = 1;
    const direction = state % 2;
    const column = (state >> 1) % xs.length;
    const row = Math.floor((state >> 1) / xs.length);
    offer(at(column, row, 1 - direction), cost + BEND, state);
    for (const step of [-1, 1]) {
      const from = direction === VERTICAL ? [column, row + step] : [column + step, row];
      const [x, y] = [xs[from[0]], ys[from[1]]];
      if (x === undefined || y === undefined) continue;
      if (!isFree({ x, y }, { x: xs[column], y: ys[row] })) continue;
      const length = Math.abs(x - xs[column]) + Math.abs(y - ys[row]);
      offer(at(from[0], from[1], direction), cost + length, state);
    }
  }
  return { costs, follows };
}

/** From the middle of the lower side of a box, or of its left or right, whichever is best; undefined where none leads on. */
function wayFrom(box: Box, { xs, ys }: Grid, { costs, follows }: Ways): Point[] | undefined {
  const { x, y } = middleOf(box);
  const doors = [
    { side: { x, y: box.bottom }, out: { x, y: box.bottom + CLEAR }, direction: VERTICAL },
    { side: { x: box.left, y }, out: { x: box.left - CLEAR, y }, direction: HORIZONTAL },
    { side: { x: box.right, y }, out: { x: box.right + CLEAR, y }, direction: HORIZONTAL },
  ].map(({ side, out, direction }) => {
    const state = 2 * (ys.indexOf(out.y) * xs.length + xs.indexOf(out.x)) + direction;
    return { side, state, cost: costs[state] };
  });
  const [best] = doors.sort((a, b) => a.cost - b.cost);
  if (best.cost === Number.POSITIVE_INFINITY) return undefined;
  const points = [best.side];
  for (let state = best.state; state >= 0; state = follows[state])
    points.push({
      x: xs[(state >> 1) % xs.length],
      y: ys[Math.floor((state >> 1) / xs.length)],
    });
  return points;
}

/** Only the ends and the corners. */
function withoutStraight(points: readonly Point[]): Point[] {
  const kept: Point[] = [];
  for (const point of points) {
    const last = kept.at(-1);
    if (last?.x === point.x && last.y === point.y) continue;
    const before = kept.at(-2);
    const goesOn =
      before !== undefined &&
      ((before.x === last?.x && last.x === point.x) ||
        (before.y === last?.y && last.y === point.y));
    if (goesOn) kept.pop();
    kept.push(point);
  }
  return kept;
}

/** A way with round bends, as the data of an SVG path. */
export function roundedPath(points: readonly Point[]): string {
  const towards = (from: Point, to: Point): Point => {
    const length = Math.hypot(to.x - from.x, to.y - from.y);
    const share = Math.min(ROUND, length / 2) / length;
    return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
  };
  const text = ({ x, y }: Point) => `${Math.round(10 * x) / 10} ${Math.round(10 * y) / 10}`;
  const bends = points.slice(1, -1).map((corner, i) => {
    const [into, out] = [towards(corner, points[i]), towards(corner, points[i + 2])];
    return `L${text(into)}Q${text(corner)} ${text(out)}`;
  });
  return `M${text(points[0])}${bends.join("")}L${text(points[points.length - 1])}`;
}
