// An ensemble as text for people: what it says of every parameter and of every figure, and how far to trust it.
import type {
  EnsembleResult,
  ParameterSpread,
  TargetSpread,
} from "../calibrate/ensemble/document.ts";
import type { TargetFit } from "../calibrate/result.ts";
import { plainNumber } from "../wording/estimate.ts";
import { type Cell, columnsOf, type Group, numberCell } from "../wording/table.ts";
import { count, grouped, wrap } from "../wording/text.ts";
import { parametersByFile } from "./parametersByFile.ts";
import type { Screen } from "./style.ts";
import { renderTable } from "./table.ts";

const PARAMETER_COLUMNS = columnsOf(["mean", "sd", "5 %", "50 %", "95 %", "narrowed", "range"]);
const TARGET_COLUMNS = columnsOf(["published", "mean", "sd", "R²", "RMSE"]);

const LEGEND =
  "narrowed: standard deviation as a share of that of the range, on the parameter's scale; near 1 where the figures tell nothing. R² and RMSE: the emulator against simulations that it had not seen.";

/** @param targets those of the calibration, in the same order */
export function ensembleLines(
  ensemble: EnsembleResult,
  targets: readonly TargetFit[],
  { colors, width }: Screen,
): string[] {
  return [
    colors.bold(`Ensemble of ${count(ensemble.size, "parameter set")}`),
    ...wrap(circumstances(ensemble), width).map(colors.dim),
    "",
    ...renderTable(
      PARAMETER_COLUMNS,
      parametersByFile(ensemble.parameters, parameterCells),
      width,
      colors,
    ),
    "",
    ...renderTable(TARGET_COLUMNS, targetGroups(ensemble, targets), width, colors),
    ...wrap(LEGEND, width).map(colors.dim),
  ];
}

function circumstances(ensemble: EnsembleResult): string {
  const { waves, points, candidates, moves, replications } = ensemble;
  const { distinct, effective, accepted, blind } = ensemble;
  return [
    `${count(waves, "wave")} of ${count(points, "point")}`,
    `${count(candidates, "candidate")} worth ${grouped(Math.round(effective))} independent draws`,
    ...(accepted === null
      ? []
      : [`${count(moves, "move")} per set, ${Math.round(100 * accepted)} % accepted`]),
    `${distinct} different sets`,
    `${count(replications, "replication")} per scenario`,
    ...(blind === 0 ? [] : [`${count(blind, "point")} without every figure`]),
  ].join(" · ");
}

function parameterCells({ mean, sd, quantiles, narrowed, range }: ParameterSpread): Cell[] {
  return [
    ...[mean, sd, ...quantiles].map(shortCell),
    { text: narrowed.toFixed(2) },
    { text: range.map(plainNumber).join(" to ") },
  ];
}

function targetGroups({ targets }: EnsembleResult, asked: readonly TargetFit[]): Group[] {
  const metrics = [...new Set(asked.map(({ metric }) => metric))];
  return metrics.map((title) => ({
    title,
    rows: asked.flatMap((target, i) =>
      target.metric === title ? [{ label: target.id, cells: targetCells(target, targets[i]) }] : [],
    ),
  }));
}

function targetCells({ published }: TargetFit, { mean, sd, emulator }: TargetSpread): Cell[] {
  const r2 = emulator?.r2 ?? null;
  return [
    published === undefined ? BLANK : numberCell(published),
    mean === null ? BLANK : shortCell(mean),
    sd === null ? BLANK : shortCell(sd),
    r2 === null ? BLANK : { text: r2.toFixed(2) },
    emulator === null ? BLANK : shortCell(emulator.rmse),
  ];
}

const BLANK: Cell = { text: "" };
const shortCell = (x: number) => numberCell(Number(x.toPrecision(3)));
