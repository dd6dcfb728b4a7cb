// Ways to the deliverable: they start at their sources, end at it, and keep clear of every card.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cardOf } from "../../../src/pages/replay/card.ts";
import { layoutOf } from "../../../src/pages/replay/layout.ts";
import { type Box, roundedPath, routesTo } from "../../../src/pages/replay/player/routes.ts";
import type { Point } from "../../../src/pages/replay/player/ways.ts";

const box = (left: number, top: number, width = 100, height = 60): Box => ({
  left,
  right: left + width,
  top,
  bottom: top + height,
});

/** Whether a line along an axis runs through a box. */
function crosses(a: Point, b: Point, { left, right, top, bottom }: Box): boolean {
  return (
    Math.max(a.x, b.x) > left &&
    Math.min(a.x, b.x) < right &&
    Math.max(a.y, b.y) > top &&
    Math.min(a.y, b.y) < bottom
  );
}

function expectClear(way: readonly Point[], boxes: readonly Box[]): void {
  way.slice(1).forEach((point, i) => {
    expect(point.x === way[i].x || point.y === way[i].y).toBe(true);
    for (const card of boxes) expect(crosses(way[i], point, card)).toBe(false);
  });
}

describe("a way to the deliverable", () => {
  const target = box(0, 400, 300, 50);

  test("is straight where nothing is in the way", () => {
    const source = box(100, 0);
    expect(routesTo(target, [source], [source])).toEqual([
      [
        { x: 150, y: 60 },
        { x: 150, y: 400 },
      ],
    ]);
  });

  test("runs around a card below, with one bend", () => {
    const [source, below] = [box(100, 0), box(100, 200)];
    const [way] = routesTo(target, [source], [source, below]);
    expectClear(way, [source, below]);
    expect(way).toHaveLength(3);
    expect(way.at(-1)?.y).toBe(400);
  });

  test("is there even where cards leave no way", () => {
    const source = box(100, 0);
    const walls = [
      box(-500, -20, 1200, 15),
      box(-500, 70, 1200, 15),
      box(40, -20, 55, 100),
      box(205, -20, 55, 100),
    ];
    const [way] = routesTo(target, [source], [source, ...walls]);
    expect(way.at(-1)).toEqual({ x: 150, y: 400 });
  });

  test("keeps clear of all cards of any team", () => {
    const card = cardOf(8);
    const teams = fc.integer({ min: 1, max: 12 }).chain((count) =>
      fc.record({
        count: fc.constant(count),
        edges: fc.array(fc.tuple(fc.nat(count - 1), fc.nat(count - 1)), { maxLength: 20 }),
        sources: fc.uniqueArray(fc.nat(count - 1), { minLength: 1 }),
      }),
    );
    fc.assert(
      fc.property(teams, ({ count, edges, sources }) => {
        const layout = layoutOf({ count, edges, leaders: new Set() }, card);
        const boxes = layout.places.map(({ x, y }) =>
          box(x - card.width / 2, y - card.height / 2, card.width, card.height),
        );
        const tray = box(layout.width / 2 - 125, layout.height + 62, 250, 60);
        const ways = routesTo(
          tray,
          sources.map((source) => boxes[source]),
          boxes,
        );
        for (const way of ways) {
          expectClear(way, boxes);
          expect(way.at(-1)?.y).toBe(tray.top);
        }
      }),
      { seed: 1, numRuns: 150 },
    );
  });
});

test("bends are round", () => {
  const path = roundedPath([
    { x: 0, y: 0 },
    { x: 100, y: 0 },
    { x: 100, y: 50 },
  ]);
  expect(path).toBe("M0 0L88 0Q100 0 100 12L100 50");
});
