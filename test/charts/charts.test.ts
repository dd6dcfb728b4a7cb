import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Ajv } from "ajv";
import { compile } from "vega-lite";
import { beforeAll, describe, expect, test } from "vitest";
import { CHARTS, type Chart, ChartError, chartsFor, makeChart } from "../../src/charts/chart.ts";
import type { ExperimentResult } from "../../src/experiment/result.ts";
import type { ResultDocument, SweepResult } from "../../src/results/results.ts";
import { comparison, crossing, line, map, reproduction, runs, sweepOf, traces } from "./support.ts";

const SCHEMA = fileURLToPath(import.meta.resolve("vega-lite/vega-lite-schema.json"));
const isValid = new Ajv({ strict: false, validateFormats: false, allErrors: false }).compile(
  JSON.parse(readFileSync(SCHEMA, "utf8")),
);

/** What Vega-Lite says when it compiles a chart. */
function warningsOf({ spec }: Chart): string[] {
  const said: string[] = [];
  const say = (...words: readonly unknown[]) => {
    said.push(words.join(" "));
    return log;
  };
  const log = { warn: say, error: say, info: () => log, debug: () => log, level: () => log };
  compile(spec, { logger: log as never });
  return said;
}

let results: Record<
  "compare" | "run" | "reproduce" | "crossing" | "line" | "map" | "trace" | "lineage",
  ResultDocument
>;

beforeAll(async () => {
  results = {
    compare: await comparison(),
    run: await runs(),
    reproduce: await reproduction(),
    crossing: crossing(),
    line: line(),
    map: map(),
    trace: (await traces()).log,
    lineage: (await traces()).lineage,
  };
});

const DRAWN = [
  ["compare", "amplification success cost differences reliability latency errors"],
  ["run", "success cost reliability latency errors"],
  ["reproduce", "amplification success"],
  ["crossing", "sweep-map sweep-line cost"],
  ["line", "sweep-line cost"],
  ["map", "sweep-map sweep-line cost"],
  ["trace", "timeline topology"],
  ["lineage", "lineage"],
] as const;

describe.each(DRAWN)("charts of %s", (kind, names) => {
  test("are those that it has something for, the best first", () => {
    expect(chartsFor(results[kind]).join(" ")).toBe(names);
  });

  test.each(names.split(" "))("%s is valid, compiles silently and says what it shows", (name) => {
    for (const theme of ["light", "dark"] as const) {
      const chart = makeChart(name, results[kind], { theme });
      if (!isValid(chart.spec)) expect(isValid.errors?.slice(0, 3)).toBeNull();
      expect(warningsOf(chart)).toEqual([]);
      expect(chart.title).not.toBe("");
      expect(chart.subtitle).toMatch(/replications|Replication 115/);
      expect(chart.subtitle).toContain("seed");
      expect(chart.alt.length).toBeGreaterThan(chart.title.length);
    }
  });

  test.each(names.split(" "))("%s is as before", async (name) => {
    const spec = `${JSON.stringify(makeChart(name, results[kind]).spec, null, 1)}\n`;
    await expect(spec).toMatchFileSnapshot(`golden/${kind}-${name}.vl.json`);
  });

  test.each(names.split(" "))("%s has no value that is no number", (name) => {
    expect(JSON.stringify(makeChart(name, results[kind]).spec)).not.toMatch(/NaN|Infinity/);
  });
});

// ---------------------------------------------------------------- what is drawn

/** The data of a chart that have a field. */
function rowsWith(chart: Chart, field: string): Record<string, unknown>[] {
  const rows: Record<string, unknown>[] = [];
  const visit = (node: unknown) => {
    if (typeof node !== "object" || node === null) return;
    if (field in node && !Array.isArray(node)) rows.push(node as Record<string, unknown>);
    for (const child of Object.values(node)) visit(child);
  };
  visit(chart.spec);
  return rows;
}

test("an architecture has the same colour in every chart", () => {
  const found = new Set<string>();
  for (const [kind, names] of DRAWN.slice(0, 4))
    for (const name of names.split(" ")) {
      const scales = rowsWith(makeChart(name, results[kind]), "domain").filter(
        ({ range }) => range,
      );
      for (const { domain, range } of scales as { domain: string[]; range: string[] }[])
        domain.forEach((label, i) => {
          if (String(label).endsWith("hybrid")) found.add(range[i]);
        });
    }
  expect([...found]).toEqual(["#cc79a7"]);
});

test("published values stand beside the simulated ones", () => {
  const rows = rowsWith(makeChart("amplification", results.reproduce), "what");
  expect(rows.filter(({ what }) => what === "published")).toContainEqual(
    expect.objectContaining({ row: "independent", mean: 17.2, low: 14.3, high: 20.1 }),
  );
});

test("the crossing line of a map runs where the surfaces meet", () => {
  const segments = rowsWith(makeChart("sweep-map", results.crossing), "x1").filter(
    ({ x1 }) => typeof x1 === "number",
  ) as { x1: number; x2: number; y1: number; y2: number }[];
  expect(segments.length).toBeGreaterThan(0);
  for (const { x1, x2 } of segments) {
    expect(x1).toBeCloseTo(0.35, 10);
    expect(x2).toBeCloseTo(0.35, 10);
  }
  const ends = segments.flatMap(({ y1, y2 }) => [y1, y2]);
  expect([Math.min(...ends), Math.max(...ends)]).toEqual([0.5, 3.5]);
});

test("the Pareto front has the choices that no other beats", () => {
  const sweep = sweepOf(
    { a: (x) => [0.2, 0.6, 0.5, 0.9][10 * x - 1] ?? 0 },
    [0.1, 0.2, 0.3, 0.4],
    undefined,
  );
  const rows = rowsWith(makeChart("cost", sweep), "isBest");
  expect(rows.filter(({ isBest }) => isBest).map(({ success }) => success)).toEqual([
    0.2, 0.6, 0.9,
  ]);
});

test("errors on the edges of a topology are those that the log says arrived", async () => {
  const { log } = await traces();
  const arrived = log.events.filter((one) => one.event === "received" && one.origin !== undefined);
  const edges = rowsWith(makeChart("topology", log), "errors") as { errors: number }[];
  expect(arrived.length).toBeGreaterThan(0);
  expect(edges.reduce((sum, { errors }) => sum + errors, 0)).toBe(arrived.length);
});

test("a lineage has every erroneous version, joined to its parent", async () => {
  const { lineage } = await traces();
  const chart = makeChart("lineage", lineage);
  const versions = lineage.tasks.flatMap(({ errors }) => errors);
  expect(rowsWith(chart, "fate")).toHaveLength(versions.length);
  const links = rowsWith(chart, "agent2").filter(({ t }) => typeof t === "number");
  expect(links).toHaveLength(versions.filter(({ parent }) => parent !== null).length);
});

test("a value that is undefined is a gap, and the subtitle says why", () => {
  const chart = makeChart("sweep-line", results.line);
  expect(chart.subtitle).toContain("Undefined for hybrid (no task has ended).");
  const hybrid = rowsWith(chart, "mean").filter(({ series }) => series === "hybrid");
  expect(hybrid.map(({ mean }) => mean)).toEqual([0.5, 0.5, 0.5, null]);
});

test("a factor that follows from another by a formula is no axis", () => {
  const sweep = map();
  const [first, ...others] = sweep.factors;
  const derived = { ...first, formula: "2 * other" };
  expect(chartsFor({ ...sweep, factors: [derived, ...others] })[0]).toBe("sweep-line");
});

test("a large sweep is drawn from few data, and the subtitle says so", () => {
  const many = Array.from({ length: 1000 }, (_, i) => 0.01 + i / 2000);
  const sweep = sweepOf({ "t-single": (x) => 0.8 - x, "t-hybrid": () => 0.4 }, many, undefined);
  const chart = makeChart("sweep-line", sweep);
  expect(rowsWith(chart, "mean").length).toBeLessThan(100);
  expect(chart.subtitle).toContain("means over nearby values of rate");
});

// ---------------------------------------------------------------- nothing to draw

describe("a result with nothing to draw", () => {
  const empty = (): SweepResult => ({ ...crossing(), rows: [], cells: 0 });

  test("feeds no chart, and its picture says why", () => {
    expect(chartsFor(empty())).toEqual([]);
    for (const name of ["sweep-map", "sweep-line", "cost"]) {
      const chart = makeChart(name, empty());
      expect(isValid(chart.spec)).toBe(true);
      expect(warningsOf(chart)).toEqual([]);
      expect(chart.alt).toContain("nothing to draw");
      expect(JSON.stringify(chart.spec)).toMatch(/no cells|No scenario/);
    }
  });

  test("where every metric is undefined, every chart says so", () => {
    const gaps = (value: unknown): unknown => {
      if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
      if ("ci" in value) return { mean: null, ci: [null, null], undefined: "no task has ended" };
      return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, gaps(part)]));
    };
    const result = results.compare as ExperimentResult;
    const scenarios = result.scenarios.map((one) => gaps(one)) as ExperimentResult["scenarios"];
    const blank = { ...result, scenarios };
    expect(chartsFor(blank)).toEqual([]);
    for (const name of chartsFor(result)) {
      const { alt, spec } = makeChart(name, blank);
      expect(alt).toContain("no task has ended");
      expect(isValid(spec)).toBe(true);
    }
  });
});

describe("a chart that cannot be made", () => {
  test("of that name there is none", () => {
    expect(() => makeChart("pie", results.line)).toThrow(ChartError);
    expect(() => makeChart("pie", results.line)).toThrow(/there is no chart pie; .*sweep-line/);
  });

  test("results of this kind do not feed it", () => {
    expect(() => makeChart("latency", results.line)).toThrow(
      /latency is made of .*run@1.* this result is faultline\/sweep@1; of it can be made: sweep-map/,
    );
  });
});

test("names of charts are told once each", () => {
  expect(new Set(CHARTS.map(({ name }) => name)).size).toBe(CHARTS.length);
});
