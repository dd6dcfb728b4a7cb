// What stands at the places of the ensemble of kim2025: how far the published figures narrow each parameter, and how the
// figures themselves spread over the parameter sets.
import type { EnsembleResult, ParameterSpread } from "../../../src/calibrate/ensemble/document.ts";
import { FREE, PINNED } from "../../../src/calibrate/identify.ts";
import type { CalibrationResult, TargetFit } from "../../../src/calibrate/result.ts";
import type { ENGINE } from "../../../src/experiment/result.ts";
import { plainNumber } from "../../../src/wording/estimate.ts";
import { listText, numberWord } from "../../../src/wording/sentence.ts";
import { capitalized, count } from "../../../src/wording/text.ts";
import { type Places, tableOf } from "../places.ts";

/** What scenarios/kim2025/golden/ensemble.json holds: the ensemble of a calibration without its members. */
export interface EnsembleSummary extends Omit<EnsembleResult, "members"> {
  /** Fingerprint of the parameters about which it was drawn. */
  readonly madeWith: string;
  readonly engine: typeof ENGINE;
  readonly seed: string;
  /** Why it is to be taken with care, if so. */
  readonly warnings: readonly string[];
}

/** Where the picture of the parameters lies, from docs/. */
export const ENSEMBLE_PICTURE = "pictures/studies/kim2025-ensemble.svg";

export function ensemblePlaces(ensemble: EnsembleSummary, calibration: CalibrationResult): Places {
  return {
    "value ensemble": drawnText(ensemble),
    ...(ensemble.warnings.length === 0 ? found(ensemble, calibration) : unsettled(ensemble)),
    "figure ensemble": `![${ENSEMBLE_ALT}](../${ENSEMBLE_PICTURE})`,
    "table ensemble parameters": parameterTable(ensemble, calibration),
    "table ensemble targets": targetTable(ensemble, calibration.targets),
  };
}

export const ENSEMBLE_ALT =
  "A row for each parameter from the low to the high end of its range: the interval from 5 to 95 % over the ensemble, its median, and the value of the fit.";

/** What may be concluded. */
const found = (ensemble: EnsembleSummary, { targets }: CalibrationResult): Places => ({
  "value ensemble warning": "",
  "value ensemble parameters": narrowedText(ensemble),
  "value ensemble targets": missedText(ensemble, targets),
});

/** Nothing may be. */
const unsettled = ({ warnings }: EnsembleSummary): Places => ({
  "value ensemble warning": `Faultline warns: ${warnings.join("; ")}. So the tables show which sets were found, and not what the figures decide.`,
  "value ensemble parameters": "",
  "value ensemble targets": "",
});

/** Three digits of a number. */
export const short = (x: number) => plainNumber(Number(x.toPrecision(3)));

/** A parameter by its path, with its file where another has the same path. */
export function labelOf({ path, in: file }: ParameterSpread, all: readonly ParameterSpread[]) {
  const isAlone = all.filter((other) => other.path === path).length === 1;
  const [, name = file] = /([^/]+)\.yaml$/.exec(file ?? "") ?? [];
  return isAlone ? path : `${path} of ${name}`;
}

// ---------------------------------------------------------------- sentences

function drawnText({
  size,
  distinct,
  candidates,
  effective,
  waves,
  points,
  ...rest
}: EnsembleSummary) {
  return `${count(size, "set")}, ${distinct === size ? "all" : distinct} of them different, of ${count(candidates, "candidate")} that are worth ${count(Math.round(effective), "independent draw")}, after ${count(waves, "wave")} of ${count(points, "point")} with ${count(rest.replications, "replication")} per scenario${movesText(rest)}`;
}

function movesText({ moves, accepted }: Pick<EnsembleSummary, "moves" | "accepted">): string {
  if (accepted === null) return "";
  return `. Each set tried ${count(moves, "move")}, and ${Math.round(100 * accepted)} % were accepted`;
}

function narrowedText({ parameters }: EnsembleSummary): string {
  const namesOf = (holds: (narrowed: number) => boolean) =>
    parameters
      .filter(({ narrowed }) => holds(narrowed))
      .map((one) => `\`${labelOf(one, parameters)}\``);
  const pinned = namesOf((x) => x <= PINNED);
  const open = namesOf((x) => x >= FREE);
  const between = parameters.length - pinned.length - open.length;
  return [
    `The figures pin down ${toldOf(pinned)}: at most a quarter of the range's deviation is left.`,
    `They say next to nothing about ${toldOf(open)}: three quarters or more are left.`,
    `${capitalized(numberWord(between))} of the ${parameters.length} ${between === 1 ? "lies" : "lie"} between.`,
  ].join(" ");
}

const toldOf = (names: readonly string[]) =>
  names.length === 0 ? "none of the parameters" : listText(names);

/** Which published values the mean over the ensemble misses by more than two of their standard errors. */
function missedText({ targets }: EnsembleSummary, asked: readonly TargetFit[]): string {
  const published = asked.flatMap((target, i) =>
    target.published === undefined ? [] : [{ ...target, mean: targets[i].mean ?? Number.NaN }],
  );
  const missed = published
    .filter((one) => !(Math.abs(one.mean - (one.published as number)) <= one.scale))
    .map(({ id }) => `\`${id}\``);
  const near = `The mean over the ensemble lies within two standard errors of ${published.length - missed.length} of the ${count(published.length, "published value")}.`;
  return missed.length === 0
    ? near
    : `${near} It does not with ${listText(missed)}: sets that are likely with the rest do not give these.`;
}

// ---------------------------------------------------------------- tables

function parameterTable({ parameters }: EnsembleSummary, calibration: CalibrationResult): string {
  return tableOf(
    ["parameter", "in", "range", "fit", "5 %", "50 %", "95 %", "narrowed"],
    parameters.map(({ path, in: file = "", range, quantiles, narrowed }, i) => [
      `\`${path}\``,
      file,
      range.map(plainNumber).join(" to "),
      ...[calibration.parameters[i].fitted, ...quantiles].map(short),
      narrowed.toFixed(2),
    ]),
    ["---", "---", "---", "---:", "---:", "---:", "---:", "---:"],
  );
}

function targetTable({ targets }: EnsembleSummary, asked: readonly TargetFit[]): string {
  return tableOf(
    ["figure", "published", "fit", "ensemble", "standard deviation"],
    asked.map((target, i) => [
      `\`${target.id}\``,
      askedText(target),
      ...[target.simulated.mean, targets[i].mean, targets[i].sd].map((x) =>
        x === null ? "undefined" : short(x),
      ),
    ]),
  );
}

function askedText({ published, atLeast, atMost }: TargetFit): string {
  if (published !== undefined) return plainNumber(Number(published.toFixed(3)));
  if (atLeast !== undefined && atMost !== undefined)
    return `${plainNumber(atLeast)} to ${plainNumber(atMost)}`;
  return atLeast === undefined
    ? `at most ${plainNumber(atMost as number)}`
    : `at least ${plainNumber(atLeast)}`;
}
