// Maps of studies: a value at every place of two numbers, coloured by how far it is above or below 0.
import type { Reproduction } from "../../literature/reproduce.ts";
import type { StudyFigure } from "../../literature/study.ts";
import { plainNumber } from "../../wording/estimate.ts";
import { reproductionSample } from "../../wording/sample.ts";
import { tooltipOf } from "../channels.ts";
import type { Drawing, Nothing } from "../definition.ts";
import type { Theme } from "../theme.ts";

const WIDTH = 460;
/** Height of a row. */
const ROW = 40;
/** Share of the strongest colour from which on text in the colour of the ground reads better. */
const TURN = 0.65;

/** The picture of a figure that is a map. */
export function drawMap(
  figure: StudyFigure,
  result: Reproduction,
  theme: Theme,
): Drawing | Nothing {
  const { title, alt, value = { title: "" } } = figure;
  const values = figure.series.flatMap(({ points }) =>
    points.flatMap(({ x, y, value, low, high }) =>
      value === undefined
        ? []
        : [
            {
              x: String(x),
              y: String(y),
              value,
              text: signed(value),
              tip: tipOf(value, low, high),
            },
          ],
    ),
  );
  if (values.length === 0) return { title, why: "The study has no value for this figure." };
  const most = Math.max(...values.map((one) => Math.abs(one.value))) || 1;
  const along = (field: "x" | "y") => ({
    field,
    type: "ordinal",
    // Numbers in their order; the vertical axis upwards.
    scale: {
      domain: inOrder(
        values.map((one) => one[field]),
        field === "y",
      ),
    },
    axis: { title: figure[field].title, grid: false, labelAngle: 0 },
  });
  const place = { x: along("x"), y: along("y") };
  return {
    title,
    notes: [reproductionSample(result), `In each field: ${value.title}.`],
    alt,
    width: WIDTH + 120,
    view: {
      width: WIDTH,
      height: ROW * new Set(values.map(({ y }) => y)).size,
      data: { values },
      layer: [
        {
          mark: { type: "rect", stroke: theme.background, strokeWidth: 1 },
          encoding: {
            ...place,
            color: {
              field: "value",
              type: "quantitative",
              scale: {
                domain: [-most, 0, most],
                range: [theme.worse, theme.background, theme.better],
                interpolate: "rgb",
              },
              legend: { title: value.title, gradientLength: 160, orient: "right" },
            },
            tooltip: tooltipOf({ x: figure.x.title, y: figure.y.title, tip: value.title }),
          },
        },
        {
          mark: { type: "text" },
          encoding: {
            ...place,
            text: { field: "text" },
            color: {
              condition: { test: `abs(datum.value) > ${TURN * most}`, value: theme.background },
              value: theme.text,
            },
          },
        },
      ],
    },
  };
}

/** Different values from the least to the greatest, or the other way round. */
function inOrder(values: readonly string[], isDown: boolean): string[] {
  const sign = isDown ? -1 : 1;
  return [...new Set(values)].sort((a, b) => sign * (Number(a) - Number(b)));
}

const signed = (value: number) => {
  const digits = plainNumber(Math.abs(Math.round(value)));
  return digits === "0" ? digits : `${value < 0 ? "−" : "+"}${digits}`;
};

function tipOf(value: number, low?: number, high?: number): string {
  const digits = (x: number) => plainNumber(Number(x.toPrecision(3)));
  return low === undefined || high === undefined
    ? digits(value)
    : `${digits(value)} [${digits(low)}, ${digits(high)}]`;
}
