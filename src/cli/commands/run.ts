// faultline run: scenarios, each by itself.
import type { Handler } from "../command.ts";
import { conduct } from "../experiments.ts";
import { loadScenarios } from "../scenarios.ts";
import { note } from "../terminal.ts";

export const handle: Handler = async (world, invocation) => {
  const { options } = invocation;
  const scenarios = await loadScenarios(world, invocation);
  const [{ name, seed, replications }] = scenarios;
  const settings = {
    seed: options.seed ?? seed,
    replications: options.replications ?? replications,
  };
  const differs = scenarios.some(
    (s) =>
      (options.seed === undefined && s.seed !== seed) ||
      (options.replications === undefined && s.replications !== replications),
  );
  if (differs)
    note(world, options.quiet, `note: seed and replications of ${name} hold for all scenarios`);
  return conduct(world, invocation, { scenarios, ...settings });
};
