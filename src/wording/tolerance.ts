// How near a simulated figure is to be to a published one, as text.
import type { Tolerance } from "../literature/target.ts";
import { plainNumber } from "./estimate.ts";

/** Such as ±15 %, ±.06, 65 to 95, at least 0; nothing for a figure without a tolerance. */
export function toleranceText(tolerance: Tolerance | null): string {
  if (tolerance === null) return "";
  if (tolerance.kind === "relative") return `±${plainNumber(100 * tolerance.within)} %`;
  if (tolerance.kind === "absolute") return `±${plainNumber(tolerance.within).replace(/^0/, "")}`;
  const { from, to } = tolerance;
  if (from === null) return `at most ${to}`;
  return to === null ? `at least ${from}` : `${from} to ${to}`;
}
