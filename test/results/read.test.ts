// Documents read back: what is written is read, and what is damaged is told with its place.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { beforeAll, describe, expect, test } from "vitest";
import { ScenarioError } from "../../src/documents/checking/problems.ts";
import type { KindName } from "../../src/results/documents.ts";
import { documentJsonSchema, KIND_NAMES } from "../../src/results/jsonSchema.ts";
import { readDocument } from "../../src/results/read.ts";
import { crossing } from "../charts/support.ts";
import { shippedDocuments, type Written, writtenDocuments } from "./documents.ts";

const ROOT = join(import.meta.dirname, "..", "..");

const read = (text: string, kinds: readonly KindName[] = KIND_NAMES) =>
  readDocument(text, "r.json", { kinds, takes: "this takes" });

function problemsOf(text: string, kinds?: readonly KindName[]) {
  try {
    read(text, kinds);
  } catch (error) {
    if (error instanceof ScenarioError)
      return error.problems.map(({ line, column, message }) => `${line}:${column} ${message}`);
    throw error;
  }
  return [];
}

let written: Written;
let shipped: Written;

beforeAll(async () => {
  written = await writtenDocuments();
  shipped = await shippedDocuments();
}, 120_000);

describe("what commands write", () => {
  test("is read back as it is", () => {
    for (const [name, text] of [...Object.entries(written), ...Object.entries(shipped)]) {
      expect(problemsOf(text), name).toEqual([]);
      if (!/trace/.test(name)) expect(read(text), name).toEqual(JSON.parse(text));
    }
  });

  test("conforms to the published schemas", () => {
    const ajv = new Ajv2020({ strict: false, allErrors: true });
    for (const text of [...Object.values(written), ...Object.values(shipped)]) {
      const document = read(text);
      const name = /faultline\/(.*)@1/.exec(document.schema)?.[1] as KindName;
      const isValid = ajv.compile(documentJsonSchema(name));
      expect([isValid(document), isValid.errors], name).toEqual([true, null]);
    }
  });

  test("has shipped predictions and calibrations among it", () => {
    for (const name of ["predictions", "calibration"])
      expect(
        problemsOf(readFileSync(join(ROOT, `scenarios/kim2025/golden/${name}.json`), "utf8")),
      ).toEqual([]);
  });
});

test("the schemas that ship are those that documents are held against (npm run schema)", () => {
  const files = readdirSync(join(ROOT, "schemas"));
  expect(files.sort()).toEqual(KIND_NAMES.map((name) => `${name}.schema.json`).sort());
  for (const name of KIND_NAMES)
    expect(JSON.parse(readFileSync(join(ROOT, "schemas", `${name}.schema.json`), "utf8"))).toEqual(
      documentJsonSchema(name),
    );
});

describe("a document that is none", () => {
  test("is told where it is nested without end and cut off", () => {
    const [problem] = problemsOf(`{"schema": "faultline/run@1", "x": ${"[".repeat(200_000)}`);
    expect(problem).toContain("the file ends here");
  });

  test.each([
    ["", "1:1 the file is empty"],
    ["{ not json", "1:3 a key is expected here"],
    ['{"a": [1, 2', "1:12 the file ends here, within its document"],
    ['{"a": 1e}', "1:7 a value is expected here"],
    ['{"a": NaN}', "1:7 a value is expected here"],
    ['{"a": "x\\u12"}', "1:9 there is no such escape"],
    ['{"a": 1}\n{"b": 2}', "2:1 there is more after the end of the document"],
    ['{"a" 1}', "1:6 a colon is expected here"],
    ['{"a": 1 "b"}', "1:9 a comma or the end of the list or map is expected here"],
    ["[]", "1:1 this is no map with a schema"],
    ["{}", "1:1 the document has no schema"],
    ['{\n "schema": "toString"}', "2:12 schema names no document of Faultline"],
    ['{"schema": "faultline/sweap@1"}', '1:12 there is no kind of document "sweap"'],
    [
      '{"schema": "faultline/run@2"}',
      "1:12 this is a result of run of version 2; this version of faultline reads version 1",
    ],
    ['{"schema": "faultline/calibrate@1"}', "1:12 this is a calibration"],
  ])("%j is told", (text, problem) => {
    const problems = problemsOf(text, ["run", "compare"]);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(problem);
  });
});

describe("a damaged document", () => {
  const damaged = (change: (sweep: ReturnType<typeof JSON.parse>) => void) => {
    const sweep = JSON.parse(JSON.stringify(crossing()));
    change(sweep);
    return problemsOf(JSON.stringify(sweep, undefined, 1));
  };

  test("is told with all problems, their places and paths", () => {
    const problems = damaged((sweep) => {
      sweep.rows[0].metrics.success.ci = [0.9, 0.1];
      sweep.rows[1].status = "okay";
      delete sweep.rows[2].cell;
      sweep.cells = -1;
    });
    expect(problems.map((one) => one.replace(/^\d+:\d+ /, ""))).toEqual([
      "cells is -1, below the smallest value 0",
      "rows.0.metrics.success.ci is a list",
      'rows.1.status is the text "okay"',
      "rows.2.cell is missing",
    ]);
  });

  test.each([
    ["a scenario twice", (s) => s.rows.push(s.rows[0]), /stands twice/],
    ["a metric that is none", (s) => s.metrics.push("sucess"), /no metric "sucess"/],
    ["a factor that is none", (s) => (s.rows[3].factors.nix = 1), /there is no such factor/],
    ["a cell too many", (s) => (s.rows[3].cell = 99), /is of cell 99/],
    ["a row without its result", (s) => delete s.rows[3].metrics, /lacks metrics/],
    ["a metric in one row only", (s) => delete s.rows[3].metrics.cost, /lacks cost/],
    ["a baseline that is none", (s) => (s.rows[3].baseline = "x"), /no such scenario/],
  ] satisfies [string, (s: ReturnType<typeof JSON.parse>) => unknown, RegExp][])(
    "with %s is told",
    (_, change, message) => {
      expect(damaged(change).join("\n")).toMatch(message);
    },
  );

  test("with values where its figure is no map, or a map without them, is told", () => {
    const figureOf = (change: (figure: ReturnType<typeof JSON.parse>) => void) => {
      const study = JSON.parse(shipped.figures);
      const [figure] = study.figures;
      figure.series = [{ name: "one", points: [{ x: 1, y: 2 }] }];
      change(figure);
      return problemsOf(JSON.stringify(study)).map((one) => one.replace(/^\d+:\d+ /, ""));
    };
    const point = { x: 1, y: 2, value: 0.5, low: 0.4, high: 0.6 };
    const asMap = (figure: ReturnType<typeof JSON.parse>) => (figure.kind = "map");
    const withValue = (figure: ReturnType<typeof JSON.parse>) =>
      (figure.series[0].points = [point]);
    expect(figureOf(() => {})).toEqual([]);
    expect(figureOf(asMap)).toEqual(["the point has no value"]);
    expect(figureOf(withValue)).toEqual(["the point has a value"]);
    expect(
      figureOf((figure) => {
        asMap(figure);
        withValue(figure);
      }),
    ).toEqual([]);
  });

  test("has a bounded number of problems", () => {
    const problems = damaged((sweep) => {
      for (const row of sweep.rows) row.metrics = { success: 1, cost: "x", turns: [] };
    });
    expect(problems.length).toBeLessThanOrEqual(50);
    expect(problems.length).toBeGreaterThan(40);
  });

  test("of one long line is quoted around its place", () => {
    const text = JSON.stringify(crossing()).replace('"cells":15', '"cells":"many"');
    const [problem] = problemsOf(text);
    expect(problem).toMatch(/^1:\d+ cells is the text "many"$/);
  });

  test("with lists nested without end where a word belongs is told", () => {
    const deep = "[".repeat(100_000) + "]".repeat(100_000);
    const event = `{"t":0,"event":${deep}}`;
    const log = shipped.trace.replace("\n", `\n${event}\n`);
    expect(problemsOf(log)).toEqual(["2:8 events.1.event is a list"]);
    const sweep = JSON.stringify(crossing()).replace('"status":"ok"', `"status":${deep}`);
    expect(problemsOf(sweep)[0]).toContain("rows.0.status is a list");
  });

  test("that is an event log is told by the line of the event", () => {
    const lines = shipped.trace.trimEnd().split("\n");
    const event = JSON.parse(lines[4]);
    const wrong = JSON.stringify({ ...event, t: "soon" });
    const at = wrong.indexOf('"soon"') + 1;
    expect(problemsOf([...lines.slice(0, 4), wrong, ...lines.slice(5)].join("\n"))).toEqual([
      `5:${at} events.4.t is the text "soon"`,
    ]);
    expect(problemsOf([...lines.slice(0, 4), '{"t": 1,'].join("\n"))[0]).toContain(
      "5:9 the file ends here",
    );
  });
});
