// Crossings: the lines along which the greatest of several surfaces changes. Every square of a grid is cut into four
// triangles that meet in its middle (whose value is the mean of the corners); over a triangle each surface is a plane, and
// two planes meet in a straight line, of which the part counts where no third is above them.

import { average } from "../numerics/statistics.ts";

export interface Segment {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

/** A point with the heights of all surfaces there. */
interface Corner {
  readonly x: number;
  readonly y: number;
  readonly heights: readonly number[];
}

/**
 * The lines along which another surface becomes the greatest.
 * @param xs positions of the grid's columns, in their order
 * @param ys positions of its rows
 * @param heightsAt heights of all surfaces at a point of the grid; undefined where one is not known: its squares have none
 */
export function crossings(
  xs: readonly number[],
  ys: readonly number[],
  heightsAt: (column: number, row: number) => readonly number[] | undefined,
): Segment[] {
  const segments: Segment[] = [];
  const corner = (column: number, row: number): Corner | undefined => {
    const heights = heightsAt(column, row);
    return heights && { x: xs[column], y: ys[row], heights };
  };
  for (let row = 0; row + 1 < ys.length; row++)
    for (let column = 0; column + 1 < xs.length; column++) {
      const around = [
        corner(column, row),
        corner(column + 1, row),
        corner(column + 1, row + 1),
        corner(column, row + 1),
      ].filter((one) => one !== undefined);
      if (around.length < 4) continue;
      const middle = meanOf(around);
      for (let i = 0; i < 4; i++)
        segments.push(...inTriangle([around[i], around[(i + 1) % 4], middle]));
    }
  return segments;
}

function meanOf(corners: readonly Corner[]): Corner {
  return {
    x: average(corners.map(({ x }) => x)),
    y: average(corners.map(({ y }) => y)),
    heights: corners[0].heights.map((_, k) => average(corners.map(({ heights }) => heights[k]))),
  };
}

type Triangle = readonly [Corner, Corner, Corner];

function inTriangle(triangle: Triangle): Segment[] {
  const surfaces = triangle[0].heights.length;
  const segments: Segment[] = [];
  for (let a = 0; a < surfaces; a++)
    for (let b = a + 1; b < surfaces; b++) {
      const met = meeting(triangle, a, b);
      const seen = met && above(met, a, b);
      if (seen) segments.push(seen);
    }
  return segments;
}

/** The two points of the triangle's sides between which two surfaces meet. */
function meeting(triangle: Triangle, a: number, b: number): [Corner, Corner] | undefined {
  const points: Corner[] = [];
  for (let i = 0; i < 3; i++) {
    const [from, to] = [triangle[i], triangle[(i + 1) % 3]];
    const before = from.heights[a] - from.heights[b];
    const after = to.heights[a] - to.heights[b];
    if (before >= 0 !== after >= 0) points.push(between(from, to, before / (before - after)));
  }
  return points.length === 2 ? [points[0], points[1]] : undefined;
}

function between(from: Corner, to: Corner, share: number): Corner {
  const mix = (p: number, q: number) => p + share * (q - p);
  return {
    x: mix(from.x, to.x),
    y: mix(from.y, to.y),
    heights: from.heights.map((height, k) => mix(height, to.heights[k])),
  };
}

/** The part of the line on which no surface is above the two that meet there. */
function above([from, to]: [Corner, Corner], a: number, b: number): Segment | undefined {
  let [low, high] = [0, 1];
  for (let k = 0; k < from.heights.length; k++) {
    if (k === a || k === b) continue;
    const before = from.heights[a] - from.heights[k];
    const after = to.heights[a] - to.heights[k];
    if (before < 0 && after < 0) return undefined;
    if (before < 0) low = Math.max(low, before / (before - after));
    else if (after < 0) high = Math.min(high, before / (before - after));
  }
  if (low >= high) return undefined;
  const [start, end] = [between(from, to, low), between(from, to, high)];
  return { x1: start.x, y1: start.y, x2: end.x, y2: end.y };
}
