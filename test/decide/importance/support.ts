// A team whose success is known in closed form: each agent makes its own claims, and all have to be right.
import {
  type ImportanceOptions,
  importance,
  metricsFor,
} from "../../../src/decide/importance/importance.ts";
import { readRanges } from "../../../src/decide/importance/ranges.ts";
import { openTrials } from "../../../src/decide/trials.ts";
import { memoryFiles } from "../../../src/documents/reading/files.ts";
import { loadScenario } from "../../../src/scenario/load.ts";

/** One claim of `a`, two of `b`: success is (1 - a) (1 - b)² for their error rates. */
export const TEAM = `
name: team
task:
  graph: { shape: graph, claims: { a1: { owner: a }, b1: { owner: b }, b2: { owner: b } } }
models:
  a: { errorRate: 0.1, latency: { distribution: constant, mean: 1 } }
  b: { errorRate: 0.1, latency: { distribution: constant, mean: 1 } }
  c: { errorRate: 0.1, latency: { distribution: constant, mean: 1 } }
agents: { a: { model: a }, b: { model: b } }
protocol:
  - assign: { mode: owners }
  - work: { who: [a, b] }
  - aggregate: { how: concatenate, from: [a, b] }
repeats: 1
`;

export interface Asked extends Partial<Omit<ImportanceOptions, "ranges">> {
  /** As --vary has them. */
  readonly vary?: readonly string[];
}

/** The document of a scenario file. */
export async function importanceOf(text: string, { vary = [], ...asked }: Asked = {}) {
  const files = memoryFiles({ "team.yaml": text });
  const { scenario, tree } = await loadScenario("team.yaml", { files });
  const { metric = "success", only } = asked;
  const metrics = metricsFor(scenario, { metric, only });
  const trials = await openTrials({ metrics, jobs: 1 });
  try {
    const ranges = readRanges(vary);
    const seed = "importance";
    return await importance(trials, { scenario, tree, seed, ...asked, metric, only, ranges });
  } finally {
    await trials.close();
  }
}
