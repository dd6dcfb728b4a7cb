// npm run crossing-coverage [-- RUNS]: how often the interval of a threshold holds the crossing, and what a search takes. Prints the
// table of docs/guides/threshold.md.
import { findCrossing } from "../src/numerics/rootFinding/crossing.ts";
import { CURVES, noisy } from "../test/numerics/rootFinding/curves.ts";

const RUNS = Number(process.argv[2] ?? 1000);

console.log("| curve | interval holds the crossing | blocks per search |\n| --- | --- | --- |");
for (const [name, curve, root] of CURVES) {
  let [hits, blocks] = [0, 0];
  for (let run = 0; run < RUNS; run++) {
    const look = noisy(curve, { seed: `coverage ${name}`, run });
    const { ci = [null, null] } = await findCrossing({
      low: 0,
      high: 1,
      observe: (x, first, end) => {
        blocks += end - first;
        return look(x, first, end);
      },
    });
    if ((ci[0] ?? 0) <= root && root <= (ci[1] ?? 1)) hits++;
  }
  console.log(`| ${name} | ${((100 * hits) / RUNS).toFixed(1)} % | ${Math.round(blocks / RUNS)} |`);
}
