import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DOT, type Layout, layoutOf, MOST_CARDS, type Size } from "../../../src/charts/layout.ts";
import { buildEdges, type EdgesSpec, type Preset } from "../../../src/model/topology.ts";
import { cardOf, MOST_SLOTS, withSecondLine } from "../../../src/pages/replay/card.ts";

const CARD: Size = { width: 130, height: 80 };
const NOBODY: ReadonlySet<number> = new Set();

function preset(name: Preset, count: number, directed = false, degree = 2): [number, number][] {
  const spec: EdgesSpec = { preset: name, directed, degree, seed: "layout", weight: 1, edges: [] };
  const { from, to } = buildEdges(spec, count, () => []);
  return [...from].map((agent, e) => [agent, to[e]]);
}

const layout = (name: Preset, count: number, leaders = NOBODY, directed = false) =>
  layoutOf({ count, edges: preset(name, count, directed), leaders }, CARD);

function expectApart({ places, width, height }: Layout, card: Size): void {
  places.forEach((a, i) => {
    expect(a.x - card.width / 2).toBeGreaterThanOrEqual(-0.1);
    expect(a.y - card.height / 2).toBeGreaterThanOrEqual(-0.1);
    expect(a.x + card.width / 2).toBeLessThanOrEqual(width + 0.2);
    expect(a.y + card.height / 2).toBeLessThanOrEqual(height + 0.2);
    for (const b of places.slice(i + 1)) {
      const gap = Math.max(Math.abs(a.x - b.x) - card.width, Math.abs(a.y - b.y) - card.height);
      expect(gap).toBeGreaterThanOrEqual(-0.1);
    }
  });
}

const PRESETS: readonly Preset[] = [
  "none",
  "star",
  "complete",
  "ring",
  "chain",
  "tree",
  "grid",
  "random",
  "scale-free",
];

describe("no two agents overlap, and all are within the picture", () => {
  test.each(PRESETS)("%s of 1 to 30 agents", (name) => {
    for (let count = 1; count <= MOST_CARDS; count++)
      for (const leaders of [NOBODY, new Set([0])]) {
        const places = layout(name, count, leaders);
        expect(places.places).toHaveLength(count);
        expectApart(places, CARD);
      }
  });

  test("any edges and any card", () => {
    const team = fc.integer({ min: 1, max: MOST_CARDS }).chain((count) => {
      const agent = fc.integer({ min: 0, max: count - 1 });
      return fc.record({
        count: fc.constant(count),
        edges: fc.array(fc.tuple(agent, agent), { maxLength: 60 }),
        leaders: fc.array(agent, { maxLength: 3 }).map((list) => new Set(list)),
      });
    });
    fc.assert(
      fc.property(team, fc.integer({ min: 1, max: 400 }), (of, claims) => {
        const card = cardOf(claims);
        expectApart(layoutOf(of, card), card);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  test("larger teams are dots", () => {
    const large = layout("complete", 100);
    expect(large.shape).toBe("dots");
    expectApart(large, DOT);
  });
});

test("cards have room for a second line, and are widened for it no more than that", () => {
  const card = cardOf(5);
  const short = withSecondLine(card, ["", "2 people"]);
  expect(short).toEqual({ ...card, head: short.head, height: short.height });
  expect(short.height - card.height).toBe(short.head - card.head);
  expect(short.head).toBeGreaterThan(card.head);
  const long = withSecondLine(card, ["2 people, mon-fri 9:00-17:00"]);
  expect(long.width).toBeGreaterThan(card.width);
  const longest = withSecondLine(card, ["x".repeat(500)]);
  expect(longest.width).toBeLessThan(1.6 * card.width);
});

describe("a shape for a topology", () => {
  test.each([
    ["none", 3, NOBODY, "rows"],
    ["star", 4, NOBODY, "hub"],
    ["star", 3, new Set([0]), "hub"],
    ["complete", 4, new Set([0]), "hub"],
    ["complete", 4, NOBODY, "circle"],
    ["ring", 6, NOBODY, "circle"],
    ["chain", 5, NOBODY, "chain"],
    ["tree", 7, NOBODY, "tree"],
    ["tree", 7, new Set([0, 1, 2]), "tree"],
  ] as const)("%s of %i", (name, count, leaders, shape) => {
    expect(layout(name, count, leaders).shape).toBe(shape);
  });

  test("a directed chain runs from left to right, whatever the numbers", () => {
    const { shape, places } = layoutOf(
      {
        count: 3,
        edges: [
          [2, 0],
          [0, 1],
        ],
        leaders: NOBODY,
      },
      CARD,
    );
    expect(shape).toBe("chain");
    expect(places[2].x).toBeLessThan(places[0].x);
    expect(places[0].x).toBeLessThan(places[1].x);
  });

  test("a hub stands above its team", () => {
    const { places } = layoutOf(
      { count: 4, edges: preset("complete", 4), leaders: new Set([2]) },
      CARD,
    );
    for (const agent of [0, 1, 3]) expect(places[2].y).toBeLessThan(places[agent].y);
  });

  test("parents stand above the middle of their children", () => {
    const { places } = layout("tree", 7);
    expect(places[0].x).toBeCloseTo((places[1].x + places[2].x) / 2, 0);
    expect(places[1].y).toBeLessThan(places[3].y);
  });

  test("layers run from left to right", () => {
    const edges: [number, number][] = [
      [0, 2],
      [0, 3],
      [1, 2],
      [1, 3],
      [2, 4],
      [3, 4],
    ];
    const { shape, places } = layoutOf({ count: 5, edges, leaders: NOBODY }, CARD);
    expect(shape).toBe("layers");
    for (const [from, to] of edges) expect(places[from].x).toBeLessThan(places[to].x);
    expect(places[0].x).toBe(places[1].x);
  });
});

test.each([
  [{ count: 0, edges: [], leaders: NOBODY }, "count 0: must be a whole number from 1"],
  [
    { count: 2, edges: [[0, 2]] as const, leaders: NOBODY },
    "agent 2: must be a whole number from 0 to 1",
  ],
])("%j is refused", (team, message) => {
  expect(() => layoutOf(team, CARD)).toThrow(message);
});

describe("a card", () => {
  test("has room for all its slots, in rows", () => {
    for (let claims = 1; claims <= MOST_SLOTS; claims++) {
      const { width, height, columns, side, pitch } = cardOf(claims);
      expect(columns * pitch - (pitch - side)).toBeLessThanOrEqual(width);
      expect(Math.ceil(claims / columns) * pitch).toBeLessThan(height);
      expect(width).toBeLessThan(330);
    }
  });

  test("of a very large ledger has a bar", () => {
    expect(cardOf(MOST_SLOTS + 1).columns).toBe(0);
    expect(() => cardOf(0)).toThrow("must be a whole number from 1");
  });
});
