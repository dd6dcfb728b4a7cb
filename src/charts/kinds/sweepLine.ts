// Sweep as lines: a metric over one factor, a line for every scenario, a panel for every value of a second factor; of a
// random design, a panel for every factor.
import { readMetric } from "../../experiment/result.ts";
import type { MetricDefinition } from "../../metrics/definitions.ts";
import { groupBy } from "../../numerics/grouping.ts";
import type { SweepResult } from "../../results/results.ts";
import type { FactorValue } from "../../sweep/designs/axes.ts";
import { INTERVAL } from "../../wording/sample.ts";
import { shortList } from "../../wording/sentence.ts";
import type { ChartDefinition } from "../definition.ts";
import { withoutEffect, withoutEffectNote } from "../effects.ts";
import { Gaps, NO_VALUE } from "../gaps.ts";
import { type Line, type LinePoint, linePlot, widthOf } from "../lines.ts";
import { inMeasure, type Measure, meanLabel } from "../measure.ts";
import { linearScale, logScale, type Scale, spansDecades } from "../scales.ts";
import {
  axisTitle,
  type FactorAxis,
  factorsByCell,
  isScattered,
  pooled,
  shownIn,
  stepsOf,
  sweepNote,
  sweepSeries,
  VALUE_FORMAT,
  valueText,
  whyEmpty,
} from "../sweeps.ts";
import type { Theme } from "../theme.ts";
import { drawEffects } from "./sweepEffects.ts";

/** Values of a second factor up to which each has a panel. */
const MOST_PANELS = 6;
/** Values of the axis up to which each is drawn; of more values those near each other are drawn as one. */
const STEPS = { most: 40, parts: 16 };

export const sweepLine: ChartDefinition<"faultline/sweep@1"> = {
  name: "sweep-line",
  shows: "a metric over one factor of a sweep, one line per architecture",
  from: ["faultline/sweep@1"],
  draw(result, theme) {
    const shown = shownIn(result);
    const { title, metric, unit, axes, same } = shown;
    if (axes.length === 0) return { title, why: whyEmpty(result) };
    if (same !== undefined) return { title, why: same };
    if (isScattered(result, axes)) return drawEffects(result, shown, theme);
    const { along, across, others } = layoutOf(axes, result.design.kind === "zip");
    const layout = { along, across };
    const { lines, gaps, isPooled, isBinned } = linesOf(result, metric, unit, layout, theme);
    if (lines.length === 0) return { title, why: gaps || whyEmpty(result) };
    if (lines.every(({ points }) => points.filter(hasMean).length < 2))
      return { title, why: `A line needs two values of ${along.name} that have a result.` };
    const idle = withoutEffect(result, metric.name, axes, false);
    const scale = scaleOf(metric, lines);
    const averaged = [
      ...others.map(({ name }) => name),
      ...(isBinned ? [`nearby values of ${along.name}`] : []),
    ];
    return {
      title: `${titleOf(metric, along, idle)}: ${result.name}`,
      notes: [
        sweepNote(result),
        withoutEffectNote(idle, metric.title),
        isPooled
          ? `Lines: means over ${shortList(averaged)}; bands: the middle 80 % of the cells.`
          : `Bands: ${INTERVAL}.`,
        result.design.kind === "zip" && others.length > 0
          ? `${shortList(others.map(({ name }) => name))} ${others.length === 1 ? "changes" : "change"} with it.`
          : "",
        gaps,
      ],
      alt: altOf(metric, along, lines, unit),
      view: linePlot({ lines, course: courseOf(along), unit, scale, theme }),
      width: widthOf(lines),
    };
  },
};

const hasMean = ({ value }: LinePoint) => value.mean !== null;

const titleOf = ({ title }: MetricDefinition, { name }: FactorAxis, idle: readonly string[]) =>
  idle.includes(name) ? `${name} has no effect on ${title.toLowerCase()}` : `${title} by ${name}`;

interface Layout {
  readonly along: FactorAxis;
  /** Has a panel for every value. */
  readonly across: FactorAxis | undefined;
}

/** Lines run along the factor of numbers with the most values; of two factors the other makes panels. */
function layoutOf(
  axes: readonly FactorAxis[],
  isZip: boolean,
): Layout & { readonly others: readonly FactorAxis[] } {
  const rank = ({ isNumeric, values }: FactorAxis) => (isNumeric ? 1e6 : 0) + values.length;
  const [along, ...rest] = [...axes].sort((a, b) => rank(b) - rank(a));
  const hasPanels = !isZip && rest.length === 1 && rest[0].values.length <= MOST_PANELS;
  return { along, across: hasPanels ? rest[0] : undefined, others: hasPanels ? [] : rest };
}

function linesOf(
  result: SweepResult,
  metric: MetricDefinition,
  unit: Measure,
  { along, across }: Layout,
  theme: Theme,
) {
  const series = sweepSeries(result, theme);
  const cells = factorsByCell(result);
  const steps = stepsOf(along, STEPS);
  const gaps = new Gaps();
  const panels: readonly (FactorValue | undefined)[] = across?.values ?? [undefined];
  const found = panels.flatMap((panel) =>
    series.map((one) => {
      const values = result.rows.flatMap(({ cell, scenario, metrics }) => {
        const factors = cells.get(cell) ?? {};
        if (scenario !== one.name || metrics === undefined || !(along.name in factors)) return [];
        if (across !== undefined && factors[across.name] !== panel) return [];
        const value = inMeasure(unit, readMetric(metrics, metric.name) ?? NO_VALUE);
        if (value.mean === null) gaps.add(one.label, value);
        return [{ step: steps.stepOf(factors[along.name]), value }];
      });
      return { panel, one, at: groupBy(values, ({ step }) => step) };
    }),
  );
  const isPooled = found.some(({ at }) => [...at.values()].some(({ length }) => length > 1));
  const lines = found.flatMap(({ panel, one, at }): Line[] => {
    const points = steps.values.flatMap((step) => {
      const values = at.get(step)?.map(({ value }) => value);
      if (values === undefined) return [];
      const x = typeof step === "number" ? step : String(step);
      return [{ x, value: isPooled ? pooled(values) : values[0] }];
    });
    if (points.every(({ value }) => value.mean === null)) return [];
    const title = across === undefined ? "" : `${across.name} ${valueText(panel as FactorValue)}`;
    return [{ panel: title, series: one, points }];
  });
  return { lines, gaps: gaps.note(), isPooled, isBinned: steps.isBinned };
}

function scaleOf({ name, unit }: MetricDefinition, lines: readonly Line[]): Scale {
  if (unit === "share" && name !== "absorption") return { type: "linear", domain: [0, 1] };
  const values = lines.flatMap(({ points }) => points.map(({ value }) => value));
  const means = values.flatMap(({ mean }) => (mean === null ? [] : [mean]));
  const bounds = values.flatMap(({ ci }) => ci.filter((x) => x !== null));
  return spansDecades(means) ? logScale([...means, ...bounds]) : linearScale([...means, ...bounds]);
}

function courseOf(axis: FactorAxis) {
  const { values, isNumeric, isLog } = axis;
  const title = axisTitle(axis);
  if (!isNumeric) return { title, values: values.map(String) };
  const numbers = values as number[];
  const domain = [numbers[0], numbers[numbers.length - 1]] as const;
  const isListed = numbers.length <= 12;
  return {
    title,
    scale: { type: isLog ? "log" : "linear", domain } as Scale,
    ...(isListed ? { values: numbers, format: VALUE_FORMAT } : {}),
  };
}

function altOf(
  metric: MetricDefinition,
  along: FactorAxis,
  lines: readonly Line[],
  unit: Measure,
): string {
  const said = lines.map(({ panel, series, points }) => {
    const known = points.filter(({ value }) => value.mean !== null);
    const [first, last] = [known[0], known[known.length - 1]];
    const where = panel === "" ? "" : `, ${panel}`;
    return `${series.label}${where}: ${meanLabel(unit, first.value)} at ${first.x} to ${meanLabel(unit, last.value)} at ${last.x}`;
  });
  return `${metric.title} by ${along.name}. ${said.join("; ")}.`;
}
