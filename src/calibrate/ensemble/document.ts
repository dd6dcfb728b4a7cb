// The ensemble in the document of a calibration: its members, and what they say of every parameter and of every target.
import { average, quantile, variance } from "../../numerics/statistics.ts";
import type { Calibration } from "../calibration.ts";
import { roundedFromUnit, toUnit } from "../parameters.ts";
import { type Ensemble, type EnsemblePlan, planOf } from "./sample.ts";

export interface EnsembleResult extends EnsemblePlan {
  readonly replications: number;
  /** How many of the members differ. */
  readonly distinct: number;
  /** How many independent draws the candidates are worth. */
  readonly effective: number;
  /** Points at which a target that counts has no value. */
  readonly blind: number;
  /** Share of the moves that were accepted; null without moves. */
  readonly accepted: number | null;
  /** Share of the members at the edge of what the emulator was made for. */
  readonly atEdge: number;
  /** In the order of the calibration's parameters. */
  readonly parameters: readonly ParameterSpread[];
  /** In the order of the calibration's targets. */
  readonly targets: readonly TargetSpread[];
  readonly members: readonly MemberResult[];
}

interface Spread {
  readonly mean: number;
  /** Standard deviation. */
  readonly sd: number;
}

export interface ParameterSpread extends Spread {
  readonly path: string;
  readonly in?: string;
  /** What was possible beforehand: uniform on the parameter's scale. */
  readonly range: readonly [low: number, high: number];
  /** Quantiles at 5, 50 and 95 %. */
  readonly quantiles: readonly [low: number, median: number, high: number];
  /** Standard deviation on the parameter's scale, as a share of that of the range: near 1 where the targets tell nothing. */
  readonly narrowed: number;
}

export interface TargetSpread {
  readonly id: string;
  /** Mean and standard deviation; null where too few members have a value. */
  readonly mean: number | null;
  readonly sd: number | null;
  /** How well the emulator foretold the simulation at points it had not seen; null where it was not asked to. */
  readonly emulator: { readonly r2: number | null; readonly rmse: number } | null;
}

export interface MemberResult {
  /** In the order of the parameters. */
  readonly values: readonly number[];
  /** -2 log L by simulation; the constant is that of an exact simulation that meets every figure. */
  readonly minusTwoLogL: number;
}

/** Significant digits of -2 log L. */
const DIGITS = 6;

/** Standard deviation of the uniform distribution on [0, 1]. */
const UNIFORM = 1 / Math.sqrt(12);

export function ensembleResult(
  { parameters, targets, search }: Calibration,
  { members, distinct, effective, blind, moved, atEdge, checks }: Ensemble,
): EnsembleResult {
  const asked = search.ensemble as NonNullable<typeof search.ensemble>;
  const plan = planOf(asked, parameters.length);
  const accepted = plan.moves === 0 ? null : moved / plan.moves;
  const values = members.map(({ point }) => roundedFromUnit(parameters, point));
  return {
    ...plan,
    replications: asked.replications,
    ...{ distinct, effective, blind, accepted, atEdge },
    parameters: parameters.map((parameter, i) => {
      const { path, in: file, low, high } = parameter;
      const own = values.map((one) => one[i]);
      const unit = own.map((value) => toUnit(parameter, value));
      return {
        path,
        ...(file === undefined ? {} : { in: file }),
        range: [low, high],
        ...spreadOf(own),
        quantiles: [quantile(own, 0.05), quantile(own, 0.5), quantile(own, 0.95)],
        narrowed: spreadOf(unit).sd / UNIFORM,
      };
    }),
    targets: targets.map(({ id }, t) => ({
      id,
      ...knownSpreadOf(members.map(({ figures }) => figures[t]).filter(Number.isFinite)),
      emulator: checks[t] ?? null,
    })),
    members: members.map(({ minusTwoLog }, i) => ({
      values: values[i],
      minusTwoLogL: Number(minusTwoLog.toPrecision(DIGITS)),
    })),
  };
}

function knownSpreadOf(numbers: readonly number[]) {
  const { mean, sd } = spreadOf(numbers);
  return numbers.length < 2 ? { mean: null, sd: null } : { mean, sd };
}

function spreadOf(numbers: readonly number[]): Spread {
  return { mean: average(numbers), sd: Math.sqrt(variance(numbers)) };
}
