// Amounts with the sign that people write: $4,000 where a field is in US dollars, 20% where it is a share. They are read
// before anything else looks at a file, which then has plain numbers only.
import type { z } from "zod";
import { eachScalar, type MapNode, mapScalars, pathText, toPlain } from "../reading/tree.ts";
import { infoOf, rangeOf, schemaAt } from "./schemaWalk.ts";

interface Sign {
  /** The unit of a field in which the sign may stand. */
  readonly unit: RegExp;
  readonly pattern: RegExp;
  /** The number that the digits mean. */
  read(digits: string): number;
}

const SIGNS: readonly Sign[] = [
  {
    unit: /^US dollars\b/,
    pattern: /^\$ ?((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)$/,
    read: (digits) => Number(digits.replaceAll(",", "")),
  },
  {
    unit: /^(probability|share)$/,
    pattern: /^(\d+(?:\.\d+)?) ?%$/,
    // Without the rounding of a division.
    read: (digits) => Number(`${digits}e-2`),
  },
];

/** No amount that somebody means is longer. */
const LONGEST = 40;

/** The pattern of the texts that may stand for a number of a unit; undefined where none may. */
export const patternOf = (unit: unknown): string | undefined =>
  SIGNS.find((sign) => sign.unit.test(String(unit)))?.pattern.source;

/** The tree with a number in place of every amount with a sign that stands where it may. */
export function withPlainAmounts(root: MapNode, schema: z.ZodType): MapNode {
  const amounts = new Map<string, number>();
  let plain: unknown;
  eachScalar(root, ({ value }, path) => {
    if (typeof value !== "string" || !/[$%]/.test(value)) return;
    plain ??= toPlain(root);
    const field = schemaAt(schema, plain, path);
    const amount = field && amountIn(field, value);
    if (amount !== undefined) amounts.set(pathText(path), amount);
  });
  if (amounts.size === 0) return root;
  return mapScalars(root, (scalar, path) => {
    const value = amounts.get(pathText(path));
    return value === undefined ? scalar : { ...scalar, value };
  }) as MapNode;
}

/** The number that an amount with a sign means in a field; undefined where the value is none, or may not stand there. */
export function amountIn(field: z.core.$ZodType, value: unknown): number | undefined {
  if (typeof value !== "string" || value.length > LONGEST || rangeOf(field) === undefined)
    return undefined;
  const sign = SIGNS.find(({ unit }) => unit.test(infoOf(field)?.unit ?? ""));
  const digits = sign?.pattern.exec(value.trim())?.[1];
  return digits === undefined ? undefined : sign?.read(digits);
}
