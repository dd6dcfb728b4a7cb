import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { atif } from "../../src/logs/formats/atif.ts";
import { hasTraces, readPaths, readRecords, TRACES, totalOf } from "./reading.ts";

const step = (second: number, fields: object = {}) => ({
  source: "agent",
  timestamp: `2026-01-01T00:00:0${second}Z`,
  metrics: { prompt_tokens: 10, completion_tokens: 1 },
  ...fields,
});
const user = (second: number) => ({ source: "user", timestamp: `2026-01-01T00:00:0${second}Z` });
const trajectory = (name: string, steps: readonly unknown[], fields: object = {}) => ({
  schema_version: "ATIF-v1.6",
  session_id: `session-${name}`,
  agent: { name, model_name: "m-1" },
  steps,
  ...fields,
});
/** A step that hands on to a subagent. */
const delegating = (second: number, ref: object) =>
  step(second, {
    tool_calls: [{ tool_call_id: "c", function_name: "delegate" }],
    observation: { results: [{ source_call_id: "c", subagent_trajectory_ref: [ref] }] },
  });
const to = (from: string, to: string) => ({ from, to });

test("steps of the agent are turns, with tokens, cost, time and tools", () => {
  const metrics = { prompt_tokens: "100", completion_tokens: 5, cached_tokens: 40, cost_usd: 0.25 };
  const steps = [
    user(0),
    step(2, {
      metrics: { ...metrics, extra: { latency_ms: 1500 } },
      tool_calls: [{ tool_call_id: "a", function_name: "run" }, { function_name: "look" }],
      observation: {
        results: [{ content: "fine" }, { source_call_id: "a", content: "Error: no" }],
      },
    }),
    step(3, { model_name: "m-2", metrics: null, is_copied_context: true }),
    step(5, { model_name: "m-2", metrics: null }),
  ];
  const { runs, troubles } = readRecords(atif, [trajectory("solo", steps)]);
  expect(troubles).toEqual([]);
  expect(runs).toEqual([
    {
      id: "session-solo",
      place: "log.json:1",
      seconds: 5,
      isComplete: true,
      messages: [],
      turns: [
        {
          agent: "solo",
          model: "m-1",
          start: 2,
          seconds: 1.5,
          inputTokens: 100,
          cachedTokens: 40,
          outputTokens: 5,
          dollars: 0.25,
          tools: [
            { name: "run", hasFailed: true },
            { name: "look", hasFailed: false },
          ],
        },
        { agent: "solo", model: "m-2", start: 5, tools: [] },
      ],
    },
  ]);
});

describe("a subagent is of the run of its orchestrator", () => {
  const child = trajectory("helper", [step(2)]);
  const by = (ref: object) => trajectory("boss", [user(0), delegating(1, ref), step(3)]);
  const expected = {
    messages: [to("boss", "helper"), to("helper", "boss")],
    turns: [{ agent: "boss" }, { agent: "helper" }, { agent: "boss" }],
  };

  test("within it, with a reference and without", () => {
    const embedded = { subagent_trajectories: [{ ...child, trajectory_id: "t" }] };
    const parent = { ...by({ trajectory_id: "t", session_id: "session-boss" }), ...embedded };
    expect(readRecords(atif, [parent]).runs).toMatchObject([expected]);
    expect(readRecords(atif, [{ ...by({}), ...embedded }]).runs).toMatchObject([expected]);
  });

  test("beside it in one document, or as another file of the folder, in either order", () => {
    const parent = by({ session_id: "session-helper" });
    expect(readRecords(atif, [{ parent, child }]).runs).toMatchObject([expected]);
    expect(readRecords(atif, [child, parent]).runs).toMatchObject([expected]);
    expect(readRecords(atif, [parent, child]).runs).toMatchObject([expected]);
  });

  test("in order of the references where steps have no times", () => {
    const bare = (name: string, ref?: object) =>
      trajectory(name, [
        { source: "agent" },
        ...(ref === undefined
          ? []
          : [{ ...delegating(0, ref), timestamp: null }, { source: "agent" }]),
      ]);
    const { runs } = readRecords(atif, [
      bare("boss", { session_id: "session-helper" }),
      bare("helper"),
    ]);
    expect(runs.map(({ turns }) => turns.map(({ agent }) => agent))).toEqual([
      ["boss", "boss", "helper", "boss"],
    ]);
  });

  test("those that lead to each other are one run, and strangers of a folder are two", () => {
    const circle = ["a", "b"].map((name, i) =>
      trajectory(name, [delegating(1, { session_id: `session-${"ba"[i]}` })]),
    );
    expect(readRecords(atif, circle).runs.map(({ turns }) => turns.length)).toEqual([2]);
    const strangers = ["a", "b"].map((name) => trajectory(name, [step(1)]));
    expect(readRecords(atif, strangers).runs.map(({ turns }) => turns.length)).toEqual([1, 1]);
  });
});

test("what continues a trajectory is of its run, without messages", async () => {
  const { runs } = await readFiles({
    "trajectory.cont-1.json": trajectory("solo", [
      { ...step(1), is_copied_context: true },
      step(4),
    ]),
    "trajectory.json": trajectory("solo", [step(1)], {
      session_id: "first",
      continued_trajectory_ref: "trajectory.cont-1.json",
    }),
  });
  expect(runs).toMatchObject([{ id: "first", messages: [], turns: [{ start: 0 }, { start: 3 }] }]);
});

test("totals fill in what no step states, and show a call that no step tells of", () => {
  const read = (final_metrics: object, metrics: object) =>
    readRecords(atif, [trajectory("solo", [step(1, { metrics })], { final_metrics })]).runs[0];
  expect(read({ total_cost_usd: 0.5 }, { prompt_tokens: 10 }).dollars).toBe(0.5);
  expect(read({ total_cost_usd: 0.5 }, { cost_usd: 0.5 }).dollars).toBeUndefined();
  expect(read({ total_prompt_tokens: 10 }, { prompt_tokens: 10 }).isComplete).toBe(true);
  expect(read({ total_prompt_tokens: 25 }, { prompt_tokens: 10 }).isComplete).toBe(false);
  expect(read({ total_prompt_tokens: 25 }, {}).isComplete).toBe(true);
});

test("a trajectory that says that it timed out is not complete; negative amounts are told", () => {
  const timeout = trajectory("solo", [step(1)], {
    extra: { termination_reason: "AgentTimeoutError" },
  });
  expect(readRecords(atif, [timeout]).runs[0].isComplete).toBe(false);
  const negative = trajectory("solo", [step(1, { metrics: { prompt_tokens: -5 } })]);
  const { runs, troubles } = readRecords(atif, [negative]);
  expect(runs[0].turns[0].inputTokens).toBeUndefined();
  expect(troubles).toEqual(["negative steps log.json:1"]);
});

describe("success stands beside the trajectory", () => {
  const solo = trajectory("solo", [step(1)]);

  test("as Harbor writes it", async () => {
    const { runs } = await readFiles({
      "one/agent/trajectory.json": solo,
      "one/verifier/reward.txt": "1\n",
      "one/result.json": { task_name: "hello", exception_info: null },
      "two/agent/trajectory.json": { ...solo, session_id: "two" },
      "two/result.json": {
        task_name: "hello",
        verifier_result: { rewards: { reward: 0 } },
        exception_info: { exception_type: "AgentTimeoutError" },
      },
    });
    expect(runs).toMatchObject([
      { task: "hello", success: 1, isComplete: true },
      { task: "hello", success: 0, isComplete: false },
    ]);
  });

  test("in the same folder", async () => {
    const read = async (files: Readonly<Record<string, unknown>>) =>
      (await readFiles({ "t.json": solo, ...files })).runs[0].success;
    expect(await read({ "t.reward": "0.5" })).toBe(0.5);
    expect(await read({ "reward.txt": "1" })).toBe(1);
    expect(await read({ "result.json": { success: true } })).toBe(1);
    expect(await read({ "result.json": "{" })).toBeUndefined();
    // Nobody knows which of several trajectories is meant.
    const other = { ...solo, session_id: "other" };
    expect(await read({ "reward.txt": "1", "u.json": other })).toBeUndefined();
  });
});

/** Reads a folder with these files; what is no text is JSON. */
async function readFiles(files: Readonly<Record<string, unknown>>) {
  const folder = mkdtempSync(join(tmpdir(), "atif-"));
  try {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      const text = typeof content === "string" ? content : JSON.stringify(content);
      writeFileSync(join(folder, name), text);
    }
    return await readPaths([folder]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe.skipIf(!hasTraces)("real trajectories", () => {
  test.each([
    ["simple_trajectory", 2, 1, 1120, 124, true],
    ["multi_tool_trajectory", 3, 4, 9150, 635, true],
    ["harbor_openhands", 2, 2, 220, 80, true],
    ["harbor_terminus2_timeout", 3, 3, 882, 115, false],
    ["subagent_trajectories", 3, 1, 2600, 210, true],
    ["v17_embedded_subagents", 3, 1, 67, 21, true],
  ])("%s", async (name, turns, tools, input, output, isComplete) => {
    const { runs, summary } = await readPaths([join(TRACES, "atif", `${name}.json`)]);
    expect(summary.troubles).toEqual([]);
    expect(runs.map((run) => run.isComplete)).toEqual([isComplete]);
    expect(totalOf(runs, () => 1)).toBe(turns);
    expect(totalOf(runs, (turn) => turn.tools.length)).toBe(tools);
    expect(totalOf(runs, (turn) => turn.inputTokens)).toBe(input);
    expect(totalOf(runs, (turn) => turn.outputTokens)).toBe(output);
  });

  test("six runs in the folder", async () => {
    const { runs } = await readPaths([join(TRACES, "atif")]);
    expect(runs.length).toBe(6);
    expect(runs[0].dollars ?? totalOf([runs[0]], ({ dollars }) => dollars)).toBeCloseTo(
      0.00135,
      12,
    );
    expect(runs[1].dollars).toBe(0.0039050000000000005);
  });
});
