import { join } from "node:path";
import { parquetWriteBuffer } from "hyparquet-writer";
import { describe, expect, test } from "vitest";
import { tableFormat } from "../../src/logs/formats/table.ts";
import { parseColumnMap } from "../../src/logs/formats/tableColumns.ts";
import { whoAndWhen } from "../../src/logs/formats/whoAndWhen.ts";
import { hasTraces, readBytes, readPaths, readRecords, TRACES, totalOf } from "./reading.ts";

const read = (rows: readonly unknown[], map: Readonly<Record<string, string>> = {}) =>
  readRecords(tableFormat(map), rows, { file: "t.csv" });

describe("rows of steps", () => {
  test("are turns in the order of the steps, wherever they stand", () => {
    const { runs, troubles } = read([
      { run: "a", task: "t", step: 2, agent: "x", seconds: 2, correct: "no", success: "" },
      { run: "b", task: "t", step: 1, agent: "x", success: "1" },
      { run: "a", task: "t", step: 1, agent: "y", model: "m", input_tokens: "5", cost: 0.5 },
      { run: "a", task: "t", step: 3, agent: "y", output_tokens: 7, failed: true, success: "0" },
    ]);
    expect(troubles).toEqual([]);
    expect(runs).toEqual([
      {
        id: "b",
        place: "t.csv:2",
        task: "t",
        success: 1,
        isComplete: true,
        messages: [],
        turns: [{ agent: "x", tools: [] }],
      },
      {
        id: "a",
        place: "t.csv:1",
        task: "t",
        success: 0,
        isComplete: true,
        messages: [],
        turns: [
          { agent: "y", model: "m", inputTokens: 5, dollars: 0.5, tools: [] },
          { agent: "x", seconds: 2, isCorrect: false, tools: [] },
          { agent: "y", outputTokens: 7, failure: "error", tools: [] },
        ],
      },
    ]);
  });

  test("tell messages and reviews; what is right of the step looked at is known of its turn", () => {
    const step = (step: number, agent: string, more: object) => ({
      run: "a",
      step,
      agent,
      ...more,
    });
    const [run] = read([
      step(1, "x", { to: "y; z", correct: 1, reviews: null, verdict: null }),
      step(2, "x", { to: "y", correct: 0, reviews: null, verdict: null }),
      step(3, "r", { to: "", reviews: 1, verdict: "accept" }),
      step(3, "r", { to: "x", reviews: "2", verdict: "Rejected" }),
      step(4, "r", { reviews: 9, verdict: "no" }),
    ]).runs;
    expect(run.turns.map(({ reviews, isCorrect }) => reviews ?? isCorrect)).toEqual([
      true,
      false,
      [
        { of: 0, isAccepted: true },
        { of: 1, isAccepted: false },
      ],
      [{ isAccepted: false }],
    ]);
    expect(run.messages).toEqual([
      { from: "x", to: "y" },
      { from: "x", to: "z" },
      { from: "x", to: "y" },
      { from: "r", to: "x" },
    ]);
  });

  test("have starts of any unit, and durations in seconds or milliseconds", () => {
    const starts = (start: readonly unknown[], name = "start") =>
      read(start.map((one) => ({ run: "a", agent: "x", [name]: one, latency_ms: 1500 }))).runs[0];
    const expected = {
      seconds: 3.5,
      turns: [
        { start: 0, seconds: 1.5 },
        { start: 2, seconds: 1.5 },
      ],
    };
    expect(starts([5, 3])).toMatchObject(expected);
    expect(starts(["2026-01-01T00:00:02Z", "2026-01-01 00:00:00"])).toMatchObject(expected);
    expect(starts([1767225602000, 1767225600000])).toMatchObject(expected);
    expect(starts([1767225602n * 10n ** 9n, 1767225600n * 10n ** 9n])).toMatchObject(expected);
    expect(starts([new Date(2000), new Date(0)])).toMatchObject(expected);
  });

  test("without step and agent are calls, if a run has several", () => {
    const call = { session_id: "s", model: "m", prompt_tokens: 3 };
    expect(read([call, call]).runs.map(({ turns }) => turns.length)).toEqual([2]);
  });

  test("have tools by their number", () => {
    const [run] = read([{ run: "a", agent: "x", tool_calls: 3, tool_errors: 1 }]).runs;
    expect(run.turns[0].tools.map(({ hasFailed }) => hasFailed)).toEqual([true, false, false]);
  });

  test.each([
    [true, "error"],
    ["TimeoutError", "timeout"],
    ["RateLimitError", "error"],
    ["None", undefined],
    ["0", undefined],
    [false, undefined],
    [null, undefined],
  ])("failed by %j is %j", (error, failure) => {
    expect(read([{ run: "a", agent: "x", error }]).runs[0].turns[0].failure).toBe(failure);
  });

  test("that came twice are told, and count once", () => {
    const row = { run: "a", step: 1, agent: "x" };
    const { runs, troubles } = read([row, row]);
    expect(runs[0].turns.length).toBe(1);
    expect(troubles).toEqual(["duplicate rows t.csv:2"]);
  });
});

describe("rows of runs", () => {
  test("are runs with outcome and totals, without turns", () => {
    const { runs } = read([
      { task: "t", trial: 1, passed: "true", cost: "0.5", seconds: 9 },
      { task: "t", trial: 2, passed: "false", cost: "", seconds: null },
    ]);
    expect(runs).toMatchObject([
      { task: "t", success: 1, dollars: 0.5, seconds: 9, turns: [] },
      { task: "t", success: 0, turns: [] },
    ]);
    expect(runs[1].dollars).toBeUndefined();
  });

  test("are repeats of their task, also without a name or a number of the trial", () => {
    const { runs } = read([
      { task: "t", success: 1 },
      { task: "t", success: 0 },
    ]);
    expect(runs.map(({ task, success }) => [task, success])).toEqual([
      ["t", 1],
      ["t", 0],
    ]);
    expect(new Set(runs.map(({ id }) => id)).size).toBe(2);
  });

  test("by number count anew for each task and table", () => {
    const rows = ["t", "u"].map((task) => ({ run: 1, task, success: 1 }));
    expect(read(rows).runs.map(({ id }) => id)).toEqual([
      "t.csv task t run 1",
      "t.csv task u run 1",
    ]);
  });

  test("with outcomes outside 0 to 1 and negative amounts lack them", () => {
    const { runs, troubles } = read([
      { run: "a", success: 2, cost: -1 },
      { run: "b", success: "85%", cost: 1 },
      { run: "c", success: "0,5", cost: 1 },
    ]);
    expect(runs.map(({ success }) => success)).toEqual([undefined, undefined, undefined]);
    expect(runs[0].dollars).toBeUndefined();
    expect(troubles).toEqual([
      "outcome runs t.csv:1",
      "negative rows t.csv:1",
      "outcome runs t.csv:2",
      "outcome runs t.csv:3",
    ]);
  });
});

describe("names of columns", () => {
  test.each(["traceId", "Trace ID", "trace_id", "session.id", "Conversation-Id"])(
    "%s is a run",
    (name) => {
      expect(read([{ [name]: "a", agentName: "x" }]).runs[0].id).toBe("a");
    },
  );

  test("mapped go before the usual ones", () => {
    const rows = [{ run: "no", key: "a", agent: "x", success: 0, ok: 1 }];
    expect(read(rows, { run: "key", success: "ok" }).runs[0]).toMatchObject({
      id: "a",
      success: 1,
    });
  });

  test("that no row has are an error, with what there is and what was meant", () => {
    expect(() => read([{ trace: "a", passd: 1 }], { run: "trace", success: "passed" })).toThrow(
      '"passed" is no column of the table; there are trace, passd; did you mean passd?',
    );
  });

  test("may be missing from some rows", () => {
    const rows = [{ k: "a" }, { k: "b", ok: "yes" }];
    expect(read(rows, { run: "k", success: "ok" }).runs.map(({ success }) => success)).toEqual([
      undefined,
      1,
    ]);
  });

  test("mapped make no rows of records that have none of them", () => {
    const { runs, troubles } = read([{ k: "a", agent: "x" }, { color: "red" }], { run: "k" });
    expect(runs.map(({ id }) => id)).toEqual(["a"]);
    expect(troubles).toEqual(["unknown rows t.csv:2"]);
  });

  test("in the mapping of a command", () => {
    expect(parseColumnMap("run=trace_id, success = passed")).toEqual({
      run: "trace_id",
      success: "passed",
    });
    expect(() => parseColumnMap("sucess=passed,tusk=id")).toThrow(
      /"sucess" is no fact of a table; there are run, task, .*; did you mean success\?\n"tusk" is no fact/,
    );
    expect(() => parseColumnMap("run,run=a,run=b")).toThrow(
      '"run" is not of the form fact=column\n"run" is mapped twice',
    );
    expect(() => tableFormat({ sucess: "a" })).toThrow('"sucess" is no fact of a table');
  });

  test("that say nothing make no table", () => {
    const { recognises } = tableFormat();
    const place = { file: "x" };
    expect(recognises({ value: { name: "a", color: "b" }, place })).toBe(false);
    expect(recognises({ value: { task: "a", color: "b" }, place })).toBe(false);
    expect(recognises({ value: { run: "a", agent: { name: "x" } }, place })).toBe(false);
    expect(recognises({ value: ["run"], place })).toBe(false);
  });
});

describe("files", () => {
  const names = "run,task,step,agent,input_tokens,success";

  test.each([
    ["CSV", `${names}\r\na,t,1,"x, the first",5,\r\na,t,2,"y ""2""",6,1\r\n`],
    ["CSV with a mark", `\uFEFF${names}\na,t,1,"x, the first",5,\n\na,t,2,"y ""2""",6,1`],
    ["TSV", `${names.replaceAll(",", "\t")}\na\tt\t1\tx, the first\t5\t\na\tt\t2\ty "2"\t6\t1\n`],
    ["semicolons", `${names.replaceAll(",", ";")}\na;t;1;x, the first;5;\na;t;2;y "2";6;1\n`],
  ])("%s", async (_, text) => {
    const { runs, summary } = await readBytes("steps.txt", text);
    expect(summary.troubles).toEqual([]);
    expect(runs).toMatchObject([{ id: "a", task: "t", success: 1 }]);
    expect(runs[0].place).toMatch(/steps\.txt:2$/);
    expect(runs[0].turns).toMatchObject([
      { agent: "x, the first", inputTokens: 5 },
      { agent: 'y "2"', inputTokens: 6 },
    ]);
  });

  test("JSON, by the line and as a list", async () => {
    const rows = [1, 2].map((step) => ({ run: "a", step, agent: "x" }));
    for (const text of [rows.map((row) => JSON.stringify(row)).join("\n"), JSON.stringify(rows)])
      expect((await readBytes("t.json", text)).runs).toMatchObject([{ id: "a", turns: [{}, {}] }]);
  });

  test("Parquet, with long integers and dates", async () => {
    const bytes = parquetWriteBuffer({
      columnData: [
        { name: "run", data: ["a", "a", "b"], type: "STRING" },
        { name: "agent", data: ["x", "y", "x"], type: "STRING" },
        { name: "input_tokens", data: [5n, 6n, 7n], type: "INT64" },
        { name: "start", data: [new Date(3000), new Date(1000), new Date(0)], type: "TIMESTAMP" },
        { name: "success", data: [true, true, false], type: "BOOLEAN" },
      ],
    });
    const { runs } = await readBytes("t.parquet", new Uint8Array(bytes));
    expect(runs).toMatchObject([
      {
        id: "a",
        success: 1,
        seconds: 2,
        turns: [
          { agent: "y", inputTokens: 6 },
          { agent: "x", start: 2 },
        ],
      },
      { id: "b", success: 0 },
    ]);
    await expect(
      readBytes("t.parquet", new Uint8Array(bytes).subarray(0, bytes.byteLength - 9)),
    ).rejects.toMatchObject({ summary: { troubles: [{ trouble: "damaged", what: "tables" }] } });
  });

  test("rows with too many fields are left out, and those with too few lack the last", async () => {
    const { runs, summary } = await readBytes("t.csv", `${names}\na,t,1,x,5,1,9\nb,t,1,x\n"c,t`);
    expect(runs).toMatchObject([{ id: "b", turns: [{ agent: "x" }] }]);
    expect(
      summary.troubles.map(({ trouble, what, count, example }) => [
        trouble,
        what,
        count,
        example.line,
      ]),
    ).toEqual([
      ["damaged", "rows", 1, 2],
      ["truncated", "rows", 1, 4],
    ]);
  });

  test("a mapping that fits no column stops the reading", async () => {
    const wrong = readBytes("t.csv", "trace,ok\na,1\n", { map: { run: "trace", success: "oks" } });
    await expect(wrong).rejects.toThrow(
      '"oks" is no column of the table; there are trace, ok; did you mean ok?',
    );
  });

  test("prose is no table", async () => {
    const prose = "Licence, such as it is\nYou may, of course, read it, and copy it.\n";
    await expect(readBytes("LICENCE", prose)).rejects.toMatchObject({ name: "NothingReadError" });
  });
});

describe("Who&When", () => {
  const row = {
    kind: "Hand-Crafted",
    file: "1",
    mistake_agent: "WebSurfer",
    mistake_step: "3",
    sequence: "0 1 2 3 | human; Orchestrator (thought); Orchestrator (-> WebSurfer); WebSurfer",
  };

  test("has speakers in order, messages of those who name whom they tell, and the culprit", () => {
    expect(readRecords(whoAndWhen, [row]).runs).toEqual([
      {
        id: "log.json Hand-Crafted 1",
        place: "log.json:1",
        success: 0,
        isComplete: true,
        culprit: { agent: "WebSurfer", turn: 3 },
        messages: [{ from: "Orchestrator", to: "WebSurfer" }],
        turns: ["human", "Orchestrator", "Orchestrator", "WebSurfer"].map((agent) => ({
          agent,
          tools: [],
        })),
      },
    ]);
  });

  test("a step beyond the end is not kept, and a sequence without names is damaged", () => {
    const { runs, troubles } = readRecords(whoAndWhen, [
      { ...row, mistake_step: 9 },
      { ...row, sequence: "0 1 | one" },
      { ...row, sequence: "" },
    ]);
    expect(runs.map(({ culprit }) => culprit)).toEqual([{ agent: "WebSurfer" }]);
    expect(troubles).toEqual(["damaged rows log.json:2", "damaged rows log.json:3"]);
  });

  test.skipIf(!hasTraces)("all 184 failures", async () => {
    const { runs, summary } = await readPaths([join(TRACES, "who-and-when.csv")]);
    expect(summary.troubles).toEqual([]);
    expect(runs.length).toBe(184);
    expect(runs.every(({ success, culprit }) => success === 0 && culprit?.turn !== undefined)).toBe(
      true,
    );
    expect(totalOf(runs, () => 1)).toBe(4092);
    const names = new Set(runs.flatMap(({ turns }) => turns.map(({ agent }) => agent)));
    expect([...names].filter((name) => /[()]/.test(name))).toEqual([]);
    const byCulprit = runs.filter(
      ({ turns, culprit }) => turns[culprit!.turn!].agent === culprit!.agent,
    );
    expect(byCulprit.length).toBe(178);
  });
});
