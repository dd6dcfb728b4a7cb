// What may stand under a column, and how numbers are written as text. All formats keep to these rules.
import type { Column, Value } from "./columns.ts";

const RULES = {
  string: "text",
  int64: "whole numbers up to 2^53 - 1",
  double: "finite numbers",
  boolean: "true or false",
} as const;

/** @throws RangeError when a row has more or fewer values than there are columns, or a value is not of its column's type */
export function checkRow(columns: readonly Column[], row: readonly Value[]): void {
  if (row.length !== columns.length)
    throw new RangeError(
      `A row of ${row.length} values under ${columns.length} columns: every column has one value`,
    );
  for (let i = 0; i < row.length; i++) if (!fits(columns[i], row[i])) refuse(columns[i], row[i]);
}

function fits({ type, nullable }: Column, value: Value): boolean {
  if (value === null) return nullable;
  if (type === "int64") return Number.isSafeInteger(value);
  if (type === "double") return Number.isFinite(value);
  return typeof value === type;
}

function refuse({ name, type, nullable }: Column, value: Value): never {
  const told = typeof value === "string" ? JSON.stringify(value) : String(value);
  throw new RangeError(
    `${told} under ${name}: its values are ${RULES[type]}${nullable ? ", or null" : ""}`,
  );
}

/**
 * A number in the shortest form that gives the same number when it is read. A whole number of a `double` column keeps
 * its decimal point, so that a reader that guesses the type of a column from its values guesses right.
 */
export function numberText({ type }: Column, value: number): string {
  const text = String(value);
  return type === "double" && Number.isInteger(value) && !text.includes("e") ? `${text}.0` : text;
}
