import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  estimateText,
  inUnitsOf,
  plainEstimate,
  plainNumber,
  shortEstimate,
} from "../../src/wording/estimate.ts";

const text = (mean: number, low: number | null, high: number | null) =>
  plainEstimate({ mean, ci: [low, high] });

describe("an estimate", () => {
  test.each<[number, number | null, number | null, string]>([
    // Two digits of an uncertainty up to 3.54, one above.
    [0.4631, 0.4512, 0.475, "0.463 ±.012"],
    [0.4631, 0.4051, 0.5211, "0.46 ±.06"],
    [7.2149, 7.165, 7.2648, "7.21 ±.05"],
    [12731.4, 12631.4, 12831.4, "12,731 ±100"],
    [-4.25, -4.35, -4.15, "-4.25 ±.10"],
    // Bounds where the sides differ.
    [17.2, 15.3, 20.1, "17.2 [15.3, 20.1]"],
    [0.004, 0.001, 0.022, "0.004 [.001, .022]"],
    [0, 0, 0.0018, "0 [0, .0018]"],
    [-0.2, -0.9, 0.05, "-0.2 [-.9, .1]"],
    // Nearly equal sides: the longer one.
    [1, 0.9, 1.11, "1.00 ±.11"],
    // No uncertainty: the number itself.
    [13, 13, 13, "13 ±0"],
    [0.125, 0.125, 0.125, "0.125 ±0"],
    [1 / 3, 1 / 3, 1 / 3, "0.3333 ±0"],
    // Bounds that the data do not give.
    [2.5, null, null, "2.5 ±∞"],
    [2, 1.5, null, "2.0 [1.5, ∞]"],
    [2, null, 2.5, "2.0 [-∞, 2.5]"],
    // Far from 1.
    [1.234e-12, 1.134e-12, 1.334e-12, "1.23e-12 ±1.00e-13"],
    [1.234e-6, 1.134e-6, 1.334e-6, "0.00000123 ±.00000010"],
  ])("%d in %d .. %d", (mean, low, high, expected) => {
    expect(text(mean, low, high)).toBe(expected);
  });

  test("that is undefined says so", () => {
    expect(plainEstimate({ mean: null, ci: [null, null], undefined: "why" })).toBe("undefined");
  });

  test("never shows a number further from the truth than its interval is wide", () => {
    const numbers = fc.tuple(
      fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      fc.double({ min: 1e-6, max: 1e3, noNaN: true }),
      fc.double({ min: 1e-6, max: 1e3, noNaN: true }),
    );
    fc.assert(
      fc.property(numbers, ([mean, below, above]) => {
        const { text } = estimateText({ mean, ci: [mean - below, mean + above] });
        const shown = Number(text.replaceAll(",", ""));
        expect(Math.abs(shown - mean)).toBeLessThan(0.15 * Math.max(below, above) + 0.5);
        if (Math.max(below, above) < 1)
          expect(Math.abs(shown - mean)).toBeLessThan(0.15 * Math.max(below, above));
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});

test("the interval stands apart", () => {
  expect(estimateText({ mean: 1234.56, ci: [1234.06, 1235.06] })).toEqual({
    text: "1,234.6",
    interval: "±.5",
  });
});

test("a larger unit scales estimate and bounds", () => {
  expect(inUnitsOf(1000, { mean: 12731, ci: [12631, null] })).toEqual({
    mean: 12.731,
    ci: [12.631, null],
  });
});

test("a plain number has four digits that are not 0", () => {
  expect([0, 1, 74.2345, 14733, 0.012345, -2].map(plainNumber)).toEqual([
    "0",
    "1",
    "74.23",
    "14,733",
    "0.01235",
    "-2",
  ]);
});

describe("a short estimate", () => {
  const short = (mean: number, low: number | null, high: number | null, width = 9) => {
    const { text, interval } = shortEstimate({ mean, ci: [low, high] }, width);
    return `${text} ${interval}`.trimEnd();
  };

  test.each<[number, number | null, number | null, string]>([
    // All digits that the interval supports, where they fit.
    [0.46, 0.4, 0.52, "0.46 ±.06"],
    [8.43, 8.12, 8.74, "8.43 ±.31"],
    // Else fewer, and never an interval that is narrower.
    [0.665, 0.63, 0.7, "0.67 ±.04"],
    [11.983, 11.976, 11.99, "12.0 ±.1"],
    // The longer side, and 0 for no width.
    [3.4, 2.7, 4.6, "3.4 ±1.2"],
    [1, 1, 1, "1"],
    // A side that is not bounded.
    [48.13, 40, null, "48 ±∞"],
    // Digits before the decimal point stay, those of the interval as well.
    [123_456.7, 123_400, 123_500, "123,457 ±57"],
  ])("of %d in %d .. %d", (mean, low, high, expected) => {
    expect(short(mean, low, high)).toBe(expected);
  });

  test("that is undefined says so in short", () => {
    expect(shortEstimate({ mean: null, ci: [null, null] }, 9).text).toBe("undef.");
  });

  test("covers the interval, but for half a unit of its last digit", () => {
    const numbers = fc.tuple(
      fc.double({ min: -1e4, max: 1e4, noNaN: true }),
      fc.double({ min: 1e-3, max: 1e2, noNaN: true }),
      fc.double({ min: 1e-3, max: 1e2, noNaN: true }),
    );
    fc.assert(
      fc.property(numbers, fc.integer({ min: 7, max: 14 }), ([mean, below, above], width) => {
        const text = short(mean, mean - below, mean + above, width).replaceAll(",", "");
        const [number, side] = text.split(" ±");
        const unit = 10 ** -(number.split(".")[1] ?? "").length;
        expect(Math.abs(Number(number) - mean)).toBeLessThanOrEqual(0.51 * unit);
        expect(Number(side)).toBeGreaterThanOrEqual(Math.max(below, above) - 0.51 * unit);
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});
