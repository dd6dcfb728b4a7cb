// How often the total interval of a result with uncertain numbers holds the truth of a world that is drawn from their priors, over
// 500 worlds, on models whose success is known in closed form. Takes some minutes:
// node --import ./scripts/typescript/register.mjs scripts/uncertainCoverage.ts [REPLICATIONS]
import { run } from "../src/experiment/experiment.ts";
import { type MetricValue, readMetric } from "../src/experiment/result.ts";
import { type Scenario, scenarioSchema } from "../src/scenario/schema.ts";
import { drawnValues } from "../src/scenario/uncertain/draws.ts";

const WORLDS = 500;
const RATE = "models.base.errorRate";

/** Success is (1 - e)^size. */
function team(size: number, prior: object): Scenario {
  const claims = Object.fromEntries(Array.from({ length: size }, (_, i) => [`c${i}`, []]));
  return scenarioSchema.parse({
    name: `claims-${size}`,
    task: { graph: { shape: "graph", claims } },
    models: { base: { errorRate: 0.1, latency: { distribution: "constant", mean: 1 } } },
    agents: { worker: {} },
    protocol: [{ work: { who: "worker" } }, { aggregate: { how: "concatenate", from: "worker" } }],
    repeats: 1,
    uncertain: { numbers: { [RATE]: prior } },
  });
}

const MODELS: readonly (readonly [size: number, prior: object])[] = [
  [1, { uniform: [0.05, 0.25] }],
  [1, { beta: [12, 188] }],
  [5, { uniform: [0.05, 0.25] }],
  [5, { beta: [12, 188] }],
  [5, { value: 0.06, interval: [0.04, 0.09] }],
  [5, { lognormal: [0.06, 0.03] }],
];

const replications = Number(process.argv[2] ?? 8192);
for (const [size, prior] of MODELS) {
  const scenario = team(size, prior);
  // The worlds are draws of their own.
  const worlds = drawnValues([scenario], "worlds", 512);
  let held = 0;
  let share = 0;
  for (let world = 0; world < WORLDS; world++) {
    const truth = (1 - (worlds[world][0].get(RATE) as number)) ** size;
    const { scenarios } = await run([scenario], { replications, seed: `world ${world}` });
    const { ci, parameters } = readMetric(scenarios[0].metrics, "success") as MetricValue;
    if ((ci[0] ?? -1) <= truth && truth <= (ci[1] ?? 1)) held++;
    share += (parameters?.share ?? 0) / WORLDS;
  }
  const percent = (x: number) => `${(100 * x).toFixed(1)} %`;
  process.stdout.write(
    `(1 - e)^${size}, e ${JSON.stringify(prior)}, ${replications} replications: ${percent(held / WORLDS)} of ${WORLDS} worlds, parameters ${percent(share)}\n`,
  );
}
