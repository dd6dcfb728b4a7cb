// What to fix first: where a report has it, and what it says without a result of importance.
import { describe, expect, test } from "vitest";
import { importanceCommand } from "../../../src/pages/report/fixFirst.ts";
import { reportOf } from "../../../src/pages/report/report.ts";
import { importanceOf, TEAM } from "../../decide/importance/support.ts";
import { run } from "./support.ts";

const importance = await importanceOf(TEAM, {
  vary: ["models.b.errorRate=0.1:0.5"],
  size: { replications: 1, basePoints: 32 },
});
const team = run([{ name: "team" }]);
const COMMAND = "faultline run team.yaml --replications 400 --seed 'a b' --set models.a.pace=2";
const origin = { command: COMMAND, scenarios: [] };

describe("the report of a run", () => {
  test("begins with what to fix first, where it is given a result of importance", async () => {
    const text = await reportOf([{ result: team }, { result: importance }], { format: "md" });
    const [first] = text.matchAll(/^### (.*)$/gm);
    expect(first[1]).toBe("What to fix first");
    expect(text).toMatch(/\nFix the agent b first, or the model b: success would rise by [\d.]+ /);
    expect(text).toContain("| Agent b | ▲ ");
    // The analysis has a section of its own, with all of its parts.
    expect(text).toContain("## What decides in team");
    expect(text).toMatch(/\*\*Claims\*\*/);
    expect(text).toContain("models.b.errorRate decides");
  });

  test("shows the same on a page, after the answer and before the facts", async () => {
    const text = await reportOf([{ result: team }, { result: importance }], { format: "html" });
    const places = ['class="answer"', "What to fix first</", 'class="facts"', "Key figures</"].map(
      (part) => text.indexOf(part),
    );
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(Math.min(...places)).toBeGreaterThan(0);
  });

  test("says what to type where it is not", async () => {
    const other = { ...importance, scenario: "another" };
    const text = await reportOf([{ result: team, origin }, { result: other }], { format: "md" });
    expect(text).toContain("faultline importance team.yaml --seed 'a b' --set models.a.pace=2\n");
    expect(await reportOf([{ result: team }], { format: "md" })).not.toContain("to fix first");
  });
});

test("a comparison names the scenario that is to be fixed", async () => {
  const both = run([{ name: "team" }, { name: "single" }]);
  const text = await reportOf([{ result: both }, { result: importance }], { format: "md" });
  expect(text).toContain("### What to fix first: team\n");
});

test.each([
  [undefined, undefined],
  ["faultline compare a.yaml b.yaml", undefined],
  ["faultline run a.yaml", "faultline importance a.yaml"],
  [
    "faultline run 'a b.yaml' --fixed --draws 8",
    "faultline importance 'a b.yaml' --fixed --draws 8",
  ],
  ["faultline run 'it'\\''s.yaml' --seed 7", "faultline importance 'it'\\''s.yaml' --seed 7"],
])("the command of importance after %s is %s", (command, expected) => {
  expect(importanceCommand(command)).toBe(expected);
});
