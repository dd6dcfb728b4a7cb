// Says what a field may hold, and what somebody probably meant who wrote something else there.
import type { z } from "zod";
import { SECONDS_PER_UNIT } from "../fields.ts";
import { isFormula } from "../formulas/language.ts";
import { HINTS, RULES } from "./messages.ts";
import {
  discriminatorOf,
  infoOf,
  isNullable,
  keysOf,
  type NumberRange,
  rangeOf,
  unwrap,
} from "./schemaWalk.ts";
import { suggest } from "./suggest.ts";

type Schema = z.core.$ZodType;

/** The rule of a field: what may stand there. */
export function ruleOf(schema: Schema): string {
  return isNullable(schema) ? RULES.orNull(plainRuleOf(schema)) : plainRuleOf(schema);
}

function plainRuleOf(schema: Schema): string {
  const { title = "It", unit = "" } = infoOf(schema) ?? {};
  const bare = unwrap(schema) as z.core.$ZodTypes;
  const range = rangeOf(schema);
  if (range !== undefined) return RULES.number(title, range, unit);
  if (unit === "seconds") return RULES.duration;
  if (unit === "name") return RULES.name;
  if (unit === "reference" || unit === "references") return RULES.reference;
  const { def } = bare._zod;
  switch (def.type) {
    case "enum":
      return RULES.words(title, Object.values(def.entries).map(String));
    case "literal":
      return RULES.words(title, def.values.map(String));
    case "boolean":
      return RULES.yesNo(title);
    case "array":
      return RULES.list(title);
    case "tuple":
      return RULES.tuple(title, def.items.length);
    case "record":
      return RULES.names(title);
    case "object":
    case "union":
      return RULES.keys(title, keysOf(schema) ?? [], discriminatorOf(schema));
    default:
      return RULES.text(title);
  }
}

/** What somebody probably meant who wrote `value` in this field. */
export function hintFor(schema: Schema, value: unknown): string | undefined {
  const { unit = "" } = infoOf(schema) ?? {};
  const bare = unwrap(schema) as z.core.$ZodTypes;
  const range = rangeOf(schema);
  if (range !== undefined) return numberHint(value, range, unit);
  if (unit === "seconds") return durationHint(value);
  if (isFormula(value)) return HINTS.formulaElsewhere;
  switch (bare._zod.def.type) {
    case "boolean":
      return typeof value === "string" ? HINTS.yesNo : undefined;
    case "enum":
      return nearestWord(schema, value);
    case "object":
      return typeof value === "string" && keysOf(schema)?.includes(value)
        ? HINTS.mapOf(value)
        : undefined;
    case "string":
      return ["number", "boolean"].includes(typeof value) ? HINTS.quoteText(value) : undefined;
    default:
      return undefined;
  }
}

function nearestWord(schema: Schema, value: unknown): string | undefined {
  const { def } = (unwrap(schema) as z.core.$ZodTypes)._zod;
  const words = def.type === "enum" ? Object.values(def.entries).map(String) : [];
  return HINTS.didYouMean(nearestOf(words, value));
}

/** The word that a value probably stands for. Lists and maps stand for none, and their text can be nested too deep to be made. */
export function nearestOf(words: readonly string[], value: unknown): string | undefined {
  return typeof value === "object" ? undefined : suggest(String(value), words);
}

const isShare = (unit: string) => unit === "probability" || unit === "share";

/** No amount that somebody means is longer; a longer text would only keep the pattern busy. */
const LONGEST_AMOUNT = 40;
const AMOUNT = /^\s*([+-]?[\d._,]*\d[\d_]*(?:[eE][+-]?\d+)?)\s*(\S*)\s*$/;

/** Digits and what follows them, if that is all there is. */
function splitAmount(value: unknown): { digits: string; suffix: string } | undefined {
  if (typeof value !== "string" || value.length > LONGEST_AMOUNT) return undefined;
  const parts = AMOUNT.exec(value);
  return parts ? { digits: parts[1], suffix: parts[2] } : undefined;
}

/** Percentages, quoted numbers, digits in groups, decimal commas, units. */
function numberHint(value: unknown, range: NumberRange, unit: string): string | undefined {
  if (typeof value === "number")
    return isShare(unit) && value > 1 && value <= 100 ? HINTS.percent(value) : undefined;
  const parts = splitAmount(value);
  if (parts === undefined) return undefined;
  const { digits, suffix } = parts;
  const amount = readNumber(digits);
  if (suffix === "%") return fits(amount / 100, range) ? HINTS.percent(amount) : undefined;
  if (!fits(amount, range)) return undefined;
  const isQuoted = suffix === "" && String(amount) === digits;
  return isQuoted ? HINTS.quotedNumber(digits) : HINTS.write(String(amount));
}

/** Reads 1_000, 1,000 and 0,5 as people mean them. */
function readNumber(digits: string): number {
  const isGrouped = /^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(digits);
  return Number(digits.replaceAll("_", "").replaceAll(",", isGrouped ? "" : "."));
}

function fits(amount: number, { min, max, isWhole }: NumberRange): boolean {
  const isInside = amount >= (min ?? -Infinity) && amount <= (max ?? Infinity);
  return Number.isFinite(amount) && isInside && (!isWhole || Number.isInteger(amount));
}

const UNIT_NAMES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ms: ["msec", "millisecond", "milliseconds"],
    s: ["sec", "secs", "second", "seconds"],
    min: ["m", "mins", "minute", "minutes"],
    h: ["hr", "hrs", "hour", "hours"],
    d: ["day", "days"],
  }).flatMap(([unit, names]) => names.map((name) => [name, unit] as const)),
);

/** Units under other names. */
function durationHint(value: unknown): string | undefined {
  const parts = splitAmount(value);
  if (parts === undefined) return undefined;
  const amount = readNumber(parts.digits);
  const name = parts.suffix.toLowerCase();
  const isUnit = name === "" || Object.hasOwn(SECONDS_PER_UNIT, name);
  const unit = isUnit ? name : UNIT_NAMES.get(name);
  if (unit === undefined || !(amount >= 0) || !Number.isFinite(amount)) return undefined;
  return HINTS.write(`${amount}${unit}`);
}
