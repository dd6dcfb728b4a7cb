// The published figures: complete, well formed, and consistent with one another where the source is.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  ARCHITECTURES,
  BENCHMARKS,
  type Benchmark,
  KIM2025_SUCCESS,
  meanSuccess,
  TEAMS,
  type Team,
} from "../../../src/literature/kim2025/published.ts";
import { TARGETS as targets } from "../../../src/literature/kim2025/targets.ts";
import { accepted, passes } from "../../../src/literature/target.ts";

const published = (id: string) => {
  const target = targets.find((t) => t.id === `kim2025.${id}`);
  if (target === undefined) throw new Error(`no target kim2025.${id}`);
  return target.published;
};
const average = (numbers: readonly number[]) =>
  numbers.reduce((sum, x) => sum + x, 0) / numbers.length;

describe("success rates", () => {
  test("there is one of each model, benchmark and architecture, and it is a share", () => {
    const keys = KIM2025_SUCCESS.map((s) => `${s.model}/${s.benchmark}/${s.architecture}`);
    expect(keys).toHaveLength(120);
    expect(new Set(keys).size).toBe(120);
    expect(new Set(KIM2025_SUCCESS.map((s) => s.model)).size).toBe(6);
    for (const { rate } of KIM2025_SUCCESS) {
      expect(rate).toBeGreaterThan(0);
      expect(rate).toBeLessThan(1);
    }
  });

  // One rate in a hundred would be so by chance: slips of the pen are found.
  test("every rate is a count of successes among 50 to 125 instances, to six digits", () => {
    for (const { rate } of KIM2025_SUCCESS) {
      const sizes = Array.from({ length: 76 }, (_, i) => i + 50);
      const isCount = (n: number) => Math.abs(Math.round(rate * n) / n - rate) <= 1e-6;
      expect(sizes.some(isCount), String(rate)).toBe(true);
    }
  });

  // Sums made apart from the code, with the original table.
  test.each<[Benchmark, number[]]>([
    ["finance-agent", [2.12, 3.3, 3.66, 3.8, 3.66]],
    ["browsecomp-plus", [1.87606, 1.283232, 2.157272, 1.972005, 2.047373]],
    ["workbench", [3.69, 3.37, 4.06, 3.73, 3.69]],
    ["plancraft", [3.383637, 0.971616, 1.932727, 1.633838, 2.072464]],
  ])("%s adds up over the six models", (benchmark, sums) => {
    const found = ARCHITECTURES.map((architecture) => 6 * meanSuccess(benchmark, architecture));
    found.forEach((sum, i) => {
      expect(sum).toBeCloseTo(sums[i], 9);
    });
  });

  // The source states changes over more models than these six: on Finance and PlanCraft they agree within two points.
  test.each<[Benchmark, Team]>([
    ["finance-agent", "decentralized"],
    ["finance-agent", "centralized"],
    ["finance-agent", "hybrid"],
    ["plancraft", "independent"],
    ["plancraft", "decentralized"],
    ["plancraft", "centralized"],
    ["plancraft", "hybrid"],
  ])("give the stated change of %s %s", (benchmark, team) => {
    const change = 100 * (meanSuccess(benchmark, team) / meanSuccess(benchmark, "single") - 1);
    expect(Math.abs(change - published(`change.${benchmark}.${team}`))).toBeLessThan(2);
  });

  // And .015 where the ratio is formed model by model.
  test.each(TEAMS)("give the task-level amplification of %s", (team) => {
    const ratios = KIM2025_SUCCESS.filter((s) => s.architecture === team).map((s) => {
      const single = KIM2025_SUCCESS.find(
        (other) =>
          other.model === s.model &&
          other.benchmark === s.benchmark &&
          other.architecture === "single",
      );
      return (1 - s.rate) / (1 - (single?.rate as number));
    });
    const stated = published(`taskAmplification.${team}`);
    expect(Math.abs(average(ratios) - stated)).toBeLessThan(0.015);
  });
});

describe("targets", () => {
  test("each has an id of its own, a source and a definition", () => {
    expect(new Set(targets.map(({ id }) => id)).size).toBe(targets.length);
    for (const { id, source, definition } of targets) {
      expect(id).toMatch(/^kim2025\.[a-zA-Z]+\.[a-z.-]+$/);
      expect(source).toContain("2512.08296");
      expect(definition).not.toBe("");
    }
  });

  test("each figure has one for all that it is published for", () => {
    const counts = new Map<string, number>();
    for (const { id } of targets) {
      const key = id.split(".")[1];
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    expect(Object.fromEntries(counts)).toEqual({
      amplification: 4,
      taskAmplification: 4,
      success: 20,
      meanSuccess: 5,
      change: 16,
      turns: 5,
      trajectory: 4,
      overhead: 4,
      messageDensity: 4,
      redundancy: 4,
      efficiency: 5,
      successPerKiloToken: 4,
      turnLaw: 1,
      saturation: 1,
    });
  });

  test("a tolerance accepts what was published", () => {
    for (const target of targets) {
      const verdict = passes(target, { mean: target.published, ci: [null, null] });
      expect(verdict, target.id).toBe(target.tolerance === null ? null : true);
      if (!target.publishedCi) continue;
      const [low, high] = target.publishedCi;
      expect(low).toBeLessThan(target.published);
      expect(high).toBeGreaterThan(target.published);
    }
  });

  test("a change of more than 5 % has a tolerance that excludes the other sign", () => {
    for (const target of targets.filter(({ id }) => id.startsWith("kim2025.change."))) {
      const verdict = passes(target, { mean: -target.published, ci: [null, null] });
      expect(verdict, target.id).toBe(Math.abs(target.published) > 5 ? false : null);
    }
  });

  test("what follows from turns and success agrees with the figures it follows from", () => {
    for (const team of TEAMS) {
      const relativeTurns = published(`turns.${team}`) / published("turns.single");
      expect(100 * (relativeTurns - 1)).toBeCloseTo(published(`overhead.${team}`), -0.31);
      const efficiency = published(`meanSuccess.${team}`) / relativeTurns;
      expect(Math.abs(efficiency - published(`efficiency.${team}`))).toBeLessThan(0.001);
    }
  });

  test("where the source contradicts itself, the note says so", () => {
    expect(average(BENCHMARKS.map((b) => published(`trajectory.${b}`)))).toBeCloseTo(8.1, 1);
    for (const id of ["amplification.independent", "turns.single", "trajectory.workbench"])
      expect(targets.find((t) => t.id === `kim2025.${id}`)?.note).toContain("contradicts itself");
  });
});

describe("tolerances", () => {
  test.each([
    [{ published: -4, tolerance: { kind: "relative", within: 0.25 } }, [-5, -3]],
    [{ published: 0.5, tolerance: { kind: "absolute", within: 0.25 } }, [0.25, 0.75]],
    [{ published: 9, tolerance: { kind: "range", from: 0, to: null } }, [0, Infinity]],
    [{ published: -9, tolerance: { kind: "range", from: null, to: 2 } }, [-Infinity, 2]],
    [{ published: 1, tolerance: null }, null],
  ] as const)("%j accepts %j", (target, bounds) => {
    expect(accepted(target)).toEqual(bounds);
    if (bounds === null) return;
    const verdict = (mean: number | null) => passes(target, { mean, ci: [null, null] });
    expect(verdict(bounds[0])).toBe(true);
    expect(verdict(bounds[1])).toBe(true);
    expect(verdict(null)).toBe(null);
    const outside = Number.isFinite(bounds[1]) ? bounds[1] + 0.01 : bounds[0] - 0.01;
    expect(verdict(outside)).toBe(false);
  });
});

/** Rooms that write, draw and print results, and simulate nothing. */
const READERS = ["api", "charts", "cli", "pages", "results", "terminal", "wording"];

test("nothing that simulates reads published figures", () => {
  const src = join(import.meta.dirname, "..", "..", "..", "src");
  const readers = readdirSync(src, { recursive: true, encoding: "utf8" })
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => file.endsWith(".ts") && !file.startsWith("literature/"))
    .filter((file) => /["/]literature\//.test(readFileSync(join(src, file), "utf8")));
  expect(readers.filter((file) => !READERS.includes(file.split("/")[0]))).toEqual([]);
  expect(readers).toContain("terminal/reproduce.ts");
});
