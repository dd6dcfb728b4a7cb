// From experiments to cells: which there are, in which order, and what is set in their scenarios.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { memoryFiles } from "../../src/documents/reading/files.ts";
import { loadScenario } from "../../src/scenario/load.ts";
import { type Cell, isProblem } from "../../src/sweep/cells.ts";
import { cellsOf, FILES, HEAD, load, outline, vary } from "./support.ts";

const outlineOf = async (text: string) => outline((await load(text)).sweep);
const errorRate = ({ scenarios }: Cell) => scenarios.map(({ models }) => models.base.errorRate);

describe("an experiment", () => {
  test("without a baseline has a cell for every scenario at every point, scenario by scenario", async () => {
    const text = `${HEAD}factors:
  rate: { path: models.base.errorRate, values: [0.1, 0.2] }
  task.tools: [0, 3]
`;
    expect(await outlineOf(text)).toEqual([
      "single rate=0.1 task.tools=0",
      "single rate=0.1 task.tools=3",
      "single rate=0.2 task.tools=0",
      "single rate=0.2 task.tools=3",
      "team rate=0.1 task.tools=0",
      "team rate=0.1 task.tools=3",
      "team rate=0.2 task.tools=0",
      "team rate=0.2 task.tools=3",
    ]);
  });

  test("with a baseline pairs all scenarios at a point", async () => {
    const text = `${HEAD}baseline: team\nfactors: { models.base.errorRate: [0.1, 0.2] }`;
    const { sweep } = await load(text);
    const cells = (await cellsOf(sweep)) as Cell[];
    expect(cells.map(({ labels }) => labels)).toEqual(new Array(2).fill(["single", "team"]));
    expect(cells.map(({ baseline }) => baseline)).toEqual([1, 1]);
    expect(cells.map(errorRate)).toEqual([
      [0.1, 0.1],
      [0.2, 0.2],
    ]);
    expect(cells[0].scenarios.map(({ name }) => name)).toEqual(["single", "team"]);
  });

  test("takes name, seed and replications from where they are to be found", async () => {
    const { sweep, warnings, sources } = await load(HEAD);
    expect(warnings).toEqual([]);
    expect(sweep).toMatchObject({
      name: "sweep",
      seed: "lab",
      sampling: { replications: 80 },
      cellCount: 2,
      pointCount: 1,
      excluded: 0,
    });
    expect([...sources.keys()]).toEqual([
      "lab/sweep.yaml",
      "lab/single.yaml",
      "lab/base.yaml",
      "lab/team.yaml",
    ]);
  });

  test("says what is measured, and how precisely", async () => {
    const text = `${HEAD}name: lab-1
seed: other
baseline: single
metrics: [success, amplification.task]
precision: { success: 1 %, turns: 0.05, amplification.task: ±2% }
cap: 5000
`;
    expect((await load(text)).sweep).toMatchObject({
      name: "lab-1",
      seed: "other",
      baseline: "single",
      metrics: ["success", "amplification.task"],
      sampling: {
        precision: [
          { metric: "success", halfWidth: { relative: 0.01 } },
          { metric: "turns", halfWidth: { absolute: 0.05 } },
          { metric: "amplification.task", halfWidth: { relative: 0.02 } },
        ],
        cap: 5000,
      },
    });
  });

  test("gives way to options", async () => {
    const text = `${HEAD}precision: { success: 1% }\ncap: 5000\nseed: a`;
    const byCount = await load(text, { replications: 7, seed: "b", metrics: ["turns"] });
    expect(byCount.sweep).toMatchObject({
      seed: "b",
      metrics: ["turns"],
      sampling: { replications: 7 },
    });
    const precise = await load(`${HEAD}replications: 9`, { precision: { turns: "3%" } });
    expect(precise.sweep.sampling).toEqual({
      precision: [{ metric: "turns", halfWidth: { relative: 0.03 } }],
      cap: 1_000_000,
    });
    const { sweep } = await load(HEAD, { overrides: { "models.base.errorRate": 0.3 } });
    expect(errorRate((await sweep.cellAt(0)) as Cell)).toEqual([0.3]);
  });

  test("makes the scenarios that --set would make", async () => {
    const text = `${HEAD}factors: { agents.worker.count: { values: [5, 6], only: team } }`;
    const [single, ...teams] = (await cellsOf((await load(text)).sweep)) as Cell[];
    const files = memoryFiles(FILES);
    for (const [i, count] of [5, 6].entries()) {
      const overrides = { name: "team", "agents.worker.count": count };
      const alone = await loadScenario("lab/team.yaml", { files, overrides });
      expect(teams[i].scenarios).toEqual([alone.scenario]);
    }
    expect(single.scenarios).toEqual([(await loadScenario("lab/single.yaml", { files })).scenario]);
  });
});

describe("factors", () => {
  test("of some scenarios make no difference to the others", async () => {
    const text = `${HEAD}factors:
  workers: { path: agents.worker.count, values: [1, 3, 5], only: [team] }
  rate: { path: models.base.errorRate, values: [0.1, 0.2] }
`;
    expect(await outlineOf(text)).toEqual([
      "single rate=0.1",
      "single rate=0.2",
      "team workers=1 rate=0.1",
      "team workers=1 rate=0.2",
      "team workers=3 rate=0.1",
      "team workers=3 rate=0.2",
      "team workers=5 rate=0.1",
      "team workers=5 rate=0.2",
    ]);
    const paired = (await load(`${text}baseline: single\n`)).sweep;
    expect(paired.cellCount).toBe(6);
  });

  test("stay cells of a scenario as long as one of their points fulfils the condition", async () => {
    const text = `${HEAD}where: workers * rate < 0.5
factors:
  workers: { path: agents.worker.count, values: [1, 3, 5], only: [team] }
  rate: { path: models.base.errorRate, values: [0.1, 0.3, 0.6] }
`;
    const { sweep } = await load(text);
    expect(sweep).toMatchObject({ pointCount: 3, excluded: 6 });
    expect(await outline(sweep)).toEqual([
      "single rate=0.1",
      "single rate=0.3",
      "team workers=1 rate=0.1",
      "team workers=1 rate=0.3",
      "team workers=3 rate=0.1",
    ]);
  });

  test("can have several paths, formulas, words, and true and false", async () => {
    const text = `scenarios: { team: team.yaml }
factors:
  noise: { path: [agents.worker.omission, agents.worker.distortion], values: [0.1] }
  shared: { path: task.sharedState, values: [false, true] }
  turns: { path: agents.worker.maxTurns, formula: "= 2 * workers + shared" }
  workers: { path: agents.worker.count, from: 1, to: 2 }
  topology.preset: [star, complete]
where: not (shared and workers > 1)
`;
    const { sweep } = await load(text);
    expect(await outline(sweep)).toEqual(
      [
        "noise=0.1 shared=false turns=2 workers=1",
        "noise=0.1 shared=false turns=4 workers=2",
        "noise=0.1 shared=true turns=3 workers=1",
      ].flatMap((point) => [
        `team ${point} topology.preset=star`,
        `team ${point} topology.preset=complete`,
      ]),
    );
    const { scenarios } = (await sweep.cellAt(5)) as Cell;
    expect(scenarios[0]).toMatchObject({
      topology: { preset: "complete" },
      task: { sharedState: true },
      agents: { worker: { omission: 0.1, distortion: 0.1, maxTurns: 3, count: 1 } },
    });
  });

  test("with formulas go where all that they use is set", async () => {
    const text = `${HEAD}factors:
  workers: { path: agents.worker.count, values: [1, 2], only: [team] }
  tools: { path: task.tools, formula: workers + 1 }
  more: { path: task.alternatives, formula: tools + 1 }
`;
    expect(await outlineOf(text)).toEqual([
      "single",
      "team workers=1 tools=2 more=3",
      "team workers=2 tools=3 more=4",
    ]);
  });

  test("that are whole numbers can be ranges without a count, and are rounded with one", async () => {
    const levels = async (spec: string) =>
      (await outline((await vary({ vary: [`task.tools=${spec}`] })).sweep)).map((text) =>
        Number(text.split("=")[1]),
      );
    expect(await levels("1:4")).toEqual([1, 2, 3, 4]);
    expect(await levels("1:20:4:log")).toEqual([1, 3, 7, 20]);
    expect(await levels("1:3:5")).toEqual([1, 2, 3]);
    const { warnings } = await vary({ vary: ["task.tools=1:3:5"] });
    expect(warnings).toMatchObject([{ line: 1, column: 16, severity: "warning" }]);
  });
});

describe("designs", () => {
  test("zip goes through the factors together", async () => {
    const text = `${HEAD}design: { kind: zip }
factors: { models.base.errorRate: [0.1, 0.2], task.tools: [1, 2] }
`;
    expect(await outlineOf(text)).toEqual([
      "single models.base.errorRate=0.1 task.tools=1",
      "single models.base.errorRate=0.2 task.tools=2",
      "team models.base.errorRate=0.1 task.tools=1",
      "team models.base.errorRate=0.2 task.tools=2",
    ]);
  });

  test("points are as listed, equal ones once", async () => {
    const text = `scenarios: { team: team.yaml }
factors: { workers: { path: agents.worker.count }, task.tools: {} }
design:
  kind: points
  points:
    - { workers: 1, task.tools: 2 }
    - { task.tools: 0, workers: 3 }
    - { workers: 1, task.tools: 2 }
`;
    expect(await outlineOf(text)).toEqual([
      "team workers=1 task.tools=2",
      "team workers=3 task.tools=0",
    ]);
  });

  test("latin-hypercube and sobol fill ranges without a count", async () => {
    for (const kind of ["latin-hypercube", "sobol"]) {
      const text = `scenarios: { team: team.yaml }
design: { kind: ${kind}, size: 16 }
factors:
  rate: { path: models.base.errorRate, from: 0.01, to: 0.5, scale: log }
  tools: { path: task.tools, from: 0, to: 3 }
`;
      const cells = await cellsOf((await load(text)).sweep);
      expect(new Set(cells.map(({ factors }) => factors.rate)).size).toBe(16);
      for (const tools of [0, 1, 2, 3])
        expect(cells.filter(({ factors }) => factors.tools === tools)).toHaveLength(4);
    }
  });

  test("that are samples have every cell once", async () => {
    const text = `${HEAD}design: { kind: sobol, size: 64 }
factors:
  workers: { path: agents.worker.count, values: [1, 2, 3], only: team }
  tools: { path: task.tools, values: [0, 1] }
`;
    const cells = await outlineOf(text);
    expect(cells).toHaveLength(2 + 6);
    expect(new Set(cells).size).toBe(8);
  });

  test("of a thousand million points are loaded at once, if they are confirmed", async () => {
    const options = { vary: ["task.tools=0:99", "models.base.errorRate=0.1:0.2:100000"] };
    const loading = vary({ ...options, vary: [...options.vary, "task.alternatives=0:99"] });
    await expect(loading).rejects.toThrow("the design has 1,000,000,000 points");
    const { sweep } = await vary({
      yes: true,
      vary: [...options.vary, "task.alternatives=0:99"],
    });
    expect(sweep.cellCount).toBe(1e9);
    const cell = await sweep.cellAt(1e9 - 1);
    expect(cell.factors).toEqual({
      "task.tools": 99,
      "models.base.errorRate": 0.2,
      "task.alternatives": 99,
    });
  });

  test("under a condition of a thousand million points are refused in any case", async () => {
    const loading = vary({
      yes: true,
      where: "a + b > 0",
      vary: [
        "a:task.tools=0:99",
        "b:models.base.errorRate=0.1:0.2:100000",
        "c:task.alternatives=0:99",
      ],
    });
    await expect(loading).rejects.toThrow("at most 10,000,000");
  });

  test("have the cells that a plain enumeration finds", async () => {
    const drawn = fc.record({
      workers: fc.uniqueArray(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 }),
      tools: fc.uniqueArray(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 4 }),
      limit: fc.integer({ min: 0, max: 20 }),
    });
    await fc.assert(
      fc.asyncProperty(drawn, async ({ workers, tools, limit }) => {
        const points = workers.flatMap((w) => tools.map((t) => [w, t]));
        const kept = points.filter(([w, t]) => w + t <= limit);
        fc.pre(kept.length > 0);
        const text = `${HEAD}where: w + t <= ${limit}
factors:
  w: { path: agents.worker.count, values: [${workers}], only: team }
  t: { path: task.tools, values: [${tools}] }
`;
        const single = new Set(kept.map(([, t]) => `single t=${t}`));
        const team = kept.map(([w, t]) => `team w=${w} t=${t}`);
        expect(await outlineOf(text)).toEqual([...single, ...team]);
      }),
      { seed: 1, numRuns: 25 },
    );
  });
});

describe("a point that makes no valid scenario", () => {
  test("fails its cell alone", async () => {
    const { sweep } = await load(`${HEAD}baseline: single
factors: { workers: { path: agents.worker.count, values: [0, 2], only: team } }
`);
    const [failed, good] = await cellsOf(sweep);
    expect(isProblem(good)).toBe(false);
    expect(failed).toEqual({
      index: 0,
      factors: { workers: 0 },
      labels: ["single", "team"],
      messages: expect.arrayContaining([
        expect.stringMatching(/^team: the group "worker" has no members/),
      ]),
    });
  });

  test("may be one at which a formula has no value, or none that fits", async () => {
    const { sweep } = await vary({
      vary: [
        "n:task.tools=0,2,3",
        "turns:agents.worker.maxTurns==12/n",
        "m:task.alternatives==turns/4",
      ],
    });
    const cells = await cellsOf(sweep);
    expect(cells.map((cell) => (isProblem(cell) ? cell.messages[0] : ""))).toEqual([
      expect.stringContaining("the formula of turns gives Infinity (n = 0)"),
      expect.stringContaining("task.alternatives is 1.5, which is not whole"),
      "",
    ]);
  });

  test("may be one at which scenarios cannot be paired", async () => {
    const { sweep } = await load(`${HEAD}baseline: single
factors: { n: { path: repeats, values: [8, 2], only: team } }
`);
    const [good, failed] = await cellsOf(sweep);
    expect(isProblem(good)).toBe(false);
    expect(isProblem(failed) && failed.messages[0]).toContain("cannot be compared with single");
  });
});

describe("a sweep by options", () => {
  test("calls scenarios by their names", async () => {
    const { sweep } = await vary({
      scenarios: ["lab/single.yaml", "lab/team.yaml"],
      vary: ["rate:models.base.errorRate=0.1:0.3:3"],
      baseline: "single",
      design: { kind: "sobol", size: 2 },
      where: "rate < 0.15",
    });
    expect(sweep).toMatchObject({ name: "single", baseline: "single", labels: ["single", "team"] });
    expect(await outline(sweep)).toEqual(["single+team rate=0.1"]);
  });

  test.each(["0.1:0.1", "0.1:0.1:1", "0.1"])("may have one value: %s", async (spec) => {
    const { sweep } = await vary({
      scenarios: ["lab/single.yaml"],
      vary: [`rate:models.base.errorRate=${spec}`],
    });
    expect(await outline(sweep)).toEqual(["single rate=0.1"]);
  });

  test("can give what a scenario lacks", async () => {
    const { sweep } = await vary({
      scenarios: ["lab/bare.yaml"],
      vary: ["models.base.errorRate=0.1,0.2"],
    });
    expect((await cellsOf(sweep)).map((cell) => isProblem(cell))).toEqual([false, false]);
  });
});

test("there is no cell beyond the last", async () => {
  const { sweep } = await load(HEAD);
  await expect(sweep.cellAt(2)).rejects.toThrow(RangeError);
  await expect(sweep.cellAt(-1)).rejects.toThrow(RangeError);
});
