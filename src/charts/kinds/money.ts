// Money: what each agent spends and loses, and what each claim loses, in dollars per task. The bars of the agents, with those of
// what no agent lost, add up to the total cost.
import { type MetricValue, readMetric } from "../../experiment/result.ts";
import { experimentSample, INTERVAL } from "../../wording/sample.ts";
import { legendAbove, nameAxis } from "../channels.ts";
import type { ChartDefinition } from "../definition.ts";
import { estimateLabel, measureOf } from "../measure.ts";
import { linearScale, type Scale, scaleSpec } from "../scales.ts";
import { type Member, membersOf, titled } from "../series.ts";
import type { Theme } from "../theme.ts";

const UNIT = measureOf({ title: "US dollars", unit: "per task" });
const WIDTH = 440;
/** Scenarios that are drawn: of more, the first ones. */
const MOST_SCENARIOS = 4;
/** Bars of a panel: of more, the longest ones. */
const MOST_BARS = 16;

const KINDS = ["spending", "loss"] as const;

/** A bar: what is spent, and behind it what is lost. */
interface Bar {
  readonly name: string;
  readonly spending: MetricValue | undefined;
  readonly loss: MetricValue | undefined;
}

interface Panel {
  readonly title: string;
  readonly bars: readonly Bar[];
}

export const money: ChartDefinition<"faultline/run@1" | "faultline/compare@1"> = {
  name: "money",
  shows: "where the money goes: spending and loss by agent and by claim",
  from: ["faultline/run@1", "faultline/compare@1"],
  draw(result, theme) {
    const all = membersOf(result, theme);
    const members = all.slice(0, MOST_SCENARIOS);
    const title = titled("Where the money goes", members);
    const panels = members.flatMap((member) => panelsOf(member, members.length > 1));
    if (panels.length === 0)
      return { title, why: "No scenario states what its claims are worth, or who works." };
    const ends = panels.flatMap(({ bars }) => bars.map(endOf));
    const scale = linearScale([0, ...ends]);
    const left = all.length - members.length;
    const said = panels.flatMap(({ title, bars }) =>
      bars.map((bar) => `${title}, ${sayingOf(bar)}`),
    );
    return {
      title,
      notes: [
        `${experimentSample(result)} Lines: ${INTERVAL} of the loss.`,
        left > 0 ? `${left} more of the scenarios are not drawn.` : "",
      ],
      alt: `${title}, dollars per task: ${said.join("; ")}.`,
      view: { spacing: 22, vconcat: panels.map((panel) => viewOf(panel, scale, theme)) },
      width: WIDTH + 120,
    };
  },
};

const meanOf = (value: MetricValue | undefined) => value?.mean ?? 0;

/** Where a bar ends, with the interval of its loss. */
const endOf = ({ spending, loss }: Bar) =>
  meanOf(spending) + Math.max(meanOf(loss), loss?.ci[1] ?? 0);

const lengthOf = ({ spending, loss }: Bar) => meanOf(spending) + meanOf(loss);

const sayingOf = ({ name, spending, loss }: Bar) =>
  [
    name,
    ...(spending === undefined ? [] : [`spending ${estimateLabel(UNIT, spending)}`]),
    ...(loss === undefined ? [] : [`loss ${estimateLabel(UNIT, loss)}`]),
  ].join(" ");

function panelsOf(
  { label, result: { breakdown, metrics } }: Member,
  isOneOfSeveral: boolean,
): Panel[] {
  if (breakdown === undefined) return [];
  const bars = (parts: NonNullable<typeof breakdown.agents> = {}): Bar[] =>
    Object.entries(parts).map(([name, { cost, loss }]) => ({ name, spending: cost, loss }));
  const others = [
    { name: "claims missing", loss: readMetric(metrics, "loss.missing") },
    { name: "tasks late", loss: readMetric(metrics, "loss.late") },
  ].flatMap(({ name, loss }) => (meanOf(loss) > 0 ? [{ name, loss, spending: undefined }] : []));
  const of = isOneOfSeveral ? `, ${label}` : "";
  return [
    { title: `By agent${of}`, bars: [...longest(bars(breakdown.agents)), ...others] },
    {
      title: `By claim${of}`,
      bars: longest(bars(breakdown.claims).filter((bar) => endOf(bar) > 0)),
    },
  ].filter(({ bars }) => bars.some((bar) => lengthOf(bar) > 0));
}

/** The longest bars, in their order. */
function longest(bars: readonly Bar[]): readonly Bar[] {
  const kept = new Set([...bars].sort((a, b) => lengthOf(b) - lengthOf(a)).slice(0, MOST_BARS));
  return bars.filter((bar) => kept.has(bar));
}

function viewOf({ title, bars }: Panel, scale: Scale, theme: Theme): object {
  const values = bars.flatMap(({ name, spending, loss }) => {
    const spent = meanOf(spending);
    return [
      { name, kind: KINDS[0], from: 0, to: spent, value: spending },
      { name, kind: KINDS[1], from: spent, to: spent + meanOf(loss), value: loss },
    ].flatMap(({ value, ...bar }) =>
      value === undefined
        ? []
        : [
            {
              ...bar,
              low: bar.from + Math.max(0, value.ci[0] ?? 0),
              high: value.ci[1] === null ? scale.domain[1] : bar.from + value.ci[1],
              tip: estimateLabel(UNIT, value),
            },
          ],
    );
  });
  const x = {
    field: "from",
    type: "quantitative",
    scale: scaleSpec(scale),
    axis: { title: `${title} (US dollars per task)`, tickCount: 6, grid: true },
  };
  const y = {
    field: "name",
    type: "nominal",
    sort: null,
    scale: { paddingInner: 0.3, paddingOuter: 0.2 },
    axis: nameAxis(theme),
  };
  const color = {
    field: "kind",
    type: "nominal",
    scale: { domain: KINDS, range: [theme.neutral, theme.error] },
    legend: legendAbove("square"),
  };
  return {
    width: WIDTH,
    height: { step: 20 },
    data: { values },
    layer: [
      {
        mark: { type: "bar" },
        encoding: {
          x,
          x2: { field: "to" },
          y,
          color,
          tooltip: [
            { field: "name", type: "nominal" },
            { field: "kind", type: "nominal" },
            { field: "tip", type: "nominal", title: "dollars per task" },
          ],
        },
      },
      {
        transform: [{ filter: "datum.kind === 'loss' && datum.high > datum.from" }],
        mark: { type: "rule", strokeWidth: 1.5, color: theme.text },
        encoding: { x: { ...x, field: "low" }, x2: { field: "high" }, y },
      },
    ],
  };
}
