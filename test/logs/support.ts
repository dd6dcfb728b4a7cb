// Logs for tests: spans in the writing of OTLP, and files of them in a folder of the test.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll } from "vitest";
import { type ReadSummary, readLogs } from "../../src/logs/read.ts";
import type { LoggedRun } from "../../src/logs/run.ts";

export interface Made {
  readonly id: string;
  readonly parent?: string;
  readonly trace?: string;
  readonly name?: string;
  /** Seconds. */
  readonly start?: number;
  readonly end?: number | null;
  readonly status?: object;
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly events?: readonly { readonly name: string; readonly attributes: object }[];
  readonly links?: readonly string[];
}

const BEGIN = 1_700_000_000;
/** As nanoseconds in a text, which are too many for a number. */
const moment = (seconds: number) => `${BEGIN * 1e3 + Math.round(seconds * 1e3)}000000`;

/** A span as OTLP writes it. */
export function span(made: Made): object {
  const { id, parent, trace = "a1", name = "span", start = 0, end = start + 1 } = made;
  return {
    traceId: trace,
    spanId: id,
    ...(parent !== undefined && { parentSpanId: parent }),
    name,
    startTimeUnixNano: moment(start),
    ...(end !== null && { endTimeUnixNano: moment(end) }),
    status: made.status ?? {},
    attributes: listOf(made.attributes ?? {}),
    events: made.events?.map((event) => ({ ...event, attributes: listOf(event.attributes) })),
    links: made.links?.map((spanId) => ({ traceId: trace, spanId })),
  };
}

const listOf = (attributes: object) =>
  Object.entries(attributes).map(([key, value]) => ({ key, value: anyValue(value) }));

function anyValue(value: unknown): object {
  if (typeof value === "boolean") return { boolValue: value };
  if (typeof value !== "number") return { stringValue: value };
  return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value };
}

export const turn = (made: Made): object =>
  span({
    ...made,
    attributes: {
      "gen_ai.operation.name": "chat",
      "gen_ai.request.model": "m",
      ...made.attributes,
    },
  });

export const agent = (name: string, made: Made): object =>
  span({
    ...made,
    attributes: {
      "gen_ai.operation.name": "invoke_agent",
      "gen_ai.agent.name": name,
      ...made.attributes,
    },
  });

export const tool = (name: string, made: Made): object =>
  span({
    ...made,
    attributes: {
      "gen_ai.operation.name": "execute_tool",
      "gen_ai.tool.name": name,
      ...made.attributes,
    },
  });

export const batch = (spans: readonly object[]) => ({
  resourceSpans: [{ resource: {}, scopeSpans: [{ scope: {}, spans }] }],
});

export interface Read {
  readonly runs: LoggedRun[];
  readonly summary: ReadSummary;
}

const folders: string[] = [];

export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "faultline-logs-"));
  folders.push(path);
  return path;
}

afterAll(() => {
  for (const path of folders.splice(0)) rmSync(path, { recursive: true });
});

export function file(content: string | Uint8Array, name = "log.jsonl"): string {
  const path = join(folder(), name);
  writeFileSync(path, content);
  return path;
}

/** Places without the folder, which is another one each time. */
export async function read(...paths: string[]): Promise<Read> {
  const runs: LoggedRun[] = [];
  const summary = await readLogs(paths, {
    onRun: (run) => runs.push({ ...run, place: run.place.replace(`${dirname(paths[0])}/`, "") }),
  });
  return { runs, summary };
}

export const readSpans = (...spans: object[]): Promise<Read> =>
  read(file(JSON.stringify(batch(spans))));

/** The troubles, as `COUNT WHAT: TROUBLE`. */
export const told = ({ troubles }: ReadSummary) =>
  troubles.map(({ trouble, what, count }) => `${count} ${what}: ${trouble}`);
