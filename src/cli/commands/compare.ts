// faultline compare: scenarios paired with a baseline on the same tasks.

import { suggest } from "../../documents/checking/suggest.ts";
import { endingsOf, findNamed } from "../../documents/names.ts";
import { list } from "../../documents/quoting.ts";
import type { Scenario } from "../../scenario/schema.ts";
import type { Handler } from "../command.ts";
import { UsageError } from "../errors.ts";
import { runExperiment, samplingOf } from "../experiments.ts";
import { loadScenarios } from "../scenarios.ts";

export const handle: Handler = async (world, invocation) => {
  const { options, operands } = invocation;
  if (operands.length < 2)
    throw new UsageError("compare needs two files or more: one of them is the baseline");
  if (options.baseline === undefined)
    throw new UsageError("compare needs --baseline NAME: what the others are compared with");
  const scenarios = await loadScenarios(world, invocation);
  const baseline = findBaseline(options.baseline, scenarios, operands);
  return runExperiment(world, invocation, {
    scenarios,
    baseline: baseline.name,
    seed: options.seed ?? baseline.seed,
    sampling: samplingOf(options, baseline.replications),
  });
};

/** The scenario that is meant by what was typed. @throws UsageError when it is none */
function findBaseline(
  wanted: string,
  scenarios: readonly Scenario[],
  files: readonly string[],
): Scenario {
  const names = scenarios.map((scenario) => scenario.name);
  const index = findNamed(wanted, names, files);
  if (index >= 0) return scenarios[index];
  const meant = suggest(wanted, endingsOf(names)) ?? suggest(wanted, names);
  throw new UsageError(
    `--baseline: no scenario is called ${wanted}${meant ? `; did you mean ${meant}?` : ""}`,
    `The scenarios are ${list(names)}.`,
  );
}
