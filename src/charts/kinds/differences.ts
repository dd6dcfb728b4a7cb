// Differences: the paired differences to the baseline, each relative to what the baseline has: the most important first, in
// the colour of better or worse.
//
// Important is what surely differs by much: metrics are sorted by the least change that the interval allows, the bound nearer
// to 0 relative to the baseline's mean; those whose interval holds 0 come last.

import { readMetric, type ScenarioResult } from "../../experiment/result.ts";
import { METRICS, type MetricDefinition } from "../../metrics/definitions.ts";
import { experimentSample, INTERVAL } from "../../wording/sample.ts";
import { legendAbove, nameAxis } from "../channels.ts";
import type { ChartDefinition } from "../definition.ts";
import { Gaps } from "../gaps.ts";
import { estimateLabel, inMeasure, measureOf } from "../measure.ts";
import { linearScale, scaleSpec } from "../scales.ts";
import { type Member, membersOf, titled } from "../series.ts";
import { SIZE, type Theme } from "../theme.ts";

/** Metrics that are compared: what came out, what it took. Categories of errors have a chart of their own, and overhead
 * tokens are tokens too: they grow so much that nothing else could be seen beside them. */
const COMPARED = METRICS.filter(
  ({ name, meanOf }) =>
    meanOf !== undefined && !/^(overheadTokens|faults\..*|checks\..*|missing\..*)$/.test(name),
);

/** Width of the column of values beside a panel. */
const VALUES = 50;

/** How a difference is judged, by the way in which its metric is better. */
const JUDGEMENTS = ["better", "worse", "neither"] as const;

type Judgement = (typeof JUDGEMENTS)[number];

interface Bar {
  readonly metric: MetricDefinition;
  readonly member: Member;
  /** Difference and bounds, relative to the baseline's mean. */
  readonly change: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly judgement: Judgement;
  readonly tip: string;
}

export const differences: ChartDefinition<"faultline/compare@1"> = {
  name: "differences",
  shows: "paired differences to the baseline, the most important first, better or worse",
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
    if (bars.every(({ change }) => change === 0))
      return { title, why: `No metric differs from that of ${base.label}.` };
    if (bars.length === 1)
      return { title, why: `Only one metric can be compared: ${barText(bars[0])}.` };
    return {
      title,
      notes: [
        `${experimentSample(result)} Lines: ${INTERVAL} of the paired difference.`,
        "Sorted by the least change that the interval allows.",
        bars.some((bar) => leastChange(bar) === 0) ? "Pale: the interval holds 0." : "",
        gaps.note(),
      ],
      alt: `${title} ${base.label}: ${sorted(bars).map(barText).join("; ")}.`,
      view: tornado(bars, base.label, theme),
      width: others.length > 1 ? 780 : 520,
    };
  },
};

const percent = (change: number) =>
  `${change < 0 ? "−" : "+"}${Math.abs(Math.round(100 * change))} %`;

const barText = ({ metric, member, change, tip }: Bar) =>
  `${metric.title.toLowerCase()} of ${member.label} ${percent(change)} (${tip})`;

/** The change, relative to the baseline, that is sure at 95 %: the bound nearer to 0, or 0 where the interval holds it. */
function leastChange({ low, high }: Bar): number {
  if (low === null || high === null || low * high <= 0) return 0;
  return Math.min(Math.abs(low), Math.abs(high));
}

/** The most important first. */
const sorted = (bars: readonly Bar[]) =>
  [...bars].sort(
    (a, b) => leastChange(b) - leastChange(a) || Math.abs(b.change) - Math.abs(a.change),
  );

function barsOf(member: Member, base: ScenarioResult, gaps: Gaps): Bar[] {
  return COMPARED.flatMap((metric): Bar[] => {
    const difference = member.result.differences?.[metric.name];
    if (difference === undefined && metric.about !== undefined) return [];
    const before = readMetric(base.metrics, metric.name)?.mean;
    if (difference == null || difference.mean === null) {
      gaps.add(`${metric.title.toLowerCase()} of ${member.label}`, difference);
      return [];
    }
    const { mean, ci } = difference;
    if (before == null || before === 0) {
      // What neither has need not be told.
      if (mean !== 0) gaps.add(metric.title.toLowerCase(), { undefined: "the baseline has none" });
      return [];
    }
    const relative = (x: number | null) => (x === null ? null : x / Math.abs(before));
    const unit = measureOf(metric, [difference]);
    const tip = `${estimateLabel(unit, inMeasure(unit, difference))}${unitText(metric)}`;
    const change = mean / Math.abs(before);
    const bar = { metric, member, change, low: relative(ci[0]), high: relative(ci[1]), tip };
    return [{ ...bar, judgement: judgementOf(metric, change) }];
  });
}

/** What stands after a difference that has no unit yet. */
function unitText({ unit }: MetricDefinition): string {
  if (unit === "share") return " points";
  return unit === "seconds" ? "" : ` ${unit}`;
}

function judgementOf({ better }: MetricDefinition, change: number): Judgement {
  if (better === undefined || change === 0) return "neither";
  return change > 0 === (better === "higher") ? "better" : "worse";
}

function tornado(bars: readonly Bar[], baseline: string, theme: Theme): object {
  const scale = linearScale([
    0,
    ...bars.flatMap(({ change, low, high }) => [change, low ?? 0, high ?? 0]),
  ]);
  const [least, greatest] = scale.domain;
  const members = [...new Set(bars.map(({ member }) => member))];
  const values = sorted(bars).map((bar) => ({
    series: bar.member.label,
    metric: bar.metric.title,
    change: bar.change,
    low: bar.low ?? least,
    high: bar.high ?? greatest,
    isClear: leastChange(bar) > 0,
    judgement: bar.judgement,
    label: percent(bar.change),
    tip: bar.tip,
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
    sort: null,
    axis: nameAxis(theme),
  };
  const shown = JUDGEMENTS.filter((one) => bars.some(({ judgement }) => judgement === one));
  const colors = { better: theme.better, worse: theme.worse, neither: theme.neutral };
  const color = {
    field: "judgement",
    type: "nominal",
    scale: { domain: shown, range: shown.map((one) => colors[one]) },
    legend: legendAbove("square"),
  };
  const tooltip = [
    { field: "series", type: "nominal", title: "scenario" },
    { field: "metric", type: "nominal" },
    { field: "tip", type: "nominal", title: "difference" },
    { field: "change", type: "quantitative", title: `of ${baseline}`, format: "+.1%" },
  ];
  const isSingle = members.length === 1;
  const spec = {
    width: isSingle ? 380 : 250,
    height: { step: 22 },
    layer: [
      {
        mark: { type: "bar", height: { band: 0.66 } },
        encoding: {
          x,
          y,
          color,
          opacity: { condition: { test: "datum.isClear", value: 0.9 }, value: 0.3 },
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
      {
        mark: { type: "text", align: "right", dx: VALUES },
        encoding: { x: { value: "width" }, y, text: { field: "label" } },
      },
    ],
  };
  if (isSingle) return { data: { values }, ...spec };
  // Each team has an order of its own.
  return {
    columns: 2,
    spacing: { row: 24, column: 30 },
    concat: members.map(({ label }) => ({
      title: { text: label, fontSize: SIZE.text, frame: "group", offset: 8 },
      data: { values: values.filter(({ series }) => series === label) },
      ...spec,
    })),
  };
}
