// Events a second of the engine on the shipped architectures, and the memory that a replication allocates.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { nodeFiles } from "../src/documents/reading/nodeFiles.ts";
import { Engine } from "../src/model/engine.ts";
import { rootKey } from "../src/numerics/draws.ts";
import { compile } from "../src/scenario/compiling/compile.ts";
import { loadScenario } from "../src/scenario/load.ts";

export const ARCHITECTURES = ["single", "independent", "centralized", "decentralized", "hybrid"];

/** An engine that has run long enough to be compiled by V8. */
export async function warmEngine(architecture: string): Promise<Engine> {
  const file = `scenarios/kim2025/finance-agent-${architecture}.yaml`;
  const { scenario } = await loadScenario(file, { files: nodeFiles(file) });
  const engine = new Engine(compile(scenario), rootKey("bench"));
  for (let replication = 0; replication < 3000; replication++) engine.run(replication);
  return engine;
}

/** Runs replications and returns the number of events. */
export function runReplications(engine: Engine, replications: number): number {
  const before = engine.events;
  for (let replication = 0; replication < replications; replication++) engine.run(replication);
  return engine.events - before;
}

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

/** Bytes that stay or become garbage in a replication; 0 where the loop allocates nothing. */
export function bytesPerReplication(engine: Engine, replications: number): number {
  collectGarbage();
  const before = process.memoryUsage().heapUsed;
  runReplications(engine, replications);
  return Math.max(0, process.memoryUsage().heapUsed - before) / replications;
}
