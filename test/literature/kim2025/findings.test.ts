// Amplification by each definition and each mean, of outcomes for which they are known.
import { describe, expect, test } from "vitest";
import { findings } from "../../../src/literature/kim2025/findings.ts";
import { BENCHMARKS } from "../../../src/literature/kim2025/published.ts";
import type { StudyEstimate } from "../../../src/literature/study.ts";
import { observed } from "./observed.ts";

/** Errors of the single agent and of every team, by benchmark: ratios of 2, 2, 4 and 64. */
const SINGLE = [4, 4, 2, 0.125];
const TEAMS = [8, 8, 8, 8];

const { tables } = findings(
  observed((benchmark, architecture) => {
    const i = BENCHMARKS.indexOf(benchmark);
    const isSingle = architecture === "single";
    return {
      errorsAtAggregation: (isSingle ? SINGLE : TEAMS)[i],
      // Failure rates of .25 and .5: a ratio of 2 everywhere.
      failure: isSingle ? 0.25 : 0.5,
      success: isSingle ? 0.75 : 0.5,
      // 100 and 200 tokens per success.
      overheadTokens: isSingle ? 75 : 100,
    };
  }),
  [],
);

const row = (name: string) => {
  const table = tables.find((one) => one.name === name);
  const [label, ...cells] = table?.rows[0] ?? [];
  const means = cells.map((cell) =>
    typeof cell === "number" ? cell : (cell as StudyEstimate).mean,
  );
  return { label, means, columns: table?.columns.map((column) => column.name) };
};

describe("amplification", () => {
  test("of errors: by benchmark, as three means, and as published", () => {
    const { label, means, columns } = row("amplification-by-benchmark");
    expect(columns).toEqual([
      "architecture",
      ...BENCHMARKS,
      "mean of ratios",
      "geometric mean",
      "ratio of means",
      "published",
    ]);
    expect(label).toBe("independent");
    // (2 + 2 + 4 + 64) / 4; (2 · 2 · 4 · 64)^(1/4) = 2^(10/4); 32 / 10.125.
    const expected = [2, 2, 4, 64, 18, 2 ** 2.5, 32 / 10.125, 17.2];
    expected.forEach((value, i) => {
      expect(means[i]).toBeCloseTo(value, 12);
    });
  });

  test.each([
    ["amplification-task", 1.296],
    ["amplification-trace", 17.2],
  ])("%s: twice as much everywhere is twice as much by any mean", (name, published) => {
    expect(row(name).means).toEqual([...Array(7).fill(2), published]);
  });

  test("every table says by which definition, and what is held against what", () => {
    for (const { note } of tables) expect(note).toMatch(/_s\)?\. .*held against/i);
  });
});

test("a benchmark on which the single agent makes no error leaves the ratio undefined", () => {
  const { tables: undefinedOnes } = findings(
    observed(() => ({ success: 1, overheadTokens: 1 })),
    [],
  );
  for (const cell of undefinedOnes[0].rows[0].slice(1, -1))
    expect((cell as StudyEstimate).mean).toBeNull();
});
