// What to buy first: the options of a scenario, the search among them, and the answer with its certainty.
import { ENGINE } from "../../experiment/result.ts";
import { metric } from "../../metrics/definitions.ts";
import type { Scenario } from "../../scenario/schema.ts";
import { instancesWith } from "../blockSize.ts";
import type { Constraint } from "../constraints.ts";
import type { Trials } from "../trials.ts";
import { Combining, type Made, usable } from "./combining.ts";
import { derivedOptions } from "./derived.ts";
import { type Aim, COST, Judge, TODAY } from "./judging.ts";
import { leversOf } from "./levers/lever.ts";
import { tunedLevers } from "./levers/tuning.ts";
import { Observations } from "./observations.ts";
import { checkBest, checkSingles, noOption } from "./obstacles.ts";
import type { LeftOut, Option } from "./option.ts";
import { Reporting } from "./reporting.ts";
import type { ImproveResult } from "./result.ts";
import { search } from "./search.ts";
import { statedOptions } from "./stated.ts";
import { View } from "./view.ts";

export const DEFAULT_GOAL = "success";
export const AT_MOST = 4;
export const CONFIDENCE = 0.95;

/** Tasks of a block: two nets; of a stream, those of one replication at least. */
const TASKS = 64;
/** Blocks in which everything is seen, and those of the closest races. */
const FEW = 8;
const MOST = 64;

/** Share of the progress that the search of levers takes, where there are some. */
const LEVERS = 0.3;
/** Goals in which stated prices count. */
const COSTS: readonly string[] = ["cost", "totalCost"];

/** Most extra cost of a task: US dollars, or a share of what a task costs today. */
export type Budget = { readonly dollars: number } | { readonly share: number };

export interface ImproveOptions {
  /** A metric that has a better direction; default: success. */
  readonly goal?: string | undefined;
  /** Most extra cost per task; default: no limit. */
  readonly budget?: Budget | undefined;
  readonly constraints?: readonly Constraint[] | undefined;
  /** Most changes that are made together, an integer >= 1; default: 4. */
  readonly atMost?: number | undefined;
  /** Chance with which the first step is the best where it is called decided; default: 0.95. */
  readonly confidence?: number | undefined;
  readonly seed: string;
  /** In place of all options of the scenario: some of {@link optionsOf}. */
  readonly options?: readonly Option[] | undefined;
  /** How the uncertain numbers of a scenario count. */
  readonly change?: (scenario: Scenario) => Scenario;
  readonly onProgress?: ((share: number, step: string) => void) | undefined;
}

/** The metrics with which trials have to be opened. */
export const metricsFor = (goal: string, constraints: readonly Constraint[]): readonly string[] => [
  goal,
  "cost",
  ...constraints.map((one) => one.metric),
];

export interface Improved {
  readonly result: ImproveResult;
  /** The scenario of each step of the path, as it is written. */
  readonly steps: readonly Made[];
}

/**
 * The options of a scenario: those that it states, or else those that follow from it.
 * @param tuned settings of the levers that it states
 */
export async function optionsOf(
  base: Made,
  tuned: readonly Option[] = [],
): Promise<{ readonly options: readonly Option[]; readonly leftOut: readonly LeftOut[] }> {
  const { improvements } = base.scenario;
  const view = new View(base.tree, base.scenario);
  const offered =
    improvements === undefined
      ? derivedOptions(view)
      : { options: [...statedOptions(improvements), ...tuned], leftOut: [] };
  const { options, leftOut } = await usable(base, offered.options);
  if (options.length === 0) throw noOption([...leftOut, ...offered.leftOut]);
  return { options, leftOut: [...leftOut, ...offered.leftOut] };
}

/**
 * Searches for what to change of a scenario.
 * @param base as it is written, and what it means: a scenario that is valid
 * @param trials opened with {@link metricsFor}
 * @throws ImproveError where there is nothing to recommend: no option applies, the goal is constant, or nothing keeps to the
 * budget or the constraints
 */
export async function improve(
  base: Made,
  trials: Trials,
  options: ImproveOptions,
): Promise<Improved> {
  const { goal = DEFAULT_GOAL, atMost = AT_MOST, confidence = CONFIDENCE, seed } = options;
  const { constraints = [], onProgress = () => {}, change = (scenario) => scenario } = options;
  const definition = metric(goal);
  const instances = instancesWith(TASKS, [base.scenario]);
  const aim: Aim = {
    sign: definition.better === "lower" ? -1 : 1,
    isCost: COSTS.includes(goal),
    budget: await dollarsOf(
      options.budget,
      () => new Observations(trials, new Combining(base, [], change), { seed, instances }),
    ),
    constraints,
  };
  const levers = options.options === undefined ? leversOf(base.scenario) : [];
  const tuned = await tunedLevers(levers, { base, trials, aim, instances, seed, change }, (share) =>
    onProgress(LEVERS * share, "levers"),
  );
  const { options: offered, leftOut } =
    options.options === undefined
      ? await optionsOf(base, tuned)
      : { options: options.options, leftOut: [] };
  const combining = new Combining(base, offered, change);
  const searched = new Observations(trials, combining, { seed, instances });
  const judge = new Judge(searched, aim, offered);
  const blocks = { few: FEW, most: MOST };
  const start = levers.length === 0 ? 0 : LEVERS;
  const found = await search(judge, combining, {
    ...{ atMost, blocks, confidence },
    onStep: (share, step) => onProgress(start + (1 - start) * share, step),
    check: () => checkSingles(judge, offered, goal),
  });
  checkBest(judge, found.path.at(-1) ?? TODAY, offered);

  // The winners are estimated anew: in the blocks in which they won they look better than they are.
  onProgress(0.9, "estimates");
  const fresh = new Observations(trials, combining, {
    seed: `${seed}/again`,
    instances,
  });
  const reporting = new Reporting({
    judge,
    fresh: new Judge(fresh, aim, offered),
    combining,
    found,
  });
  const answer = await reporting.answer(MOST, confidence);
  onProgress(1, "estimates");
  const { trials: count, replications } = trials.spent;
  return {
    result: {
      schema: "faultline/improve@1",
      name: base.scenario.name,
      seed,
      engine: ENGINE,
      goal: {
        metric: goal,
        title: definition.title,
        unit: definition.unit,
        better: definition.better ?? "higher",
      },
      budget: aim.budget ?? null,
      atMost,
      constraints: constraints.map(
        ({ metric, operator, value }) => `${metric} ${operator} ${value}`,
      ),
      confidence,
      ...answer,
      leftOut,
      spent: {
        trials: count,
        replications,
        sets: searched.sets.length,
        ofSets: setsUpTo(atMost, offered.length),
      },
      blocks: { instances, most: MOST },
    },
    steps: await Promise.all(
      reporting.path.map(async (set) => (await combining.treeOf(set)) as Made),
    ),
  };
}

/** The budget in dollars per task: a share is one of what a task costs today, over the first blocks of the search. */
async function dollarsOf(
  budget: Budget | undefined,
  observe: () => Observations,
): Promise<number | undefined> {
  if (budget === undefined) return undefined;
  if ("dollars" in budget) return budget.dollars;
  const today = observe();
  await today.upTo(FEW, [TODAY]);
  return budget.share * today.meanOf([[1, TODAY]], COST).mean;
}

/** Sets of one option up to a number of them, those that exclude each other too. */
function setsUpTo(most: number, options: number): number {
  let ofSize = 1;
  let all = 0;
  for (let size = 1; size <= Math.min(most, options); size++) {
    ofSize = (ofSize * (options - size + 1)) / size;
    all += ofSize;
  }
  return all;
}
