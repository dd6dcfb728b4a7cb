// How good predictions of team success are, and what they must beat: predictors that know nothing of the mechanism.
//
// A case is one model on one benchmark: its single-agent rate is known, the rates of its teams are to be predicted, and
// the architecture of the highest rate (the single agent's as measured, the teams' as predicted) is recommended.
import { square } from "../../numerics/power.ts";
import { average, clamp } from "../../numerics/statistics.ts";
import {
  BENCHMARKS,
  type Benchmark,
  KIM2025_SUCCESS,
  type SuccessRate,
  TEAMS,
} from "./published.ts";

export interface Case {
  readonly model: string;
  readonly benchmark: Benchmark;
  /** Success rate of the single agent. */
  readonly single: number;
  /** Success rates of the teams, in the order of TEAMS. */
  readonly teams: readonly number[];
}

/** Rates of the teams for every case, in the order of the cases. */
export type Predictions = readonly (readonly number[])[];

export interface Score {
  /** 1 - squared errors / squared deviations from the mean of all rates. */
  readonly rSquared: number;
  readonly meanAbsoluteError: number;
  /** Cases in which the recommended architecture is the best, or within one standard error of it. */
  readonly right: number;
  readonly cases: number;
  /** Mean over cases of the rate that is lost by following the recommendation. */
  readonly regret: number;
}

/** Every model on every benchmark. */
export function casesOf(rates: readonly SuccessRate[] = KIM2025_SUCCESS): Case[] {
  const models = [...new Set(rates.map(({ model }) => model))];
  const rateOf = (model: string, benchmark: string, architecture: string) => {
    const found = rates.find(
      (r) => r.model === model && r.benchmark === benchmark && r.architecture === architecture,
    );
    if (found === undefined)
      throw new RangeError(`No rate of ${model}, ${benchmark}, ${architecture}: all must be there`);
    return found.rate;
  };
  return models.flatMap((model) =>
    BENCHMARKS.map((benchmark) => ({
      model,
      benchmark,
      single: rateOf(model, benchmark, "single"),
      teams: TEAMS.map((team) => rateOf(model, benchmark, team)),
    })),
  );
}

/** Instances of a benchmark, by the digits of its rates. */
export const instancesOf = (benchmark: Benchmark) => (benchmark === "finance-agent" ? 50 : 100);

/** @throws RangeError unless there is one prediction for every team of every case, and there are cases */
export function scoreOf(cases: readonly Case[], predictions: Predictions): Score {
  const pairs = cases.flatMap(({ teams }, i) =>
    teams.map((rate, j): readonly [number, number] => [rate, predictions[i]?.[j]]),
  );
  if (pairs.length === 0 || pairs.some(([, predicted]) => !Number.isFinite(predicted)))
    throw new RangeError("Predictions are missing: there must be one for every rate");
  const mean = average(pairs.map(([rate]) => rate));
  const squares = pairs.map(([rate, predicted]) => square(rate - predicted));
  const deviations = pairs.map(([rate]) => square(rate - mean));
  const choices = cases.map((one, i) => choiceOf(one, predictions[i]));
  return {
    rSquared: 1 - average(squares) / average(deviations),
    meanAbsoluteError: average(pairs.map(([rate, predicted]) => Math.abs(rate - predicted))),
    right: choices.filter(({ isRight }) => isRight).length,
    cases: cases.length,
    regret: average(choices.map(({ regret }) => regret)),
  };
}

/** What follows from a recommendation. The single agent comes first, so that it wins a tie. */
function choiceOf(
  { single, teams, benchmark }: Case,
  predicted: readonly number[],
): { isRight: boolean; regret: number } {
  const [believed, measured] = [
    [single, ...predicted],
    [single, ...teams],
  ];
  const recommended = measured[believed.indexOf(Math.max(...believed))];
  const best = Math.max(...measured);
  const standardError = Math.sqrt((best * (1 - best)) / instancesOf(benchmark));
  return { isRight: best - recommended <= standardError, regret: best - recommended };
}

// ---------------------------------------------------------------- predictors without a mechanism

export interface Baseline {
  readonly name: string;
  readonly description: string;
  readonly predict: (cases: readonly Case[]) => Predictions;
}

/** Mean rates of the other models on a case's benchmark. */
function othersOf(cases: readonly Case[], { model, benchmark }: Case) {
  const others = cases.filter((c) => c.benchmark === benchmark && c.model !== model);
  return {
    single: average(others.map(({ single }) => single)),
    teams: TEAMS.map((_, j) => average(others.map(({ teams }) => teams[j]))),
  };
}

/** Mean of the other models' rates, moved by a share of the difference between the single agents. */
export const shiftedMean =
  (share: number): Baseline["predict"] =>
  (cases) =>
    cases.map((one) => {
      const { single, teams } = othersOf(cases, one);
      const shift = share * (one.single - single);
      return teams.map((rate) => clamp(rate + shift, 0, 1));
    });

/** What predictions by mechanism are to beat. */
export const BASELINES: readonly Baseline[] = [
  {
    name: "mean of the others",
    description: "mean of the other models' rates of the same team on the same benchmark",
    predict: shiftedMean(0),
  },
  {
    name: "single agent's rate",
    description: "every team succeeds as often as the single agent",
    predict: (cases) => cases.map(({ single, teams }) => teams.map(() => single)),
  },
  {
    name: "mean, shifted",
    description:
      "mean of the other models' rates, plus what the single agent has over the mean of theirs",
    predict: shiftedMean(1),
  },
];

/**
 * For every team and benchmark the line in the single agent's rate that fits all models best. It has seen the rates
 * that it predicts, so it is no prediction: no line in the single agent's rate on the benchmark does better.
 */
export function bestLines(cases: readonly Case[]): Predictions {
  return cases.map(({ benchmark, single }) => {
    const same = cases.filter((c) => c.benchmark === benchmark);
    const x = same.map((c) => c.single);
    const xMean = average(x);
    const spread = average(x.map((value) => square(value - xMean)));
    return TEAMS.map((_, j) => {
      const y = same.map(({ teams }) => teams[j]);
      const slope = average(x.map((value, i) => (value - xMean) * y[i])) / spread;
      return average(y) + slope * (single - xMean);
    });
  });
}
