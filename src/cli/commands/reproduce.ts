// faultline reproduce: published figures beside simulated ones; and how well unseen models are predicted.

import type { BenchmarkStudy } from "../../literature/benchmarkStudy.ts";
import {
  leaveOneOut,
  PREDICTED_SCENARIOS,
  PREDICTION_REPLICATIONS,
  PREDICTION_SEED,
  reaches,
} from "../../literature/predictions.ts";
import {
  REPLICATIONS,
  type Reproduction,
  reproduce,
  runCount,
  SEED,
} from "../../literature/reproduce.ts";
import { STUDIES } from "../../literature/studies.ts";
import { predictionReport } from "../../report/predictions.ts";
import { reproductionReport } from "../../report/reproduce.ts";
import { suggest } from "../../scenario/checking/suggest.ts";
import type { Handler, Invocation } from "../command.ts";
import { UsageError } from "../errors.ts";
import { EXIT, type ExitCode } from "../exitCodes.ts";
import { jsonText } from "../json.ts";
import { carryThrough } from "../longWork.ts";
import { colorsOf, widthOf } from "../terminal.ts";
import type { World } from "../world.ts";

export const handle: Handler = async (world, invocation) => {
  const { options, operands } = invocation;
  const study = findStudy(operands[0] ?? STUDIES[0].name);
  if (options["leave-one-out"]) return predict(world, invocation);
  const { seed = SEED, replications = REPLICATIONS } = options;
  const result = await carryThrough(
    world,
    "reproduce",
    runCount(study, replications),
    options.quiet,
    (hooks) => reproduce(study, { seed, replications, ...hooks }),
  );
  const colors = colorsOf(world, world.stdout);
  world.stdout.write(
    options.json ? jsonText(result) : reproductionReport(result, { colors, width: widthOf(world) }),
  );
  return exitCodeOf(result, options.strict);
};

function findStudy(name: string): BenchmarkStudy {
  const study = STUDIES.find((s) => s.name === name);
  if (study !== undefined) return study;
  const names = STUDIES.map((s) => s.name);
  const meant = suggest(name, names);
  throw new UsageError(
    `there is no study ${name}${meant ? `; did you mean ${meant}?` : ""}`,
    `The studies are: ${names.join(", ")}.`,
  );
}

/** A figure out of range is a finding, not a mistake of whoever asks: it counts where --strict says so. */
function exitCodeOf({ interrupted, summary, targets }: Reproduction, isStrict: boolean): ExitCode {
  if (interrupted) return EXIT.interrupted;
  if (!isStrict) return EXIT.ok;
  if (targets.some(({ pass }) => pass === false) || summary.success.pass === false)
    return EXIT.thresholdFailed;
  const isOpen = targets.some(({ pass, tolerance }) => pass === null && tolerance !== null);
  return isOpen ? EXIT.thresholdOpen : EXIT.ok;
}

// ---------------------------------------------------------------- predictions

/** Leaves each model out in turn; nothing is printed where that is interrupted. */
async function predict(world: World, { options }: Invocation): Promise<ExitCode> {
  const { seed = PREDICTION_SEED, replications = PREDICTION_REPLICATIONS } = options;
  const total = replications * PREDICTED_SCENARIOS;
  const study = await carryThrough(world, "reproduce", total, options.quiet, async (hooks) => {
    try {
      return await leaveOneOut({ seed, replications, ...hooks });
    } catch (error) {
      if (hooks.signal.aborted) return undefined;
      throw error;
    }
  });
  if (study === undefined) return EXIT.interrupted;
  const colors = colorsOf(world, world.stdout);
  world.stdout.write(
    options.json ? jsonText(study) : predictionReport(study, { colors, width: widthOf(world) }),
  );
  return options.strict && !reaches(study) ? EXIT.thresholdFailed : EXIT.ok;
}
