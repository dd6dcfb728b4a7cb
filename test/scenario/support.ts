// Helpers of the scenario tests: a small good scenario by sections, and loading from memory.

import type { Problem } from "../../src/documents/checking/problems.ts";
import { ScenarioError } from "../../src/documents/checking/problems.ts";
import type { SourceFiles } from "../../src/documents/reading/files.ts";
import { memoryFiles } from "../../src/documents/reading/files.ts";
import type { LoadedScenario, LoadOptions } from "../../src/scenario/load.ts";
import { loadScenario } from "../../src/scenario/load.ts";

const SECTIONS = {
  head: "",
  task: "task: { graph: { shape: chain, size: 3 } }",
  models: "models: { base: { errorRate: 0.1 } }",
  agents: "agents: { boss: { role: orchestrator }, worker: { count: 3 } }",
  topology: "topology: { preset: star }",
  protocol: `protocol:
  - work: { who: worker }
  - send: { from: worker, to: boss }
  - check: { by: boss }
  - aggregate: { how: synthesize, by: boss }`,
  tail: "",
};

export type Sections = Partial<typeof SECTIONS>;

/** A good scenario with some of its sections replaced. */
export function scenarioText(sections: Sections = {}): string {
  return Object.values({ ...SECTIONS, ...sections })
    .filter((text) => text !== "")
    .join("\n");
}

export const FILE = "team.yaml";

/** Loads a scenario that is given as the text of its file, or as several files. */
export function load(
  source: string | Uint8Array | Record<string, string | Uint8Array> | SourceFiles,
  options: Partial<LoadOptions> = {},
): Promise<LoadedScenario> {
  return loadScenario(FILE, { files: filesOf(source), ...options });
}

function filesOf(
  source: string | Uint8Array | Record<string, string | Uint8Array> | SourceFiles,
): SourceFiles {
  if (typeof source === "string" || source instanceof Uint8Array)
    return memoryFiles({ [FILE]: source });
  return typeof source.read === "function"
    ? (source as SourceFiles)
    : memoryFiles(source as Record<string, string | Uint8Array>);
}

/** All problems and warnings of a scenario; any other error is thrown on. */
export async function problemsOf(...args: Parameters<typeof load>): Promise<readonly Problem[]> {
  try {
    return (await load(...args)).warnings;
  } catch (error) {
    if (error instanceof ScenarioError) return error.problems;
    throw error;
  }
}

/** Marks in a text the place where a problem is expected. */
export const MARK = "‸";

/** The text without its mark, and the place of the mark. */
export function unmark(marked: string): { text: string; line: number; column: number } {
  const before = marked.slice(0, marked.indexOf(MARK)).split("\n");
  return {
    text: marked.replace(MARK, ""),
    line: before.length,
    column: (before.at(-1) as string).length + 1,
  };
}
