// Spans become runs: turns, agents, tools, retries, judgements and messages.
import { describe, expect, test } from "vitest";
import { agent, batch, file, read, readSpans, span, told, tool, turn } from "./support.ts";

const root = (attributes = {}) => agent("boss", { id: "b0", start: 0, end: 20, attributes });

describe("turns", () => {
  test("have tokens, cost and time without the tools inside them, by new and old names", async () => {
    const { runs } = await readSpans(
      root(),
      turn({
        id: "b1",
        parent: "b0",
        start: 1,
        end: 5,
        attributes: {
          "gen_ai.usage.input_tokens": 10,
          "gen_ai.usage.cache_read.input_tokens": 4,
          "gen_ai.usage.output_tokens": 3,
          "gen_ai.usage.cost": 0.5,
        },
      }),
      tool("search", { id: "b2", parent: "b1", start: 2, end: 3.5 }),
      tool("search", { id: "b3", parent: "b1", start: 3, end: 4, status: { code: 2 } }),
      span({
        id: "b4",
        parent: "b0",
        start: 6,
        attributes: {
          "openinference.span.kind": "LLM",
          "llm.model_name": "old",
          "llm.token_count.prompt": "7",
          "llm.token_count.completion": 2,
          "llm.cost.total": 0.25,
        },
      }),
      span({
        id: "b5",
        parent: "b0",
        start: 8,
        attributes: {
          "gen_ai.system": "x",
          "gen_ai.request.model": "older",
          "gen_ai.usage.prompt_tokens": 5,
          "gen_ai.usage.completion_tokens": 1,
        },
      }),
    );
    expect(runs).toEqual([
      {
        id: "a1",
        place: "log.jsonl:1",
        seconds: 20,
        isComplete: true,
        messages: [],
        turns: [
          {
            agent: "boss",
            model: "m",
            start: 1,
            seconds: 2,
            toolSeconds: 2,
            inputTokens: 10,
            cachedTokens: 4,
            outputTokens: 3,
            dollars: 0.5,
            tools: [
              { name: "search", hasFailed: false },
              { name: "search", hasFailed: true },
            ],
          },
          {
            agent: "boss",
            model: "old",
            start: 6,
            seconds: 1,
            inputTokens: 7,
            outputTokens: 2,
            dollars: 0.25,
            tools: [],
          },
          {
            agent: "boss",
            model: "older",
            start: 8,
            seconds: 1,
            inputTokens: 5,
            outputTokens: 1,
            tools: [],
          },
        ],
      },
    ]);
  });

  test("have the time of their tools: several at once count once, an agent that is called as a tool not at all", async () => {
    const { runs } = await readSpans(
      root(),
      turn({ id: "b1", parent: "b0", start: 0, end: 2 }),
      tool("search", { id: "b2", parent: "b0", start: 2, end: 5 }),
      tool("read", { id: "b3", parent: "b0", start: 3, end: 7 }),
      tool("read", { id: "b4", parent: "b0", start: 8, end: 9 }),
      tool("ask", { id: "b5", parent: "b0", start: 9, end: 19 }),
      turn({ id: "b6", parent: "b5", start: 10, end: 18 }),
    );
    expect(runs[0].turns.map(({ seconds, toolSeconds }) => [seconds, toolSeconds])).toEqual([
      [2, 6],
      [8, undefined],
    ]);
  });

  test("inside each other count once: the innermost, with what only the outer one knows", async () => {
    const { runs } = await readSpans(
      turn({
        id: "b1",
        end: 9,
        attributes: { "gen_ai.usage.cost": 2, "gen_ai.usage.input_tokens": 99 },
      }),
      turn({ id: "b2", parent: "b1", attributes: { "gen_ai.usage.input_tokens": 5 } }),
      tool("late", { id: "b3", parent: "b1", start: 2 }),
    );
    expect(runs[0].turns).toMatchObject([
      { inputTokens: 5, dollars: 2, tools: [{ name: "late" }] },
    ]);
  });

  test("that failed are retries of the next of their agent; the last failure stands", async () => {
    const failed = { code: "STATUS_CODE_ERROR" };
    const { runs } = await readSpans(
      root(),
      turn({ id: "b1", parent: "b0", start: 1, status: failed }),
      turn({ id: "b2", parent: "b0", start: 3, attributes: { "error.type": "RateLimit" } }),
      turn({ id: "b3", parent: "b0", start: 5, links: ["b1"] }),
      turn({ id: "b4", parent: "b0", start: 7, attributes: { "error.type": "DeadlineExceeded" } }),
    );
    expect(runs[0].turns).toMatchObject([{ retries: 2, start: 5 }, { failure: "timeout" }]);
    expect(runs[0].turns[0].failure).toBeUndefined();
    expect(runs[0].turns[1].retries).toBeUndefined();
  });

  test("are agents where no call of a model was recorded; a trace without either is no run", async () => {
    const { runs } = await readSpans(
      root(),
      agent("worker", { id: "b1", parent: "b0", start: 2 }),
      span({ id: "c1", trace: "a2", name: "GET /" }),
    );
    expect(runs.map(({ turns }) => turns.map((one) => one.agent))).toEqual([["worker"]]);
  });
});

describe("who tells whom", () => {
  const messages = async (...spans: object[]) => (await readSpans(...spans)).runs[0].messages;

  test("callers and those they call", async () => {
    expect(
      await messages(
        root(),
        turn({ id: "b1", parent: "b0", start: 1 }),
        agent("worker", { id: "b2", parent: "b0", start: 3, end: 6 }),
        turn({ id: "b3", parent: "b2", start: 4 }),
        agent("critic", { id: "b4", parent: "b0", start: 7, end: 9 }),
        turn({ id: "b5", parent: "b4", start: 8 }),
      ),
    ).toEqual([
      { from: "boss", to: "worker" },
      { from: "worker", to: "boss" },
      { from: "boss", to: "critic" },
      { from: "critic", to: "boss" },
    ]);
  });

  test("one after the other in a workflow, but not at the same time", async () => {
    const named = (name: string, id: string, start: number, end?: number) =>
      turn({
        id,
        parent: "b0",
        start,
        ...(end && { end }),
        attributes: { "gen_ai.agent.name": name },
      });
    expect(
      await messages(
        span({ id: "b0", end: 20 }),
        named("writer", "b1", 1),
        named("critic", "b2", 3, 5),
        named("judge", "b3", 4, 5),
        named("writer", "b4", 6),
      ),
    ).toEqual([
      { from: "writer", to: "critic" },
      { from: "writer", to: "judge" },
      { from: expect.stringMatching(/critic|judge/), to: "writer" },
    ]);
  });

  test("stated messages are all, with what was lost", async () => {
    expect(
      await messages(
        root(),
        turn({ id: "b1", parent: "b0", start: 1 }),
        agent("worker", { id: "b2", parent: "b0", start: 3 }),
        turn({ id: "b3", parent: "b2", start: 3 }),
        span({
          id: "b4",
          parent: "b0",
          start: 5,
          name: "send",
          attributes: {
            "gen_ai.operation.name": "faultline.message",
            "faultline.from": "worker",
            "faultline.to": "boss",
            "faultline.results": 3,
            "faultline.omitted": 1,
            "faultline.distorted": 0,
          },
        }),
      ),
    ).toEqual([{ from: "worker", to: "boss", results: 3, omitted: 1, distorted: 0 }]);
  });

  test("handing over", async () => {
    const next = { "gen_ai.transfer.target.name": "worker" };
    expect(await messages(root(), turn({ id: "b1", parent: "b0", attributes: next }))).toEqual([
      { from: "boss", to: "worker" },
    ]);
  });
});

describe("judgements", () => {
  const result = (name: string, value: number | string) => ({
    name: "gen_ai.evaluation.result",
    attributes: {
      "gen_ai.evaluation.name": name,
      ...(typeof value === "number"
        ? { "gen_ai.evaluation.score.value": value }
        : { "gen_ai.evaluation.score.label": value }),
    },
  });

  test("of turns, of what they build on, and of reviews", async () => {
    const { runs } = await readSpans(
      root({
        "faultline.task": "task 7",
        "gen_ai.evaluation.name": "success",
        "gen_ai.evaluation.score.value": 1,
      }),
      turn({
        id: "b1",
        parent: "b0",
        start: 1,
        attributes: { "faultline.makes": "sum" },
        events: [result("correct", 1)],
      }),
      turn({
        id: "b2",
        parent: "b0",
        start: 3,
        events: [result("toxicity", 1), result("judge", "fail")],
        links: ["b1"],
      }),
      turn({
        id: "b3",
        parent: "b0",
        start: 5,
        events: [
          {
            name: "faultline.review",
            attributes: {
              "faultline.review.of": "B2",
              "faultline.review.verdict": "accept",
              "faultline.review.correct": false,
            },
          },
        ],
      }),
    );
    expect(runs[0]).toMatchObject({
      task: "task 7",
      success: 1,
      turns: [
        { makes: "sum", isCorrect: true },
        { isCorrect: false, buildsOn: [0] },
        { reviews: [{ of: 1, isAccepted: true, isCorrect: false }] },
      ],
    });
  });

  test("of the run: success before correctness, and no other quality", async () => {
    const judged = async (...events: ReturnType<typeof result>[]) =>
      (await readSpans(span({ id: "b0", end: 9, events }), turn({ id: "b1", parent: "b0" })))
        .runs[0].success;
    expect(await judged(result("answer-correctness", 0.25), result("task_success", 0))).toBe(0);
    expect(await judged(result("answerCorrectness", 0.25), result("hallucination", 1))).toBe(0.25);
    expect(await judged(result("correct", "Pass"))).toBe(1);
    expect(await judged(result("toxicity", 0), result("helpfulness", 1))).toBeUndefined();
  });
});

test("traces of a conversation that are nothing but a turn are one run; those with a root are not", async () => {
  const conversation = { "gen_ai.conversation.id": "c" };
  const { runs } = await readSpans(
    turn({ id: "1", trace: "a1", start: 1, attributes: conversation }),
    span({ id: "2", trace: "a2", start: 2, end: 4, attributes: conversation }),
    turn({ id: "3", parent: "2", trace: "a2", start: 2, attributes: conversation }),
    turn({ id: "4", trace: "a3", start: 5, attributes: conversation }),
  );
  expect(runs.map(({ id, turns }) => [id, turns.length])).toEqual([
    ["a2", 1],
    ["a1", 2],
  ]);
});

describe("dumps of SDKs", () => {
  test("keep ids apart that are equal as numbers", async () => {
    const one = (id: string, parent: string, operation: string) =>
      `{"name": "x", "context": {"trace_id": 115825058289444712299650141807529952578, "span_id": ${id}}, "parent": {"span_id": ${parent}}, "start_time": 1758028600960730000, "end_time": 1758028602753668000, "status": {"status_code": "unset"}, "attributes": {"gen_ai.operation.name": "${operation}", "gen_ai.agent.name": "n${id.at(-1)}"}}`;
    const { runs, summary } = await read(
      file(
        `{"spans": [${one("15531323892744358781", "null", "invoke_agent")}, ${one("15531323892744358782", "15531323892744358781", "chat")}, ${one("15531323892744358783", "15531323892744358781", "chat")}]}`,
      ),
    );
    expect(summary.troubles).toEqual([]);
    expect(runs[0].turns.map((one) => one.agent)).toEqual(["n2", "n3"]);
    expect(runs[0]).toMatchObject({
      id: "115825058289444712299650141807529952578",
      seconds: 1.792938,
    });
  });

  test("of Python's to_json, of JavaScript's console, and tables of Phoenix", async () => {
    const python = {
      name: "chat m",
      context: { trace_id: "0xA1", span_id: "0x01" },
      parent_id: null,
      start_time: "2025-01-01T00:00:00.000000Z",
      end_time: "2025-01-01T00:00:01.500000Z",
      status: { status_code: "ERROR" },
      attributes: { "gen_ai.operation.name": "chat" },
    };
    const console = {
      traceId: "a2",
      parentId: undefined,
      name: "chat",
      id: "2",
      timestamp: 1758028600960730,
      duration: 2500000,
      attributes: { "gen_ai.operation.name": "chat" },
      status: { code: 0 },
      events: [],
      links: [],
    };
    const phoenix = {
      name: "LLM",
      span_kind: "LLM",
      parent_id: null,
      start_time: 1758028600960,
      end_time: 1758028604460,
      status_code: "OK",
      "context.trace_id": "a3",
      "context.span_id": "3",
      "attributes.llm.token_count.prompt": 5,
    };
    const nested = {
      name: "x",
      context: { trace_id: "a4", span_id: "4" },
      start_time: "2025-01-01 00:00:00+00:00",
      end_time: "2025-01-01 00:00:04.5+00:00",
      attributes: { openinference: { span: { kind: "LLM" } }, llm: { token_count: { prompt: 6 } } },
    };
    const { runs } = await read(file(JSON.stringify([python, console, phoenix, nested])));
    expect(
      runs.map(({ id, turns }) => [id, turns[0].seconds, turns[0].inputTokens, turns[0].failure]),
    ).toEqual([
      ["a1", 1.5, undefined, "error"],
      ["a2", 2.5, undefined, undefined],
      ["a3", 3.5, 5, undefined],
      ["a4", 4.5, 6, undefined],
    ]);
  });
});

test("Langfuse: observations alone, scores of observations, and lists of traces", async () => {
  const observation = {
    id: "o1",
    traceId: "t1",
    type: "GENERATION",
    name: "g",
    startTime: "2025-01-01T00:00:00Z",
    endTime: "2025-01-01T00:00:02Z",
    model: null,
    usage: { input: "5", output: 2 },
    metadata: null,
  };
  const score = {
    traceId: "t1",
    observationId: "o1",
    name: "correctness",
    value: null,
    stringValue: "True",
    dataType: "BOOLEAN",
  };
  const whole = {
    id: "t2",
    projectId: "p",
    timestamp: "2025-01-01T00:00:00Z",
    metadata: { task_id: "7" },
    scores: [{ name: "pass", value: 1 }],
    observations: [{ ...observation, id: "o2", traceId: "t2" }],
  };
  const { runs } = await read(file(JSON.stringify({ data: [observation, score, whole] })));
  expect(runs).toMatchObject([
    { id: "t1", turns: [{ inputTokens: 5, outputTokens: 2, seconds: 2, isCorrect: true }] },
    { id: "t2", task: "7", success: 1, turns: [{ inputTokens: 5 }] },
  ]);
});

test("one trace in several files is one run; the same file twice adds nothing", async () => {
  const one = JSON.stringify(batch([root()]));
  const other = JSON.stringify(batch([turn({ id: "b1", parent: "b0", start: 1 })]));
  const { runs, summary } = await read(file(one), file(other), file(other, "copy.json"));
  expect(runs).toMatchObject([{ turns: [{ agent: "boss" }] }]);
  expect(told(summary)).toEqual(["1 spans: duplicate"]);
  expect(summary.formats).toMatchObject([{ name: "otlp", files: 3, records: 3, runs: 1 }]);
});
