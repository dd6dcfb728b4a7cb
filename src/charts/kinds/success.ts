// Success: the share of tasks that succeed, by benchmark and architecture, with published values where the result holds them.
import { type ExperimentResult, readMetric } from "../../experiment/result.ts";
import type { Reproduction } from "../../literature/reproduce.ts";
import { metric } from "../../metrics/definitions.ts";
import { experimentSample, INTERVAL } from "../../wording/sample.ts";
import type { ChartDefinition, Drawing, Nothing } from "../definition.ts";
import { type Dot, dotPlot, openNote } from "../dots.ts";
import { Gaps } from "../gaps.ts";
import { meanLabel, measureOf, sharedValue } from "../measure.ts";
import type { Scale } from "../scales.ts";
import { membersOf, type Series, titled } from "../series.ts";
import type { Theme } from "../theme.ts";
import { clearlyGreatest } from "../winners.ts";
import { publishedNote, targetDots } from "./published.ts";

const UNIT = measureOf(metric("success"));
const WHOLE: Scale = { type: "linear", domain: [0, 1] };
const BY_BENCHMARK = "Success by benchmark and architecture";
const FIGURE = /^Success, (.*)$/s;

export const success: ChartDefinition<
  "faultline/run@1" | "faultline/compare@1" | "faultline/reproduce@1"
> = {
  name: "success",
  shows: "share of tasks that succeed, by benchmark and architecture, with published values",
  from: ["faultline/run@1", "faultline/compare@1", "faultline/reproduce@1"],
  draw: (result, theme) =>
    result.schema === "faultline/reproduce@1"
      ? ofReproduction(result, theme)
      : ofExperiment(result, theme),
};

function ofExperiment(result: ExperimentResult, theme: Theme): Drawing | Nothing {
  const members = membersOf(result, theme);
  const isByBenchmark = isGrid(members);
  const gaps = new Gaps();
  const dots = members.flatMap((one): Dot[] => {
    const place = isByBenchmark
      ? { panel: one.subject, row: one.kind }
      : { panel: "", row: one.label };
    return gaps
      .known(one.label, readMetric(one.result.metrics, "success"))
      .map((value) => ({ ...place, series: one, value }));
  });
  const title = isByBenchmark ? BY_BENCHMARK : titled("Success", members);
  return drawing(
    title,
    dots,
    [`${experimentSample(result)} Lines: ${INTERVAL}.`, openNote(dots), gaps.note()],
    theme,
  );
}

/** Whether every scenario is an architecture on one of several benchmarks, each pair once. */
function isGrid(series: readonly Series[]): boolean {
  const pairs = new Set(series.map(({ subject, kind }) => JSON.stringify([subject, kind])));
  const subjects = new Set(series.map(({ subject }) => subject));
  return pairs.size === series.length && subjects.size > 1 && !subjects.has("");
}

function ofReproduction(result: Reproduction, theme: Theme): Drawing | Nothing {
  const gaps = new Gaps();
  const targets = result.targets.filter(({ figure }) => FIGURE.test(figure));
  // The figures of a study are listed benchmark by benchmark: their panels keep that order.
  const panels = [...new Set(targets.map(({ figure }) => figure))];
  const dots = targetDots(targets, theme, ({ figure, title, simulated }) => {
    const benchmark = (FIGURE.exec(figure) as RegExpExecArray)[1];
    if (simulated.mean !== null) return benchmark;
    gaps.add(`${title} on ${benchmark}`, simulated);
    return undefined;
  });
  const order = (dot: Dot) => panels.indexOf(`Success, ${dot.panel}`);
  dots.sort((a, b) => order(a) - order(b));
  return drawing(BY_BENCHMARK, dots, [publishedNote(result), openNote(dots), gaps.note()], theme);
}

function drawing(
  title: string,
  dots: readonly Dot[],
  notes: readonly string[],
  theme: Theme,
): Drawing | Nothing {
  if (dots.length === 0) return { title, why: notes.at(-1) || "The result has no success rate." };
  const hasPublished = dots.some(({ published }) => published !== undefined);
  const same = sharedValue(dots.map(({ value }) => value));
  if (same !== undefined && !hasPublished)
    return { title, why: `Success is ${meanLabel(UNIT, same)} in all ${dots.length} scenarios.` };
  if (dots.length === 1 && !hasPublished)
    return {
      title,
      why: `One scenario leaves nothing to compare: ${dots[0].row}, ${meanLabel(UNIT, dots[0].value)}.`,
    };
  const columns = new Set(dots.map(({ panel }) => panel)).size > 1 ? 2 : 1;
  const width = columns === 1 ? 480 : 290;
  const view = dotPlot({
    dots,
    unit: UNIT,
    axisTitle: UNIT.title,
    scale: WHOLE,
    columns,
    width,
    theme,
  });
  const said = dots.map(
    ({ panel, row, value }) =>
      `${row} ${meanLabel(UNIT, value)}${panel === "" ? "" : ` on ${panel}`}`,
  );
  const best = columns === 1 && !hasPublished ? clearlyGreatest(dots) : undefined;
  return {
    title:
      best === undefined ? title : `${title} (${best.row} highest: ${meanLabel(UNIT, best.value)})`,
    notes,
    view,
    width: columns === 1 ? 580 : 800,
    alt: `${title}: ${said.join("; ")}.`,
  };
}
