// All that runs tell of a team.
import type { LoggedRun } from "../logs/run.ts";
import { variance } from "../numerics/statistics.ts";
import { estimateCalls, estimateTools } from "./calls.ts";
import { estimateChecks, openChecks } from "./checks.ts";
import type { AgentEstimates, Estimates, ModelEstimates, Unidentified } from "./estimates.ts";
import { byTask, taskOf } from "./gather.ts";
import { estimateLatency, openIdleTime, openLatency } from "./latencies.ts";
import { clustersOf, each, meanOf } from "./measures.ts";
import { estimateMessages, estimateMessageTokens, openMessages } from "./messages.ts";
import { estimateOutcomes, openOutcomes } from "./outcomes.ts";
import { estimateStarts } from "./starters.ts";
import { estimateSteps, openSteps, type StepEstimates } from "./steps.ts";
import { estimateTokens, openTokens } from "./tokens.ts";
import { modelsOf, mostFrequent, speakersOf } from "./turns.ts";

/**
 * Estimates of every number of a team that the runs tell, and a list of those that they do not.
 * @param runs in any order: the estimates are the same
 */
export function estimatesOf(runs: readonly LoggedRun[]): Estimates {
  const sorted = [...runs].sort(byTask);
  const modelOf = modelsOf(sorted);
  const steps = estimateSteps(sorted);
  const names = speakersOf(sorted);
  const agents = names.map((agent) => [agent, estimateAgent(sorted, agent, steps)] as const);
  const turns = sorted.flatMap((run) => run.turns);
  const modelNames = [...new Set(turns.flatMap((turn) => modelOf(turn) ?? []))].sort();
  const models = modelNames.map((model) => [model, estimateModel(sorted, model)] as const);
  return {
    runs: sorted.length,
    tasks: new Set(sorted.map(taskOf)).size,
    outcome: estimateOutcomes(sorted),
    difficultySpread: steps.difficultySpread,
    agents: Object.fromEntries(agents),
    models: Object.fromEntries(models),
    messageTokens: estimateMessageTokens(sorted),
    unidentified: [
      ...openOutcomes(sorted),
      ...openSteps(sorted, names, steps),
      ...agents.flatMap(([agent, estimates]) => [
        ...openChecks(sorted, agent, estimates.checks),
        ...openMessages(sorted, agent, estimates),
      ]),
      ...models.flatMap(([model, estimates]) => [
        ...openLatency(model, estimates),
        ...openTokens(model, estimates),
      ]),
      ...openIdleTime(sorted),
      ALWAYS_OPEN,
    ],
  };
}

const ALWAYS_OPEN: Unidentified = {
  what: "protocol",
  why: "logs tell of the architecture that ran, and of no other",
  remedy: "simulate others with these numbers, and run the best of them on a few tasks",
};

function estimateAgent(
  runs: readonly LoggedRun[],
  agent: string,
  steps: StepEstimates,
): AgentEstimates {
  const modelOf = modelsOf(runs);
  const own = runs.map(({ turns }) => turns.filter((turn) => turn.agent === agent));
  const taking = own.map(({ length }) => length).filter((length) => length > 0);
  const turns = clustersOf(runs, (run) => {
    const { length } = run.turns.filter((turn) => turn.agent === agent);
    return length === 0 ? [] : [each(length)];
  });
  return {
    model: mostFrequent(own.flat().flatMap((turn) => modelOf(turn) ?? [])),
    // An agent has a turn in some run.
    turns: meanOf(turns, "runs") as AgentEstimates["turns"],
    turnsSpread: taking.length > 1 ? Math.sqrt(variance(taking)) : 0,
    latency: estimateLatency(runs, (turn) => turn.agent === agent && modelOf(turn) === undefined),
    ...steps.agents.get(agent),
    ...estimateTools(runs, agent),
    checks: estimateChecks(runs, agent),
    starts: estimateStarts(runs, agent),
    ...estimateMessages(runs, agent),
  };
}

function estimateModel(runs: readonly LoggedRun[], model: string): ModelEstimates {
  const modelOf = modelsOf(runs);
  const isOwn = (turn: LoggedRun["turns"][number]) => modelOf(turn) === model;
  return {
    latency: estimateLatency(runs, isOwn),
    ...estimateTokens(runs, model, isOwn),
    ...estimateCalls(runs, isOwn),
  };
}
