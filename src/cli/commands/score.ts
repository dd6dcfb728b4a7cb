// faultline score: cost, latency, efficacy, assurance and reliability of scenarios, and one score of all five.

import { PairingError, run } from "../../experiment/experiment.ts";
import { RELIABILITY_REPEATS, scoresOf } from "../../experiment/score.ts";
import { EQUAL_WEIGHTS } from "../../metrics/score.ts";
import { repeatsOf } from "../../scenario/compiling/compile.ts";
import type { Scenario } from "../../scenario/schema.ts";
import { scoreText } from "../../terminal/score.ts";
import type { Handler } from "../command.ts";
import { CommandError, UsageError } from "../errors.ts";
import { EXIT } from "../exitCodes.ts";
import { jsonText } from "../json.ts";
import { carryThrough } from "../longWork.ts";
import { loadScenarios } from "../scenarios.ts";
import { screenOf } from "../screen.ts";

export const handle: Handler = async (world, invocation) => {
  const { options } = invocation;
  const scenarios = (await loadScenarios(world, invocation)).map((scenario) =>
    withObjective(scenario, options.sla),
  );
  checkRepeats(scenarios);
  const { replications = scenarios[0].replications, seed, jobs = "auto" } = options;
  if (replications < RELIABILITY_REPEATS)
    throw new UsageError(
      `--replications ${replications}: reliability is ${RELIABILITY_REPEATS} runs of one task in a row, so that it takes ${RELIABILITY_REPEATS} at least`,
    );
  const total = scenarios.length * replications;
  const result = await carryThrough(world, "score", total, options.quiet, async (hooks) => {
    try {
      const { signal, onProgress } = hooks;
      const tell = (share: number) => onProgress(share);
      return await run(scenarios, { seed, replications, jobs, signal, onProgress: tell });
    } catch (error) {
      throw error instanceof PairingError ? new UsageError(error.message) : error;
    }
  });
  const { weights = EQUAL_WEIGHTS, normalisation = "min-max" } = options;
  const score = scoresOf(result, weights, normalisation);
  world.stdout.write(options.json ? jsonText(score) : scoreText(score, screenOf(world)));
  return result.interrupted ? EXIT.interrupted : EXIT.ok;
};

function withObjective(scenario: Scenario, sla: number | undefined): Scenario {
  if (sla === undefined) return scenario;
  return { ...scenario, objectives: { ...scenario.objectives, latency: sla } };
}

/** @throws CommandError where a scenario repeats its instances too few times for reliability to be measured */
function checkRepeats(scenarios: readonly Scenario[]): void {
  const short = scenarios.find((scenario) => repeatsOf(scenario) < RELIABILITY_REPEATS);
  if (short === undefined) return;
  const isStream = short.workload.arrivals !== "one";
  throw new CommandError(
    `${short.name}: reliability is ${RELIABILITY_REPEATS} runs of one task in a row, but ${isStream ? "tasks that arrive over time are all different" : `repeats is ${short.repeats}`}`,
    EXIT.invalidScenario,
    isStream
      ? "Use workload: { arrivals: one } for this command."
      : `Set repeats to ${RELIABILITY_REPEATS} or more, in the file or with --set repeats=${RELIABILITY_REPEATS}.`,
  );
}
