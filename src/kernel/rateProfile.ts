/**
 * Profiles of a rate: by how much it is above or below its mean as time goes round and round, such as over a week.
 *
 * Points of a process of rate 1 are carried to a process of rate r(t) by the inverse of the cumulative rate, the integral
 * of r from 0 (Çinlar, "Introduction to Stochastic Processes", 1975, section 4.7). Which point is which stays the same
 * under every profile, as it does not where points are thinned out.
 */
import { lastNotAbove } from "./arrays.ts";

/** A factor that holds from a time on until the next one begins. */
export interface RatePiece {
  /** In ticks from the beginning of a round. */
  readonly from: number;
  readonly factor: number;
}

/** A profile compiled for the hot loop. */
export interface RateProfile {
  /** Ticks of a round. */
  readonly period: number;
  readonly pieces: number;
  /** Where each piece begins, and the period. */
  readonly from: Float64Array;
  readonly factor: Float64Array;
  /** The cumulative rate where each piece begins, and that of a whole round. */
  readonly before: Float64Array;
}

/**
 * Compiles a profile. Each piece holds until the next, and the last one of a round until the first of the round after.
 * @param spec pieces at different times below the period
 * @param start ticks of a round that are over at time 0
 * @throws RangeError where a factor is negative or infinite, or none is above 0
 */
export function prepareProfile(spec: readonly RatePiece[], period: number, start = 0): RateProfile {
  const pieces = spec
    .map(({ from, factor }) => ({ from: (from - start + period) % period, factor }))
    .sort((a, b) => a.from - b.from);
  // What is under way at the start began last in the round before.
  if (pieces[0].from > 0) pieces.unshift({ from: 0, factor: pieces[pieces.length - 1].factor });
  const from = Float64Array.from([...pieces.map((piece) => piece.from), period]);
  const factor = Float64Array.from(pieces, (piece) => piece.factor);
  const before = new Float64Array(from.length);
  for (const [i, one] of factor.entries()) {
    if (!(one >= 0 && one < Number.POSITIVE_INFINITY))
      throw new RangeError(`A factor is ${one}: a factor is finite and at least 0.`);
    before[i + 1] = before[i] + one * (from[i + 1] - from[i]);
  }
  if (!(before[pieces.length] > 0))
    throw new RangeError("All factors are 0: at least one is above 0.");
  return { period, pieces: pieces.length, from, factor, before };
}

/**
 * The time at which the cumulative rate passes `x` ticks of rate 1. Where nothing can come for a while, that is at the end
 * of the pause.
 */
export function timeOf({ period, pieces, from, factor, before }: RateProfile, x: number): number {
  const round = before[pieces];
  const rounds = Math.floor(x / round);
  const rest = Math.max(0, x - rounds * round);
  const piece = lastNotAbove(before, rest, pieces);
  // A factor of 0 is met only where rounding takes the rest to the end of a round.
  const within = factor[piece] > 0 ? (rest - before[piece]) / factor[piece] : 0;
  return rounds * period + Math.min(from[piece] + within, from[piece + 1]);
}
