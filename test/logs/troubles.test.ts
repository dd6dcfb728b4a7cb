// What is wrong in logs is counted and told once, with a place, and costs no more than itself.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { OpenRuns } from "../../src/logs/openRuns.ts";
import { NothingReadError, readLogs } from "../../src/logs/read.ts";
import type { LoggedRun } from "../../src/logs/run.ts";
import { agent, batch, file, read, readSpans, span, told, tool, turn } from "./support.ts";

const root = (attributes = {}, end: number | null = 20) =>
  agent("boss", { id: "b0", start: 0, end, attributes });

test("truncated files give what they have", async () => {
  const text = JSON.stringify([
    root(),
    turn({ id: "b1", parent: "b0" }),
    turn({ id: "b2", parent: "b0" }),
  ]);
  const { runs, summary } = await read(file(text.slice(0, -20)));
  expect(runs).toMatchObject([{ turns: [{ agent: "boss" }] }]);
  expect(summary.troubles).toEqual([
    {
      trouble: "truncated",
      what: "documents",
      count: 1,
      example: { file: expect.stringContaining("log.jsonl"), line: 1 },
    },
  ]);
});

test("mixed formats: each record finds its own, and others are unknown", async () => {
  const langfuse = {
    id: "o",
    traceId: "t",
    type: "GENERATION",
    startTime: "2025-01-01T00:00:00Z",
    endTime: "2025-01-01T00:00:01Z",
  };
  const sdk = {
    name: "chat",
    context: { trace_id: "5", span_id: "6" },
    start_time: 1,
    end_time: 2,
    attributes: { "gen_ai.operation.name": "chat" },
  };
  const lines = [
    batch([turn({ id: "b1" })]),
    langfuse,
    { hello: 1 },
    sdk,
    7,
    null,
    batch([turn({ id: "b2", trace: "a2" })]),
  ];
  const path = file(lines.map((one) => JSON.stringify(one)).join("\n"));
  const { runs, summary } = await read(path, file("no log", "README"));
  expect(runs.map(({ id, place }) => [id, place])).toEqual([
    ["a1", "log.jsonl:1"],
    ["a2", "log.jsonl:7"],
    ["5", "log.jsonl:4"],
    ["t", "log.jsonl:2"],
  ]);
  expect(summary.formats.map(({ name, records, runs }) => [name, records, runs])).toEqual([
    ["otlp", 2, 2],
    ["sdk", 1, 1],
    ["langfuse", 1, 1],
  ]);
  expect(summary.troubles).toEqual([
    { trouble: "unknown", what: "records", count: 3, example: { file: path, line: 3 } },
  ]);
  expect(summary.unknown).toEqual([expect.stringContaining("README")]);
});

test("spans without their parents stay in the run, which is not complete", async () => {
  const { runs, summary } = await readSpans(
    turn({ id: "b1", parent: "gone" }),
    tool("t", { id: "b2", parent: "b1" }),
    turn({ id: "b3", parent: "b3" }),
  );
  expect(runs).toMatchObject([{ isComplete: false, turns: [{ tools: [{ name: "t" }] }, {}] }]);
  expect(told(summary)).toEqual(["1 spans: noParent"]);
});

test("clocks that run backwards: no time is better than a wrong one", async () => {
  const { runs, summary } = await readSpans(
    root(),
    turn({ id: "b1", parent: "b0", start: 5, end: 3 }),
  );
  expect(runs[0].turns[0].seconds).toBeUndefined();
  expect(runs[0].seconds).toBe(20);
  expect(told(summary)).toEqual(["1 spans: clock"]);
});

test("negative amounts are missing ones", async () => {
  const attributes = {
    "gen_ai.usage.input_tokens": -5,
    "gen_ai.usage.output_tokens": 2,
    "gen_ai.usage.cost": -0.5,
  };
  const { runs, summary } = await readSpans(root(), turn({ id: "b1", parent: "b0", attributes }));
  expect(runs[0].turns).toEqual([
    { agent: "boss", model: "m", start: 0, seconds: 1, outputTokens: 2, tools: [] },
  ]);
  expect(told(summary)).toEqual(["2 amounts: negative"]);
});

test("duplicated spans count once: the one that ended", async () => {
  const { runs, summary } = await readSpans(
    root(),
    turn({ id: "b1", parent: "b0", end: null }),
    turn({ id: "b1", parent: "b0", end: 4 }),
    root(),
  );
  expect(runs).toMatchObject([{ isComplete: true, turns: [{ seconds: 4 }] }]);
  expect(told(summary)).toEqual(["2 spans: duplicate"]);
});

test("runs that never end are not complete", async () => {
  const { runs, summary } = await readSpans(root({}, null), turn({ id: "b1", parent: "b0" }));
  expect(runs).toMatchObject([{ isComplete: false, seconds: 1 }]);
  expect(told(summary)).toEqual(["1 runs: endless"]);
});

test("outcomes outside 0 to 1 are none", async () => {
  const { runs, summary } = await readSpans(
    root({ "gen_ai.evaluation.name": "correctness", "gen_ai.evaluation.score.value": 7 }),
    turn({ id: "b1", parent: "b0" }),
  );
  expect(runs[0].success).toBeUndefined();
  expect(told(summary)).toEqual(["1 evaluations: outcome"]);
});

test("an agent with two names has the first, told once for each other", async () => {
  const named = (id: string, name: string, agentId?: string) =>
    turn({
      id,
      parent: "b0",
      attributes: { "gen_ai.agent.name": name, ...(agentId && { "gen_ai.agent.id": agentId }) },
    });
  const { runs, summary } = await readSpans(
    span({ id: "b0", end: 9 }),
    ...[
      named("b1", "Planner", "7"),
      named("b2", "planner "),
      named("b3", "Scheduler", "7"),
      named("b4", "planner "),
    ],
  );
  expect(runs[0].turns.map((one) => one.agent)).toEqual([
    "Planner",
    "Planner",
    "Planner",
    "Planner",
  ]);
  expect(told(summary)).toEqual(["2 spans: names"]);
});

test("if nothing was read, the error says what was found and what is known", async () => {
  const error = await read(file('{"a":1}\n{"b":2}'), file("text", "notes.txt")).catch((one) => one);
  expect(error).toBeInstanceOf(NothingReadError);
  expect(error.message).toMatch(
    /no run was found in 2 files: 2 files of no known format .*notes\.txt.*2 records of no known format\. Known formats are: OTLP/s,
  );
});

test("formats can be chosen; others are not looked for", async () => {
  const path = file(JSON.stringify(batch([turn({ id: "b1" })])));
  const runs: LoggedRun[] = [];
  const onRun = (run: LoggedRun) => runs.push(run);
  await expect(readLogs([path], { onRun, formats: ["sdk"] })).rejects.toThrow(NothingReadError);
  await expect(readLogs([path], { onRun, formats: ["oltp"] })).rejects.toThrow(
    'no format is called "oltp"',
  );
  expect(runs).toEqual([]);
});

test("a signal ends the reading, and progress comes to the last byte", async () => {
  const path = file(JSON.stringify(batch([turn({ id: "b1" })])));
  const seen: (readonly number[])[] = [];
  await readLogs([path], { onRun: () => {}, onProgress: (...bytes) => seen.push(bytes) });
  const { length } = readFileSync(path);
  expect(seen.at(-1)).toEqual([length, length]);
  const stopped = readLogs([path], {
    onRun: () => {},
    signal: AbortSignal.abort(new Error("stop")),
  });
  await expect(stopped).rejects.toThrow("stop");
});

test("nothing of the texts of a log is kept", async () => {
  const secret = {
    "gen_ai.input.messages": "SECRET",
    "input.value": "SECRET",
    "gen_ai.tool.call.result": "SECRET",
  };
  const { runs, summary } = await readSpans(
    root(secret),
    turn({ id: "b1", parent: "b0", attributes: secret, status: { code: 2, message: "SECRET" } }),
    tool("t", { id: "b2", parent: "b1", attributes: secret }),
  );
  expect(JSON.stringify([runs, summary])).not.toContain("SECRET");
});

test("of too many parts, the run that has waited longest is closed", () => {
  const closed: string[] = [];
  const open = new OpenRuns<number>((key, parts) => closed.push(`${key}:${parts.join()}`), 4);
  for (const [i, key] of ["a", "b", "a", "c", "b", "a"].entries()) open.add(key, i);
  expect(closed).toEqual(["a:0,2"]);
  open.endAll();
  expect(closed).toEqual(["a:0,2", "c:3", "b:1,4", "a:5"]);
});
