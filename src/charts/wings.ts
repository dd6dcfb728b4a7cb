// Two wings of bars that share their names: what a metric gains when a part of the team is perfect, and what it loses when the part is
// absent. Each wing has a scale of its own, since a team can lose far more than it can gain.
import type { Weakness, Weaknesses } from "../decide/importance/weakness/weaknesses.ts";
import type { MetricValue } from "../experiment/result.ts";
import { metric as metricOf } from "../metrics/definitions.ts";
import { inUnitsOf, plainEstimate } from "../wording/estimate.ts";
import { changeUnit, changeWords, componentLabel } from "../wording/importanceWeaknesses.ts";
import { nameAxis } from "./channels.ts";
import { linearScale, scaleSpec } from "./scales.ts";
import { SIZE, type Theme } from "./theme.ts";

interface WingBar {
  readonly name: string;
  /** Changes in the unit in which they are told. */
  readonly perfect: MetricValue;
  readonly better: MetricValue;
  readonly absent: MetricValue;
  /** The bar in words. */
  readonly text: string;
}

export interface ShownComponents {
  readonly bars: readonly WingBar[];
  readonly title: string;
  readonly unit: string;
  /** Which way the metric is better. */
  readonly better: "higher" | "lower";
  /** Components that are not drawn. */
  readonly left: number;
}

/** The components that matter most: by what their perfection gains, then by what their absence costs. */
export function shownComponents(found: Weaknesses, most: number): ShownComponents {
  const { metric: name, better, components } = found;
  const metric = metricOf(name);
  const known = components.filter((one) => isKnown(one, name));
  const { scale, unit } = changeUnit(
    metric,
    known.flatMap(({ perfect, absent }) => [perfect[name], absent[name]]),
  );
  const sign = better === "higher" ? 1 : -1;
  const meanOf = (value: MetricValue) => sign * (value.mean ?? 0);
  const sorted = [...known].sort(
    (a, b) =>
      meanOf(b.perfect[name]) - meanOf(a.perfect[name]) ||
      meanOf(a.absent[name]) - meanOf(b.absent[name]),
  );
  const mattering = sorted.filter(
    ({ perfect, absent }) => perfect[name].mean !== 0 || absent[name].mean !== 0,
  );
  const bars = mattering.slice(0, most).map(
    (one): WingBar => ({
      name: componentLabel(one),
      perfect: inUnitsOf(scale, one.perfect[name]),
      better: inUnitsOf(scale, one.better[name]),
      absent: inUnitsOf(scale, one.absent[name]),
      text: `${componentLabel(one)} perfect ${changeWords(metric, one.perfect[name])}, absent ${changeWords(metric, one.absent[name])}`,
    }),
  );
  return { bars, title: metric.title, unit, better, left: mattering.length - bars.length };
}

const isKnown = ({ perfect, absent, better }: Weakness, name: string) =>
  [perfect, absent, better].every((changes) => changes[name].mean !== null);

const WIDTH = { perfect: 240, absent: 170 };

export function wingsView(shown: ShownComponents, theme: Theme): object {
  const { better } = shown;
  // The axis of either wing runs from less to more.
  const wings = (["absent", "perfect"] as const).map((wing) => wingView(wing, shown, theme));
  const [left, right] = better === "higher" ? wings : wings.toReversed();
  return {
    spacing: 14,
    hconcat: [left(true), right(false)],
    resolve: { scale: { y: "independent" } },
  };
}

const TITLES = { absent: "if absent", perfect: "if perfect; tick: if 10 % better" } as const;

const wingView =
  (wing: "absent" | "perfect", { bars, title, unit }: ShownComponents, theme: Theme) =>
  (hasNames: boolean): object => {
    const scale = linearScale([
      0,
      ...bars.flatMap((bar) => [bar[wing].mean ?? 0, ...bounds(bar[wing])]),
    ]);
    const values = bars.map((bar) => ({
      name: bar.name,
      change: bar[wing].mean,
      low: bar[wing].ci[0] ?? bar[wing].mean,
      high: bar[wing].ci[1] ?? bar[wing].mean,
      better: bar.better.mean,
      tip: plainEstimate(bar[wing]),
    }));
    const x = (field: string) => ({
      field,
      type: "quantitative",
      scale: scaleSpec(scale),
      axis: { title: `${title} (${unit})`, tickCount: 5, grid: true },
    });
    const y = {
      field: "name",
      type: "nominal",
      sort: null,
      axis: hasNames ? nameAxis(theme) : { title: null, labels: false },
    };
    return {
      title: { text: TITLES[wing], fontSize: SIZE.text, frame: "group", offset: 8 },
      width: WIDTH[wing],
      height: { step: 22 },
      data: { values },
      layer: [
        {
          mark: {
            type: "bar",
            height: { band: 0.66 },
            color: wing === "perfect" ? theme.better : theme.worse,
            opacity: 0.9,
          },
          encoding: {
            x: x("change"),
            y,
            tooltip: [
              { field: "name", type: "nominal" },
              { field: "tip", type: "nominal", title: `change, ${unit}` },
            ],
          },
        },
        {
          mark: { type: "rule", strokeWidth: 1.2, color: theme.text },
          encoding: { x: x("low"), x2: { field: "high" }, y },
        },
        ...(wing === "perfect"
          ? [
              {
                mark: { type: "tick", thickness: 2, color: theme.text, height: 12 },
                encoding: { x: x("better"), y },
              },
            ]
          : []),
      ],
    };
  };

const bounds = ({ ci }: MetricValue) => ci.filter((bound) => bound !== null);
