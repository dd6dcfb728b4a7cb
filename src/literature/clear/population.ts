// A population of agents and architectures in which metrics of the lab can be held against success in production: drawn
// at random, each configuration tried fresh and one task at a time, and again months later, repeated, and under load.

import type { Overrides } from "../../documents/reading/overrides.ts";
import type { Clear } from "../../metrics/score.ts";
import { Draws, hash32, rootKey } from "../../numerics/draws.ts";
import { power } from "../../numerics/power.ts";
import { estimateOf, type SimulateOptions, shipped, simulate, type Trial } from "../simulate.ts";
import { RUNS } from "./mix.ts";

/** Configurations: as many of each architecture. */
export const POPULATION = 240;

export const ARCHITECTURES = ["single", "reviewed", "vote", "team"] as const;
export type Architecture = (typeof ARCHITECTURES)[number];

/** Domain of the draws that make the population; those of the engine are others. */
const POPULATION_DOMAIN = 17;

/** Days after the lab. */
const AGE = 60;
/** Seconds between tasks: the median agent is at work a third of the time, or most of it in a rush. */
const INTERVALS = { load: 60, rush: 25 } as const;
/** Tasks that come one after the other. */
const STREAM = 50;

/** What is drawn of an agent: the path in the scenario, the range, and whether equal ratios are equally likely. */
const RANGES: readonly (readonly [path: string, low: number, high: number, isLog: boolean])[] = [
  ["models.base.errorRate", 0.005, 0.15, true],
  ["task.difficultySpread", 0, 3, false],
  ["agentDefaults.checks.self.recall", 0, 0.9, false],
  ["agentDefaults.checks.peer.recall", 0.2, 0.9, false],
  ["agentDefaults.checks.orchestrator.recall", 0.2, 0.9, false],
  ["agentDefaults.checks.self.falseAlarm", 0, 0.1, false],
  ["agentDefaults.checks.guard.recall", 0, 0.95, false],
  ["models.base.violation", 0.005, 0.2, true],
  ["models.base.price.output", 1, 30, true],
  ["models.base.latency.mean", 1, 6, true],
  ["models.base.drift", 0, 0.02, false],
  ["models.base.failure", 0.001, 0.1, true],
];

/** One configuration, and what came of it. */
export interface Tried {
  readonly architecture: Architecture;
  /** The five figures that a benchmark would report. */
  readonly lab: Clear;
  /** Chance that all of RUNS repeats succeed after the drift. */
  readonly repeated: number;
  /** Share of the tasks under load and after the drift that succeed on time. */
  readonly underLoad: number;
  /** Chance that RUNS repeats succeed after the drift, times the share of successes that are on time under load. */
  readonly sustained: number;
  /** The same where tasks come in a rush. */
  readonly sustainedInRush: number;
}

/** Runs of every configuration for so many replications: the lab's two trials, and production's three. */
export const runsOfPopulation = (replications: number) => POPULATION * 6 * replications;

/** Numbers of one configuration, which follow from the seed and its place alone. */
export function configuration(seed: string, place: number): Overrides {
  const draws = new Draws(rootKey(seed), POPULATION_DOMAIN);
  draws.enter(place);
  return Object.fromEntries(
    RANGES.map(([path, low, high, isLog]) => {
      const u = draws.uniform(0, hash32(path), 0, 0);
      return [path, isLog ? low * power(high / low, u) : low + u * (high - low)];
    }),
  );
}

/** Tries the whole population. Lab and production share no draws, so that luck in one does not predict the other. */
export async function tryPopulation(
  replications: number,
  { seed, onProgress = () => {}, ...options }: SimulateOptions,
): Promise<Tried[]> {
  const places = Array.from({ length: POPULATION }, (_, place) => place);
  const trials = await Promise.all(places.map((place) => trialsOf(seed, place, replications)));
  const lab = await simulate(
    trials.flatMap((one) => one.lab),
    { ...options, seed: `${seed}/lab`, onProgress: (share) => onProgress(0.4 * share) },
  );
  const production = await simulate(
    trials.flatMap((one) => one.production),
    {
      ...options,
      seed: `${seed}/production`,
      onProgress: (share) => onProgress(0.4 + 0.6 * share),
    },
  );
  return places.map((place) => {
    const read = (from: typeof lab, trial: string, metric: string) =>
      estimateOf(
        (from.get(`${place}/${trial}`) as NonNullable<ReturnType<typeof lab.get>>)[0],
        metric,
      ).mean;
    const once = (metric: string) => read(lab, "once", metric);
    const repeated = read(production, "repeated", `passHat${RUNS}`) ?? 0;
    /** Of the successes. */
    const onTime = (trial: keyof typeof INTERVALS) => {
      const success = read(production, trial, "success") ?? 0;
      return success > 0 ? (read(production, trial, "successOnTime") ?? 0) / success : 0;
    };
    return {
      architecture: architectureOf(place),
      lab: {
        cost: once("cost"),
        latency: once("latency.mean"),
        efficacy: once("success"),
        assurance: once("policyAdherence"),
        reliability: read(lab, "repeated", `passHat${RUNS}`),
      },
      repeated,
      underLoad: read(production, "load", "successOnTime") ?? 0,
      sustained: repeated * onTime("load"),
      sustainedInRush: repeated * onTime("rush"),
    };
  });
}

const architectureOf = (place: number) => ARCHITECTURES[place % ARCHITECTURES.length];

async function trialsOf(seed: string, place: number, replications: number) {
  const numbers = configuration(seed, place);
  const file = `clear/population/${architectureOf(place)}.yaml`;
  const trial = async (name: string, changes: Overrides, runs: number): Promise<Trial> => ({
    name: `${place}/${name}`,
    scenarios: [await shipped(file, { ...numbers, ...changes })],
    replications: runs,
  });
  const age = { "models.base.age": AGE };
  const stream = (name: keyof typeof INTERVALS) => {
    const load = {
      "workload.arrivals": "poisson",
      "workload.interval": INTERVALS[name],
      "workload.tasks": STREAM,
    };
    const streams = Math.max(2, Math.round(replications / STREAM));
    return trial(name, { ...age, ...load, repeats: 1 }, streams);
  };
  return {
    lab: await Promise.all([
      trial("once", { repeats: 1 }, replications),
      trial("repeated", { repeats: RUNS }, replications),
    ]),
    production: await Promise.all([
      trial("repeated", { ...age, repeats: RUNS }, 2 * replications),
      stream("load"),
      stream("rush"),
    ]),
  };
}
