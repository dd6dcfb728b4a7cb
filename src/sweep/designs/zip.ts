// The zip: all axes go forward together, the first levels make the first point.
import type { Levels } from "./axes.ts";
import type { Design } from "./design.ts";

/**
 * Without axes it is one empty point.
 * @throws RangeError when the axes have different numbers of levels
 */
export function zipDesign(axes: readonly Levels[]): Design {
  const count = axes[0]?.count ?? 1;
  if (axes.some((axis) => axis.count !== count))
    throw new RangeError("the axes of a zip have equally many levels");
  return {
    count,
    pointAt: (index) => axes.map((axis) => axis.level(index)),
    isDistinctOn: (isChosen) => count === 1 || isChosen.some(Boolean),
  };
}
