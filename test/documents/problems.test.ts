// How problems are written out, and that all of a file are told at once.
import { describe, expect, test } from "vitest";
import type { Problem } from "../../src/documents/checking/problems.ts";
import {
  formatProblem,
  formatProblems,
  ScenarioError,
  Source,
} from "../../src/documents/checking/problems.ts";
import { load, problemsOf, scenarioText } from "../scenario/support.ts";

const PROBLEM: Problem = {
  file: "team.yaml",
  line: 12,
  column: 7,
  path: "agents.worker",
  message: "it is wrong",
  severity: "error",
  source: "abc  x: y",
};

describe("one problem", () => {
  test("has place, message, source with caret, rule and hint", () => {
    expect(formatProblem({ ...PROBLEM, rule: "it is right", hint: "right it" })).toBe(
      [
        "team.yaml:12:7: error: it is wrong",
        "   12 | abc  x: y",
        "      |       ^",
        "  rule: it is right",
        "  hint: right it",
      ].join("\n"),
    );
  });

  test("has its page last, where it is a warning", () => {
    const warning = { ...PROBLEM, severity: "warning", topic: "unused-model" } as const;
    expect(
      formatProblem({ ...warning, hint: "remove it" })
        .split("\n")
        .slice(-2),
    ).toEqual(["  hint: remove it", "  page: docs/reference/troubleshooting.md#unused-model"]);
  });

  test("has no place in the file if there is none", () => {
    const { source, ...rest } = PROBLEM;
    expect(source).toBeDefined();
    expect(formatProblem({ ...rest, line: 0, column: 0 })).toBe("team.yaml: error: it is wrong");
  });

  test("is coloured by what is given", () => {
    const tag = (name: string) => (text: string) => `<${name}>${text}</>`;
    const colors = {
      bold: tag("b"),
      red: tag("r"),
      yellow: tag("y"),
      cyan: tag("c"),
      dim: tag("d"),
    };
    expect(formatProblem({ ...PROBLEM, severity: "warning" }, colors)).toContain("<y>warning:</>");
    expect(formatProblem(PROBLEM, colors)).toContain("<r>^</>");
  });

  test("cannot act on the terminal", () => {
    const text = formatProblem({
      ...PROBLEM,
      file: "a\u001b[2Jb",
      message: "x\u001b]0;title\u0007\nerror: forged",
      source: "a\tb\u001b[31mc\u0000\u202ed\ud800e\u009b",
      hint: "\u2028",
      column: 4,
    });
    expect(text).toContain("a b␛[31mc␀\ufffdd\ufffde\ufffd");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u202e]/);
    expect(text.split("\n")).toHaveLength(4);
  });

  test("keeps the caret under its column where the line is long, and beside letters of two units", () => {
    const caretOf = (problem: Problem) => {
      const [, source, caret] = formatProblem(problem).split("\n");
      const characters = Array.from(source);
      expect(characters.length).toBeLessThan(120);
      return characters[caret.indexOf("^")];
    };
    const long = `${"-".repeat(500)}X${"-".repeat(500)}`;
    expect(caretOf({ ...PROBLEM, source: long, column: 501 })).toBe("X");
    expect(caretOf({ ...PROBLEM, source: `X${long}`, column: 1 })).toBe("X");
    expect(caretOf({ ...PROBLEM, source: `${long}X`, column: 1002 })).toBe("X");
    expect(caretOf({ ...PROBLEM, source: "🦉🦉X", column: 5 })).toBe("X");
  });
});

describe("many problems", () => {
  test("are cut off after 50", () => {
    const text = formatProblems(new Array(53).fill(PROBLEM));
    expect(text.match(/error: it is wrong/g)).toHaveLength(50);
    expect(text).toMatch(/and 3 more problems$/);
    expect(formatProblems(new Array(51).fill(PROBLEM))).toMatch(/and 1 more problem$/);
  });

  test("tell the page of a topic once", () => {
    const unused = { ...PROBLEM, severity: "warning", topic: "unused-model" } as const;
    const idle = { ...unused, topic: "agents-in-no-phase" } as const;
    const text = formatProblems([unused, PROBLEM, idle, unused]);
    expect(text.match(/page: .*/g)).toEqual([
      "page: docs/reference/troubleshooting.md#unused-model",
      "page: docs/reference/troubleshooting.md#agents-in-no-phase",
    ]);
    expect(text.split("\n\n")[0]).toContain("#unused-model");
  });

  test("make the message of the error", async () => {
    await expect(load(scenarioText({ head: "seed: 5" }))).rejects.toThrow(
      new ScenarioError(await problemsOf(scenarioText({ head: "seed: 5" }))).message,
    );
  });

  test("of all phases are told at once, in order", async () => {
    const problems = await problemsOf(
      `__proto__: 1
task:
  graph: { shape: graph, claims: { a: [b], b: [a] } }
  tols: 3
models:
  base: { errorRate: half }
parameters: { p: "= q" }
agents:
  boss: { role: orchestrater, propagation: 2 }
  worker: { model: bsae }
topology:
  preset: ring
  edges: [{ from: worker, to: nobody }]
protocol:
  - wrok: { who: worker }
  - send: { from: worker, to: bos }
thresholds: [success]`,
      { overrides: { "agents.wroker.count": 2 } },
    );
    expect(
      problems.map(({ file, line, column, message }) => `${file}:${line}:${column} ${message}`),
    ).toEqual([
      "(overrides):1:8 there is no agents.wroker to set",
      'team.yaml:1:1 the key "__proto__" is not allowed',
      "team.yaml:3:36 the claims build on each other: a, b, a",
      'team.yaml:4:3 the key "tols" is not known in task',
      'team.yaml:6:22 models.base.errorRate is the text "half"',
      'team.yaml:7:18 the formula of parameters.p uses "q", which is not known',
      'team.yaml:9:17 agents.boss.role is the text "orchestrater"',
      "team.yaml:9:44 agents.boss.propagation is 2, above the largest value 1",
      'team.yaml:10:20 there is no model "bsae"',
      'team.yaml:13:31 there is no group of agents "nobody"',
      "team.yaml:14:1 the protocol has no aggregate phase",
      'team.yaml:15:5 the key "wrok" is not known in protocol.0',
      'team.yaml:16:31 there is no group of agents "bos"',
      'team.yaml:17:14 "success" is not a threshold',
    ]);
  });
});

test("a source knows its lines", () => {
  const source = new Source("f", "ab\r\nc\n\nd");
  expect([0, 1, 4, 6, 7].map((offset) => source.locate(offset))).toEqual(
    [
      [1, 1],
      [1, 2],
      [2, 1],
      [3, 1],
      [4, 1],
    ].map(([line, column]) => ({ file: "f", line, column })),
  );
  expect([0, 1, 2, 3, 4, 5].map((n) => source.line(n))).toEqual([
    undefined,
    "ab",
    "c",
    "",
    "d",
    undefined,
  ]);
});
