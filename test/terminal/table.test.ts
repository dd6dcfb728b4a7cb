import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { colorsIf } from "../../src/terminal/style.ts";
import { renderTable } from "../../src/terminal/table.ts";
import { type Cell, estimateCell, type Group } from "../../src/wording/table.ts";

const ESCAPE = "\u001b";
const plain = colorsIf(false);

const cell = (mean: number, half: number, mark?: Cell["mark"]): Cell => ({
  ...estimateCell({ mean, ci: [mean - half, mean + half] }),
  ...(mark && { mark }),
});

const row = (label: string, unit: string, ...cells: Cell[]) => ({ label, unit, cells });

const sections: Group[] = [
  {
    title: "First",
    rows: [
      row("Success", "share", cell(0.463, 0.012), cell(0.61, 0.05, "▲")),
      row("Turns", "", cell(123, 0), cell(9.42, 0.12, "▼")),
    ],
  },
];

test("numbers stand at the decimal point, intervals beside one another", () => {
  const columns = [{ name: "a", remark: "(baseline)" }, { name: "b" }];
  expect(renderTable(columns, sections, 80, plain)).toEqual([
    "                   a (baseline)    b",
    "────────────────────────────────────────────",
    "First",
    "  Success, share     0.463 ±.012 ▲ 0.61 ±.05",
    "  Turns            123     ±0    ▼ 9.42 ±.12",
    "────────────────────────────────────────────",
  ]);
});

test("columns that do not fit go into a block below", () => {
  const lines = renderTable([{ name: "a" }, { name: "b" }], sections, 40, plain);
  expect(lines.filter((line) => line === "First")).toHaveLength(2);
  expect(lines.filter((line) => line === "")).toHaveLength(1);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(40);
});

test("colors change no character", () => {
  const columns = [{ name: "a" }, { name: "b" }];
  const colored = renderTable(columns, sections, 80, colorsIf(true)).join("\n");
  expect(colored).toContain(ESCAPE);
  const bare = colored
    .replaceAll(new RegExp(`${ESCAPE}\\[\\d+m`, "g"), "")
    .split("\n")
    .map((line) => line.trimEnd());
  expect(bare).toEqual(renderTable(columns, sections, 80, plain));
});

test("no line is wider than asked for, where one column fits", () => {
  const numbers = fc.tuple(
    fc.double({ min: -1e5, max: 1e5, noNaN: true }),
    fc.double({ min: 1e-3, max: 1e3, noNaN: true }),
  );
  const table = fc.integer({ min: 1, max: 8 }).chain((columns) =>
    fc.array(fc.array(numbers, { minLength: columns, maxLength: columns }), {
      minLength: 1,
      maxLength: 6,
    }),
  );
  fc.assert(
    fc.property(table, fc.integer({ min: 60, max: 200 }), (rows, width) => {
      const columns = rows[0].map((_, i) => ({ name: `column-${i}` }));
      const cells = rows.map((values, i) =>
        row(`Row ${i}`, "unit", ...values.map(([mean, half]) => cell(mean, half))),
      );
      const lines = renderTable(columns, [{ title: "All", rows: cells }], width, plain);
      for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
      for (const { name } of columns)
        expect(lines.filter((line) => line.includes(name))).toHaveLength(1);
    }),
    { seed: 1, numRuns: 100 },
  );
});

describe("words instead of numbers", () => {
  test("do not move the decimal point", () => {
    const undefinedCell: Cell = { text: "undefined ¹" };
    const lines = renderTable(
      [{ name: "a" }],
      [{ title: "T", rows: [row("A", "", undefinedCell), row("B", "", cell(1.5, 0.1))] }],
      80,
      plain,
    );
    expect(lines[3]).toBe("  A   undefined ¹");
    expect(lines[4]).toBe("  B   1.50 ±.10");
  });
});
