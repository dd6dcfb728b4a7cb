// What the threads of a decision do: they simulate one scenario under one seed and answer with the value of each metric. The
// default export makes the task of a pool (`experiment/pool.ts`).
import { runDesign } from "../experiment/chunk.ts";
import type { Task } from "../experiment/pool.ts";
import { metricValue } from "../experiment/result.ts";
import { metric } from "../metrics/definitions.ts";
import { samplesOf } from "../metrics/sample.ts";
import type { Plan } from "../model/plan.ts";
import { rootKey } from "../numerics/draws.ts";
import { compile } from "../scenario/compiling/compile.ts";
import type { Scenario } from "../scenario/schema.ts";

/** One scenario under one seed. */
export interface TrialJob {
  /** The same for the same scenario: threads keep compiled scenarios by it. */
  readonly id: number;
  readonly scenario: Scenario;
  readonly seed: string;
  readonly instances: number;
}

/** One value for each metric; null where the data define none. */
export type TrialValues = readonly (number | null)[];

/** Compiled scenarios that a thread keeps. */
const KEPT = 32;

export default function trialWorker(metrics: readonly string[]): Task<TrialJob, TrialValues> {
  const definitions = metrics.map(metric);
  const plans = new Map<number, Plan>();

  const planOf = ({ id, scenario }: TrialJob): Plan => {
    const plan = plans.get(id) ?? compile(scenario);
    // The one used last stands last.
    plans.delete(id);
    plans.set(id, plan);
    if (plans.size > KEPT) plans.delete(plans.keys().next().value as number);
    return plan;
  };

  return async (job, signal) => {
    const plan = planOf(job);
    const design = {
      plans: [plan],
      root: rootKey(job.seed),
      replications: job.instances * plan.repeats,
    };
    const [sample] = samplesOf(await runDesign(design, signal), -1);
    return definitions.map((definition) => metricValue(definition, sample).mean);
  };
}
