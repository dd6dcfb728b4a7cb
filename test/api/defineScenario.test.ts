// Scenarios as objects: the same as from a file, and whatever is given, one error with all problems by path.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import {
  defineScenario,
  loadScenario,
  memoryFiles,
  run,
  type ScenarioError,
  type ScenarioInput,
  warningsOf,
} from "../../src/api/index.ts";

const TEXT = `
name: team
task: { graph: { shape: chain, size: 4 }, tools: 4 }
models: { base: { errorRate: "= 0.02 * tools", latency: { distribution: constant, mean: 250ms } } }
agentDefaults: { checks: { self: { recall: 0.5 } } }
agents: { worker: { count: 3 }, lead: { role: orchestrator } }
topology: { preset: star, hub: lead }
protocol:
  - work: { who: worker }
  - send: { from: worker, to: lead }
  - check: { by: lead }
  - aggregate: { how: synthesize, by: lead }
`;
const written = () => parse(TEXT) as ScenarioInput;

/** The error of an input, which must be a ScenarioError with problems, and nothing else. */
function errorOf(input: unknown): ScenarioError {
  try {
    defineScenario(input as ScenarioInput);
  } catch (error) {
    // By name: the message of any other error shows what happened.
    if ((error as Error)?.name !== "ScenarioError") throw error;
    return error as ScenarioError;
  }
  throw new Error("it is a valid scenario");
}

const errorsOf = (input: unknown) =>
  errorOf(input)
    .problems.filter(({ severity }) => severity === "error")
    .map(({ path, message }) => `${path}: ${message}`);

describe("defineScenario", () => {
  test("gives what the file gives", async () => {
    const files = memoryFiles({ "team.yaml": TEXT });
    const loaded = await loadScenario("team.yaml", { files });
    const defined = defineScenario(written());
    expect(defined).toEqual(loaded);
    expect(JSON.stringify(defined)).toBe(JSON.stringify(loaded));
    expect(defined.models.base.errorRate).toBe(0.08);
    expect(defined.models.base.latency).toEqual({ distribution: "constant", mean: 0.25 });
    expect(defined.agents.worker.checks.self.recall).toBe(0.5);
  });

  test("is idempotent, and warns of the same as the file", async () => {
    const files = memoryFiles({
      "team.yaml": TEXT.replace("by: lead }\n  - agg", "by: worker }\n  - agg"),
    });
    const loaded = await loadScenario("team.yaml", { files });
    expect(defineScenario(loaded)).toEqual(loaded);
    expect(defineScenario(JSON.parse(JSON.stringify(loaded)))).toEqual(loaded);
    const told = warningsOf(loaded).map(({ path, message }) => ({ path, message }));
    const defined = defineScenario(
      parse(TEXT.replace("by: lead }\n  - agg", "by: worker }\n  - agg")),
    );
    expect(warningsOf(defined).map(({ path, message }) => ({ path, message }))).toEqual(told);
    expect(told).not.toEqual([]);
  });

  test("spread into another it brings along what was written, formulas and defaults of agents too", () => {
    const team = defineScenario(written());
    const other = defineScenario({ ...team, name: "more", task: { ...team.task, tools: 8 } });
    expect(other.models.base.errorRate).toBe(0.16);
    expect(other.agents.worker.checks.self.recall).toBe(0.5);
    expect(warningsOf(other)).toEqual(warningsOf(team));
  });

  test("is frozen, and plain", () => {
    const team = defineScenario(written());
    expect(Object.isFrozen(team.models.base)).toBe(true);
    expect(structuredClone(team)).toEqual(team);
  });

  test("tells all problems, each by its path", () => {
    const { task, models, ...rest } = written();
    const wrong = {
      ...rest,
      tsk: task,
      models: { base: { ...models?.base, errorRate: 7, pace: "fast" } },
      agents: { worker: { count: 2.5 }, "not a name": {} },
      protocol: [{ work: { who: "nobody" }, send: {} }, { aggregate: { how: "guess" } }],
    };
    const errors = errorsOf(wrong);
    expect(errors).toEqual(
      expect.arrayContaining([
        "models.base.errorRate: models.base.errorRate is 7, above the largest value 1",
        'tsk: the key "tsk" is not known',
      ]),
    );
    for (const path of ["models.base.pace", "agents.worker.count", "protocol.1.aggregate.how"])
      expect(errors.some((one) => one.startsWith(`${path}: `))).toBe(true);
    expect(errorOf(wrong).message).toContain("models.base.errorRate: error: ");
    expect(errorOf(wrong).message).not.toContain("(value)");
  });

  test("tells of a team that is impossible", () => {
    expect(errorsOf({ ...written(), topology: { preset: "none" } })).toEqual([
      "protocol.1.send: there is no edge from worker to lead",
    ]);
  });

  const cyclic: Record<string, unknown> = { ...written() };
  cyclic.task = { graph: cyclic };
  const deep = (levels: number) => {
    let value: unknown = 1;
    for (let i = 0; i < levels; i++) value = { value };
    return value;
  };
  class Team {
    name = "team";
  }
  const thrower = {
    get errorRate() {
      throw new TypeError("no rate today");
    },
  };
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();

  test.each<[string, unknown, string]>([
    ["nothing", undefined, ": it is undefined"],
    ["null", null, ": it is null, not an object"],
    ["a number", 5, ": it is a number, not an object"],
    ["a list", [], ": it is a list, not an object"],
    ["a function", () => 1, ": it is a function"],
    ["an instance of a class", new Team(), ": it is an object of the class Team"],
    ["a loop", cyclic, "task.graph: it contains itself"],
    ["a revoked proxy", { ...written(), task: proxy }, "task: it cannot be read: "],
    [
      "a getter that throws",
      { ...written(), models: { base: thrower } },
      "models.base.errorRate: it cannot be read: no rate today",
    ],
    ["a function inside", { ...written(), seed: () => "x" }, "seed: it is a function"],
    ["a symbol", { ...written(), seed: Symbol("x") }, "seed: it is a symbol"],
    ["a BigInt", { ...written(), replications: 10n }, "replications: it is a bigint"],
    ["NaN", { ...written(), replications: Number.NaN }, "replications: "],
    ["infinity", { ...written(), budget: { tokens: Number.POSITIVE_INFINITY } }, "budget.tokens: "],
    ["a date", { ...written(), name: new Date(0) }, "name: it is an object of the class Date"],
    ["a hole in a list", { ...written(), thresholds: new Array(2) }, "thresholds.0: it is not set"],
    [
      "undefined in a list",
      { ...written(), thresholds: [undefined] },
      "thresholds.0: it is not set",
    ],
    [
      "a huge list",
      { ...written(), thresholds: new Array(2 ** 32 - 1) },
      "thresholds.0: it is not set",
    ],
    [
      "too much depth",
      { ...written(), task: deep(50_000) },
      `task${".value".repeat(63)}: the values are nested too deep here`,
    ],
    [
      "a forbidden key",
      JSON.parse('{"name":"a","__proto__":{}}'),
      "__proto__: the key __proto__ is not allowed",
    ],
    [
      "a symbol as key",
      { ...written(), [Symbol("key")]: 1 },
      "Symbol(key): the key Symbol(key) is not allowed",
    ],
    ["extends", { ...written(), extends: "base.yaml" }, "extends: extends names files"],
  ])("%s is a problem, not a TypeError", (_, input, expected) => {
    expect(errorsOf(input)[0]).toContain(expected);
  });

  test("what is undefined, null prototypes and $schema are fine", () => {
    const input = { ...written(), description: undefined, $schema: "schema.json" };
    const bare = Object.assign(Object.create(null), input);
    expect(defineScenario(bare)).toEqual(defineScenario(written()));
  });

  test("whatever is put anywhere, nothing but a ScenarioError is thrown", () => {
    const places = pathsIn(written());
    const anything = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withNullPrototype: true,
      withObjectString: true,
      withSet: true,
      withSparseArray: true,
      withTypedArray: true,
      withUnicodeString: true,
      maxDepth: 4,
    });
    const odd = oddities();
    // Which oddity it is, since fast-check itself breaks over some.
    const value = fc.oneof(
      anything.map((put) => ({ put })),
      fc.nat(odd.length - 1).map((index) => ({ index })),
    );
    const change = fc.tuple(fc.constantFrom(...places), value);
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
        let input: unknown = written();
        for (const [path, put] of changes)
          input = replaced(input, path, "index" in put ? odd[put.index] : put.put);
        try {
          defineScenario(input as ScenarioInput);
        } catch (error) {
          expect((error as Error).name).toBe("ScenarioError");
          expect((error as ScenarioError).problems.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 400 },
    );
    fc.assert(
      fc.property(anything, (input) => {
        expect(errorOf(input).problems.length).toBeGreaterThan(0);
      }),
      { numRuns: 200 },
    );
  });

  /** Values that break whoever touches them. */
  function oddities(): unknown[] {
    const refuse = () => {
      throw { toString: null };
    };
    return [
      "= tools",
      "= x",
      "=",
      "4s",
      () => 1,
      Symbol("odd"),
      proxy,
      thrower,
      cyclic,
      new Proxy({}, { ownKeys: refuse }),
      new Proxy([], { get: refuse }),
      new Proxy({}, { getPrototypeOf: refuse }),
      { toString: null, valueOf: null },
      Object.create({ constructor: null }),
      new (class {})(),
      Object.defineProperty({}, "constructor", { get: refuse, enumerable: true }),
    ];
  }
});

/** The paths of all values in a value. */
function pathsIn(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== "object" || value === null) return [path];
  const below = Object.entries(value).flatMap(([key, part]) => pathsIn(part, [...path, key]));
  return [path, ...below];
}

/** The value with another one at a path, where there still is such a path and nothing on it refuses to be read. */
function replaced(value: unknown, path: readonly string[], put: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return put;
  if (typeof value !== "object" || value === null) return value;
  try {
    if (Array.isArray(value))
      return value.map((part, i) => (String(i) === key ? replaced(part, rest, put) : part));
    return { ...value, [key]: replaced((value as Record<string, unknown>)[key], rest, put) };
  } catch {
    return value;
  }
}

describe("ScenarioInput", () => {
  test("knows the fields of the format", () => {
    const base = written();
    const latency = {
      ...base,
      // @ts-expect-error there is no such distribution
      models: { base: { errorRate: 0, latency: { distribution: "normal" } } },
    } satisfies ScenarioInput;
    // @ts-expect-error there is no such field
    const field = { ...base, task: { ...base.task, tols: 4 } } satisfies ScenarioInput;
    // @ts-expect-error a task is needed
    const lacking: ScenarioInput = { name: "x", models: {}, agents: {}, protocol: [] };
    expect([latency, field, lacking].map((one) => errorsOf(one).length > 0)).toEqual([
      true,
      true,
      true,
    ]);
  });

  test("is taken by whoever takes a scenario", async () => {
    const rejected = run({ ...written(), replications: 0 });
    await expect(rejected).rejects.toMatchObject({ name: "ScenarioError" });
  });
});
