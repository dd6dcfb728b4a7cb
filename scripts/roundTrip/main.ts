// npm run round-trip [-- SEEDS [SCENARIO,…]]: what estimates from simulated logs give back. Each of five shipped scenarios is simulated
// 200 times per seed, written as spans, read back and estimated. Prints two tables per scenario: how often intervals hold the
// numbers that made the logs, and whether the estimated scenario has the success, the turns, the tokens and the times of the
// original. The second takes some seconds per seed: it takes a tenth of the seeds, or as many as a third argument says.
import { estimatesOf } from "../../src/estimate/estimatesOf.ts";
import { shipped } from "../../src/literature/shipped.ts";
import { printFigures } from "./figures.ts";
import { logged, RUNS } from "./logged.ts";
import { printNumbers } from "./numbers.ts";

const SEEDS = Number(process.argv[2] ?? 200);
const SCENARIOS = process.argv[3]?.split(",") ?? [
  "templates/single",
  "react/react",
  "templates/pipeline",
  "patterns/chain",
  "taubench/gpt-4o-retail",
];
const FIGURE_SEEDS = Number(process.argv[4] ?? Math.ceil(SEEDS / 20));

for (const name of SCENARIOS) {
  const scenario = await shipped(`${name}.yaml`);
  const runsOf = (seed: number) => logged(scenario, `round-trip/${seed}`);
  console.log(`\n${name}: ${SEEDS} times ${RUNS} runs\n`);
  printNumbers(
    scenario,
    Array.from({ length: SEEDS }, (_, seed) => estimatesOf(runsOf(seed))),
  );
  if (FIGURE_SEEDS > 0) await printFigures(name, scenario, FIGURE_SEEDS, runsOf);
}
