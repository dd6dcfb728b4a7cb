// Logged runs for tests: of simulated teams, and made by hand.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { memoryFiles } from "../../src/documents/reading/files.ts";
import { writingOtlp } from "../../src/experiment/trace/otlp/otlp.ts";
import { readLogs } from "../../src/logs/read.ts";
import type { LoggedRun, LoggedTurn } from "../../src/logs/run.ts";
import { loadScenario } from "../../src/scenario/load.ts";

/** Spans of so many replications of a scenario, line by line. */
export async function spansOf(yaml: string, replications: number): Promise<string> {
  const files = memoryFiles({ "team.yaml": yaml });
  const { scenario } = await loadScenario("team.yaml", { files });
  const lines: string[] = [];
  const writing = writingOtlp(scenario, { replications, onLine: (line) => lines.push(line) });
  while (!writing.next().done);
  return `${lines.join("\n")}\n`;
}

/** The same, read again. */
export async function simulatedRuns(yaml: string, replications: number): Promise<LoggedRun[]> {
  const folder = mkdtempSync(join(tmpdir(), "faultline-"));
  try {
    writeFileSync(join(folder, "spans.jsonl"), await spansOf(yaml, replications));
    const runs: LoggedRun[] = [];
    await readLogs([folder], { onRun: (run) => runs.push(run) });
    return runs;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export const turn = (agent: string, more: Partial<LoggedTurn> = {}): LoggedTurn => ({
  agent,
  tools: [],
  ...more,
});

export const run = (
  id: string,
  turns: readonly LoggedTurn[],
  more: Partial<LoggedRun> = {},
): LoggedRun => ({ id, place: `${id}.jsonl`, isComplete: true, turns, messages: [], ...more });

/** Runs of tasks with so many trials each, of which so many succeed. */
export const outcomeRuns = (successes: readonly number[], trials: number, turns = 1): LoggedRun[] =>
  successes.flatMap((own, task) =>
    Array.from({ length: trials }, (_, i) =>
      run(
        `${task}-${i}`,
        Array.from({ length: turns }, () => turn("solver")),
        { task: String(task), success: i < own ? 1 : 0 },
      ),
    ),
  );
