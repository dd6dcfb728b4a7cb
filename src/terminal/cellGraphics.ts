// Which figure of a result's table is drawn beside its number, and on which scale: shares as bars from 0 to 1, amplification
// as bars on a logarithmic scale, pass^1 to pass^8 and the quantiles of latency as sparklines.
import { type MetricValue, readMetric, type ScenarioResult } from "../experiment/result.ts";
import { METRIC_NAMES, type MetricDefinition } from "../metrics/definitions.ts";
import { plainNumber } from "../wording/estimate.ts";
import type { MetricGroup } from "../wording/selection.ts";
import { bar, decades, type Graphic, sparkline } from "./bars.ts";

export interface Drawer {
  /** The figure of a metric of a scenario; undefined where it has none. */
  draw(metric: MetricDefinition, scenario: ScenarioResult): Graphic | undefined;
  /** Lines that explain the figures which a table has. */
  legend(table: string): string[];
}

const PASS = METRIC_NAMES.filter((name) => /^(passAt1|passHat\d+)$/.test(name));
const LATENCY = METRIC_NAMES.filter((name) => name.startsWith("latency.p"));

/** The metrics that have a figure, with the kind of it. */
const isRatio = ({ name }: MetricDefinition) => name.startsWith("amplification.");
const isShare = ({ name, unit }: MetricDefinition) => unit === "share" && name !== "absorption";

/** Draws for a table of these scenarios and metrics: its columns share their scales. */
export function drawerOf(
  scenarios: readonly ScenarioResult[],
  groups: readonly MetricGroup[],
): Drawer {
  const shown = groups.flatMap(({ metrics }) => metrics);
  const ratios = valuesOf(
    scenarios,
    shown.filter(isRatio).map(({ name }) => name),
  );
  const [low, high] = decades([1, ...ratios.flatMap(({ mean }) => mean ?? [])]);
  const along = (ratio: number) => Math.log(ratio / low) / Math.log(high / low);
  const slowest = valuesOf(scenarios, LATENCY).reduce(
    (most, { mean }) => Math.max(most, mean ?? 0),
    0,
  );
  return {
    draw(metric, { metrics }) {
      const series = (names: readonly string[], most: number) => {
        const means = names.map((name) => readMetric(metrics, name)?.mean ?? Number.NaN);
        return means.every(Number.isFinite) && most > 0
          ? sparkline(means.map((mean) => mean / most))
          : undefined;
      };
      if (metric.name === "passHat8") return series(PASS, 1);
      if (metric.name === "latency.p50") return series(LATENCY, slowest);
      const value = readMetric(metrics, metric.name);
      if (value?.mean == null) return undefined;
      if (isShare(metric)) return bar(value.mean, value.ci[1] ?? 1);
      if (!isRatio(metric) || value.mean <= 0) return undefined;
      return bar(along(value.mean), along(value.ci[1] ?? high));
    },
    legend(table) {
      if (!/[█▉▊▋▌▍▎▏▁▂▃▄▅▆▇]/.test(table)) return [];
      const hasRatios = ratios.some(({ mean }) => mean !== null);
      const has = (name: string) => shown.some((metric) => metric.name === name);
      return [
        [
          `Bars: shares from 0 to 1${hasRatios ? `, amplification from ${plainNumber(low)} to ${plainNumber(high)} on a logarithmic scale` : ""}; ─ to the upper end of the interval.`,
          has("passHat8") ? "pass^8: pass^1 to pass^8." : "",
          has("latency.p50") ? "Latency: p50, p95, p99." : "",
        ]
          .filter((text) => text !== "")
          .join(" "),
      ];
    },
  };
}

function valuesOf(scenarios: readonly ScenarioResult[], names: readonly string[]): MetricValue[] {
  return scenarios.flatMap(({ metrics }) =>
    names.flatMap((name) => readMetric(metrics, name) ?? []),
  );
}
