// A list of points, each as written.
import type { Design, Point } from "./design.ts";

export function pointsDesign(points: readonly Point[]): Design {
  return {
    count: points.length,
    pointAt: (index) => points[index],
    isDistinctOn: () => points.length <= 1,
  };
}
