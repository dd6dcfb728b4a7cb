import { describe, expect, test } from "vitest";
import {
  ensembleText,
  loadEnsemble,
  overridesOf,
  readEnsemble,
} from "../../../src/calibrate/ensemble/file.ts";
import { ScenarioError } from "../../../src/documents/checking/problems.ts";
import { memoryFiles } from "../../../src/documents/reading/files.ts";

const spread = { range: [0, 1], mean: 0, sd: 0, quantiles: [0, 0, 0], narrowed: 0 } as const;
const ENSEMBLE = {
  parameters: [
    { path: "models.base.errorRate", in: "agents.yaml", ...spread },
    { path: "task.difficulty", in: 'tasks/a, "b".yaml', ...spread },
    { path: "agents.worker.heed", ...spread },
    { path: "models.base.pace", in: "agents.yaml", ...spread },
  ],
  members: [
    { values: [0.1, -2, 1e-7, 1.5], minusTwoLogL: 12.5 },
    { values: [0.2, 3, 0.5, 0.5], minusTwoLogL: -1 },
  ],
};

function problemsOf(text: string): string[] {
  try {
    readEnsemble(text, "ensemble.csv");
    return [];
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    return error.problems.map(({ line, column, message }) => `${line}:${column} ${message}`);
  }
}

describe("the file of an ensemble", () => {
  const text = ensembleText(ENSEMBLE, ["Ensemble of 2 sets", "", "seed: x"]);

  test("says where it comes from, and has a row per member", () => {
    expect(text).toBe(
      `# Ensemble of 2 sets
#
# seed: x
member,minusTwoLogL,agents.yaml:models.base.errorRate,"tasks/a, ""b"".yaml:task.difficulty",agents.worker.heed,agents.yaml:models.base.pace
1,12.5,0.1,-2,1e-7,1.5
2,-1,0.2,3,0.5,0.5
`,
    );
  });

  test("is read as it was written", () => {
    for (const own of [text, `\ufeff${text.replaceAll("\n", "\r\n")}`]) {
      const read = loadEnsemble("a/ensemble.csv", memoryFiles({ "a/ensemble.csv": own }));
      expect(read).toEqual({
        provenance: ["Ensemble of 2 sets", "", "seed: x"],
        parameters: [
          { path: "models.base.errorRate", in: "agents.yaml" },
          { path: "task.difficulty", in: 'tasks/a, "b".yaml' },
          { path: "agents.worker.heed" },
          { path: "models.base.pace", in: "agents.yaml" },
        ],
        members: ENSEMBLE.members,
      });
    }
  });

  test("gives what a member sets, file by file", () => {
    expect(overridesOf(ENSEMBLE, ENSEMBLE.members[0])).toEqual([
      {
        in: "agents.yaml",
        overrides: { "models.base.errorRate": 0.1, "models.base.pace": 1.5 },
      },
      { in: 'tasks/a, "b".yaml', overrides: { "task.difficulty": -2 } },
      { in: undefined, overrides: { "agents.worker.heed": 1e-7 } },
    ]);
  });
});

describe("what is wrong with a file is told with its place, all at once", () => {
  const HEAD = "member,minusTwoLogL,a.yaml:x.y";

  test.each([
    ["", ["0:0 the ensemble is empty"]],
    ["# only a comment\n", ["0:0 the ensemble is empty"]],
    [`${HEAD}\n`, ["0:0 the ensemble has no members"]],
    ["set,chi2,x.y\n1,2,3\n", ["1:1 column 1 is called set", "1:5 column 2 is called chi2"]],
    ["member\n1\n", ["1:1 column 2 is missing"]],
    [`${HEAD},b.yaml:x.y,a.yaml:x.y\n1,2,3,4,5\n`, ["1:43 the column a.yaml:x.y comes twice"]],
    [`${HEAD},x..y\n1,2,3,4\n`, ['1:32 "x..y" is no number\'s name']],
    [
      `# from\n${HEAD}\n1,2,three\n2,,4\n3,1\n4,1,2,3\n5,1,Infinity\n`,
      [
        '3:5 a.yaml:x.y is "three"',
        '4:3 minusTwoLogL is ""',
        "5:1 the line has 2 fields",
        "6:1 the line has 4 fields",
        '7:5 a.yaml:x.y is "Infinity"',
      ],
    ],
    [
      `${HEAD}\n1,2,3"\n`,
      ["2:1 the line has 2 fields", "2:5 a quote does not end, or stands inside of a field"],
    ],
  ])("%j", (text, messages) => {
    expect(problemsOf(text)).toEqual(messages);
  });

  test("with the rule", () => {
    expect(() => readEnsemble(`${HEAD}\n1,2,3;5\n`, "e.csv")).toThrow(
      /^e\.csv:2:5: error: a\.yaml:x\.y is "3;5"\n.*rule: a field is a finite number/s,
    );
  });
});
