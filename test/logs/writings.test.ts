// Writings of the same facts by exporters that differ in names, wrappings and conventions.
import { expect, test } from "vitest";
import { sdk } from "../../src/logs/formats/sdk.ts";
import { tokensOf } from "../../src/logs/tokens.ts";
import { readBytes, readRecords } from "./reading.ts";
import { agent, batch, file, read, readSpans, span, tool, turn } from "./support.ts";

const SPANS = [
  agent("planner", { id: "b0", end: 9 }),
  turn({
    id: "b1",
    parent: "b0",
    attributes: { "gen_ai.usage.input_tokens": 10, "gen_ai.usage.output_tokens": 5 },
  }),
  tool("search", { id: "b2", parent: "b0", start: 2, status: { code: "STATUS_CODE_ERROR" } }),
];
const FACTS = [
  {
    agent: "planner",
    model: "m",
    start: 0,
    seconds: 1,
    inputTokens: 10,
    outputTokens: 5,
    tools: [{ name: "search", hasFailed: true }],
  },
];

/** Names as protocol buffers have them. */
const underscored = (text: string) =>
  text.replace(/"([a-z]+(?:[A-Z][a-z]+)+)":/g, (_, name: string) =>
    JSON.stringify(name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)).concat(":"),
  );

const OTLP = JSON.stringify(batch(SPANS));
test.each([
  ["names of protocol buffers", underscored(OTLP)],
  ["an answer of a server", `{"trace":${OTLP}}`],
  ["batches", OTLP.replace("resourceSpans", "batches")],
  ["a list of exports", `[${OTLP}]`],
  ["a number for an integer", OTLP.replace(/"intValue":"(\d+)"/g, '"intValue":$1')],
])("OTLP as %s", async (_, text) => {
  const { runs, summary } = await read(file(text));
  expect(summary.troubles).toEqual([]);
  expect(runs).toMatchObject([{ id: "a1", seconds: 9, turns: FACTS }]);
});

test("Jaeger and Zipkin: tags, references and microseconds", () => {
  const jaeger = {
    traceID: "a1",
    spanID: "b1",
    operationName: "chat m",
    references: [{ refType: "CHILD_OF", traceID: "a1", spanID: "b0" }],
    startTime: 1_700_000_000_500_000,
    duration: 2_000_000,
    tags: [
      { key: "gen_ai.usage.input_tokens", type: "int64", value: 7 },
      { key: "gen_ai.operation.name", type: "string", value: "chat" },
      { key: "error", type: "bool", value: true },
    ],
  };
  const zipkin = {
    traceId: "a1",
    id: "b0",
    name: "invoke_agent planner",
    timestamp: 1_700_000_000_000_000,
    duration: 4_000_000,
    tags: { "gen_ai.operation.name": "invoke_agent" },
  };
  expect(readRecords(sdk, [jaeger, zipkin]).runs).toMatchObject([
    {
      seconds: 4,
      isComplete: true,
      turns: [{ agent: "planner", start: 0.5, seconds: 2, inputTokens: 7, failure: "error" }],
    },
  ]);
});

test("OpenLLMetry: entities are agents and tools, and the total leaves the input", async () => {
  const { runs } = await readSpans(
    span({ id: "b0", end: 9, attributes: { "traceloop.span.kind": "workflow" } }),
    span({
      id: "b1",
      parent: "b0",
      name: "translator.agent",
      attributes: { "traceloop.span.kind": "agent", "traceloop.entity.name": "translator" },
    }),
    span({
      id: "b2",
      parent: "b1",
      name: "openai.chat",
      attributes: {
        "llm.request.type": "chat",
        "llm.usage.total_tokens": 30,
        "gen_ai.completion_tokens": 12,
      },
    }),
    span({
      id: "b3",
      parent: "b1",
      name: "history.tool",
      attributes: { "traceloop.span.kind": "tool", "traceloop.entity.name": "history" },
    }),
    span({
      id: "b4",
      parent: "b3",
      attributes: { "llm.request.type": "embedding", "llm.usage.total_tokens": 9 },
    }),
  );
  expect(runs[0].turns).toMatchObject([
    { agent: "translator", inputTokens: 18, outputTokens: 12, tools: [{ name: "history" }] },
  ]);
});

test("a judge that asks a model takes no turn, and a hand-off is no tool", async () => {
  const kind = (name: string) => ({ "openinference.span.kind": name });
  const { runs } = await readSpans(
    span({ id: "b0", end: 30, attributes: kind("CHAIN") }),
    span({ id: "b1", parent: "b0", name: "Triage._execute_core", attributes: kind("AGENT") }),
    turn({ id: "b2", parent: "b1", attributes: kind("LLM") }),
    span({ id: "b3", parent: "b1", name: "handoff to Writer", attributes: kind("TOOL") }),
    span({ id: "b4", parent: "b0", name: "Agent run: 'Writer'", start: 5 }),
    turn({ id: "b5", parent: "b4", start: 5 }),
    span({ id: "b6", parent: "b0", start: 8, attributes: kind("EVALUATOR") }),
    turn({ id: "b7", parent: "b6", start: 8 }),
  );
  expect(runs[0].turns).toMatchObject([
    { agent: "Triage", tools: [] },
    { agent: "Writer", tools: [] },
  ]);
  expect(runs[0].messages).toEqual([{ from: "Triage", to: "Writer" }]);
});

/** Input, output, cached, written, reasoning, total; input and output with what belongs to them. */
test.each([
  [
    [100, 50, 20, 0, 0, 150],
    [100, 50],
  ],
  [
    [80, 50, 20, 0, 0, 150],
    [100, 50],
  ],
  [
    [70, 40, 20, 10, 10, 150],
    [100, 50],
  ],
  [
    [5, 10, 100, 20],
    [125, 10],
  ],
  [
    [100, 10, 20],
    [100, 10],
  ],
  [
    [undefined, 12, undefined, undefined, undefined, 30],
    [18, 12],
  ],
])("tokens %j are %j", ([input, output, cached, written, reasoning, total], [all, out]) => {
  const tokens = tokensOf({ input, output, cached, written, reasoning, total });
  expect(tokens).toEqual({ inputTokens: all, cachedTokens: cached, outputTokens: out });
});

const GENERATION = {
  id: "g",
  traceId: "t",
  parentObservationId: null,
  type: "GENERATION",
  startTime: "2025-01-01T00:00:00.000Z",
  endTime: "2025-01-01T00:00:02.000Z",
  model: "m",
  level: "DEFAULT",
  environment: "default",
  usageDetails: { input: 40, output: 10, input_cache_read: 50, total: 100 },
};

test("Langfuse: storage, tables of its pages, and its own judges", async () => {
  const { model, usageDetails, ...rest } = GENERATION;
  const stored = JSON.parse(underscored(JSON.stringify(rest)));
  const cells = Object.values(GENERATION).map((value) =>
    typeof value === "object"
      ? JSON.stringify(JSON.stringify(value ?? "")).replaceAll('\\"', '""')
      : value,
  );
  const judge = { ...GENERATION, traceId: "j", environment: "langfuse-llm-as-a-judge" };
  const texts = [
    JSON.stringify({
      ...stored,
      project_id: "p",
      provided_model_name: model,
      usage_details: usageDetails,
    }),
    `${Object.keys(GENERATION)}\n${cells}\n`,
    `${JSON.stringify(GENERATION)}\n${JSON.stringify(judge)}\n`,
  ];
  for (const text of texts) {
    const { runs } = await readBytes("export", text);
    expect(runs).toMatchObject([
      {
        id: "t",
        seconds: 2,
        turns: [{ model: "m", inputTokens: 90, cachedTokens: 50, outputTokens: 10 }],
      },
    ]);
  }
});

test("Langfuse: traces without observations count if they are judged", async () => {
  const trace = (id: string, scores: object[]) =>
    JSON.stringify({
      id,
      timestamp: "2025-01-01T00:00:00Z",
      projectId: "p",
      scores,
      observations: [],
    });
  const score = { name: "success", value: 0, dataType: "BOOLEAN" };
  const { runs } = await readBytes("t.jsonl", `${trace("a", [score])}\n${trace("b", [])}\n`);
  expect(runs).toMatchObject([{ id: "a", success: 0, turns: [] }]);
});

test("tables of Excel: what separates fields, decimal commas, and a set of characters of old", async () => {
  const text = "sep=;\r\nrun;step;agent;größe;seconds\r\nr;1;a;2;1,5\r\n";
  const { runs } = await readBytes("t.csv", Buffer.from(text, "latin1"));
  expect(runs).toMatchObject([{ id: "r", turns: [{ agent: "a", seconds: 1.5 }] }]);
});

test("tables with remarks before the names", async () => {
  const text = '# exported on Monday, by "us\n#\n\nrun,step,agent,seconds\nr,1,#a,1.5\n';
  const { runs } = await readBytes("t.csv", text);
  expect(runs).toMatchObject([{ id: "r", turns: [{ agent: "#a", seconds: 1.5 }] }]);
});
