// What Kim et al. publish, "Towards a Science of Scaling Agent Systems", arXiv 2512.08296 (code: ybkim95/agent-scaling):
// success rates of six language models on four benchmarks in five architectures, and figures by architecture. Data to
// hold results against; the engine never sees them.
import {
  ARCHITECTURES,
  type Architecture,
  TEAMS,
  type Team,
} from "../../advise/candidates/architectures.ts";
import { bootstrapInterval } from "../../numerics/bootstrap.ts";
import { average } from "../../numerics/statistics.ts";
import { type Published, range, relative } from "../target.ts";

export { ARCHITECTURES, type Architecture, TEAMS, type Team };

export const PAPER = "Kim et al., arXiv 2512.08296";

/** The four benchmarks, as the shipped scenarios call them. */
export const BENCHMARKS = ["finance-agent", "browsecomp-plus", "workbench", "plancraft"] as const;

export type Benchmark = (typeof BENCHMARKS)[number];

/** As the source calls them. */
export const BENCHMARK_TITLES: Readonly<Record<Benchmark, string>> = {
  "finance-agent": "Finance",
  "browsecomp-plus": "BrowseComp-Plus",
  workbench: "Workbench",
  plancraft: "PlanCraft",
};

/** One model on one benchmark in one architecture. */
export interface SuccessRate {
  readonly family: string;
  readonly model: string;
  readonly benchmark: Benchmark;
  readonly architecture: Architecture;
  /** Share of the benchmark's instances that succeeded, 0..1: of 50 to 100, by the digits of all rates but one. */
  readonly rate: number;
  /** Intelligence index of the model, as the source gives it. */
  readonly intelligenceIndex: number;
}

const MODELS = [
  { family: "anthropic", model: "claude-3.7-sonnet", intelligenceIndex: 42 },
  { family: "anthropic", model: "claude-4.5-sonnet", intelligenceIndex: 55 },
  { family: "google", model: "gemini-2.0-flash", intelligenceIndex: 47 },
  { family: "google", model: "gemini-2.5-pro", intelligenceIndex: 65 },
  { family: "openai", model: "gpt-5", intelligenceIndex: 71 },
  { family: "openai", model: "gpt-5-nano", intelligenceIndex: 59 },
] as const;

/** Rates in the order of MODELS. */
const RATES: Readonly<Record<Benchmark, Readonly<Record<Architecture, readonly number[]>>>> = {
  "finance-agent": {
    single: [0.3, 0.28, 0.1, 0.58, 0.62, 0.24],
    independent: [0.12, 0.28, 0.62, 0.76, 0.76, 0.76],
    decentralized: [0.2, 0.44, 0.72, 0.76, 0.78, 0.76],
    centralized: [0.3, 0.46, 0.7, 0.78, 0.8, 0.76],
    hybrid: [0.24, 0.46, 0.68, 0.76, 0.78, 0.74],
  },
  "browsecomp-plus": {
    single: [0.262626, 0.343434, 0.17, 0.36, 0.37, 0.37],
    independent: [0.181818, 0.141414, 0.1, 0.24, 0.44, 0.18],
    decentralized: [0.292929, 0.434343, 0.18, 0.43, 0.5, 0.32],
    centralized: [0.343434, 0.428571, 0.22, 0.37, 0.34, 0.27],
    hybrid: [0.333333, 0.40404, 0.2, 0.4, 0.38, 0.33],
  },
  workbench: {
    single: [0.53, 0.65, 0.55, 0.64, 0.7, 0.62],
    independent: [0.55, 0.7, 0.53, 0.56, 0.59, 0.44],
    decentralized: [0.67, 0.81, 0.52, 0.69, 0.76, 0.61],
    centralized: [0.63, 0.72, 0.52, 0.66, 0.64, 0.56],
    hybrid: [0.66, 0.74, 0.55, 0.66, 0.6, 0.48],
  },
  plancraft: {
    single: [0.59596, 0.767677, 0.52, 0.51, 0.61, 0.38],
    independent: [0.090909, 0.070707, 0.15, 0.14, 0.28, 0.24],
    decentralized: [0.111111, 0.161616, 0.44, 0.38, 0.46, 0.38],
    centralized: [0.191919, 0.191919, 0.3, 0.34, 0.32, 0.29],
    hybrid: [0.30303, 0.343434, 0.32, 0.42, 0.336, 0.35],
  },
};

/** All 120 rates. */
export const KIM2025_SUCCESS: readonly SuccessRate[] = BENCHMARKS.flatMap((benchmark) =>
  ARCHITECTURES.flatMap((architecture) =>
    MODELS.map((model, i) => ({
      ...model,
      benchmark,
      architecture,
      rate: RATES[benchmark][architecture][i],
    })),
  ),
);

/** Mean rate of the six models, 0..1. */
export const meanSuccess = (benchmark: Benchmark, architecture: Architecture): number =>
  average(RATES[benchmark][architecture]);

/** Mean rate of some of the models, each as often as it is counted. */
type Rate = (benchmark: Benchmark, architecture: Architecture) => number;

/**
 * How far the six models leave a figure open that is made of their mean rates: the 95 % interval of the bootstrap over
 * models, all of whose resamples are looked at.
 */
export function overModels(figure: (rate: Rate) => number): readonly [low: number, high: number] {
  return bootstrapInterval(MODELS.length, (counts) =>
    figure((benchmark, architecture) =>
      average(RATES[benchmark][architecture].map((rate, i) => rate * counts[i])),
    ),
  );
}

const failureRatio = (of: number, single: number) => (1 - of) / (1 - single);

/** Mean over benchmarks of the ratio of failure rates to those of the single agent. */
export const failureRatioOf = (team: Team, rate: Rate): number =>
  average(BENCHMARKS.map((b) => failureRatio(rate(b, team), rate(b, "single"))));

/** The same formed model by model, and averaged over models as well. */
export const failureRatioByModel = (team: Team): number =>
  average(
    BENCHMARKS.flatMap((b) =>
      RATES[b][team].map((rate, i) => failureRatio(rate, RATES[b].single[i])),
    ),
  );

// ---------------------------------------------------------------- figures by architecture

type By<Name extends string, Value = number> = Readonly<Record<Name, Value>>;
/** A mean and its printed spread. */
type Spread = readonly [mean: number, spread: number];

const byTeam = <Value>(
  independent: Value,
  decentralized: Value,
  centralized: Value,
  hybrid: Value,
): By<Team, Value> => ({ independent, decentralized, centralized, hybrid });

const byArchitecture = <Value>(
  single: Value,
  ...teams: Parameters<typeof byTeam<Value>>
): By<Architecture, Value> => ({ single, ...byTeam(...teams) });

/** Errors relative to the single agent: a mean over configurations, each with a ratio of its own. */
export const AMPLIFICATIONS: By<Team, Published & { readonly publishedCi?: Spread }> = {
  independent: {
    published: 17.2,
    publishedCi: [14.3, 20.1],
    tolerance: range(14.3, 20.1, "published"),
  },
  decentralized: { published: 7.8, tolerance: relative(0.15) },
  centralized: { published: 4.4, publishedCi: [3.8, 5.0], tolerance: range(3.8, 5.0, "published") },
  hybrid: { published: 5.1, tolerance: relative(0.15) },
};

/** The teams from the most amplification to the least, by the published means. */
export const AMPLIFYING = ["independent", "decentralized", "hybrid", "centralized"] as const;

/** Failure rates relative to the single agent. */
export const TASK_AMPLIFICATIONS = byTeam(1.296, 1.051, 1.111, 1.072);

/** Turns per task: their means, and their spreads over single runs (28 or 29 % of every mean). */
export const TURNS = byArchitecture<Spread>(
  [7.2, 2.1],
  [11.4, 3.2],
  [26.1, 7.5],
  [27.7, 8.1],
  [44.3, 12.4],
);

/** Turns per task of the single agent. */
export const TRAJECTORIES: By<Benchmark> = {
  "finance-agent": 8.3,
  "browsecomp-plus": 9.7,
  workbench: 6.1,
  plancraft: 8.4,
};

/** Turns beyond those of the single agent, in percent. */
export const OVERHEADS = byTeam(58, 263, 285, 515);

/** Messages per turn. */
export const DENSITIES = byTeam(0, 0.41, 0.39, 0.24);

/** Share of the work that is done twice or more. */
export const REDUNDANCIES = byTeam<Spread>([0.48, 0.09], [0.5, 0.06], [0.41, 0.06], [0.46, 0.04]);

/** Success over all benchmarks. */
export const MEAN_SUCCESS = byArchitecture(0.466, 0.37, 0.477, 0.463, 0.452);

/** Success over turns relative to the single agent. */
export const EFFICIENCIES = byArchitecture(0.466, 0.234, 0.132, 0.12, 0.074);

/** Successes per 1,000 tokens, as printed. */
export const SUCCESS_PER_KILO_TOKEN = byArchitecture(67.7, 42.4, 23.9, 21.5, 13.6);

/** Changes of success against the single agent that the source states, in percent. */
export const CHANGES: By<Benchmark, Partial<By<Team>>> = {
  "finance-agent": { decentralized: 74.5, centralized: 80.8, hybrid: 73.1 },
  "browsecomp-plus": { independent: -35, decentralized: 9.2, centralized: 0.2 },
  workbench: { decentralized: 5.7, centralized: -1.2, hybrid: -1.2 },
  plancraft: { independent: -70.1, decentralized: -41.5, centralized: -50.3, hybrid: -39.1 },
};
