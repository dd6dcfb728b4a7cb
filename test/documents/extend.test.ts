// How files are laid over each other: extends, null, agentDefaults and overrides.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { memoryFiles } from "../../src/documents/reading/files.ts";
import type { MapNode, TreeNode } from "../../src/documents/reading/tree.ts";
import { merge, toPlain } from "../../src/documents/reading/tree.ts";
import { loadScenario } from "../../src/scenario/load.ts";
import { FILE, load, problemsOf, scenarioText } from "../scenario/support.ts";

const AT = { file: "f", line: 1, column: 1 };

function tree(value: unknown): TreeNode {
  if (Array.isArray(value)) return { kind: "list", items: value.map(tree), at: AT };
  if (typeof value !== "object" || value === null)
    return { kind: "scalar", value: value as string | number | boolean | null, at: AT };
  const entries = Object.entries(value).map(
    ([k, v]) => [k, { keyAt: AT, value: tree(v) }] as const,
  );
  return { kind: "map", entries: new Map(entries), at: AT };
}

const merged = (...values: unknown[]) => toPlain(values.map(tree).reduce((a, b) => merge(a, b)));

describe("merging", () => {
  test("maps merge deeply, lists and scalars replace", () => {
    expect(merged({ a: { b: 1, c: [1, 2] }, d: 1 }, { a: { c: [3] }, e: 2 })).toEqual({
      a: { b: 1, c: [3] },
      d: 1,
      e: 2,
    });
  });

  test("null takes away what was inherited, and what comes after it starts anew", () => {
    expect(merged({ a: { b: 1 }, c: 1 }, { a: null })).toEqual({ c: 1 });
    expect(merged({ a: { b: 1 } }, { a: null }, { a: { d: 1 } })).toEqual({ a: { d: 1 } });
  });

  test("keys keep the place in which they came first", () => {
    expect(Object.keys(merged({ a: 1, b: 1 }, { c: 1, a: 2 }) as object)).toEqual(["a", "b", "c"]);
  });

  test("another kind of graph, latency or workload replaces as a whole", () => {
    const mean = { latency: { distribution: "lognormal", mean: 4, cv: 1 } };
    expect(merged(mean, { latency: { distribution: "constant", mean: 2 } })).toEqual({
      latency: { distribution: "constant", mean: 2 },
    });
    expect(merged(mean, { latency: { mean: 2 } })).toEqual({
      latency: { distribution: "lognormal", mean: 2, cv: 1 },
    });
    // The shape of a Weibull distribution is a number, not a kind.
    const weibull = { latency: { distribution: "weibull", mean: 4, shape: 1 } };
    expect(merged(weibull, { latency: { shape: 2 } })).toEqual({
      latency: { distribution: "weibull", mean: 4, shape: 2 },
    });
  });

  // Where every key holds maps only or no maps at all: a map over a scalar and back is not associative.
  const layer = fc.letrec((tie) => ({
    map: fc.record(
      { m: tie("map"), n: tie("map"), x: tie("leaf"), y: tie("leaf") },
      { requiredKeys: [] },
    ),
    leaf: fc.oneof(fc.integer(), fc.constant(null), fc.array(fc.integer(), { maxLength: 2 })),
  })).map;

  test("is associative", () => {
    fc.assert(
      fc.property(layer, layer, layer, (a, b, c) => {
        const [x, y, z] = [a, b, c].map(tree);
        expect(toPlain(merge(merge(x, y), z))).toEqual(toPlain(merge(x, merge(y, z))));
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  test("with itself or with nothing changes nothing", () => {
    fc.assert(
      fc.property(layer, (a) => {
        const plain = toPlain(tree(a));
        expect(merged(a, a)).toEqual(plain);
        expect(merged({}, a)).toEqual(plain);
        expect(merged(a, {})).toEqual(plain);
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  test("the upper layer always wins", () => {
    fc.assert(
      fc.property(layer, layer, (a, b) => {
        const leaves = (value: unknown, path: string[] = []): [string, unknown][] =>
          typeof value === "object" && value !== null && !Array.isArray(value)
            ? Object.entries(value).flatMap(([k, v]) => leaves(v, [...path, k]))
            : [[path.join("."), value]];
        const result = new Map(leaves(merged(a, b)));
        for (const [path, value] of leaves(b))
          if (path !== "") expect(result.get(path)).toEqual(value ?? undefined);
      }),
      { seed: 1, numRuns: 200 },
    );
  });
});

describe("extends", () => {
  test("a file of models for many scenarios brings no warning of those that one does not use", async () => {
    const models = "models: { small: { errorRate: 0.1 }, large: { errorRate: 0.02 } }";
    const team = `${models}
task: { graph: { shape: chain, size: 2 } }
agents: { writer: { model: small } }
protocol: [{ work: { who: writer } }, { aggregate: { how: first, from: writer } }]
`;
    const loadTeam = (files: Record<string, string>) =>
      loadScenario("team.yaml", { files: memoryFiles(files), metricNames: [] });
    const alone = await loadTeam({ "team.yaml": team });
    expect(alone.warnings.map(({ topic }) => topic)).toEqual(["unused-model"]);
    const shared = { "team.yaml": `extends: models.yaml\n${team.replace(models, "")}` };
    expect((await loadTeam({ ...shared, "models.yaml": models })).warnings).toEqual([]);
  });

  const BASE = scenarioText({ tail: "seed: base\nreplications: 10" });

  test("one file, or several of which later ones win, and the file itself over all", async () => {
    const { scenario, files } = await load({
      [FILE]: "extends: [base.yaml, second.yaml]\nseed: own",
      "base.yaml": BASE,
      "second.yaml": "replications: 20\nseed: second\ntask: { tools: 3 }",
    });
    expect(scenario).toMatchObject({ seed: "own", replications: 20, task: { tools: 3 } });
    expect(scenario.task.graph).toEqual({ shape: "chain", size: 3 });
    expect(files).toEqual([FILE, "base.yaml", "second.yaml"]);
  });

  test("paths are relative to the file they stand in", async () => {
    const { files } = await load({
      [FILE]: "extends: parts/middle.yaml",
      "parts/middle.yaml": "extends: ../base.yaml",
      "base.yaml": BASE,
    });
    expect(files).toEqual([FILE, "parts/middle.yaml", "base.yaml"]);
  });

  test("a file may be reached twice", async () => {
    const { scenario, files } = await load({
      [FILE]: "extends: [a.yaml, b.yaml]",
      "a.yaml": "extends: base.yaml\nseed: a",
      "b.yaml": "extends: base.yaml",
      "base.yaml": BASE,
    });
    // b.yaml comes last, and says what base.yaml says.
    expect(scenario.seed).toBe("base");
    expect(files).toEqual([FILE, "a.yaml", "base.yaml", "b.yaml"]);
  });

  test("null takes away what was inherited", async () => {
    const { scenario } = await load({
      [FILE]: "extends: base.yaml\nseed: null\nagents: { extra: null }",
      "base.yaml": scenarioText({
        agents: "agents: { boss: {}, worker: {}, extra: {} }",
        tail: "seed: base",
      }),
    });
    expect(scenario.seed).toBe("faultline");
    expect(Object.keys(scenario.agents)).toEqual(["boss", "worker"]);
  });

  test("a loop is named", async () => {
    const problems = await problemsOf({
      [FILE]: "extends: b.yaml",
      "b.yaml": "name: b\nextends: c.yaml",
      "c.yaml": "extends: b.yaml",
    });
    expect(problems).toMatchObject([
      {
        file: "c.yaml",
        line: 1,
        column: 10,
        message: expect.stringContaining("team.yaml → b.yaml → c.yaml → b.yaml"),
      },
    ]);
  });

  test("a chain of more than 16 files is refused", async () => {
    const chain = (length: number) => {
      const files: Record<string, string> = {
        [FILE]: "extends: 1.yaml",
        [`${length - 1}.yaml`]: BASE,
      };
      for (let i = 1; i < length - 1; i++) files[`${i}.yaml`] = `extends: ${i + 1}.yaml`;
      return files;
    };
    expect(await problemsOf(chain(16))).toEqual([]);
    expect(await problemsOf(chain(17))).toMatchObject([
      { file: "15.yaml", message: expect.stringContaining("too long") },
    ]);
  });

  test("a diamond of diamonds is read once", async () => {
    const files: Record<string, string> = { [FILE]: "extends: [0.yaml, 0.yaml]", "14.yaml": BASE };
    for (let i = 0; i < 14; i++) files[`${i}.yaml`] = `extends: [${i + 1}.yaml, ${i + 1}.yaml]`;
    expect((await load(files)).files).toHaveLength(16);
  });

  test("problems stand in the file that was written wrongly", async () => {
    const problems = await problemsOf({
      [FILE]: "extends: base.yaml\nmodels: { base: { pace: 0 } }",
      "base.yaml": scenarioText({ models: "models: { base: { errorRate: 2 } }" }),
    });
    expect(problems).toMatchObject([
      { file: "base.yaml", line: 2, column: 30, path: "models.base.errorRate" },
      { file: FILE, line: 2, column: 25, path: "models.base.pace" },
    ]);
  });

  test("of several broken files all are told", async () => {
    const problems = await problemsOf({
      [FILE]: "extends: [a.yaml, b.yaml, c.yaml]",
      "a.yaml": "x: [",
      "b.yaml": "y: }",
    });
    expect(problems.map((p) => p.file)).toEqual(["a.yaml", "b.yaml", FILE]);
  });

  test("$schema is for editors and left out", async () => {
    const { scenario } = await load({
      [FILE]: '{ "$schema": "x.json", "extends": "base.yaml", "seed": "s" }',
      "base.yaml": BASE,
    });
    expect(scenario).not.toHaveProperty("$schema");
    expect(scenario.seed).toBe("s");
  });
});

describe("agentDefaults", () => {
  const head = "agentDefaults: { propagation: 0.7, checks: { self: { recall: 0.9 } } }";

  test("are spread under every group; own values win", async () => {
    const agents = `agents:
  boss: {}
  worker: { propagation: 0.1, checks: { self: { falseAlarm: 0.2 } } }`;
    const { scenario } = await load(scenarioText({ head, agents }));
    expect(scenario).not.toHaveProperty("agentDefaults");
    expect(scenario.agents.boss).toMatchObject({
      propagation: 0.7,
      checks: { self: { recall: 0.9 } },
    });
    expect(scenario.agents.worker).toMatchObject({
      propagation: 0.1,
      checks: { self: { recall: 0.9, falseAlarm: 0.2 } },
    });
  });

  test("null in a group goes back to the default of the format", async () => {
    const agents = "agents: { boss: {}, worker: { propagation: null, checks: { self: null } } }";
    const { scenario } = await load(scenarioText({ head, agents }));
    expect(scenario.agents.worker).toMatchObject({
      propagation: 1,
      checks: { self: { recall: 0 } },
    });
  });

  test("an error in them is told once, where it was written", async () => {
    const problems = await problemsOf(
      scenarioText({ head: "agentDefaults:\n  propagation: 70\n  gues: 1" }),
    );
    expect(problems).toMatchObject([
      { line: 2, column: 16, path: "agentDefaults.propagation" },
      { line: 3, column: 3, path: "agentDefaults.gues" },
    ]);
  });
});

describe("overrides", () => {
  test("set what is there, and what is only a default", async () => {
    const { scenario } = await load(scenarioText(), {
      overrides: {
        "agents.worker.count": 5,
        "models.base.errorRate": 0.2,
        "budget.tokens": 1000,
        "topology.latency": { distribution: "constant", mean: "1s" },
        "protocol.0.work.turns": 4,
      },
    });
    expect(scenario).toMatchObject({
      agents: { worker: { count: 5 } },
      models: { base: { errorRate: 0.2 } },
      budget: { tokens: 1000 },
      topology: { latency: { mean: 1 } },
    });
    expect(scenario.protocol[0].work?.turns).toBe(4);
  });

  test("win over agentDefaults, and can set these", async () => {
    const { scenario } = await load(scenarioText({ head: "agentDefaults: { propagation: 0.7 }" }), {
      overrides: { "agents.worker.propagation": 0.2, "agentDefaults.guess": 0.1 },
    });
    expect(scenario.agents.worker).toMatchObject({ propagation: 0.2, guess: 0.1 });
    expect(scenario.agents.boss).toMatchObject({ propagation: 0.7, guess: 0.1 });
  });

  test("null takes a value away", async () => {
    const { scenario } = await load(scenarioText({ tail: "seed: a" }), {
      overrides: { seed: null },
    });
    expect(scenario.seed).toBe("faultline");
  });

  const UNKNOWN: [path: string, column: number, message: string, hint?: string][] = [
    ["agents.wroker.count", 8, "no agents.wroker to set", "agents.worker"],
    ["agents.worker.cuont", 15, "no agents.worker.cuont to set", "agents.worker.count"],
    ["parameters.q", 12, "no parameters.q to set"],
    ["protocol.9.work", 10, "no protocol.9 to set"],
    ["protocol.work", 10, "no protocol.work to set"],
    ["agents.worker.count.x", 21, "nothing inside agents.worker.count"],
    ["extends", 1, "no extends to set"],
    ["__proto__.polluted", 1, "no __proto__ to set"],
    ["agents.constructor.count", 8, "no agents.constructor to set"],
    ["", 1, "no  to set"],
  ];
  for (const [path, column, message, hint] of UNKNOWN)
    test(`${path || "(nothing)"} is not known`, async () => {
      const problems = await problemsOf(scenarioText(), { overrides: { seed: "a", [path]: 1 } });
      expect(problems).toMatchObject([{ file: "(overrides)", line: 2, column }]);
      expect(problems[0].message).toContain(message);
      if (hint) expect(problems[0].hint).toBe(`did you mean ${hint}?`);
    });

  test("with a bad value are quoted like a file", async () => {
    const problems = await problemsOf(scenarioText(), {
      overrides: { "agents.worker.count": 1.5 },
    });
    expect(problems).toMatchObject([
      { file: "(overrides)", line: 1, column: 23, source: "agents.worker.count = 1.5" },
    ]);
  });

  test("of other than plain values are refused", async () => {
    const loop: unknown[] = [];
    loop.push(loop);
    for (const value of [undefined, () => 1, 5n, loop, JSON.parse('{"__proto__": 1}')]) {
      const problems = await problemsOf(scenarioText(), { overrides: { parameters: value } });
      expect(problems).toMatchObject([{ message: "the value for parameters cannot be used" }]);
    }
  });
});

test("locate tells where values come from", async () => {
  const { locate } = await load(
    {
      [FILE]: "extends: base.yaml\nagents:\n  worker:\n    count: 2",
      "base.yaml": scenarioText({ head: "agentDefaults:\n  guess: 0.3" }),
    },
    { overrides: { "task.graph.size": 4 } },
  );
  expect(locate(["agents", "worker", "count"])).toEqual({ file: FILE, line: 4, column: 12 });
  expect(locate(["agents", "worker", "guess"])).toEqual({ file: "base.yaml", line: 2, column: 10 });
  expect(locate(["task", "graph", "size"])).toEqual({ file: "(overrides)", line: 1, column: 19 });
  // What is nowhere is near what is around it.
  expect(locate(["agents", "worker", "checks", "self"])).toEqual({
    file: FILE,
    line: 3,
    column: 3,
  });
});

test("nothing pollutes the prototype of objects", async () => {
  const attempts = [
    "__proto__: { polluted: 1 }",
    "parameters: { __proto__: { polluted: 1 } }",
    "constructor: { prototype: { polluted: 1 } }",
    '"\\u005f_proto__": { polluted: 1 }',
  ];
  for (const head of attempts) {
    const problems = await problemsOf(scenarioText({ head }));
    expect(problems.length).toBeGreaterThan(0);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  }
  const map = merge(tree({}) as MapNode, tree(JSON.parse('{"__proto__": {"polluted": 1}}')));
  expect(map.kind).toBe("map");
  expect(({} as { polluted?: number }).polluted).toBeUndefined();
});
