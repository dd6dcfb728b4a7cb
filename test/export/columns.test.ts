// The columns: every one is explained, none is named twice, and the page about them tells all.
import { describe, expect, test } from "vitest";
import { columnsPage } from "../../scripts/docs/reference/columnsPage.ts";
import { cellColumns } from "../../src/export/cellColumns.ts";
import { factorsOf } from "../../src/export/columns.ts";
import { replicationColumns } from "../../src/export/replicationColumns.ts";
import { METRIC_NAMES } from "../../src/metrics/definitions.ts";

const factors = factorsOf([{ agents: 3 }]);

describe.each([
  ["cells", cellColumns(factors, METRIC_NAMES)],
  ["replications", replicationColumns(factors)],
])("columns of %s", (_, columns) => {
  test("have names of their own", () => {
    expect(new Set(columns.map(({ name }) => name)).size).toBe(columns.length);
  });

  test("are explained in a sentence", () => {
    for (const { description } of columns) expect(description).toMatch(/^[`A-Z].*\.$/);
  });
});

describe("page of columns", () => {
  test("has a row for every column, each with as many cells as its table has", () => {
    const lines = columnsPage().split("\n");
    const told = lines.flatMap((line) => /^\| `([^`]+)`/.exec(line)?.[1] ?? []);
    const metricBounds = (name: string) => METRIC_NAMES.some((m) => name.startsWith(`${m}.`));
    const expected = [
      ...cellColumns([{ name: "NAME", type: "int64" }], []),
      ...replicationColumns([]),
    ].map(({ name }) => name);
    expect(new Set(told)).toEqual(
      new Set(expected.filter((name) => METRIC_NAMES.includes(name) || !metricBounds(name))),
    );
    let width = 0;
    for (const [i, line] of lines.entries()) {
      if (!line.startsWith("|")) continue;
      if (!lines[i - 1].startsWith("|")) width = line.split("|").length;
      expect(line.split("|")).toHaveLength(width);
    }
  });
});
