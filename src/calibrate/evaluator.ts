// What worker threads do for a calibration: they simulate a group of scenarios at a point and answer with the metrics
// that are wanted of it. The default export is a pool's task (`experiment/pool.ts`).

import { Problems } from "../documents/checking/problems.ts";
import { runDesign } from "../experiment/chunk.ts";
import type { Task } from "../experiment/pool.ts";
import { type MetricValue, metricValue } from "../experiment/result.ts";
import { metric } from "../metrics/definitions.ts";
import { samplesOf } from "../metrics/sample.ts";
import { rootKey } from "../numerics/draws.ts";
import { compile } from "../scenario/compiling/compile.ts";
import type { Group } from "./calibration.ts";
import { instantiate } from "./templates.ts";

/** One group of scenarios at one point. */
export interface EvaluationJob {
  /** Index of the group. */
  readonly group: number;
  /** Values of the parameters. */
  readonly values: readonly number[];
  readonly replications: number;
  readonly seed: string;
}

/** One value for all that is wanted of the group; undefined where the scenarios are not valid at the point. */
export type EvaluationResult = readonly MetricValue[] | undefined;

/** Only pass^k is about repeats of an instance; for all else instances of their own tell more. */
const isOfRepeats = (metricName: string) => /^passHat/.test(metricName);

export default function evaluator(groups: readonly Group[]): Task<EvaluationJob, EvaluationResult> {
  return async ({ group, values, replications, seed }, signal) => {
    const { name, templates, baseline, wanted } = groups[group];
    const needsRepeats = wanted.some((one) => isOfRepeats(one.metric));
    const problems = new Problems();
    const plans = [];
    for (const template of templates) {
      const scenario = await instantiate(template, values, problems);
      if (scenario === undefined) return undefined;
      plans.push(compile(needsRepeats ? scenario : { ...scenario, repeats: 1 }));
    }
    const root = rootKey(`${seed}/${name}`);
    const tallies = await runDesign({ plans, root, replications }, signal);
    const samples = samplesOf(tallies, baseline);
    return wanted.map((one) => metricValue(metric(one.metric), samples[one.template]));
  };
}
