// faultline choose: the best of several scenarios, with a guarantee.
import {
  CapError,
  choose,
  chooseMetrics,
  NoGoalError,
  NoValueError,
} from "../../decide/choose/choose.ts";
import type { Choice } from "../../decide/choose/document.ts";
import { TogetherError } from "../../decide/together.ts";
import { commonPrefix } from "../../documents/names.ts";
import type { Scenario } from "../../scenario/schema.ts";
import { choiceText } from "../../terminal/choose.ts";
import { grouped } from "../../wording/text.ts";
import type { Handler } from "../command.ts";
import { constraintOf, decide, decisionCommand, metricNamed, saveDecision } from "../decisions.ts";
import { UsageError } from "../errors.ts";
import { EXIT } from "../exitCodes.ts";
import { jsonText } from "../json.ts";
import { told } from "../problems.ts";
import { loadScenarios } from "../scenarios.ts";
import { screenOf } from "../screen.ts";
import type { World } from "../world.ts";

export const handle: Handler = async (world, invocation) => {
  const { options } = invocation;
  const { name: metric } = metricNamed("metric", options["metric:choose"] ?? "success");
  const constraints = options["constraint:choose"].map(constraintOf);
  const scenarios = await loadScenarios(world, invocation);
  const { seed = scenarios[0].seed } = options;
  const folder = options.out ?? `out/choose-${nameOf(scenarios)}`;
  const command = decisionCommand(invocation, {
    metric: options["metric:choose"],
    goal: options["goal:choose"],
    confidence: options.confidence,
    within: options["within:choose"],
    constraint: options["constraint:choose"],
    cap: options["cap:choose"],
  });
  const metrics = chooseMetrics(metric, constraints);
  const choice = await decide(
    world,
    invocation,
    { folder, scenarios, metrics, command },
    async (trials, _signal, onProgress) => {
      try {
        return await choose(trials, {
          scenarios,
          metric,
          goal: options["goal:choose"],
          confidence: options.confidence,
          within: options["within:choose"],
          constraints,
          seed,
          cap: options["cap:choose"],
          onProgress,
        });
      } catch (error) {
        throw translated(world, error);
      }
    },
  );
  world.stdout.write(options.json ? jsonText(choice) : choiceText(choice, screenOf(world)));
  saveDecision(world, invocation, folder, choice);
  return exitCodeOf(choice);
};

/** What is not decided is open, as a threshold is. */
const exitCodeOf = ({ chosen }: Choice) => (chosen === null ? EXIT.thresholdOpen : EXIT.ok);

function nameOf(scenarios: readonly Scenario[]): string {
  return commonPrefix(scenarios.map(({ name }) => name)).slice(0, -1) || "scenarios";
}

// ---------------------------------------------------------------- mistakes

/** A user's mistakes, as this command words them. */
function translated(world: World, error: unknown): unknown {
  if (error instanceof TogetherError) return new UsageError(error.message);
  if (error instanceof NoGoalError)
    return new UsageError(`--metric: ${error.message}`, "Say --goal highest or --goal lowest.");
  if (error instanceof CapError)
    return new UsageError(
      `--cap: ${error.message}`,
      `Give --cap ${grouped(error.fewest)} or more.`,
    );
  if (error instanceof NoValueError)
    return new UsageError(error.message, "Choose by a metric that is always defined.");
  return told(world, error);
}
