// The picture of the ensemble of kim2025: each parameter on its range from 0 to 1, with its interval and the fit.
import { toUnit } from "../../../src/calibrate/parameters.ts";
import type { CalibrationResult } from "../../../src/calibrate/result.ts";
import type { Chart } from "../../../src/charts/chart.ts";
import { type Dot, dotPlot } from "../../../src/charts/dots.ts";
import { frame } from "../../../src/charts/frame.ts";
import { measureOf } from "../../../src/charts/measure.ts";
import { seriesOf } from "../../../src/charts/series.ts";
import { LIGHT } from "../../../src/charts/theme.ts";
import { count } from "../../../src/wording/text.ts";
import { ENSEMBLE_ALT, type EnsembleSummary, labelOf, short } from "./ensemblePlaces.ts";

const WIDTH = 420;
/** Of the names beside it. */
const NAMES = 300;

export function ensembleChart(ensemble: EnsembleSummary, calibration: CalibrationResult): Chart {
  const [series] = seriesOf(["ensemble"], LIGHT);
  const dots = ensemble.parameters.map((one, i): Dot => {
    const { scale, range, unit, fitted } = calibration.parameters[i];
    const [low, high] = range;
    const places = one.quantiles.map((value) =>
      toUnit({ name: one.path, low, high, scale }, value),
    );
    return {
      panel: "",
      series,
      row: labelOf(one, ensemble.parameters),
      value: { mean: places[1], ci: [places[0], places[2]] },
      published: { mean: unit.fitted, ci: null },
      label: short(fitted),
    };
  });
  const axisTitle = "place in the range, on the parameter's scale";
  const plot = { dots, axisTitle, columns: 1, width: WIDTH, theme: LIGHT };
  const unit = measureOf({ title: axisTitle, unit: "ratio" });
  const drawing = {
    title: "What the published figures leave open",
    notes: [
      `${count(ensemble.size, "parameter set")} in proportion to their likelihood.`,
      ensemble.warnings.length === 0 ? "" : "The ensemble is not settled.",
      "Lines: 5 to 95 %. Dots: median. Hollow diamonds and numbers: the fit.",
    ],
    alt: ENSEMBLE_ALT,
    view: dotPlot({ ...plot, unit, scale: { type: "linear", domain: [0, 1] } }),
    width: WIDTH + NAMES,
  };
  return frame("ensemble", drawing, LIGHT);
}
