// Latency: how long tasks take, by the quantiles p50, p95 and p99.
import { readMetric } from "../../experiment/result.ts";
import { metric } from "../../metrics/definitions.ts";
import { experimentSample, INTERVAL } from "../../wording/sample.ts";
import type { ChartDefinition } from "../definition.ts";
import { type Dot, dotPlot, openNote, valuesOf } from "../dots.ts";
import { Gaps } from "../gaps.ts";
import { inMeasure, meanLabel, measureOf, sharedValue } from "../measure.ts";
import { linearScale, logScale, spansDecades } from "../scales.ts";
import { membersOf, titled } from "../series.ts";

const QUANTILES = [50, 95, 99].map((percent) => ({
  percent,
  name: metric(`latency.p${percent}`).name,
}));
const AXIS = { title: "Latency", unit: "seconds" };

export const latency: ChartDefinition<"faultline/run@1" | "faultline/compare@1"> = {
  name: "latency",
  shows: "time from arrival to deliverable: p50, p95 and p99",
  from: ["faultline/run@1", "faultline/compare@1"],
  draw(result, theme) {
    const members = membersOf(result, theme);
    const title = titled("Latency", members);
    const gaps = new Gaps();
    const unit = measureOf(
      AXIS,
      QUANTILES.flatMap(({ name }) =>
        members.flatMap(({ result }) => readMetric(result.metrics, name) ?? []),
      ),
    );
    const dots = QUANTILES.flatMap(({ percent, name }) =>
      members.flatMap((one): Dot[] => {
        const panel = `p${percent}: ${percent === 50 ? "half" : `${percent} %`} of the tasks keep within`;
        return gaps
          .known(`p${percent} of ${one.label}`, readMetric(one.result.metrics, name))
          .map((value) => ({ panel, series: one, row: one.label, value: inMeasure(unit, value) }));
      }),
    );
    if (dots.length === 0) return { title, why: gaps.note() };
    const same = sharedValue(dots.map(({ value }) => value));
    if (same !== undefined)
      return { title, why: `p50, p95 and p99 are all ${meanLabel(unit, same)}.` };
    const values = valuesOf(dots);
    const isLog = spansDecades(values);
    const said = dots.map(
      ({ panel, row, value }) => `${panel.slice(0, 3)} of ${row} ${meanLabel(unit, value)}`,
    );
    return {
      title,
      notes: [`${experimentSample(result)} Lines: ${INTERVAL}.`, openNote(dots), gaps.note()],
      alt: `${title}: ${said.join("; ")}.`,
      view: dotPlot({
        dots,
        unit,
        axisTitle: `${unit.title.replace(")", " of simulated time)")}${isLog ? ", logarithmic scale" : ""}`,
        scale: isLog ? logScale(values) : linearScale([0, ...values]),
        columns: 1,
        width: 480,
        theme,
      }),
      width: 580,
    };
  },
};
