// Uncertain numbers in scenario files: how they are written, what is wrong with them, and what a scenario says of them.
import { describe, expect, test } from "vitest";
import { defineScenario } from "../../src/api/scenarios.ts";
import { type Problem, ScenarioError } from "../../src/documents/checking/problems.ts";
import { memoryFiles } from "../../src/documents/reading/files.ts";
import type { Overrides } from "../../src/documents/reading/overrides.ts";
import { loadScenario } from "../../src/scenario/load.ts";
import { parseOverride } from "../../src/scenario/overrides.ts";
import type { Scenario } from "../../src/scenario/schema.ts";
import type { Cell } from "../../src/sweep/cells.ts";
import { loadExperiment } from "../../src/sweep/file/load.ts";

const TEAM = `
task: { graph: { shape: generated, size: 5 } }
models: { base: { errorRate: 0.1 } }
agents: { worker: { count: 3 }, helper: {} }
protocol:
  - work: { who: [worker, helper] }
  - aggregate: { how: majority }
`;

type Files = Readonly<Record<string, string>>;

async function load(own: string, overrides: Overrides = {}, more: Files = {}): Promise<Scenario> {
  const files = memoryFiles({ "team.yaml": TEAM, "a.yaml": `extends: team.yaml\n${own}`, ...more });
  return (await loadScenario("a.yaml", { files, overrides })).scenario;
}

async function problemsOf(own: string, overrides: Overrides = {}, more: Files = {}) {
  try {
    await load(own, overrides, more);
  } catch (error) {
    if (error instanceof ScenarioError) return error.problems;
    throw error;
  }
  return [];
}

const withRate = (form: string) => `models: { base: { errorRate: ${form} } }`;

const textOf = ({ file, line, column, message, rule, hint }: Problem) =>
  [`${file}:${line}:${column} ${message}`, rule, hint]
    .filter((part) => part !== undefined)
    .join("; ");

describe("an uncertain number", () => {
  test.each([
    ["{ value: 0.06, interval: [0.04, 0.09] }", 0.06],
    ["{ beta: [12, 188] }", 0.06],
    ["{ normal: [0.2, 0.01] }", 0.2],
    ["{ lognormal: [0.2, 0.1] }", 0.2],
    ["{ uniform: [0.1, 0.4] }", 0.25],
  ])("%s stands for its central value", async (form, central) => {
    const { models, uncertain } = await load(withRate(form));
    expect(models.base.errorRate).toBeCloseTo(central, 15);
    expect(Object.keys(uncertain?.numbers ?? {})).toEqual(["models.base.errorRate"]);
    expect(uncertain?.formulas).toEqual({});
  });

  test("is read in the units of its field", async () => {
    const { uncertain } = await load(`
models: { base: { errorRate: { value: 6%, interval: [4%, 0.09] }, latency: { distribution: constant, mean: { value: 4s, interval: [3s, 6] } } } }
budget: { tokens: { uniform: [1000, 3000] } }`);
    expect(uncertain?.numbers).toEqual({
      "budget.tokens": { uniform: [1000, 3000] },
      "models.base.errorRate": { value: 0.06, interval: [0.04, 0.09] },
      "models.base.latency.mean": { value: 4, interval: [3, 6] },
    });
  });

  test("is rounded where the field is whole", async () => {
    const { agents } = await load("agents: { worker: { count: { uniform: [2, 7] } } }");
    expect(agents.worker.count).toBe(5);
  });

  test("of agentDefaults is one number in all groups that have it", async () => {
    const { agents, uncertain } = await load(`
agentDefaults: { overlap: { beta: [2, 8] }, guess: { beta: [1, 1] } }
agents: { helper: { guess: 0.5 } }`);
    expect(agents.worker.overlap).toBe(0.2);
    expect(uncertain?.places).toEqual({
      "agentDefaults.guess": ["agents.worker.guess"],
      "agentDefaults.overlap": ["agents.worker.overlap", "agents.helper.overlap"],
    });
  });

  test("can be used by formulas, which the scenario then keeps", async () => {
    const { agents, uncertain } = await load(`
parameters: { rate: { beta: [1, 9] } }
agents: { worker: { omission: "= rate / 2" } }`);
    expect(agents.worker.omission).toBe(0.05);
    expect(uncertain?.formulas).toEqual({ "agents.worker.omission": "= rate / 2" });
  });

  test("leaves no trace in a scenario that has none", async () => {
    const scenario = await load(
      'parameters: { rate: 0.1 }\nagents: { worker: { omission: "= rate" } }',
    );
    expect("uncertain" in scenario).toBe(false);
    expect("uncertain" in (await load("uncertain: { draws: 128 }"))).toBe(false);
  });

  test("in a list, and one whose key is named like a form", async () => {
    const own = `
parameters: { beta: 0.1, normal: { beta: [1, 9] } }
task: { graph: { shape: layers, layers: [{ uniform: [2, 4] }, 1] } }`;
    const { parameters, uncertain } = await load(own);
    expect(parameters).toEqual({ beta: 0.1, normal: 0.1 });
    expect(Object.keys(uncertain?.numbers ?? {})).toEqual([
      "parameters.normal",
      "task.graph.layers.0",
    ]);
  });
});

describe("a scenario with uncertain numbers", () => {
  const OWN = `
parameters: { rate: { beta: [1, 9] } }
models: { base: { errorRate: { value: 0.06, interval: [0.04, 0.09] } } }
agentDefaults: { overlap: { beta: [2, 8] } }
agents: { worker: { omission: "= rate / 2" } }
uncertain: { draws: 128 }`;

  test("is valid as input again: from JSON, and spread into another", async () => {
    const scenario = await load(OWN);
    expect(scenario.uncertain?.draws).toBe(128);
    const text = JSON.stringify(scenario);
    const again = defineScenario(JSON.parse(text));
    expect(JSON.stringify(again)).toBe(text);
    expect(JSON.stringify(defineScenario({ ...again }))).toBe(text);
  });

  test("stays uncertain where it is spread, but for what is said anew", async () => {
    const team = defineScenario({
      name: "team",
      task: { graph: { shape: "chain", size: 3 } },
      models: { base: { errorRate: { beta: [12, 188] } } },
      agentDefaults: { overlap: { uniform: [0, 0.4] } },
      agents: { worker: { count: 3 }, helper: {} },
      protocol: [{ work: { who: ["worker", "helper"] } }, { aggregate: { how: "majority" } }],
    });
    expect(defineScenario({ ...team, name: "same" }).uncertain).toEqual(team.uncertain);
    const known = defineScenario({ ...team, models: { base: { errorRate: 0.1 } } });
    expect(Object.keys(known.uncertain?.numbers ?? {})).toEqual(["agentDefaults.overlap"]);
  });

  test("in normal form can be set: what is set is known", async () => {
    const files = { "normal.json": JSON.stringify(await load(OWN)) };
    const set = async (overrides: Overrides) =>
      (await loadScenario("normal.json", { files: memoryFiles(files), overrides })).scenario;
    const one = await set({ "models.base.errorRate": 0.2, "agents.worker.omission": 0.3 });
    expect(one.models.base.errorRate).toBe(0.2);
    expect(one.agents.worker.omission).toBe(0.3);
    expect(Object.keys(one.uncertain?.numbers ?? {})).toEqual([
      "agentDefaults.overlap",
      "parameters.rate",
    ]);
    expect(one.uncertain?.formulas).toEqual({});
    const other = await set({ "agents.worker.overlap": 0.3 });
    expect(other.agents.helper.overlap).toBe(0.2);
    expect(other.uncertain?.places).toEqual({ "agentDefaults.overlap": ["agents.helper.overlap"] });
  });
});

describe("overriding", () => {
  test("extends replaces a number by another form as a whole", async () => {
    const more = { "b.yaml": withRate("{ value: 0.06, interval: [0.04, 0.09] }") };
    const { uncertain } = await load(
      `${withRate("{ beta: [1, 9] }")}`.replace(/^/, "name: b\n"),
      {},
      { "team.yaml": `extends: b.yaml\n${TEAM.replace("errorRate: 0.1", "ability: 0")}`, ...more },
    );
    expect(uncertain?.numbers).toEqual({ "models.base.errorRate": { beta: [1, 9] } });
    const [problem] = await problemsOf(
      withRate("{ value: 0.05 }"),
      {},
      {
        "team.yaml": TEAM.replace("0.1", "{ value: 0.06, interval: [0.04, 0.09] }"),
      },
    );
    expect(problem.message).toBe("models.base.errorRate has no interval");
  });

  test("a plain number takes an uncertain one away, and --set sets either", async () => {
    const path = "models.base.errorRate";
    const own = withRate("{ beta: [1, 9] }");
    expect((await load(own, { [path]: 0.3 })).uncertain).toBeUndefined();
    const setting = parseOverride(`${path}={beta: [2, 2]}`);
    const { uncertain } = await load("", { [path]: setting?.value });
    expect(uncertain?.numbers).toEqual({ [path]: { beta: [2, 2] } });
    const base = { "team.yaml": TEAM.replace("0.1", "{ beta: [1, 9] }") };
    expect((await load(withRate("0.2"), {}, base)).uncertain).toBeUndefined();
  });
});

test("a factor of a sweep over an uncertain number replaces it", async () => {
  const files = memoryFiles({
    "team.yaml": TEAM.replace("0.1", "{ beta: [1, 9] }"),
    "e.yaml": `
scenarios: { team: team.yaml }
factors: { models.base.errorRate: { values: [0.1, 0.2] } }`,
  });
  const { sweep } = await loadExperiment("e.yaml", { files });
  const cell = (await sweep.cellAt(1)) as Cell;
  expect(cell.scenarios[0].models.base.errorRate).toBe(0.2);
  expect(cell.scenarios[0].uncertain).toBeUndefined();
});

describe("problems", () => {
  const RULE = "Error rate is a number from 0 to 1 (probability)";
  test.each([
    [
      "{ value: 0.5, interval: [0.1, 0.2] }",
      "a.yaml:3:39 models.base.errorRate.value is 0.5, outside of its interval from 0.1 to 0.2; the interval holds the value",
    ],
    [
      "{ value: 0.5, interval: [0.9, 0.2] }",
      "a.yaml:3:44 models.base.errorRate.interval is reversed: 0.9 is above 0.2; the lower bound comes first; write [0.2, 0.9]",
    ],
    ["{ value: 0.5 }", "a.yaml:3:19 models.base.errorRate has no interval"],
    ["{ interval: [0.1, 0.2] }", "a.yaml:3:19 models.base.errorRate has no value"],
    [
      "{ beta: [-1, 3] }",
      "a.yaml:3:39 models.base.errorRate.beta.0 is -1; the numbers of beta are above 0",
    ],
    ["{ beta: [1, .nan] }", "a.yaml:3:42 models.base.errorRate.beta.1 is not a number (.nan)"],
    ["{ beta: [1, .inf] }", "a.yaml:3:42 models.base.errorRate.beta.1 is infinite (.inf)"],
    [
      "{ beta: 3 }",
      "a.yaml:3:38 models.base.errorRate.beta is the number 3; beta is a list of two numbers: successes and failures",
    ],
    ["{ beta: [1, 2, 3] }", "a.yaml:3:32 models.base.errorRate.beta has 3 items"],
    [
      "{ normal: [0.1, -1] }",
      "a.yaml:3:46 models.base.errorRate.normal.1 is -1; a standard deviation is at least 0",
    ],
    [
      "{ normal: [2, 0.1] }",
      `a.yaml:3:32 the mean of models.base.errorRate is 2, which the field cannot be; ${RULE}`,
    ],
    [
      "{ lognormal: [0, 1] }",
      "a.yaml:3:44 models.base.errorRate.lognormal.0 is 0; the mean of a lognormal number is above 0",
    ],
    [
      "{ uniform: [0, 1.5] }",
      `a.yaml:3:45 the upper bound of models.base.errorRate is 1.5, which the field cannot be; ${RULE}`,
    ],
    [
      "{ beta: [1, 2], normal: [0, 1] }",
      "a.yaml:3:19 models.base.errorRate has 2 forms at once: beta, normal",
    ],
    [
      "{ betta: [1, 2] }",
      'the key "betta" is not known in models.base.errorRate; keys of an uncertain number are value, interval, beta, normal, lognormal, uniform; did you mean beta?',
    ],
    ["{}", "a.yaml:3:19 models.base.errorRate is an empty map; an uncertain number is one of"],
    ['{ value: "=1", interval: [0, 1] }', 'models.base.errorRate.value is the text "=1"'],
  ])("%s", async (form, text) => {
    const problems = await problemsOf(`name: x\n${withRate(form)}`);
    expect(problems.map(textOf)).toEqual([expect.stringContaining(text)]);
    expect(problems[0]).toMatchObject({ file: "a.yaml", line: 3 });
  });

  test("are all told at once", async () => {
    const problems = await problemsOf(`
models: { base: { errorRate: { beta: [0, 0] }, ability: { normal: [0, -1] } } }
description: { beta: [1, 2] }
replications: { uniform: [100, 200] }
uncertain:
  draws: 3
  numbers: { models.base.pase: { beta: [1, 2] }, name: { beta: [1, 2] }, models.base.drift: 3 }
  formulas: { models.base.age: 3 }`);
    expect(problems.map(textOf)).toEqual([
      expect.stringContaining("3:39 models.base.errorRate.beta.0 is 0"),
      expect.stringContaining("3:42 models.base.errorRate.beta.1 is 0"),
      expect.stringContaining("3:71 models.base.ability.normal.1 is -1"),
      expect.stringMatching(
        /4:1 description is a map; .*; an uncertain number can stand only where a number/,
      ),
      expect.stringContaining("5:1 replications is uncertain"),
      expect.stringContaining("7:10 uncertain.draws is 3, below the smallest value 8"),
      expect.stringMatching(
        /8:14 uncertain.numbers names models.base.pase, .* did you mean models.base.pace\?$/,
      ),
      expect.stringContaining("8:50 uncertain.numbers names name, which is no number"),
      expect.stringContaining("8:74 uncertain.numbers.models.base.drift is the number 3"),
      expect.stringContaining(
        "9:15 models.base.age is the number 3; a formula is a text that begins with =",
      ),
    ]);
  });

  test("a value that makes no valid scenario, with the rule that it breaks", async () => {
    const own =
      'parameters: { rate: { uniform: [0, 1] } }\nagents: { worker: { omission: "= 2 * rate" } }';
    const [problem, ...others] = await problemsOf(own.replace("[0, 1]", "[0, 0.8]"));
    expect(others).toEqual([]);
    expect(textOf(problem)).toBe(
      "a.yaml:2:21 parameters.rate = 0.7992 is possible, and then agents.worker.omission is 1.5984, above the largest value 1; Omission is a number from 0 to 1 (probability); every draw of the uncertain numbers has to be a valid scenario",
    );
  });
});

describe("a table of joint draws", () => {
  const TABLE = `# made by hand
member,models.base.errorRate,team.yaml:agents.worker.count,other.yaml:models.base.drift
1,0.1,2,7
2,0.2,4,8
3,0.6,5,9
`;
  const own = "uncertain: { rows: draws.csv }";

  test("gives means, and the rows of the numbers of this scenario", async () => {
    const { models, agents, uncertain } = await load(own, {}, { "draws.csv": TABLE });
    expect(models.base.errorRate).toBeCloseTo(0.3, 15);
    expect(agents.worker.count).toBe(4);
    expect(uncertain).toEqual({
      numbers: {},
      formulas: {},
      rows: {
        columns: ["agents.worker.count", "models.base.errorRate"],
        values: [
          [2, 0.1],
          [4, 0.2],
          [5, 0.6],
        ],
      },
    });
    const again = JSON.parse(JSON.stringify(await load(own, {}, { "draws.csv": TABLE })));
    expect(defineScenario(again)).toEqual(again);
  });

  test("is found beside the file that names it, and is one of the scenario's files", async () => {
    const files = memoryFiles({
      "parts/base.yaml": `${TEAM}\n${own}`,
      "parts/draws.csv": TABLE.replace("team.yaml", "base.yaml"),
      "a.yaml": "extends: parts/base.yaml",
    });
    const loaded = await loadScenario("a.yaml", { files });
    expect(loaded.files).toEqual(["a.yaml", "parts/base.yaml", "parts/draws.csv"]);
    expect(loaded.scenario.uncertain?.rows?.columns).toHaveLength(2);
  });

  test("with other names", async () => {
    const columns = "uncertain: { rows: draws.csv, columns: { rate: models.base.errorRate } }";
    const table = { "draws.csv": "id,rate\n1,0.1\n2,0.3\n" };
    const { uncertain } = await load(columns, {}, table);
    expect(uncertain?.rows).toEqual({ columns: ["models.base.errorRate"], values: [[0.1], [0.3]] });
    const [problem] = await problemsOf(columns.replace("rate:", "rat:"), {}, table);
    expect(textOf(problem)).toMatch(/the table has no column "rat"; .*did you mean rate\?$/);
  });

  test("without what is set", async () => {
    const set = { "models.base.errorRate": 0.5 };
    const { models, uncertain } = await load(own, set, { "draws.csv": TABLE });
    expect(models.base.errorRate).toBe(0.5);
    expect(uncertain?.rows).toEqual({ columns: ["agents.worker.count"], values: [[2], [4], [5]] });
    const all = { ...set, "agents.worker.count": 1 };
    expect((await load(own, all, { "draws.csv": TABLE })).uncertain).toBeUndefined();
  });

  test.each([
    ["", "draws.csv:0:0 the table is empty"],
    ["# only\nmodels.base.errorRate\n", "draws.csv:0:0 the table has no rows"],
    ["member\n1\n", "draws.csv:1:1 no column is a number of this scenario"],
    [
      "models.base.errorRate,models.base.erorRate\n0.1,1\n",
      "draws.csv:1:23 the table names models.base.erorRate, which there is not",
    ],
    ["name\n1\n", "draws.csv:1:1 the table names name, which is no number"],
    [
      "models.base.errorRate,models.base.errorRate\n0.1,1\n",
      "draws.csv:1:23 the column models.base.errorRate comes twice",
    ],
    ["models.base.errorRate\n0.1,2\n", "draws.csv:2:1 the line has 2 fields"],
    ["models.base.errorRate\nx\n", 'draws.csv:2:1 models.base.errorRate is "x"'],
    [
      "models.base.errorRate\n0.1\n1.2\n0\n",
      "a.yaml:2:14 row 2 of the table is possible, and then models.base.errorRate is 1.2, above the largest value 1",
    ],
  ])("wrong: %j", async (table, text) => {
    const problems = await problemsOf(own, {}, { "draws.csv": table });
    expect(problems.map(textOf)).toEqual([expect.stringContaining(text)]);
  });
});
