// How near a simulated figure is to be to a published one, as text.
import type { Tolerance } from "../literature/target.ts";
import { plainNumber } from "./estimate.ts";

/** Marks a tolerance that somebody chose. */
const ARBITRARY = "†";

/** What the mark stands for. */
export const ARBITRARY_NOTE = `${ARBITRARY}: arbitrary. The source publishes no uncertainty of the figure that could be a tolerance.`;

/** Such as ±15 % †, ±.06, 65 to 95, at least 0; nothing for a figure without a tolerance. */
export function toleranceText(tolerance: Tolerance | null): string {
  if (tolerance === null) return "";
  return isArbitrary(tolerance) ? `${boundsText(tolerance)} ${ARBITRARY}` : boundsText(tolerance);
}

/** Whether somebody chose the tolerance. */
export const isArbitrary = (tolerance: Tolerance | null): boolean =>
  tolerance?.basis === "arbitrary";

function boundsText(tolerance: Tolerance): string {
  if (tolerance.kind === "relative") return `±${plainNumber(100 * tolerance.within)} %`;
  if (tolerance.kind === "absolute") return `±${plainNumber(tolerance.within).replace(/^0/, "")}`;
  const { from, to } = tolerance;
  if (from === null) return to === null ? "any" : `at most ${plainNumber(to)}`;
  return to === null
    ? `at least ${plainNumber(from)}`
    : `${plainNumber(from)} to ${plainNumber(to)}`;
}
