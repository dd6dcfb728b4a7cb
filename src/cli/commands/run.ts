// faultline run: scenarios, each by itself; or a shard of a plan.
import type { Handler } from "../command.ts";
import { runExperiment, samplingOf } from "../experiments.ts";
import { loadScenarios } from "../scenarios.ts";
import { note } from "../terminal.ts";

export const handle: Handler = async (world, invocation) => {
  const { options } = invocation;
  if (options.shard !== undefined) return (await import("../plans.ts")).runShard(world, invocation);
  const scenarios = await loadScenarios(world, invocation);
  const [{ name, seed, replications }] = scenarios;
  const settings = {
    seed: options.seed ?? seed,
    sampling: samplingOf(options, replications),
  };
  const isCounted = options.replications === undefined && options.precision.length === 0;
  const differs = scenarios.some(
    (s) =>
      (options.seed === undefined && s.seed !== seed) ||
      (isCounted && s.replications !== replications),
  );
  if (differs)
    note(world, options.quiet, `note: seed and replications of ${name} hold for all scenarios`);
  return runExperiment(world, invocation, { scenarios, ...settings });
};
