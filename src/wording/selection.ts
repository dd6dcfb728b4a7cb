// Which metrics a table shows, and under which headings.
import { METRIC_GROUPS, METRICS, type MetricDefinition } from "../metrics/definitions.ts";

export interface MetricGroup {
  readonly title: string;
  readonly metrics: readonly MetricDefinition[];
}

/** The groups of metrics with those that a result has: the main ones, or all in the order of their definition. */
export function selectMetrics(has: (name: string) => boolean, all: boolean): MetricGroup[] {
  return METRIC_GROUPS.map((title) => ({
    title,
    metrics: METRICS.filter(
      ({ group, prominence, name }) => group === title && (all || prominence) && has(name),
    ),
  })).filter((group) => group.metrics.length > 0);
}
