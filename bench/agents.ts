// What an event costs as the team grows: as many events are pending as there are agents at work.

import { nodeFiles } from "../src/documents/reading/nodeFiles.ts";
import { Engine } from "../src/model/engine.ts";
import { rootKey } from "../src/numerics/draws.ts";
import { compile } from "../src/scenario/compiling/compile.ts";
import { loadScenario } from "../src/scenario/load.ts";
import { processorSeconds } from "./rounds.ts";

const FILE = "scenarios/kim2025/finance-agent-independent.yaml";

/** Least number of events that a measurement lasts. */
const EVENTS = 400_000;

/** Nanoseconds of processor time an event of a team of independent agents. */
export async function costOfEvent(agents: number): Promise<number> {
  const overrides = { "agents.worker.count": agents };
  const { scenario } = await loadScenario(FILE, { files: nodeFiles(FILE), overrides });
  const engine = new Engine(compile(scenario), rootKey("bench"));
  let replication = 0;
  const runOn = () => {
    const last = engine.events + EVENTS;
    while (engine.events < last) engine.run(replication++);
  };
  runOn(); // for V8 to compile it, and for its arrays to grow
  const before = engine.events;
  const seconds = await processorSeconds(runOn);
  return (seconds / (engine.events - before)) * 1e9;
}
