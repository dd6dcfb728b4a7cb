// Every kind of bad input of a targets file: one problem, at the exact place (the mark ‸), in words that help.
import { describe, expect, test } from "vitest";
import { unmark } from "../scenario/support.ts";
import { FILES, HEAD, ONE, problemsOf, SEARCH, TARGETS } from "./support.ts";

interface BadInput {
  readonly title: string;
  /** The whole file, or what replaces parts of a good one. */
  readonly file?: string;
  readonly head?: string;
  readonly parameter?: string;
  readonly target?: string;
  readonly search?: string;
  readonly message: string;
  readonly rule?: string;
  readonly hint?: string;
}

const GOOD = {
  head: HEAD.replace(", two: two.yaml", ""),
  parameter: "path: models.base.errorRate, in: models.yaml, range: [0.01, 0.9]",
  target: "id: one, metric: success, of: one, value: 0.8, tolerance: 0.02, source: us",
  search: SEARCH,
};

function textOf({ file, ...parts }: Partial<BadInput>): string {
  const { head, parameter, target, search } = { ...GOOD, ...parts };
  return file ?? `${head}parameters:\n  - { ${parameter} }\ntargets:\n  - { ${target} }\n${search}`;
}

const parameter = (more: string) => `path: models.base.errorRate, in: models.yaml, ${more}`;
const target = (more: string) => `id: one, of: one, source: us, ${more}`;

const BAD: BadInput[] = [
  // The file
  { title: "an empty file", file: "‸", message: "the file is empty" },
  { title: "broken YAML", file: "name: [a‸", message: "end with a ]" },
  {
    title: "an unknown key",
    head: `‸nam: a\n${GOOD.head}`,
    message: '"nam" is not known',
    hint: "name",
  },
  {
    title: "no name",
    file: `‸${textOf({}).replace("name: fit\n", "")}`,
    message: "name is missing",
  },
  {
    title: "a misplaced key",
    head: `${GOOD.head}‸weight: 2\n`,
    message: '"weight" is not known',
    hint: "belongs in targets",
  },

  // Scenarios
  {
    title: "a scenario file that is not there",
    head: "name: fit\nscenarios: { one: one.yaml, two: ‸three.yaml }\n",
    message: "there is no file three.yaml",
  },
  {
    title: "a scenario outside the project",
    head: "name: fit\nscenarios: { one: one.yaml, two: ‸../../two.yaml }\n",
    message: "outside the project",
  },
  {
    title: "a label that is no name",
    head: "name: fit\nscenarios: { one: one.yaml, ‸2: two.yaml }\n",
    message: "the key is the number 2",
  },

  // Parameters
  {
    title: "an unknown parameter",
    parameter: "path: ‸models.base.errorRat, range: [0.01, 0.9]",
    message: "there is no models.base.errorRat to set",
    hint: "did you mean models.base.errorRate?",
  },
  {
    title: "a path that the file does not have",
    parameter: "path: ‸models.base.drift, in: models.yaml, range: [0.01, 0.9]",
    message: "models.base.drift does not stand in models.yaml",
    hint: "leave out in",
  },
  {
    title: "a path that stands in a base of the file",
    parameter: "path: ‸models.base.errorRate, in: one.yaml, range: [0.01, 0.9]",
    message: "does not stand in one.yaml",
    hint: "it stands in fit/models.yaml",
  },
  {
    title: "a file that nobody extends",
    parameter: "path: models.base.errorRate, in: ‸other.yaml, range: [0.01, 0.9]",
    message: "no scenario extends other.yaml",
  },
  {
    title: "a file that is not there",
    parameter: "path: models.base.errorRate, in: ‸model.yaml, range: [0.01, 0.9]",
    message: "there is no file model.yaml",
  },
  {
    title: "a number that every scenario replaces",
    head: "name: fit\nscenarios: { one: fixed.yaml }\n",
    parameter: "path: ‸models.base.errorRate, in: models.yaml, range: [0.01, 0.9]",
    message: "reaches no scenario",
  },
  {
    title: "an inverted range",
    parameter: parameter("‸range: [0.9, 0.1]"),
    message: "the range is inverted",
    hint: "write [0.1, 0.9]",
  },
  { title: "an empty range", parameter: parameter("‸range: [0.1, 0.1]"), message: "0.1 is empty" },
  {
    title: "a range of one number",
    parameter: parameter("‸range: [0.1]"),
    message: "range is a list",
    rule: "two numbers",
  },
  {
    title: "a range from 0 on a log scale",
    parameter: parameter("‸range: [0, 0.9], scale: log"),
    message: "does not fit the scale log",
    hint: "begin above 0",
  },
  {
    title: "a range to 1 on a logit scale",
    parameter: parameter("‸range: [0.1, 1], scale: logit"),
    message: "does not fit the scale logit",
  },
  {
    title: "a range beyond what the field can be",
    parameter: parameter("range: [0.1, ‸1.2]"),
    message: "the range reaches 1.2, which models.base.errorRate cannot be",
    rule: "from 0 to 1",
  },
  {
    title: "an unknown scale",
    parameter: parameter("range: [0.1, 0.9], scale: ‸logg"),
    message: 'the text "logg"',
    hint: "log",
  },
  {
    title: "a start outside the range",
    parameter: parameter("range: [0.1, 0.9], start: ‸0.95"),
    message: "start is 0.95, outside the range",
  },
  {
    title: "a count",
    parameter: "path: ‸agents.worker.count, range: [1, 9]",
    message: "agents.worker.count is a whole number",
  },
  {
    title: "a text",
    parameter: "path: ‸seed, range: [1, 9]",
    message: "seed is no number",
  },
  {
    title: "a map",
    parameter: "path: ‸models.base, range: [1, 9]",
    message: "models.base is no number",
  },
  {
    title: "a number in a list",
    parameter: "path: ‸protocol.0.work.turns, range: [1, 9]",
    message: "lies inside a list",
    hint: "in: FILE",
  },
  {
    title: "a parameter that is free twice",
    parameter: `${GOOD.parameter} }\n  - { path: ‸models.base.errorRate, range: [0, 1]`,
    message: "models.base.errorRate is free already (in line 4)",
  },

  // Targets
  {
    title: "an unknown metric",
    target: target("metric: ‸sucess, value: 0.8, tolerance: 0.1"),
    message: "there is no metric sucess",
    hint: "did you mean success?",
  },
  {
    title: "an unknown label",
    target: "id: one, of: ‸onee, metric: success, value: 0.8, tolerance: 0.1, source: us",
    message: "there is no scenario onee",
    hint: "did you mean one?",
  },
  {
    title: "an unknown label in a list",
    target: "id: one, of: [one, ‸none], metric: success, value: 0.8, tolerance: 0.1, source: us",
    message: "there is no scenario none",
  },
  {
    title: "a success above 1",
    target: target("metric: success, value: ‸1.3, tolerance: 0.1"),
    message: "success can never be 1.3",
    rule: "from 0 to 1",
  },
  {
    title: "a success in percent",
    target: target("metric: success, value: ‸35, tolerance: 0.1"),
    message: "success can never be 35",
    hint: "write 0.35",
  },
  {
    title: "negative turns",
    target: target("metric: turns, value: ‸-1, tolerance: 0.1"),
    message: "turns can never be -1",
  },
  {
    title: "a value outside its own interval",
    target: target("metric: success, value: ‸0.8, interval: [0.5, 0.7]"),
    message: "0.8 lies outside its own interval",
  },
  {
    title: "an inverted interval",
    target: target("metric: success, value: 0.8, ‸interval: [0.9, 0.7]"),
    message: "the interval is inverted",
    hint: "write [0.7, 0.9]",
  },
  {
    title: "neither a value nor a bound",
    target: `‸${target("metric: success, tolerance: 0.1")}`,
    message: "neither a value nor a bound",
    rule: "atLeast, atMost",
  },
  {
    title: "a value and a bound",
    target: target("metric: success, value: 0.8, atLeast: ‸0.5, tolerance: 0.1"),
    message: "both a value and atLeast",
  },
  {
    title: "an interval of bounds",
    target: target("metric: success, atMost: 0.5, ‸interval: [0.4, 0.6]"),
    message: "atMost and an interval",
  },
  {
    title: "bounds without room between them",
    target: target("metric: success, atLeast: 0.5, atMost: ‸0.4, tolerance: 0.1"),
    message: "nothing is at least 0.5 and at most 0.4",
  },
  {
    title: "a bound that cannot be",
    target: target("metric: success, atLeast: ‸1.5, tolerance: 0.1"),
    message: "success can never be 1.5",
  },
  {
    title: "a bound without a scale",
    target: `‸${target("metric: success, atLeast: 0.8")}`,
    message: "neither an interval nor a tolerance",
  },
  {
    title: "a target without a scale",
    target: `‸${target("metric: success, value: 0.8")}`,
    message: "neither an interval nor a tolerance",
  },
  {
    title: "a count beside an error",
    target: target("metric: success, value: 0.8, error: 0.1, count: ‸50"),
    message: "both a count and an error",
  },
  {
    title: "a count of bounds",
    target: target("metric: success, atLeast: 0.8, count: ‸50"),
    message: "a count and no value",
  },
  {
    title: "a count of what is no share",
    target: target("metric: turns, value: 8, count: ‸50"),
    message: "turns is no share of trials",
    hint: "error: NUMBER",
  },
  {
    title: "a count without an error",
    target: target("metric: success, value: 1, count: ‸50"),
    message: "the binomial error of a rate of 1 is 0",
  },
  {
    title: "an error of 0",
    target: target("metric: success, value: 0.8, error: ‸0"),
    message: "the number 0",
  },
  {
    title: "a tolerance of 0",
    target: target("metric: success, value: 0.8, tolerance: ‸0"),
    message: "the number 0",
    rule: "above 0",
  },
  {
    title: "a share of nothing as tolerance",
    target: target("metric: messages, value: 0, tolerance: ‸10%"),
    message: "10% of a value of 0 is no tolerance",
  },
  {
    title: "a negative weight",
    target: target("metric: success, value: 0.8, tolerance: 0.1, weight: ‸-1"),
    message: "below the smallest value 0",
  },
  {
    title: "weights that are all 0",
    file: `${ONE.replace("source: closed", "weight: 0, source: closed").replace("targets:", "‸targets:")}`,
    message: "every target has weight 0",
  },
  {
    title: "a metric that compares with nothing",
    target: target("metric: ‸overhead, value: 50, tolerance: 10%"),
    message: "overhead compares with a baseline, and none is given",
  },
  {
    title: "a baseline too many",
    target: target("metric: success, value: 0.5, tolerance: 10%, against: ‸one"),
    message: "success compares with nothing",
  },
  {
    title: "a scenario against itself",
    target: target("metric: overhead, value: 50, tolerance: 10%, against: ‸one"),
    message: "one is compared with itself",
  },
  {
    title: "scenarios that cannot be paired",
    head: "name: fit\nscenarios: { one: one.yaml, other: other.yaml }\n",
    target: target("metric: overhead, value: 50, tolerance: 10%, against: ‸other"),
    message: "one cannot be compared with other",
  },
  {
    title: "no source",
    target: "‸id: one, of: one, metric: success, value: 0.8, tolerance: 0.1",
    message: "targets.0.source is missing",
  },
  {
    title: "two targets of one id",
    target: `${GOOD.target} }\n  - { ${GOOD.target.replace("id: ", "id: ‸")}`,
    message: "another target is called one (in line 6)",
  },

  // Search
  {
    title: "replications that fall",
    search:
      "search: { levels: [{ replications: 200, evaluations: 9 }, { replications: ‸100, evaluations: 9 }] }",
    message: "a level of 100 replications follows one of 200",
  },
  {
    title: "a descent of less than nothing",
    search: "search: { descent: ‸-1 }",
    message: "search.descent is -1, below the smallest value 0",
  },
  {
    title: "half an evaluation",
    search: "search: { polish: ‸1.5 }",
    message: "search.polish is 1.5, which is not whole",
  },
];

test.each(BAD)("$title", async (bad) => {
  // A map in braces is placed at its brace, before the mark.
  const { text, line, column } = unmark(textOf(bad).replace("{ ‸", "‸{ "));
  const problems = await problemsOf(text);
  const errors = problems.filter(({ severity }) => severity === "error");
  expect(errors, JSON.stringify(errors, null, 2)).toHaveLength(1);
  const [problem] = errors;
  expect(problem.message).toContain(bad.message);
  if (bad.rule) expect(problem.rule).toContain(bad.rule);
  if (bad.hint) expect(problem.hint).toContain(bad.hint);
  expect(problem).toMatchObject({ file: TARGETS, line, column });
});

test("the good file that all of these are made of has no problem", async () => {
  expect(await problemsOf(textOf({}))).toEqual([]);
});

test("all problems are told at once, those of scenarios too", async () => {
  const text = textOf({
    head: "name: 1\nscenarios: { one: one.yaml, bad: bad.yaml }\n",
    parameter: "path: models.base.errorRat, range: [0.9, 0.1]",
    target: "id: one, of: [one, bad], metric: sucess, value: 1.3, tolerance: 0",
  });
  const problems = await problemsOf(text, {
    ...FILES,
    "fit/bad.yaml": "extends: one.yaml\nagent: 1\n",
  });
  expect(problems.map(({ message }) => message)).toEqual([
    'the key "agent" is not known',
    "name is the number 1",
    "there is no models.base.errorRat to set",
    "the range is inverted",
    "targets.0.source is missing",
    "there is no metric sucess",
    "targets.0.tolerance is the number 0",
  ]);
});

test("a scenario that is not valid at the start is told where it is written", async () => {
  const files = {
    ...FILES,
    "fit/one.yaml": FILES["fit/one.yaml"].replace("who: worker", "who: x"),
  };
  const [problem] = await problemsOf(textOf({}), files);
  expect(problem).toMatchObject({ file: "fit/one.yaml", line: 5, severity: "error" });
});

describe("warnings", () => {
  test("more parameters than targets", async () => {
    const text = textOf({
      parameter: `${GOOD.parameter} }\n  - { path: models.base.drift, range: [0, 0.1]`,
    });
    const [problem] = await problemsOf(text);
    expect(problem).toMatchObject({
      severity: "warning",
      message: expect.stringContaining("2 free parameters and 1 target to fit"),
      line: 3,
    });
  });

  test("a scenario that no target is about", async () => {
    const [problem] = await problemsOf(textOf({ head: HEAD }));
    expect(problem).toMatchObject({ severity: "warning", line: 2, column: 34 });
  });

  test("a value in the files outside the range", async () => {
    const [problem] = await problemsOf(textOf({ parameter: parameter("range: [0.1, 0.4]") }));
    expect(problem.message).toContain("0.5, is outside the range");
  });
});
