// Whether an estimated scenario has the figures of the one that made the logs.
import { join } from "node:path";
import { nodeFiles, SHIPPED } from "../../src/documents/reading/nodeFiles.ts";
import { estimateTeam } from "../../src/estimate/estimateTeam.ts";
import { countingTokens, scenarioOf } from "../../src/estimate/simulating.ts";
import { scenarioText } from "../../src/estimate/writing/scenarioFile.ts";
import { run } from "../../src/experiment/experiment.ts";
import { readMetric } from "../../src/experiment/result.ts";
import type { LoggedRun } from "../../src/logs/run.ts";
import { average } from "../../src/numerics/statistics.ts";
import type { Scenario } from "../../src/scenario/schema.ts";
import { short } from "./logged.ts";

/** Replications of the original and of an estimated scenario. */
const REPLICATIONS = 4000;

const METRICS = [
  "success",
  "passHat2",
  "passHat4",
  "passHat8",
  "turns",
  // Input tokens alone: prices are set so.
  "cost",
  "tokens",
  "latency.p50",
  "latency.p95",
] as const;

interface Figure {
  readonly mean: number;
  readonly interval: readonly [low: number, high: number];
}

type Figures = ReadonlyMap<string, Figure>;

/**
 * Prints a table per way to estimate, with a structure of its own and with that of the original: each metric of the original, of the
 * estimated scenarios at their values, the mean of their intervals, and how many of these hold the original. The logs
 * differ by chance: of 20 intervals, 19 hold it if all is right.
 */
export async function printFigures(
  name: string,
  scenario: Scenario,
  seeds: number,
  runsOf: (seed: number) => readonly LoggedRun[],
): Promise<void> {
  const original = await figuresOf(scenario);
  for (const isLike of [false, true]) {
    const found: { values: Figures; whole: Figures }[] = [];
    for (let seed = 0; seed < seeds; seed++)
      found.push(await estimated(name, scenario, runsOf(seed), isLike));
    console.log(`\n${name}, estimated ${seeds} times${isLike ? " with --like" : ""}\n`);
    console.log("| metric | original | estimated, --fixed | mean interval | holds the original |");
    console.log("| --- | --- | --- | --- | --- |");
    for (const [metric, { mean }] of original) {
      const values = found.flatMap((one) => one.values.get(metric)?.mean ?? []);
      const intervals = found.flatMap((one) =>
        one.whole.get(metric) ? [one.whole.get(metric) as Figure] : [],
      );
      const holding = intervals.filter(({ interval: [low, high] }) => isWithin(mean, low, high));
      const ends = [0, 1].map((side) =>
        short(average(intervals.map(({ interval }) => interval[side]))),
      );
      console.log(
        `| ${metric} | ${short(mean)} | ${short(average(values))} | ${ends.join(" to ")} | ${holding.length} of ${intervals.length} |`,
      );
    }
  }
}

async function estimated(
  name: string,
  scenario: Scenario,
  runs: readonly LoggedRun[],
  isLike: boolean,
) {
  const like = isLike ? { scenario, base: `${name}.yaml`, files: nodeFiles(PLACE) } : undefined;
  const path = PLACE;
  const team = await estimateTeam(runs, { name: "estimated", path, like, replications: 256 });
  const text = (isUncertain: boolean) => scenarioText(team.draft, { header: [], isUncertain });
  if (process.env.SHOW) console.log(text(true));
  const read = (isUncertain: boolean) =>
    scenarioOf({ path, text: text(isUncertain), files: like?.files });
  return { values: await figuresOf(await read(false)), whole: await figuresOf(await read(true)) };
}

/** Where the file of the estimated scenario would stand, beside the shipped ones. */
const PLACE = join(SHIPPED, "estimated.yaml");

/** All metrics that logs show as well, by its own name each. */
async function figuresOf(scenario: Scenario): Promise<Figures> {
  const counted = { ...countingTokens(scenario), repeats: 8, thresholds: [] };
  const { scenarios } = await run([counted], { replications: REPLICATIONS, seed: "figures" });
  const [{ metrics }] = scenarios;
  const figures = new Map<string, Figure>();
  for (const metric of METRICS) {
    const value = readMetric(metrics, metric);
    if (value?.mean == null) continue;
    const scale = metric === "cost" ? MILLION : 1;
    const [low, high] = value.ci.map((end) => scale * (end ?? Number.NaN));
    figures.set(metric === "cost" ? "input tokens" : metric, {
      mean: scale * value.mean,
      interval: [low, high],
    });
  }
  return figures;
}

const MILLION = 1_000_000;

/** What is known exactly comes back but for rounding, and for calls of which the log cannot say that none will ever fail. */
const ROUNDING = 1e-3;

const isWithin = (x: number, low: number, high: number) =>
  low - ROUNDING * Math.abs(x) <= x && x <= high + ROUNDING * Math.abs(x);
