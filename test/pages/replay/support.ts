// Shipped scenarios and their replays, for tests.

import { nodeFiles } from "../../../src/documents/reading/nodeFiles.ts";
import type { Overrides } from "../../../src/documents/reading/overrides.ts";
import type { ReplayDocument, ReplayTask } from "../../../src/experiment/replay/document.ts";
import { replayOf } from "../../../src/experiment/replay/watch.ts";
import { loadScenario } from "../../../src/scenario/load.ts";
import type { Scenario } from "../../../src/scenario/schema.ts";

/** A scenario of the folder scenarios, by its path in it, without the ending. */
export async function shipped(name: string, overrides: Overrides = {}): Promise<Scenario> {
  const path = `scenarios/${name}.yaml`;
  return (await loadScenario(path, { files: nodeFiles(path), overrides })).scenario;
}

export const ARCHITECTURES = ["single", "independent", "centralized", "decentralized", "hybrid"];

/** Numbers with which TELLING tells something. They are set here, so that a new fit does not change what the tests look at. */
const SET: Overrides = {
  "models.base.pace": 0.9688,
  "agentDefaults.handoff": 0.05353,
  "agentDefaults.overlap": 0.7091,
  "agentDefaults.synthesisLoss": 0.005419,
  "agentDefaults.checks.self.recall": 0.9876,
  "agentDefaults.checks.peer": { recall: 0.9397, falseAlarm: 0.1547 },
  "agentDefaults.checks.orchestrator": { recall: 0.8633, falseAlarm: 0.02185 },
  "budget.depth": 4.702,
  "task.graph.size": 7.783,
  "task.graph.spread": 3.029,
  "task.graph.sequentiality": 0.02,
  "task.difficulty": 0.6732,
  "task.difficultySpread": 9,
};

/** Replays of one replication of finance-agent teams. */
export function financeReplays(
  replication: number,
  ...architectures: readonly string[]
): Promise<ReplayDocument[]> {
  return Promise.all(
    architectures.map(async (name) => replayOf(await financeTeam(name), { replication })),
  );
}

/** A finance-agent team. */
export const financeTeam = (architecture: string): Promise<Scenario> =>
  shipped(`kim2025/finance-agent-${architecture}`, SET);

/** A replication in which one fault reaches the deliverable of the independent team and dies at the orchestrator. */
export const TELLING = 1854;

/** A task without events, to be filled. */
export const EMPTY_TASK: ReplayTask = {
  task: 0,
  arrived: 0,
  ended: 0,
  success: true,
  size: 1,
  versions: [],
  messages: [],
  events: [],
  deliverable: [0],
  missing: [{ claim: 0, reason: "neverAssigned" }],
};
