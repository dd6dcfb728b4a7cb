// Tallies that go from thread to thread: taken in packed, they count as if they had been there.
import { describe, expect, test } from "vitest";
import { Tally } from "../../src/metrics/tally.ts";
import { FIELD, OUTCOME_SIZE } from "../../src/model/outcome.ts";

/** A tally of clusters of four tasks, of which `first`, `first + 1` … succeed, modulo 5. */
function tallyOf(first: number, clusters: number, isPaired: boolean): Tally {
  const tally = new Tally(isPaired);
  for (let i = 0; i < clusters; i++) {
    const row = new Float64Array(isPaired ? 2 * OUTCOME_SIZE : OUTCOME_SIZE);
    row.forEach((_, field) => {
      row[field] = (first + i + field) / 7;
    });
    row[FIELD.tasks] = 4;
    row[FIELD.success] = (first + i) % 5;
    tally.addCluster(row);
    tally.latency.add(Float64Array.of(0, first + i, (first + i) / 3, 1e6 * (first + i)));
    tally.radius.add(Float64Array.of(i % 3, i % 4));
  }
  tally.events = 10 * clusters;
  return tally;
}

const contentOf = (tally: Tally) =>
  JSON.stringify([tally.moments, tally.reliability, tally.latency, tally.radius, tally.events]);

describe.each([true, false])("a packed tally (paired: %s)", (isPaired) => {
  test("is merged as it would be in its own thread, in any number of parts", () => {
    const chunks = [
      [0, 32],
      [32, 32],
      [64, 0],
      [64, 5],
    ].map(
      ([first, clusters]) =>
        () =>
          tallyOf(first, clusters, isPaired),
    );
    const here = new Tally(isPaired);
    for (const chunk of chunks) here.merge(chunk());
    for (const size of [1, 2, 3, 4]) {
      const there = new Tally(isPaired);
      for (let i = 0; i < chunks.length; i += size) {
        const part = chunks.slice(i, i + size).map((chunk) => chunk());
        there.mergePacked(structuredClone(Tally.pack(part)));
      }
      expect(contentOf(there)).toBe(contentOf(here));
    }
  });

  test("can be made of tallies that were used before and cleared", () => {
    const used = tallyOf(3, 20, isPaired);
    used.clear();
    const there = new Tally(isPaired);
    there.mergePacked(Tally.pack([used]));
    expect(contentOf(there)).toBe(contentOf(new Tally(isPaired)));
  });

  test("stays as it was sent when the tally that took it in goes on", () => {
    const packed = structuredClone(Tally.pack([tallyOf(0, 8, isPaired)]));
    const before = structuredClone(packed);
    const tally = new Tally(isPaired);
    tally.mergePacked(packed);
    tally.merge(tallyOf(8, 8, isPaired));
    expect(packed).toEqual(before);
  });
});
