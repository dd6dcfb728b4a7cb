// Amplification: how many times the baseline's errors an architecture has, by each of the definitions, with published values
// where the result holds them.
import { type ExperimentResult, type MetricValue, readMetric } from "../../experiment/result.ts";
import type { Reproduction } from "../../literature/reproduce.ts";
import { metric } from "../../metrics/definitions.ts";
import type { ChartDefinition, Drawing, Nothing } from "../definition.ts";
import { type Dot, dotPlot, openNote, valuesOf } from "../dots.ts";
import { logScale } from "../scales.ts";
import { membersOf, titled } from "../series.ts";
import type { Theme } from "../theme.ts";
import { estimateLabel, Gaps, INTERVAL, sampleNote, unitOf } from "../words.ts";
import { publishedNote, targetDots } from "./published.ts";

const DEFINITIONS = ["amplification.propagation", "amplification.task", "amplification.trace"].map(
  metric,
);
const UNIT = unitOf({ title: "Amplification", unit: "ratio" });
const TITLE = "Error amplification by architecture";
const WIDTH = 480;

/** A logarithmic scale has no place for a ratio of 0: no error at all. */
const NONE: MetricValue = {
  mean: null,
  ci: [null, null],
  undefined: "a ratio of 0 has no place on a logarithmic scale",
};

export const amplification: ChartDefinition<"faultline/compare@1" | "faultline/reproduce@1"> = {
  name: "amplification",
  shows: "errors relative to the baseline, by architecture, with published values",
  from: ["faultline/compare@1", "faultline/reproduce@1"],
  draw: (result, theme) =>
    result.schema === "faultline/reproduce@1"
      ? ofReproduction(result, theme)
      : ofComparison(result, theme),
};

function ofComparison(result: ExperimentResult, theme: Theme): Drawing | Nothing {
  const { baseline = "" } = result;
  const members = membersOf(result, theme);
  const gaps = new Gaps();
  const dots = DEFINITIONS.flatMap(({ name, title, formula }) =>
    members.flatMap((one): Dot[] => {
      if (one.name === baseline) return [];
      const value = readMetric(one.result.metrics, name);
      return drawable(`${one.label}, ${title.toLowerCase()}`, value, gaps).map((value) => ({
        panel: `${title}: ${formula}`,
        series: one,
        row: one.label,
        value,
      }));
    }),
  );
  const base = members.find(({ name }) => name === baseline)?.label ?? baseline;
  const notes = [`${sampleNote(result)} Lines: ${INTERVAL}.`, openNote(dots), gaps.note()];
  return drawing(titled(TITLE, members), dots, base, notes, theme);
}

/** The value, if it has a place on a logarithmic scale. */
function drawable(what: string, value: MetricValue | undefined, gaps: Gaps): MetricValue[] {
  if (value !== undefined && value.mean !== null && value.mean > 0) return [value];
  gaps.add(what, value?.mean === 0 ? NONE : value);
  return [];
}

function ofReproduction(result: Reproduction, theme: Theme): Drawing | Nothing {
  const gaps = new Gaps();
  const titles = DEFINITIONS.map(({ title }) => title);
  const targets = result.targets.filter(({ figure }) => titles.includes(figure));
  const dots = targetDots(targets, theme, ({ figure, title, simulated }) =>
    drawable(`${title}, ${figure.toLowerCase()}`, simulated, gaps).length > 0 ? figure : undefined,
  );
  return drawing(
    TITLE,
    dots,
    "single",
    [publishedNote(result), openNote(dots), gaps.note()],
    theme,
  );
}

function drawing(
  title: string,
  dots: readonly Dot[],
  baseline: string,
  notes: readonly string[],
  theme: Theme,
): Drawing | Nothing {
  if (dots.length === 0) return { title, why: notes.at(-1) || "The result has no amplification." };
  const view = dotPlot({
    dots,
    unit: UNIT,
    axisTitle: `ratio to ${baseline}, logarithmic scale`,
    scale: logScale([1, ...valuesOf(dots)]),
    reference: 1,
    columns: 1,
    width: WIDTH,
    theme,
  });
  const said = dots.map(
    ({ panel, row, value }) => `${row} ${estimateLabel(UNIT, value)} (${panel.toLowerCase()})`,
  );
  return { title, notes, view, width: WIDTH + 100, alt: `${title}: ${said.join("; ")}.` };
}
