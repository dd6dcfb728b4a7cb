// Where two protocols cross: the place along a swept parameter at which a paired difference passes 0.
import type { StudyEstimate } from "../study.ts";

/** A paired difference with its interval at one place of the sweep; an end that is null says nothing. */
export interface DifferenceAt {
  readonly x: number;
  readonly difference: StudyEstimate;
}

/**
 * The first place at which the difference passes 0, by linear interpolation between the places of the sweep; its
 * interval reaches from where the first bound of the difference's interval passes 0 to where the second one does. An end
 * is null where that bound does not pass within the sweep: the crossing may lie beyond.
 * @param points in ascending order of x
 * @returns null where the difference does not pass 0
 */
export function crossing(points: readonly DifferenceAt[]): StudyEstimate | null {
  const mean = passage(points, ({ mean }) => mean);
  if (mean === null) return null;
  const bounds = [0, 1].map((i) => passage(points, ({ ci }) => ci[i]));
  const before = bounds.find((x) => x !== null && x <= mean);
  const after = bounds.find((x) => x !== null && x >= mean && x !== before);
  return { mean, ci: [before ?? null, after ?? null] };
}

/** Where a curve changes its sign for the first time; touching 0 without a change is none. */
function passage(
  points: readonly DifferenceAt[],
  of: (difference: StudyEstimate) => number | null,
): number | null {
  for (let i = 1; i < points.length; i++) {
    const [from, to] = [of(points[i - 1].difference), of(points[i].difference)];
    if (from === null || to === null || from * to >= 0) continue;
    const [x, next] = [points[i - 1].x, points[i].x];
    return x + ((next - x) * from) / (from - to);
  }
  return null;
}

/** A ratio as the logarithm of it, which is 0 where two figures are equal. */
export function logarithm({ mean, ci: [low, high] }: StudyEstimate): StudyEstimate {
  return { mean: log(mean), ci: [log(low), log(high)] };
}

function log(ratio: number | null): number | null {
  return ratio === null || !(ratio > 0) || !Number.isFinite(ratio) ? null : Math.log(ratio);
}
