// The two laws against data that obey them exactly.
import { describe, expect, test } from "vitest";
import { LAW_SERIES, LAWS } from "../../../src/literature/kim2025/laws.ts";
import { Observations } from "../../../src/literature/kim2025/observations.ts";
import { BENCHMARKS } from "../../../src/literature/kim2025/published.ts";
import { groupOf, type Series } from "../../../src/literature/kim2025/series.ts";
import { FIELD, OUTCOME_SIZE, type OutcomeField } from "../../../src/model/outcome.ts";

/** Observations of all series in which every replication of a variant has one value. */
function observe(turnsOrSuccess: (series: Series, variant: number) => number): Observations {
  const observed = new Observations(LAW_SERIES.map(groupOf));
  for (const series of LAW_SERIES) {
    const record = observed.recorder(series.name, 1, 2);
    for (let replication = 0; replication < 2; replication++)
      series.variants.forEach((_, i) => {
        const outcome = new Float64Array(OUTCOME_SIZE);
        outcome[FIELD.tasks] = 1;
        outcome[FIELD[series.fields?.[0] as OutcomeField]] = turnsOrSuccess(series, i);
        record(i, replication, outcome);
      });
  }
  return observed;
}

const [turnLaw, saturation] = LAWS;

describe("turn law", () => {
  test.each([0.9, 1.724])("finds the exponent %f of turns that follow it", (exponent) => {
    const agentsOf = ({ variants }: Series, i: number) =>
      Number(variants[i].name.match(/\d+$/)?.[0]);
    const observed = observe((series, i) => 2.72 * (agentsOf(series, i) + 0.5) ** exponent);
    expect(turnLaw.of(observed).mean).toBeCloseTo(exponent, 9);
  });
});

describe("saturation", () => {
  /** Success of the single agent falls evenly with the steps, that of all teams follows from it. */
  const withTeams = (teamOf: (single: number, benchmark: string) => number) =>
    observe(({ name, variants }, i) => {
      if (!name.startsWith("difficulty/")) return 1;
      const isSingle = (variant: { readonly name: string }) => variant.name.startsWith("single-");
      const steps = variants.filter(isSingle).length;
      const single = 1 - Number(variants[i].name.match(/\d+$/)?.[0]) / (steps - 1);
      return isSingle(variants[i]) ? single : teamOf(single, name);
    });

  test("is where the gain of the best team falls to a hundredth", () => {
    // The gain is .3 - .5 S_s, which is .01 at .58.
    const observed = withTeams((single) => 0.3 + 0.5 * single);
    expect(saturation.of(observed).mean).toBeCloseTo(0.58, 9);
  });

  test("is 0 where no team helps, and the highest success where one always does", () => {
    const observed = withTeams((single, name) =>
      name.endsWith(BENCHMARKS[0]) ? single + 0.1 : single - 0.1,
    );
    expect(saturation.of(observed).mean).toBeCloseTo(1 / BENCHMARKS.length, 9);
  });
});
