// Topologies: the known properties of every preset, explicit edges, order and duplicates.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Edges, EdgesSpec, Preset } from "../../src/model/topology.ts";
import { buildEdges, presetEdgeBound } from "../../src/model/topology.ts";

const SPEC: EdgesSpec = {
  preset: "none",
  directed: false,
  degree: 2,
  seed: "topology",
  weight: 1,
  edges: [],
};

/** References in these tests are agent numbers, `all` and `none`. */
const resolver = (count: number) => (references: readonly string[]) =>
  references.flatMap((reference) =>
    reference === "all" ? Array.from({ length: count }, (_, i) => i) : [Number(reference)],
  );

function build(count: number, spec: Partial<EdgesSpec>, defaultHub?: number): Edges {
  return buildEdges({ ...SPEC, ...spec }, count, resolver(count), defaultHub);
}

const pairs = ({ from, to }: Edges) => Array.from(from, (agent, e) => `${agent}→${to[e]}`);

function degrees(edges: Edges, count: number): number[] {
  const degree = new Array<number>(count).fill(0);
  for (const agent of edges.from) degree[agent]++;
  return degree;
}

/** Number of agents that can be reached from agent 0. */
function reached({ from, to }: Edges): number {
  const seen = new Set([0]);
  for (const agent of seen) for (const [e, at] of from.entries()) if (at === agent) seen.add(to[e]);
  return seen.size;
}

describe("presets", () => {
  test("none has no edges", () => {
    expect(pairs(build(5, {}))).toEqual([]);
  });

  test("star joins the hub with everybody, both ways", () => {
    expect(pairs(build(4, { preset: "star" }))).toEqual(["0→1", "0→2", "0→3", "1→0", "2→0", "3→0"]);
    expect(pairs(build(3, { preset: "star", hub: "1" }))).toEqual(["0→1", "1→0", "1→2", "2→1"]);
    expect(pairs(build(3, { preset: "star" }, 2))).toEqual(["0→2", "1→2", "2→0", "2→1"]);
    expect(pairs(build(3, { preset: "star", hub: "1", directed: true }))).toEqual(["1→0", "1→2"]);
  });

  test("complete joins everybody with everybody else", () => {
    expect(build(7, { preset: "complete" }).from).toHaveLength(7 * 6);
    expect(pairs(build(3, { preset: "complete", directed: true }))).toEqual(["0→1", "0→2", "1→2"]);
  });

  test("ring and chain join neighbours", () => {
    expect(pairs(build(4, { preset: "chain", directed: true }))).toEqual(["0→1", "1→2", "2→3"]);
    expect(pairs(build(4, { preset: "ring", directed: true }))).toEqual([
      "0→1",
      "1→2",
      "2→3",
      "3→0",
    ]);
    expect(pairs(build(2, { preset: "ring" }))).toEqual(["0→1", "1→0"]);
    expect(degrees(build(9, { preset: "ring" }), 9)).toEqual(new Array(9).fill(2));
    expect(degrees(build(4, { preset: "chain" }), 4)).toEqual([1, 2, 2, 1]);
  });

  test("tree hangs `degree` children under each agent", () => {
    expect(pairs(build(7, { preset: "tree", directed: true }))).toEqual([
      "0→1",
      "0→2",
      "1→3",
      "1→4",
      "2→5",
      "2→6",
    ]);
    expect(degrees(build(13, { preset: "tree", degree: 3 }), 13)).toEqual([
      3, 4, 4, 4, 1, 1, 1, 1, 1, 1, 1, 1, 1,
    ]);
  });

  test("grid joins left, right, above and below", () => {
    expect(pairs(build(9, { preset: "grid", directed: true }))).toEqual([
      "0→1",
      "0→3",
      "1→2",
      "1→4",
      "2→5",
      "3→4",
      "3→6",
      "4→5",
      "4→7",
      "5→8",
      "6→7",
      "7→8",
    ]);
    // The last row is short: 0 1 2 / 3 4.
    expect(pairs(build(5, { preset: "grid", directed: true }))).toEqual([
      "0→1",
      "0→3",
      "1→2",
      "1→4",
      "3→4",
    ]);
  });

  test("scale-free adds m edges with every agent after the first m, and has hubs", () => {
    const [n, m] = [2000, 3];
    const edges = build(n, { preset: "scale-free", degree: m });
    const degree = degrees(edges, n);
    expect(edges.from).toHaveLength(2 * m * (n - m));
    expect(Math.min(...degree.slice(m))).toBe(m);
    expect(reached(build(200, { preset: "scale-free", degree: m }))).toBe(200);
    // Degrees grow as the root of n: the largest is far above that of G(n, p), which is about 20 here.
    expect(Math.max(...degree)).toBeGreaterThan(60);
  });

  test("random has the mean degree and the binomial spread that were asked for", () => {
    const [n, mean] = [4000, 6];
    const degree = degrees(build(n, { preset: "random", degree: mean, seed: "a" }), n);
    const average = degree.reduce((sum, d) => sum + d, 0) / n;
    const variance = degree.reduce((sum, d) => sum + (d - average) ** 2, 0) / (n - 1);
    // Seed "a"; 4 standard errors, so that 1 seed in 16,000 would raise a false alarm in either line.
    // The mean degree is twice a binomial count over n, the variance of degrees is close to Poisson.
    expect(Math.abs(average - mean)).toBeLessThan(4 * Math.sqrt((2 * mean) / n));
    expect(Math.abs(variance - mean)).toBeLessThan(4 * Math.sqrt((2 * mean * mean + mean) / n));
  });

  test("random joins every pair with the same chance", () => {
    const n = 6;
    const tally = new Map<string, number>();
    const graphs = 2000;
    for (let i = 0; i < graphs; i++)
      for (const pair of pairs(build(n, { preset: "random", directed: true, seed: `s${i}` })))
        tally.set(pair, (tally.get(pair) ?? 0) + 1);
    // p = 2/5; 15 pairs within 4.5 standard errors: 1 choice of seeds in 10,000 would raise a false alarm.
    const error = 4.5 * Math.sqrt((0.4 * 0.6) / graphs);
    expect(tally.size).toBe(15);
    for (const count of tally.values()) expect(Math.abs(count / graphs - 0.4)).toBeLessThan(error);
  });

  test("random and scale-free are the same for the same seed, and others for another", () => {
    for (const preset of ["random", "scale-free"] as const) {
      const edges = pairs(build(50, { preset }));
      expect(pairs(build(50, { preset }))).toEqual(edges);
      expect(pairs(build(50, { preset, seed: "other" }))).not.toEqual(edges);
    }
  });

  test("a degree that everybody cannot have joins everybody", () => {
    for (const preset of ["random", "scale-free"] as const)
      expect(build(5, { preset, degree: 10 }).from).toHaveLength(20);
  });

  const PRESETS: Preset[] = [
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
  const anyPreset = fc.record({
    preset: fc.constantFrom(...PRESETS),
    n: fc.integer({ min: 0, max: 40 }),
    degree: fc.integer({ min: 1, max: 6 }),
  });

  test("edges are sorted, without doubles and loops, and undirected ones run both ways", () => {
    fc.assert(
      fc.property(anyPreset, ({ preset, n, degree }) => {
        const edges = build(n, { preset, degree });
        const key = Array.from(edges.from, (from, e) => from * 1000 + edges.to[e]);
        expect(key).toEqual([...new Set(key)].sort((a, b) => a - b));
        const back = Array.from(edges.from, (from, e) => edges.to[e] * 1000 + from);
        expect(back.sort((a, b) => a - b)).toEqual(key);
        expect(edges.from.some((from, e) => from === edges.to[e])).toBe(false);
        if (preset !== "random")
          expect(key.length).toBeLessThanOrEqual(presetEdgeBound(preset, n, degree));
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  test("directed edges are one half of the undirected ones", () => {
    fc.assert(
      fc.property(anyPreset, ({ preset, n, degree }) => {
        const oneWay = build(n, { preset, degree, directed: true }).from.length;
        expect(2 * oneWay).toBe(build(n, { preset, degree }).from.length);
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  test("star, ring, chain, tree and grid reach everybody", () => {
    for (const preset of ["star", "ring", "chain", "tree", "grid", "complete"] as const)
      for (const n of [1, 2, 3, 10, 17]) expect(reached(build(n, { preset }))).toBe(n);
  });
});

describe("explicit edges", () => {
  const edge = (from: string, to: string, weight = 1, both = false) => ({
    from,
    to,
    weight,
    trust: 1,
    both,
  });

  test("run one way, or both", () => {
    expect(pairs(build(3, { edges: [edge("2", "0"), edge("0", "1", 1, true)] }))).toEqual([
      "0→1",
      "1→0",
      "2→0",
    ]);
  });

  test("between groups join every member with every other", () => {
    expect(pairs(build(3, { edges: [edge("all", "all")] }))).toEqual(
      pairs(build(3, { preset: "complete" })),
    );
  });

  test("win over the preset, and later ones over earlier", () => {
    const { weight } = build(2, {
      preset: "chain",
      weight: 0.5,
      edges: [edge("0", "1", 0.1), edge("0", "1", 0.2)],
    });
    expect([...weight]).toEqual([0.2, 0.5]);
  });
});

describe("among", () => {
  test("joins only the agents named, in the order of all agents", () => {
    const resolve = () => [1, 3, 4];
    const spec = { ...SPEC, preset: "chain" as const, among: ["x"], directed: true };
    expect(pairs(buildEdges(spec, 6, resolve))).toEqual(["1→3", "3→4"]);
  });
});
