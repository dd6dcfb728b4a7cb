// faultline compare: scenarios paired with a baseline on the same tasks.
import { commonPrefix } from "../../report/text.ts";
import { suggest } from "../../scenario/checking/suggest.ts";
import type { Scenario } from "../../scenario/schema.ts";
import type { Handler } from "../command.ts";
import { UsageError } from "../errors.ts";
import { conduct, samplingOf } from "../experiments.ts";
import { loadScenarios } from "../scenarios.ts";

export const handle: Handler = async (world, invocation) => {
  const { options, operands } = invocation;
  if (operands.length < 2)
    throw new UsageError("compare needs two files or more: one of them is the baseline");
  if (options.baseline === undefined)
    throw new UsageError("compare needs --baseline NAME: what the others are compared with");
  const scenarios = await loadScenarios(world, invocation);
  const baseline = findBaseline(options.baseline, scenarios, operands);
  return conduct(world, invocation, {
    scenarios,
    baseline: baseline.name,
    seed: options.seed ?? baseline.seed,
    sampling: samplingOf(options, baseline.replications),
  });
};

/** The scenario of that name, of that file, or whose name ends like that where it differs from the others. */
function findBaseline(
  wanted: string,
  scenarios: readonly Scenario[],
  files: readonly string[],
): Scenario {
  const names = scenarios.map((scenario) => scenario.name);
  const prefix = commonPrefix(names);
  const endings = names.map((name) => name.slice(prefix.length));
  for (const candidates of [names, files, endings]) {
    const index = candidates.indexOf(wanted);
    if (index >= 0) return scenarios[index];
  }
  const meant = suggest(wanted, endings) ?? suggest(wanted, names);
  throw new UsageError(
    `--baseline: no scenario is called ${wanted}${meant ? `; did you mean ${meant}?` : ""}`,
    `The scenarios are ${names.join(", ")}.`,
  );
}
