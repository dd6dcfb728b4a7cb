// Beliefs for tests.
import fc from "fast-check";
import type { JointNormal } from "../../../src/advise/belief/jointNormal.ts";

/** Candidates that are believed independently. */
export function independent(mean: readonly number[], variances: readonly number[]): JointNormal {
  return { mean, covariance: variances.map((v, i) => variances.map((_, j) => (i === j ? v : 0))) };
}

const SIZE = 3;
const number = (limit: number) => fc.double({ min: -limit, max: limit, noNaN: true });
const numbers = (limit: number) => fc.array(number(limit), { minLength: SIZE, maxLength: SIZE });

/** Beliefs about three candidates, from certain to vague, with any correlation: the covariance is AAᵀ. */
export const anyBelief: fc.Arbitrary<JointNormal> = fc
  .record({
    mean: numbers(4),
    factor: fc.array(numbers(1.5), { minLength: SIZE, maxLength: SIZE }),
  })
  .map(({ mean, factor }) => ({
    mean,
    covariance: factor.map((a) => factor.map((b) => a.reduce((sum, x, k) => sum + x * b[k], 0))),
  }));
export const NAMES = ["a", "b", "c"];
