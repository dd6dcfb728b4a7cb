// Drift, and what periodic checks make of it. The model is validated in week 0 and drifts; every few weeks a check runs some
// golden tasks, raises an alarm when too few succeed, and the model is validated anew. All golden tasks are
// simulated ones of the age that the model has then.
import { runCell } from "../../experiment/cell.ts";
import { FIELD } from "../../model/outcome.ts";
import { Draws, rootKey } from "../../numerics/draws.ts";
import { binomialCdf } from "../../numerics/quantiles.ts";
import { average, standardError } from "../../numerics/statistics.ts";
import { cell } from "../estimates.ts";
import { shipped } from "../shipped.ts";
import { pairs, seriesOf, tableOf } from "../show.ts";
import { estimateOf } from "../simulate.ts";
import type { StudyEstimate, StudyFigure, StudyRun, StudyTable } from "../study.ts";

/** The architecture that is watched: the cheapest to run golden tasks with. */
const WATCHED = "single";

const WEEKS = 12;
/** Number of scenarios: one for each age. */
export const AGES = WEEKS + 1;
const EVERY = [1, 2, 4];
const GOLDEN_TASKS = [25, 100, 400];

/** Share of the checks of a model as good as new that may raise an alarm. */
const FALSE_ALARM_RATE = 0.05;

/** Histories of a policy: enough for means to about a hundredth of a week. */
const HISTORIES = 2000;

export interface Ages {
  /** Success at each age in weeks, 0 to WEEKS. */
  readonly success: readonly StudyEstimate[];
  /** Whether each simulated task of that age succeeded. */
  readonly tasks: readonly Uint8Array[];
  readonly costPerTask: number;
}

/** Simulates tasks at every age of the model, one at a time. */
export async function simulateAges({ replications, seed, pool, part }: StudyRun): Promise<Ages> {
  const { onProgress } = part(AGES * replications);
  const scenarios = await Promise.all(
    Array.from({ length: AGES }, (_, week) =>
      shipped(`operation/${WATCHED}.yaml`, {
        workload: { arrivals: "one" },
        repeats: 1,
        "models.base.age": 7 * week,
      }),
    ),
  );
  const tasks = scenarios.map(() => new Uint8Array(replications));
  const result = await runCell(
    pool,
    { scenarios, baseline: -1, seed, sampling: { replications } },
    {
      onReplication: (week, replication, outcome) => {
        tasks[week][replication] = outcome[FIELD.success];
      },
      onProgress,
    },
  );
  pool.signal.throwIfAborted();
  return {
    success: result.scenarios.map((one) => cell(estimateOf(one, "success"))),
    tasks,
    costPerTask: estimateOf(result.scenarios[0], "cost").mean ?? 0,
  };
}

// ---------------------------------------------------------------- checks

/**
 * The fewest successes of `tasks` golden tasks that raise no alarm: the largest number such that a model with the
 * success rate `fresh` falls below it in at most a share `rate` of the checks.
 */
export function alarmLevel(tasks: number, fresh: number, rate = FALSE_ALARM_RATE): number {
  let level = 0;
  while (level < tasks && binomialCdf(level, tasks, fresh) <= rate) level++;
  return level;
}

export interface Policy {
  /** Weeks between checks. */
  readonly every: number;
  readonly tasks: number;
}

export interface PolicyResult {
  /** Mean success over the weeks. */
  readonly success: StudyEstimate;
  /** Weeks until the first alarm; that of a history without one is taken as WEEKS. */
  readonly delay: StudyEstimate;
  /** Share of the histories in which no alarm was raised. */
  readonly silent: number;
  /** Mean number of alarms. */
  readonly alarmsPerHistory: number;
}

const POLICY_DOMAIN = 11;

/** Runs histories of a policy, whose checks draw from the simulated tasks of the age at hand. */
export function runPolicy({ every, tasks }: Policy, ages: Ages, seed: string): PolicyResult {
  const level = alarmLevel(tasks, ages.success[0].mean as number);
  const draws = new Draws(rootKey(seed), POLICY_DOMAIN);
  const success: number[] = [];
  const delay: number[] = [];
  let alarms = 0;
  for (let history = 0; history < HISTORIES; history++) {
    draws.enter(history);
    let age = 0;
    let sum = 0;
    let first = WEEKS + 1;
    for (let week = 1; week <= WEEKS; week++) {
      sum += ages.success[age].mean as number;
      age++;
      if (week % every !== 0 || succeeded(ages.tasks[age], tasks, draws, week) >= level) continue;
      alarms++;
      age = 0;
      first = Math.min(first, week);
    }
    success.push(sum / WEEKS);
    delay.push(first);
  }
  return {
    success: meanOf(success),
    delay: meanOf(delay.map((week) => Math.min(week, WEEKS))),
    silent: delay.filter((week) => week > WEEKS).length / HISTORIES,
    alarmsPerHistory: alarms / HISTORIES,
  };
}

/** Successes among golden tasks drawn from those that were simulated. */
function succeeded(pool: Uint8Array, tasks: number, draws: Draws, week: number): number {
  let count = 0;
  for (let task = 0; task < tasks; task++)
    count += pool[Math.floor(draws.uniform(0, week, task, 0) * pool.length)];
  return count;
}

function meanOf(values: readonly number[]): StudyEstimate {
  const mean = average(values);
  const half = 1.96 * standardError(values);
  return { mean, ci: [mean - half, mean + half] };
}

// ---------------------------------------------------------------- what is shown

/** A policy and what came of it. */
export type PolicyRun = Policy & PolicyResult;

/** Runs every policy: each interval of checks with each number of golden tasks. */
export function runPolicies(ages: Ages, seed: string): PolicyRun[] {
  return pairs(EVERY, GOLDEN_TASKS).map(([every, tasks]) => {
    return { every, tasks, ...runPolicy({ every, tasks }, ages, seed) };
  });
}

/** What comes of no checks at all, as a row of the table. */
function unchecked(ages: Ages) {
  const success = average(ages.success.slice(0, WEEKS).map(({ mean }) => mean as number));
  const none = { every: null, tasks: null, level: null, delay: null };
  return { ...none, success, silent: 1, alarmsPerHistory: 0, cost: 0 };
}

export function driftTable(ages: Ages, policies: readonly PolicyRun[]): StudyTable {
  const fresh = ages.success[0].mean as number;
  const rows = policies.map((policy) => {
    const { every, tasks } = policy;
    const cost = Math.floor(WEEKS / every) * tasks * ages.costPerTask;
    return { ...policy, level: alarmLevel(tasks, fresh), cost };
  });
  return tableOf<(typeof rows)[number] | ReturnType<typeof unchecked>>(
    {
      name: "drift",
      title: `${WEEKS} weeks of drift, with and without periodic checks`,
      note: `One ${WATCHED} agent. The threshold is set so that a fresh model raises an alarm in at most ${100 * FALSE_ALARM_RATE} % of the checks. A history without an alarm counts as an alarm in week ${WEEKS}.`,
    },
    [unchecked(ages), ...rows],
    [
      ["check every", "weeks", ({ every }) => every ?? "never"],
      ["golden tasks", "per check", ({ tasks }) => tasks],
      ["alarm below", "successes", ({ level }) => level],
      ["success", "share, mean of the weeks", ({ success }) => success],
      ["first alarm", "weeks", ({ delay }) => delay],
      ["no alarm", "share of histories", ({ silent }) => silent],
      ["alarms", "per history", ({ alarmsPerHistory }) => alarmsPerHistory],
      ["cost of checks", "US dollars", ({ cost }) => cost],
    ],
  );
}

export function driftFigure(ages: Ages): StudyFigure {
  return {
    name: "drift",
    title: "Success as the model drifts",
    alt: "Success falls week by week after the model was validated.",
    kind: "lines",
    x: { title: "Weeks since the model was validated" },
    y: { title: "Success" },
    series: [seriesOf(WATCHED, ages.success, (success, week) => [week, success])],
  };
}

/** First alarm against the number of golden tasks, for each interval of checks. */
export function detectionFigure(policies: readonly PolicyRun[]): StudyFigure {
  return {
    name: "detection",
    title: "Few golden tasks find drift late",
    alt: "The weeks until a check first raises an alarm fall with the number of golden tasks and rise with the weeks between checks.",
    kind: "lines",
    x: { title: "Golden tasks in a check", scale: "log" },
    y: { title: "Weeks until the first alarm" },
    series: EVERY.map((every) =>
      seriesOf(
        `every ${every === 1 ? "week" : `${every} weeks`}`,
        policies.filter((policy) => policy.every === every),
        ({ tasks, delay }) => [tasks, delay],
      ),
    ),
  };
}
