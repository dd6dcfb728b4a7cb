// faultline advise: which architecture suits a task, from the success of the single agent and what else was measured.
import { type Advice, advise, UnmetError } from "../../advise/advise.ts";
import { type PartFile, shippedBenchmarks } from "../../advise/candidates/candidates.ts";
import { loadOwnTeam, type OwnTeam } from "../../advise/candidates/ownTeam.ts";
import { OptionError, REPLICATIONS, SCENARIOS, SEED } from "../../advise/options.ts";
import { UnreachableError } from "../../advise/simulation/solve.ts";
import { ConstraintError } from "../../decide/constraints.ts";
import { adviceText, shareText } from "../../terminal/advise.ts";
import { plainNumber } from "../../wording/estimate.ts";
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
  const singleSuccess = options["single-success"];
  const work = workOf(world, invocation);
  if (singleSuccess === undefined)
    throw new UsageError(
      "advise needs --single-success P: the share of the tasks in which the single agent succeeds",
    );
  const { seed = SEED, replications = REPLICATIONS } = options;
  const overrides = overridesOf(options);
  const total = replications * SCENARIOS;
  const advice = await carryThrough(world, "advise", total, options.quiet, async (hooks) => {
    try {
      return await advise({
        ...(await taskOf(work, overrides)),
        singleSuccess,
        instances: options.instances,
        measured: options.measured,
        family: options.family,
        constraints: options.constraint,
        agents: options.agents,
        budget: options.budget,
        priceInput: options["price-input"],
        priceOutput: options["price-output"],
        seed,
        replications,
        fixed: options.fixed,
        ...hooks,
      });
    } catch (error) {
      throw translated(world, error);
    }
  });
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

// ---------------------------------------------------------------- the task

/** What names the work: a shipped task, a file with a task, or a file with a team. */
type Work = { readonly task: string | PartFile } | { readonly team: PartFile };

function workOf(world: World, { options, operands: [file] }: Invocation): Work {
  const { benchmark, task } = options;
  const part = (name: string) => ({ file: name, files: world.sources(name) });
  const given = [
    ...(file === undefined ? [] : [file]),
    ...(benchmark === undefined ? [] : ["--benchmark"]),
    ...(task === undefined ? [] : ["--task"]),
  ];
  if (given.length > 1)
    throw new UsageError(`${given.join(" and ")} both name the task: advise takes one of them`);
  if (file !== undefined) return { team: part(file) };
  if (task !== undefined) return { task: part(task) };
  const names = shippedBenchmarks();
  const list = `The benchmarks are: ${names.join(", ")}.`;
  if (benchmark === undefined)
    throw new UsageError(
      "advise needs --benchmark NAME, --task FILE or FILE with a team: what the work is",
      list,
    );
  if (names.includes(benchmark)) return { task: benchmark };
  throw new UsageError(`there is no benchmark ${benchmark}${near(benchmark, names)}`, list);
}

/** What is set counts as said by a team's own file, in its terms; else it is for all candidates. */
async function taskOf(work: Work, overrides: ReturnType<typeof overridesOf>) {
  if ("task" in work) return { task: work.task, overrides };
  const { file, files } = work.team;
  const task: OwnTeam = await loadOwnTeam(file, files, overrides);
  return { task };
}

// ---------------------------------------------------------------- mistakes

/** A user's mistakes, as this command words them. */
function translated(world: World, error: unknown): unknown {
  if (error instanceof OptionError) return new UsageError(error.message, error.hint);
  if (error instanceof ConstraintError) {
    const { message, rule, hint } = error.text;
    return new UsageError(`--constraint: ${message}; ${rule}`, hint);
  }
  if (error instanceof UnmetError) return unmet(error);
  return error instanceof UnreachableError ? unreachable(error) : told(world, error);
}

function unmet({ constraints, found }: UnmetError): CommandError {
  const values = found.map(
    ({ name, values: of }) =>
      `${name} ${of.map((value) => (value === null ? "undefined" : plainNumber(Number(value.toPrecision(3))))).join(", ")}`,
  );
  return new CommandError(
    `no candidate meets ${constraints.join(" and ")}`,
    EXIT.invalidScenario,
    `They come to: ${values.join("; ")}.`,
  );
}

function unreachable({ numbers, target, reachable }: UnreachableError): CommandError {
  const [low, high] = reachable.map(shareText);
  return new CommandError(
    `--single-success ${target}: no value of ${numbers.join(" or ")} gives the single agent this success; from ${low} to ${high} can be reached`,
    EXIT.invalidScenario,
    "The turns of one agent, the task and the agents' checks set these limits (--task, --set).",
  );
}
