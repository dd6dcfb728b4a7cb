// Who wins at a place, and whether that is certain.
import { describe, expect, test } from "vitest";
import { measureOf } from "../../src/charts/measure.ts";
import { seriesOf } from "../../src/charts/series.ts";
import { THEMES } from "../../src/charts/theme.ts";
import { bestAt } from "../../src/charts/winners.ts";
import type { MetricValue } from "../../src/experiment/result.ts";
import { metric } from "../../src/metrics/definitions.ts";
import { Random } from "../numerics/random.ts";

const value = (mean: number, half: number): MetricValue => ({
  mean,
  ci: [mean - half, mean + half],
});

function winnerOf(values: readonly MetricValue[], name = "success") {
  const series = seriesOf(
    values.map((_, i) => `team-${i}`),
    THEMES.light,
  );
  return bestAt(values, series, metric(name), measureOf(metric(name)));
}

describe("a best is clear", () => {
  test("of two from 1.645/1.96 of the half-width of their difference on", () => {
    const edge = (1.6449 / 1.96) * Math.sqrt(0.03 ** 2 + 0.04 ** 2);
    expect(winnerOf([value(0.5 + edge + 0.0005, 0.03), value(0.5, 0.04)])?.isClear).toBe(true);
    expect(winnerOf([value(0.5 + edge - 0.0005, 0.03), value(0.5, 0.04)])?.isClear).toBe(false);
  });

  test("only where it is better than all others, not than the second alone", () => {
    const [best, second] = [value(0.6, 0.01), value(0.5, 0.01)];
    expect(winnerOf([best, second])?.isClear).toBe(true);
    expect(winnerOf([best, second, value(0.4, 0.3)])?.isClear).toBe(false);
  });

  test("of times where it is lower, by the sides that look towards each other", () => {
    const fast: MetricValue = { mean: 10, ci: [1, 10.5] };
    const slow: MetricValue = { mean: 12, ci: [11.5, 40] };
    expect(winnerOf([slow, fast], "turns")).toMatchObject({ best: "1", isClear: true });
  });

  test("never where a bound is missing", () => {
    expect(winnerOf([{ mean: 0.9, ci: [null, 1] }, value(0.1, 0.01)])?.isClear).toBe(false);
  });

  // Of five equal independent scenarios one is called clear, wrongly, in 5 % at most: 2,000 places give more than 6.5 % with a
  // chance of .002.
  test("by chance in 5 % of the places at most", () => {
    const random = new Random("winners");
    let clear = 0;
    for (let place = 0; place < 2000; place++) {
      random.enter(place);
      const values = Array.from({ length: 5 }, () => value(0.5 + 0.01 * random.normal(), 0.0196));
      if (winnerOf(values)?.isClear) clear++;
    }
    expect(clear / 2000).toBeLessThan(0.065);
  });
});
