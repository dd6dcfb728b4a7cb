import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Ajv } from "ajv";
import { compile } from "vega-lite";
import { beforeAll, describe, expect, test } from "vitest";
import { AGENT_MARKS } from "../../src/charts/agentMarks.ts";
import {
  CHARTS,
  type Chart,
  ChartError,
  chartsFor,
  makeChart,
  offersFor,
} from "../../src/charts/chart.ts";
import { breaksOf, isOpenAt } from "../../src/charts/shifts.ts";
import { type ExperimentResult, readMetric } from "../../src/experiment/result.ts";
import type { Trace } from "../../src/experiment/trace/document.ts";
import type { Reproduction } from "../../src/literature/reproduce.ts";
import type { ResultDocument, SweepResult, TraceLog } from "../../src/results/results.ts";
import {
  comparison,
  crossing,
  deskTrace,
  importances,
  line,
  map,
  pipelineLog,
  reproduction,
  runs,
  scattered,
  sweepOf,
  traces,
  valued,
} from "./support.ts";

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
  | "compare"
  | "run"
  | "reproduce"
  | "crossing"
  | "line"
  | "map"
  | "random"
  | "random1"
  | "trace"
  | "pipeline"
  | "lineage"
  | "valued"
  | "desk"
  | "deskLineage"
  | "importance"
  | "weaknesses"
  | "assumptions",
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
    random: scattered(),
    random1: scattered(["alone"]),
    pipeline: pipelineLog(),
    trace: (await traces()).log,
    lineage: (await traces()).lineage,
    valued: await valued(),
    desk: deskTrace().log,
    deskLineage: deskTrace().lineage,
    ...(await importances()),
  };
});

const DRAWN = [
  ["compare", "amplification success cost differences reliability latency errors"],
  ["run", "success cost reliability latency errors"],
  ["reproduce", "amplification success amplification-by-benchmark"],
  ["crossing", "sweep-map sweep-line cost"],
  ["line", "sweep-line cost"],
  ["map", "sweep-map sweep-line cost"],
  ["random", "tornado sweep-line sweep-map cost"],
  ["random1", "tornado sweep-line sweep-map cost"],
  ["trace", "timeline topology"],
  ["pipeline", "timeline topology"],
  ["lineage", "lineage"],
  ["valued", "money latency errors"],
  ["desk", "timeline topology"],
  ["deskLineage", "lineage"],
  ["importance", "tornado"],
  ["weaknesses", "tornado"],
  ["assumptions", "tornado"],
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
      expect(chart.subtitle).toMatch(/replications|Replication \d+/);
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
  const heads = rowsWith(makeChart("topology", log), "angle");
  const edges = heads.filter(({ errors }) => errors !== undefined) as { errors: number }[];
  expect(arrived.length).toBeGreaterThan(0);
  expect(edges.reduce((sum, { errors }) => sum + errors, 0)).toBe(arrived.length);
});

test("a lineage has every erroneous version, joined to its parent", async () => {
  const { lineage } = await traces();
  const chart = makeChart("lineage", lineage);
  const versions = lineage.tasks.flatMap(({ errors }) => errors);
  expect(rowsWith(chart, "fate")).toHaveLength(versions.length);
  const links = rowsWith(chart, "agent2").filter(({ at }) => typeof at === "number");
  expect(links).toHaveLength(versions.filter(({ parent }) => parent !== null).length);
});

test("the bars of the agents and of what nobody lost add up to the total cost", () => {
  const { scenarios } = results.valued as ExperimentResult;
  const bars = rowsWith(makeChart("money", results.valued), "kind").filter(
    ({ from }) => typeof from === "number",
  ) as { name: string; kind: string; from: number; to: number }[];
  const sum = (of: (bar: (typeof bars)[number]) => boolean) =>
    bars.filter(of).reduce((all, { from, to }) => all + to - from, 0);
  const isOfClaim = ({ name }: { name: string }) => ["facts", "payout"].includes(name);
  const { mean } = readMetric(scenarios[0].metrics, "totalCost") as { mean: number };
  const loss = readMetric(scenarios[0].metrics, "loss.total") as { mean: number };
  expect(loss.mean).toBeGreaterThan(0);
  expect(sum((bar) => !isOfClaim(bar))).toBeCloseTo(mean, 6);
  expect(sum(isOfClaim)).toBeCloseTo(loss.mean, 6);
});

test("people and programs are drawn as what they are, with how many there are and when they work", () => {
  const chart = makeChart("topology", results.desk);
  const shapes = JSON.stringify(chart.spec);
  for (const mark of Object.values(AGENT_MARKS)) expect(shapes).toContain(JSON.stringify(mark));
  expect(chart.alt).toContain("reviewer (a person, 2 people, mon-fri 9:00-17:00)");
  expect(chart.alt).toContain("rules (a program)");
  expect(chart.subtitle).toContain("Head and shoulders: a person. Braces: a program.");
  expect(JSON.stringify(makeChart("topology", results.trace).spec)).not.toContain('"shape":"M');
});

test("a timeline has a band where nobody is on shift, and says when it begins", () => {
  const chart = makeChart("timeline", results.desk);
  expect(chart.subtitle).toContain("Grey bands: outside of shifts. Time 0 is mon 8:00.");
  expect(makeChart("timeline", results.trace).subtitle).not.toContain("shifts");
});

test("a turn that rests over night is drawn where its agent works", () => {
  const log = results.desk as TraceLog;
  const HOUR = 3600;
  const began = log.events.filter(({ event }) => event === "began");
  const turn = [
    { t: 8.5 * HOUR, event: "turnBegan", agent: "reviewer" },
    { t: 25.5 * HOUR, event: "turnEnded", agent: "reviewer", tokens: 0 },
    { t: 34 * HOUR, event: "turnEnded", agent: "clerk", tokens: 0 },
  ] as const;
  const chart = makeChart("timeline", { ...log, events: [...began, ...turn] });
  const parts = rowsWith(chart, "takes").filter(({ agent }) => agent === "reviewer");
  const bands = rowsWith(chart, "x2").filter((row) => !("takes" in row) && "agent" in row);
  // From 8:30 after the beginning, at 8:00, to the end of the shift at 17:00, and from 9:00 of the next day.
  expect(parts).toHaveLength(2);
  expect(parts[0].x2).toBe(bands[1].x);
  expect(parts[1].x).toBe(bands[1].x2);
});

test("times outside of shifts are those between them", () => {
  const [hour, week] = [3600, 7 * 86_400];
  // A night shift that is on when the simulation begins, and a day.
  const open = [
    [-2 * hour, hour],
    [10 * hour, 18 * hour],
  ] as const;
  expect(breaksOf(open, 12 * hour)).toEqual([{ from: hour, to: 10 * hour }]);
  expect(breaksOf(open, week + 2 * hour)).toEqual([
    { from: hour, to: 10 * hour },
    { from: 18 * hour, to: week - 2 * hour },
    { from: week + hour, to: week + 2 * hour },
  ]);
  expect(breaksOf([], hour)).toEqual([{ from: 0, to: hour }]);
  expect([0, 2, 10, 18].map((h) => isOpenAt(open, h * hour))).toEqual([true, false, true, false]);
  expect(isOpenAt(open, week - hour)).toBe(true);
});

test("faults of named claims have the names beside them, where these do not run into each other", () => {
  const { tasks } = results.deskLineage as Trace;
  const named = rowsWith(makeChart("lineage", results.deskLineage), "claim").filter(
    (row) => typeof row.at === "number" && !("fate" in row),
  );
  const faults = tasks.flatMap(({ errors }) => errors.filter(({ parent }) => parent === null));
  expect(named.length).toBeGreaterThan(0);
  expect(named.length).toBeLessThanOrEqual(faults.length);
  const numbered = rowsWith(makeChart("lineage", results.lineage), "claim");
  expect(numbered.every((row) => "fate" in row)).toBe(true);
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

// ---------------------------------------------------------------- what matters most

describe("a tornado", () => {
  test("of a random design has a bar per factor, the longest first, pale without an effect", () => {
    const chart = makeChart("tornado", results.random1);
    expect(chart.title).toBe("errorRate matters most for success: random");
    const ends = rowsWith(chart, "side");
    expect(ends.map(({ name }) => name)).toEqual(["errorRate", "errorRate", "price", "price"]);
    expect(ends.map(({ isClear }) => isClear)).toEqual([true, true, false, false]);
    const [low, high] = ends.map(({ mean }) => mean as number);
    expect(low).toBeLessThan(high);
    // The surface falls with the rate: its lowest end is where the rate is high.
    expect(Number(ends[0].at)).toBeGreaterThan(Number(ends[1].at));
  });

  test("of a random design has a panel per scenario", () => {
    const { spec } = makeChart("tornado", results.random);
    expect((spec as { concat?: unknown[] }).concat).toHaveLength(2);
  });

  test("is not drawn of a grid, and says why", () => {
    expect(makeChart("tornado", results.line).alt).toContain("The points lie on a grid");
  });

  test("of a team names the part to fix first, and puts gains and losses on their sides", () => {
    const chart = makeChart("tornado", results.weaknesses);
    expect(chart.title).toMatch("Fix the agent b or the model b first: team");
    const bars = rowsWith(chart, "change");
    expect(bars.some(({ change }) => (change as number) > 0)).toBe(true);
    for (const { low, change, high } of bars) {
      expect(low).toBeLessThanOrEqual(change as number);
      expect(change).toBeLessThanOrEqual(high as number);
    }
    const perfect = bars.filter(({ change, better }) => (change as number) > 0 && better !== null);
    for (const { change, better } of perfect) expect(better).toBeLessThan(change as number);
  });

  test("of an analysis with both halves has both", () => {
    const { spec, title } = makeChart("tornado", results.importance);
    expect((spec as { vconcat?: unknown[] }).vconcat).toHaveLength(2);
    expect(title).toBe("What decides success: team");
    expect(makeChart("tornado", results.assumptions).title).toBe(
      "models.b.errorRate decides success: team",
    );
  });

  test("without any effect says so", () => {
    const nothing = { ...(results.importance as object), assumptions: null, weaknesses: null };
    expect(makeChart("tornado", nothing as ResultDocument).alt).toContain("nothing to draw");
  });
});

// ---------------------------------------------------------------- random designs

describe("a random design", () => {
  test("is small multiples of effect by factor, those without one said and last", () => {
    const chart = makeChart("sweep-line", results.random);
    expect(chart.title).toBe("errorRate matters most for success: random");
    expect(chart.subtitle).toContain(
      "price has no effect on success: differences are within their intervals.",
    );
    const titles = rowsWith(chart, "frame").flatMap(({ text }) => (text ? [text] : []));
    expect(titles).toEqual(["errorRate", "price: no effect"]);
  });

  test("is a map of dots where the cells lie, over the factors that matter most", () => {
    const chart = makeChart("sweep-map", results.random);
    expect(JSON.stringify(chart.spec)).not.toContain('"rect"');
    const dots = rowsWith(chart, "best").filter(({ x }) => typeof x === "number");
    expect(dots).toHaveLength(40);
    expect(chart.title).toMatch(/^Best by success: random \(\w+ in \d+ of 40 places\)$/);
    expect(JSON.stringify(chart.spec)).toMatch(/"field":"x".*"title":"errorRate"/);
  });

  test("with factors of which none matters says so", () => {
    const { rows, ...sweep } = scattered(["alone"]);
    const noise = (cell: number) => 0.5 + 0.01 * Math.sin(1000 * cell);
    const flat = rows.map((row) => ({
      ...row,
      metrics: { success: { mean: noise(row.cell), ci: [0.45, 0.55] as const } },
    }));
    expect(makeChart("sweep-line", { ...sweep, rows: flat }).title).toBe(
      "No factor has an effect on success: random",
    );
  });
});

test("in a grid a factor without effect is said, and its map is coloured over the values that there are", () => {
  const sweep = sweepOf({ alone: (x) => 0.5 + 0.5 * x }, [0.1, 0.2, 0.3], [1, 2, 3]);
  const chart = makeChart("sweep-map", sweep);
  expect(chart.subtitle).toContain("agents has no effect on success");
  const ramp = rowsWith(chart, "range").find(({ type }) => type === "linear");
  const [low, high] = (ramp as { domain: [number, number] }).domain;
  expect(low).toBeGreaterThan(0.5);
  expect(high).toBeLessThan(0.7);
});

test("a factor has an effect where the intervals of two of its cells lie apart", () => {
  const { subtitle } = makeChart("sweep-map", results.map);
  expect(subtitle).not.toContain("no effect");
});

// ---------------------------------------------------------------- what a reader sees

test("no chart writes an index with an underscore", () => {
  for (const [kind, names] of DRAWN)
    for (const name of names.split(" "))
      expect(JSON.stringify(makeChart(name, results[kind]).spec)).not.toMatch(/\b[ESTs]_s\b/);
});

test("times of a sweep are drawn in minutes where they are long", () => {
  const sweep = sweepOf({ alone: (x) => 0.5 + x }, [0.1, 0.2], undefined);
  const rows = sweep.rows.map((row) => ({
    ...row,
    metrics: { latency: { mean: { mean: 600 + row.cell * 60, ci: [590, 670] as const } } },
  }));
  const chart = makeChart("sweep-line", { ...sweep, metrics: ["latency.mean"], rows });
  expect(JSON.stringify(chart.spec)).toContain("(minutes)");
  expect(rowsWith(chart, "series").flatMap(({ mean }) => mean ?? [])).toEqual([10, 11]);
});

test("differences are sorted by importance and coloured by what they are", () => {
  const rows = rowsWith(makeChart("differences", results.compare), "judgement");
  const colored = rows.filter(({ series }) => series === "centralized");
  const judgements = Object.fromEntries(colored.map((row) => [row.metric, row.judgement]));
  expect(judgements).toMatchObject({ Success: "better", Turns: "worse" });
  const least = colored.map(({ low, high }) => {
    const [a, b] = [low as number, high as number];
    return a * b <= 0 ? 0 : Math.min(Math.abs(a), Math.abs(b));
  });
  expect(least).toEqual([...least].sort((a, b) => b - a));
});

test("a long wait is cut short in a timeline, with its length", () => {
  const chart = makeChart("timeline", results.pipeline);
  expect(chart.subtitle).toContain("A stretch in which nothing begins or ends is cut short.");
  expect(rowsWith(chart, "middle")).toContainEqual(expect.objectContaining({ text: "30 min" }));
  const bars = rowsWith(chart, "begins") as { x: number; x2: number }[];
  // All turns are wide enough to be seen, the long one no wider than its cut.
  for (const { x, x2 } of bars) expect(x2 - x).toBeGreaterThan(20);
  expect(rowsWith(makeChart("timeline", results.trace), "middle")).toEqual([]);
});

test("the agents of a pipeline stand in layers from left to right", () => {
  const rows = rowsWith(makeChart("topology", results.pipeline), "agent") as {
    agent: string;
    x: number;
  }[];
  const x = Object.fromEntries(rows.map((row) => [row.agent, row.x]));
  expect(x.intake).toBeLessThan(x.medical);
  expect(x.medical).toBe(x.policy);
  expect(x.policy).toBeLessThan(x.desk);
  expect(x.desk).toBeLessThan(x.reviewer);
});

// ---------------------------------------------------------------- nothing to tell

describe("a chart that cannot tell is not offered, and says why:", () => {
  const whyOf = (name: string, result: ResultDocument) =>
    offersFor(result).find((offer) => offer.name === name)?.why;
  const only = (names: RegExp) => {
    const all = results.run as ExperimentResult;
    return { ...all, scenarios: all.scenarios.filter(({ name }) => names.test(name)) };
  };

  test("one scenario", () => {
    const single = only(/^finance-agent-single$/);
    expect(whyOf("success", single)).toMatch(/^One scenario leaves nothing to compare/);
    expect(whyOf("cost", single)).toMatch(/^One choice leaves nothing to weigh/);
    expect(chartsFor(single)).toEqual(["reliability", "latency", "errors"]);
  });

  test("several scenarios on one point", () => {
    const { scenarios, ...rest } = only(/^finance-agent-single$/);
    const four = ["a", "b", "c", "d"].map((name) => ({ ...scenarios[0], name }));
    expect(whyOf("cost", { ...rest, scenarios: four })).toMatch(/^All 4 choices cost the same/);
    expect(whyOf("success", { ...rest, scenarios: four })).toMatch(/in all 4 scenarios/);
  });

  test("the same value in every cell", () => {
    const flat = sweepOf({ alone: () => 0.4 }, [0.1, 0.2], [1, 2]);
    for (const name of ["sweep-map", "sweep-line"])
      expect(whyOf(name, flat)).toBe("Success is 40.0 % in every cell.");
  });

  test("a single cell", () => {
    const one = sweepOf({ alone: () => 0.4 }, [0.1], [1]);
    expect(chartsFor(one)).toEqual([]);
  });

  test("a comparison in which nothing differs", () => {
    const { scenarios, ...rest } = results.compare as ExperimentResult;
    const zero = Object.fromEntries(
      Object.entries(scenarios[1].differences ?? {}).map(([name, one]) => [
        name,
        { ...one, mean: 0, ci: [0, 0] as const },
      ]),
    );
    const same = [scenarios[0], { ...scenarios[1], differences: zero }];
    expect(whyOf("differences", { ...rest, scenarios: same })).toMatch(/^No metric differs/);
  });

  test("an agent that writes to nobody", () => {
    const log = pipelineLog();
    const events = log.events.filter((one) => one.event !== "sent");
    expect(whyOf("topology", { ...log, events })).toBe("No agent writes to another.");
  });
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

test("a study's map has a field at every place, coloured from worse to better about 0", () => {
  const point = (x: number, y: number, value: number) => ({ x, y, value });
  const points = [point(0, 1, -20), point(0.5, 1, 0), point(0, 10, 50), point(0.5, 10, 4.4)];
  const figure = {
    ...{ name: "map", title: "Gain", alt: "A map.", kind: "map" as const },
    ...{ x: { title: "across" }, y: { title: "up" }, value: { title: "change, %" } },
    series: [{ name: "best", points }],
  };
  const document = results.reproduce as Reproduction;
  const chart = makeChart("map", { ...document, figures: [figure] });
  expect(isValid(chart.spec)).toBe(true);
  expect(warningsOf(chart)).toEqual([]);
  const text = JSON.stringify(chart.spec);
  // Numbers in their order, the vertical axis upwards.
  expect(text).toContain('"domain":["0","0.5"]');
  expect(text).toContain('"domain":["10","1"]');
  expect(text).toContain('"domain":[-50,0,50]');
  for (const label of ["−20", "0", "+50", "+4"]) expect(text).toContain(`"text":"${label}"`);
  const empty = { ...figure, series: [] };
  const drawn = makeChart("map", { ...document, figures: [empty] });
  expect(JSON.stringify(drawn.spec)).toContain("The study has no value for this figure.");
});
