// Differences: a tornado of the paired differences to the baseline, each relative to what the baseline has.
import { readMetric, type ScenarioResult } from "../../experiment/result.ts";
import { METRICS, type MetricDefinition } from "../../metrics/definitions.ts";
import type { ChartDefinition } from "../definition.ts";
import { linearScale, scaleSpec } from "../scales.ts";
import { colorBy, type Member, membersOf, titled } from "../series.ts";
import { SIZE, type Theme } from "../theme.ts";
import { estimateLabel, Gaps, INTERVAL, sampleNote, unitOf } from "../words.ts";

/** Metrics that are compared: what came out, what it took. Categories of errors have a chart of their own, and overhead
 * tokens are tokens too: they grow so much that nothing else could be seen beside them. */
const COMPARED = METRICS.filter(
  ({ name, meanOf }) =>
    meanOf !== undefined && !/^(overheadTokens|faults\..*|checks\..*)$/.test(name),
);

interface Bar {
  readonly metric: MetricDefinition;
  readonly member: Member;
  /** Difference and bounds, relative to the baseline's mean. */
  readonly change: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly tip: string;
}

export const differences: ChartDefinition<"faultline/compare@1"> = {
  name: "differences",
  shows: "tornado of the paired differences to the baseline, the largest first",
  from: ["faultline/compare@1"],
  draw(result, theme) {
    const members = membersOf(result, theme);
    const title = titled("Differences to the baseline", members);
    const base = members.find(({ name }) => name === result.baseline);
    if (base === undefined) return { title, why: "The result does not have its baseline." };
    const gaps = new Gaps();
    const others = members.filter((one) => one !== base);
    const bars = others.flatMap((one) => barsOf(one, base.result, gaps));
    if (bars.length === 0) return { title, why: gaps.note() || "There is nothing to compare." };
    const said = bars.map(
      ({ metric, member, change, tip }) =>
        `${metric.title.toLowerCase()} of ${member.label} ${change < 0 ? "" : "+"}${Math.round(100 * change)} % (${tip})`,
    );
    return {
      title,
      notes: [
        `${sampleNote(result)} Lines: ${INTERVAL} of the paired difference. Pale: the interval holds 0.`,
        gaps.note(),
      ],
      alt: `${title} ${base.label}: ${said.join("; ")}.`,
      view: tornado(bars, base.label, theme),
      width: new Set(bars.map(({ member }) => member)).size > 1 ? 760 : 500,
    };
  },
};

function barsOf(member: Member, base: ScenarioResult, gaps: Gaps): Bar[] {
  return COMPARED.flatMap((metric): Bar[] => {
    const difference = member.result.differences?.[metric.name];
    const before = readMetric(base.metrics, metric.name)?.mean;
    if (difference == null || difference.mean === null) {
      gaps.add(`${metric.title.toLowerCase()} of ${member.label}`, difference);
      return [];
    }
    if (before == null || before === 0) {
      gaps.add(metric.title.toLowerCase(), { undefined: "the baseline has none" });
      return [];
    }
    const { mean, ci } = difference;
    const relative = (x: number | null) => (x === null ? null : x / before);
    const tip = `${estimateLabel(unitOf(metric), difference)} ${metric.unit === "share" ? "points" : metric.unit}`;
    return [
      { metric, member, change: mean / before, low: relative(ci[0]), high: relative(ci[1]), tip },
    ];
  });
}

function tornado(bars: readonly Bar[], baseline: string, theme: Theme): object {
  const scale = linearScale([
    0,
    ...bars.flatMap(({ change, low, high }) => [change, low ?? 0, high ?? 0]),
  ]);
  const [least, greatest] = scale.domain;
  const members = [...new Set(bars.map(({ member }) => member))];
  const values = bars.map(({ metric, member, change, low, high, tip }) => ({
    series: member.label,
    order: members.indexOf(member),
    metric: metric.title,
    change,
    low: low ?? least,
    high: high ?? greatest,
    isClear: low !== null && high !== null && low * high > 0,
    tip,
  }));
  const x = {
    field: "change",
    type: "quantitative",
    scale: scaleSpec(scale),
    axis: {
      title: `difference to ${baseline} (% of its mean)`,
      format: "+.0%",
      tickCount: 5,
      grid: true,
    },
  };
  const y = {
    field: "metric",
    type: "nominal",
    scale: { domain: byGreatest(bars) },
    axis: { title: null, labelColor: theme.text, labelFontSize: SIZE.text },
  };
  const color = colorBy("series", members);
  const tooltip = [
    { field: "series", type: "nominal", title: "scenario" },
    { field: "metric", type: "nominal" },
    { field: "tip", type: "nominal", title: "difference" },
    { field: "change", type: "quantitative", title: `of ${baseline}`, format: "+.1%" },
  ];
  const isSingle = members.length === 1;
  const spec = {
    width: isSingle ? 400 : 280,
    height: { step: 22 },
    layer: [
      {
        mark: { type: "bar", height: { band: 0.66 } },
        encoding: {
          x,
          y,
          color,
          opacity: { condition: { test: "datum.isClear", value: 0.8 }, value: 0.25 },
          tooltip,
        },
      },
      {
        mark: { type: "rule", color: theme.text, strokeWidth: 1.2 },
        encoding: { x: { ...x, field: "low" }, x2: { field: "high" }, y },
      },
      {
        mark: { type: "rule", color: theme.muted },
        encoding: { x: { datum: 0, type: "quantitative" } },
      },
    ],
  };
  if (isSingle) return { data: { values }, ...spec };
  return {
    data: { values },
    facet: {
      field: "series",
      type: "nominal",
      sort: { field: "order", op: "min" },
      title: null,
      header: { labelAnchor: "start", labelPadding: 6 },
    },
    columns: 2,
    spacing: { row: 24, column: 44 },
    spec,
  };
}

/** Metrics by the size of their greatest difference. */
function byGreatest(bars: readonly Bar[]): string[] {
  const greatest = new Map<string, number>();
  for (const { metric, change } of bars)
    greatest.set(metric.title, Math.max(greatest.get(metric.title) ?? 0, Math.abs(change)));
  return [...greatest].sort(([, a], [, b]) => b - a).map(([title]) => title);
}
