// Reads logs in tests: records by one format, or files by all.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LogFormat, LogRecord } from "../../src/logs/format.ts";
import { type ReadOptions, type ReadSummary, readLogs } from "../../src/logs/read.ts";
import type { LoggedRun } from "../../src/logs/run.ts";

/** Real logs of others, which are no part of the project. */
export const TRACES = "/work/shared/data/traces";
export const hasTraces = existsSync(TRACES);

export interface Read {
  readonly runs: LoggedRun[];
  /** `TROUBLE WHAT PLACE`. */
  readonly troubles: string[];
}

/** Hands records to a format; values stand in `log.json`, one per line. */
export function readRecords(
  format: LogFormat,
  values: readonly unknown[],
  around: Omit<LogRecord, "value" | "place"> & { readonly file?: string } = {},
): Read {
  const { file = "log.json", ...rest } = around;
  const read: Read = { runs: [], troubles: [] };
  const parser = format.begin({
    run: (run) => read.runs.push(run),
    trouble: (trouble, what, place) =>
      read.troubles.push(`${trouble} ${what} ${place.file}:${place.line}`),
  });
  values.forEach((value, i) => {
    const record = { value, place: { file, line: i + 1 }, ...rest };
    if (!format.recognises(record)) throw new Error(`record ${i + 1} is not recognised`);
    parser.take(record);
  });
  parser.end();
  return read;
}

/** Reads files by their paths. */
export async function readPaths(
  paths: readonly string[],
  options: Omit<ReadOptions, "onRun"> = {},
): Promise<{ readonly runs: LoggedRun[]; readonly summary: ReadSummary }> {
  const runs: LoggedRun[] = [];
  const summary = await readLogs(paths, { ...options, onRun: (run) => runs.push(run) });
  return { runs, summary };
}

/** Reads a file with these bytes. */
export async function readBytes(
  name: string,
  bytes: string | Uint8Array,
  options: Omit<ReadOptions, "onRun"> = {},
) {
  const folder = mkdtempSync(join(tmpdir(), "logs-"));
  try {
    writeFileSync(join(folder, name), bytes);
    return await readPaths([join(folder, name)], options);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export const totalOf = (
  runs: readonly LoggedRun[],
  of: (turn: LoggedRun["turns"][number]) => number | undefined,
): number => runs.flatMap(({ turns }) => turns).reduce((sum, turn) => sum + (of(turn) ?? 0), 0);
