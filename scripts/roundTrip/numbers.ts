// How often the 95 % intervals of estimates hold the numbers of the scenario that made the logs.
import type { Estimate, Estimates } from "../../src/estimate/estimates.ts";
import { wilson } from "../../src/numerics/intervals.ts";
import { logistic, logit } from "../../src/numerics/logit.ts";
import { average } from "../../src/numerics/statistics.ts";
import type { Scenario } from "../../src/scenario/schema.ts";
import { short } from "./logged.ts";

/** A number of the scenario that made the logs, and the estimate of it. */
interface Truth {
  readonly path: string;
  readonly value: number;
  readonly of: (estimates: Estimates) => Estimate | undefined;
}

/** Prints a table of all numbers that the logs identify: the mean of their estimates, and the share of the intervals that hold. */
export function printNumbers(scenario: Scenario, estimates: readonly Estimates[]): void {
  console.log("| number | value | mean of its estimates | held by its interval |");
  console.log("| --- | --- | --- | --- |");
  for (const truth of truthsOf(scenario)) {
    const found = estimates.map(truth.of).filter((one) => one !== undefined);
    if (found.length > 0) console.log(rowOf(truth, found, estimates.length));
  }
}

function rowOf({ path, value }: Truth, found: readonly Estimate[], seeds: number): string {
  const mean = average(found.map((one) => one.value));
  const holding = found.filter(({ interval: [low, high] }) => low <= value && value <= high).length;
  const { lo, hi } = wilson(holding, found.length);
  const percent = (x: number) => (100 * x).toFixed(1);
  const share = `${percent(holding / found.length)} % (${percent(lo)} to ${percent(hi)})`;
  const of = found.length < seeds ? ` of ${found.length}` : "";
  return `| \`${path}\` | ${short(value)} | ${short(mean)} | ${share}${of} |`;
}

/** Numbers that the logs of a scenario identify. */
function truthsOf(scenario: Scenario): Truth[] {
  const { task, models, agents } = scenario;
  const ofModels = Object.entries(models).flatMap(([name, model]): Truth[] => [
    {
      path: `models.${name}.latency.mean`,
      value: (model.latency as { mean: number }).mean,
      of: ({ models: { [name]: own } }) => own?.latency?.mean,
    },
    {
      path: `models.${name}.thinking`,
      value: model.thinking,
      of: ({ models: { [name]: own } }) => own?.outputTokens,
    },
  ]);
  const ofAgents = Object.entries(agents).flatMap(([group, agent]): Truth[] => {
    const name = agent.count === 1 ? group : `${group}.1`;
    const rate = agent.model === undefined ? agent.errorRate : models[agent.model].errorRate;
    const own = ({ agents: { [name]: estimates } }: Estimates) => estimates;
    const checks = (["self", "orchestrator"] as const).flatMap((kind) =>
      (["recall", "falseAlarm"] as const).map((what) => ({
        path: `agents.${group}.checks.${kind}.${what}`,
        value: agent.checks[kind][what],
        of: (all: Estimates) => own(all)?.checks[kind]?.[what],
      })),
    );
    return [
      {
        path: `agents.${group}: error rate`,
        value: logistic(logit(rate as number) + task.difficulty + ownDifficulty(scenario, group)),
        of: (all) => own(all)?.errorRate,
      },
      {
        path: `agents.${group}.propagation`,
        value: agent.propagation,
        of: (all) => own(all)?.propagation,
      },
      {
        path: `agents.${group}.omission`,
        value: agent.omission,
        of: (all) => own(all)?.omission,
      },
      ...checks,
    ];
  });
  const spread = {
    path: "task.difficultySpread",
    value: task.difficultySpread,
    of: (all: Estimates) => all.difficultySpread,
  };
  return [spread, ...ofModels, ...ofAgents];
}

/** What the claims of an owner add to the difficulty, where they have it in common. */
function ownDifficulty({ task: { graph } }: Scenario, group: string): number {
  if (graph.shape !== "graph") return 0;
  const own = Object.values(graph.claims).flatMap((claim) =>
    Array.isArray(claim) || !("owner" in claim) || !claim.owner?.includes(group)
      ? []
      : [claim.difficulty ?? 0],
  );
  return own.every((one) => one === own[0]) ? (own[0] ?? 0) : Number.NaN;
}
