// npm run uncertain-coverage [-- WORLDS]: how often the total interval of success holds the truth of a world that is drawn from the
// priors of uncertain numbers, on five models whose success is known in closed form. 500 worlds are simulated, which takes minutes
// and leaves 1 % of standard error; of 10,000 more only the counts of successes are drawn, so that bias of the statistics shows.
import { run } from "../src/experiment/experiment.ts";
import { type MetricValue, readMetric } from "../src/experiment/result.ts";
import { Draws, rootKey } from "../src/numerics/draws.ts";
import {
  effectiveSampleSize,
  type Interval,
  wilson,
  wilsonClustered,
} from "../src/numerics/intervals.ts";
import { NETS } from "../src/numerics/nets.ts";
import { square } from "../src/numerics/power.ts";
import { randomEffects } from "../src/numerics/randomEffects.ts";
import { type Scenario, scenarioSchema } from "../src/scenario/schema.ts";
import { drawnValues } from "../src/scenario/uncertain/draws.ts";
import { DEFAULT_DRAWS } from "../src/scenario/uncertain/schema.ts";
import type { Values } from "../src/scenario/uncertain/substitute.ts";

const WORLDS = Number(process.argv[2] ?? 500);
const DRAWN_WORLDS = 10_000;
/** Task instances of one draw: the fewest that a run takes. */
const INSTANCES = 128;

interface Model {
  readonly name: string;
  readonly scenario: Scenario;
  readonly truth: (values: Values) => number;
}

const UNIFORM = { uniform: [0.05, 0.25] };
const BETA = { beta: [12, 188] };
const MODELS: readonly Model[] = [
  product("1 - e, e uniform", [1], [UNIFORM]),
  product("(1 - e)^5, e uniform", [5], [UNIFORM]),
  product("1 - e, e beta", [1], [BETA]),
  product("(1 - e)^5, e beta", [5], [BETA]),
  product(
    "(1 - a)³ (1 - b)², a by interval, b lognormal",
    [3, 2],
    [{ value: 0.06, interval: [0.04, 0.09] }, { lognormal: [0.1, 0.05] }],
  ),
];

console.log(`| Success | Simulated: held in ${WORLDS} worlds | Drawn: held in ${DRAWN_WORLDS} |`);
console.log("| --- | --- | --- |");
for (const { name, scenario, truth } of MODELS) {
  const simulated = await heldBySimulations(scenario, truth);
  console.log(
    `| ${name} | ${shareText(simulated, WORLDS)} | ${shareText(held(scenario, truth))} |`,
  );
}

/** Agents that each make some claims alone, with an error rate of which a prior is known: all claims are right with Π (1 - e)^n. */
function product(name: string, sizes: readonly number[], priors: readonly object[]): Model {
  const agents = sizes.map((_, i) => `agent${i}`);
  const each = <T>(of: (agent: string, i: number) => T) =>
    Object.fromEntries(agents.map((agent, i) => [agent, of(agent, i)]));
  const claims = agents.flatMap((owner, i) =>
    Array.from({ length: sizes[i] }, (_, k) => [`${owner}-${k}`, { owner }] as const),
  );
  const pathOf = (agent: string) => `models.${agent}.errorRate`;
  const scenario = scenarioSchema.parse({
    name: "team",
    task: { graph: { shape: "graph", claims: Object.fromEntries(claims) } },
    models: each(() => ({ errorRate: 0.1, latency: { distribution: "constant", mean: 1 } })),
    agents: each((model) => ({ model })),
    protocol: [
      { assign: { mode: "owners" } },
      { work: { who: agents } },
      { aggregate: { how: "concatenate", from: agents } },
    ],
    repeats: 1,
    uncertain: { numbers: Object.fromEntries(agents.map((a, i) => [pathOf(a), priors[i]])) },
  });
  const truth = (values: Values) =>
    agents.reduce((all, a, i) => all * (1 - (values.get(pathOf(a)) as number)) ** sizes[i], 1);
  return { name, scenario, truth };
}

// ---------------------------------------------------------------- worlds

async function heldBySimulations(scenario: Scenario, truth: Model["truth"]): Promise<number> {
  const worlds = drawnValues([scenario], "worlds", WORLDS);
  let count = 0;
  for (const [world, [values]] of worlds.entries()) {
    const { scenarios } = await run([scenario], { replications: 1, seed: `world ${world}` });
    const { ci } = readMetric(scenarios[0].metrics, "success") as MetricValue;
    if (holds({ lo: ci[0] ?? 0, hi: ci[1] ?? 1 }, truth(values))) count++;
  }
  return count;
}

function held(scenario: Scenario, truth: Model["truth"]): number {
  const worlds = drawnValues([scenario], "worlds", DRAWN_WORLDS);
  const draws = new Draws(rootKey("uncertain-coverage"), 0);
  let count = 0;
  for (const [world, [values]] of worlds.entries()) {
    draws.enter(world);
    const sample = drawnValues([scenario], `world ${world}`, DEFAULT_DRAWS).map(([drawn], k) =>
      estimate(truth(drawn), (i) => draws.uniform(0, 0, k, i)),
    );
    const { total } = randomEffects(sample, { isShare: true, bounds: [0, 1] });
    if (holds(total, truth(values))) count++;
  }
  return count;
}

function holds({ lo, hi }: Pick<Interval, "lo" | "hi">, truth: number): boolean {
  return lo <= truth && truth <= hi;
}

/** What a run of one draw says of a share: in nets of independent instances. */
function estimate(share: number, uniform: (i: number) => number): Interval {
  const counts = Array<number>(NETS).fill(0);
  for (let i = 0; i < INSTANCES; i++) if (uniform(i) < share) counts[i % NETS]++;
  const mean = counts.reduce((a, b) => a + b) / INSTANCES;
  const squares = counts
    .map((count) => square((count * NETS) / INSTANCES - mean))
    .reduce((a, b) => a + b);
  const size = { nets: NETS, instances: INSTANCES, trials: INSTANCES };
  return wilsonClustered(mean, effectiveSampleSize(mean, squares, size));
}

function shareText(count: number, of = DRAWN_WORLDS): string {
  const [mean, lo, hi] = [count / of, wilson(count, of).lo, wilson(count, of).hi].map((share) =>
    (100 * share).toFixed(1),
  );
  return `${mean} % (${lo} to ${hi})`;
}
