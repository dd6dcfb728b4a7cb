// Two laws of Kim et al., arXiv 2512.08296, as predictions: how turns grow with the number of agents, and up to which
// success of the single agent a team pays. Nothing was fitted to either; both come out of scenarios that are changed in
// one value.
import { average, slope } from "../../numerics/statistics.ts";
import type { Scenario } from "../../scenario/schema.ts";
import { defined, type Target } from "./definitions.ts";
import type { Formula, Means } from "./observations.ts";
import { ARCHITECTURES, BENCHMARKS, type Benchmark, PAPER, TEAMS } from "./published.ts";
import { fileOf, ONCE, type Series } from "./series.ts";

// ---------------------------------------------------------------- turns by number of agents

const TEAM_SIZES = [2, 3, 4, 5, 6, 7, 8, 9] as const;

const sized = (architecture: string, agents: number) => `${architecture}-${agents}`;

const teamSizes = (benchmark: Benchmark): Series => ({
  name: `team-size/${benchmark}`,
  fields: ["turns"],
  effort: 1 / 64,
  variants: [
    { name: sized("single", 1), file: fileOf(benchmark, "single"), changes: ONCE },
    ...TEAMS.flatMap((architecture) =>
      TEAM_SIZES.map((agents) => {
        const name = sized(architecture, agents);
        const changes = { ...ONCE, "agents.worker.count": agents, name };
        return { name, file: fileOf(benchmark, architecture), changes };
      }),
    ),
  ],
});

const turnsOf = (mean: Means, architecture: string, agents: number) =>
  average(BENCHMARKS.map((b) => mean(`team-size/${b}`, sized(architecture, agents), "turns")));

/** Exponent b of T = a (n + 0.5)^b, by least squares on logarithms. */
const turnExponent: Formula = (mean) => {
  const points = [
    [1, turnsOf(mean, "single", 1)],
    ...TEAM_SIZES.map((n) => [n, average(TEAMS.map((team) => turnsOf(mean, team, n)))]),
  ].map(([n, turns]) => [Math.log(n + 0.5), Math.log(turns)] as const);
  return slope(points);
};

// ---------------------------------------------------------------- saturation

/** Shifts of the difficulty, from the easiest instances to the hardest. */
const SHIFTS = [-6, -5, -4, -3, -2.5, -2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2, 3, 4, 5, 6] as const;

/** A team helps when it succeeds so much more often than the single agent. */
const GAIN = 0.01;

const shifted = (architecture: string, step: number) => `${architecture}-step-${step}`;

const difficulties = (benchmark: Benchmark): Series => ({
  name: `difficulty/${benchmark}`,
  fields: ["success"],
  effort: 1 / 32,
  variants: ARCHITECTURES.flatMap((architecture) =>
    SHIFTS.map((shift, step) => {
      const name = shifted(architecture, step);
      const changes = ({ task }: Scenario) => ({
        ...ONCE,
        "task.difficulty": task.difficulty + shift,
        name,
      });
      return { name, file: fileOf(benchmark, architecture), changes };
    }),
  ),
});

/** Single success at which the best team stops to help; 0 where none ever does, the highest seen where one always does. */
function saturationOf(mean: Means, benchmark: Benchmark): number {
  const success = (architecture: string, step: number) =>
    mean(`difficulty/${benchmark}`, shifted(architecture, step), "success");
  const steps = SHIFTS.map((_, step) => {
    const single = success("single", step);
    return { single, gain: Math.max(...TEAMS.map((team) => success(team, step))) - single - GAIN };
  });
  const first = steps.findIndex(({ gain }) => gain > 0);
  if (first < 0) return 0;
  if (first === 0) return steps[0].single;
  const [above, below] = [steps[first - 1], steps[first]];
  return below.single + ((above.single - below.single) * below.gain) / (below.gain - above.gain);
}

const saturation: Formula = (mean) => average(BENCHMARKS.map((b) => saturationOf(mean, b)));

// ---------------------------------------------------------------- the targets

export const LAW_SERIES: readonly Series[] = [
  ...BENCHMARKS.map(teamSizes),
  ...BENCHMARKS.map(difficulties),
];

const PREDICTED = { tolerance: null, kind: "predicted", source: PAPER } as const;

export const LAWS: readonly Target[] = [
  {
    id: "kim2025.turnLaw.exponent",
    figure: "Turn law",
    title: "exponent",
    unit: "ratio",
    published: 1.724,
    publishedCi: [1.685, 1.763],
    ...PREDICTED,
    ...defined(
      "b of T = a (n + 0.5)^b by least squares on logarithms, n = 1..9 workers: T of the single agent for 1, else the mean of the four teams; averaged over the four benchmarks",
      turnExponent,
    ),
    note: "Published for at most 4 agents: T = 2.72 (n + 0.5)^1.724.",
  },
  {
    id: "kim2025.saturation.single",
    figure: "Saturation",
    title: "single success",
    unit: "share",
    published: 0.45,
    ...PREDICTED,
    ...defined(
      `S_s above which no team gains more than ${GAIN}, as the difficulty varies; averaged over the four benchmarks`,
      saturation,
    ),
    note: "0 counts where no team helps at any difficulty, the highest success reached where one always does.",
  },
];
