// Targets: published figures that simulated ones are held against, and when a simulated one is near enough.
import type { MetricValue } from "../experiment/result.ts";

/**
 * Where a tolerance comes from. Published: an interval, a range, a spread, the digits of a printed figure, or the spread of
 * published parts of it. Arbitrary: somebody chose it.
 */
export type Basis = "published" | "arbitrary";

/** How near is near enough; bounds belong to it. An end of a range that is null is open. */
export type Tolerance = (
  | { readonly kind: "range"; readonly from: number | null; readonly to: number | null }
  /** Share of the published value. */
  | { readonly kind: "relative"; readonly within: number }
  /** In the unit of the figure. */
  | { readonly kind: "absolute"; readonly within: number }
) & {
  /** Not in documents that version 0.1 has written. */
  readonly basis?: Basis;
};

/**
 * What a figure near the published one would show.
 *
 * - Calibrated: the agents' parameters or the tasks were chosen with this figure in view. That they can be chosen so is a
 *   finding.
 * - Predicted: they were not, and the figure could have come out otherwise.
 * - Derived: it follows by arithmetic from other figures of the study, which are judged themselves.
 * - Identity: it follows by arithmetic from inputs, as a closed form that a scenario was set to give. It cannot fail unless
 *   the engine does.
 * - Structural: it follows from a limit or from the shape of a protocol that was set.
 */
export const PROVENANCES = [
  "calibrated",
  "predicted",
  "derived",
  "identity",
  "structural",
] as const;

export type Provenance = (typeof PROVENANCES)[number];

/** The kinds whose verdicts are counted: the others say nothing that is not said already. */
export const COUNTED = ["calibrated", "predicted"] as const satisfies readonly Provenance[];

/** The kinds whose verdicts are not counted. */
export const UNCOUNTED = [
  "derived",
  "identity",
  "structural",
] as const satisfies readonly Provenance[];

/** Whether a verdict on figures of this kind is counted. */
export const isCounted = (kind: Provenance): boolean =>
  (COUNTED as readonly Provenance[]).includes(kind);

/** A share of the published value. Arbitrary, unless it is said to be published; so are the other tolerances. */
export const relative = (within: number, basis: Basis = "arbitrary"): Tolerance => ({
  kind: "relative",
  within,
  basis,
});

/** An amount in the unit of the figure. */
export const absolute = (within: number, basis: Basis = "arbitrary"): Tolerance => ({
  kind: "absolute",
  within,
  basis,
});

/** From one value to another; null: open. */
export const range = (
  from: number | null,
  to: number | null,
  basis: Basis = "arbitrary",
): Tolerance => ({ kind: "range", from, to, basis });

/** A figure of which a range is published: its middle, and the range as the tolerance. */
export function between({ from, to }: { readonly from: number; readonly to: number }): Published {
  return { published: (from + to) / 2, tolerance: range(from, to, "published") };
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
