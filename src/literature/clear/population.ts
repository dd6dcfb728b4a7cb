// A population of agents and architectures in which metrics of the lab can be held against success in production: drawn
// at random, each configuration tried fresh and one task at a time, and again months later, repeated, and under load.

import type { Overrides } from "../../documents/reading/overrides.ts";
import type { Clear } from "../../metrics/score.ts";
import { Draws, hash32, rootKey } from "../../numerics/draws.ts";
import { power } from "../../numerics/power.ts";
import { estimateIn, type Results, runsOf, type Trial } from "../simulate.ts";
import type { StudyRun } from "../study.ts";
import { RUNS } from "./mix.ts";

/** Configurations: as many of each architecture. */
export const POPULATION = 240;

export const ARCHITECTURES = ["single", "reviewed", "vote", "team"] as const;
export type Architecture = (typeof ARCHITECTURES)[number];

/** Domain of the draws that make the population; those of the engine are others. */
const POPULATION_DOMAIN = 17;

/** Days after the lab. */
const AGE = 60;
/** Seconds between tasks: the median agent is at work a third of the time. */
const INTERVAL = 60;
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
  /** Share of the tasks under load and after the drift that succeed. */
  readonly underLoad: number;
  /** Share of them that succeed on time. */
  readonly onTime: number;
  /** Dollars per task under load and after the drift. */
  readonly spent: number;
  /** Chance that RUNS repeats succeed after the drift, times the share of successes that are on time under load. */
  readonly sustained: number;
}

const PLACES = Array.from({ length: POPULATION }, (_, place) => place);

/** Runs of the whole population. They do not depend on the seed. */
export const runsOfPopulation = (replications: number) =>
  POPULATION *
  runsOf([...labTrials("", 0, replications), ...productionTrials("", 0, replications)]);

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
export async function tryPopulation({ replications, seed, simulate }: StudyRun): Promise<Tried[]> {
  const lab = await simulate(
    PLACES.flatMap((place) => labTrials(seed, place, replications)),
    `${seed}/lab`,
  );
  const production = await simulate(
    PLACES.flatMap((place) => productionTrials(seed, place, replications)),
    `${seed}/production`,
  );
  return PLACES.map((place) => triedOf(place, lab, production));
}

function triedOf(place: number, lab: Results, production: Results): Tried {
  const read = (from: Results, trial: string, metric: string) =>
    estimateIn(from, `${place}/${trial}`, metric).mean;
  const once = (metric: string) => read(lab, "once", metric);
  const underLoad = (metric: string) => read(production, "load", metric) ?? 0;
  const repeated = read(production, "repeated", `passHat${RUNS}`) ?? 0;
  const [success, onTime] = [underLoad("success"), underLoad("successOnTime")];
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
    underLoad: success,
    onTime,
    spent: underLoad("cost"),
    sustained: success > 0 ? repeated * (onTime / success) : 0,
  };
}

const architectureOf = (place: number) => ARCHITECTURES[place % ARCHITECTURES.length];

/** How a configuration is measured as a benchmark would. */
function labTrials(seed: string, place: number, replications: number): Trial[] {
  return [
    trialOf(seed, place, "once", { repeats: 1 }, { replications }),
    trialOf(seed, place, "repeated", { repeats: RUNS }, { replications }),
  ];
}

/** The same configuration after the drift: repeated, and under load. */
function productionTrials(seed: string, place: number, replications: number): Trial[] {
  const age = { "models.base.age": AGE };
  const repeated = { ...age, repeats: RUNS };
  const load = {
    ...age,
    "workload.arrivals": "poisson",
    "workload.interval": INTERVAL,
    "workload.tasks": STREAM,
    repeats: 1,
  };
  const streams = { replications: Math.max(2, Math.round(replications / STREAM)), tasks: STREAM };
  return [
    trialOf(seed, place, "repeated", repeated, { replications: 2 * replications }),
    trialOf(seed, place, "load", load, streams),
  ];
}

function trialOf(
  seed: string,
  place: number,
  name: string,
  changes: Overrides,
  size: Pick<Trial, "replications" | "tasks">,
): Trial {
  const file = `clear/population/${architectureOf(place)}.yaml`;
  const scenario = { file, changes: { ...configuration(seed, place), ...changes } };
  return { name: `${place}/${name}`, scenarios: [scenario], ...size };
}
