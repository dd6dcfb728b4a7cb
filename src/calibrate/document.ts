// The document of a calibration: what the search found, and what the simulations with fresh draws say about it.
import { ENGINE, type MetricValue } from "../experiment/result.ts";
import type { Optimum } from "../numerics/optimising/optimise.ts";
import type { Calibration, FreeParameter, Part, Target } from "./calibration.ts";
import { ensembleResult } from "./ensemble/document.ts";
import type { Ensemble } from "./ensemble/sample.ts";
import type { EvaluationResult } from "./evaluator.ts";
import { lossOf, missOf, passes, simulatedValue } from "./fit.ts";
import { boundOf, type Identifiability, type Profile } from "./identify.ts";
import { fromUnit, toUnit } from "./parameters.ts";
import type { CalibrationResult, ParameterResult, TargetFit } from "./result.ts";
import { warningsOf } from "./warnings.ts";

/** All that is wanted of all groups at one point. */
export type Figures = readonly EvaluationResult[];

/** The values of one point, by the part of a target. */
export const valuesIn =
  (figures: Figures) =>
  ({ group, wanted }: Part): MetricValue | undefined =>
    figures[group]?.[wanted];

/** What the simulations with fresh draws say. */
export interface Final {
  readonly start: Figures;
  readonly fit: Figures;
  /** Undefined where a target has no value near the fit. */
  readonly identifiability: Identifiability | undefined;
  /** Undefined where none was asked for. */
  readonly ensemble: Ensemble | undefined;
}

export interface Outcome {
  readonly optimum: Optimum;
  /** Values of the parameters. */
  readonly fitted: readonly number[];
  /** Figures that the search saw at the best point, one per target; null without a value. */
  readonly figures: readonly (number | null)[];
  /** How much of the search's loss is the pull. */
  readonly pull: number;
  /** Undefined where the calibration was interrupted before. */
  readonly final: Final | undefined;
}

export function documentOf(calibration: Calibration, outcome: Outcome): CalibrationResult {
  const { name, seed, search, targets } = calibration;
  const { optimum, figures, pull, final } = outcome;
  const { levels, descent, polish, beyond, prior } = search;
  const { evaluations, stopped, replications } = optimum;
  const fits = targets.map((target, i) => fitOf(target, figures[i] ?? null, final));
  const parameters = calibration.parameters.map((parameter, i) =>
    parameterResult(parameter, outcome.fitted[i], final?.identifiability?.profiles[i]),
  );
  const lossAt = (of: (fit: TargetFit) => MetricValue | null) => {
    const means = fits.map((fit) => of(fit)?.mean ?? Number.NaN);
    return finite(lossOf(targets, means));
  };
  const loss = {
    start: lossAt(({ start }) => start),
    fitted: lossAt(({ simulated }) => simulated),
  };
  const nameOf = (parameter: number) => calibration.parameters[parameter].name;
  return {
    schema: "faultline/calibrate@1",
    name,
    seed,
    engine: ENGINE,
    interrupted: final === undefined,
    replications: final === undefined ? replications : search.final,
    loss,
    parameters,
    correlations: (final?.identifiability?.correlations ?? []).map(({ parameters: [i, j], r }) => ({
      parameters: [nameOf(i), nameOf(j)],
      r,
    })),
    targets: fits,
    ...(final?.ensemble && { ensemble: ensembleResult(calibration, final.ensemble) }),
    search: {
      ...{ levels, descent, polish, beyond, prior, evaluations, stopped },
      ...{ loss: finite(optimum.best?.value ?? Number.NaN), pull, replications },
    },
    warnings: warningsOf({
      parameters,
      loss,
      ensemble: final?.ensemble,
      isBlind: final !== undefined && final.identifiability === undefined,
    }),
  };
}

function fitOf(target: Target, best: number | null, final: Final | undefined): TargetFit {
  const { parts: _parts, accepted: _accepted, ...said } = target;
  const simulated = final
    ? simulatedValue(target, valuesIn(final.fit))
    : { mean: best, ci: [null, null] as const };
  const { mean } = simulated;
  return {
    ...said,
    start: final ? simulatedValue(target, valuesIn(final.start)) : null,
    simulated,
    miss: mean === null ? null : missOf(target, mean),
    pass: passes(target, simulated),
  };
}

function parameterResult(
  parameter: FreeParameter,
  fitted: number,
  profile: Profile | undefined,
): ParameterResult {
  const { path, in: file, scale, low, high, start } = parameter;
  const unit = { start: toUnit(parameter, start), fitted: toUnit(parameter, fitted) };
  return {
    path,
    ...(file === undefined ? {} : { in: file }),
    scale,
    range: [low, high],
    start,
    fitted,
    unit,
    atBound: boundOf(unit.fitted),
    profile: profile ? profileOf(parameter, profile) : null,
  };
}

function profileOf(parameter: FreeParameter, { interval, verdict }: Profile) {
  const [low, high] = interval;
  const values = [fromUnit(parameter, low), fromUnit(parameter, high)] as const;
  return { interval: values, unit: interval, verdict };
}

const finite = (x: number) => (Number.isFinite(x) ? x : null);
