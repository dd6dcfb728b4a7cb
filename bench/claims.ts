// What a claim costs as the task grows: one agent makes a chain of claims, which it begins in the middle.
import { Engine } from "../src/model/engine.ts";
import { rootKey } from "../src/numerics/draws.ts";
import { compile } from "../src/scenario/compiling/compile.ts";
import { scenarioSchema } from "../src/scenario/schema.ts";
import { processorSeconds } from "./rounds.ts";

/** Least number of claims that a measurement lasts. */
const CLAIMS = 400_000;

/** Nanoseconds of processor time a claim of a chain. */
export async function costOfClaim(size: number): Promise<number> {
  const scenario = scenarioSchema.parse({
    name: "chain",
    task: { graph: { shape: "chain", size } },
    models: { base: { errorRate: 0.1 } },
    agents: { worker: { maxTurns: 2 * size } },
    protocol: [{ work: { who: "worker" } }, { aggregate: { how: "concatenate", from: "worker" } }],
  });
  const engine = new Engine(compile(scenario), rootKey("bench"));
  const replications = Math.ceil(CLAIMS / size);
  const runAll = () => {
    for (let replication = 0; replication < replications; replication++) engine.run(replication);
  };
  runAll(); // for V8 to compile it, and for its arrays to grow
  return ((await processorSeconds(runAll)) / (replications * size)) * 1e9;
}
