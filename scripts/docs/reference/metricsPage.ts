// The page docs/reference/metrics.md: every metric by its heading, from its definition.
import { BREAKDOWN, type BreakdownFigure } from "../../../src/metrics/breakdown.ts";
import { INTERVALS, METRIC_GROUPS } from "../../../src/metrics/define.ts";
import { METRICS } from "../../../src/metrics/definitions.ts";
import { wordTable } from "../places.ts";
import { pageFrom } from "./page.ts";

export function metricsPage(): string {
  return pageFrom("src/metrics/reference.md", {
    "table intervals": wordTable(
      ["Interval", "How it is made"],
      Object.entries(INTERVALS).map(([name, how]) => [name, `${how}.`]),
    ),
    ...Object.fromEntries(
      Object.entries(BREAKDOWN).map(([kind, figures]) => [`table ${kind}`, figureTable(figures)]),
    ),
    ...Object.fromEntries(METRIC_GROUPS.map((group) => [`table ${group}`, metricTable(group)])),
  });
}

const metricTable = (group: string) =>
  wordTable(
    ["Name", "Unit", "Meaning", "Formula", "Undefined if", "Interval"],
    METRICS.filter((metric) => metric.group === group).map((metric) => [
      `\`${metric.name}\``,
      metric.unit,
      metric.description + betterText(metric.better),
      `\`${metric.formula}\``,
      metric.whenUndefined,
      metric.interval,
    ]),
  );

const figureTable = (figures: readonly BreakdownFigure[]) =>
  wordTable(
    ["Name", "Unit", "Meaning", "Undefined if"],
    figures.map(({ name, unit, description, whenUndefined }) => [
      `\`${name}\``,
      unit,
      description,
      whenUndefined,
    ]),
  );

const betterText = (better: "higher" | "lower" | undefined) =>
  better === undefined ? "" : ` ${better === "higher" ? "Higher" : "Lower"} is better.`;
