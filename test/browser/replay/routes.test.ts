// Ways to the deliverable: they start at their sources, end at it, and keep clear of every card.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Box, roundedPath, routesTo } from "../../../src/browser/replay/routes.ts";
import { along, type Point, wayOf } from "../../../src/browser/replay/ways.ts";
import { layoutOf } from "../../../src/charts/layout.ts";
import type { ReplayDocument } from "../../../src/experiment/replay/document.ts";
import { ENGINE } from "../../../src/experiment/result.ts";
import { cardOf } from "../../../src/pages/replay/card.ts";
import { pageDataOf } from "../../../src/pages/replay/pageData.ts";
import { EMPTY_TASK } from "../../pages/replay/support.ts";

const DELIVERED = { t: 0, event: "delivered" } as const;
const SUBJECT = {
  schema: "faultline/replay@1",
  scenario: "pipeline",
  seed: "s",
  replication: 0,
  engine: ENGINE,
  outcome: {} as ReplayDocument["outcome"],
  fingerprint: "",
} as const;

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

describe("ways of messages", () => {
  /** Every edge of a pipeline, laid out wide and turned. */
  function waysOf(count: number, edges: readonly (readonly [number, number])[]) {
    const named = Array.from({ length: 4 }, (_, i) => ({ name: `claim${i}`, premises: [] }));
    const agents = Array.from({ length: count }, (_, key) => ({
      name: `a${key}`,
      isOrchestrator: false,
      key,
    }));
    const task = { ...EMPTY_TASK, size: 4, deliverable: [0, 0, 0, 0], events: [DELIVERED] };
    const document = { agents, edges, claims: named, sources: [0], tasks: [task] };
    const { teams } = pageDataOf([{ ...SUBJECT, ...document }]);
    return teams[0].layouts.map((layout) => ({
      layout,
      ways: edges.map(([from, to]) => ({ from, to, way: wayOf(layout, from, to) })),
    }));
  }

  test("bend where the layout bends them, wide and turned, and stay in the picture", () => {
    const pipelines = fc.integer({ min: 3, max: 9 }).chain((count) => {
      const forward = fc
        .tuple(fc.nat(count - 1), fc.nat(count - 1))
        .filter(([a, b]) => a !== b)
        .map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
      const line = Array.from({ length: count - 1 }, (_, i) => [i, i + 1] as const);
      return fc
        .record({
          count: fc.constant(count),
          more: fc.uniqueArray(forward, { maxLength: 5, selector: String }),
          back: fc.boolean(),
        })
        .map(({ count, more, back }) => {
          const answer = back ? [[count - 1, 0] as const] : [];
          const all = [...line, ...more, ...answer].map((edge) => [edge.join(), edge] as const);
          return { count, edges: [...new Map(all).values()] };
        });
    });
    let bent = 0;
    fc.assert(
      fc.property(pipelines, ({ count, edges }) => {
        for (const { layout, ways } of waysOf(count, edges))
          for (const { from, to, way } of ways) {
            const bend = layout.bends?.find((one) => one.from === from && one.to === to);
            if (bend === undefined) continue;
            bent++;
            expect(way.bend).toEqual({ x: bend.x, y: bend.y });
            for (let t = 0; t <= 1; t += 0.05) {
              const { x, y } = along(way, t);
              expect(Math.min(x, y)).toBeGreaterThanOrEqual(-0.2);
              expect(x).toBeLessThanOrEqual(layout.width + 0.2);
              expect(y).toBeLessThanOrEqual(layout.height + 0.2);
            }
          }
      }),
      { seed: 1, numRuns: 100 },
    );
    expect(bent).toBeGreaterThan(100);
  });

  test("that run back past one layer or several meet no card between", () => {
    // Three to six stages of one to three agents, and answers from the last to the first.
    const stages = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 3, maxLength: 6 });
    fc.assert(
      fc.property(stages, (sizes) => {
        const starts = sizes.map((_, i) => sizes.slice(0, i).reduce((a, b) => a + b, 0));
        const agents = sizes.map((size, i) =>
          Array.from({ length: size }, (_, k) => starts[i] + k),
        );
        const pairs = (a: readonly number[], b: readonly number[]) =>
          a.flatMap((from) => b.map((to) => [from, to] as const));
        const forward = agents.slice(1).flatMap((stage, i) => pairs(agents[i], stage));
        const back = [agents[agents.length - 1][0], agents[0][0]] as const;
        const count = sizes.reduce((a, b) => a + b, 0);
        for (const { layout, ways } of waysOf(count, [...forward, back])) {
          if (layout.shape !== "layers") continue;
          const { width, height } = layout.card;
          const { way } = ways[ways.length - 1];
          const met = layout.places.flatMap((place, agent) => {
            if (agent === back[0] || agent === back[1]) return [];
            const cover = box(place.x - width / 2, place.y - height / 2, width, height);
            const isOn = Array.from({ length: 100 }, (_, i) => along(way, i / 100)).some(
              ({ x, y }) => x > cover.left && x < cover.right && y > cover.top && y < cover.bottom,
            );
            return isOn && !agents[0].includes(agent) && !agents.at(-1)?.includes(agent)
              ? [agent]
              : [];
          });
          expect(met).toEqual([]);
        }
      }),
      { seed: 1, numRuns: 60 },
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
