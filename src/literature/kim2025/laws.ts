// The law of turns of Kim et al., arXiv 2512.08296, as a prediction: how turns grow with the number of agents. Nothing was
// fitted to teams of another size than three; they come out of scenarios that are changed in one value.
import { average, slope } from "../../numerics/statistics.ts";
import { range } from "../target.ts";
import { defined, type Target } from "./definitions.ts";
import type { Formula, Means } from "./observations.ts";
import { BENCHMARKS, type Benchmark, PAPER, TEAMS } from "./published.ts";
import { fileOf, ONCE, type Series } from "./series.ts";

/** Workers of the shipped teams, and of those that are made of them: the source's law is fitted to at most four. */
const SHIPPED_SIZE = 3;
const OTHER_SIZES = [2, 4] as const;

const sized = (team: string, workers: number) => `${team}-${workers}`;
const groupOfSizes = (benchmark: Benchmark) => `team-size/${benchmark}`;

const teamSizes = (benchmark: Benchmark): Series => ({
  name: groupOfSizes(benchmark),
  fields: ["turns"],
  effort: 1 / 32,
  variants: TEAMS.flatMap((team) =>
    OTHER_SIZES.map((workers) => {
      const name = sized(team, workers);
      const changes = { ...ONCE, "agents.worker.count": workers, name };
      return { name, file: fileOf(benchmark, team), changes };
    }),
  ),
});

/** Mean turns on the benchmarks: of the single agent, or of the teams with so many workers. */
function turnsOf(mean: Means, workers: number): number {
  const on = (benchmark: Benchmark) => {
    if (workers === 1) return mean(benchmark, "single", "turns");
    const of = (team: string) =>
      workers === SHIPPED_SIZE
        ? mean(benchmark, team, "turns")
        : mean(groupOfSizes(benchmark), sized(team, workers), "turns");
    return average(TEAMS.map(of));
  };
  return average(BENCHMARKS.map(on));
}

/** Exponent b of T = a (n + 0.5)^b, by least squares on logarithms. */
const turnExponent: Formula = (mean) =>
  slope(
    [1, SHIPPED_SIZE, ...OTHER_SIZES].map(
      (n) => [Math.log(n + 0.5), Math.log(turnsOf(mean, n))] as const,
    ),
  );

/** What runs beside the benchmarks' own scenarios. */
export const LAW_SERIES: readonly Series[] = BENCHMARKS.map(teamSizes);

export const LAWS: readonly Target[] = [
  {
    id: "kim2025.turnLaw.exponent",
    figure: "Turn law",
    title: "exponent",
    unit: "ratio",
    published: 1.724,
    publishedCi: [1.685, 1.763],
    tolerance: range(1.685, 1.763, "published"),
    kind: "predicted",
    source: PAPER,
    ...defined(
      "b of T = a (n + 0.5)^b by least squares on logarithms, n = 1 to 4 workers: T of the single agent for 1, else the mean of the four teams; averaged over the four benchmarks",
      turnExponent,
    ),
    note: "Published for at most 4 agents: T = 2.72 (n + 0.5)^1.724. The turns of one and of three agents were calibrated, those of two and four were not.",
  },
];
