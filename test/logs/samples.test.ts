// Real files of tools, where they are at hand: what was counted in them by hand.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { read } from "./support.ts";

/** Beside the repository, or one higher. */
const FOLDER = ["../../../shared", "../../../../shared"]
  .map((path) => join(import.meta.dirname, path, "data/traces"))
  .find((path) => existsSync(path));

/** File, agent, tokens in and out of each turn, its tools, and success. */
const EXPECTED: readonly [
  string,
  string,
  string,
  (readonly [number, number, string[]])[],
  number?,
][] = [
  [
    "otel-sdk/AGNO_trace.json",
    "any_agent",
    "mistral/mistral-small-latest",
    [
      [395, 16, ["get_current_time"]],
      [483, 14, ["write_file"]],
      [518, 44, []],
    ],
  ],
  [
    "otel-sdk/LANGCHAIN_trace.json",
    "any_agent",
    "mistral/mistral-small-latest",
    [
      [245, 16, ["get_current_time"]],
      [331, 14, ["write_file"]],
      [366, 33, []],
      [320, 62, []],
    ],
  ],
  [
    "otel-sdk/OPENAI_trace.json",
    "any_agent",
    "mistral/mistral-small-latest",
    [
      [269, 16, ["get_current_time"]],
      [359, 14, ["write_file"]],
      [392, 46, []],
    ],
  ],
  [
    "otel-sdk/SMOLAGENTS_trace.json",
    "any_agent",
    "mistral/mistral-small-latest",
    [
      [677, 16, ["get_current_time"]],
      [782, 14, ["write_file"]],
      [835, 57, ["final_answer"]],
    ],
  ],
  [
    "langfuse/agno-2025-06-11.trace.json",
    "agent",
    "gpt-4o-mini",
    [
      [163, 20, ["duckduckgo_search"]],
      [663, 225, []],
    ],
  ],
  ["langfuse/autogen-2025-06-06.trace.json", "agent", "gpt-4o", [[41, 3, []]]],
  [
    "langfuse/claude-agent-2025-12-22.trace.json",
    "agent",
    "claude-sonnet-4-5-20250929",
    [
      [19, 29, []],
      [5, 53, []],
      [5, 56, ["mcp__weather__get_weather", "mcp__weather__get_weather"]],
      [5, 94, []],
    ],
    0,
  ],
  ["langfuse/crewai-2025-07-11.trace.json", "agent", "gpt-4o-mini", [[190, 164, []]]],
  [
    "langfuse/google-adk-2025-08-28.trace.json",
    "hello_agent",
    "gemini-2.0-flash",
    [
      [28, 3, ["say_hello"]],
      [39, 6, []],
    ],
  ],
  [
    "langfuse/langgraph-python-2025-08-22.trace.json",
    "agent",
    "gpt-4o-2024-08-06",
    [
      [60, 15, ["Web-Search"]],
      [108, 51, []],
    ],
  ],
  [
    "langfuse/openai-agents-2025-09-30.trace.json",
    "Hello world",
    "gpt-4.1-2025-04-14",
    [
      [55, 15, ["get_weather"]],
      [85, 29, []],
    ],
  ],
  ["langfuse/pydantic-ai-2025-06-06.trace.json", "qa_agent", "gpt-4o", [[31, 96, []]]],
  ["langfuse/vercel-aisdk-2025-11-17.trace.json", "agent", "gpt-5", [[62, 85, ["getWeather"]]]],
];

describe.skipIf(FOLDER === undefined)("samples", () => {
  test.each(EXPECTED)("%s", async (name, agent, model, turns, success) => {
    const { runs, summary } = await read(join(FOLDER as string, name));
    expect(summary.troubles).toEqual([]);
    expect(runs).toHaveLength(1);
    expect(runs[0].success).toBe(success);
    expect(runs[0].isComplete).toBe(true);
    expect(
      runs[0].turns.map((one) => [
        one.agent,
        one.model,
        one.inputTokens,
        one.outputTokens,
        one.tools.map((tool) => tool.name),
      ]),
    ).toEqual(turns.map(([input, output, tools]) => [agent, model, input, output, tools]));
    expect(runs[0].turns.every(({ seconds, dollars }) => seconds! > 0 && dollars! > 0)).toBe(true);
  });

  test("sessions that several tasks share do not make one run of them", async () => {
    const { runs } = await read(join(FOLDER as string, "langfuse"));
    expect(runs).toHaveLength(9);
  });
});
