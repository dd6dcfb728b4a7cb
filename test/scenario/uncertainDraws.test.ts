// Draws of uncertain numbers: their moments and quantiles against closed forms, and what scenarios of a comparison share.
import { describe, expect, test } from "vitest";
import { defineScenario, type ScenarioInput } from "../../src/api/scenarios.ts";
import { ScenarioError } from "../../src/documents/checking/problems.ts";
import type { NumberRange } from "../../src/documents/checking/schemaWalk.ts";
import { normalQuantile } from "../../src/numerics/distributions.ts";
import { logit } from "../../src/numerics/logit.ts";
import { average, variance } from "../../src/numerics/statistics.ts";
import { quantileOf } from "../../src/scenario/uncertain/distribution.ts";
import {
  drawCountOf,
  drawnScenarios,
  drawnValues,
  isUncertain,
} from "../../src/scenario/uncertain/draws.ts";
import type { UncertainNumber } from "../../src/scenario/uncertain/uncertainNumber.ts";

const SHARE: NumberRange = { min: 0, max: 1, isWhole: false };
const POSITIVE: NumberRange = { min: 0, isWhole: false };
const ANY: NumberRange = { isWhole: false };

const team = (changes: Partial<ScenarioInput> = {}) =>
  defineScenario({
    name: "team",
    task: { graph: { shape: "chain", size: 3 } },
    models: { base: { errorRate: { beta: [12, 188] }, ability: { normal: [0, 2] } } },
    agents: { worker: { count: 3 } },
    protocol: [{ work: { who: "worker" } }, { aggregate: { how: "majority" } }],
    ...changes,
  });

describe("quantiles", () => {
  test("of an interval are the value and its bounds, on every scale", () => {
    const number = { value: 0.06, interval: [0.04, 0.09] } as const;
    for (const range of [SHARE, POSITIVE, ANY]) {
      const quantile = quantileOf(number, range);
      // Cut at 0, the plain scale loses 5e-5 of the probability.
      const digits = range === ANY ? 14 : 12;
      expect(quantile(0.5)).toBeCloseTo(0.06, digits);
      expect(quantile(0.025)).toBeCloseTo(0.04, digits);
      expect(quantile(0.975)).toBeCloseTo(0.09, digits);
    }
  });

  test("of an interval are two halves of normal distributions on the scale of the field", () => {
    const number = { value: 0.2, interval: [0.1, 0.5] } as const;
    const z = normalQuantile(0.8) / normalQuantile(0.975);
    const between = (to: (x: number) => number) => to(0.2) + z * (to(0.5) - to(0.2));
    expect(logit(quantileOf(number, SHARE)(0.8))).toBeCloseTo(between(logit), 12);
    expect(Math.log(quantileOf(number, POSITIVE)(0.8))).toBeCloseTo(between(Math.log), 12);
    expect(quantileOf(number, ANY)(0.8)).toBeCloseTo(
      between((x) => x),
      12,
    );
  });

  test("are cut to the field by conditioning: half a normal distribution", () => {
    const quantile = quantileOf({ normal: [0, 1] }, POSITIVE);
    // P(|z| < x) = u
    for (const u of [0.01, 0.5, 0.9])
      expect(quantile(u)).toBeCloseTo(normalQuantile((1 + u) / 2), 12);
    const both = quantileOf({ normal: [0.5, 10] }, SHARE);
    // Far wider than the field it is almost uniform there.
    expect(both(0.25)).toBeCloseTo(0.25, 3);
    const half = quantileOf({ uniform: [0, 4] }, { min: 0, max: 2, isWhole: false });
    expect(half(0.5)).toBeCloseTo(1, 15);
  });

  test("never leave the field, and never fall", () => {
    const numbers: UncertainNumber[] = [
      { beta: [0.1, 0.1] },
      { beta: [1e6, 3] },
      { normal: [1, 5] },
      { lognormal: [0.01, 1] },
      { uniform: [0, 1] },
      { value: 0, interval: [0, 0.2] },
      { value: 0.3, interval: [0.2, 1] },
      { value: 1, interval: [1, 1] },
    ];
    for (const number of numbers) {
      const quantile = quantileOf(number, SHARE);
      let last = 0;
      for (const u of [2 ** -33, 1e-6, 0.01, 0.3, 0.5, 0.7, 0.99, 1 - 1e-6, 1 - 2 ** -33]) {
        const value = quantile(u);
        expect(value).toBeGreaterThanOrEqual(last);
        expect(value).toBeLessThanOrEqual(1);
        last = value;
      }
    }
  });

  test("are whole where the field is", () => {
    const quantile = quantileOf({ uniform: [2, 5] }, { min: 1, max: 9, isWhole: true });
    expect([0.1, 0.3, 0.6, 0.9].map(quantile)).toEqual([2, 3, 4, 5]);
  });
});

describe("4,096 draws", () => {
  const PATH = "parameters.x";
  const valuesOf = (x: UncertainNumber) => {
    const scenario = team({ models: { base: { errorRate: 0.1 } }, parameters: { x } });
    return drawnValues([scenario], "moments", 4096).map(([values]) => values.get(PATH) as number);
  };

  // Points of a scrambled net: the error of a mean is far below sd / √4096 = sd / 64.
  test.each([
    [{ beta: [12, 188] }, 0.06, (0.06 * 0.94) / 201],
    [{ normal: [3, 2] }, 3, 4],
    [{ lognormal: [5, 2] }, 5, 4],
    [{ uniform: [-1, 3] }, 1, 16 / 12],
  ] satisfies [UncertainNumber, number, number][])("of %j have its moments", (x, mean, square) => {
    const values = valuesOf(x);
    const sd = Math.sqrt(square);
    expect(Math.abs(average(values) - mean)).toBeLessThan(sd / 1000);
    expect(Math.abs(variance(values) / square - 1)).toBeLessThan(0.02);
  });
});

describe("draws", () => {
  test("are the same for the same seed, and others for another", () => {
    const one = drawnValues([team()], "a", 8);
    expect(drawnValues([team()], "a", 8)).toEqual(one);
    expect(drawnValues([team()], "b", 8)).not.toEqual(one);
  });

  test("of one path are common to all scenarios of a comparison, whatever else is uncertain", () => {
    const wide = team({ models: { base: { errorRate: { uniform: [0, 1] } } } });
    const more = team({
      agents: { worker: { count: 3, overlap: { beta: [1, 1] } } },
      models: { base: { errorRate: { uniform: [0, 1] }, ability: 0 } },
    });
    const beta = quantileOf({ beta: [12, 188] }, SHARE);
    for (const [a, b, c] of drawnValues([team(), wide, more], "common", 16)) {
      const u = b.get("models.base.errorRate") as number;
      expect(c.get("models.base.errorRate")).toBe(u);
      expect(a.get("models.base.errorRate")).toBeCloseTo(beta(u), 12);
      expect([...b.keys()]).toEqual(["models.base.errorRate"]);
    }
  });

  test("fill every interval of every coordinate once, also beyond the dimensions of the sequence", () => {
    const parameters = Object.fromEntries(
      Array.from({ length: 60 }, (_, i) => [`x${i}`, { uniform: [0, 64] as const }]),
    );
    const drawn = drawnValues([team({ parameters })], "many", 64);
    for (const name of Object.keys(parameters)) {
      const cells = drawn.map(([values]) => Math.floor(values.get(`parameters.${name}`) as number));
      expect(new Set(cells).size).toBe(64);
    }
  });

  test("of a table are whole rows, each as often", () => {
    const values = Array.from({ length: 16 }, (_, i) => [i / 100, i]);
    const rows = { columns: ["models.base.errorRate", "models.base.thinking"], values };
    const scenario = team({ models: { base: { errorRate: 0 } }, uncertain: { rows } });
    const seen = drawnValues([scenario, scenario], "rows", 32).map(([a, b]) => {
      expect(b).toEqual(a);
      const row = a.get("models.base.thinking") as number;
      expect(a.get("models.base.errorRate")).toBe(row / 100);
      return row;
    });
    for (let row = 0; row < 16; row++) expect(seen.filter((one) => one === row)).toHaveLength(2);
  });

  test("make scenarios with formulas worked out anew, and nothing uncertain", async () => {
    const scenario = team({
      parameters: { rate: { beta: [1, 9] } },
      agentDefaults: { overlap: { beta: [2, 8] } },
      agents: { worker: { count: 3, omission: "= rate / 2" }, helper: {} },
      protocol: [{ work: { who: ["worker", "helper"] } }, { aggregate: { how: "majority" } }],
    });
    const certain = team({ models: { base: { errorRate: 0.1 } } });
    expect([isUncertain(scenario), isUncertain(certain)]).toEqual([true, false]);
    const values = drawnValues([scenario], "scenarios", 8);
    for (const [i, [drawn, same]] of (
      await drawnScenarios([scenario, certain], "scenarios", 8)
    ).entries()) {
      expect(same).toBe(certain);
      expect(drawn.uncertain).toBeUndefined();
      const rate = values[i][0].get("parameters.rate") as number;
      expect(drawn.parameters.rate).toBe(rate);
      expect(drawn.agents.worker.omission).toBe(rate / 2);
      expect(drawn.agents.worker.overlap).toBe(values[i][0].get("agentDefaults.overlap"));
      expect(drawn.agents.helper.overlap).toBe(drawn.agents.worker.overlap);
      expect(defineScenario(JSON.parse(JSON.stringify(drawn)))).toEqual(drawn);
    }
  });

  test("that are no valid scenario together are told with their values", async () => {
    const scenario = team({
      parameters: { a: { uniform: [0, 0.7] }, b: { uniform: [0, 0.6] } },
      models: { base: { errorRate: "= a + b" } },
    });
    const drawn = drawnScenarios([scenario], "together", 64);
    await expect(drawn).rejects.toThrow(ScenarioError);
    await expect(drawn).rejects.toThrow(
      /draw \d+ of team \(parameters.a = 0\.\d+, parameters.b = 0\.\d+\) is possible, and then models.base.errorRate is 1\.\d+/,
    );
  });

  test("are as many as a scenario asks for, or 64", () => {
    expect(drawCountOf([team()])).toBe(64);
    expect(drawCountOf([team(), team({ uncertain: { draws: 16 } })])).toBe(16);
    expect(
      drawCountOf([team({ uncertain: { draws: 32 } }), team({ uncertain: { draws: 16 } })]),
    ).toBe(32);
  });
});
