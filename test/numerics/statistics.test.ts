// Means, errors and slopes of small samples, bisection and the log-odds scale, against values worked out by hand.
import { describe, expect, it } from "vitest";
import { bisect, bracket } from "../../src/numerics/bisect.ts";
import { logistic, logit, shifted } from "../../src/numerics/logit.ts";
import { average, clamp, slope, standardError } from "../../src/numerics/statistics.ts";

describe("of a sample", () => {
  it("mean and standard error are those of the textbook", () => {
    expect(average([2, 4, 9])).toBe(5);
    expect(average([])).toBeNaN();
    // Squared deviations 9 + 1 + 16 = 26; 26 / 2 / 3.
    expect(standardError([2, 4, 9])).toBeCloseTo(Math.sqrt(26 / 6), 15);
    expect(standardError([2])).toBeNaN();
  });

  it("the slope is that of the least-squares line", () => {
    expect(slope([1, 2, 3, 4].map((x) => [x, 3 - 2 * x] as const))).toBeCloseTo(-2, 14);
    // One point off the line y = x by (1, -2, 1), which is orthogonal to x, changes nothing.
    expect(
      slope([
        [1, 2],
        [2, 0],
        [3, 4],
      ]),
    ).toBeCloseTo(1, 14);
  });

  it("clamp keeps a number within its bounds", () => {
    expect([-1, 0.25, 7].map((x) => clamp(x, 0, 1))).toEqual([0, 0.25, 1]);
    expect(clamp(Number.NaN, 0, 1)).toBeNaN();
  });
});

describe("bisection", () => {
  it("finds where a condition begins to hold, in either direction", () => {
    expect(bisect(0, 2, (x) => x * x >= 2, 60)).toBeCloseTo(Math.SQRT2, 14);
    const [inside, outside] = bracket(2, 0, (x) => x * x < 2, 60);
    expect(inside * inside).toBeGreaterThanOrEqual(2);
    expect(outside * outside).toBeLessThan(2);
    expect(inside - outside).toBeLessThan(1e-14);
  });
});

describe("log-odds", () => {
  it("turn into shares and back", () => {
    expect(logit(0.75)).toBeCloseTo(Math.log(3), 15);
    for (const share of [1e-9, 0.3, 0.999]) expect(logistic(logit(share))).toBeCloseTo(share, 14);
    expect([logit(0), logit(1)]).toEqual([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]);
  });

  it("are shifted as the odds are multiplied", () => {
    expect(shifted(0.2, Math.log(3))).toBeCloseTo(0.75 / 1.75, 15);
    expect(shifted(0.2, 0)).toBeCloseTo(0.2, 15);
  });
});
