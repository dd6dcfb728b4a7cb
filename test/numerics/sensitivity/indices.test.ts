import { describe, expect, it } from "vitest";
import { rootKey } from "../../../src/numerics/draws.ts";
import { cubeDesign } from "../../../src/numerics/sensitivity/design.ts";
import { sensitivityIndices } from "../../../src/numerics/sensitivity/indices.ts";
import {
  GROUPED,
  hits,
  holds,
  ISHIGAMI,
  indicesOf,
  type KnownFunction,
  LINEAR,
  SOBOL_G,
} from "./functions.ts";

const SIZE = { nets: 32, points: 64 };

/** Largest distance of an estimate from the truth. */
function error({ truth }: KnownFunction, found: ReturnType<typeof indicesOf>): number {
  const inputs = found.inputs ?? [];
  expect(inputs).toHaveLength(truth.first.length);
  return Math.max(
    ...inputs.flatMap(({ first, total, shapley }, j) => [
      Math.abs(first.mean - truth.first[j]),
      Math.abs(total.mean - truth.total[j]),
      Math.abs(shapley.mean - truth.shapley[j]),
    ]),
  );
}

describe("sensitivity indices", () => {
  // Seeds are fixed: that these hold is a fact. With another seed, an error is above four standard errors once in 16,000.
  it.each([
    [ISHIGAMI, 0.03],
    [SOBOL_G, 0.06],
    [LINEAR, 0.02],
    [GROUPED, 0.02],
  ])("of a known function are near the truth ($0.name)", (known, near) => {
    const found = indicesOf(known, "truth", SIZE);
    expect(error(known, found)).toBeLessThan(near);
    expect(found.noise.mean).toBe(0);
    expect(found.noiseShare.mean).toBe(0);
  });

  it("are as exact by all masks as along paths, where there are many inputs", () => {
    const cube = indicesOf(SOBOL_G, "cube", SIZE, { design: cubeDesign(6) });
    expect(error(SOBOL_G, cube)).toBeLessThan(0.05);
  });

  it("are not biased by noise as large as the effects, and tell how much of a value is noise", () => {
    const noise = Math.sqrt(LINEAR.variance / 2);
    const found = indicesOf(LINEAR, "noise", SIZE, { noise });
    expect(error(LINEAR, found)).toBeLessThan(0.04);
    expect(holds(found.variance, LINEAR.variance)).toBe(true);
    expect(found.noise.mean / LINEAR.variance).toBeCloseTo(1, 1);
    expect(found.noiseShare.mean).toBeCloseTo(0.5, 1);
  });

  it("of Shapley add up to 1", () => {
    for (const known of [ISHIGAMI, SOBOL_G]) {
      const { inputs = [] } = indicesOf(known, "sum", { nets: 4, points: 8 });
      expect(inputs.reduce((sum, { shapley }) => sum + shapley.mean, 0)).toBeCloseTo(1, 12);
    }
  });

  it("tell what a set of inputs explains", () => {
    const sets = [0b000011, 0b000111];
    const { closed = [] } = indicesOf(SOBOL_G, "sets", SIZE, { sets });
    for (const [k, set] of sets.entries())
      expect(Math.abs(closed[k].mean - SOBOL_G.closed(set))).toBeLessThan(0.03);
  });

  it("say which inputs may be the greatest", () => {
    expect(indicesOf(LINEAR, "lead", SIZE).mayLead).toEqual([true, false, false]);
    const even: KnownFunction = { ...LINEAR, f: ([x, y, z]) => x + y + z / 10 };
    expect(indicesOf(even, "lead", SIZE).mayLead).toEqual([true, true, false]);
  });

  it("are undefined where nothing but noise varies", () => {
    const constant: KnownFunction = { ...LINEAR, f: () => 1 };
    expect(indicesOf(constant, "constant", SIZE)).toMatchObject({
      mean: { mean: 1, lo: 1, hi: 1 },
      variance: { mean: 0 },
      noiseShare: { mean: 0 },
      inputs: undefined,
      closed: undefined,
    });
    const noisy = indicesOf(constant, "noise alone", SIZE, { noise: 1 });
    expect(noisy.inputs).toBeUndefined();
    expect(noisy.noise.mean).toBeCloseTo(2, 0);
  });

  it("leave out nets without a base point", () => {
    const base = (y: number) => ({
      masks: [0, 1],
      values: [
        [0, 0],
        [y, y],
      ] as const,
    });
    const nets = [[base(1)], [], [base(3)], [base(2)]];
    expect(sensitivityIndices(1, nets, [], rootKey("gap")).mean.mean).toBe(1);
  });

  // 100 repeats with the seeds "ish 0" …: with other seeds and a coverage of 95 %, one of the eleven counts is below 88 less than once in
  // 60 times. `npm run sensitivity-coverage` looks at 300 repeats and at more functions.
  it("have intervals that hold the truth about as often as they say", () => {
    const counts = new Map<string, number>();
    for (let run = 0; run < 100; run++) {
      const found = indicesOf(ISHIGAMI, `ish ${run}`, { nets: 32, points: 8 });
      for (const [of, isHit] of hits(ISHIGAMI, found))
        counts.set(of, (counts.get(of) ?? 0) + Number(isHit));
    }
    for (const count of counts.values()) {
      expect(count).toBeGreaterThanOrEqual(88);
    }
  });
});
