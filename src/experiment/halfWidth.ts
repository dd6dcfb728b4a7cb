// How precise an estimate is to be, as text: `1%` of the estimate, or `0.01` in the metric's own unit. Imports nothing,
// since the command line reads it before anything else is loaded.

/** Half-width of a 95 % interval: as a share of the estimate, or in the unit of the metric. Above 0. */
export type HalfWidth = { readonly relative: number } | { readonly absolute: number };

/** A metric, and how precise its estimates are to be. */
export interface PrecisionTarget {
  readonly metric: string;
  readonly halfWidth: HalfWidth;
}

const HALF_WIDTH = /^\s*(?:±|\+-|\+\/-)?\s*((?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*(%?)\s*$/i;

/** Reads `1%`, `0.01`, or either after a `±`; undefined where the text is anything else, or the width is 0. */
export function parseHalfWidth(text: string): HalfWidth | undefined {
  const parts = HALF_WIDTH.exec(text);
  const number = Number(parts?.[1] ?? Number.NaN);
  if (!(number > 0 && Number.isFinite(number))) return undefined;
  return parts?.[2] === "%" ? { relative: number / 100 } : { absolute: number };
}

/** Reads `METRIC=HALFWIDTH`; undefined where the text is anything else. */
export function parsePrecision(text: string): PrecisionTarget | undefined {
  const at = text.indexOf("=");
  const metric = text.slice(0, Math.max(at, 0)).trim();
  const halfWidth = parseHalfWidth(text.slice(at + 1));
  return metric === "" || halfWidth === undefined ? undefined : { metric, halfWidth };
}

/** The text that {@link parseHalfWidth} reads as that half-width. */
export function halfWidthText(halfWidth: HalfWidth): string {
  // Fifteen digits hide what multiplication by 100 rounded.
  return "relative" in halfWidth
    ? `${Number((100 * halfWidth.relative).toPrecision(15))}%`
    : String(halfWidth.absolute);
}
