import { describe, expect, test } from "vitest";
import { findCrossing } from "../../../src/numerics/rootFinding/crossing.ts";
import { CURVES, noisy } from "./curves.ts";

describe("where a mean crosses 0", () => {
  test("is found on a curve without noise", async () => {
    const observe = noisy((x) => 0.5 - x ** 3, { seed: "exact", sd: 0 });
    const { kind, at, falls, crossings } = await findCrossing({ low: 0, high: 1, observe });
    expect({ kind, falls, crossings }).toEqual({ kind: "crossed", falls: true, crossings: 1 });
    expect(at).toBeCloseTo(0.5 ** (1 / 3), 3);
  });

  test("is found on a scale of ratios", async () => {
    const observe = noisy((x) => Math.log10(x) - 1.3, { seed: "log", sd: 0.01 });
    const { at, ci } = await findCrossing({ low: 1, high: 10_000, log: true, observe });
    expect(at).toBeCloseTo(10 ** 1.3, 0);
    expect(ci?.[0]).toBeLessThan(10 ** 1.3);
    expect(ci?.[1]).toBeGreaterThan(10 ** 1.3);
  });

  // 200 runs of each curve with seeds "cover": with a coverage of 95 % fewer than 180 hits, or 200, have a chance of .2 %. Where the
  // curve is flat at the crossing, places between it and an end are excluded by chance: measured over 1,000 runs, 91 % are left.
  test.each(CURVES.filter(([name]) => name !== "a jump"))(
    "lies in its interval: %s",
    async (name, curve, root) => {
      let hits = 0;
      for (let run = 0; run < 200; run++) {
        const observe = noisy(curve, { seed: "cover", run });
        const { ci } = await findCrossing({ low: 0, high: 1, observe });
        if ((ci?.[0] ?? 0) <= root && root <= (ci?.[1] ?? 1)) hits++;
      }
      expect(hits).toBeGreaterThanOrEqual(name.includes("flat") ? 170 : 180);
      expect(hits).toBeLessThan(200);
    },
  );

  test("lies between two places that are near each other where the curve jumps", async () => {
    const [, jump] = CURVES[3];
    for (let run = 0; run < 20; run++) {
      const observe = noisy(jump, { seed: "jump", run });
      const { at, ci } = await findCrossing({ low: 0, high: 1, observe });
      const [low, high] = ci as [number, number];
      expect(low).toBeLessThanOrEqual(0.437);
      expect(high).toBeGreaterThanOrEqual(0.437);
      expect(high - low).toBeLessThan(2e-4);
      expect(at).toBeCloseTo(0.437, 3);
    }
  });

  test("of whole numbers is the last one before it", async () => {
    const observe = noisy((x) => 6.5 - x, { seed: "whole" });
    const found = await findCrossing({ low: 1, high: 40, isWhole: true, observe });
    expect(found).toMatchObject({ kind: "crossed", at: 6, ci: [6, 6] });
  });

  test("of many whole numbers is found in few looks", async () => {
    const inner = noisy((x) => 5 - x / 100, { seed: "many", sd: 0.4 });
    let looks = 0;
    const { at, ci } = await findCrossing({
      low: 1,
      high: 1000,
      isWhole: true,
      observe: (x, first, end) => {
        looks++;
        return inner(x, first, end);
      },
    });
    expect(looks).toBeLessThan(50);
    const [low, high] = ci as [number, number];
    expect(low).toBeLessThan(at as number);
    expect(high).toBeGreaterThan(at as number);
    expect(high - low).toBeLessThan(60);
  });

  test("is told apart from a curve that stays on one side, touches, or does not change", async () => {
    const kindOf = async (curve: (x: number) => number, sd = 0.01) =>
      (await findCrossing({ low: 0, high: 1, observe: noisy(curve, { seed: "side", sd }) })).kind;
    expect(await kindOf((x) => 1 + x)).toBe("above");
    expect(await kindOf((x) => -1 - x)).toBe("below");
    expect(await kindOf(() => 3, 0)).toBe("constant");
    expect(await kindOf((x) => 0.02 + x, 0.2)).not.toBe("below");
  });

  test("is the nearest of several to where one is", async () => {
    const observe = noisy((x) => Math.cos(3 * Math.PI * x), { seed: "several", sd: 0.001 });
    const first = await findCrossing({ low: 0, high: 1, observe });
    expect(first.crossings).toBe(3);
    expect(first.at).toBeCloseTo(1 / 6, 3);
    const last = await findCrossing({ low: 0, high: 1, near: 0.9, observe });
    expect(last.at).toBeCloseTo(5 / 6, 3);
  });

  test("has an open interval where an end of the range comes first", async () => {
    const observe = noisy((x) => 0.05 - 0.2 * x, { seed: "open", sd: 0.4, own: 0.1 });
    const { ci } = await findCrossing({ low: 0, high: 0.3, observe });
    expect(ci).toContain(null);
  });

  test("leaves out places where nothing can be observed", async () => {
    const inner = noisy((x) => 0.4 - x, { seed: "hole" });
    const { at, missing } = await findCrossing({
      low: 0,
      high: 1,
      observe: async (x, first, end) => (x > 0.8 ? undefined : inner(x, first, end)),
    });
    expect(at).toBeCloseTo(0.4, 1);
    expect(missing).toEqual([0.875, 1]);
  });
});
