import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type DirectedEdge, layersOf } from "../../src/charts/layers.ts";
import { layoutOf } from "../../src/charts/layout.ts";

const node = fc.integer({ min: 0, max: 11 });
const graph = fc
  .array(fc.tuple(node, node), { maxLength: 40 })
  .map((edges) => [
    ...new Map(edges.filter(([a, b]) => a !== b).map((e) => [e.join(), e])).values(),
  ]);

describe("layers", () => {
  test("edges run forward but for those that close a circle, and each node stands once", () => {
    fc.assert(
      fc.property(graph, (edges) => {
        const { layerOf, slots, back } = layersOf(12, edges);
        const isBack = new Set(back.map((edge) => edge.join()));
        for (const [from, to] of edges) {
          if (isBack.has(`${from},${to}`)) expect(layerOf[to]).toBeLessThan(layerOf[from]);
          else expect(layerOf[from]).toBeLessThan(layerOf[to]);
        }
        const nodes = slots.flat().flatMap(({ node }) => (node === undefined ? [] : [node]));
        expect(nodes.sort((a, b) => a - b)).toEqual(layerOf.map((_, i) => i));
        const lanes = slots.flat().length - nodes.length;
        const passed = edges
          .filter((edge) => !isBack.has(edge.join()))
          .reduce((sum, [from, to]) => sum + layerOf[to] - layerOf[from] - 1, 0);
        expect(lanes).toBe(passed);
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  test("a graph without circles has no edge that runs back", () => {
    fc.assert(
      fc.property(graph, (edges) => {
        expect(
          layersOf(
            12,
            edges.filter(([from, to]) => from < to),
          ).back,
        ).toEqual([]);
      }),
      { seed: 1, numRuns: 100 },
    );
  });

  test("are ordered so that edges do not cross where they need not", () => {
    // 0 and 1 lead to 3 and 2: drawn in the order of their numbers they would cross.
    const { slots } = layersOf(4, [
      [0, 3],
      [1, 2],
    ]);
    const names = slots.map((layer) => layer.map(({ node }) => node));
    expect(names[0].indexOf(0) < names[0].indexOf(1)).toBe(
      names[1].indexOf(3) < names[1].indexOf(2),
    );
  });
});

describe("a pipeline with a reviewer who sends back", () => {
  const CARD = { width: 100, height: 40 };
  // intake → medical, policy, fraud → desk ⇄ reviewer, who writes back to intake and medical.
  const edges: DirectedEdge[] = [
    [0, 1],
    [0, 2],
    [0, 3],
    [0, 4],
    [1, 4],
    [2, 4],
    [3, 4],
    [4, 5],
    [5, 0],
    [5, 1],
    [5, 4],
  ];
  const layout = layoutOf({ count: 6, edges, leaders: new Set([4, 5]) }, CARD);

  test("stands in layers from left to right", () => {
    expect(layout.shape).toBe("layers");
    const xs = layout.places.map(({ x }) => x);
    expect(xs[0]).toBeLessThan(xs[1]);
    expect([xs[2], xs[3]]).toEqual([xs[1], xs[1]]);
    expect(xs[3]).toBeLessThan(xs[4]);
    expect(xs[4]).toBeLessThan(xs[5]);
  });

  test("its bent edges meet no agent between their ends, and lie within the picture", () => {
    const { places, bends = [], height } = layout;
    expect(bends.map(({ from, to }) => [from, to])).toEqual(
      expect.arrayContaining([
        [0, 4],
        [5, 0],
        [5, 1],
      ]),
    );
    for (const { from, to, ...bend } of bends)
      for (let t = 0; t <= 1; t += 0.01) {
        const [a, b] = [places[from], places[to]];
        const x = (1 - t) ** 2 * a.x + 2 * t * (1 - t) * bend.x + t ** 2 * b.x;
        const y = (1 - t) ** 2 * a.y + 2 * t * (1 - t) * bend.y + t ** 2 * b.y;
        expect(y).toBeLessThanOrEqual(height + 0.2);
        places.forEach((place, agent) => {
          if (agent === from || agent === to) return;
          const isOn =
            Math.abs(x - place.x) < CARD.width / 2 && Math.abs(y - place.y) < CARD.height / 2;
          expect({ from, to, agent, isOn }).toEqual({ from, to, agent, isOn: false });
        });
      }
  });
});
