// Simulations of estimated scenarios: files in memory, and the figures that are held against logs.
import { memoryFiles, type SourceFiles } from "../documents/reading/files.ts";
import { run } from "../experiment/experiment.ts";
import { type MetricValue, readMetric } from "../experiment/result.ts";
import { KNOWN_METRICS } from "../metrics/naming.ts";
import { loadScenario } from "../scenario/load.ts";
import type { Scenario } from "../scenario/schema.ts";

/** What a scenario is made of: the text of its file, where it is to stand, and where files are that it extends. */
export interface ScenarioSource {
  readonly path: string;
  readonly text: string;
  readonly files?: SourceFiles | undefined;
}

/** The files with one more in memory. */
export function overlaid({ path, text, files }: ScenarioSource): SourceFiles {
  const own = memoryFiles({ [path]: text });
  if (files === undefined) return own;
  return {
    ...files,
    read: (wanted) => (wanted === path ? text : files.read(wanted)),
    size: (wanted) => (wanted === path ? text.length : (files.size?.(wanted) ?? 0)),
  };
}

/** @throws ScenarioError where the file is not valid, alone or with what it extends */
export async function scenarioOf(source: ScenarioSource): Promise<Scenario> {
  const { path } = source;
  const options = { files: overlaid(source), metricNames: KNOWN_METRICS };
  return (await loadScenario(path, options)).scenario;
}

/** Figures of a simulated team that logs have as well. */
export const FIGURES = [
  "success",
  "turns",
  "inputTokens",
  "outputTokens",
  "latency.p50",
  "latency.p95",
] as const;
export type FigureName = (typeof FIGURES)[number] | `pass^${number}`;

export interface SimulateOptions {
  readonly replications: number;
  readonly seed: string;
  /** Largest k of pass^k. */
  readonly repeats: number;
}

/** Simulated figures with their 95 % intervals. Figures without a value are left out. */
export async function simulatedFigures(
  scenario: Scenario,
  { replications, seed, repeats }: SimulateOptions,
): Promise<ReadonlyMap<FigureName, MetricValue>> {
  const counted = { ...countingTokens(scenario), repeats, thresholds: [] };
  const { scenarios } = await run([counted], { replications, seed });
  const [{ metrics }] = scenarios;
  const read = (name: string) => readMetric(metrics, name);
  const input = scaled(read("cost"), MILLION);
  const tokens = read("tokens");
  const values: [FigureName, MetricValue | undefined][] = [
    ["success", read("success")],
    ...Array.from({ length: repeats - 1 }, (_, i): [FigureName, MetricValue | undefined] => [
      `pass^${i + 2}`,
      read(`passHat${i + 2}`),
    ]),
    ["turns", read("turns")],
    ["inputTokens", input],
    ["outputTokens", difference(tokens, input)],
    ["latency.p50", read("latency.p50")],
    ["latency.p95", read("latency.p95")],
  ];
  return new Map(
    values.flatMap(([name, value]) =>
      value === undefined || value.mean === null ? [] : [[name, value]],
    ),
  );
}

const MILLION = 1_000_000;

/** The scenario with prices at which a cost is a number of input tokens, in millionths. */
export function countingTokens(
  scenario: Scenario,
  isCounted: (model: string) => boolean = () => true,
): Scenario {
  const models = Object.fromEntries(
    Object.entries(scenario.models).map(([name, model]) => [
      name,
      { ...model, price: { input: isCounted(name) ? 1 : 0, output: 0 } },
    ]),
  );
  const agents = Object.fromEntries(
    Object.entries(scenario.agents).map(([name, { price: _, ...agent }]) => [name, agent]),
  );
  return { ...scenario, models, agents };
}

function scaled(value: MetricValue | undefined, by: number): MetricValue | undefined {
  if (value?.mean == null) return undefined;
  const [low, high] = value.ci;
  return {
    mean: value.mean * by,
    ci: [low === null ? null : low * by, high === null ? null : high * by],
  };
}

/** The difference of two figures of the same runs: its interval is that of the sum at worst. */
function difference(
  all: MetricValue | undefined,
  part: MetricValue | undefined,
): MetricValue | undefined {
  if (all?.mean == null || part?.mean == null) return undefined;
  const mean = all.mean - part.mean;
  const half = (side: 0 | 1) =>
    Math.abs((all.ci[side] ?? (all.mean as number)) - (all.mean as number));
  return { mean, ci: [mean - half(0), mean + half(1)] };
}

/** Replications that tell how much a turn reads. */
const CONTEXT_REPLICATIONS = 512;

/** Input tokens per call that a scenario adds to the prompt of a model: what is in the ledgers of its agents. */
export async function contextPerCall(scenario: Scenario, model: string): Promise<number> {
  const counted = countingTokens(scenario, (name) => name === model);
  const withPrompt = (prompt: number): Scenario => ({
    ...counted,
    thresholds: [],
    models: { ...counted.models, [model]: { ...counted.models[model], prompt } },
  });
  const tokens = async (one: Scenario) => {
    const { scenarios } = await run([one], { replications: CONTEXT_REPLICATIONS, seed: "context" });
    return (readMetric(scenarios[0].metrics, "cost")?.mean ?? 0) * MILLION;
  };
  const without = await tokens(withPrompt(0));
  const calls = (await tokens(withPrompt(1))) - without;
  return calls > 0 ? without / calls : 0;
}
