// What a factor varies over, as it is written: one list, one range or one formula.
import type { Examined } from "../../documents/checking/examined.ts";
import type { Text } from "../../documents/checking/problems.ts";
import type { Path } from "../../documents/reading/tree.ts";
import {
  type Axis,
  type FactorValue,
  listed,
  type Range,
  spaced,
  spacedWhole,
  wholeNumbers,
} from "../designs/axes.ts";
import * as messages from "./messages.ts";
import type { WrittenDesign, WrittenFactor } from "./schema.ts";
import type { ShapedExperiment } from "./shape.ts";

/** A value that a factor can take, and where that was written. */
export interface WrittenValue {
  readonly value: FactorValue;
  readonly at: Path;
}

/** The values that a factor can take; of a range its ends, between which all others lie. */
export function writtenValues(
  name: string,
  { values, from, to }: WrittenFactor,
  design: WrittenDesign | undefined,
): WrittenValue[] {
  const at: Path = ["factors", name];
  if (design?.kind === "points")
    return design.points.flatMap((point, i) =>
      Object.hasOwn(point, name) ? [{ value: point[name], at: ["design", "points", i, name] }] : [],
    );
  if (values !== undefined) return values.map((value, i) => ({ value, at: [...at, "values", i] }));
  return [
    ...(from === undefined ? [] : [{ value: from, at: [...at, "from"] }]),
    ...(to === undefined ? [] : [{ value: to, at: [...at, "to"] }]),
  ];
}

/** Whether a factor is ever a word. */
export function hasWords(name: string, { factors, fields }: ShapedExperiment): boolean {
  const factor = factors.get(name);
  const values = factor && writtenValues(name, factor, fields.design);
  return values?.some(({ value }) => typeof value === "string") ?? false;
}

/** The ways to say what a factor is, each by its keys. */
const WAYS = [["values"], ["from", "to", "count", "scale"], ["formula"]] as const;

/** Whether it is said in exactly one way, and there in full; what is wrong is told to `examined`. */
export function checkOneWay(
  name: string,
  factor: WrittenFactor,
  design: WrittenDesign | undefined,
  examined: Examined,
): boolean {
  const refuse = (key: string | undefined, text: Text): false => {
    examined.error(["factors", name, ...(key === undefined ? [] : [key])], text);
    return false;
  };
  const [way, other] = WAYS.map((keys) => keys.find((key) => factor[key] !== undefined)).filter(
    (key) => key !== undefined,
  );
  if (other !== undefined) return refuse(other, messages.levelsTwice(way, other));
  if (design?.kind === "points" && way !== "formula")
    return way === undefined || refuse(way, messages.levelsBesidePoints(way));
  // Without a sound design nobody knows whether something is missing.
  if (way === undefined) return design !== undefined && refuse(undefined, messages.noLevels);
  if (way === "values" || way === "formula") return true;
  const missing = (["from", "to"] as const).find((key) => factor[key] === undefined);
  return missing === undefined || refuse(way, messages.halfARange(missing));
}

/**
 * The axis of a factor without a formula; undefined (and a problem) where it is none.
 * @param isWhole whether whole numbers are needed
 */
export function axisOf(
  name: string,
  factor: WrittenFactor,
  design: WrittenDesign | undefined,
  isWhole: boolean,
  examined: Examined,
): Axis | undefined {
  const { values, from, to, count, scale = "linear" } = factor;
  const at: Path = ["factors", name];
  const written = writtenValues(name, factor, design);
  if (design?.kind === "points") return listed(written.map(({ value }) => value));
  if (values !== undefined) return areDistinct(written, examined) ? listed(values) : undefined;
  if (from === undefined || to === undefined) return undefined;
  if (from === to) {
    if (count !== undefined && count > 1)
      examined.warning([...at, "count"], messages.fewerThanCount(count, 1));
    return listed([from]);
  }
  if (!(from < to)) return void examined.error([...at, "to"], messages.invertedRange(from, to));
  if (scale === "log" && from <= 0)
    return void examined.error([...at, "from"], messages.logOfZero(from));
  if (count === 1) return void examined.error([...at, "count"], messages.oneOfRange(from, to));
  const range: Range = { kind: "range", from, to, scale };
  if (count !== undefined) {
    const levels = isWhole ? spacedWhole(range, count) : spaced(range, count);
    if (levels.count < count)
      examined.warning([...at, "count"], messages.fewerThanCount(count, levels.count));
    return levels;
  }
  if (isWhole && scale === "linear") return wholeNumbers(from, to);
  const canFill = design?.kind === "latin-hypercube" || design?.kind === "sobol";
  if (canFill && !isWhole) return range;
  return design && void examined.error(at, messages.needsCount(design.kind));
}

function areDistinct(values: readonly WrittenValue[], examined: Examined): boolean {
  const seen = new Set<FactorValue>();
  for (const { value, at } of values) {
    if (seen.has(value)) {
      examined.error(at, messages.valueTwice(value));
      return false;
    }
    seen.add(value);
  }
  return true;
}
