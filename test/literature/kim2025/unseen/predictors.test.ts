// Predictors by simulation, with simulations whose misses are known.
import { describe, expect, test } from "vitest";
import { type LogOdds, WEIGHTS } from "../../../../src/advise/belief/discrepancy.ts";
import { TEAMS } from "../../../../src/literature/kim2025/published.ts";
import { type Case, casesOf } from "../../../../src/literature/kim2025/unseen/cases.ts";
import {
  type Believe,
  discrepant,
  gainsOf,
  measuredTrials,
  own,
  plain,
  publishedLogOdds,
  tabulated,
  trialsOf,
} from "../../../../src/literature/kim2025/unseen/predictors.ts";
import { scoreOf } from "../../../../src/literature/kim2025/unseen/scores.ts";
import { logit } from "../../../../src/numerics/logit.ts";
import { average } from "../../../../src/numerics/statistics.ts";

const cases = casesOf();
const [first] = cases;
const others = cases.filter(
  ({ benchmark, model }) => benchmark === first.benchmark && model !== first.model,
);
/** A simulation that misses every rate by as much. */
const missingBy =
  (miss: number) =>
  (of: Case): LogOdds => [publishedLogOdds(of).map((x) => x - miss)];

describe("a simulation", () => {
  test("that misses nothing is perfect as it is", () => {
    const score = scoreOf(trialsOf(cases, plain(missingBy(0))));
    expect(score.rSquared).toBeCloseTo(1, 12);
    expect(score.right).toBe(24);
  });

  test("is corrected by the share that is believed of what all teams share", () => {
    const { mean } = discrepant(cases, missingBy(1))(first);
    mean.forEach((x, t) => {
      expect(x).toBeCloseTo(publishedLogOdds(first)[t] - 1 + WEIGHTS.common, 12);
    });
  });

  test("is corrected without the model that is predicted", () => {
    const asked: string[] = [];
    const simulate = (of: Case, without: string) => {
      asked.push(`${of.model} without ${without}`);
      return missingBy(0)(of);
    };
    discrepant(cases, simulate)(first);
    expect(asked.filter((one) => !one.endsWith(` without ${first.model}`))).toEqual([]);
    const changed = cases.map((one) => ({ ...one, teams: one.teams.map(() => 0.5) }));
    const own = (all: readonly Case[]) => discrepant(all, () => [[0, 0, 0, 0]])(first);
    const onlyFirst = cases.map((one, c) => (one === first ? changed[c] : one));
    expect(own(onlyFirst)).toEqual(own(cases));
    expect(own(changed)).not.toEqual(own(cases));
  });
});

test("the table is the mean log-odds of the other models on the benchmark", () => {
  const { mean } = tabulated(cases)(first);
  TEAMS.forEach((_, t) => {
    expect(mean[t]).toBeCloseTo(average(others.map((one) => publishedLogOdds(one)[t])), 12);
  });
});

describe("a task of one's own", () => {
  test("learns from other benchmarks alone, how far simulated gains are believed", () => {
    const half = (of: Case): LogOdds => {
      const single = logit(of.single);
      // On the other benchmarks teams gain half of what is simulated, on this one nothing of it.
      const share = of.benchmark === first.benchmark ? -1 : 2;
      return [publishedLogOdds(of).map((x) => single + share * (x - single))];
    };
    const { mean } = own(cases, half)(first);
    const single = logit(first.single);
    mean.forEach((x, t) => {
      expect(x).toBeCloseTo(single - 0.5 * (publishedLogOdds(first)[t] - single), 12);
    });
  });

  test("gains are over the single agent", () => {
    const [{ simulated, published }] = gainsOf(cases, missingBy(1));
    published.forEach((x, t) => {
      expect(x).toBeCloseTo(publishedLogOdds(first)[t] - logit(first.single), 12);
      expect(simulated[t]).toBeCloseTo(x - 1, 12);
    });
  });
});

describe("a measurement", () => {
  /** Nothing is known of a team, and none tells of another. */
  const wide: Believe = () => ({
    mean: TEAMS.map(() => 0),
    covariance: TEAMS.map((_, i) => TEAMS.map((_, j) => (i === j ? 9 : 0))),
  });
  const finance = cases.filter(({ benchmark }) => benchmark === "finance-agent");

  test("has trials whose weights add up to 1 for each case", () => {
    const trials = measuredTrials(cases, wide, 10, "seed");
    for (const one of cases) {
      const weights = trials.flatMap(({ of, weight }) => (of === one ? [weight] : []));
      expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
    }
    expect(new Set(trials.map(({ measured }) => measured)).size).toBe(TEAMS.length);
  });

  // A prior of variance 9 weighs 1/50 of the measurement at most, and the mean of a share is not quite its mode.
  test("of all instances leads near the rate, and leaves the others alone", () => {
    for (const { of, says, measured } of measuredTrials(finance, wide, 50, "seed"))
      for (const [team, rate] of ("rates" in says ? says.rates : []).entries()) {
        const expected = team === measured ? of.teams[team] : 0.5;
        expect(Math.abs(rate - expected)).toBeLessThan(0.02);
      }
  });

  test("of few instances finds some of the successes only, as the seed has it", () => {
    const saidWith = (seed: string) => measuredTrials(finance, wide, 10, seed);
    expect(saidWith("seed")).toEqual(saidWith("seed"));
    expect(saidWith("seed")).not.toEqual(saidWith("another"));
  });
});
