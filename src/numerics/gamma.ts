/**
 * Gamma and beta functions: log Γ and its derivatives, log B, and the regularised incomplete gamma and beta functions.
 * Formulas: Abramowitz & Stegun (1964), chapters 6 and 26.
 */

/** Smallest argument at which the Stirling series below is exact to double precision. */
const STIRLING_FROM = 10;

const HALF_LOG_TWO_PI = 0.9189385332046727;

/** log Γ(x) for x > 0, A&S 6.1.41 after a shift to x >= 10; relative error about 1e-15. */
export function logGamma(x: number): number {
  if (!(x > 0)) throw new RangeError(`logGamma(${x}): the argument must be > 0`);
  let product = 1;
  let shifted = x;
  while (shifted < STIRLING_FROM) product *= shifted++;
  const main = (shifted - 0.5) * Math.log(shifted) - shifted + HALF_LOG_TWO_PI;
  return main + stirlingCorrection(shifted) - Math.log(product);
}

/** log Γ(x) minus Stirling's formula, for x >= 10. */
function stirlingCorrection(x: number): number {
  const y = 1 / (x * x);
  const tail = 1 / 1260 - y * (1 / 1680 - y * (1 / 1188 - (y * 691) / 360360));
  return (1 / 12 - y * (1 / 360 - y * tail)) / x;
}

/** Digamma function ψ(x), the derivative of log Γ, for x > 0; A&S 6.3.18 after a shift to x >= 10. */
export function digamma(x: number): number {
  if (!(x > 0)) throw new RangeError(`digamma(${x}): the argument must be > 0`);
  let sum = 0;
  let shifted = x;
  while (shifted < STIRLING_FROM) sum += 1 / shifted++;
  const y = 1 / (shifted * shifted);
  const tail = 1 / 252 - y * (1 / 240 - y * (1 / 132 - (y * 691) / 32760));
  return Math.log(shifted) - 1 / (2 * shifted) - y * (1 / 12 - y * (1 / 120 - y * tail)) - sum;
}

/** Trigamma function ψ'(x) for x > 0; A&S 6.4.12 after a shift to x >= 10. */
export function trigamma(x: number): number {
  if (!(x > 0)) throw new RangeError(`trigamma(${x}): the argument must be > 0`);
  let sum = 0;
  let shifted = x;
  for (; shifted < STIRLING_FROM; shifted++) sum += 1 / (shifted * shifted);
  const y = 1 / (shifted * shifted);
  const tail = 1 / 42 - y * (1 / 30 - y * (5 / 66 - (y * 691) / 2730));
  return sum + (1 + 1 / (2 * shifted) + y * (1 / 6 - y * (1 / 30 - y * tail))) / shifted;
}

/** log B(a, b), without the cancellation of large log-gammas when one argument is small. */
export function logBeta(a: number, b: number): number {
  const small = Math.min(a, b);
  const large = Math.max(a, b);
  const sum = small + large;
  if (large < STIRLING_FROM) return logGamma(small) + logGamma(large) - logGamma(sum);
  const quotient = (0.5 - large) * Math.log1p(small / large) - small * Math.log(sum) + small;
  return logGamma(small) + quotient + stirlingCorrection(large) - stirlingCorrection(sum);
}

/**
 * Upper regularised incomplete gamma function Q(a, x) = Γ(a, x) / Γ(a), without cancellation where it is small.
 * @param a > 0
 * @param x >= 0, possibly Infinity
 * @throws RangeError outside of these ranges
 */
export function upperIncompleteGamma(a: number, x: number): number {
  if (!(a > 0 && x >= 0))
    throw new RangeError(`upperIncompleteGamma(${a}, ${x}): needs a > 0 and x >= 0`);
  if (x === 0) return 1;
  if (x === Number.POSITIVE_INFINITY) return 0;
  const power = Math.exp(a * Math.log(x) - x - logGamma(a));
  return x < a + 1 ? 1 - power * lowerGammaSeries(a, x) : power * upperGammaFraction(a, x);
}

/** log P(a, x), with P = 1 - Q, for a > 0 and finite x > 0, without cancellation where P is small. */
export function logLowerGamma(a: number, x: number): number {
  if (x >= a + 1) return Math.log1p(-upperIncompleteGamma(a, x));
  return a * Math.log(x) - x - logGamma(a) + Math.log(lowerGammaSeries(a, x));
}

/** log Q(a, x) for a > 0 and finite x > 0. */
export function logUpperGamma(a: number, x: number): number {
  if (x < a + 1) return Math.log(upperIncompleteGamma(a, x));
  return a * Math.log(x) - x - logGamma(a) + Math.log(upperGammaFraction(a, x));
}

/** Γ(a) P(a, x) / (xᵃ e⁻ˣ), A&S 6.5.29; converges fast for x < a + 1. */
function lowerGammaSeries(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let n = 1; term > sum * Number.EPSILON; n++) {
    term *= x / (a + n);
    sum += term;
  }
  return sum;
}

/** Γ(a, x) / (xᵃ e⁻ˣ), the even part of A&S 6.5.31, by the modified Lentz method; converges fast for x >= a + 1. */
function upperGammaFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let d = 1 / b;
  let c = Number.POSITIVE_INFINITY;
  let fraction = d;
  for (let n = 1, change = 0; Math.abs(change - 1) > Number.EPSILON; n++) {
    const numerator = n * (a - n);
    b += 2;
    d = 1 / (b + numerator * d);
    c = b + numerator / c;
    change = c * d;
    fraction *= change;
  }
  return fraction;
}

/**
 * Regularised incomplete beta function I_x(a, b), A&S 26.5.8.
 * @param x in [0, 1]
 * @param a > 0
 * @param b > 0
 * @throws RangeError outside of these ranges
 */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (!(x >= 0 && x <= 1 && a > 0 && b > 0)) {
    throw new RangeError(`incompleteBeta(${x}, ${a}, ${b}): needs 0 <= x <= 1, a > 0 and b > 0`);
  }
  if (x === 0 || x === 1) return x;
  const power = Math.exp(a * Math.log(x) + b * Math.log1p(-x) - logBeta(a, b));
  // The fraction converges fast on the near side of the mean only; the other side is its mirror.
  return x < (a + 1) / (a + b + 2)
    ? (power * betaFraction(x, a, b)) / a
    : 1 - (power * betaFraction(1 - x, b, a)) / b;
}

/** Continued fraction of I_x(a, b) by the modified Lentz method; O(√max(a, b)) steps. */
function betaFraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / (1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1, change = 0; Math.abs(change - 1) > Number.EPSILON; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / (1 + even * d);
    c = 1 + even / c;
    fraction *= c * d;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / (1 + odd * d);
    c = 1 + odd / c;
    change = c * d;
    fraction *= change;
  }
  return fraction;
}
