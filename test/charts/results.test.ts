import { describe, expect, test } from "vitest";
import { parseResult, ResultError } from "../../src/charts/results.ts";
import { crossing } from "./support.ts";

describe("parseResult", () => {
  test("reads a document by its schema", () => {
    const sweep = crossing();
    expect(parseResult(JSON.stringify(sweep), "r.json")).toEqual(sweep);
  });

  test("reads an event log, a JSON object a line", () => {
    const began = {
      t: 0,
      event: "began",
      schema: "faultline/trace@1",
      scenario: "s",
      seed: "x",
      replication: 2,
    };
    const text = `${JSON.stringify(began)}\n${JSON.stringify({ t: 1, event: "arrived", size: 3 })}\n`;
    expect(parseResult(text, "log")).toMatchObject({
      schema: "faultline/trace@1",
      scenario: "s",
      replication: 2,
      events: [{ event: "began" }, { event: "arrived" }],
    });
  });

  test.each([
    ["", "r.json is no JSON"],
    ["{ not json", "r.json is no JSON"],
    ["[]", "r.json is no result of Faultline: it names no schema"],
    ["{}", "r.json is no result of Faultline: it names no schema"],
    [
      '{"schema": "faultline/run@9"}',
      'r.json has the schema "faultline/run@9", which is not known; known are faultline/run@1',
    ],
    [
      '{"schema": "faultline/sweep@1"}',
      "r.json is damaged: faultline/sweep@1 has a list called rows",
    ],
    ['{"schema": "toString"}', "which is not known"],
  ])("refuses %j", (text, message) => {
    expect(() => parseResult(text, "r.json")).toThrow(ResultError);
    expect(() => parseResult(text, "r.json")).toThrow(message);
  });
});
