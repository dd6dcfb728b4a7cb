// What is said of an estimate: open questions that are alike are one line, and those who start failures are ranked.
import { describe, expect, test } from "vitest";
import type { EstimateResult } from "../../src/estimate/document.ts";
import { numberCells, openLines, starterRows } from "../../src/wording/estimateResult.ts";

const resultWith = (estimates: object) => ({ estimates }) as unknown as EstimateResult;
const open = (what: string, why = "nobody judged its steps") => ({ what, why, remedy: "judge" });

describe("what logs do not tell", () => {
  test("is one line for numbers of several agents that are open for the same reason", () => {
    const unidentified = [
      open("task.difficultySpread", "every task was run once"),
      ...["a", "b", "c", "d"].map((name) => open(`agents.${name}.errorRate`)),
      open("agents.e.errorRate", "its premises are unknown"),
      open("agents.a.checks.self.recall"),
    ];
    expect(openLines(resultWith({ unidentified })).map(({ what }) => what)).toEqual([
      "task.difficultySpread",
      "errorRate of 4 agents (a, b, c and 1 more)",
      "agents.e.errorRate",
      "agents.a.checks.self.recall",
    ]);
  });
});

describe("who starts failures", () => {
  const starts = (value: number) => ({
    starts: { value, interval: [value / 2, value * 2], count: 40, of: "annotated failures" },
  });

  test("is told from the largest share to the smallest, at most ten, and only where it was annotated", () => {
    const agents = Object.fromEntries(
      Array.from({ length: 12 }, (_, i) => [`agent-${i}`, starts(i / 100)]),
    );
    const rows = starterRows(resultWith({ agents: { ...agents, other: {} } }));
    expect(rows.map(({ label }) => label)).toEqual(
      Array.from({ length: 10 }, (_, i) => `agent-${11 - i}`),
    );
    expect(rows[0].cells[1]).toEqual({ text: "40 annotated failures" });
  });
});

test("every form of an uncertain number is told by its 95 % interval", () => {
  const cell = (uncertain: object) =>
    numberCells({ path: "x", value: 0.5, note: "", uncertain } as never)[0].interval;
  expect(cell({ value: 0.5, interval: [0.4, 0.6] })).toBe("±.10");
  expect(cell({ normal: [0.5, 0.1] })).toBe("±.20");
  expect(cell({ beta: [50, 50] })).toBe("±.10");
});
