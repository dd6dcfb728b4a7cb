// Every kind of bad input of an experiment: one problem, at the exact place (the mark ‸), in words that help.
import { describe, expect, test } from "vitest";
import { unmark } from "../scenario/support.ts";
import { FILE, HEAD, load, problemsOf, vary } from "./support.ts";

interface BadInput {
  readonly title: string;
  /** The whole file, or what follows the scenarios. */
  readonly file?: string;
  readonly tail?: string;
  /** What replaces the good factor. */
  readonly factor?: string;
  readonly message: string;
  readonly rule?: string;
  readonly hint?: string;
}

const RATE = "rate: { path: models.base.errorRate, values: [0.1, 0.2] }";
const TOOLS = "tools: { path: task.tools, values: [0, 1, 2] }";

const textOf = ({ file, tail, factor = RATE }: Partial<BadInput>) =>
  file ?? `${HEAD}${tail ?? `factors:\n  ${factor}\n`}`;
const withFactors = (...lines: string[]) => `factors:\n${lines.map((l) => `  ${l}\n`).join("")}`;

const BAD: BadInput[] = [
  // The file
  { title: "an empty file", file: "‸", message: "the file is empty" },
  {
    title: "an unknown key",
    tail: "‸factor: {}",
    message: '"factor" is not known',
    hint: "factors",
  },
  { title: "no scenarios", file: "‸factors: {}", message: "scenarios is missing" },
  { title: "an empty map of scenarios", file: "‸scenarios: {}", message: "there is no scenario" },
  {
    title: "a scenario file that is not there",
    file: "scenarios: { team: ‸tame.yaml }",
    message: "there is no file tame.yaml",
  },
  {
    title: "a scenario outside the project",
    file: "scenarios: { team: ‸../../team.yaml }",
    message: "outside the project",
  },
  {
    title: "an unknown baseline",
    tail: "baseline: ‸singel",
    message: "there is no scenario singel",
    rule: "single, team",
    hint: "did you mean single?",
  },
  {
    title: "a baseline that cannot be paired",
    file: "scenarios: { team: team.yaml, often: often.yaml }\nbaseline: ‸often",
    message: "team cannot be compared with often",
  },
  { title: "a name that is none", tail: "name: ‸a b", message: 'name is the text "a b"' },

  // Factors: what they are
  {
    title: "an unknown key of a factor",
    factor: "rate: { path: models.base.errorRate, ‸value: [0.1] }",
    message: '"value" is not known',
    hint: "did you mean values?",
  },
  {
    title: "a number for a factor",
    factor: "task.tools: ‸3",
    message: "is the number 3",
    rule: "values",
  },
  {
    title: "a factor that says nothing",
    factor: "‸task.tools: {}",
    message: "does not say what it is to be",
  },
  {
    title: "values and a range",
    factor: "task.tools: { values: [1, 2], from: ‸1, to: 3 }",
    message: "both values and from",
  },
  {
    title: "values and a count",
    factor: "task.tools: { values: [1, 2], count: ‸2 }",
    message: "both values and count",
  },
  {
    title: "a formula and a range",
    factor: "task.tools: { from: 1, to: 2, formula: ‸1 + 1 }",
    message: "both from and formula",
  },
  { title: "an empty list", factor: "‸task.tools: []", message: "too few items" },
  {
    title: "an empty list of values",
    factor: "task.tools: { ‸values: [] }",
    message: "too few items",
  },
  { title: "a value twice", factor: "task.tools: [1, 2, ‸1]", message: "1 stands twice" },
  {
    title: "a list for a value",
    factor: "task.tools: [1, ‸[2]]",
    message: "is a list",
  },
  { title: "half a range", factor: "task.tools: { from: ‸1 }", message: "has no to" },
  { title: "the other half", factor: "task.tools: { to: ‸1 }", message: "has no from" },
  {
    title: "an inverted range",
    factor: "task.tools: { from: 3, to: ‸1 }",
    message: "the range is inverted",
    hint: "begin at 1 and end at 3",
  },
  {
    title: "a log scale from 0",
    factor: "models.base.errorRate: { from: ‸0, to: 1, count: 3, scale: log }",
    message: "from 0 has no log scale",
  },
  {
    title: "a count of 1",
    factor: "task.tools: { from: 1, to: 3, count: ‸1 }",
    message: "one value cannot span a range from 1 to 3",
  },
  {
    title: "a range without a count",
    factor: "‸models.base.errorRate: { from: 0.1, to: 0.2 }",
    message: "does not say how many values",
    hint: "count",
  },

  // Factors: where they go
  {
    title: "an unknown path",
    factor: "rate: { path: ‸models.base.errorRat, values: [0.1] }",
    message: "there is no models.base.errorRat to set",
    hint: "did you mean models.base.errorRate?",
  },
  {
    title: "an unknown path for a name",
    factor: "‸models.base.errorRat: [0.1]",
    message: "there is no models.base.errorRat to set",
  },
  {
    title: "the second of two paths",
    factor: "rate: { path: [models.base.errorRate, ‸models.base.driff], values: [0.1] }",
    message: "there is no models.base.driff",
    hint: "models.base.drift",
  },
  {
    title: "a path that one scenario does not have",
    factor: "‸agents.worker.count: [1, 2]",
    message: "there is no agents.worker to set in single",
    hint: "only: [team]",
  },
  {
    title: "an item that a list does not have",
    factor: "turns: { path: ‸protocol.9.work.turns, values: [1], only: team }",
    message: "there is no protocol.9",
  },
  { title: "the seed", factor: "‸seed: [a, b]", message: "seed cannot be varied" },
  {
    title: "a path twice",
    tail: withFactors(RATE, "‸models.base.errorRate: [0.3]"),
    message: "models.base.errorRate is varied already, by rate",
  },
  {
    title: "an unknown label",
    factor: "n: { path: agents.worker.count, values: [1], only: [‸teem] }",
    message: "there is no scenario teem",
    hint: "team",
  },
  {
    title: "a name that formulas cannot read",
    factor: "‸error-rate: { path: models.base.errorRate, values: [0.1] }",
    message: "a factor cannot be called error-rate",
  },
  {
    title: "a name that means something in formulas",
    factor: "‸max: { path: models.base.errorRate, values: [0.1] }",
    message: "a factor cannot be called max",
  },

  // Factors: values against the schema
  {
    title: "a value above the range of its field",
    factor: "models.base.errorRate: [0.1, ‸1.2]",
    message: "models.base.errorRate is 1.2, above the largest value 1",
    rule: "from 0 to 1",
  },
  {
    title: "a range beyond that of its field",
    factor: "models.base.errorRate: { from: ‸-0.1, to: 1, count: 3 }",
    message: "below the smallest value 0",
  },
  {
    title: "a fraction where a whole number is needed",
    factor: "task.tools: [1, ‸1.5]",
    message: "1.5, which is not whole",
  },
  {
    title: "a fraction at the end of whole numbers",
    factor: "task.tools: { from: ‸0.5, to: 3 }",
    message: "0.5, which is not whole",
  },
  { title: "a word for a number", factor: "task.tools: [1, ‸many]", message: 'the text "many"' },
  {
    title: "a word that the field does not know",
    factor: "topology.preset: [star, ‸compleet]",
    message: 'the text "compleet"',
    hint: "complete",
  },
  {
    title: "a number for yes or no",
    factor: "task.sharedState: [true, ‸1]",
    message: "task.sharedState is the number 1",
  },
  {
    title: "a duration without its unit",
    factor: "topology.latency: [‸soon]",
    message: "topology.latency is the text",
  },

  // Formulas
  {
    title: "a formula that is none",
    tail: withFactors(RATE, "task.tools: { formula: ‸2 * }"),
    message: "the formula of factors.task.tools.formula cannot be read",
  },
  {
    title: "a formula with a function that is none",
    tail: withFactors(RATE, "task.tools: { formula: ‸sin(rate) }"),
    message: 'calls "sin"',
  },
  {
    title: "an unknown factor in a formula",
    tail: withFactors(RATE, "task.tools: { formula: ‸10 * rat }"),
    message: "there is no factor rat",
    hint: "did you mean rate?",
  },
  {
    title: "a factor without a name in a formula",
    tail: withFactors("models.base.errorRate: [0.1]", "task.tools: { formula: ‸10 * x }"),
    message: "there is no factor x",
    hint: "give a factor a name",
  },
  {
    title: "words in a formula",
    tail: withFactors(
      "preset: { path: topology.preset, values: [star, complete] }",
      "task.tools: { formula: ‸2 * preset }",
    ),
    message: "the factor preset is not always a number",
  },
  {
    title: "formulas in a circle",
    tail: withFactors(
      "a: { path: task.tools, formula: ‸c + 1 }",
      "b: { path: task.alternatives, formula: a }",
      "c: { path: models.base.errorRate, formula: b }",
    ),
    message: "use each other: a → c → b → a",
  },
  {
    title: "a formula of itself",
    tail: withFactors("a: { path: task.tools, formula: ‸a + 1 }"),
    message: "use each other: a → a",
  },
  {
    title: "a formula where a factor is not set",
    tail: withFactors(
      "n: { path: agents.worker.count, values: [1], only: team }",
      "t: { path: task.tools, formula: n, only: [team, ‸single] }",
    ),
    message: "uses n, which is not set in single",
  },
  {
    title: "a formula of factors that never meet",
    tail: withFactors(
      "n: { path: agents.worker.count, values: [1], only: team }",
      "m: { path: agents.solo.maxTurns, values: [1], only: single }",
      "t: { path: task.tools, formula: ‸n + m }",
    ),
    message: "no scenario has all of n, m",
  },

  // where
  {
    title: "an unknown factor in where",
    tail: `${withFactors(RATE)}where: ‸rats < 0.2`,
    message: "there is no factor rats",
    hint: "rate",
  },
  {
    title: "a where that leaves nothing",
    tail: `${withFactors(RATE)}where: ‸rate > 1`,
    message: "where leaves none of the 2 points",
  },
  {
    title: "a where that is no condition",
    tail: `${withFactors(RATE)}where: ‸2 * rate`,
    message: "where gives 0.2 (rate = 0.1)",
    hint: "compare",
  },
  {
    title: "a where that is no condition at some point",
    tail: `${withFactors(RATE)}where: ‸"rate < 0.15 ? rate < 1 : 1"`,
    message: "where gives 1 (rate = 0.2)",
  },
  {
    title: "words in a where",
    tail: `${withFactors("p: { path: topology.preset, values: [star] }")}where: ‸p > 1`,
    message: "the factor p is not always a number",
  },

  // Designs
  {
    title: "an unknown design",
    tail: `${withFactors(RATE)}design: { kind: ‸gird }`,
    message: '"gird"',
    hint: "did you mean grid?",
  },
  {
    title: "a size of a grid",
    tail: `${withFactors(RATE)}design: { kind: grid, ‸size: 3 }`,
    message: '"size" is not known',
  },
  {
    title: "no size",
    tail: `${withFactors(RATE)}‸design: { kind: sobol }`,
    message: "design.size is missing",
  },
  {
    title: "a zip of unequal lengths",
    tail: `${withFactors(RATE, TOOLS)}‸design: { kind: zip }`,
    message: "different numbers of values: rate 2, tools 3",
  },
  {
    title: "an unknown factor in a point",
    tail: `${withFactors("tools: { path: task.tools }")}design: { kind: points, points: [{ ‸tool: 1 }] }`,
    message: "there is no factor tool",
    hint: "did you mean tools?",
  },
  {
    title: "a point without a value",
    tail: `${withFactors("tools: { path: task.tools }")}design:
  kind: points
  points:
    - { tools: 1 }
    - ‸{}
`,
    message: "the point has no value for tools",
  },
  {
    title: "a formula's factor in a point",
    tail: `${withFactors("tools: { path: task.tools, formula: 1 + 2 }")}design: { kind: points, points: [{ ‸tools: 1 }] }`,
    message: "tools has a formula",
  },
  {
    title: "a value of a point that does not fit",
    tail: `${withFactors("tools: { path: task.tools }")}design: { kind: points, points: [{ tools: ‸-1 }] }`,
    message: "task.tools is -1, below the smallest value 0",
  },
  {
    title: "values beside points",
    tail: `${withFactors("tools: { path: task.tools, ‸values: [1] }")}design: { kind: points, points: [{ tools: 1 }] }`,
    message: "the factor has values, but the design lists the points",
  },

  // Metrics and precision
  {
    title: "an unknown metric",
    tail: "metrics: [‸succes]",
    message: "no metric succes",
    hint: "success",
  },
  {
    title: "a metric that needs a baseline",
    tail: "metrics: [‸amplification.task]",
    message: "compares with a baseline",
  },
  {
    title: "an unknown metric to be precise",
    tail: "precision: { ‸succes: 1% }",
    message: "no metric succes",
  },
  {
    title: "replications and a precision",
    tail: "replications: 10\n‸precision: { success: 1% }",
    message: "both replications and a precision",
  },
  {
    title: "a precision of nothing",
    tail: "‸precision: {}",
    message: "names no metric",
  },
  {
    title: "a precision that is none",
    tail: "precision: { success: ‸exact }",
    message: 'the text "exact"',
    rule: "1%",
  },
  { title: "a precision of 0", tail: "precision: { success: ‸0 }", message: "the number 0" },
  { title: "a cap alone", tail: "cap: ‸10", message: "a cap without a precision" },
];

test.each(BAD)("$title", async (bad) => {
  const { text, line, column } = unmark(textOf(bad));
  const [problem, ...others] = await problemsOf(load(text));
  expect(others.map(({ message }) => message)).toEqual([]);
  expect(problem.message).toContain(bad.message);
  expect({ file: problem.file, line: problem.line, column: problem.column }).toEqual({
    file: FILE,
    line,
    column,
  });
  expect(problem.severity).toBe("error");
  if (bad.rule !== undefined) expect(problem.rule).toContain(bad.rule);
  if (bad.hint !== undefined) expect(problem.hint).toContain(bad.hint);
});

test("a good experiment has no problems", async () => {
  expect(await problemsOf(load(textOf({})))).toEqual([]);
});

describe("problems", () => {
  test("of all kinds are told at once", async () => {
    const problems = await problemsOf(
      load(`scenarios: { team: team.yaml, broken: broken.yaml }
factors:
  task.tools: [1, -1]
  models.base.errorRat: [0.1]
where: rate < 1
metrics: [succes]
baseline: singel
`),
    );
    expect(problems.map(({ file, line }) => [file, line])).toEqual([
      ["lab/broken.yaml", 2],
      [FILE, 3],
      [FILE, 4],
      [FILE, 5],
      [FILE, 6],
      [FILE, 7],
    ]);
  });

  test("do not follow from one another", async () => {
    const problems = await problemsOf(
      load(`scenarios: { single: single.yaml, team: tame.yaml }
baseline: team
design: { kind: gird }
factors:
  workers: { path: agents.worker.count, values: [1, 2], only: team }
  tools: { path: task.tools, formula: workers }
  models.base.errorRate: { from: 0.1, to: 0.2 }
where: workers < 2
`),
    );
    expect(problems.map(({ message }) => message)).toEqual([
      "there is no file tame.yaml",
      'design.kind is the text "gird"',
    ]);
  });

  test("that a factor cannot mend are the scenario's own", async () => {
    const [problem, ...others] = await problemsOf(
      vary({ scenarios: ["lab/bare.yaml"], vary: ["task.tools=1,2"] }),
    );
    expect(others).toEqual([]);
    expect(problem.message).toBe("models.base.errorRate is missing");
    expect(problem.file).toBe("lab/bare.yaml");
  });

  test("of a scenario stand where it was written", async () => {
    const [problem, ...others] = await problemsOf(
      load(`scenarios: { broken: broken.yaml }\nfactors: { task.tools: [1, 2] }`),
    );
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ file: "lab/broken.yaml", line: 2, column: 10 });
  });
});

describe("options", () => {
  test("of --vary have a place of their own", async () => {
    const problems = await problemsOf(
      vary({ vary: ["task.tools=1,2", "models.base.errorRate=0.1,1.5", "n:task.tools=3"] }),
    );
    expect(problems.map(({ file, line, column }) => [file, line, column])).toEqual([
      ["(--vary)", 2, 27],
      ["(--vary)", 3, 3],
    ]);
  });

  test("are told in the same words", async () => {
    const problems = await problemsOf(
      vary({
        baseline: "tame",
        replications: 3,
        precision: { success: "1%" },
        metrics: ["succes"],
        where: "x > 1",
      }),
    );
    expect(problems.map(({ message }) => message).toSorted()).toEqual([
      "there are both replications and a precision",
      "there is no factor x",
      "there is no metric succes",
      "there is no scenario tame",
    ]);
  });

  test("name scenarios that are there", async () => {
    const problems = await problemsOf(vary({ scenarios: ["lab/tame.yaml"], baseline: "tame" }));
    expect(problems.map(({ message }) => message)).toEqual(["there is no file lab/tame.yaml"]);
  });

  test("name every scenario once", async () => {
    const problems = await problemsOf(vary({ scenarios: ["lab/team.yaml", "lab/team.yaml"] }));
    expect(problems.map(({ message }) => message)).toEqual([
      "another scenario is called team: that of lab/team.yaml",
    ]);
  });
});
