// Predictors by simulation, as `faultline advise` works: what is believed of the teams of a model that was left out, before
// and after one of its teams is measured.

import { shareInterval } from "../../../advise/belief/chances.ts";
import {
  corrected,
  discrepancyOf,
  familyShift,
  type LogOdds,
  type PublishedModels,
  type Residuals,
  relativeVariance,
  spreadOver,
  type Weights,
} from "../../../advise/belief/discrepancy.ts";
import type { JointNormal } from "../../../advise/belief/jointNormal.ts";
import { logOdds, shareMean } from "../../../advise/belief/logOdds.ts";
import { updated } from "../../../advise/belief/measurement.ts";
import { drawnToSingle, type Gains, ownTaskOf } from "../../../advise/belief/ownTask.ts";
import { Draws, rootKey } from "../../../numerics/draws.ts";
import { logistic, logit } from "../../../numerics/logit.ts";
import { average } from "../../../numerics/statistics.ts";
import { BENCHMARKS, type Benchmark, TEAMS } from "../published.ts";
import { type Case, instancesOf } from "./cases.ts";
import type { Trial } from "./scores.ts";

/** What is simulated of a case with parameters that have not seen a model. */
export type Simulate = (of: Case, without: string) => LogOdds;

/** A belief about the teams of a case that has not seen its model. */
export type Believe = (of: Case) => JointNormal;

/** Log-odds of the published rates of a case. */
export const publishedLogOdds = ({ teams, benchmark }: Case) =>
  teams.map((rate) => logOdds(rate, instancesOf(benchmark)));

/** Mean variance of the log-odds of published rates that comes from their few instances, by the delta method. */
const samplingOf = (cases: readonly Case[]): number =>
  average(
    cases.flatMap(({ teams, benchmark }) =>
      teams.map((rate) => 1 / (instancesOf(benchmark) * rate * (1 - rate))),
    ),
  );

/** The simulation as it is, without any experience of its errors. */
export const plain =
  (simulate: Simulate): Believe =>
  (one) =>
    corrected(simulate(one, one.model), {
      corrections: simulate(one, one.model).map((teams) => teams.map(() => 0)),
      common: 0,
      relative: 0,
    });

/** The simulation, corrected by what it misses of the other models on the benchmark. */
export const discrepant =
  (cases: readonly Case[], simulate: Simulate, weights?: Weights): Believe =>
  (one) => {
    const { residuals, relative } = missesOf(one, cases, simulate);
    return corrected(simulate(one, one.model), discrepancyOf(residuals, relative, weights));
  };

/** The same with what the other models of its family have in common. */
export const familiar =
  (cases: readonly Case[], simulate: Simulate): Believe =>
  (one) => {
    const { others, residuals, relative } = missesOf(one, cases, simulate);
    const shift = familyShift(
      residuals,
      others.map(({ family }) => family === one.family),
    );
    return corrected(simulate(one, one.model), discrepancyOf(residuals, relative), shift);
  };

/** What simulations miss of the other models on the benchmark of a case; the relative variance is that of all benchmarks. */
function missesOf(one: Case, cases: readonly Case[], simulate: Simulate) {
  const others = cases.filter(({ model }) => model !== one.model);
  const published = publishedModels(others, (other) => simulate(other, one.model));
  const { residuals } = published.get(one.benchmark) as PublishedModels;
  return {
    others: others.filter(({ benchmark }) => benchmark === one.benchmark),
    residuals,
    relative: relativeVariance([...published.values()]),
  };
}

/** Residuals and sampling of all cases, by benchmark. */
export function publishedModels(
  cases: readonly Case[],
  simulate: (of: Case) => LogOdds,
): Map<Benchmark, PublishedModels> {
  return new Map(
    BENCHMARKS.map((benchmark) => {
      const own = cases.filter((one) => one.benchmark === benchmark);
      return [benchmark, { residuals: residualsOf(own, simulate), sampling: samplingOf(own) }];
    }),
  );
}

/** What simulations miss of cases. */
function residualsOf(cases: readonly Case[], simulate: (of: Case) => LogOdds): Residuals {
  const simulated = cases.map(simulate);
  return simulated[0].map((_, set) =>
    cases.map((one, c) => publishedLogOdds(one).map((x, t) => x - simulated[c][set][t])),
  );
}

/** No simulation: the mean log-odds of the other models, with the spread that they have. */
export const tabulated = (cases: readonly Case[]): Believe =>
  discrepant(cases, () => [TEAMS.map(() => 0)], { common: 1, relative: 1 });

/** A task of one's own: what the other models teach on the other benchmarks. */
export const own =
  (cases: readonly Case[], simulate: Simulate): Believe =>
  (one) => {
    const others = cases.filter(
      ({ benchmark, model }) => benchmark !== one.benchmark && model !== one.model,
    );
    return drawnToSingle(
      one.single,
      simulate(one, one.model),
      ownTaskOf(gainsOf(others, simulate)),
    );
  };

/** Gains over the single agent, published and simulated without the model of each case. */
export function gainsOf(cases: readonly Case[], simulate: Simulate): Gains[] {
  return cases.map((one) => {
    const single = logit(one.single);
    const { mean } = spreadOver(simulate(one, one.model), { common: 0, relative: 0 });
    return {
      simulated: mean.map((x) => x - single),
      published: publishedLogOdds(one).map((x) => x - single),
      sampling: samplingOf([one]),
    };
  });
}

// ---------------------------------------------------------------- trials

/** What a belief says of every case. */
export const trialsOf = (cases: readonly Case[], believe: Believe): Trial[] =>
  cases.map((of) => ({ of, ...saidBy(believe(of), of), weight: 1 }));

/** Predicted rates, and intervals of the rates that as many instances show as were published. */
function saidBy({ mean, covariance }: JointNormal, { benchmark }: Case) {
  const n = instancesOf(benchmark);
  return {
    says: { rates: mean.map((x, t) => shareMean(x, covariance[t][t])) },
    intervals: mean.map((x, t) => {
      const share = logistic(x);
      return shareInterval(x, covariance[t][t] + 1 / (n * share * (1 - share)));
    }),
  };
}

/** Times that a measurement is drawn. */
const MEASUREMENTS = 24;
/** Domain of the draws: they share no stream with a replication. */
const DOMAIN = 0x6d656173;

/**
 * What a belief says after one team was measured: each of them in turn, on `instances` of the published instances, drawn
 * without replacement.
 */
export function measuredTrials(
  cases: readonly Case[],
  believe: Believe,
  instances: number,
  seed: string,
): Trial[] {
  const draws = new Draws(rootKey(seed), DOMAIN);
  return cases.flatMap((of, c) => {
    const prior = believe(of);
    return TEAMS.flatMap((_, team) =>
      Array.from({ length: MEASUREMENTS }, (_, k): Trial => {
        draws.enter((c * TEAMS.length + team) * MEASUREMENTS + k);
        const rate = drawn(of, team, instances, draws) / instances;
        const belief = updated(prior, [{ index: team, rate, instances }]);
        const weight = 1 / (TEAMS.length * MEASUREMENTS);
        return { of, ...saidBy(belief, of), measured: team, weight };
      }),
    );
  });
}

/** Successes among so many of the published instances (at most all of them). */
function drawn({ teams, benchmark }: Case, team: number, instances: number, draws: Draws): number {
  let left = instancesOf(benchmark);
  let successes = Math.round(teams[team] * left);
  let found = 0;
  for (let i = 0; i < instances; i++, left--) {
    if (draws.uniform(0, i, 0, 0) * left >= successes) continue;
    successes--;
    found++;
  }
  return found;
}
