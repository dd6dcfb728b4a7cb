// How the uncertain numbers of a scenario are asked for: as it says, with another number of draws, or by their values alone.
import type { Scenario } from "../schema.ts";
import { FEWEST_DRAWS, MOST_DRAWS } from "./schema.ts";

export interface UncertainOptions {
  /** Whether the values alone count, as if they were known exactly. Excludes `draws`. */
  readonly fixed?: boolean | undefined;
  /** Draws of uncertain numbers, {@link FEWEST_DRAWS} to {@link MOST_DRAWS}; default: as the scenario says. */
  readonly draws?: number | undefined;
}

/** @throws RangeError when both are asked for, or the number of draws is out of range */
export function checkUncertainOptions({ fixed = false, draws }: UncertainOptions): void {
  if (draws === undefined) return;
  if (fixed) throw new RangeError("Both draws and fixed: must be one of them");
  if (!(Number.isInteger(draws) && draws >= FEWEST_DRAWS && draws <= MOST_DRAWS))
    throw new RangeError(
      `${draws} draws: must be an integer from ${FEWEST_DRAWS} to ${MOST_DRAWS}`,
    );
}

/** The scenario as it is asked for. One whose numbers are all known is itself. */
export function askedFor(scenario: Scenario, { fixed = false, draws }: UncertainOptions): Scenario {
  const { uncertain, ...known } = scenario;
  if (uncertain === undefined) return scenario;
  if (fixed) return known;
  return draws === undefined ? scenario : { ...scenario, uncertain: { ...uncertain, draws } };
}
