// Designs that are samples of the unit cube: what they know of their points without looking.
import type { Axis } from "./axes.ts";

/** Every coordinate takes a value once: points are distinct wherever one of the chosen axes is a range. */
export function fillsRange(axes: readonly Axis[], size: number) {
  return (isChosen: readonly boolean[]): boolean =>
    size === 1 || axes.some(({ kind }, i) => isChosen[i] && kind === "range");
}
