// Amplification: how many times the baseline's errors an architecture has, by each of the definitions, with published values
// where the result holds them.
import { type ExperimentResult, type MetricValue, readMetric } from "../../experiment/result.ts";
import type { Reproduction } from "../../literature/reproduce.ts";
import { METRICS } from "../../metrics/definitions.ts";
import { experimentSample, INTERVAL } from "../../wording/sample.ts";
import { capitalized, uncapitalized } from "../../wording/text.ts";
import type { ChartDefinition, Drawing, Nothing } from "../definition.ts";
import { type Dot, dotPlot, openNote, valuesOf } from "../dots.ts";
import { Gaps } from "../gaps.ts";
import { estimateLabel, meanLabel, measureOf } from "../measure.ts";
import { logScale } from "../scales.ts";
import { membersOf, titled } from "../series.ts";
import type { Theme } from "../theme.ts";
import { clearlyGreatest } from "../winners.ts";
import { publishedNote, targetDots } from "./published.ts";

const DEFINITIONS = METRICS.filter(({ name }) => name.startsWith("amplification."));
const UNIT = measureOf({ title: "Amplification", unit: "ratio" });
const TITLE = "Error amplification by architecture";
/** The baseline of published amplification. */
const SINGLE = "single";
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
  const base = members.find(({ name }) => name === baseline)?.label ?? baseline;
  const gaps = new Gaps();
  const dots = DEFINITIONS.flatMap(({ name, title, description }) =>
    members.flatMap((one): Dot[] => {
      if (one.name === baseline) return [];
      const value = readMetric(one.result.metrics, name);
      return drawable(`${one.label}, ${title.toLowerCase()}`, value, gaps).map((value) => ({
        panel: panelOf(title, description, base),
        series: one,
        row: one.label,
        value,
      }));
    }),
  );
  const notes = [`${experimentSample(result)} Lines: ${INTERVAL}.`, openNote(dots), gaps.note()];
  return drawing(titled(TITLE, members), dots, base, notes, theme);
}

/** `Propagation: errors that reach aggregation, relative to single`; formulas with indices are for where they can be set. */
function panelOf(title: string, description: string, baseline: string): string {
  const kind = title.replace(/^Amplification, /, "");
  const what = description.replace(/ \(.*?\)|\.$/g, "").replace("the baseline", baseline);
  return `${capitalized(kind)}: ${uncapitalized(what)}`;
}

/** The value, if it has a place on a logarithmic scale. */
function drawable(what: string, value: MetricValue | undefined, gaps: Gaps): MetricValue[] {
  if (value !== undefined && value.mean !== null && value.mean > 0) return [value];
  gaps.add(what, value?.mean === 0 ? NONE : value);
  return [];
}

function ofReproduction(result: Reproduction, theme: Theme): Drawing | Nothing {
  const gaps = new Gaps();
  const panels = new Map(
    DEFINITIONS.map(({ title, description }) => [title, panelOf(title, description, SINGLE)]),
  );
  const targets = result.targets.filter(({ figure }) => panels.has(figure));
  const dots = targetDots(targets, theme, ({ figure, title, simulated }) =>
    drawable(`${title}, ${figure.toLowerCase()}`, simulated, gaps).length > 0
      ? panels.get(figure)
      : undefined,
  );
  return drawing(TITLE, dots, SINGLE, [publishedNote(result), openNote(dots), gaps.note()], theme);
}

function drawing(
  title: string,
  dots: readonly Dot[],
  baseline: string,
  notes: readonly string[],
  theme: Theme,
): Drawing | Nothing {
  if (dots.length === 0) return { title, why: notes.at(-1) || "The result has no amplification." };
  if (dots.every(({ value, published }) => value.mean === 1 && published === undefined))
    return { title, why: `Nothing differs from ${baseline}: every ratio is 1.` };
  const most = clearlyGreatest(dots.filter(({ panel }) => panel.startsWith("Propagation")));
  const finding =
    most === undefined
      ? ""
      : ` (${most.row} brings ${meanLabel(UNIT, most.value)} times the errors)`;
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
  return {
    title: title + finding,
    notes,
    view,
    width: WIDTH + 100,
    alt: `${title}: ${said.join("; ")}.`,
  };
}
