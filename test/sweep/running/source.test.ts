// Who runs which cells: every cell is given out once, by whatever division.
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  allCells,
  type CellSource,
  listedCells,
  parseShard,
} from "../../../src/sweep/running/source.ts";

async function taken(source: CellSource): Promise<number[]> {
  const cells: number[] = [];
  for (let cell = await source.take(); cell !== undefined; cell = await source.take())
    cells.push(cell);
  return cells;
}

test("shards share all cells out, evenly", async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(200), fc.integer({ min: 1, max: 30 }), async (count, of) => {
      const shards = [];
      for (let shard = 1; shard <= of; shard++) {
        const source = allCells(count, { shard, of });
        const cells = await taken(source);
        expect(cells).toHaveLength(source.count);
        shards.push(cells);
      }
      const all = shards.flat().sort((a, b) => a - b);
      expect(all).toEqual(Array.from({ length: count }, (_, i) => i));
      const sizes = shards.map(({ length }) => length);
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
    }),
    { seed: 1, numRuns: 60 },
  );
});

test("listed cells are those", async () => {
  expect(await taken(listedCells([4, 2]))).toEqual([4, 2]);
});

test("a shard is I/N with I from 1 to N", () => {
  expect(parseShard(" 2/7 ")).toEqual({ shard: 2, of: 7 });
  for (const text of ["0/7", "8/7", "1/0", "2", "-1/3", "1/3/5", "1.5/3", ""])
    expect(parseShard(text)).toBeUndefined();
});
