// Probabilities too small for direct simulation, by importance sampling: the agents err at another rate, and every
// replication is weighted by how much likelier it would have been at the true one.
import { FIELD } from "../model/outcome.ts";
import { likelihoodRatio, WeightedEvents } from "../numerics/importanceSampling.ts";
import type { Interval } from "../numerics/intervals.ts";
import { asItsKind, kindOf } from "../scenario/agents/kinds.ts";
import { compile } from "../scenario/compiling/compile.ts";
import type { Scenario } from "../scenario/schema.ts";
import { statedProperties } from "../scenario/task/claims.ts";
import { run } from "./experiment.ts";
import type { OnProgress } from "./progress.ts";

export interface RareEventOptions {
  /** Rate at which the agents err in the simulation, in (0, 1); best if about every second run fails. */
  readonly errorRate: number;
  readonly replications: number;
  readonly seed: string;
  /** Worker threads; default: all cores. The estimate does not depend on it. */
  readonly jobs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: OnProgress | undefined;
}

/**
 * Chance that a task fails, with its 95 % interval; the upper bound is 1 where no run failed.
 * @throws RangeError when the scenario has more chance in it than whether each turn is right (see {@link checkTiltable}),
 *   or the rate is not in (0, 1)
 * @throws the signal's reason when it is aborted
 */
export async function failureChance(
  scenario: Scenario,
  { errorRate, replications, seed, jobs, signal, onProgress }: RareEventOptions,
): Promise<Interval> {
  checkTiltable(scenario);
  if (!(errorRate > 0 && errorRate < 1))
    throw new RangeError(`Error rate ${errorRate}: must be in (0, 1)`);
  const weighted = new WeightedEvents();
  const weight = likelihoodRatio(commonRate(scenario), errorRate);
  await run([tilted(scenario, errorRate)], {
    replications,
    seed,
    jobs: jobs ?? "auto",
    ...(signal && { signal }),
    onProgress: (share) => onProgress?.(share),
    onReplication: (_, __, outcome) => {
      const faults = outcome[FIELD.faultsOwn];
      weighted.add(weight(faults, outcome[FIELD.turns] - faults), outcome[FIELD.failure] > 0);
    },
  });
  signal?.throwIfAborted();
  return weighted.estimate();
}

/** The scenario with all models, people and programs at another error rate, and independent runs: their weights are taken to be. */
function tilted(scenario: Scenario, errorRate: number): Scenario {
  const models = Object.entries(scenario.models).map(([name, model]) => [
    name,
    { ...model, errorRate },
  ]);
  const agents = Object.entries(scenario.agents).map(([group, agent]) => [
    group,
    kindOf(agent) === "model" ? agent : { ...agent, errorRate },
  ]);
  return {
    ...scenario,
    sampling: "independent",
    models: Object.fromEntries(models),
    agents: Object.fromEntries(agents),
  };
}

// ---------------------------------------------------------------- when the weight follows from the outcome

/**
 * Checks that the likelihood of a run is a product over its turns, each of which makes one version, wrong with the one
 * error rate: only then does the weight follow from how many turns there were and how many faults.
 * @throws RangeError that says what else is in the scenario
 */
export function checkTiltable(scenario: Scenario): void {
  const obstacle = obstacleIn(scenario);
  if (obstacle !== undefined)
    throw new RangeError(
      `${scenario.name} has ${obstacle}: the outcome of a run must follow from whether each turn is right`,
    );
}

function obstacleIn(scenario: Scenario): string | undefined {
  return inTask(scenario) ?? inModels(scenario) ?? inAgents(scenario) ?? inProtocol(scenario);
}

function inTask({ task, budget, workload, repeats }: Scenario): string | undefined {
  if (task.difficulty !== 0 || task.difficultySpread > 0) return "a difficulty";
  if (statedProperties(task.graph).some(({ difficulty = 0 }) => difficulty !== 0))
    return "claims of their own difficulty";
  if (Object.keys(task.classes).length > 0) return "task classes";
  if (task.graph.shape === "generated") return "a task that is drawn";
  if (task.sharedState) return "shared state";
  if (task.deviation > 0) return "deviations from a plan";
  if (task.policyCritical > 0) return "policy-critical claims";
  if (budget.tokens > 0) return "a token budget";
  if (workload.arrivals !== "one") return "a stream of tasks";
  if (repeats > 1) return "repeats of an instance";
  return undefined;
}

function inModels(scenario: Scenario): string | undefined {
  const all = Object.values(scenario.models);
  const [errorRate, ...others] = errorRatesOf(scenario);
  if (others.length > 0) return "several error rates";
  if (!(errorRate > 0 && errorRate < 1)) return "an error rate that leaves nothing to chance";
  if (all.some(({ commonCause }) => commonCause > 0)) return "a common cause";
  if (all.some(({ drift }) => drift !== 0)) return "drift";
  if (all.some(({ pace }) => pace !== 1)) return "a pace other than 1";
  if (all.some(({ failure, timeout }) => failure > 0 || timeout !== undefined))
    return "calls that fail";
  return undefined;
}

function inAgents(scenario: Scenario): string | undefined {
  const all = Object.values(scenario.agents);
  const { premises } = compile(scenario).task;
  if (premises.length > 0 && all.some(({ propagation, guess }) => propagation > 0 || guess > 0))
    return "claims that depend on each other";
  if (all.some(({ distraction }) => distraction > 0)) return "distraction";
  if (all.some(({ fatigue = 0 }) => fatigue > 0)) return "fatigue";
  if (all.some(({ toolEffect, tools = scenario.task.tools }) => toolEffect !== 0 && tools > 0))
    return "a tool effect";
  if (compile(scenario).canToolsFail) return "tools that fail";
  if (all.some(({ checks: { self } }) => self.recall > 0 || self.falseAlarm > 0))
    return "self-checks";
  return undefined;
}

/** Phases that leave nothing to chance themselves, and whose turns each make a version. */
function inProtocol(scenario: Scenario): string | undefined {
  const { steps } = compile(scenario);
  for (const step of steps) {
    if (step.op === "work") {
      if (step.pace !== 1) return "a pace other than 1";
    } else if (step.op === "aggregate") {
      if (step.by >= 0) return "an aggregator that takes a turn";
    } else if (step.op !== "repeat" && step.op !== "again") return `a phase ${step.op}`;
  }
  return undefined;
}

const commonRate = (scenario: Scenario) => [...errorRatesOf(scenario)][0];

/** Those that there are, of models, people and programs, each once. */
function errorRatesOf({ models, agents }: Scenario): Set<number> {
  const others = Object.values(agents).filter((agent) => kindOf(agent) !== "model");
  const all = [...Object.values(models), ...others.map(asItsKind)];
  return new Set(all.map(({ errorRate = 0 }) => errorRate));
}
