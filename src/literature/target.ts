// Targets: published figures that simulated ones are held against, and when a simulated one is near enough.
import type { MetricValue } from "../experiment/result.ts";

/** How near is near enough; bounds belong to it. An end of a range that is null is open. */
export type Tolerance =
  | { readonly kind: "range"; readonly from: number | null; readonly to: number | null }
  /** Share of the published value. */
  | { readonly kind: "relative"; readonly within: number }
  /** In the unit of the figure. */
  | { readonly kind: "absolute"; readonly within: number };

/**
 * Calibrated: the agents' parameters or the tasks were chosen with this figure, or with figures that it follows from,
 * in view. Predicted: they were not.
 */
export type Provenance = "calibrated" | "predicted";

export const relative = (within: number): Tolerance => ({ kind: "relative", within });
export const absolute = (within: number): Tolerance => ({ kind: "absolute", within });
export const range = (from: number | null, to: number | null): Tolerance => ({
  kind: "range",
  from,
  to,
});

/** A figure of which a range is published: its middle, and the range as the tolerance. */
export function between({ from, to }: { readonly from: number; readonly to: number }): Published {
  return { published: (from + to) / 2, tolerance: range(from, to) };
}

/** A published figure and how near is near enough: null where it is only put beside. */
export interface Published {
  readonly published: number;
  readonly tolerance: Tolerance | null;
}

/** The values that a tolerance accepts, or null where there is none. */
export function accepted({
  published,
  tolerance,
}: Published): readonly [low: number, high: number] | null {
  if (tolerance === null) return null;
  if (tolerance.kind === "range")
    return [tolerance.from ?? Number.NEGATIVE_INFINITY, tolerance.to ?? Number.POSITIVE_INFINITY];
  const { kind, within } = tolerance;
  const margin = kind === "relative" ? within * Math.abs(published) : within;
  return [published - margin, published + margin];
}

/** Whether the mean is accepted; null where there is no tolerance or no value. */
export function passes(target: Published, { mean }: MetricValue): boolean | null {
  const bounds = accepted(target);
  if (bounds === null || mean === null) return null;
  return bounds[0] <= mean && mean <= bounds[1];
}
