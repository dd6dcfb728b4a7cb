// The power function against exact values, and against Math.pow where that is defined to the last bit.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { power, powerOfTen, square } from "../../src/numerics/power.ts";
import { exactPower, ulpError } from "./exact.ts";

/** Uniform numbers in [0, 1), always the same. */
function uniforms(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

const { NaN: nan, POSITIVE_INFINITY: infinity } = Number;
const SPECIAL = [0, 1, 2, 3, 0.5, 1.5, 1 - 2 ** -53, 1 + 2 ** -52, 4, 1e10, 2 ** 53, 2 ** 53 - 1]
  .concat([2 ** 52 + 1, 2 ** 64, 2 ** 65, 1e200, Number.MAX_VALUE, Number.MIN_VALUE, infinity])
  .flatMap((x) => [x, -x])
  .concat(nan);

describe("special cases", () => {
  test("are those of Math.pow wherever its result is 0, infinite or not a number", () => {
    const wrong: string[] = [];
    for (const x of SPECIAL)
      for (const y of SPECIAL) {
        const wanted = x ** y;
        if (Number.isFinite(wanted) && wanted !== 0) continue;
        if (!Object.is(power(x, y), wanted))
          wrong.push(`${x} ^ ${y}: ${power(x, y)}, not ${wanted}`);
      }
    expect(wrong).toEqual([]);
  });

  test.each([
    [1, nan, nan],
    [nan, 0, 1],
    [1, infinity, nan],
    [-1, -infinity, nan],
    [0, 0, 1],
    [-1, 3, -1],
    [-1, 1e300, 1],
    [1, -1.5, 1],
    [-0, 3, -0],
    [-0, -3, -infinity],
    [-0, 0.5, 0],
    [-infinity, 3, -infinity],
    [-infinity, -3, -0],
    [-infinity, 0.5, infinity],
    [-8, 1 / 3, nan],
    [-2, 2 ** 53 + 2, infinity],
    [-2, -1075, -0],
  ])("%d ^ %d = %d", (x, y, wanted) => {
    expect(power(x, y)).toBe(wanted);
  });
});

describe("exact values", () => {
  test("powers of two", () => {
    for (let n = -1074, x = Number.MIN_VALUE; n <= 1023; n++, x *= 2) expect(power(2, n)).toBe(x);
    expect(power(2, 1024)).toBe(infinity);
    expect(power(2, -1075)).toBe(0);
  });

  test("powers of integers that a double holds", () => {
    let count = 0;
    for (let base = 3; base < 10_000; base++)
      for (let n = 3, exact = BigInt(base) ** 3n; exact < 2n ** 53n; n++, exact *= BigInt(base)) {
        count++;
        if (power(base, n) !== Number(exact)) expect.fail(`${base} ^ ${n}`);
        if (power(-base, n) !== Number(exact) * (n % 2 === 0 ? 1 : -1))
          expect.fail(`-${base} ^ ${n}`);
      }
    expect(count).toBeGreaterThan(20_000);
    for (let n = 0; n <= 22; n++) expect(power(10, n)).toBe(Number(`1e${n}`));
  });

  test("squares, roots, and powers of ten", () => {
    for (const x of SPECIAL) {
      expect(power(x, 2)).toBe(x * x);
      expect(square(x)).toBe(x * x);
      if (x > 0) expect(power(x, 0.5)).toBe(Math.sqrt(x));
    }
    expect([-324, -5, 0, 22, 23, 308].map(powerOfTen)).toEqual([0, 1e-5, 1, 1e22, 1e23, 1e308]);
  });
});

describe("error in units of the last place", () => {
  const u = uniforms(987654321);
  const centred = () => u() - 0.5;
  const domains: Record<string, [x: () => number, y: () => number, most: number]> = {
    "shares to small powers": [u, () => u() * 5, 0.63],
    "numbers above 1 to small powers": [() => 1 + u() * 20, () => u() * 3, 0.63],
    "numbers near 1 to huge powers": [() => 1 + centred() * 1e-6, () => centred() * 1e9, 0.63],
    "neighbours of 1 to huge powers": [
      () => 1 + Math.floor(centred() * 1000) * 2 ** -52,
      () => centred() * 2 ** 56,
      0.63,
    ],
    "numbers of any size": [
      () => 2 ** Math.floor(centred() * 2000) * (1 + u()),
      () => centred() * 4,
      0.63,
    ],
    "large powers": [() => u() * 100, () => centred() * 700, 0.63],
    "subnormal numbers": [() => Number.MIN_VALUE * 2 ** (u() * 52), centred, 0.63],
    "subnormal results": [() => 0.5 + u() * 0.4, () => 1050 + u() * 20, 0.9],
  };

  test.each(Object.entries(domains))("%s", (_, [drawX, drawY, most]) => {
    let worst = 0;
    let count = 0;
    while (count < 3000) {
      const [x, y] = [drawX(), drawY()];
      const result = power(x, y);
      if (!(x > 0 && result > 0 && result < infinity)) continue;
      worst = Math.max(worst, ulpError(result, exactPower(x, y)));
      count++;
    }
    expect(worst).toBeLessThan(most);
    expect(worst).toBeGreaterThan(0.5);
  });

  test("is that of the nearest double, where the exact value is known", () => {
    expect(ulpError(Math.SQRT2, exactPower(2, 0.5))).toBeCloseTo(0.435376, 6);
    expect(ulpError(1e23, exactPower(10, 23))).toBeCloseTo(0.5, 1);
    expect(ulpError(8, exactPower(2, 3))).toBeLessThan(1e-15);
  });
});

test("any two numbers: within one unit of the last place of the exact value", () => {
  const positive = fc.double({ min: Number.MIN_VALUE, noNaN: true, max: Number.MAX_VALUE });
  const exponent = fc.double({ min: -2000, max: 2000, noNaN: true });
  fc.assert(
    fc.property(positive, exponent, (x, y) => {
      const result = power(x, y);
      const exact = exactPower(x, y);
      if (result === infinity) return exact.exponent >= 1023;
      if (result === 0) return exact.exponent <= -1075;
      return ulpError(result, exact) < 1;
    }),
    { seed: 15, numRuns: 2000 },
  );
});
