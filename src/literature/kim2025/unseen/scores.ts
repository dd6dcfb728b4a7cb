// How good predictions of team success are: their errors, what is lost by following them, and whether their intervals hold.
//
// The architecture of the highest rate (the single agent's as measured, the teams' as predicted) is recommended. Everything
// is a ratio of sums over models, so that a resample of models needs no look at single predictions.
import { bootstrapInterval } from "../../../numerics/bootstrap.ts";
import { square } from "../../../numerics/power.ts";
import { ARCHITECTURES, type Architecture, BENCHMARKS, type Benchmark } from "../published.ts";
import { type Case, instancesOf, modelsOf } from "./cases.ts";

/** What is said of a case, before its teams are looked at or after one of them was measured. */
export interface Trial {
  readonly of: Case;
  /** Predicted rates of the teams, in the order of TEAMS; or a rule says the choice alone. */
  readonly says: { readonly rates: readonly number[] } | { readonly choice: Architecture };
  /** 95 % intervals of the published rates, in the order of TEAMS. */
  readonly intervals?: readonly (readonly [low: number, high: number])[];
  /** Index of the team that was measured: it is not scored. */
  readonly measured?: number;
  /** How much the trial counts; the trials of a case add up to 1. */
  readonly weight: number;
}

export interface Score {
  /** 1 - squared errors / squared deviations of the same rates from their mean; null where no rates are predicted. */
  readonly rSquared: number | null;
  readonly meanAbsoluteError: number | null;
  /** Cases in which the recommended architecture is the best, or within one standard error of it. */
  readonly right: number;
  readonly cases: number;
  /** Mean over cases of the rate that is lost by following the recommendation. */
  readonly regret: number;
  /** Share of the rates within their 95 % intervals, by benchmark; null without intervals. */
  readonly coverage: Readonly<Record<Benchmark, number>> | null;
  /** Mean width of the intervals; null without them. */
  readonly width: number | null;
}

/** @throws RangeError without trials */
export function scoreOf(trials: readonly Trial[]): Score {
  if (trials.length === 0) throw new RangeError("Score of no trials: there must be one");
  const sums = sumsOf(trials);
  const { cases, right, width, rates } = sums;
  const predictsRates = trials.every(({ says }) => "rates" in says);
  const hasIntervals = trials.every(({ intervals }) => intervals !== undefined);
  return {
    rSquared: predictsRates ? rSquaredOf(sums) : null,
    meanAbsoluteError: predictsRates ? sums.errors / rates : null,
    // What is added up from parts of trials is a whole number where each case has one.
    right: Number(right.toFixed(9)),
    cases: Math.round(cases),
    regret: regretOf(sums),
    coverage: hasIntervals ? coverageOf(trials) : null,
    width: hasIntervals ? width / rates : null,
  };
}

function coverageOf(trials: readonly Trial[]): Record<Benchmark, number> {
  const coverage = BENCHMARKS.map((benchmark) => {
    const { held, rates } = sumsOf(trials.filter(({ of }) => of.benchmark === benchmark));
    return [benchmark, held / rates] as const;
  });
  return Object.fromEntries(coverage) as Record<Benchmark, number>;
}

// ---------------------------------------------------------------- sums

/** Weighted sums over trials, of their cases and of the rates that are scored. */
const NOTHING = {
  cases: 0,
  right: 0,
  lost: 0,
  rates: 0,
  published: 0,
  publishedSquared: 0,
  errors: 0,
  errorsSquared: 0,
  held: 0,
  width: 0,
};
type Sums = Readonly<typeof NOTHING>;
const SUMS = Object.keys(NOTHING) as (keyof Sums)[];

function added(all: readonly Sums[], times: readonly number[]): Sums {
  const total = { ...NOTHING };
  for (const [i, sums] of all.entries()) for (const key of SUMS) total[key] += times[i] * sums[key];
  return total;
}

function sumsOf(trials: readonly Trial[]): Sums {
  const total = { ...NOTHING };
  for (const trial of trials) {
    const { of, says, intervals, measured, weight } = trial;
    const { isRight, regret } = choiceOf(trial);
    total.cases += weight;
    total.right += isRight ? weight : 0;
    total.lost += weight * regret;
    for (const [team, rate] of of.teams.entries()) {
      if (team === measured) continue;
      const error = "rates" in says ? says.rates[team] - rate : 0;
      const [low, high] = intervals?.[team] ?? [0, 0];
      total.rates += weight;
      total.published += weight * rate;
      total.publishedSquared += weight * square(rate);
      total.errors += weight * Math.abs(error);
      total.errorsSquared += weight * square(error);
      total.held += low <= rate && rate <= high ? weight : 0;
      total.width += weight * (high - low);
    }
  }
  return total;
}

const rSquaredOf = ({ rates, published, publishedSquared, errorsSquared }: Sums) =>
  1 - errorsSquared / (publishedSquared - square(published) / rates);

const regretOf = ({ lost, cases }: Sums) => lost / cases;

/** What follows from a recommendation. The single agent comes first, so that it wins a tie. */
function choiceOf({ of: { single, teams, benchmark }, says }: Trial): {
  isRight: boolean;
  regret: number;
} {
  const published = [single, ...teams];
  const recommended =
    "choice" in says ? ARCHITECTURES.indexOf(says.choice) : highest([single, ...says.rates]);
  const best = Math.max(...published);
  const standardError = Math.sqrt((best * (1 - best)) / instancesOf(benchmark));
  const regret = best - published[recommended];
  return { isRight: regret <= standardError, regret };
}

const highest = (rates: readonly number[]) => rates.indexOf(Math.max(...rates));

// ---------------------------------------------------------------- differences

/** A difference of two scores with its 95 % interval, by the bootstrap over models. */
export interface Difference {
  readonly mean: number;
  readonly ci: readonly [low: number, high: number];
}

export interface Differences {
  /** Null where one of them predicts no rates. */
  readonly rSquared: Difference | null;
  readonly regret: Difference;
}

/** Scores of the first trials minus those of the second, of the same models. */
export function differencesOf(trials: readonly Trial[], others: readonly Trial[]): Differences {
  const models = modelsOf(trials.map(({ of }) => of));
  const byModel = (all: readonly Trial[]) =>
    models.map((model) => sumsOf(all.filter(({ of }) => of.model === model)));
  const [own, theirs] = [byModel(trials), byModel(others)];
  const differenceOf = (figure: (sums: Sums) => number): Difference => {
    const difference = (times: readonly number[]) =>
      figure(added(own, times)) - figure(added(theirs, times));
    const mean = difference(models.map(() => 1));
    return { mean, ci: bootstrapInterval(models.length, difference) };
  };
  const predictRates = [...trials, ...others].every(({ says }) => "rates" in says);
  return {
    rSquared: predictRates ? differenceOf(rSquaredOf) : null,
    regret: differenceOf(regretOf),
  };
}
