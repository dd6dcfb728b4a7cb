// npm run round-trip [-- SEEDS]: how often estimates from simulated logs hold the numbers that made the logs. Each of five shipped
// scenarios is simulated 200 times per seed, written as spans, read back and estimated. Prints a table per scenario: every number
// that such logs identify, the mean of its estimates, and the share of its 95 % intervals that hold it.
import type { Estimate, Estimates } from "../src/estimate/estimates.ts";
import { estimatesOf } from "../src/estimate/estimatesOf.ts";
import { writingOtlp } from "../src/experiment/trace/otlp/otlp.ts";
import { shipped } from "../src/literature/shipped.ts";
import { otlp } from "../src/logs/formats/otlp.ts";
import type { LoggedRun } from "../src/logs/run.ts";
import { wilson } from "../src/numerics/intervals.ts";
import { logistic, logit } from "../src/numerics/logit.ts";
import { average } from "../src/numerics/statistics.ts";
import type { Scenario } from "../src/scenario/schema.ts";

const RUNS = 200;
const SEEDS = Number(process.argv[2] ?? 200);
const SCENARIOS = process.argv[3]?.split(",") ?? [
  "templates/single",
  "patterns/tree",
  "templates/pipeline",
  "patterns/chain",
  "taubench/gpt-4o-retail",
];

/** A number of the scenario that made the logs, and the estimate of it. */
interface Truth {
  readonly path: string;
  readonly value: number;
  readonly of: (estimates: Estimates) => Estimate | undefined;
}

for (const name of SCENARIOS) {
  const scenario = await shipped(`${name}.yaml`);
  const truths = truthsOf(scenario);
  const estimates = Array.from({ length: SEEDS }, (_, seed) =>
    estimatesOf(logged(scenario, `round-trip/${seed}`)),
  );
  console.log(`\n${name}: ${SEEDS} times ${RUNS} runs\n`);
  console.log("| number | value | mean of its estimates | held by its interval |");
  console.log("| --- | --- | --- | --- |");
  for (const { path, value, of } of truths) {
    const found = estimates.map(of).filter((one) => one !== undefined);
    const holding = found.filter(({ interval: [low, high] }) => low <= value && value <= high);
    console.log(rowOf(path, value, found, holding.length));
  }
}

function rowOf(path: string, value: number, found: readonly Estimate[], holding: number): string {
  if (found.length === 0) return `| \`${path}\` | ${short(value)} | not identified | |`;
  const mean = average(found.map((one) => one.value));
  const { lo, hi } = wilson(holding, found.length);
  const share = `${(100 * holding) / found.length} % (${short(100 * lo)} to ${short(100 * hi)})`;
  const of = found.length < SEEDS ? ` of ${found.length}` : "";
  return `| \`${path}\` | ${short(value)} | ${short(mean)} | ${share}${of} |`;
}

function logged(scenario: Scenario, seed: string): LoggedRun[] {
  const runs: LoggedRun[] = [];
  const parser = otlp.begin({
    run: (run) => runs.push(run),
    trouble: (trouble, what) => {
      throw new Error(`${what} ${trouble}`);
    },
  });
  let line = 0;
  const onLine = (text: string) => {
    const place = { file: seed, line: ++line };
    for (const value of JSON.parse(text).resourceSpans) parser.take({ value, place });
  };
  for (const _ of writingOtlp(scenario, { seed, replications: RUNS, onLine }));
  parser.end();
  return runs;
}

function short(x: number): string {
  return String(Number(x.toPrecision(3)));
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
