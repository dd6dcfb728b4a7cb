/**
 * Free parameters of a calibration: a range and a scale map each of them to the unit interval.
 *
 * A scale says in which coordinate equal steps mean equal changes: the value itself, its logarithm
 * (rates, costs, sizes) or its log-odds (probabilities).
 */

import { logistic } from "../numerics/logit.ts";
import { clamp } from "../numerics/statistics.ts";

/** Coordinate in which a parameter is searched. */
export type Scale = "linear" | "log" | "logit";

/** A bounded parameter. `low` < `high`; above 0 on the log scale, inside (0, 1) on the logit scale. */
export interface Parameter {
  readonly name: string;
  readonly low: number;
  readonly high: number;
  readonly scale: Scale;
}

interface Coordinate {
  readonly forward: (value: number) => number;
  readonly back: (coordinate: number) => number;
}

const COORDINATES: Readonly<Record<Scale, Coordinate>> = {
  linear: { forward: (value) => value, back: (coordinate) => coordinate },
  log: { forward: Math.log, back: Math.exp },
  logit: {
    forward: (value) => Math.log(value) - Math.log1p(-value),
    back: logistic,
  },
};

/**
 * Checks a parameter. Throws RangeError unless its bounds are finite, in order, at a finite distance
 * that its scale can resolve, and inside the domain of its scale.
 */
export function checkParameter({ name, low, high, scale }: Parameter): void {
  const fail = (rule: string): never => {
    throw new RangeError(`Parameter ${name} in [${low}, ${high}] (${scale}): ${rule}`);
  };
  if (!Object.hasOwn(COORDINATES, scale)) fail("a scale is linear, log or logit");
  if (!Number.isFinite(high - low)) fail("bounds and their difference must be finite");
  if (!(low < high)) fail("low must be < high");
  if (scale === "log" && !(low > 0)) fail("low must be > 0 on the log scale");
  if (scale === "logit" && !(low > 0 && high < 1))
    fail("bounds must be in (0, 1) on the logit scale");
  const { forward } = COORDINATES[scale];
  if (!(forward(low) < forward(high))) fail("bounds must differ on their scale");
}

/** Checks each parameter. Throws RangeError as `checkParameter`, if there is none, or two share a name. */
export function checkParameters(parameters: readonly Parameter[]): void {
  if (parameters.length === 0) throw new RangeError("No parameters: at least one must be free");
  const names = new Set<string>();
  for (const parameter of parameters) {
    checkParameter(parameter);
    if (names.has(parameter.name))
      throw new RangeError(`Parameter ${parameter.name} comes twice: names must be distinct`);
    names.add(parameter.name);
  }
}

/**
 * Place of a value in its range, in [0, 1]: 0 at `low`, 1 at `high`, linear in the scale's coordinate.
 * Throws RangeError if the parameter is unsound or the value outside [low, high].
 */
export function toUnit(parameter: Parameter, value: number): number {
  checkParameter(parameter);
  const { name, low, high, scale } = parameter;
  if (!(value >= low && value <= high))
    throw new RangeError(`Parameter ${name} is ${value}: must be in [${low}, ${high}]`);
  const { forward } = COORDINATES[scale];
  const unit = (forward(value) - forward(low)) / (forward(high) - forward(low));
  return clamp(unit, 0, 1);
}

/**
 * Value at a place of [0, 1] in the range: the inverse of `toUnit`, exact at both ends and never
 * outside [low, high]. Throws RangeError if the parameter is unsound or `unit` outside [0, 1].
 */
export function fromUnit(parameter: Parameter, unit: number): number {
  checkParameter(parameter);
  const { name, low, high, scale } = parameter;
  if (!(unit >= 0 && unit <= 1))
    throw new RangeError(`Place ${unit} in the range of ${name}: must be in [0, 1]`);
  if (unit === 0) return low;
  if (unit === 1) return high;
  const { forward, back } = COORDINATES[scale];
  const from = forward(low);
  return clamp(back(from + unit * (forward(high) - from)), low, high);
}

/** `toUnit` of one value per parameter. Throws RangeError also if the numbers of both differ. */
export function pointToUnit(
  parameters: readonly Parameter[],
  values: ArrayLike<number>,
): Float64Array {
  checkLength(parameters, values);
  return Float64Array.from(parameters, (parameter, i) => toUnit(parameter, values[i]));
}

/** `fromUnit` of one coordinate per parameter. Throws RangeError also if the numbers of both differ. */
export function pointFromUnit(
  parameters: readonly Parameter[],
  unit: ArrayLike<number>,
): Float64Array {
  checkLength(parameters, unit);
  return Float64Array.from(parameters, (parameter, i) => fromUnit(parameter, unit[i]));
}

/** Significant digits of values that are written: what is written is what is simulated. */
const DIGITS = 6;

/** `pointFromUnit` with few digits, within the ranges. */
export function roundedFromUnit(
  parameters: readonly Parameter[],
  unit: ArrayLike<number>,
): number[] {
  return [...pointFromUnit(parameters, unit)].map((value, i) =>
    clamp(Number(value.toPrecision(DIGITS)), parameters[i].low, parameters[i].high),
  );
}

function checkLength(parameters: readonly Parameter[], point: ArrayLike<number>): void {
  if (point.length !== parameters.length)
    throw new RangeError(
      `${point.length} numbers for ${parameters.length} parameters: must be one per parameter`,
    );
}
