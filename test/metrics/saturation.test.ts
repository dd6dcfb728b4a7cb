import { describe, expect, it } from "vitest";
import { saturation } from "../../src/metrics/saturation.ts";

describe("saturation", () => {
  it("reports a share stuck at an end, with the rule of three", () => {
    expect(saturation(0, 1000)?.at).toBe(0);
    expect(saturation(1, 1000)?.at).toBe(1);
    expect(saturation(0, 1000)?.margin).toBeCloseTo(3 / 1000, 4);
  });

  it("gives the share at which n equal outcomes have probability 1 - level", () => {
    for (const n of [1, 7, 400]) {
      expect((1 - saturation(0, n)!.margin) ** n).toBeCloseTo(0.05, 12);
      expect((1 - saturation(1, n, 0.99)!.margin) ** n).toBeCloseTo(0.01, 12);
    }
  });

  it("is silent for any other share and without trials", () => {
    expect(saturation(0.5, 1000)).toBeUndefined();
    expect(saturation(0.999, 1000)).toBeUndefined();
    expect(saturation(0, 0)).toBeUndefined();
  });
});
