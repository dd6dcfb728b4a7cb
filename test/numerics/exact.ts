// x^y to about 300 bits in integer arithmetic, and how far a double lies from it: what powers are tested against.

/** Bits after the point of all fixed-point numbers. */
const BITS = 400n;
const ONE = 1n << BITS;

/** x^y = significand · 2^(exponent - BITS), with a significand between 1 and 2. */
export interface ExactPower {
  readonly significand: bigint;
  readonly exponent: number;
}

/** A finite double as integer · 2^exponent, with an integer of 53 bits where the double is normal. */
export function integerAndExponent(x: number): { integer: bigint; exponent: number } {
  const bits = new BigUint64Array(Float64Array.of(Math.abs(x)).buffer)[0];
  const biased = Number(bits >> 52n);
  const fraction = bits & ((1n << 52n) - 1n);
  const integer = biased === 0 ? fraction : fraction | (1n << 52n);
  return { integer: x < 0 ? -integer : integer, exponent: Math.max(1, biased) - 1075 };
}

/** Exact x^y for finite x > 0 and finite y, by the series of atanh and exp. */
export function exactPower(x: number, y: number): ExactPower {
  const { integer, exponent } = integerAndExponent(y);
  const product = log2(x) * integer;
  const scaled = exponent >= 0 ? product << BigInt(exponent) : product >> BigInt(-exponent);
  const whole = scaled >> BITS;
  return { significand: exp(((scaled - (whole << BITS)) * LN2) >> BITS), exponent: Number(whole) };
}

/** Distance of a double from an exact power in units of its last place. */
export function ulpError(x: number, { significand, exponent }: ExactPower): number {
  const own = integerAndExponent(x);
  const shift = exponent - Number(BITS) - own.exponent + 60;
  const there = shift >= 0 ? significand << BigInt(shift) : significand >> BigInt(-shift);
  const distance = there - (own.integer << 60n);
  return Number(distance < 0n ? -distance : distance) / 2 ** 60;
}

const LN2 = 2n * atanh(ONE / 3n);

/** log2 x in fixed point. */
function log2(x: number): bigint {
  const { integer, exponent } = integerAndExponent(x);
  const length = integer.toString(2).length;
  // A significand between 3/4 and 3/2, so that nothing cancels next to 1.
  const isUpper = integer << 1n >= 3n << BigInt(length - 1);
  const whole = exponent + length - (isUpper ? 0 : 1);
  const significand = (integer << BITS) >> BigInt(whole - exponent);
  const log = 2n * atanh(((significand - ONE) << BITS) / (significand + ONE));
  return (log << BITS) / LN2 + (BigInt(whole) << BITS);
}

/** atanh of a fixed-point number within 1/3 of 0. */
function atanh(x: bigint): bigint {
  const square = (x * x) >> BITS;
  let sum = 0n;
  for (let power = x, n = 1n; power !== 0n && power !== -1n; n += 2n) {
    sum += power / n;
    power = (power * square) >> BITS;
  }
  return sum;
}

/** e^x of a fixed-point number in [0, 1). */
function exp(x: bigint): bigint {
  let sum = ONE;
  let term = ONE;
  for (let n = 1n; term !== 0n; n++) {
    term = (term * x) / (n << BITS);
    sum += term;
  }
  return sum;
}
