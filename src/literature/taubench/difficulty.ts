// Repeats of instances that differ in difficulty: pass^k in closed form, and the level and spread that give pass^1 and one more.
//
// A claim goes wrong with the log-odds b + s z, with z standard normal and the same for all repeats of an instance. So
// repeats of a task of c claims are independent only given z: pass^k = E[p(z)^k] with p(z) = (1 + exp(b + s z))^-c.
import { bisect } from "../../numerics/bisect.ts";
import { normalMean } from "../../numerics/normalMean.ts";
import { power } from "../../numerics/power.ts";

/** How difficult instances are: mean and standard deviation of the error log-odds. */
export interface Difficulty {
  readonly level: number;
  readonly spread: number;
}

/** Chance that all of k repeats of one instance succeed. */
export function passAllOf(k: number, { level, spread }: Difficulty, claims = 1): number {
  return normalMean((z) => power(1 + Math.exp(level + spread * z), -k * claims));
}

/** Bounds of the search. */
const LEVELS = [-60, 60] as const;
const SPREADS = [0, 20] as const;
/** Down to the last bit that matters. */
const HALVINGS = 50;

/** A figure to fit beside pass^1: that all of k repeats succeed, of tasks of so many claims. */
export interface Fitted {
  readonly k?: number;
  readonly claims?: number;
}

/** The level at which a share pass1 of single runs succeeds. */
export function levelFor(pass1: number, spread: number, claims = 1): number {
  return bisect(...LEVELS, (level) => passAllOf(1, { level, spread }, claims) <= pass1, HALVINGS);
}

/**
 * The difficulty that gives pass^1 and pass^k: the level follows from pass^1, and pass^k grows with the spread.
 * @throws RangeError unless 0 < pass1 < 1 and (pass1)^k <= passK < pass1: less than independent repeats, or more than equal
 *   ones, no spread can give
 */
export function fitDifficulty(
  pass1: number,
  passK: number,
  { k = 2, claims = 1 }: Fitted = {},
): Difficulty {
  if (!(pass1 > 0 && pass1 < 1 && passK >= power(pass1, k) && passK < pass1))
    throw new RangeError(
      `pass^1 ${pass1} and pass^${k} ${passK}: must be 0 < pass^1 < 1 and (pass^1)^${k} <= pass^${k} < pass^1`,
    );
  const at = (spread: number): Difficulty => ({ level: levelFor(pass1, spread, claims), spread });
  const isReached = (spread: number) => passAllOf(k, at(spread), claims) >= passK;
  return at(bisect(...SPREADS, isReached, HALVINGS));
}
