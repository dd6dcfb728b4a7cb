// Small calibrations for tests, whose answers are known: one agent that makes one claim succeeds with 1 - errorRate.
import { type LoadedCalibration, loadCalibration } from "../../src/calibrate/file/load.ts";
import { type Problem, ScenarioError } from "../../src/documents/checking/problems.ts";
import { memoryFiles } from "../../src/documents/reading/files.ts";

export const TARGETS = "fit/targets.yaml";

/** One agent; its error rate stands in a file of its own. */
export const FILES = {
  "fit/models.yaml": `# The models.
models: { base: { errorRate: 0.5, latency: { distribution: constant, mean: 1 } } }   # to be fitted
`,
  "fit/one.yaml": `extends: models.yaml
task: { graph: { shape: chain, size: 1 } }
agents: { worker: {} }
protocol:
  - work: { who: worker }
  - aggregate: { how: first, from: worker }
`,
  "fit/two.yaml": "extends: one.yaml\ntask: { graph: { size: 2 } }\n",
  "fit/fixed.yaml": "extends: one.yaml\nmodels: { base: { errorRate: 0.1 } }\n",
  "fit/other.yaml": "extends: one.yaml\nrepeats: 4\n",
} as const;

export const HEAD = `name: fit
scenarios: { one: one.yaml, two: two.yaml }
`;

export const SEARCH = `search:
  levels: [{ replications: 200, evaluations: 12 }, { replications: 800, evaluations: 24 }]
  descent: 16
  polish: 16
  final: 1600
`;

/** The error rate of one agent, from its success. */
export const ONE = `${HEAD}parameters:
  - { path: models.base.errorRate, in: models.yaml, range: [0.01, 0.9] }
targets:
  - { id: one, metric: success, of: one, value: 0.8, tolerance: 0.02, source: closed form }
  - { id: two, metric: success, of: two, value: 0.64, interval: [0.6, 0.68], weight: 0, source: closed form }
${SEARCH}`;

export function load(
  text: string,
  files: Readonly<Record<string, string>> = FILES,
): Promise<LoadedCalibration> {
  return loadCalibration(TARGETS, { files: memoryFiles({ ...files, [TARGETS]: text }) });
}

/** All problems and warnings of a targets file; any other error is thrown on. */
export async function problemsOf(...args: Parameters<typeof load>): Promise<readonly Problem[]> {
  try {
    return (await load(...args)).warnings;
  } catch (error) {
    if (error instanceof ScenarioError) return error.problems;
    throw error;
  }
}
