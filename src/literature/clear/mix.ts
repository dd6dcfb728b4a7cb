// Which mix of easy and hard tasks gives both a success rate and eight successes in a row: closed forms and their inverse.

import { power } from "../../numerics/power.ts";
import { type Difficulty, fitDifficulty, levelFor, passAllOf } from "../taubench/difficulty.ts";

/** Runs in a row that the source asks for. */
export const RUNS = 8;

/** Largest spread of a scenario file, in log-odds: next to none of the instances are then neither sure nor hopeless. */
const MOST_SPREAD = 20;

export interface Mix extends Difficulty {
  /** Chance of RUNS successes in a row that it gives. */
  readonly reliability: number;
  /** Whether that is the reliability that was wanted. */
  readonly isReached: boolean;
}

/**
 * The mix of instances with this share of successes whose reliability is nearest to the one wanted. The more instances
 * differ, the nearer the reliability comes to the efficacy, which it never reaches.
 * @param efficacy chance of a success, in (0, 1)
 * @param reliability chance of RUNS successes in a row, in (0, 1)
 */
export function mixFor(efficacy: number, reliability: number): Mix {
  const at = (spread: number) => mixOf({ level: levelFor(efficacy, spread), spread }, reliability);
  if (at(MOST_SPREAD).reliability < reliability) return at(MOST_SPREAD);
  if (power(efficacy, RUNS) > reliability) return at(0);
  return mixOf(fitDifficulty(efficacy, reliability, { k: RUNS }), reliability);
}

function mixOf(difficulty: Difficulty, wanted: number): Mix {
  const reliability = passAllOf(RUNS, difficulty);
  return { ...difficulty, reliability, isReached: Math.abs(reliability - wanted) < 1e-6 };
}
