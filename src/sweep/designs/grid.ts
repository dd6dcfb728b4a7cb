// The full grid: every combination of levels. The last axis changes fastest, as the digits of a number do.
import type { FactorValue, Levels } from "./axes.ts";
import { listed } from "./axes.ts";
import type { Design } from "./design.ts";

/** Without axes it is one empty point. */
export function gridDesign(axes: readonly Levels[]): Design {
  return {
    count: axes.reduce((product, { count }) => product * count, 1),
    pointAt(index) {
      const point: FactorValue[] = new Array(axes.length);
      let rest = index;
      for (let i = axes.length - 1; i >= 0; i--) {
        const { count } = axes[i];
        point[i] = axes[i].level(rest % count);
        rest = Math.floor(rest / count);
      }
      return point;
    },
    isDistinctOn: (isChosen) => isChosen.every(Boolean),
    narrowedTo: (isChosen) =>
      gridDesign(axes.map((axis, i) => (isChosen[i] ? axis : listed([axis.level(0)])))),
  };
}
