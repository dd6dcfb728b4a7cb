// The law of turns against data that obey it exactly.
import { describe, expect, test } from "vitest";
import { LAW_SERIES, LAWS } from "../../../src/literature/kim2025/laws.ts";
import { Observations } from "../../../src/literature/kim2025/observations.ts";
import { BENCHMARK_SERIES, groupOf, type Series } from "../../../src/literature/kim2025/series.ts";
import { passes } from "../../../src/literature/target.ts";
import { FIELD, OUTCOME_SIZE } from "../../../src/model/outcome.ts";

const SERIES = [...BENCHMARK_SERIES, ...LAW_SERIES];
const [turnLaw] = LAWS;

/** Observations of all series in which every replication of a variant has as many turns. */
function observe(turnsOf: (series: Series, variant: number) => number): Observations {
  const observed = new Observations(SERIES.map(groupOf));
  for (const series of SERIES) {
    const record = observed.recorder(series.name, 1, 2);
    for (let replication = 0; replication < 2; replication++)
      series.variants.forEach((_, i) => {
        const outcome = new Float64Array(OUTCOME_SIZE);
        outcome[FIELD.tasks] = 1;
        outcome[FIELD.turns] = turnsOf(series, i);
        record(i, replication, outcome);
      });
  }
  return observed;
}

describe("turn law", () => {
  /** Workers of a variant: those of the benchmarks' own scenarios are one or three. */
  const workersOf = ({ variants }: Series, i: number) => {
    const { name } = variants[i];
    return name === "single" ? 1 : Number(name.match(/\d+$/)?.[0] ?? 3);
  };

  test.each([0.9, 1.724])("finds the exponent %f of turns that follow it", (exponent) => {
    const observed = observe((series, i) => 2.72 * (workersOf(series, i) + 0.5) ** exponent);
    expect(turnLaw.of(observed).mean).toBeCloseTo(exponent, 9);
  });

  test("looks at no more than four workers, as the source does", () => {
    const sizes = SERIES.flatMap((series) => series.variants.map((_, i) => workersOf(series, i)));
    expect([...new Set(sizes)].sort()).toEqual([1, 2, 3, 4]);
  });

  test("has a verdict by the published interval", () => {
    const verdict = (mean: number) => passes(turnLaw, { mean, ci: [null, null] });
    expect([1.68, 1.724, 1.77].map(verdict)).toEqual([false, true, false]);
    expect(turnLaw.kind).toBe("predicted");
  });
});
