// Repeats of instances that differ in difficulty: pass^k in closed form, and the level and spread that give two of them.
//
// A claim goes wrong with the log-odds b + s z, with z standard normal and the same for all repeats of an instance. So
// repeats of a task of c claims are independent only given z: pass^k = E[p(z)^k] with p(z) = (1 + exp(b + s z))^-c.
import { bisect } from "../../numerics/bisect.ts";
import { normalMean } from "../../numerics/normalMean.ts";
import { power, square } from "../../numerics/power.ts";

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

/**
 * The difficulty that gives pass^1 and pass^2: the level follows from pass^1, and pass^2 grows with the spread.
 * @throws RangeError unless 0 < pass1 < 1 and pass1² <= pass2 < pass1: less than independent repeats, or more than equal
 *   ones, no spread can give
 */
export function fitDifficulty(pass1: number, pass2: number, claims = 1): Difficulty {
  if (!(pass1 > 0 && pass1 < 1 && pass2 >= square(pass1) && pass2 < pass1))
    throw new RangeError(
      `pass^1 ${pass1} and pass^2 ${pass2}: must be 0 < pass^1 < 1 and (pass^1)² <= pass^2 < pass^1`,
    );
  const levelFor = (spread: number) =>
    bisect(...LEVELS, (level) => passAllOf(1, { level, spread }, claims) <= pass1, HALVINGS);
  const spread = bisect(
    ...SPREADS,
    (spread) => passAllOf(2, { level: levelFor(spread), spread }, claims) >= pass2,
    HALVINGS,
  );
  return { level: levelFor(spread), spread };
}
