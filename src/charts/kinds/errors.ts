// Errors: how they began and what checks made of them, by category.

import { type MetricValue, readMetric } from "../../experiment/result.ts";
import { METRICS, type MetricDefinition } from "../../metrics/definitions.ts";
import { experimentSample, INTERVAL } from "../../wording/sample.ts";
import { shortList } from "../../wording/sentence.ts";
import { legendAbove, nameAxis } from "../channels.ts";
import type { ChartDefinition } from "../definition.ts";
import { Gaps } from "../gaps.ts";
import { estimateLabel, measureOf } from "../measure.ts";
import { linearScale, scaleSpec } from "../scales.ts";
import { colorBy, type Member, membersOf, titled } from "../series.ts";
import type { Theme } from "../theme.ts";

const GROUPS = [
  { title: "How errors began (mean per task)", prefix: "faults." },
  { title: "What checks did (mean per task)", prefix: "checks." },
].map(({ title, prefix }) => ({
  title,
  metrics: METRICS.filter(({ name }) => name.startsWith(prefix) && name !== "faults.total"),
}));
const UNIT = measureOf({ title: "Mean", unit: "per task" });
const WIDTH = 440;

interface Entry {
  readonly metric: MetricDefinition;
  readonly member: Member;
  readonly value: MetricValue;
}

export const errors: ChartDefinition<"faultline/run@1" | "faultline/compare@1"> = {
  name: "errors",
  shows: "how errors began and what checks caught, by category",
  from: ["faultline/run@1", "faultline/compare@1"],
  draw(result, theme) {
    const members = membersOf(result, theme);
    const title = titled("Errors by category", members);
    const gaps = new Gaps();
    const absent: string[] = [];
    const panels = GROUPS.map((group) => {
      const entries = group.metrics.flatMap((metric) => {
        const known = having(metric, members).flatMap((member) =>
          gaps
            .known(member.label, readMetric(member.result.metrics, metric.name))
            .map((value): Entry => ({ metric, member, value })),
        );
        // A category that never occurs is told, not drawn.
        if (known.some(({ value }) => value.mean !== 0)) return known;
        if (known.length > 0) absent.push(metric.title.toLowerCase());
        return [];
      });
      return { title: group.title, entries };
    }).filter(({ entries }) => entries.length > 0);
    if (panels.length === 0)
      return {
        title,
        why: absent.length > 0 ? "There is no error at all, and no false alarm." : gaps.note(),
      };
    const [only, ...rest] = panels.flatMap(({ entries }) => entries);
    if (rest.length === 0)
      return {
        title,
        why: `There is one category only: ${only.metric.title.toLowerCase()}, ${estimateLabel(UNIT, only.value)} per task.`,
      };
    const none = absent.length === 0 ? "" : `Never: ${shortList(absent)}.`;
    const said = panels.flatMap(({ entries }) =>
      entries.map(
        ({ metric, member, value }) =>
          `${metric.title.toLowerCase()} of ${member.label} ${estimateLabel(UNIT, value)}`,
      ),
    );
    return {
      title,
      notes: [`${experimentSample(result)} Lines: ${INTERVAL}.`, none, gaps.note()],
      alt: `${title}, mean per task: ${said.join("; ")}.`,
      view: {
        spacing: 26,
        vconcat: panels.map(({ title, entries }) => panelOf(title, entries, members, theme)),
      },
      width: WIDTH + 120,
    };
  },
};

/** The members of which a metric speaks at all. */
const having = ({ name, about }: MetricDefinition, members: readonly Member[]) =>
  members.filter(({ result }) => about === undefined || readMetric(result.metrics, name));

function panelOf(
  title: string,
  entries: readonly Entry[],
  members: readonly Member[],
  theme: Theme,
): object {
  const bounds = entries.flatMap(({ value: { mean, ci } }) => [mean ?? 0, ci[0] ?? 0, ci[1] ?? 0]);
  const scale = linearScale([0, ...bounds]);
  const values = entries.map(({ metric, member, value }) => ({
    category: metric.title,
    series: member.label,
    mean: value.mean,
    low: Math.max(value.ci[0] ?? 0, 0),
    high: value.ci[1] ?? scale.domain[1],
    tip: estimateLabel(UNIT, value),
  }));
  const axis = { title, tickCount: 6, grid: true };
  const x = { field: "mean", type: "quantitative", scale: scaleSpec(scale), axis };
  const place = {
    y: {
      field: "category",
      type: "nominal",
      sort: null,
      scale: { paddingInner: 0.15, paddingOuter: 0.1 },
      axis: nameAxis(theme),
    },
    yOffset: { field: "series", scale: { domain: members.map(({ label }) => label) } },
    color: {
      ...colorBy("series", members),
      legend: members.length > 1 ? legendAbove("circle") : null,
    },
  };
  return {
    width: WIDTH,
    height: { step: Math.max(10, 22 / members.length), for: "offset" },
    data: { values },
    layer: [
      {
        mark: { type: "rule", strokeWidth: 2, opacity: 0.75 },
        encoding: { x: { ...x, field: "low" }, x2: { field: "high" }, ...place },
      },
      {
        mark: { type: "point", filled: true, size: 42, opacity: 1 },
        encoding: {
          x,
          ...place,
          tooltip: [
            { field: "series", type: "nominal", title: "scenario" },
            { field: "category", type: "nominal" },
            { field: "tip", type: "nominal", title: "mean per task" },
          ],
        },
      },
    ],
  };
}
