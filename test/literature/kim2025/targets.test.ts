// The published figures: complete, well formed, and consistent with one another where the source is.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  AMPLIFYING,
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
import { observed } from "./observed.ts";

const publishedOf = (id: string) => {
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
    expect(Math.abs(change - publishedOf(`change.${benchmark}.${team}`))).toBeLessThan(2);
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
    const stated = publishedOf(`taskAmplification.${team}`);
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
      order: 4,
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

  test("only what follows from no other figure and from no limit is counted", () => {
    const kinds = new Map<string, Set<string>>();
    for (const { id, kind } of targets) {
      const figure = id.split(".")[1];
      kinds.set(figure, (kinds.get(figure) ?? new Set()).add(kind));
    }
    const of = (figure: string) => [...(kinds.get(figure) ?? [])].sort();
    for (const figure of ["amplification", "order", "success", "redundancy", "trajectory"])
      expect([figure, of(figure)]).toEqual([figure, ["calibrated"]]);
    for (const figure of ["taskAmplification", "meanSuccess", "change", "overhead", "efficiency"])
      expect([figure, of(figure)]).toEqual([figure, ["derived"]]);
    for (const figure of ["successPerKiloToken", "turnLaw"])
      expect([figure, of(figure)]).toEqual([figure, ["predicted"]]);
    const structural = targets.filter(({ kind }) => kind === "structural").map(({ id }) => id);
    expect(structural).toEqual(["kim2025.turns.independent", "kim2025.messageDensity.independent"]);
  });

  // Made apart from the code, from all 46,656 ways to draw six of six models.
  test.each([
    ["change.finance-agent.centralized", 27.45098, 197.05882],
    ["change.plancraft.hybrid", -49.47395, -24.32899],
    ["success.finance-agent.single", 0.21, 0.5],
    ["success.plancraft.hybrid", 0.32, 0.377811],
    ["taskAmplification.independent", 1.095792, 1.418753],
  ])("%s ranges over what six models leave open", (id, low, high) => {
    const { tolerance } = targets.find((t) => t.id === `kim2025.${id}`) as (typeof targets)[number];
    expect(tolerance).toMatchObject({ kind: "range", basis: "published" });
    const { from, to } = tolerance as { from: number; to: number };
    expect(Math.abs(from / low - 1)).toBeLessThan(2e-6);
    expect(Math.abs(to / high - 1)).toBeLessThan(2e-6);
  });

  test("the order of teams is that of the published means, and any other fails", () => {
    const published = TEAMS.map((team) => [team, publishedOf(`amplification.${team}`)] as const);
    const sorted = [...published].sort((a, b) => b[1] - a[1]).map(([team]) => team);
    expect(sorted).toEqual([...AMPLIFYING]);
    const order = targets.filter(({ id }) => id.startsWith("kim2025.order."));
    expect(order).toHaveLength(BENCHMARKS.length);
    for (const errors of [
      [4, 3, 2, 1],
      [4, 3, 1, 2],
      [3, 4, 2, 1],
      [4, 2, 3, 1],
      [1, 1, 1, 1],
    ]) {
      const isRight = errors.every((one, i) => i === 0 || one <= errors[i - 1]);
      for (const target of order) {
        const observations = observed((_, architecture) => {
          const place = (AMPLIFYING as readonly string[]).indexOf(architecture);
          return { errorsAtAggregation: errors[place] ?? 1 };
        });
        const { mean } = target.of(observations);
        expect(passes(target, { mean, ci: [null, null] }), String(errors)).toBe(isRight);
      }
    }
  });

  test("what follows from turns and success agrees with the figures it follows from", () => {
    for (const team of TEAMS) {
      const relativeTurns = publishedOf(`turns.${team}`) / publishedOf("turns.single");
      expect(100 * (relativeTurns - 1)).toBeCloseTo(publishedOf(`overhead.${team}`), -0.31);
      const efficiency = publishedOf(`meanSuccess.${team}`) / relativeTurns;
      expect(Math.abs(efficiency - publishedOf(`efficiency.${team}`))).toBeLessThan(0.001);
    }
  });

  test("where the source contradicts itself, the note says so", () => {
    expect(average(BENCHMARKS.map((b) => publishedOf(`trajectory.${b}`)))).toBeCloseTo(8.1, 1);
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
