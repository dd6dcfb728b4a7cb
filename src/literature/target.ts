// Targets: published figures that simulated ones are held against, and when a simulated one is near enough.
import type { MetricValue } from "../experiment/result.ts";
import type { Observations } from "./kim2025/observations.ts";

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

/** How a figure is computed from what was observed. */
export type Estimator = (observed: Observations) => MetricValue;

export interface Target {
  readonly id: string;
  /** What kind of figure it is: heads a group in tables. */
  readonly figure: string;
  /** Which one of that kind. */
  readonly title: string;
  readonly unit: string;
  readonly published: number;
  readonly publishedCi?: readonly [low: number, high: number];
  /** Null where the published figure is only put beside. */
  readonly tolerance: Tolerance | null;
  readonly kind: Provenance;
  readonly source: string;
  /** Which definition the simulated value follows, exactly. */
  readonly definition: string;
  /** Where the source contradicts itself, and what else a reader should know. */
  readonly note?: string;
  readonly of: Estimator;
  /** The same figure by another definition that the source allows. */
  readonly other?: { readonly definition: string; readonly of: Estimator };
}

/** The values that a tolerance accepts, or null where there is none. */
export function accepted({
  published,
  tolerance,
}: Pick<Target, "published" | "tolerance">): readonly [low: number, high: number] | null {
  if (tolerance === null) return null;
  if (tolerance.kind === "range")
    return [tolerance.from ?? Number.NEGATIVE_INFINITY, tolerance.to ?? Number.POSITIVE_INFINITY];
  const { kind, within } = tolerance;
  const margin = kind === "relative" ? within * Math.abs(published) : within;
  return [published - margin, published + margin];
}

/** Whether the mean is accepted; null where there is no tolerance or no value. */
export function passes(
  target: Pick<Target, "published" | "tolerance">,
  { mean }: MetricValue,
): boolean | null {
  const bounds = accepted(target);
  if (bounds === null || mean === null) return null;
  return bounds[0] <= mean && mean <= bounds[1];
}
