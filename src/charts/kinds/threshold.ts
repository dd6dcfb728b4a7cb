// Threshold: a metric along the number that is varied, the level, and where it is crossed.
import type { ThresholdSearch } from "../../decide/threshold/document.ts";
import { metric as metricOf } from "../../metrics/definitions.ts";
import { capitalized } from "../../wording/text.ts";
import { headroomSentence, thresholdBasis, thresholdSentence } from "../../wording/threshold.ts";
import type { ChartDefinition } from "../definition.ts";
import { type Line, linePlot, widthOf } from "../lines.ts";
import { inMeasure, measureOf } from "../measure.ts";
import { linearScale, logScale, scaleSpec } from "../scales.ts";
import { seriesOf } from "../series.ts";
import type { Theme } from "../theme.ts";

export const threshold: ChartDefinition<"faultline/threshold@1"> = {
  name: "threshold",
  shows: "a metric along the number that is varied, and where it crosses the level",
  from: ["faultline/threshold@1"],
  draw(result, theme) {
    const { scenario, other, metric, path, points, range } = result;
    const title = `${metricOf(metric).title} along ${path}: ${[scenario, other ?? []].flat().join(" and ")}`;
    if (points.length < 2) return { title, why: thresholdSentence(result) };
    const values = points.flatMap((one) => [one.value, ...(one.other === null ? [] : [one.other])]);
    const unit = measureOf(metricOf(metric), values);
    const series = seriesOf([scenario, ...(other === null ? [] : [other])], theme);
    const lines = series.map(
      (one, i): Line => ({
        panel: "",
        series: one,
        points: points.map((point) => ({
          x: point.x,
          value: (i === 0 ? point.value : point.other) ?? point.value,
        })),
      }),
    );
    const level = result.level === null ? undefined : result.level / unit.divisor;
    const ends = values.flatMap((value) => inMeasure(unit, value).ci.filter((x) => x !== null));
    const course = range.log
      ? logScale([range.low, range.high])
      : linearScale([range.low, range.high]);
    const scale = linearScale([...ends, ...(level === undefined ? [] : [level])]);
    const plot = linePlot({
      lines,
      course: { title: path, scale: course },
      unit,
      scale,
      theme,
    }) as { layer: object[] };
    return {
      title,
      notes: [
        thresholdSentence(result),
        ...headroomSentence(result),
        ...thresholdBasis(result).map(capitalized),
      ],
      alt: thresholdSentence(result),
      view: { ...plot, layer: [...marksOf(result, level, course, scale, theme), ...plot.layer] },
      width: widthOf(lines),
    };
  },
};

type Scale = ReturnType<typeof linearScale>;

/** The level as a line, the crossing as a line with its interval as a band. */
function marksOf(
  { at }: ThresholdSearch,
  level: number | undefined,
  course: Scale,
  scale: Scale,
  theme: Theme,
): object[] {
  const x = (field: string) => ({ field, type: "quantitative", scale: scaleSpec(course) });
  const y = { field: "level", type: "quantitative", scale: scaleSpec(scale) };
  const place =
    at === null
      ? []
      : [{ at: at.mean, low: at.ci[0] ?? course.domain[0], high: at.ci[1] ?? course.domain[1] }];
  return [
    ...(level === undefined
      ? []
      : [
          {
            data: { values: [{ level }] },
            mark: { type: "rule", color: theme.muted, strokeDash: [4, 3] },
            encoding: { y },
          },
        ]),
    {
      data: { values: place },
      mark: { type: "rect", color: theme.better, opacity: 0.18 },
      encoding: { x: x("low"), x2: { field: "high" } },
    },
    {
      data: { values: place },
      mark: { type: "rule", color: theme.better, strokeWidth: 1.5 },
      encoding: { x: x("at") },
    },
  ];
}
