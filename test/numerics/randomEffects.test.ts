// Estimates at draws of what is not known: the two parts of their variance, and intervals that hold the truth of a new world.
import { describe, expect, test } from "vitest";
import { type Interval, wilson } from "../../src/numerics/intervals.ts";
import { square } from "../../src/numerics/power.ts";
import { studentQuantile } from "../../src/numerics/quantiles.ts";
import { randomEffects } from "../../src/numerics/randomEffects.ts";
import { average } from "../../src/numerics/statistics.ts";
import { Random } from "./random.ts";

const cube = (x: number) => x * square(x);

const T = studentQuantile(0.975, 31);

/** An estimate with Student's interval of 31 degrees of freedom. */
const estimate = (mean: number, error: number): Interval => ({
  mean,
  lo: mean - T * error,
  hi: mean + T * error,
});

describe("the parts", () => {
  test("of draws that differ far more than their noise: closed form", () => {
    const means = Array.from({ length: 60 }, (_, k) => k / 59);
    const error = 1e-4;
    const { total, simulation, parameters, share } = randomEffects(
      means.map((mean) => estimate(mean, error)),
    );
    // The variance of 0, 1/59, … 1 with the divisor 59, less the noise.
    const part = (60 * 61) / (12 * 59 * 59) - square(error);
    const noise = square(error) / 60;
    expect(share).toBeCloseTo(part / (part + noise), 10);
    // P is as good as known: neither Student nor kurtosis changes the seventh digit.
    const half = studentQuantile(0.975, 31 * 60) * Math.sqrt(noise);
    expect(simulation.hi - simulation.mean).toBeCloseTo(half, 10);
    expect(simulation.mean).toBeCloseTo(0.5, 12);
    // The second of 60 and the last but one: at 1.5 / 60 and 58.5 / 60, drawn together.
    const reach = (0.5 - 1 / 59) * Math.sqrt(part / (part + square(error)));
    expect(parameters.hi - 0.5).toBeCloseTo(reach, 7);
    expect(0.5 - parameters.lo).toBeCloseTo(reach, 7);
    expect(total.hi - 0.5).toBeCloseTo(Math.sqrt(square(reach) + square(half)), 7);
  });

  test("have no bias: on average over worlds they are what the draws were made of", () => {
    // Of 2,000 worlds the mean of var(settled) has a standard error of .4 %: 2 % is 5 of them.
    const random = new Random("parts");
    const found = Array.from({ length: 2000 }, (_, world) => {
      random.enter(world);
      const { settled } = randomEffects(drawn(random, 64, normal(2)));
      const mean = average(settled);
      return average(settled.map((x) => square(x - mean))) * (64 / 63);
    });
    expect(Math.abs(average(found) / 4 - 1)).toBeLessThan(0.02);
  });

  test("are all simulation where what is drawn is known not to matter", () => {
    const draws = [0.4, 0.5, 0.7].map((mean) => estimate(mean, 0.1));
    const { total, simulation, parameters, share } = randomEffects(draws, { varies: false });
    expect(share).toBe(0);
    expect(total).toEqual(simulation);
    expect(parameters).toEqual({ mean: average([0.4, 0.5, 0.7]), lo: total.mean, hi: total.mean });
  });

  test("have no shares where nothing varies, or draws differ no more than chance explains", () => {
    const same = Array.from({ length: 8 }, () => estimate(3, 0));
    expect(randomEffects(same)).toMatchObject({
      total: { mean: 3, lo: 3, hi: 3 },
      share: undefined,
    });
    const noise = drawn(new Random("noise"), 64, normal(0));
    expect(randomEffects(noise).share).toBeUndefined();
    // Even of draws that differ less than their noise the rest that may be is told.
    const alike = Array.from({ length: 64 }, (_, k) => estimate(k % 2, 1000));
    const { parameters } = randomEffects(alike);
    expect(parameters.hi).toBeGreaterThan(parameters.mean);
    expect(Number.isFinite(parameters.hi)).toBe(true);
  });
});

test("the noise of shares is that of their counts, not the wider one of Wilson's intervals", () => {
  // Rare events: 64 draws of one share, or of shares that differ by half their noise.
  const random = new Random("rare");
  const held = [0, 0.005].map((deviation) => {
    let count = 0;
    for (let world = 0; world < 400; world++) {
      random.enter(world);
      const share = () => Math.max(0, 0.02 + deviation * random.normal());
      const draws = Array.from({ length: 64 }, () => {
        const p = share();
        let events = 0;
        for (let i = 0; i < 128; i++) if (random.uniform() < p) events++;
        return wilson(events, 128);
      });
      const { total } = randomEffects(draws, { isShare: true, bounds: [0, 1] });
      const truth = share();
      if (truth >= total.lo && truth <= total.hi) count++;
    }
    return count / 400;
  });
  // Of 400 worlds the coverage has a standard error of 1 %.
  for (const one of held) expect(one).toBeGreaterThan(0.92);
  const never = Array.from({ length: 64 }, () => wilson(0, 128));
  const { total, share } = randomEffects(never, { isShare: true, bounds: [0, 1] });
  expect(share).toBe(0);
  expect(total.hi).toBeGreaterThan(0);
});

describe("bounds", () => {
  const draws = Array.from({ length: 40 }, (_, k) => estimate(k / 400, 0.2));

  test("are kept", () => {
    expect(randomEffects(draws).total.lo).toBeLessThan(0);
    expect(randomEffects(draws, { bounds: [0, 1] }).total.lo).toBe(0);
  });

  test("that one draw leaves open are open", () => {
    const open = [...draws, { mean: 0.05, lo: 0.01, hi: Infinity }];
    const { total, simulation, parameters, share } = randomEffects(open);
    for (const { hi } of [total, simulation, parameters]) expect(hi).toBe(Infinity);
    expect(Number.isFinite(total.lo)).toBe(true);
    expect(share).toBeUndefined();
    const nothing = { mean: 0.05, lo: -Infinity, hi: Infinity };
    expect(randomEffects([...draws, nothing]).total).toMatchObject({ lo: -Infinity, hi: Infinity });
  });

  test("hold the mean, however skewed the draws are", () => {
    const skewed = Array.from({ length: 64 }, (_, k) => estimate(k === 0 ? 1000 : 0, 0.001));
    const { total, parameters } = randomEffects(skewed);
    for (const { lo, hi, mean } of [total, parameters]) {
      expect(lo).toBeLessThanOrEqual(mean);
      expect(hi).toBeGreaterThanOrEqual(mean);
    }
  });

  test("one draw says nothing of what differs", () => {
    expect(() => randomEffects([estimate(1, 1)])).toThrow(RangeError);
  });
});

// ---------------------------------------------------------------- coverage

/** What a share in (0, 1) of the prior makes of the truth. */
type Truth = (u: number, random: Random) => number;

const normal =
  (deviation: number): Truth =>
  (_, random) =>
    deviation * random.normal();

/** Draws of a truth, each with noise of deviation 1 and an error that is estimated from 32 nets. */
function drawn(random: Random, count: number, truth: Truth, noise = 1): Interval[] {
  const shift = random.uniform();
  return Array.from({ length: count }, (_, k) => {
    const error = noise * Math.sqrt(chiSquared31(random) / 31);
    const u = ((k + shift) / count) % 1;
    return estimate(truth(u, random) + noise * random.normal(), error);
  });
}

/** Chi-squared with 31 degrees of freedom, by Wilson and Hilferty (1931). */
const chiSquared31 = (random: Random) =>
  31 * cube(1 - 2 / 279 + Math.sqrt(2 / 279) * random.normal());

/** Share of the worlds whose truth lies in the total interval. */
function coverage(seed: string, count: number, truth: Truth, noise = 1, worlds = 2000): number {
  const random = new Random(seed);
  let held = 0;
  for (let world = 0; world < worlds; world++) {
    random.enter(world);
    const { total } = randomEffects(drawn(random, count, truth, noise));
    const own = truth(random.uniform(), random);
    if (own >= total.lo && own <= total.hi) held++;
  }
  return held / worlds;
}

// Of 2,000 worlds the coverage has a standard error of .5 %; the seeds are fixed. A uniform truth under noise as large as itself, whose
// ends cannot be seen, is held the most: in 98.1 %.
describe("the total interval holds the truth of a new world", () => {
  const linear: Truth = (u) => u;
  const product: Truth = (u) => cube(1 - 0.3 * u);
  test.each([
    ["normal, with as much noise", normal(1), 1],
    ["normal, with little noise", normal(10), 1],
    ["a linear model", linear, 0.04],
    ["a linear model, with as much noise", linear, 0.3],
    ["a product", product, 0.02],
  ] as const)("%s: in 93 to 98.5 %%", (name, truth, noise) => {
    const found = coverage(name, 64, truth, noise);
    expect(found).toBeGreaterThan(0.93);
    expect(found).toBeLessThan(0.985);
  });

  test("in no less where the draws hardly show what is not known", () => {
    for (const deviation of [0, 0.1, 0.3])
      expect(coverage(`hidden ${deviation}`, 64, normal(deviation), 1, 500)).toBeGreaterThan(0.95);
  });

  test("in 93 to 97 % of 500 worlds with many draws, and hardly less with few", () => {
    const many = coverage("many", 512, normal(3), 1, 500);
    expect(many).toBeGreaterThan(0.93);
    expect(many).toBeLessThan(0.97);
    for (const count of [8, 16, 32])
      expect(coverage(`${count}`, count, linear, 0.04)).toBeGreaterThan(0.92);
  });
});
