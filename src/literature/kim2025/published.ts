// Success rates of six language models on four benchmarks in five architectures, as published: Kim et al., "Towards a
// Science of Scaling Agent Systems", arXiv 2512.08296 (code: ybkim95/agent-scaling). Data to hold results against; the
// engine never sees them.
import { ARCHITECTURES, type Architecture, TEAMS, type Team } from "../../advise/architectures.ts";
import { average } from "../../numerics/statistics.ts";

export { ARCHITECTURES, type Architecture, TEAMS, type Team };

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
export function meanSuccess(benchmark: Benchmark, architecture: Architecture): number {
  return average(RATES[benchmark][architecture]);
}
