// faultline importance: which assumption decides, and what weakens the team.
import { REPLICATIONS } from "../../decide/importance/assumptions.ts";
import { BudgetError } from "../../decide/importance/design.ts";
import type { Importance } from "../../decide/importance/document.ts";
import {
  importance,
  METRIC,
  metricsFor,
  NothingUncertainError,
} from "../../decide/importance/importance.ts";
import { GroupError } from "../../decide/importance/inputs.ts";
import { NoNumberError, type Range, readRanges } from "../../decide/importance/ranges.ts";
import { ScenarioError } from "../../documents/checking/problems.ts";
import { OVERRIDES_SOURCE } from "../../documents/reading/overrides.ts";
import type { LoadedScenario } from "../../scenario/load.ts";
import { askedFor } from "../../scenario/uncertain/asked.ts";
import { importanceText } from "../../terminal/importance.ts";
import { grouped } from "../../wording/text.ts";
import type { Handler, Invocation } from "../command.ts";
import { asTyped } from "../commandLine.ts";
import { decide, decisionCommand, metricNamed, saveDecision } from "../decisions.ts";
import { UsageError } from "../errors.ts";
import { EXIT } from "../exitCodes.ts";
import { jsonText } from "../json.ts";
import { told } from "../problems.ts";
import { loadFiles } from "../scenarios.ts";
import { screenOf } from "../screen.ts";
import type { World } from "../world.ts";

export const handle: Handler = async (world, invocation) => {
  const { options, operands } = invocation;
  const { name: metric } = metricNamed("metric", options["metric:importance"] ?? METRIC);
  if (options.size !== undefined && options["replications:importance"] !== undefined)
    throw new UsageError(
      "--size and --replications contradict each other",
      "Both say how much is simulated: give one of them.",
    );
  const ranges = rangesOf(world, options["vary:importance"]);
  const [loaded] = await loadFiles(world, invocation);
  const settings = settingsOf(invocation, loaded);
  const asked = { metric, only: options.only };
  const folder = options.out ?? `out/importance-${loaded.scenario.name}`;
  const command = decisionCommand(invocation, {
    metric: options["metric:importance"],
    vary: options["vary:importance"],
    group: options.group.map(({ name, paths }) => `${name}=${paths.join(",")}`),
    only: options.only,
    replications: options["replications:importance"],
    size: options.size,
  });
  const result = await decide(
    world,
    invocation,
    {
      folder,
      scenarios: [settings.scenario],
      metrics: metricsFor(settings.scenario, asked),
      command,
    },
    async (trials, _signal, onProgress) => {
      try {
        return await importance(trials, { ...settings, metric, ranges, onProgress });
      } catch (error) {
        throw translated(world, error, operands[0]);
      }
    },
  );
  print(world, invocation, result);
  saveDecision(world, invocation, folder, result);
  return EXIT.ok;
};

function settingsOf({ options }: Invocation, { scenario, tree }: LoadedScenario) {
  const { group: groups, fixed, only, size: basePoints } = options;
  const replications = options["replications:importance"];
  const { seed = scenario.seed } = options;
  return {
    scenario: askedFor(scenario, options),
    tree,
    seed,
    groups,
    fixed,
    only,
    size: { replications, basePoints },
  };
}

function print(world: World, { options }: Invocation, result: Importance): void {
  world.stdout.write(options.json ? jsonText(result) : importanceText(result, screenOf(world)));
}

// ---------------------------------------------------------------- mistakes

function rangesOf(world: World, texts: readonly string[]): Range[] {
  try {
    return readRanges(texts);
  } catch (error) {
    throw told(world, error);
  }
}

/** A user's mistakes, as this command words them. */
function translated(world: World, error: unknown, file: string): unknown {
  if (error instanceof NothingUncertainError)
    return new UsageError(
      error.message,
      `Give a range to what you do not know: ${asTyped(world, `faultline importance ${file} --vary models.NAME.errorRate=0.02:0.2`)}. Or write uncertain numbers into the scenario.`,
    );
  if (error instanceof GroupError) return new UsageError(`--group: ${error.message}`);
  if (error instanceof NoNumberError) return new UsageError(`--vary: ${error.message}`);
  if (error instanceof BudgetError)
    return new UsageError(
      `--replications: ${error.message}`,
      `Give --replications ${error.fewest} or more (about ${grouped(REPLICATIONS)} are usual), or put numbers together with --group.`,
    );
  if (error instanceof ScenarioError)
    return told(world, new ScenarioError(error.problems.map(atRange)));
  return told(world, error);
}

/** A problem of a range that was put in place of a number, at the option that gave it. */
const atRange = (problem: ScenarioError["problems"][number]) =>
  problem.file === OVERRIDES_SOURCE ? { ...problem, file: "--vary" } : problem;
