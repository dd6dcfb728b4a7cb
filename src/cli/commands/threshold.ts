// faultline threshold: at which value of a number a metric crosses a level, or two scenarios cross each other.
import { readRanges } from "../../decide/importance/ranges.ts";
import type { ThresholdSearch } from "../../decide/threshold/document.ts";
import {
  FindError,
  LevelError,
  type SearchRange,
  threshold,
  UndefinedError,
} from "../../decide/threshold/threshold.ts";
import { TogetherError } from "../../decide/together.ts";
import { ScenarioError } from "../../documents/checking/problems.ts";
import { OVERRIDES_SOURCE } from "../../documents/reading/overrides.ts";
import type { LoadedScenario } from "../../scenario/load.ts";
import { askedFor } from "../../scenario/uncertain/asked.ts";
import { thresholdText } from "../../terminal/threshold.ts";
import type { Handler, Invocation } from "../command.ts";
import { decide, decisionCommand, metricNamed, saveDecision } from "../decisions.ts";
import { UsageError } from "../errors.ts";
import { EXIT } from "../exitCodes.ts";
import { jsonText } from "../json.ts";
import { told } from "../problems.ts";
import { loadFiles } from "../scenarios.ts";
import { screenOf } from "../screen.ts";
import type { World } from "../world.ts";

export const handle: Handler = async (world, invocation) => {
  const { options } = invocation;
  const { path, range } = numberOf(world, options["find:threshold"]);
  const { metric, level } = untilOf(invocation);
  const [subject, other] = await loadFiles(world, invocation);
  const folder = options.out ?? `out/threshold-${subject.scenario.name}`;
  const command = decisionCommand(invocation, {
    find: options["find:threshold"],
    until: level === undefined ? metric : `${metric}=${level}`,
  });
  const scenarios = [subject, ...(other === undefined ? [] : [other])].map(
    ({ scenario }) => scenario,
  );
  const search = await decide(
    world,
    invocation,
    { folder, scenarios, metrics: [metric], command },
    async (trials, _signal, onProgress) => {
      try {
        return await threshold(trials, {
          subject: subjectOf(subject, invocation),
          other: other && subjectOf(other, invocation),
          ...{ metric, level, path, range, onProgress },
          seed: options.seed ?? subject.scenario.seed,
          change: (scenario) => askedFor(scenario, options),
        });
      } catch (error) {
        throw translated(world, error);
      }
    },
  );
  world.stdout.write(options.json ? jsonText(search) : thresholdText(search, screenOf(world)));
  saveDecision(world, invocation, folder, search);
  return exitCodeOf(search);
};

/** Where nothing is crossed, the question is open, as a threshold is that cannot be judged. */
const exitCodeOf = ({ at }: ThresholdSearch) => (at === null ? EXIT.thresholdOpen : EXIT.ok);

function subjectOf({ scenario, tree }: LoadedScenario, { options }: Invocation) {
  return { scenario: askedFor(scenario, options), tree };
}

/** @throws UsageError */
function untilOf({ options, operands }: Invocation) {
  const { until } = options;
  if (until === undefined)
    throw new UsageError(
      "threshold needs --until METRIC=LEVEL: what is to be crossed",
      "For example --until success=0.8, or of two scenarios --until success.",
    );
  const { name: metric } = metricNamed("until", until.metric);
  if (operands.length > 2)
    throw new UsageError(`threshold takes one FILE or two: ${operands[2]} is one too many`);
  if (operands.length === 2 && until.level !== undefined)
    throw new UsageError(
      "--until: two scenarios are held against each other, so there is no level",
      `Write --until ${metric}, or leave out ${operands[1]}.`,
    );
  if (operands.length === 1 && until.level === undefined)
    throw new UsageError(
      `--until: to which level of ${metric}?`,
      `Write --until ${metric}=LEVEL, or name a second scenario.`,
    );
  return { metric, level: until.level };
}

/** @throws UsageError, or InvalidScenarioError where the range is none */
function numberOf(
  world: World,
  text: string | undefined,
): { readonly path: string; readonly range?: SearchRange } {
  if (text === undefined)
    throw new UsageError(
      "threshold needs --find PATH: the number that is varied",
      "For example --find models.base.errorRate, or --find models.base.errorRate=0.01:0.5.",
    );
  if (!text.includes("=")) return { path: text.trim() };
  try {
    const [{ path, low, high, log }] = readRanges([text]);
    return { path, range: { low, high, log } };
  } catch (error) {
    throw told(world, error);
  }
}

// ---------------------------------------------------------------- mistakes

/** A user's mistakes, as this command words them. */
function translated(world: World, error: unknown): unknown {
  if (error instanceof FindError)
    return new UsageError(`--find: ${error.message}`, "Write --find PATH=LOW:HIGH.");
  if (error instanceof LevelError)
    return new UsageError(`--until: ${error.message}`, "80 % is written 0.8 or 80%.");
  if (error instanceof TogetherError) return new UsageError(error.message);
  if (error instanceof UndefinedError)
    return new UsageError(error.message, "Choose a narrower range, or another metric.");
  if (error instanceof ScenarioError)
    return told(world, new ScenarioError(error.problems.map(atFind)));
  return told(world, error);
}

/** A problem of a value that was put in place of the number, at the option that named it. */
const atFind = (problem: ScenarioError["problems"][number]) =>
  problem.file === OVERRIDES_SOURCE ? { ...problem, file: "--find" } : problem;
