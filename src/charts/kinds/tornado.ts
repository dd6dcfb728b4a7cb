// Tornado: what matters most. Of a random design and of assumptions a bar per number, from the lowest to the highest mean of the
// metric; of components what their perfection gains and what their absence costs. The longest bar is at the top.
import type { Assumptions, Importance } from "../../decide/importance/document.ts";
import type { Weaknesses } from "../../decide/importance/weakness/weaknesses.ts";
import { metric as metricOf } from "../../metrics/definitions.ts";
import { average } from "../../numerics/statistics.ts";
import type { SweepResult } from "../../results/results.ts";
import type { FactorValue } from "../../sweep/designs/axes.ts";
import { fixFirstTitle } from "../../wording/importanceWeaknesses.ts";
import { INTERVAL } from "../../wording/sample.ts";
import { shortList } from "../../wording/sentence.ts";
import { count, grouped } from "../../wording/text.ts";
import type { ChartDefinition, Drawing, Nothing } from "../definition.ts";
import { effectsOf } from "../effects.ts";
import { inMeasure, meanLabel, measureOf } from "../measure.ts";
import { barsWidth, type RangeBar, type RangePanel, rangesView } from "../ranges.ts";
import {
  isScattered,
  type Shown,
  shownIn,
  sweepNote,
  sweepSeries,
  valuesIn,
  valueText,
  whyEmpty,
} from "../sweeps.ts";
import type { Theme } from "../theme.ts";
import { shownComponents, wingsView } from "../wings.ts";

/** Bars of a panel: of more, the longest ones. */
const MOST_BARS = 15;

export const tornado: ChartDefinition<"faultline/importance@1" | "faultline/sweep@1"> = {
  name: "tornado",
  shows: "what matters most: numbers of a random design, assumptions, or parts of a team",
  from: ["faultline/importance@1", "faultline/sweep@1"],
  draw: (result, theme) =>
    result.schema === "faultline/sweep@1" ? ofSweep(result, theme) : ofImportance(result, theme),
};

/** The longest bars, and what is said of the others. */
function longest(bars: readonly RangeBar[]): { shown: readonly RangeBar[]; note: string } {
  const sorted = [...bars].sort((a, b) => sizeOf(b) - sizeOf(a));
  const left = sorted.slice(MOST_BARS).map(({ label }) => label);
  const note = left.length === 0 ? "" : `Not drawn, since they matter least: ${shortList(left)}.`;
  return { shown: sorted.slice(0, MOST_BARS), note };
}

/** Where an end of a bar is: the middle of a part of a range needs few digits. */
const placeText = (at: FactorValue) =>
  valueText(typeof at === "number" ? Number(at.toPrecision(2)) : at);

const sizeOf = ({ low, high }: RangeBar) => (high.value.mean ?? 0) - (low.value.mean ?? 0);

// ---------------------------------------------------------------- a random design

function ofSweep(result: SweepResult, theme: Theme): Drawing | Nothing {
  const shown = shownIn(result);
  const { title, metric, unit, axes, same } = shown;
  if (axes.length === 0) return { title, why: whyEmpty(result) };
  if (same !== undefined) return { title, why: same };
  if (!isScattered(result, axes))
    return { title, why: "The points lie on a grid, where sweep-line shows each factor." };
  const panels = sweepPanels(result, shown, theme);
  if (panels.length === 0)
    return { title, why: "There are too few points to tell the effect of each factor." };
  const what = metric.title.toLowerCase();
  const [first] = panels[0].bars;
  const isSingle = panels.length === 1;
  const heading = isSingle ? `${first.label} matters most for ${what}` : `What matters for ${what}`;
  const pale = panels.some(({ bars }) => bars.some(({ isClear }) => !isClear));
  return {
    title: `${first.isClear || !isSingle ? heading : `No factor has an effect on ${what}`}: ${result.name}`,
    notes: [
      sweepNote(result),
      "Bars: from the lowest to the highest mean over parts of a factor's range, with the other factors averaged out; at the ends the values there.",
      `Lines: ${INTERVAL}.${pale ? " Pale: the intervals of all parts have a value in common." : ""}`,
      ...panels.map(({ note }) => note),
    ],
    alt: `${heading}. ${panels.map((panel) => rangesText(panel)).join("; ")}.`,
    view: rangesView(panels, unit, theme),
    width: barsWidth(panels.length),
  };
}

function sweepPanels(
  result: SweepResult,
  { metric, unit, axes }: Shown,
  theme: Theme,
): (RangePanel & { readonly note: string })[] {
  const series = sweepSeries(result, theme);
  return series.flatMap(({ name, label, color }) => {
    const samples = valuesIn(result, name, metric.name).flatMap(({ factors, value }) => {
      const { mean } = inMeasure(unit, value);
      return mean === null ? [] : [{ factors, mean }];
    });
    const bars = effectsOf(samples, axes).map(({ axis, levels, isClear }): RangeBar => {
      const sorted = [...levels].sort((a, b) => (a.value.mean ?? 0) - (b.value.mean ?? 0));
      const ends = [sorted[0], sorted[sorted.length - 1]].map(({ at, value }) => ({
        at: placeText(at),
        value,
        tip: meanLabel(unit, value),
      }));
      return { label: axis.name, low: ends[0], high: ends[1], isClear };
    });
    if (bars.length === 0) return [];
    const { shown, note } = longest(bars);
    const middle = average(samples.map(({ mean }) => mean));
    return [{ title: series.length > 1 ? label : "", middle, bars: shown, color, note }];
  });
}

function rangesText({ title, bars }: RangePanel): string {
  const said = bars.map(
    ({ label, low, high }) => `${label} from ${low.tip} at ${low.at} to ${high.tip} at ${high.at}`,
  );
  return `${title === "" ? "" : `${title}: `}${said.join(", ")}`;
}

// ---------------------------------------------------------------- importance

function ofImportance(result: Importance, theme: Theme): Drawing | Nothing {
  const { assumptions, weaknesses, scenario, seed } = result;
  const parts = [
    ...(assumptions === null ? [] : assumptionsPart(assumptions, result, theme)),
    ...(weaknesses === null ? [] : weaknessesPart(weaknesses, theme)),
  ];
  const title = `What decides ${metricOf(result.metric).title.toLowerCase()}: ${scenario}`;
  if (parts.length === 0) return { title, why: "No number and no part of the team has an effect." };
  const [only] = parts;
  return {
    title: parts.length === 1 ? `${only.title}: ${scenario}` : title,
    notes: [...parts.map(({ sample }) => sample), `Lines: ${INTERVAL}; seed ${seed}.`],
    alt: `${title}. ${parts.map(({ alt }) => alt).join(" ")}`,
    view: parts.length === 1 ? only.view : { spacing: 28, vconcat: parts.map(({ view }) => view) },
    width: 560,
  };
}

interface Part {
  readonly title: string;
  readonly sample: string;
  readonly alt: string;
  readonly view: object;
}

function assumptionsPart(
  { inputs, answer, verdict, leaders, design }: Assumptions,
  { metric: name }: Importance,
  theme: Theme,
): Part[] {
  const metric = metricOf(name);
  const means = inputs.flatMap(({ low, high }) =>
    low === null || high === null ? [] : [low, high],
  );
  if (answer === null || answer.mean.mean === null || means.length === 0) return [];
  const unit = measureOf(metric, means);
  const bars = inputs.flatMap(({ name: label, low, high, at, mayLead }): RangeBar[] => {
    if (low === null || high === null || at === null) return [];
    const ends = [low, high].map((value, i) => {
      const shown = inMeasure(unit, value);
      return {
        at: placeText(at[i]),
        value: shown,
        tip: meanLabel(unit, shown),
      };
    });
    const [first, second] = (low.mean ?? 0) <= (high.mean ?? 0) ? ends : ends.toReversed();
    return [{ label, low: first, high: second, isClear: mayLead }];
  });
  const { shown, note } = longest(bars);
  const several = inputs.length - bars.length;
  const panel: RangePanel = {
    title: "",
    middle: inMeasure(unit, answer.mean).mean ?? 0,
    bars: shown,
    color: theme.neutral,
  };
  const what = metric.title.toLowerCase();
  return [
    {
      title:
        verdict === "decided"
          ? `${leaders[0]} decides ${what}`
          : `Which assumption decides ${what} is open`,
      sample: [
        `Assumptions: ${count(design.replications, "replication")}; bars between the means while a number is in its lowest and in its highest third; dark: may have the greatest effect.`,
        several > 0 ? `${count(several, "input")} of several numbers have no such bar.` : "",
        note,
      ]
        .filter((text) => text !== "")
        .join(" "),
      alt: `${rangesText(panel)}.`,
      view: rangesView([panel], unit, theme),
    },
  ];
}

function weaknessesPart(found: Weaknesses, theme: Theme): Part[] {
  const shown = shownComponents(found, MOST_BARS);
  if (shown.bars.length === 0) return [];
  const { blocks, instances } = found;
  return [
    {
      title: fixFirstTitle(found),
      sample: `Parts of the team: ${grouped(blocks * instances)} paired replications of each.${shown.left > 0 ? ` ${shown.left} more gain less, or cost less when absent.` : ""}`,
      alt: shown.bars.map(({ text }) => text).join("; "),
      view: wingsView(shown, theme),
    },
  ];
}
