// A sweep of forty small cells, and its result as one text.
import { memoryFiles } from "../../../src/documents/reading/files.ts";
import type { Store } from "../../../src/store/store.ts";
import { sweepOf } from "../../../src/sweep/file/load.ts";
import { Addresses } from "../../../src/sweep/running/addresses.ts";
import { headerOf, jsonRow, rowsOf } from "../../../src/sweep/running/result.ts";
import type { Sweep } from "../../../src/sweep/sweep.ts";

const SCENARIO = `
task: { graph: { shape: chain, size: 12 } }
models: { base: { errorRate: 0.1, latency: { distribution: exponential, mean: 1 } } }
agents: { worker: { count: 3 } }
protocol:
  - work: { who: worker }
  - aggregate: { how: majority, from: worker }
`;

export async function loadSweep(replications = 200): Promise<Sweep> {
  const { sweep } = await sweepOf({
    scenarios: ["team.yaml"],
    files: () => memoryFiles({ "team.yaml": SCENARIO }),
    vary: ["n:agents.worker.count=1:8", "models.base.errorRate=0.05:0.4:5"],
    replications,
  });
  return sweep;
}

export async function resultText(sweep: Sweep, store: Store): Promise<string> {
  const rows: string[] = [];
  for await (const row of rowsOf(new Addresses(sweep, store)))
    rows.push(JSON.stringify(jsonRow(row)));
  return [JSON.stringify(headerOf(sweep)), ...rows].join("\n");
}
