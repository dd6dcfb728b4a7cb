// Formulas: what they can use, what they cannot, and what is said of the rest.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { load, problemsOf, scenarioText } from "../scenario/support.ts";

/** The problems of a scenario that has the formula as its error rate. */
function tried(formula: string, parameters = "{ p: 0.5 }") {
  const models = `models: { base: { errorRate: ${JSON.stringify(formula)} } }`;
  return problemsOf(scenarioText({ head: `parameters: ${parameters}`, models }));
}

/** The value of the formula, as tokens of the budget, which can be any number not below 0. */
async function tokensFor(formula: string, sections = {}): Promise<number> {
  const tail = `budget: { tokens: ${JSON.stringify(formula)} }`;
  return (await load(scenarioText({ tail, ...sections }))).scenario.budget.tokens;
}

describe("values", () => {
  const VALUES: [string, number][] = [
    ["=1", 1],
    ["  = 2 + 3 * 4", 14],
    ["= (2 + 3) * 4", 20],
    ["= 7 % 4", 3],
    ["= 5%", 0.05],
    ["= 2^3^2", 512],
    ["= -(-5)", 5],
    ["= 1e3 / 8", 125],
    ["= 2 > 1 ? 10 : 20", 10],
    ["= min(3, 1, 2) + max(3, 1, 2)", 4],
    ["= abs(-3) + sqrt(16) + exp(0)", 8],
    ["= log(exp(1)) + log2(8) + log10(1000) + pow(2, 3)", 15],
    ["= round(2.5) + floor(2.9) + ceil(2.1)", 8],
  ];
  for (const [formula, value] of VALUES)
    test(formula, async () => {
      expect(await tokensFor(formula)).toBeCloseTo(value, 12);
    });

  test("agree with arithmetic", async () => {
    const operand = fc.integer({ min: 1, max: 50 });
    const operator = fc.constantFrom("+", "-", "*", "/");
    await fc.assert(
      fc.asyncProperty(operand, operator, operand, operator, operand, async (a, f, b, g, c) => {
        const text = `(${a} ${f} ${b}) ${g} ${c}`;
        const value = Function(`return ${text}`)() as number;
        expect(await tokensFor(`= max(0, ${text})`)).toBeCloseTo(Math.max(0, value), 9);
      }),
      { seed: 1, numRuns: 50 },
    );
  });

  test("use parameters, which may be formulas, in any order", async () => {
    const head = 'parameters: { a: "= b + 1", b: "= c * 2", c: 3 }';
    expect(await tokensFor("= a", { head })).toBe(7);
  });

  test("use the number of tools, agents and claims", async () => {
    const task = "task: { graph: { shape: layers, layers: [2, 3] }, tools: '= 2 * agents' }";
    expect(await tokensFor("= 100 * tools + 10 * agents + claims", { task })).toBe(800 + 40 + 5);
  });

  test("count the claims of every kind of graph", async () => {
    const graphs: [string, number][] = [
      ["{ shape: chain, size: 7 }", 7],
      ["{ shape: generated, size: 6.5 }", 6.5],
      ["{ shape: layers, layers: [1, '= 1 + 1', 3] }", 6],
      ["{ shape: graph, claims: { a: [], b: [a] } }", 2],
    ];
    for (const [graph, claims] of graphs)
      expect(await tokensFor("= claims", { task: `task: { graph: ${graph} }` })).toBe(claims);
  });

  test("count defaults: one agent a group, no tools", async () => {
    const agents = "agents: { boss: {}, worker: {} }";
    expect(await tokensFor("= 10 * agents + tools", { agents })).toBe(20);
  });

  test("stand in agentDefaults, lists and durations as well", async () => {
    const { scenario } = await load(
      scenarioText({
        head: 'parameters: { p: 0.5 }\nagentDefaults: { propagation: "= p" }',
        task: 'task: { graph: { shape: layers, layers: ["= 1 + 1", 3] } }',
        tail: 'limits: { time: "= 60 * p" }',
      }),
    );
    expect(scenario.agents.worker.propagation).toBe(0.5);
    expect(scenario.task.graph).toEqual({ shape: "layers", layers: [2, 3] });
    expect(scenario.limits.time).toBe(30);
  });

  test("are only text where text is wanted", async () => {
    const { scenario } = await load(scenarioText({ tail: 'description: "= 1 + 1"\nseed: "= x"' }));
    expect(scenario).toMatchObject({ description: "= 1 + 1", seed: "= x" });
  });

  test("see what overrides set", async () => {
    const text = scenarioText({
      head: "parameters: { p: 0.1 }",
      models: 'models: { base: { errorRate: "= p" } }',
    });
    const { scenario } = await load(text, { overrides: { "parameters.p": 0.3 } });
    expect(scenario.models.base.errorRate).toBe(0.3);
  });

  test("obey the range of their field", async () => {
    expect(await tried("= p + 1")).toMatchObject([
      { message: "models.base.errorRate is 1.5, above the largest value 1" },
    ]);
  });
});

describe("what is refused", () => {
  const FORBIDDEN: [formula: string, message: string][] = [
    ["= import({ a: 1 })", 'calls "import"'],
    ["= createUnit(1)", 'calls "createUnit"'],
    ["= evaluate(1)", 'calls "evaluate"'],
    ["= parse(1)", 'calls "parse"'],
    ["= simplify(1)", 'calls "simplify"'],
    ["= random()", 'calls "random"'],
    ["= sin(1)", 'calls "sin"'],
    ["= constructor(1)", 'calls "constructor"'],
    ["= toString(1)", 'calls "toString"'],
    ["= f(x) = x", "definition of a function"],
    ["= a = 3", "an assignment"],
    ["= 1; 2", "several expressions"],
    ["= 1\n2", "several expressions"],
    ["= 1:3", "a range"],
    ["= [1, 2]", "a list"],
    ["= { a: 1 }", "an object"],
    ['= "text"', "a constant that is not a finite number"],
    ["= true", "a constant"],
    ["= null", "a constant"],
    ["= NaN", "a constant"],
    ["= Infinity", "a constant"],
    ["= 1e999", "a constant"],
    ["= p.constructor", "access to a property"],
    ['= p["constructor"]', "access to a property"],
    ["= (min)(1, 2)", "cannot be read"],
    ["= p.toString()", "a call of something that is no function"],
    ["= 3!", "the operator !"],
    ["= 1 | 2", "the operator |"],
    ["= 1 << 2", "the operator <<"],
    ["= 5 to 3", "the operator to"],
    ["= 2 p", "a multiplication without *"],
    ["= 1 < 2 < 3", "a chain of comparisons"],
    ["= 5 cm", "a multiplication without *"],
    ["= q", '"q", which is not known'],
    ["= i", '"i", which is not known'],
    ["= pi", '"pi", which is not known'],
    ["= __proto__", '"__proto__", which is not known'],
    ["= constructor", '"constructor", which is not known'],
    ["= 1 / 0", "gives Infinity"],
    ["= sqrt(-1)", "gives NaN"],
    ["= abs(sqrt(-4))", "gives NaN"],
    ["= (-8)^(1/3)", "gives NaN"],
    ["= 10^400", "gives Infinity"],
    ["= 9^9^9", "gives Infinity"],
    ["= 1 == 1", "gives the yes/no true"],
    ["=", "cannot be read"],
    ["= 1 +", "cannot be read"],
    ["= * 2", "cannot be read"],
    ["= min(", "cannot be read"],
    ["= sqrt(1, 2)", "cannot be read"],
    [`= 1${" + 1".repeat(130)}`, "too long"],
    [`= ${"(".repeat(40)}1${")".repeat(40)}`, "nested too deep"],
  ];
  for (const [formula, message] of FORBIDDEN)
    test(JSON.stringify(formula).slice(0, 40), async () => {
      const problems = await tried(formula);
      expect(problems).toHaveLength(1);
      expect(problems[0]).toMatchObject({ line: 3, path: "models.base.errorRate" });
      expect(problems[0].message).toContain(message);
      expect(problems[0].rule).toBeDefined();
    });

  test("suggests variables and functions", async () => {
    expect((await tried("= tool"))[0].hint).toBe("did you mean tools?");
    expect((await tried("= mim(1, 2)"))[0].hint).toBe("did you mean min?");
  });

  test("a formula where a word is wanted", async () => {
    const problems = await problemsOf(scenarioText({ topology: 'topology: { preset: "= 1" }' }));
    expect(problems).toMatchObject([{ hint: "a formula can stand only where a number can" }]);
  });

  test("cycles, told once with their way", async () => {
    const problems = await tried("= a", '{ a: "= b", b: "= a" }');
    expect(problems.map((p) => p.message)).toEqual([
      "the formula of parameters.a depends on itself: parameters.a → parameters.b → parameters.a",
    ]);
  });

  test("cycles through what the scenario gives", async () => {
    const agents = 'agents: { boss: {}, worker: { count: "= claims" } }';
    const task = 'task: { graph: { shape: chain, size: "= agents" } }';
    const [problem] = await problemsOf(scenarioText({ agents, task }));
    expect(problem.message).toContain("task.graph.size → agents.worker.count → task.graph.size");
  });

  test("a very long chain, without exhausting the stack", async () => {
    const chain = (length: number) =>
      `{ ${Array.from({ length }, (_, i) => `p${i}: "= p${i + 1}"`).join(", ")}, p${length}: 0.5 }`;
    expect(await tried("= p0", chain(90))).toEqual([]);
    expect((await tried("= p0", chain(2000)))[0].message).toContain("chain of too many formulas");
  });

  test("a formula in agentDefaults is told once, where it was written", async () => {
    const problems = await problemsOf(scenarioText({ head: 'agentDefaults:\n  guess: "= q"' }));
    expect(problems).toMatchObject([{ line: 2, column: 10, path: "agentDefaults.guess" }]);
  });

  test("what depends on a bad value is not told as well", async () => {
    const problems = await tried("= a", '{ a: "= b", b: many }');
    expect(problems.map((p) => p.path)).toEqual(["parameters.b"]);
  });

  test("no formula throws anything or reaches outside", async () => {
    const piece = fc.constantFrom(
      ..."0123456789.+-*/^%()[]{}<>=!&|?:;,'\"\\ \n".split(""),
      "p",
      "tools",
      "min",
      "constructor",
      "__proto__",
      "import",
      "=>",
      "function",
      "this",
      "process",
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 30 }), async (pieces) => {
        for (const { severity } of await tried(`= ${pieces.join("")}`))
          expect(severity).toBe("error");
      }),
      { seed: 1, numRuns: 200 },
    );
  });
});
