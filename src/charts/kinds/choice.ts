// Choice: how far each scenario lies behind the chosen one, with the intervals that hold all at once, and what was spent on each.
import type { Choice, ChoiceScenario } from "../../decide/choose/document.ts";
import { metric as metricOf } from "../../metrics/definitions.ts";
import { choiceBasis, choiceSentence, fateWords } from "../../wording/choose.ts";
import { capitalized, grouped } from "../../wording/text.ts";
import type { ChartDefinition } from "../definition.ts";
import { type Dot, dotPlot, openNote, valuesOf } from "../dots.ts";
import { estimateLabel, inMeasure, measureOf } from "../measure.ts";
import { linearScale } from "../scales.ts";
import { seriesOf, titled } from "../series.ts";

export const choice: ChartDefinition<"faultline/choose@1"> = {
  name: "choice",
  shows: "how far each scenario lies behind the chosen one, and what was spent on each",
  from: ["faultline/choose@1"],
  draw(result, theme) {
    const { scenarios, leading, metric, verdict } = result;
    const series = seriesOf(
      scenarios.map(({ name }) => name),
      theme,
    );
    const title = titled("Choice", series);
    const others = sorted(result);
    if (others.length === 0) return { title, why: choiceSentence(result) };
    const unit = measureOf(
      metricOf(metric),
      others.map(({ difference }) => difference ?? NONE),
    );
    const leader = series.find(({ name }) => name === leading) as (typeof series)[number];
    const dots = others.map((one): Dot => {
      const own = series.find(({ name }) => name === one.name) as (typeof series)[number];
      const value = inMeasure(unit, one.difference ?? NONE);
      return { panel: "", series: own, row: own.label, value, label: grouped(one.replications) };
    });
    const said = others.map(
      (one, i) => `${dots[i].row} ${estimateLabel(unit, dots[i].value)}, ${fateWords(one)}`,
    );
    return {
      title: verdict === "best" || verdict === "within" ? `${title} (${leader.label})` : title,
      notes: [
        choiceSentence(result),
        `Difference to ${leader.label}, with intervals that hold all at once. At the right: replications. ${openNote(dots)}`.trim(),
        `${capitalized(choiceBasis(result))}.`,
      ],
      alt: `${choiceSentence(result)} ${said.join("; ")}.`,
      view: dotPlot({
        dots,
        unit,
        axisTitle: `${unit.title}, difference to ${leader.label}`,
        scale: linearScale([0, ...valuesOf(dots)]),
        reference: 0,
        columns: 1,
        width: 440,
        theme,
      }),
      width: 600,
    };
  },
};

const NONE = { mean: 0, ci: [0, 0] } as const;

/** Those that have a difference to the leading one, from the nearest to the farthest behind. */
function sorted({ scenarios, goal }: Choice): ChoiceScenario[] {
  const behind = ({ difference }: ChoiceScenario) =>
    (goal === "highest" ? -1 : 1) * (difference?.mean ?? 0);
  return scenarios
    .filter(({ difference }) => difference !== null)
    .sort((a, b) => behind(a) - behind(b));
}
