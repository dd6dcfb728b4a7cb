// faultline advise: which architecture suits a task, from the success of the single agent.
import {
  type Advice,
  advise,
  OptionError,
  REPLICATIONS,
  SCENARIOS,
  SEED,
} from "../../advise/advise.ts";
import { type PartFile, shippedBenchmarks } from "../../advise/candidates/candidates.ts";
import { UnreachableError } from "../../advise/simulation/solve.ts";
import { adviceText, shareText } from "../../terminal/advise.ts";
import type { Handler, Invocation } from "../command.ts";
import { CommandError, near, UsageError } from "../errors.ts";
import { EXIT } from "../exitCodes.ts";
import { jsonText } from "../json.ts";
import { carryThrough } from "../longWork.ts";
import { noteWarnings, told } from "../problems.ts";
import { overridesOf } from "../scenarios.ts";
import { screenOf } from "../screen.ts";
import type { World } from "../world.ts";

export const handle: Handler = async (world, invocation) => {
  const { options } = invocation;
  const task = taskOf(world, invocation);
  const singleSuccess = options["single-success"];
  if (singleSuccess === undefined)
    throw new UsageError(
      "advise needs --single-success P: the share of the tasks in which the single agent succeeds",
    );
  const { seed = SEED, replications = REPLICATIONS } = options;
  const settings = {
    task,
    singleSuccess,
    instances: options.instances,
    agents: options.agents,
    budget: options.budget,
    priceInput: options["price-input"],
    priceOutput: options["price-output"],
    overrides: overridesOf(options),
    seed,
    replications,
  };
  const total = replications * SCENARIOS;
  const advice = await carryThrough(world, "advise", total, options.quiet, (hooks) =>
    advise({ ...settings, ...hooks }).catch((error) => {
      throw translated(world, error);
    }),
  );
  noteWarnings(world, options.quiet, advice.warnings);
  world.stdout.write(
    options.json ? jsonText(documentOf(advice)) : adviceText(advice, screenOf(world)),
  );
  return EXIT.ok;
};

/** Warnings go to stderr. */
function documentOf({ warnings, ...advice }: Advice) {
  return advice;
}

function taskOf(world: World, { options }: Invocation): PartFile | string {
  const { benchmark, task } = options;
  if (benchmark !== undefined && task !== undefined)
    throw new UsageError("--benchmark and --task both name the task: advise takes one of them");
  if (task !== undefined) return { file: task, files: world.sources(task) };
  const names = shippedBenchmarks();
  const list = `The benchmarks are: ${names.join(", ")}.`;
  if (benchmark === undefined)
    throw new UsageError("advise needs --benchmark NAME or --task FILE: what the work is", list);
  if (names.includes(benchmark)) return benchmark;
  throw new UsageError(`there is no benchmark ${benchmark}${near(benchmark, names)}`, list);
}

/** A user's mistakes, as this command words them. */
function translated(world: World, error: unknown): unknown {
  if (error instanceof OptionError) return new UsageError(error.message);
  return error instanceof UnreachableError ? unreachable(error) : told(world, error);
}

function unreachable({ numbers, target, reachable }: UnreachableError): CommandError {
  const [low, high] = reachable.map(shareText);
  return new CommandError(
    `--single-success ${target}: no value of ${numbers.join(" or ")} gives the single agent this success; from ${low} to ${high} can be reached`,
    EXIT.invalidScenario,
    "The turns of one agent, the task and the agents' checks set these limits (--task, --set).",
  );
}
