// faultline improve: what to buy first under a budget, and what next.
import { posix, resolve, sep } from "node:path";
import { ImproveError, type Obstacle } from "../../decide/improve/errors.ts";
import { DEFAULT_GOAL, type Improved, improve, metricsFor } from "../../decide/improve/improve.ts";
import { stepText } from "../../decide/improve/stepFile.ts";
import type { MapNode } from "../../documents/reading/tree.ts";
import { loadScenario } from "../../scenario/load.ts";
import { askedFor } from "../../scenario/uncertain/asked.ts";
import { improveText } from "../../terminal/improve.ts";
import { effectText } from "../../wording/improvement.ts";
import type { Handler, Invocation } from "../command.ts";
import { constraintOf, decide, decisionCommand, metricNamed, saveDecision } from "../decisions.ts";
import { CommandError, UsageError } from "../errors.ts";
import { EXIT, type ExitCode } from "../exitCodes.ts";
import { jsonText } from "../json.ts";
import { loadFiles } from "../scenarios.ts";
import { screenOf } from "../screen.ts";
import type { World } from "../world.ts";

/** What people write for a metric that goes by another name here. */
const SHORT: Readonly<Record<string, string>> = { loss: "loss.total" };

export const handle: Handler = async (world, invocation) => {
  const { options } = invocation;
  const goal = goalOf(options.goal ?? DEFAULT_GOAL);
  const constraints = options.constraint.map(constraintOf);
  const [loaded] = await loadFiles(world, invocation);
  const { scenario } = loaded;
  const folder = options.out ?? `out/improve-${scenario.name}`;
  const change = (one: typeof scenario) => askedFor(one, options);
  const metrics = metricsFor(goal, constraints);
  const improved = await decide(
    world,
    invocation,
    { folder, scenarios: [scenario], metrics, command: commandOf(invocation) },
    async (trials, _, onDeciding) => {
      try {
        return await improve({ ...loaded, scenario: change(scenario) }, trials, {
          goal,
          constraints,
          budget: options["budget:improve"],
          atMost: options["at-most"],
          seed: options.seed ?? scenario.seed,
          change,
          onProgress: onDeciding,
        });
      } catch (error) {
        throw error instanceof ImproveError ? refused(error) : error;
      }
    },
  );
  const { result } = improved;
  world.stdout.write(
    options.json ? jsonText(result) : improveText(result, screenOf(world), options.all),
  );
  saveDecision(
    world,
    invocation,
    folder,
    result,
    await stepFiles(world, invocation, folder, improved),
  );
  return EXIT.ok;
};

// ---------------------------------------------------------------- what is asked

function goalOf(name: string): string {
  const { name: metric, better } = metricNamed("goal", SHORT[name] ?? name);
  if (better !== undefined) return metric;
  throw new UsageError(
    `--goal: of ${metric} neither more nor less is better`,
    "Choose a metric with a direction, such as success, loss.total, totalCost, passHat8 or latency.p95.",
  );
}

function commandOf(invocation: Invocation): string {
  const { options } = invocation;
  const budget = options["budget:improve"];
  return decisionCommand(invocation, {
    goal: options.goal,
    budget: budget && ("dollars" in budget ? budget.dollars : `${100 * budget.share}%`),
    constraint: options.constraint,
    "at-most": options["at-most"],
  });
}

// ---------------------------------------------------------------- what is saved

/** The files of the path, which extend the file that was improved. */
async function stepFiles(
  world: World,
  { operands: [file] }: Invocation,
  folder: string,
  { result, steps }: Improved,
): Promise<Readonly<Record<string, string>>> {
  if (steps.length === 0) return {};
  const original = await originalOf(world, file);
  const base = posix.relative(slashed(resolve(folder)), slashed(resolve(file)));
  return Object.fromEntries(
    result.path.map((step, i) => {
      const name = `${result.name.slice(0, 56)}-step-${i + 1}`;
      const header = [
        `${step.changes.join(" + ")}: ${effectText(result, step.effect)}.`,
        "Written by faultline improve.",
      ];
      return [step.file, stepText(original, steps[i].tree, { base, name, header })];
    }),
  );
}

/** As the file says it, without what was set from outside. */
async function originalOf(world: World, file: string): Promise<MapNode> {
  return (await loadScenario(file, { files: world.sources(file) })).tree;
}

const slashed = (path: string) => path.split(sep).join("/");

// ---------------------------------------------------------------- what stands in the way

const CODES: Readonly<Record<Obstacle, ExitCode>> = {
  options: EXIT.notFound,
  goal: EXIT.notFound,
  budget: EXIT.usage,
  constraints: EXIT.notFound,
};

const refused = ({ obstacle, message, hint }: ImproveError) =>
  new CommandError(message, CODES[obstacle], hint);
