// The colours of numbers: from little to much over the values that there are, so that differences show, but none that
// chance explains.
import type { MetricValue } from "../experiment/result.ts";
import { formatOf, type Measure } from "./measure.ts";
import {
  extent,
  logScale,
  type Scale,
  scaleSpec,
  shareAlong,
  spansDecades,
  tightScale,
} from "./scales.ts";
import type { Theme } from "./theme.ts";

/** The scale that values are coloured on. It is at least as wide as their usual interval: noise stays pale. */
export function rampScale(values: readonly MetricValue[], unit: Measure): Scale {
  const means = values.flatMap(({ mean }) => (mean === null ? [] : [mean]));
  if (spansDecades(means)) return logScale(means);
  const widths = values
    .flatMap(({ ci: [low, high] }) => (low === null || high === null ? [] : [high - low]))
    .sort((a, b) => a - b);
  const width = widths[Math.floor(widths.length / 2)] ?? 0;
  const [low, high] = extent(means);
  const beyond = Math.max(0, (width - (high - low)) / 2);
  const scale = tightScale([low - beyond, high + beyond]);
  if (!unit.isShare) return low >= 0 ? within(scale, 0, Number.POSITIVE_INFINITY) : scale;
  return high <= 1 && low >= 0 ? within(scale, 0, 1) : scale;
}

const within = ({ type, domain: [low, high] }: Scale, least: number, greatest: number): Scale => ({
  type,
  domain: [Math.max(least, low), Math.min(greatest, high)],
});

/** The colour of a field on the scale, with its legend. */
export function rampColor(field: string, scale: Scale, unit: Measure, theme: Theme) {
  return {
    field,
    type: "quantitative",
    scale: { ...scaleSpec(scale), range: theme.ramp },
    legend: {
      title: unit.title,
      ...formatOf(unit, scale),
      gradientLength: 200,
      orient: "right",
    },
  };
}

/** Whether text on the colour of a value is to be that of the ground. */
export const isStrong = (scale: Scale, mean: number, theme: Theme) =>
  shareAlong(scale, mean) > theme.rampTurn;
