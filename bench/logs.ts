// Reading logs: spans a minute of one thread, and the largest resident set, as a file of OTLP spans grows.
// node dist/bench/bench/logs.js SPANS prints both.
import { execFileSync } from "node:child_process";
import { createWriteStream, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readLogs } from "../src/logs/read.ts";
import { processorSeconds } from "./rounds.ts";

export interface LogSpeed {
  readonly spansPerMinute: number;
  readonly megabytesPerSecond: number;
  readonly residentMegabytes: number;
}

const SPANS_OF_A_RUN = 20;
/** A span of a turn carries what was said, as most tools export it. */
const TEXT = 'The quick brown fox said \\"hello\\" and went home. '.repeat(16);

/** How fast a file with so many spans is read, and in how much memory; by a process of its own. */
export async function speedOfLogs(spans: number): Promise<LogSpeed> {
  const folder = mkdtempSync(join(tmpdir(), "faultline-logs-"));
  try {
    const file = join(folder, "spans.jsonl");
    await writeSpans(file, spans);
    const script = fileURLToPath(import.meta.url);
    return JSON.parse(
      execFileSync(process.execPath, [script, "--read", file], { encoding: "utf8" }),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Time is that of the processor, garbage collector included. */
async function measure(file: string): Promise<LogSpeed> {
  let spans = 0;
  const seconds = await processorSeconds(() =>
    readLogs([file], {
      onRun: ({ turns }) => {
        spans += 1 + turns.length + turns.reduce((sum, { tools }) => sum + tools.length, 0);
      },
    }),
  );
  return {
    spansPerMinute: (spans / seconds) * 60,
    megabytesPerSecond: statSync(file).size / 2 ** 20 / seconds,
    residentMegabytes: process.resourceUsage().maxRSS / 2 ** 10,
  };
}

/** Lines of OTLP, a run each: a root, and turns with a tool each. */
async function writeSpans(file: string, spans: number): Promise<void> {
  const stream = createWriteStream(file);
  for (let run = 0; run * SPANS_OF_A_RUN < spans; run++)
    if (!stream.write(`${lineOf(run)}\n`))
      await new Promise<void>((resolve) => stream.once("drain", resolve));
  await new Promise<void>((resolve) => stream.end(resolve));
}

const spanId = (run: number, i: number) =>
  `b${(run * SPANS_OF_A_RUN + i).toString(16).padStart(15, "0")}`;

function lineOf(run: number): string {
  const traceId = `a${run.toString(16).padStart(31, "0")}`;
  const span = (i: number, name: string, attributes: string) =>
    `{"traceId":"${traceId}","spanId":"${spanId(run, i)}",` +
    (i === 0 ? "" : `"parentSpanId":"${spanId(run, 0)}",`) +
    `"name":"${name}","kind":3,"startTimeUnixNano":"${1_700_000_000 + i}000000000","endTimeUnixNano":"${
      1_700_000_000 + i
    }500000000","attributes":[${attributes}],"status":{}}`;
  const text = (key: string, value: string) =>
    `{"key":"${key}","value":{"stringValue":"${value}"}}`;
  const count = (key: string, value: number) => `{"key":"${key}","value":{"intValue":"${value}"}}`;
  const list = Array.from({ length: SPANS_OF_A_RUN }, (_, i) => {
    if (i === 0)
      return span(
        0,
        "invoke_agent planner",
        [
          text("gen_ai.operation.name", "invoke_agent"),
          text("gen_ai.agent.name", "planner"),
        ].join(),
      );
    if (i % 2 === 0)
      return span(
        i,
        "execute_tool search",
        [
          text("gen_ai.operation.name", "execute_tool"),
          text("gen_ai.tool.name", "search"),
          text("gen_ai.tool.call.result", TEXT),
        ].join(),
      );
    return span(
      i,
      "chat model",
      [
        text("gen_ai.operation.name", "chat"),
        text("gen_ai.request.model", "model"),
        text("gen_ai.response.model", "model-1"),
        count("gen_ai.usage.input_tokens", 1000 + i),
        count("gen_ai.usage.output_tokens", 100 + i),
        text("gen_ai.input.messages", TEXT + TEXT),
      ].join(),
    );
  });
  return `{"resourceSpans":[{"resource":{},"scopeSpans":[{"scope":{"name":"bench"},"spans":[${list.join()}]}]}]}`;
}

const [, script, spans, file] = process.argv;
if (script === fileURLToPath(import.meta.url))
  console.log(
    JSON.stringify(await (spans === "--read" ? measure(file) : speedOfLogs(Number(spans)))),
  );
