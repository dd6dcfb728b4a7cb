// Shipped scenarios and their replays, for tests.

import { nodeFiles } from "../../../src/documents/reading/nodeFiles.ts";
import type { ReplayDocument, ReplayTask } from "../../../src/experiment/replay/document.ts";
import { replayOf } from "../../../src/experiment/replay/watch.ts";
import { loadScenario } from "../../../src/scenario/load.ts";
import type { Scenario } from "../../../src/scenario/schema.ts";

/** A scenario of the folder scenarios, by its path in it, without the ending. */
export async function shipped(name: string): Promise<Scenario> {
  const path = `scenarios/${name}.yaml`;
  return (await loadScenario(path, { files: nodeFiles(path) })).scenario;
}

export const ARCHITECTURES = ["single", "independent", "centralized", "decentralized", "hybrid"];

/** Replays of one replication of finance-agent teams. */
export function financeReplays(
  replication: number,
  ...architectures: readonly string[]
): Promise<ReplayDocument[]> {
  return Promise.all(
    architectures.map(async (architecture) =>
      replayOf(await shipped(`kim2025/finance-agent-${architecture}`), { replication }),
    ),
  );
}

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
