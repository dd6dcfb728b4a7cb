// Reliability: the chance that all of k repeats of one task succeed, for k from 1 on.
import { readMetric } from "../../experiment/result.ts";
import { MAX_PASS, metric } from "../../metrics/definitions.ts";
import { experimentSample, INTERVAL } from "../../wording/sample.ts";
import type { ChartDefinition } from "../definition.ts";
import { Gaps, NO_VALUE } from "../gaps.ts";
import { type Line, linePlot, widthOf } from "../lines.ts";
import { meanLabel, measureOf, sharedValue } from "../measure.ts";
import { membersOf, titled } from "../series.ts";

const METRICS = Array.from({ length: MAX_PASS }, (_, i) =>
  metric(i === 0 ? "passAt1" : `passHat${i + 1}`),
);
const UNIT = measureOf({ title: "All k repeats succeed", unit: "share" });

export const reliability: ChartDefinition<"faultline/run@1" | "faultline/compare@1"> = {
  name: "reliability",
  shows: `pass^1 to pass^${MAX_PASS}: the chance that all of k repeats of one task succeed`,
  from: ["faultline/run@1", "faultline/compare@1"],
  draw(result, theme) {
    const members = membersOf(result, theme);
    const title = titled("Reliability", members);
    const gaps = new Gaps();
    const lines = members.map((one): Line => {
      const points = METRICS.map(({ name, title: what }, i) => {
        const label = members.length > 1 ? `${what} of ${one.label}` : what;
        const [value = NO_VALUE] = gaps.known(label, readMetric(one.result.metrics, name));
        return { x: i + 1, value };
      });
      return { panel: "", series: one, points };
    });
    const drawn = lines.filter(({ points }) => points.some(({ value }) => value.mean !== null));
    if (drawn.length === 0) return { title, why: gaps.note() };
    const known = drawn.flatMap(({ points }) =>
      points.flatMap(({ value }) => (value.mean === null ? [] : [value])),
    );
    const same = sharedValue(known);
    if (same !== undefined)
      return { title, why: `It is ${meanLabel(UNIT, same)} for every number of repeats.` };
    if (known.length === drawn.length)
      return { title, why: `It is known for one number of repeats only. ${gaps.note()}` };
    const said = drawn.map(({ series, points }) => {
      const known = points.filter(({ value }) => value.mean !== null);
      const [first, last] = [known[0], known[known.length - 1]];
      return `${series.label} from ${meanLabel(UNIT, first.value)} at k = ${first.x} to ${meanLabel(UNIT, last.value)} at k = ${last.x}`;
    });
    return {
      title,
      notes: [`${experimentSample(result)} Bands: ${INTERVAL}.`, gaps.note()],
      alt: `${title}: ${said.join("; ")}.`,
      view: linePlot({
        lines: drawn,
        course: {
          title: "k (repeats of one task)",
          scale: { type: "linear", domain: [1, MAX_PASS] },
          values: METRICS.map((_, i) => i + 1),
        },
        unit: UNIT,
        scale: { type: "linear", domain: [0, 1] },
        theme,
      }),
      width: widthOf(drawn),
    };
  },
};
