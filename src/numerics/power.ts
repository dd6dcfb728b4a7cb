/**
 * Powers with the same bits on every platform: the algorithm of e_pow.c of fdlibm (Sun Microsystems, 1993), in the four
 * operations that IEEE 754 defines to the last bit. `Math.pow` is left to the engine, and differs between versions of V8.
 *
 * x^y = 2^(y log2 x), with log2 x as a sum of two numbers. The heads of all such sums have 24 bits (fdlibm cuts them to
 * 21), so that products of two heads are exact. Error below .63 units of the last place, and below 1
 * where the result is subnormal, measured against exact values (test/numerics/power.test.ts); powers of integers that a
 * double can hold are exact.
 */

/** |y| from which x^y, x ≠ ±1, is out of range whatever x is. */
const ALWAYS_OUT_OF_RANGE = 2 ** 64;

// (3/2) (log x - 2s - (2/3) s³) / s⁵ as a polynomial in s², s = (x - 1) / (x + 1).
const L1 = 0.5999999999999946;
const L2 = 0.4285714285785502;
const L3 = 0.33333332981837743;
const L4 = 0.272728123808534;
const L5 = 0.23066074577556175;
const L6 = 0.20697501780033842;

// z (e^z + 1) / (e^z - 1) - 2 as a polynomial in z².
const P1 = 0.16666666666666602;
const P2 = -0.0027777777777015593;
const P3 = 6.613756321437934e-5;
const P4 = -1.6533902205465252e-6;
const P5 = 4.1381367970572385e-8;

// Constants as heads of 24 bits and tails.
const LN2_HEAD = 0.6931471824645996;
const LN2_TAIL = -1.904654299957768e-9;
/** 2 / (3 ln 2). */
const CP = 0.9617966939259756;
const CP_HEAD = 0.9617967009544373;
const CP_TAIL = -7.028461650952758e-9;
/** log2 1.5. */
const LOG2_1_5_HEAD = 0.5849624872207642;
const LOG2_1_5_TAIL = 1.350039202129749e-8;

/** A double whose exponent is to be read, without allocation. */
const double = new Float64Array(1);
const words = new Uint32Array(double.buffer);
/** Which of its two words has sign, exponent and the upper 20 bits of the significand. */
const HIGH = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1 ? 1 : 0;

const LEAST_EXPONENT = -1074;
/** All powers of two that a double can hold, from 2^-1074 on; to multiply by one is faster than to set an exponent. */
const POWERS_OF_TWO = new Float64Array(1023 - LEAST_EXPONENT + 1);
for (let i = 0, x = Number.MIN_VALUE; i < POWERS_OF_TWO.length; i++, x *= 2) POWERS_OF_TWO[i] = x;

/** Head and tail of a logarithm to base 2: what {@link setLog2} gives. */
const log2 = new Float64Array(2);

/**
 * x^y, as `Math.pow` defines its special cases: x^0 = 1 for every x, (±1)^±Infinity = NaN, NaN where x < 0 and y is no
 * integer. Allocates nothing.
 */
export function power(x: number, y: number): number {
  if (y === 0) return 1;
  if (y === 1) return x;
  if (y === 2) return x * x;
  if (x > 0 && x < Number.POSITIVE_INFINITY && Math.abs(y) <= ALWAYS_OUT_OF_RANGE)
    return positivePower(x, y);
  return specialPower(x, y);
}

/** x². */
export function square(x: number): number {
  return x * x;
}

/** 10^n, correctly rounded. @param n an integer */
export function powerOfTen(n: number): number {
  return Number(`1e${n}`);
}

/** x^y where x is 0, negative or not finite, or y is not finite or very large; y ≠ 0. */
function specialPower(x: number, y: number): number {
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.NaN;
  const size = Math.abs(x);
  const isOrdinary = size > 0 && size < Number.POSITIVE_INFINITY;
  const isInRange = isOrdinary && Math.abs(y) <= ALWAYS_OUT_OF_RANGE;
  const result = isInRange ? positivePower(size, y) : limit(size, y);
  if (x > 0 || Object.is(x, 0)) return result;
  const remainder = Math.abs(y % 2);
  if (remainder === 1) return -result;
  return isOrdinary && remainder > 0 ? Number.NaN : result;
}

/** size^y where size is 0 or Infinity, or y so large that it does not matter how large. */
function limit(size: number, y: number): number {
  if (size === 1) return Math.abs(y) === Number.POSITIVE_INFINITY ? Number.NaN : 1;
  return size > 1 === y > 0 ? Number.POSITIVE_INFINITY : 0;
}

/** x^y for 0 < x < Infinity and |y| <= 2^64. */
function positivePower(x: number, y: number): number {
  if (x === 1) return 1;
  if (y === -1) return 1 / x;
  if (y === 0.5) return Math.sqrt(x);
  setLog2(x);
  const yHead = Math.fround(y);
  const head = yHead * log2[0];
  const tail = (y - yHead) * log2[0] + y * log2[1];
  return exp2(head, tail);
}

/** Sets {@link log2} to the logarithm of a finite x > 0. */
function setLog2(x: number): void {
  const isSubnormal = x < 2 ** -1022;
  const normal = isSubnormal ? x * 2 ** 53 : x;
  double[0] = normal;
  const fraction = words[HIGH] & 0xfffff;
  // Between √(3/2) and √3 the significand is taken relative to 1.5, otherwise to 1, and halved above √3: |s| < .1.
  const isUpper = fraction >= 0xbb67a;
  const isNearOne = isUpper || fraction <= 0x3988e;
  const shift = (words[HIGH] >>> 20) - 1023 + (isUpper ? 1 : 0);
  const significand = normal * POWERS_OF_TWO[-shift - LEAST_EXPONENT];
  const exponent = isSubnormal ? shift - 53 : shift;
  const centre = isNearOne ? 1 : 1.5;

  // s = (significand - centre) / (significand + centre), as head and tail.
  const difference = significand - centre;
  const inverse = 1 / (significand + centre);
  const s = difference * inverse;
  const sHead = Math.fround(s);
  const sumHead = Math.fround(significand + centre);
  const sumTail = significand - (sumHead - centre);
  const sTail = inverse * (difference - sHead * sumHead - sHead * sumTail);

  // log x = (2/3) s (3 + s² + rest)
  const s2 = s * s;
  const rest =
    s2 * s2 * (L1 + s2 * (L2 + s2 * (L3 + s2 * (L4 + s2 * (L5 + s2 * L6))))) + sTail * (sHead + s);
  const squareHead = sHead * sHead;
  const factorHead = Math.fround(3 + squareHead + rest);
  const factorTail = rest - (factorHead - 3 - squareHead);
  const u = sHead * factorHead;
  const v = sTail * factorHead + factorTail * s;
  const productHead = Math.fround(u + v);
  const productTail = v - (productHead - u);

  const centreHead = isNearOne ? 0 : LOG2_1_5_HEAD;
  const centreTail = isNearOne ? 0 : LOG2_1_5_TAIL;
  const head = CP_HEAD * productHead;
  const tail = CP_TAIL * productHead + productTail * CP + centreTail;
  const logHead = Math.fround(head + tail + centreHead + exponent);
  log2[0] = logHead;
  log2[1] = tail - (logHead - exponent - centreHead - head);
}

/** 2^(head + tail), where the tail is small beside the head. */
function exp2(head: number, tail: number): number {
  const sum = head + tail;
  if (sum > 1025) return Number.POSITIVE_INFINITY;
  if (sum < -1076) return 0;
  const exponent = Math.floor(sum + 0.5);
  const rest = head - exponent;
  const restHead = Math.fround(rest + tail);
  const u = restHead * LN2_HEAD;
  const v = (tail - (restHead - rest)) * Math.LN2 + restHead * LN2_TAIL;
  const z = u + v;
  const zTail = v - (z - u);
  const z2 = z * z;
  const t = z - z2 * (P1 + z2 * (P2 + z2 * (P3 + z2 * (P4 + z2 * P5))));
  // 1 + z as head and tail, so that only the last addition rounds noticeably.
  const oneAndZ = 1 + z;
  const lost = z - (oneAndZ - 1);
  const correction = (z * t) / (t - 2) - (zTail + z * zTail);
  return scale(oneAndZ + (lost - correction), exponent);
}

/** x · 2^n, rounded once, for 1/2 < x < 2 and -1076 <= n <= 1025. */
function scale(x: number, n: number): number {
  if (n > 1023) return x * 2 ** 1023 * POWERS_OF_TWO[n - 1023 - LEAST_EXPONENT];
  if (n < -1021) return x * POWERS_OF_TWO[n + 128 - LEAST_EXPONENT] * 2 ** -128;
  return x * POWERS_OF_TWO[n - LEAST_EXPONENT];
}
