import { join } from "node:path";
import * as zlib from "node:zlib";
import { describe, expect, test } from "vitest";
import { inspect } from "../../src/logs/formats/inspect.ts";
import { hasTraces, readBytes, readPaths, readRecords, TRACES, totalOf } from "./reading.ts";
import { zipped } from "./zipped.ts";

const header = { version: 2, status: "success", eval: { task: "sums", run_id: "r" } };
const at = (second: number) => `2026-01-01T00:00:0${second}+00:00`;
const model = (second: number, fields: object = {}) => ({
  event: "model",
  timestamp: at(second),
  model: "m-1",
  output: { model: "m-1-dated", usage: { input_tokens: 10, output_tokens: 2 }, time: 0.5 },
  ...fields,
});
/** A model's call that asks for tools. */
const asking = (second: number, ...ids: readonly string[]) => {
  const tool_calls = ids.map((id) => ({ id, function: `tool-${id}`, arguments: {} }));
  return model(second, { output: { choices: [{ message: { role: "assistant", tool_calls } }] } });
};
const begin = (second: number, id: string, type: string, name: string, parent_id?: string) => ({
  event: "span_begin",
  timestamp: at(second),
  ...{ id, span_id: id, type, name, parent_id },
});
const end = (second: number, id: string) => ({
  event: "span_end",
  timestamp: at(second),
  ...{ id, span_id: id },
});
const sample = (fields: object = {}) => ({
  id: 7,
  epoch: 1,
  scores: { match: { value: "C" } },
  events: [],
  ...fields,
});
const read = (samples: readonly unknown[], document: object = header) =>
  readRecords(inspect, samples, { within: "samples", document: { ...document } });
const readEvents = (...events: readonly unknown[]) => read([sample({ events })]).runs[0];

test("a sample and epoch is a run, and calls of models are its turns", () => {
  const events = [
    { event: "sample_init", timestamp: at(0) },
    model(1, { working_time: 0.75, retries: 2, error: null }),
    model(3, { error: "Request timed out" }),
    { event: "state", timestamp: at(4) },
  ];
  const { runs, troubles } = read([sample({ events }), sample({ epoch: 2, events: [model(0)] })]);
  expect(troubles).toEqual([]);
  const turn = { agent: "agent", model: "m-1", inputTokens: 10, outputTokens: 2, tools: [] };
  expect(runs[0]).toEqual({
    id: "r sums 7 epoch 1",
    task: "sums 7",
    place: "log.json:1",
    success: 1,
    seconds: 4,
    isComplete: true,
    messages: [],
    turns: [
      { ...turn, start: 1, seconds: 0.75, retries: 2 },
      { ...turn, start: 3, seconds: 0.5, failure: "timeout" },
    ],
  });
  expect(runs[1]).toMatchObject({ id: "r sums 7 epoch 2", task: "sums 7", seconds: 0.5 });
});

test("tokens of the cache and of reasoning count once, as the total tells", () => {
  const tokens = (usage: object) => {
    const [turn] = readEvents(model(0, { output: { usage } })).turns;
    return [turn.inputTokens, turn.cachedTokens, turn.outputTokens];
  };
  const usage = { input_tokens: 100, input_tokens_cache_read: 40, output_tokens: 20 };
  expect(tokens({ ...usage, total_tokens: 120 })).toEqual([100, 40, 20]);
  expect(tokens({ ...usage, total_tokens: 160 })).toEqual([140, 40, 20]);
  const written = { input_tokens_cache_write: 5, total_tokens: 165 };
  expect(tokens({ ...usage, ...written })).toEqual([145, 40, 20]);
  expect(tokens({ ...usage, reasoning_tokens: 30, total_tokens: 150 })).toEqual([100, 40, 50]);
  expect(tokens({ ...usage, reasoning_tokens: 10, total_tokens: 120 })).toEqual([100, 40, 20]);
  expect(tokens(usage)).toEqual([100, 40, 20]);
  expect(tokens({ ...usage, input_tokens: 10 })).toEqual([50, 40, 20]);
});

test("the agent is that of the nearest span, and agents hand on to those within them", () => {
  const { turns, messages } = readEvents(
    begin(0, "s", "solver", "solve"),
    begin(0, "a", "agent", "boss", "s"),
    model(1, { span_id: "a" }),
    begin(2, "t", "tool", "transfer", "a"),
    begin(2, "b", "agent", "helper", "t"),
    begin(2, "g", "generate", "step", "b"),
    model(2, { span_id: "g" }),
    end(3, "g"),
    end(3, "b"),
    end(3, "t"),
    model(4, { span_id: "a" }),
    end(5, "a"),
  );
  expect(turns.map(({ agent }) => agent)).toEqual(["boss", "helper", "boss"]);
  expect(messages).toEqual([
    { from: "boss", to: "helper" },
    { from: "helper", to: "boss" },
  ]);
});

test("agents by steps and by events within events, as older versions write", () => {
  const step = (action: string, type: string, name: string) => ({
    event: "step",
    action,
    type,
    name,
  });
  const { turns, messages } = readEvents(
    step("begin", "agent", "boss"),
    asking(0, "x"),
    { event: "tool", id: "x", agent: "helper", events: [model(1)] },
    step("end", "agent", "boss"),
    { event: "subtask", type: "fork", events: [model(2)] },
  );
  expect(turns.map(({ agent }) => agent)).toEqual(["boss", "helper", "agent"]);
  expect(messages).toEqual([
    { from: "boss", to: "helper" },
    { from: "helper", to: "boss" },
  ]);
});

test("calls of a scorer are no turns of the team, and its time does not count", () => {
  const { turns, seconds } = readEvents(
    begin(0, "a", "solver", "generate"),
    model(0, { span_id: "a" }),
    end(1, "a"),
    begin(1, "s", "scorers", "scorers"),
    begin(1, "s2", "scorer", "graded", "s"),
    model(2, { span_id: "s2" }),
    end(9, "s2"),
  );
  expect(turns.length).toBe(1);
  expect(seconds).toBe(1);
});

test("tools take time that is not that of the call; agents that are called as tools take their own", () => {
  const { turns } = readEvents(
    asking(0, "a", "b"),
    { event: "tool", id: "a", function: "find", working_time: 2 },
    { event: "tool", id: "b", function: "ask", agent: "helper", working_time: 9 },
  );
  expect(turns.map(({ toolSeconds }) => toolSeconds)).toEqual([2]);
});

test("tools are those that the model asked for, failed as their events say", () => {
  const tool = (id: string, error: unknown) => ({
    event: "tool",
    id,
    function: `tool-${id}`,
    error,
  });
  const { turns } = readEvents(
    asking(0, "a", "b"),
    tool("a", { type: "timeout", message: "…" }),
    tool("b", null),
    asking(1),
    tool("c", { type: "unknown" }),
  );
  expect(turns.map(({ tools }) => tools)).toEqual([
    [
      { name: "tool-a", hasFailed: true },
      { name: "tool-b", hasFailed: false },
    ],
    [{ name: "tool-c", hasFailed: true }],
  ]);
});

test("without events the messages are the turns, and the output is that of the last", () => {
  const messages = [
    { role: "user", content: "…" },
    { role: "assistant", model: "m-1", tool_calls: [{ id: "a", function: "find" }] },
    { role: "tool", tool_call_id: "a", error: { type: "unknown" } },
    { role: "assistant", model: "m-1" },
  ];
  const output = { usage: { input_tokens: 30, output_tokens: 3 }, time: 2 };
  const [{ turns }] = read([sample({ events: null, messages, output })]).runs;
  expect(turns).toEqual([
    { agent: "agent", model: "m-1", tools: [{ name: "find", hasFailed: true }] },
    { agent: "agent", model: "m-1", seconds: 2, inputTokens: 30, outputTokens: 3, tools: [] },
  ]);
});

describe("success", () => {
  const success = (scores: unknown) => read([sample({ scores })]).runs[0].success;

  test.each([
    ["C", 1],
    ["P", 0.5],
    ["I", 0],
    ["N", 0],
    [0.25, 0.25],
    ["1", 1],
    [true, 1],
    [{ format: null, right: 1 }, 1],
    [null, undefined],
  ])("of the value %j is %j", (value, expected) => {
    expect(success({ scorer: { value } })).toBe(expected);
  });

  test("is that of the score that is named for it, or else of the first", () => {
    expect(success({ style: { value: 0 }, accuracy: { value: 1 } })).toBe(1);
    expect(success({ style: { value: 0 }, tone: { value: 1 } })).toBe(0);
    expect(success({})).toBeUndefined();
  });

  test("outside 0 to 1 is told", () => {
    const { runs, troubles } = read([sample({ scores: { judge: { value: 8 } } })]);
    expect(runs[0].success).toBeUndefined();
    expect(troubles).toEqual(["outcome runs log.json:1"]);
  });
});

test("samples with an error, a limit or a call that never came back are not complete", () => {
  const { runs, troubles } = read([
    sample({ error: { message: "…" } }),
    sample({ limit: { type: "token", limit: 100 } }),
    sample({ events: [model(0, { pending: true })] }),
    sample({ error: null, limit: null }),
  ]);
  expect(runs.map(({ isComplete }) => isComplete)).toEqual([false, false, false, true]);
  expect(troubles).toEqual(["endless calls log.json:3"]);
});

test("negative tokens are told", () => {
  const output = { usage: { input_tokens: -1, output_tokens: 2 } };
  const { troubles, runs } = read([sample({ events: [model(0, { output })] })]);
  expect(runs[0].turns[0]).toMatchObject({ outputTokens: 2 });
  expect(troubles).toEqual(["negative calls log.json:1"]);
});

test("a document, cancelled, of which one score is no number", async () => {
  const text = JSON.stringify({
    ...header,
    status: "cancelled",
    samples: [sample(), sample({ id: 8 })],
  });
  const { runs } = await readBytes("log.json", text.replace('"value":"C"', '"value":NaN'));
  expect(runs.map(({ task, success }) => [task, success])).toEqual([
    ["sums 7", undefined],
    ["sums 8", 1],
  ]);
});

describe("archives", () => {
  const entry = (name: string, value: unknown) => ({ name, content: JSON.stringify(value) });
  const samples = [1, 2].map((id) =>
    entry(`samples/${id}_epoch_1.json`, sample({ id, events: [model(0)] })),
  );
  const summary = entry("summaries.json", [{ id: 1 }]);

  test("hold a header and an entry per sample", async () => {
    const bytes = zipped([...samples, summary, entry("header.json", header)]);
    const { runs, summary: read } = await readBytes("log.eval", bytes);
    expect(runs.map(({ task, turns }) => [task, turns.length])).toEqual([
      ["sums 1", 1],
      ["sums 2", 1],
    ]);
    expect(runs[0].place).toMatch(/log\.eval\/samples\/1_epoch_1\.json$/);
    expect(read.troubles).toEqual([]);
  });

  test("whose evaluation broke off know how it began", async () => {
    const bytes = zipped([entry("_journal/start.json", header), ...samples]);
    expect((await readBytes("log.eval", bytes)).runs.map(({ task }) => task)).toEqual([
      "sums 1",
      "sums 2",
    ]);
  });

  test("that are compressed are decompressed first", async () => {
    const bytes = zlib.gzipSync(zipped([entry("header.json", header), ...samples]));
    expect((await readBytes("log.eval.gz", bytes)).runs.length).toBe(2);
  });

  test("that end in the middle cannot be read", async () => {
    const bytes = zipped([entry("header.json", header), ...samples]);
    await expect(readBytes("log.eval", bytes.subarray(0, bytes.length - 40))).rejects.toMatchObject(
      {
        name: "NothingReadError",
        summary: { troubles: [{ trouble: "truncated", what: "archives" }] },
      },
    );
  });

  test("with a damaged entry, or one that is longer than it says, lose that entry", async () => {
    const long = { ...entry("samples/3.json", sample({ id: 3 })), length: 5 };
    const damaged = { name: "samples/4.json", content: "…", stored: Buffer.from("no deflate") };
    const cut = { name: "samples/5.json", content: '{"id": 5' };
    const bytes = zipped([entry("header.json", header), long, damaged, cut, ...samples]);
    const { runs, summary: read } = await readBytes("log.eval", bytes);
    expect(runs.length).toBe(2);
    expect(read.troubles).toMatchObject([{ trouble: "damaged", what: "entries", count: 3 }]);
  });

  test("with a bomb keep their memory: an entry of more than 128 MB is not read", async () => {
    const content = `{"id": 9, "x": "${" ".repeat(1 << 27)}"}`;
    const bytes = zipped([
      entry("header.json", header),
      { name: "samples/9.json", content },
      ...samples,
    ]);
    const { runs, summary: read } = await readBytes("log.eval", bytes);
    expect(runs.length).toBe(2);
    expect(read.troubles).toMatchObject([{ trouble: "damaged", what: "entries", count: 1 }]);
  });

  test("with zstd are read where Node can, and told of where it cannot", async () => {
    const { zstdCompressSync } = zlib as { zstdCompressSync?: (bytes: Buffer) => Buffer };
    const content = JSON.stringify(sample({ id: 3 }));
    const stored = zstdCompressSync?.(Buffer.from(content)) ?? Buffer.from("?");
    const packed = { name: "samples/3.json", content, stored, method: 93 };
    const bytes = zipped([entry("header.json", header), packed, ...samples]);
    const { runs, summary: read } = await readBytes("log.eval", bytes);
    expect(runs.length).toBe(zstdCompressSync === undefined ? 2 : 3);
    expect(read.troubles.map(({ trouble }) => trouble)).toEqual(
      zstdCompressSync === undefined ? ["compressed"] : [],
    );
  });

  test("of other files are read file by file", async () => {
    const table = { name: "runs.csv", content: "run,task,success\na,t,1\n" };
    const log = entry("logs/log.json", { ...header, samples: [sample()] });
    const picture = { name: "picture.png", content: "\x89PNG" };
    const { runs, summary: read } = await readBytes("logs.zip", zipped([table, log, picture]));
    expect(runs.map(({ task }) => task).sort()).toEqual(["sums 7", "t"]);
    expect(read.troubles).toEqual([]);
  });
});

describe.skipIf(!hasTraces)("real logs", () => {
  const of = (name: string) => readPaths([join(TRACES, "inspect", name)]);

  test("popularity, cancelled", async () => {
    const { runs, summary } = await of("2025-05-12T20-28-13-04-00_popularity.json");
    expect(summary.troubles).toEqual([]);
    expect(runs.map(({ task, success }) => [task, success])).toEqual([
      ["popularity 1", 1],
      ["popularity 2", 1],
      ["popularity 3", 0],
    ]);
    expect(totalOf(runs, ({ inputTokens }) => inputTokens)).toBe(192);
    expect(totalOf(runs, ({ outputTokens }) => outputTokens)).toBe(6);
  });

  test("security guide: what the scorer says is left out", async () => {
    const { runs } = await of("2025-05-12T20-28-26-04-00_security-guide.json");
    expect(runs.map(({ success, turns }) => [success, turns.length])).toEqual([
      [1, 1],
      [1, 1],
      [1, 1],
    ]);
    expect(runs[0].turns[0]).toMatchObject({ inputTokens: 61, outputTokens: 17 });
  });

  test("popularity, as an archive without scores", async () => {
    const { runs, summary } = await of("popularity.eval");
    expect(summary.troubles).toEqual([]);
    expect(runs.length).toBe(10);
    expect(runs.every(({ success }) => success === undefined)).toBe(true);
    expect(totalOf(runs, ({ inputTokens }) => inputTokens)).toBe(620);
    expect(totalOf(runs, ({ outputTokens }) => outputTokens)).toBe(20);
  });
});
