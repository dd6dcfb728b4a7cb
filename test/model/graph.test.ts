// Numbers of ancestors against sets of them, for graphs of every shape.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  ancestorCounts,
  type ClaimGraph,
  chain,
  explicit,
  generated,
  layers,
} from "../../src/model/graph.ts";

/** Counted with one set of ancestors per claim. */
function countsBySets({ premises }: ClaimGraph): number[] {
  const ancestors: Set<number>[] = [];
  for (const list of premises)
    ancestors.push(new Set(list.flatMap((premise) => [premise, ...ancestors[premise]])));
  return ancestors.map(({ size }) => size);
}

/** A graph in which each claim has up to four of the claims before it as premises, in any order. */
const written = fc
  .array(fc.array(fc.nat(), { maxLength: 4 }), { minLength: 1, maxLength: 120 })
  .map((lists) => {
    const claims = lists.map((list, i) => [
      `c${i}`,
      i === 0 ? [] : list.map((any) => `c${any % i}`),
    ]);
    return explicit(Object.fromEntries(claims));
  });

const sizes = fc.integer({ min: 1, max: 120 });

const graphs = fc.oneof(
  written,
  sizes.map(chain),
  fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 }).map(layers),
  fc.tuple(sizes, fc.double({ min: 0, max: 1, noNaN: true })).map(([n, q]) => generated(n, q)),
);

describe("ancestors", () => {
  test("each counts once, however many ways lead to it", () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        expect([...ancestorCounts(graph)]).toEqual(countsBySets(graph));
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  test("the last claim of a chain has all others, one of a layer all of the layers before", () => {
    expect(ancestorCounts(chain(10_000))[9999]).toBe(9999);
    expect([...ancestorCounts(layers([2, 3, 1]))]).toEqual([0, 0, 2, 2, 2, 5]);
  });
});
