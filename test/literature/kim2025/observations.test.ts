// Figures made of means: their values and intervals against closed forms of the delta method.
import { describe, expect, test } from "vitest";
import { Observations } from "../../../src/literature/kim2025/observations.ts";
import { FIELD, OUTCOME_SIZE, type OutcomeField } from "../../../src/model/outcome.ts";
import { studentQuantile } from "../../../src/numerics/quantiles.ts";

type Fields = Partial<Record<OutcomeField, number>>;

const row = (fields: Fields) => {
  const outcome = new Float64Array(OUTCOME_SIZE);
  for (const [field, value] of Object.entries({ tasks: 1, replications: 1, ...fields }))
    outcome[FIELD[field as OutcomeField]] = value;
  return outcome;
};

const ARCHITECTURES = ["single", "team"];

/** Turns by replication of the two architectures, one replication an instance. */
type Turns = readonly [single: readonly number[], team: readonly number[]];

function observe(benchmarks: Readonly<Record<string, Turns>>): Observations {
  const observed = new Observations(
    Object.keys(benchmarks).map((name) => ({ name, scenarios: ARCHITECTURES })),
  );
  for (const [name, columns] of Object.entries(benchmarks)) {
    const record = observed.recorder(name, 1, columns[0].length);
    for (const [plan, column] of columns.entries())
      column.forEach((turns, replication) => {
        record(plan, replication, row({ turns }));
      });
  }
  return observed;
}

const mean = (x: readonly number[]) => x.reduce((sum, v) => sum + v, 0) / x.length;
const covariance = (x: readonly number[], y: readonly number[]) =>
  x.reduce((sum, v, i) => sum + (v - mean(x)) * (y[i] - mean(y)), 0) / (x.length - 1);
const halfWidth = ({ ci }: { ci: readonly [number | null, number | null] }) =>
  ((ci[1] as number) - (ci[0] as number)) / 2;

const SINGLE = [4, 7, 5, 9, 6, 8];
const TEAM = [14, 20, 13, 29, 20, 22];
const OTHER = [3, 3, 5, 4, 2, 7];

describe("estimate", () => {
  test("a quotient within a benchmark uses the covariance of its parts", () => {
    const observed = observe({ a: [SINGLE, TEAM] });
    const result = observed.estimate((m) => m("a", "team", "turns") / m("a", "single", "turns"));
    const ratio = mean(TEAM) / mean(SINGLE);
    const relative =
      covariance(TEAM, TEAM) / mean(TEAM) ** 2 +
      covariance(SINGLE, SINGLE) / mean(SINGLE) ** 2 -
      (2 * covariance(TEAM, SINGLE)) / (mean(TEAM) * mean(SINGLE));
    expect(result.mean).toBeCloseTo(ratio, 12);
    const expected = studentQuantile(0.975, 5) * ratio * Math.sqrt(relative / 6);
    expect(halfWidth(result)).toBeCloseTo(expected, 6);
  });

  test("a mean over benchmarks adds their variances", () => {
    const observed = observe({ a: [SINGLE, TEAM], b: [OTHER, TEAM] });
    const result = observed.estimate(
      (m) => (m("a", "single", "turns") + m("b", "single", "turns")) / 2,
    );
    const variance = (covariance(SINGLE, SINGLE) + covariance(OTHER, OTHER)) / 6 / 4;
    expect(result.mean).toBeCloseTo((mean(SINGLE) + mean(OTHER)) / 2, 12);
    expect(halfWidth(result)).toBeCloseTo(studentQuantile(0.975, 5) * Math.sqrt(variance), 6);
  });

  test("an architecture against itself has no interval to speak of", () => {
    const observed = observe({ a: [SINGLE, TEAM] });
    const result = observed.estimate((m) => m("a", "team", "turns") / m("a", "team", "turns"));
    expect(result).toEqual({ mean: 1, ci: [1, 1] });
  });

  test("repeats of an instance count as one, and means are those of a task", () => {
    const observed = new Observations([{ name: "a", scenarios: ["single"] }]);
    const record = observed.recorder("a", 2, 6);
    [1, 3, 6, 8, 2, 4].forEach((turns, replication) => {
      record(0, replication, row({ turns }));
    });
    const result = observed.estimate((m) => m("a", "single", "turns"));
    expect(result.mean).toBeCloseTo(4, 12);
    const instances = [2, 7, 3];
    const error = Math.sqrt(covariance(instances, instances) / 3);
    expect(halfWidth(result)).toBeCloseTo(studentQuantile(0.975, 2) * error, 6);
  });

  test("one instance bounds nothing", () => {
    const observed = observe({ a: [[4], [8]] });
    const result = observed.estimate((m) => m("a", "single", "turns"));
    expect(result).toEqual({ mean: 4, ci: [null, null] });
  });

  test("no data, or a denominator of 0, is no number", () => {
    const observed = observe({ a: [SINGLE, TEAM], b: [[], []] });
    const none = { mean: null, ci: [null, null], undefined: expect.any(String) };
    expect(observed.estimate((m) => m("b", "single", "turns"))).toEqual(none);
    expect(observed.estimate((m) => 1 / m("a", "single", "messages"))).toEqual(none);
    expect(observed.success("b", "single")).toEqual(none);
  });
});

test("a success rate of 0 has an interval that is not empty", () => {
  const observed = observe({ a: [SINGLE, TEAM] });
  const { mean: rate, ci } = observed.success("a", "team");
  expect(rate).toBe(0);
  expect(ci[0]).toBe(0);
  expect(ci[1]).toBeGreaterThan(0.3);
});
