import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BAR_WIDTH, bar, decades, sparkline } from "../../src/terminal/bars.ts";

const text = ({ solid, faint }: { solid: string; faint: string }) => solid + faint;

describe("a bar", () => {
  test.each([
    [0, 0, ""],
    [0, 0.5, "────"],
    [0.5, 0.5, "████"],
    [0.5, 0.75, "████──"],
    [0.53, 0.75, "████▎─"],
    [1, 1, "████████"],
    [1e-6, 0, "▏"],
    [1.7, 2, "████████"],
    [-0.2, 0.25, "──"],
  ])("of %d with a reach of %d is %s", (share, reach, expected) => {
    expect(text(bar(share, reach))).toBe(expected);
  });

  test("is never longer than its room, and grows with its share", () => {
    const share = fc.double({ min: -1, max: 2, noNaN: true });
    const eighths = (s: string) =>
      [...s].reduce((sum, c) => sum + (c === "█" ? 8 : " ▏▎▍▌▋▊▉".indexOf(c)), 0);
    fc.assert(
      fc.property(share, share, share, (a, b, reach) => {
        expect(text(bar(a, reach)).length).toBeLessThanOrEqual(BAR_WIDTH);
        const [less, more] = [Math.min(a, b), Math.max(a, b)].map((x) => eighths(bar(x, 0).solid));
        expect(less).toBeLessThanOrEqual(more);
      }),
      { seed: 1, numRuns: 300 },
    );
  });
});

test("a sparkline has a column for each height", () => {
  expect(text(sparkline([0, 0.124, 0.126, 0.5, 0.99, 1, 7]))).toBe("▁▁▂▅███");
});

test("decades are whole powers of ten around what is positive", () => {
  expect(decades([0.81, 1, 17.2])).toEqual([0.1, 100]);
  expect(decades([1, 1])).toEqual([1, 10]);
  expect(decades([0, -3])).toEqual([1, 10]);
});
