// What a column of an exported table is, and the columns that begin both tables. The other ones stand in cellColumns.ts
// and replicationColumns.ts. Tables and their documentation (docs/reference/columns.md) read the same lists; metrics and outcome
// fields bring their names from where they are defined.
import type { FactorValue } from "../sweep/designs/axes.ts";
import type { Factors, Origin } from "./rows.ts";

/** `int64` holds integers up to ±(2^53 - 1), `double` finite numbers, `string` Unicode text. */
export type ColumnType = "string" | "int64" | "double" | "boolean";

/** What stands in a row under a column; null where there is no value. */
export type Value = string | number | boolean | null;

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  /** Whether a row may have no value here. */
  readonly nullable: boolean;
  /** Empty where there is none. */
  readonly unit: string;
  readonly description: string;
}

/** A column that knows where its value stands in a source row. */
export interface ColumnOf<Source> extends Column {
  read(source: Source): Value;
}

/**
 * A column.
 * @param type with `?` where a row may have no value
 * @param read takes the value from a source row
 */
export function column<Source>(
  name: string,
  type: ColumnType | `${ColumnType}?`,
  description: string,
  read: (source: Source) => Value,
  unit = "",
): ColumnOf<Source> {
  const [held] = type.split("?") as [ColumnType];
  return { name, type: held, nullable: type !== held, unit, description, read };
}

export interface Factor {
  readonly name: string;
  readonly type: ColumnType;
}

/**
 * The factors of points, in order of appearance. A factor is `int64` if all its values are whole numbers, `double` if
 * they are numbers, `boolean` if all are true or false, and `string` otherwise.
 */
export function factorsOf(points: Iterable<Factors>): Factor[] {
  const types = new Map<string, ColumnType>();
  for (const point of points)
    for (const [name, value] of Object.entries(point))
      types.set(name, commonType(types.get(name), typeOf(value)));
  return [...types].map(([name, type]) => ({ name, type }));
}

function typeOf(value: FactorValue): ColumnType {
  if (typeof value !== "number") return typeof value === "boolean" ? "boolean" : "string";
  return Number.isSafeInteger(value) ? "int64" : "double";
}

function commonType(a: ColumnType | undefined, b: ColumnType): ColumnType {
  if (a === undefined || a === b) return b;
  const areNumbers = [a, b].every((type) => type === "int64" || type === "double");
  return areNumbers ? "double" : "string";
}

/** Where a row comes from: the columns that begin both tables. */
export function originColumns(factors: readonly Factor[]): ColumnOf<Origin>[] {
  return [
    column(
      "experiment",
      "string?",
      "Name of the experiment.",
      ({ experiment }) => experiment ?? null,
    ),
    column(
      "cell",
      "int64",
      "Number of the cell, from 0; scenarios that were run together share it.",
      ({ cell }) => cell,
    ),
    column("scenario", "string", "Label of the scenario.", ({ scenario }) => scenario),
    column(
      "baseline",
      "string?",
      "Label of the scenario that it is paired with.",
      ({ baseline }) => baseline ?? null,
    ),
    ...factors.map(factorColumn),
    column("seed", "string", "Seed of all draws.", ({ seed }) => seed),
  ];
}

/** The column of a factor. It has no value for a scenario that the factor does not apply to. */
function factorColumn({ name, type }: Factor): ColumnOf<Origin> {
  return column(`factor.${name}`, `${type}?`, `Value of the factor ${name}.`, ({ factors }) => {
    const value = Object.hasOwn(factors, name) ? factors[name] : null;
    return type === "string" && value !== null ? String(value) : value;
  });
}
