// How often runs succeed, and how alike repeats of a task are.
import type { LoggedRun } from "../logs/run.ts";
import { passAllOf } from "../metrics/reliability.ts";
import {
  type BetaBinomialFit,
  fitBetaBinomial,
  fitLogitNormal,
  isFitted,
  type LogitNormalFit,
  passHatOf,
  type Trials,
} from "../numerics/fitting/trials.ts";
import { groupBy } from "../numerics/grouping.ts";
import { wilsonClustered } from "../numerics/intervals.ts";
import { average } from "../numerics/statistics.ts";
import type { OutcomeEstimates, Unidentified } from "./estimates.ts";
import { taskOf } from "./gather.ts";
import { around, overTasks, shareOverTasks } from "./measures.ts";

/** Beyond the least number of trials, pass^k is told as long as this many tasks have k trials, and for k up to MOST_TRIALS. */
const FEWEST_TASKS = 5;
const MOST_TRIALS = 32;

/** Outcomes of the tasks, those without any left out. */
const outcomesOf = (runs: readonly LoggedRun[]): readonly (readonly number[])[] =>
  [...groupBy(runs, taskOf).values()]
    .map((group) => group.flatMap(({ success }) => success ?? []))
    .filter((outcomes) => outcomes.length > 0);

const isPlain = (outcomes: readonly number[]): boolean => outcomes.every((x) => x === 0 || x === 1);

/** Trials of each task all of whose outcomes are success or failure: partial scores are no trials. */
export const trialsOf = (runs: readonly LoggedRun[]): Trials[] =>
  outcomesOf(runs)
    .filter(isPlain)
    .map((outcomes) => ({
      successes: outcomes.reduce((sum, x) => sum + x, 0),
      trials: outcomes.length,
    }));

/** @returns undefined where no run says how it ended */
export function estimateOutcomes(runs: readonly LoggedRun[]): OutcomeEstimates | undefined {
  const outcomes = outcomesOf(runs);
  if (outcomes.length === 0) return undefined;
  const partial = outcomes.filter((one) => !isPlain(one)).length;
  const tasks = trialsOf(runs);
  const fits = isFitted(tasks)
    ? { betaBinomial: fitBetaBinomial(tasks), logitNormal: fitLogitNormal(tasks) }
    : undefined;
  const numbers = outcomes.map(({ length }) => length);
  const count = numbers.reduce((sum, n) => sum + n, 0);
  return {
    success: shareOverTasks(outcomes.map(average), count, {
      of: "runs",
      method:
        partial === 0
          ? "mean over tasks"
          : `mean over tasks; partial scores of ${partial} tasks count as they are, and not as repeats`,
    }),
    trials: [numbers.reduce((a, b) => Math.min(a, b)), numbers.reduce((a, b) => Math.max(a, b))],
    passHat: passHats(tasks, fits),
    ...(fits && similarity(tasks, fits)),
  };
}

interface Fits {
  readonly betaBinomial: BetaBinomialFit;
  readonly logitNormal: LogitNormalFit;
}

function passHats(tasks: readonly Trials[], fits: Fits | undefined): OutcomeEstimates["passHat"] {
  const rows = [];
  for (let k = 1; k <= MOST_TRIALS; k++) {
    const long = tasks.filter(({ trials }) => trials >= k);
    const isEnough = long.length === tasks.length || long.length >= FEWEST_TASKS;
    if (long.length === 0 || !isEnough) break;
    const { share, size } = overTasks(
      long.map(({ successes, trials }) => passAllOf(k, successes, trials)),
      long.reduce((sum, { trials }) => sum + trials, 0),
    );
    const { lo, hi } = wilsonClustered(share, size);
    rows.push({
      k,
      observed: share,
      interval: [lo, hi] as const,
      betaBinomial: fits ? passHatOf(fits.betaBinomial, k) : null,
      logitNormal: fits ? passHatOf(fits.logitNormal, k) : null,
    });
  }
  return rows;
}

function similarity(
  tasks: readonly Trials[],
  { betaBinomial, logitNormal }: Fits,
): Pick<OutcomeEstimates, "intraclass" | "logOdds"> {
  const words = (model: string) => ({
    count: tasks.length,
    of: "tasks",
    method: `${model}, maximum and profile likelihood`,
  });
  const { mean, spread, intervals } = logitNormal;
  return {
    intraclass: around(
      betaBinomial.intraclass,
      betaBinomial.intervals.intraclass,
      words("beta-binomial"),
    ),
    logOdds: {
      mean: around(mean, intervals.mean, words("logit-normal")),
      spread: around(spread, intervals.spread, words("logit-normal")),
    },
  };
}

/** What outcomes leave open. */
export function openOutcomes(runs: readonly LoggedRun[]): Unidentified[] {
  const tasks = trialsOf(runs);
  if (outcomesOf(runs).length === 0)
    return [
      {
        what: "outcome.success",
        why: "no run says whether its task was solved",
        remedy: "log a score per run, or map a column to it: --map success=passed",
      },
    ];
  if (isFitted(tasks)) return [];
  return [{ what: "task.difficultySpread", ...reasonOf(tasks) }];
}

function reasonOf(tasks: readonly Trials[]): Pick<Unidentified, "why" | "remedy"> {
  if (tasks.length === 0)
    return {
      why: "all outcomes are partial scores, which are no repeats of a success",
      remedy: "say from which score on a task counts as solved, as 0 or 1",
    };
  if (tasks.every(({ trials }) => trials === 1))
    return {
      why: "every task was run once, so that hard tasks cannot be told from bad luck",
      remedy: "run at least 20 of the tasks four times each",
    };
  const isNever = tasks.every(({ successes }) => successes === 0);
  return {
    why: `${isNever ? "no run" : "every run"} succeeded, so that tasks do not differ`,
    remedy: `add tasks that the team ${isNever ? "can" : "cannot always"} solve`,
  };
}
