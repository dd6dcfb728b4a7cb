// Small scenarios for tests, written as their authors would write them.
import { compare, run } from "../../src/experiment/experiment.ts";
import { type MetricValue, readMetric } from "../../src/experiment/result.ts";
import { Engine } from "../../src/model/engine.ts";
import { rootKey } from "../../src/numerics/draws.ts";
import { compile } from "../../src/scenario/compiling/compile.ts";
import { type Scenario, scenarioSchema } from "../../src/scenario/schema.ts";

export type Written = Record<string, unknown>;

/** A valid scenario from its written form, defaults filled in. */
export function scenario(written: Written): Scenario {
  return scenarioSchema.parse({ name: "test", ...written });
}

/** A team of `count` perfect workers over a task; parts can be replaced. */
export function team(count: number, written: Written = {}): Scenario {
  return scenario({
    task: { graph: { shape: "chain", size: 1 } },
    models: { base: { errorRate: 0, latency: { distribution: "constant", mean: 1 } } },
    agents: { worker: { count } },
    protocol: [{ work: { who: "worker" } }, { aggregate: { how: "concatenate", from: "worker" } }],
    repeats: 1,
    ...written,
  });
}

/** The outcome rows of replications 0, 1, … with seed "test". */
export function outcomes(of: Scenario, replications: number): number[][] {
  const engine = new Engine(compile(of), rootKey("test"));
  return Array.from({ length: replications }, (_, i) => {
    engine.run(i);
    return [...engine.outcome];
  });
}

/** Values of some metrics after a run. */
export async function measure(
  of: Scenario,
  replications: number,
  metrics: readonly string[],
  seed = "test",
): Promise<MetricValue[]> {
  const result = await run([of], { replications, seed });
  return metrics.map((name) => readMetric(result.scenarios[0].metrics, name) as MetricValue);
}

/** Values of some metrics of a scenario beside a baseline. */
export async function compared(
  of: Scenario,
  baseline: Scenario,
  metrics: readonly string[],
  replications = 40_000,
): Promise<MetricValue[]> {
  const scenarios = [of, { ...baseline, name: "baseline" }];
  const result = await compare(scenarios, "baseline", { replications, seed: "test" });
  return metrics.map((name) => readMetric(result.scenarios[0].metrics, name) as MetricValue);
}

/**
 * Half-width of a 99.9 % interval over 32 nets as a multiple of the 95 % one, by Student's t: a test that uses it on a random result raises a
 * false alarm in one of 1,000 seeds. The seed is fixed, so that it always gives the same answer.
 */
const WIDER = 3.6335 / 2.0395;

/** The 99.9 % interval of an estimate. */
export function wide({ mean, ci }: MetricValue): readonly [low: number, high: number] {
  const [middle, low, high] = [mean, ...ci] as [number, number, number];
  return [middle - WIDER * (middle - low), middle + WIDER * (high - middle)];
}

/** Whether a closed form lies in the 99.9 % interval of an estimate. */
export function agrees(value: MetricValue, truth: number): boolean {
  const [low, high] = wide(value);
  return low <= truth && truth <= high;
}
