// Which mix of easy and hard tasks gives both a success rate and eight successes in a row: closed forms and their inverse.

import { bisect } from "../../numerics/bisect.ts";
import { type Difficulty, passAllOf } from "../taubench/difficulty.ts";

/** Runs in a row that the source asks for. */
export const RUNS = 8;

/** Largest spread of a scenario file, in log-odds: next to none of the instances are then neither sure nor hopeless. */
const MOST_SPREAD = 20;

const HALVINGS = 40;

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
  const at = (spread: number): Mix => {
    const mix = { level: levelFor(efficacy, spread), spread };
    const reached = passAllOf(RUNS, mix);
    return { ...mix, reliability: reached, isReached: Math.abs(reached - reliability) < 1e-6 };
  };
  if (at(MOST_SPREAD).reliability < reliability) return at(MOST_SPREAD);
  if (at(0).reliability > reliability) return at(0);
  return at(bisect(0, MOST_SPREAD, (spread) => at(spread).reliability >= reliability, HALVINGS));
}

/** Mean error log-odds with which a share `efficacy` of the runs succeeds. */
function levelFor(efficacy: number, spread: number): number {
  return bisect(-200, 200, (level) => passAllOf(1, { level, spread }) <= efficacy, HALVINGS);
}
