import { describe, expect, test } from "vitest";
import type { MetricValue, ScenarioResult } from "../../src/experiment/result.ts";
import { reliabilityNote } from "../../src/wording/reliabilityNote.ts";

const value = (mean: number, half = 0.02): MetricValue => ({
  mean,
  ci: [mean - half, mean + half],
});

/** A scenario whose instances succeed with these chances, each as often as the others. */
function scenario(name: string, chances: readonly number[], half = 0.02): ScenarioResult {
  const power = (k: number) => chances.reduce((sum, p) => sum + p ** k, 0) / chances.length;
  return {
    name,
    replications: 800,
    instances: 100,
    metrics: {
      success: value(power(1)),
      passHat2: value(power(2)),
      passHat8: value(power(8), half),
    },
    thresholds: [],
    warnings: [],
    events: 0,
  };
}

/** Any instance fails by chance. */
const CHANCE = scenario("team-hub", [0.7, 0.7, 0.6, 0.8]);
/** Half of the instances fail every time. */
const HARD = scenario("team-solo", [0, 0, 1, 1]);

describe("the note on success and pass^8", () => {
  test("explains why the best in success is not the best in pass^8", () => {
    expect(reliabilityNote([HARD, CHANCE])).toBe(
      "hub succeeds most often (0.70), but eight times in a row on fewer instances than solo (pass^8 0.07 and 0.50). Its failures are more a matter of chance: 2 % of the variance of its success lies between instances, 100 % with solo, where the same hard instances fail again and again.",
    );
  });

  test("does not speak of hard instances where they explain less than chance", () => {
    const text = reliabilityNote([CHANCE, scenario("team-mix", [1, 0.95, 0.5, 0.3])]);
    expect(text).toMatch(/with mix\.$/);
  });

  test.each<[string, ScenarioResult[]]>([
    ["one scenario", [CHANCE]],
    ["one that is best in both", [HARD, scenario("team-best", [0, 1, 1, 1])]],
    ["intervals that overlap", [HARD, { ...CHANCE, metrics: scenario("", [0.7], 0.5).metrics }]],
    ["no repeats", [HARD, { ...CHANCE, metrics: { success: value(0.7) } }]],
    [
      "success that is always the same",
      [scenario("team-never", [0, 0]), scenario("team-always", [1, 1])],
    ],
  ])("is silent for %s", (_, scenarios) => {
    expect(reliabilityNote(scenarios)).toBeUndefined();
  });
});
