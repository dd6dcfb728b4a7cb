// Small experiments for tests: one agent, a team of workers with an orchestrator, files in memory.

import { type Problem, ScenarioError } from "../../src/documents/checking/problems.ts";
import { memoryFiles } from "../../src/documents/reading/files.ts";
import { type Cell, type CellProblem, isProblem } from "../../src/sweep/cells.ts";
import {
  type LoadExperimentOptions,
  type LoadedSweep,
  loadExperiment,
  type SweepOfOptions,
  sweepOf,
} from "../../src/sweep/file/load.ts";
import type { Sweep } from "../../src/sweep/sweep.ts";

export const FILE = "lab/sweep.yaml";

export const FILES = {
  "lab/base.yaml": `task: { graph: { shape: chain, size: 3 } }
models: { base: { errorRate: 0.1 } }
seed: lab
replications: 80
`,
  "lab/single.yaml": `extends: base.yaml
agents: { solo: {} }
protocol:
  - work: { who: solo }
  - aggregate: { how: first, from: solo }
`,
  "lab/team.yaml": `extends: base.yaml
agents: { boss: { role: orchestrator }, worker: { count: 3 } }
topology: { preset: star }
protocol:
  - work: { who: worker }
  - send: { from: worker, to: boss }
  - check: { by: boss }
  - aggregate: { how: synthesize, by: boss }
`,
  "lab/often.yaml": "extends: single.yaml\nrepeats: 4\n",
  "lab/bare.yaml": `task: { graph: { shape: chain, size: 3 } }
models: { base: {} }
agents: { solo: {} }
protocol:
  - work: { who: solo }
  - aggregate: { how: first, from: solo }
`,
  "lab/broken.yaml": "extends: single.yaml\nrepeats: 0\n",
} as const;

export const HEAD = "scenarios: { single: single.yaml, team: team.yaml }\n";

export function load(
  text: string,
  options: Partial<LoadExperimentOptions> = {},
): Promise<LoadedSweep> {
  return loadExperiment(FILE, { files: memoryFiles({ ...FILES, [FILE]: text }), ...options });
}

export function vary(options: Partial<SweepOfOptions>): Promise<LoadedSweep> {
  const files = memoryFiles(FILES);
  return sweepOf({ scenarios: ["lab/team.yaml"], vary: [], files: () => files, ...options });
}

/** All problems and warnings of what is loaded; any other error is thrown on. */
export async function problemsOf(loading: Promise<LoadedSweep>): Promise<readonly Problem[]> {
  try {
    return (await loading).warnings;
  } catch (error) {
    if (error instanceof ScenarioError) return error.problems;
    throw error;
  }
}

export async function cellsOf(sweep: Sweep): Promise<(Cell | CellProblem)[]> {
  const cells: (Cell | CellProblem)[] = [];
  for (let i = 0; i < sweep.cellCount; i++) cells.push(await sweep.cellAt(i));
  return cells;
}

/** The factors of every cell with its labels, as short texts. */
export async function outline(sweep: Sweep): Promise<string[]> {
  return (await cellsOf(sweep)).map((cell) => {
    const factors = Object.entries(cell.factors).map(([name, value]) => `${name}=${value}`);
    return `${cell.labels.join("+")}${isProblem(cell) ? "!" : ""} ${factors.join(" ")}`.trim();
  });
}
