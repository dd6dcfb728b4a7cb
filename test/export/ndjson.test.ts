// NDJSON: every line is an object with all columns in their order.
import fc from "fast-check";
import { expect, test } from "vitest";
import { column, tables, written } from "./support.ts";

test("every value comes back under its name", async () => {
  await fc.assert(
    fc.asyncProperty(tables, async (table) => {
      const text = (await written("ndjson", table)).toString();
      const objects = text
        .split("\n")
        .slice(0, -1)
        .map((line) => Object.entries(JSON.parse(line)));
      const expected = [...table.rows].map((row) => row.map((v, i) => [table.columns[i].name, v]));
      expect(objects).toEqual(expected);
    }),
    { seed: 1, numRuns: 300 },
  );
});

test("doubles keep a decimal point, and what has no value is null", async () => {
  const table = {
    columns: [column("a", "int64"), column("b.lo", "double"), column("c", "string")],
    rows: [[8, 8, null]],
  };
  expect((await written("ndjson", table)).toString()).toBe('{"a":8,"b.lo":8.0,"c":null}\n');
});
