// Candidates in memory for tests: one claim, agents that get it wrong with a known chance, and architectures of which
// the outcome is a closed form.
import { ARCHITECTURES } from "../../src/advise/candidates/architectures.ts";
import { Candidates, type PartFiles } from "../../src/advise/candidates/candidates.ts";
import { memoryFiles } from "../../src/documents/reading/files.ts";

const AGENTS = `
models: { base: { errorRate: 0.5, latency: { distribution: constant, mean: 1 } } }
`;

/** All wrong answers are the same one. */
export const TASK = "task: { graph: { shape: chain, size: 1 }, alternatives: 1 }\n";

const teamOf = (how: string) => `
agents: { worker: { count: 3 } }
protocol:
  - work: { who: worker }
  - aggregate: { how: ${how}, from: worker }
`;

/** All teams vote but for the independent one, of which the first answer is taken. */
export const ARCHITECTURE_FILES = {
  single: teamOf("first").replace("3", "1"),
  independent: teamOf("first"),
  decentralized: teamOf("majority"),
  centralized: teamOf("majority"),
  hybrid: teamOf("majority"),
};

/** A scenario of one's own: two solvers and a clerk work by themselves, and what the clerk has counts. */
export const TEAM = `task: { graph: { shape: chain, size: 2 }, difficulty: 0.5 }
models: { gpt: { errorRate: 0.1 } }
agents: { solver: { count: 2 }, clerk: {} }
protocol:
  - work: { who: [solver, clerk] }
  - aggregate: { how: first, from: clerk }
`;

export function parts(
  task = TASK,
  agents = AGENTS,
  architectures: Record<string, string> = ARCHITECTURE_FILES,
): PartFiles {
  const contents: Record<string, string> = { agents, task };
  for (const name of ARCHITECTURES) contents[name] = architectures[name];
  const files = memoryFiles(
    Object.fromEntries(Object.entries(contents).map(([name, text]) => [`${name}.yaml`, text])),
  );
  const part = (name: string) => ({ file: `${name}.yaml`, files });
  return {
    agents: part("agents"),
    task: part("task"),
    architectures: Object.fromEntries(
      ARCHITECTURES.map((name) => [name, part(name)]),
    ) as PartFiles["architectures"],
  };
}

export const candidates = (task?: string, agents?: string) => new Candidates(parts(task, agents));
