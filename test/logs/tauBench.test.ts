import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { chatTurns } from "../../src/logs/formats/chat.ts";
import { tauBench } from "../../src/logs/formats/tauBench.ts";
import { hasTraces, readBytes, readPaths, readRecords, TRACES, totalOf } from "./reading.ts";

const policy = { role: "system", content: "Help with flights." };
const call = (id: string, name = "book") => ({
  role: "assistant",
  content: null,
  tool_calls: [{ id, type: "function", function: { name, arguments: "{}" } }],
});
const result = (id: string, content: string) => ({ role: "tool", tool_call_id: id, content });
const trial = (fields: object) => ({
  task_id: 3,
  trial: 0,
  reward: 1,
  info: {},
  traj: [policy],
  ...fields,
});

test("each message of the assistant is a turn, with its tools and what became of them", () => {
  const traj = [
    policy,
    { role: "user", content: "Book me a flight." },
    call("a"),
    result("a", "Error: no seats"),
    call("a", "search"),
    result("a", "Two seats; Error codes: none"),
    { role: "assistant", content: "Done." },
  ];
  const { runs, troubles } = readRecords(tauBench, [trial({ traj })]);
  expect(troubles).toEqual([]);
  expect(runs).toEqual([
    {
      id: "log.json task 3 trial 0",
      place: "log.json:1",
      task: "3",
      success: 1,
      isComplete: true,
      messages: [],
      turns: [
        { agent: "agent", tools: [{ name: "book", hasFailed: true }] },
        { agent: "agent", tools: [{ name: "search", hasFailed: false }] },
        { agent: "agent", tools: [] },
      ],
    },
  ]);
});

test("parallel calls are answered by their ids, and without ids in order", () => {
  const two = { role: "assistant", tool_calls: [{ id: "a" }, { id: "b" }] };
  const failures = (traj: unknown[]) =>
    readRecords(tauBench, [trial({ traj })]).runs[0].turns[0].tools.map((tool) => tool.hasFailed);
  expect(failures([two, result("b", "Error"), result("a", "fine")])).toEqual([false, true]);
  const error = { role: "tool", content: "Error" };
  expect(failures([two, { role: "tool", content: "fine" }, error])).toEqual([false, true]);
  expect(failures([two, error, error, error])).toEqual([true, true]);
});

test("tools as Anthropic writes them", () => {
  const traj = [
    { role: "assistant", content: [{ type: "text" }, { type: "tool_use", id: "a", name: "find" }] },
    { role: "user", content: [{ type: "tool_result", tool_use_id: "a", is_error: true }] },
  ];
  const [run] = readRecords(tauBench, [trial({ traj })]).runs;
  expect(run.turns).toEqual([{ agent: "agent", tools: [{ name: "find", hasFailed: true }] }]);
});

test("a reward between 0 and 1 is kept, one outside is told, and one of text is read", () => {
  const { runs, troubles } = readRecords(
    tauBench,
    [0.5, 1.5, -1, "1.0", null].map((reward, i) => trial({ trial: i, reward })),
  );
  expect(runs.map(({ success }) => success)).toEqual([0.5, undefined, undefined, 1, undefined]);
  expect(troubles).toEqual(["outcome runs log.json:2", "outcome runs log.json:3"]);
});

test("a trial that an exception ended is not complete", () => {
  const info = { error: "Rate limit", traceback: "…" };
  const { runs } = readRecords(tauBench, [trial({ info, reward: 0, traj: [] })]);
  expect(runs[0]).toMatchObject({ isComplete: false, success: 0, turns: [] });
});

test("trials without a number are repeats, and another policy has tasks of its own", () => {
  const other = [{ role: "system", content: "Help with orders." }];
  const { runs } = readRecords(tauBench, [
    trial({ trial: undefined }),
    trial({ trial: undefined }),
    trial({ trial: undefined, traj: other }),
  ]);
  expect(runs.map(({ id, task }) => [id, task])).toEqual([
    ["log.json task 3 trial 0", "3"],
    ["log.json task 3 trial 1", "3"],
    ["log.json task 3 of domain 2 trial 0", "3 of domain 2"],
  ]);
});

test("a file of results, and the same trial twice in it", async () => {
  const text = JSON.stringify([trial({}), trial({ trial: 1 }), trial({})], null, 2);
  const { runs, summary } = await readBytes("results.json", text);
  expect(runs.length).toBe(2);
  expect(summary.troubles).toMatchObject([{ trouble: "duplicate", what: "runs", count: 1 }]);
});

describe.skipIf(!hasTraces)("gpt-4o on airline", () => {
  test("turns, tools, their errors, and successes per task", async () => {
    const { runs, summary } = await readPaths([join(TRACES, "tau-bench", "gpt-4o-airline.json")]);
    expect(summary.troubles).toEqual([]);
    expect(runs.length).toBe(200);
    expect(totalOf(runs, () => 1)).toBe(2454);
    expect(totalOf(runs, ({ tools }) => tools.length)).toBe(1164);
    expect(totalOf(runs, ({ tools }) => tools.filter((tool) => tool.hasFailed).length)).toBe(73);
    const successes = new Map<string, number>();
    for (const { task, success } of runs)
      successes.set(task!, (successes.get(task!) ?? 0) + success!);
    const counts = [0, 1, 2, 3, 4].map(
      (c) => [...successes.values()].filter((n) => n === c).length,
    );
    expect(counts).toEqual([14, 12, 10, 4, 10]);
    // C(c, k) / C(4, k), averaged over tasks.
    const choose = (n: number, k: number): number =>
      k === 0 ? 1 : (choose(n, k - 1) * (n - k + 1)) / k;
    const passHat = [1, 2, 3, 4].map((k) =>
      [...successes.values()].reduce((sum, c) => sum + choose(c, k) / choose(4, k) / 50, 0),
    );
    expect(passHat.map((one) => one.toFixed(3))).toEqual(["0.420", "0.273", "0.220", "0.200"]);
  });
});

test("agents that act by text call tools, and functions of old are tools", () => {
  const says = (role: string, content: string | null, more = {}) => ({ role, content, ...more });
  const byText = [
    says("user", "hello"),
    says("assistant", 'Thought: …\nAction:\n{"name": "find_user", "arguments": {}}'),
    says("user", "API output: Error: user not found"),
    says("assistant", 'Thought: …\nAction:\n{"name": "respond", "arguments": {}}'),
    says("user", "API output is what I asked for"),
  ];
  const byFunction = [
    says("assistant", null, { function_call: { name: "find_user", arguments: "{}" } }),
    says("function", "Error: user not found", { name: "find_user" }),
    says("assistant", "sorry"),
  ];
  for (const messages of [byText, byFunction])
    expect(chatTurns(messages, "agent").map(({ tools }) => tools)).toEqual([
      [{ name: "find_user", hasFailed: true }],
      [],
    ]);
});
