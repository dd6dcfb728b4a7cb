/**
 * Strategy parameters of CMA-ES: weights and learning rates that follow from dimension and population.
 *
 * Hansen, "The CMA Evolution Strategy: A Tutorial", arXiv 1604.00772, table 1 and equations 49 to 58.
 */

import { square } from "../power.ts";

/** Names as in the tutorial: µ, µ_eff, c_σ, d_σ, c_c, c_1, c_µ, E‖N(0, I)‖. */
export interface Strategy {
  /** One per rank, the best first: positive ones sum to 1, those of the worse half are <= 0. */
  readonly weights: Float64Array;
  readonly mu: number;
  readonly muEff: number;
  readonly cSigma: number;
  readonly dSigma: number;
  readonly cc: number;
  readonly c1: number;
  readonly cMu: number;
  readonly chiN: number;
}

/** Default population λ = 4 + ⌊3 ln n⌋ (equation 48). */
export function defaultPopulation(n: number): number {
  return 4 + Math.floor(3 * Math.log(n));
}

/** Default strategy parameters for dimension n >= 1 and population λ >= 4. */
export function strategyFor(n: number, lambda: number): Strategy {
  const mu = Math.floor(lambda / 2);
  const raw = Float64Array.from(
    { length: lambda },
    (_, i) => Math.log((lambda + 1) / 2) - Math.log(i + 1),
  );
  const muEff = effectiveSize(raw.subarray(0, mu));
  const muEffMinus = effectiveSize(raw.subarray(mu));
  const c1 = 2 / (square(n + 1.3) + muEff);
  const cMu = Math.min(1 - c1, (2 * (0.25 + muEff + 1 / muEff - 2)) / (square(n + 2) + muEff));
  const cSigma = (muEff + 2) / (n + muEff + 5);
  return {
    weights: scaledWeights(raw, negativeMass(n, muEff, muEffMinus, c1, cMu)),
    mu,
    muEff,
    cSigma,
    dSigma: 1 + 2 * Math.max(0, Math.sqrt((muEff - 1) / (n + 1)) - 1) + cSigma,
    cc: (4 + muEff / n) / (n + 4 + (2 * muEff) / n),
    c1,
    cMu,
    chiN: Math.sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n * n)),
  };
}

/** Variance effective size (Σw)² / Σw². */
function effectiveSize(weights: Float64Array): number {
  const sum = weights.reduce((s, w) => s + w, 0);
  return square(sum) / weights.reduce((s, w) => s + w * w, 0);
}

/** Sum of the absolute negative weights: the least of three bounds, the last keeps C definite. */
function negativeMass(
  n: number,
  muEff: number,
  muEffMinus: number,
  c1: number,
  cMu: number,
): number {
  const definite = (1 - c1 - cMu) / (n * cMu);
  return Math.min(1 + c1 / cMu, 1 + (2 * muEffMinus) / (muEff + 2), definite);
}

function scaledWeights(raw: Float64Array, negative: number): Float64Array {
  const sumOf = (sign: number) => raw.reduce((s, w) => s + Math.max(0, sign * w), 0);
  const plus = sumOf(1);
  const minus = sumOf(-1);
  return raw.map((w) => (w >= 0 ? w / plus : (w * negative) / minus));
}
