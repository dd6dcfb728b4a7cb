// faultline reproduce: published figures beside simulated ones, of one study or of all, or the few by which one is known;
// with one seed or several; what drives a study; and how well unseen models are predicted.

import { KIM2025 } from "../../literature/kim2025/study.ts";
import {
  leaveOneOut,
  PREDICTED_SCENARIOS,
  PREDICTION_REPLICATIONS,
  PREDICTION_SEED,
  reaches,
} from "../../literature/kim2025/unseen/study.ts";
import { type Reproduction, reproduce, reproduceAll } from "../../literature/reproduce.ts";
import { reproduceSeeds } from "../../literature/seeds.ts";
import { STUDIES } from "../../literature/studies.ts";
import type { Study } from "../../literature/study.ts";
import { predictionText } from "../../terminal/predictions.ts";
import { reproductionText } from "../../terminal/reproduce.ts";
import { seedsText } from "../../terminal/seeds.ts";
import type { Handler, Invocation } from "../command.ts";
import { near, UsageError } from "../errors.ts";
import { EXIT, type ExitCode } from "../exitCodes.ts";
import { jsonText } from "../json.ts";
import { carryThrough } from "../longWork.ts";
import { screenOf } from "../screen.ts";
import type { World } from "../world.ts";

export const handle: Handler = async (world, invocation) => {
  const { options, operands } = invocation;
  const study = operands.length === 0 ? undefined : findStudy(operands[0]);
  const ways = (["leave-one-out", "brief", "ablations", "seeds"] as const).filter(
    (way) => options[way],
  );
  if (ways.length > 1)
    throw new UsageError(`${ways.map((way) => `--${way}`).join(" and ")} contradict each other`);
  if (options.out !== undefined && !options.brief)
    throw new UsageError("--out is for --brief: without it, reproduce writes no files");
  if (options["leave-one-out"]) return predict(world, invocation, study ?? KIM2025);
  if (options.brief) {
    const { reproduceBriefly } = await import("../brief.ts");
    return exitCodeOf(await reproduceBriefly(world, invocation, study ?? KIM2025), options.strict);
  }
  if (options.ablations) return ablate(world, invocation, study ?? KIM2025);
  if (options.seeds !== undefined) return overSeeds(world, invocation, options.seeds, study);
  const { seed, replications, jobs } = options;
  const runs = (study === undefined ? STUDIES : [study]).reduce(
    (sum, one) => sum + one.runs(replications ?? one.replications),
    0,
  );
  const result = await carryThrough(world, "reproduce", runs, options.quiet, (hooks) => {
    const asked = { seed, replications, jobs, ...hooks };
    return study === undefined ? reproduceAll(STUDIES, asked) : reproduce(study, asked);
  });
  world.stdout.write(options.json ? jsonText(result) : reproductionText(result, screenOf(world)));
  return exitCodeOf(result, options.strict);
};

function findStudy(name: string): Study {
  const study = STUDIES.find((s) => s.name === name);
  if (study !== undefined) return study;
  const names = STUDIES.map((s) => s.name);
  throw new UsageError(
    `there is no study ${name}${near(name, names)}`,
    `The studies are: ${names.join(", ")}.`,
  );
}

/** A figure out of range is a finding, not a user's mistake: it counts where --strict says so. */
function exitCodeOf(result: Reproduction, isStrict: boolean): ExitCode {
  const { interrupted, summary, targets, studies = [] } = result;
  if (interrupted) return EXIT.interrupted;
  if (!isStrict) return EXIT.ok;
  const summaries = [summary, ...studies.map((study) => study.summary)];
  if (
    targets.some(({ pass }) => pass === false) ||
    summaries.some(({ success }) => success?.pass === false)
  )
    return EXIT.thresholdFailed;
  const isOpen = targets.some(({ pass, tolerance }) => pass === null && tolerance !== null);
  return isOpen ? EXIT.thresholdOpen : EXIT.ok;
}

// ---------------------------------------------------------------- ablations

/** What drives a study: its main scenarios with one mechanism less. */
async function ablate(world: World, { options }: Invocation, study: Study): Promise<ExitCode> {
  const { ablations } = study;
  if (ablations === undefined) {
    const names = STUDIES.filter((one) => one.ablations !== undefined).map(({ name }) => name);
    throw new UsageError(
      `--ablations: ${study.name} has no mechanism to switch off; ${names.join(", ")} have`,
    );
  }
  const { seed, replications, jobs } = options;
  const runs = ablations.runs(replications ?? ablations.replications);
  const found = await carryThrough(world, "reproduce", runs, options.quiet, (hooks) =>
    reproduce(ablations, { seed, replications, jobs, ...hooks }),
  );
  world.stdout.write(options.json ? jsonText(found) : reproductionText(found, screenOf(world)));
  return exitCodeOf(found, false);
}

// ---------------------------------------------------------------- several seeds

/** Runs a study with several seeds; those that are complete are printed where that is interrupted. */
async function overSeeds(
  world: World,
  { options }: Invocation,
  seeds: number,
  study: Study | undefined,
): Promise<ExitCode> {
  if (study === undefined)
    throw new UsageError(
      "--seeds: the command names no study; it is for one study",
      `Such as faultline reproduce ${KIM2025.name} --seeds ${seeds}.`,
    );
  const { seed, replications = study.replications, jobs } = options;
  const runs = seeds * study.runs(replications);
  const result = await carryThrough(world, "reproduce", runs, options.quiet, (hooks) =>
    reproduceSeeds(study, { seeds, seed, replications, jobs, ...hooks }),
  );
  world.stdout.write(options.json ? jsonText(result) : seedsText(result, screenOf(world)));
  if (result.interrupted) return EXIT.interrupted;
  if (!options.strict) return EXIT.ok;
  const isOff =
    result.targets.some(({ verdicts }) => verdicts.missed > 0) ||
    result.seeds.some(({ summary }) => summary.success?.pass === false);
  if (isOff) return EXIT.thresholdFailed;
  const isOpen = result.targets.some(({ tolerance, verdicts }) => tolerance && verdicts.open > 0);
  return isOpen ? EXIT.thresholdOpen : EXIT.ok;
}

// ---------------------------------------------------------------- predictions

/** Leaves each model out in turn; nothing is printed where that is interrupted. */
async function predict(world: World, { options }: Invocation, { name }: Study): Promise<ExitCode> {
  if (name !== KIM2025.name)
    throw new UsageError(
      `--leave-one-out: ${name} has no models to leave out; ${KIM2025.name} has`,
    );
  const { seed = PREDICTION_SEED, replications = PREDICTION_REPLICATIONS } = options;
  const total = replications * PREDICTED_SCENARIOS;
  const found = await carryThrough(world, "reproduce", total, options.quiet, (hooks) =>
    leaveOneOut({ seed, replications, ...hooks }),
  );
  world.stdout.write(options.json ? jsonText(found) : predictionText(found, screenOf(world)));
  return options.strict && !reaches(found) ? EXIT.thresholdFailed : EXIT.ok;
}
