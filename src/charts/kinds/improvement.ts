// What can be bought: the change of the goal against the extra cost of every set of changes that was tried, the Pareto front of those
// within the limits, and the path of best steps on it.
import type { Estimate } from "../../decide/estimate.ts";
import type { ImproveResult, PathStep } from "../../decide/improve/result.ts";
import { plainEstimate } from "../../wording/estimate.ts";
import { changeOf, goalUnit, stepText } from "../../wording/improvement.ts";
import { grouped } from "../../wording/text.ts";
import { pixels, tooltipOf } from "../channels.ts";
import type { ChartDefinition } from "../definition.ts";
import { linearScale, placeLabels, type Scale, scaleSpec, shareAlong } from "../scales.ts";
import { SIZE, type Theme } from "../theme.ts";

const WIDTH = 520;
const HEIGHT = 340;

interface Point {
  readonly text: string;
  readonly cost: number;
  readonly change: number;
  readonly costTip: string;
  readonly changeTip: string;
}

export const improvement: ChartDefinition<"faultline/improve@1"> = {
  name: "improvement",
  shows: "what changes bring against what they cost, with the path of best steps",
  from: ["faultline/improve@1"],
  draw(result, theme) {
    const title = `What to buy first: ${result.name}`;
    const tried = result.tried.flatMap((one) => {
      const point = pointOf(result, one.changes.join(" + "), one.effect.goal, one.effect.cost);
      return point === undefined ? [] : [{ ...point, onFront: one.onFront, meets: one.meets }];
    });
    if (tried.length === 0) return { title, why: "Nothing was tried that has a value." };
    const steps = result.path.flatMap(
      (step) => pointOf(result, stepText(step), step.effect.goal, step.effect.cost) ?? [],
    );
    const last = result.path[result.path.length - 1];
    return {
      title,
      notes: [
        `${grouped(tried.length)} sets of changes against today, each on the same tasks as today.`,
        "Thick: the path of best steps, with 95 % intervals. Dashed: the Pareto front; of the sets on it none brings more for less.",
        result.budget === null ? "" : "Faint: beyond the budget or a constraint.",
      ],
      alt: `${title}: ${tried.length} sets of changes by extra cost and change of ${result.goal.metric}. ${pathAlt(result, last)}`,
      view: view(result, tried, steps, theme),
      width: WIDTH + 60,
    };
  },
};

function pathAlt(result: ImproveResult, last: PathStep | undefined): string {
  if (last === undefined) return "No path: nothing helps.";
  const change = plainEstimate(changeOf(result, last.effect.goal));
  return `The path: ${result.path.map(stepText).join(", then ")}; at its end ${change} ${goalUnit(result)} at ${plainEstimate(last.effect.cost)} US dollars a task.`;
}

function pointOf(
  result: ImproveResult,
  text: string,
  goal: Estimate,
  cost: Estimate,
): Point | undefined {
  const change = changeOf(result, goal);
  if (change.mean === null || cost.mean === null) return undefined;
  return {
    text,
    cost: cost.mean,
    change: change.mean,
    costTip: plainEstimate(cost),
    changeTip: plainEstimate(change),
  };
}

interface TriedPoint extends Point {
  readonly onFront: boolean;
  readonly meets: boolean;
}

function view(
  result: ImproveResult,
  tried: readonly TriedPoint[],
  steps: readonly Point[],
  theme: Theme,
): object {
  const today: Point = { text: "today", cost: 0, change: 0, costTip: "0", changeTip: "0" };
  const path = [today, ...steps];
  const ends = result.path.map(({ effect }) => ({
    cost: effect.cost.ci,
    change: changeOf(result, effect.goal).ci,
  }));
  const known = (bounds: readonly (number | null)[]) => bounds.filter((bound) => bound !== null);
  const x = linearScale([
    ...[...tried, ...path].map(({ cost }) => cost),
    ...known(ends.flatMap(({ cost }) => cost)),
  ]);
  const y = linearScale([
    ...[...tried, ...path].map(({ change }) => change),
    ...known(ends.flatMap(({ change }) => change)),
  ]);
  const unit = goalUnit(result);
  const encodeX = {
    field: "cost",
    type: "quantitative",
    scale: scaleSpec(x),
    axis: { title: "Extra cost, US dollars per task", grid: true, tickCount: 6 },
  };
  const encodeY = {
    field: "change",
    type: "quantitative",
    scale: scaleSpec(y),
    axis: {
      title: `Change of ${result.goal.metric}, ${unit === "$" ? "US dollars" : unit}`,
      grid: true,
      tickCount: 6,
    },
  };
  const tooltip = tooltipOf({
    text: "changes",
    changeTip: `change, ${unit}`,
    costTip: "extra cost ($)",
  });
  const color = theme.architectures.centralized;
  const front = tried.filter(({ onFront }) => onFront);
  return {
    width: WIDTH,
    height: HEIGHT,
    layer: [
      {
        data: { values: front },
        mark: { type: "line", interpolate: "step-after", strokeDash: [5, 4], color: theme.muted },
        encoding: { x: encodeX, y: encodeY, order: { field: "cost", type: "quantitative" } },
      },
      {
        data: { values: tried },
        mark: { type: "point", filled: true, color: theme.muted },
        encoding: {
          x: encodeX,
          y: encodeY,
          size: { condition: { test: "datum.onFront", value: 50 }, value: 26 },
          opacity: { condition: { test: "datum.meets", value: 0.6 }, value: 0.2 },
          tooltip,
        },
      },
      {
        data: { values: path.map((point, step) => ({ ...point, step })) },
        mark: { type: "line", strokeWidth: 2.5, color },
        encoding: { x: encodeX, y: encodeY, order: { field: "step", type: "quantitative" } },
      },
      ...intervalLayers(result, encodeX, encodeY, color),
      {
        data: { values: path },
        mark: { type: "point", filled: true, size: 90, color },
        encoding: { x: encodeX, y: encodeY, tooltip },
      },
      ...labelLayers(path, x, y, theme),
    ],
  };
}

/** Both intervals of every step. */
function intervalLayers(
  result: ImproveResult,
  encodeX: object,
  encodeY: object,
  color: string,
): object[] {
  const values = result.path.map(({ effect }) => {
    const { mean, ci } = changeOf(result, effect.goal);
    return {
      cost: effect.cost.mean,
      change: mean,
      ...{ costLow: effect.cost.ci[0], costHigh: effect.cost.ci[1] },
      ...{ changeLow: ci[0], changeHigh: ci[1] },
    };
  });
  const mark = { type: "rule", opacity: 0.5, strokeWidth: 1.5, color, clip: true };
  return [
    { x: { ...encodeX, field: "costLow" }, x2: { field: "costHigh" }, y: encodeY },
    { x: encodeX, y: { ...encodeY, field: "changeLow" }, y2: { field: "changeHigh" } },
  ].map((encoding) => ({ data: { values }, mark, encoding }));
}

function labelLayers(path: readonly Point[], x: Scale, y: Scale, theme: Theme): object[] {
  const inPixels = path.map(({ text, cost, change }, i) => ({
    text,
    isUpper: i > 0,
    x: WIDTH * shareAlong(x, cost),
    y: HEIGHT * (1 - shareAlong(y, change)),
  }));
  const placed = placeLabels(inPixels, inPixels, { width: WIDTH, height: HEIGHT });
  return (["left", "right", "center"] as const).flatMap((align) => {
    const values = placed.filter((label) => label.align === align);
    if (values.length === 0) return [];
    return [
      {
        data: { values: values.map(({ text, x, y }) => ({ text, x, y })) },
        mark: { type: "text", align, baseline: "middle", color: theme.text, fontSize: SIZE.label },
        encoding: { x: pixels("x"), y: pixels("y"), text: { field: "text" } },
      },
    ];
  });
}
