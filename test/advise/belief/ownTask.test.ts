// What is believed on a task of one's own: closed forms.
import { describe, expect, test } from "vitest";
import { drawnToSingle, ownTaskOf } from "../../../src/advise/belief/ownTask.ts";
import { logit } from "../../../src/numerics/logit.ts";

const gains = (simulated: readonly number[], published: readonly number[], sampling = 0) => [
  { simulated, published, sampling },
];

describe("the share of simulated gains that is believed", () => {
  // (1 · .5 + 2 · .8) / (1 + 4)
  test("is that of least squares through 0", () => {
    expect(ownTaskOf(gains([1, 2], [0.5, 0.8])).trust).toBeCloseTo(0.42, 12);
    expect(ownTaskOf(gains([0, 0], [0.5, 0.8])).trust).toBe(0);
  });

  test.each([
    ["1 where teams gain more than simulated", [2, 4], 1],
    ["0 where they lose what they should gain", [-1, -2], 0],
  ])("is at most %s", (_, published, trust) => {
    expect(ownTaskOf(gains([1, 2], published)).trust).toBe(trust);
  });
});

describe("errors", () => {
  test("of a simulation that is right are none", () => {
    const right = [...gains([1, 2], [1, 2]), ...gains([-1, 0.5], [-1, 0.5])];
    expect(ownTaskOf(right)).toEqual({ trust: 1, common: 0, relative: 0 });
  });

  // All teams gain 2 or lose 2 more than simulated, whose gains have no part in that: the share stays 1.
  test("that all teams share are common, a bias among them", () => {
    const shared = [...gains([1, -1], [3, 1]), ...gains([1, -1], [-1, -3])];
    expect(ownTaskOf(shared)).toEqual({ trust: 1, common: 4, relative: 0 });
    expect(ownTaskOf(gains([1, -1], [3, 1]))).toEqual({ trust: 1, common: 4, relative: 0 });
  });

  // Errors of .5 and -.5, of which the mean is 0: variance .5, from which sampling takes .1.
  test("of single teams are relative, beyond what sampling explains", () => {
    const { common, relative } = ownTaskOf(gains([1, 1], [1.5, 0.5], 0.1));
    expect(common).toBe(0);
    expect(relative).toBeCloseTo(0.4, 12);
    expect(ownTaskOf(gains([1, 1], [1.5, 0.5], 9)).relative).toBe(0);
  });
});

describe("a belief", () => {
  const single = 0.3;
  const at = logit(single);

  test("stays at the single agent without trust, and follows the simulation with it", () => {
    const simulated = [[at + 1, at - 2]];
    const meanWith = (trust: number) =>
      drawnToSingle(single, simulated, { trust, common: 0, relative: 0 }).mean;
    for (const [trust, first, second] of [
      [0, 0, 0],
      [0.5, 0.5, -1],
      [1, 1, -2],
    ]) {
      expect(meanWith(trust)[0]).toBeCloseTo(at + first, 12);
      expect(meanWith(trust)[1]).toBeCloseTo(at + second, 12);
    }
  });

  // Gains of 1 and 3 have variance 2, of which trust takes a quarter.
  test("has the spread of the sets as far as they are believed, and the errors", () => {
    const { covariance } = drawnToSingle(single, [[at + 1], [at + 3]], {
      trust: 0.5,
      common: 0.25,
      relative: 0.125,
    });
    expect(covariance[0][0]).toBeCloseTo(0.5 + 0.25 + 0.125, 12);
  });
});
