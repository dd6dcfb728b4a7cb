// Says what a field may hold, and what somebody probably meant who wrote something else there.
import type { z } from "zod";
import { SECONDS_PER_UNIT } from "../fields.ts";
import { isFormula } from "../formulas/language.ts";
import { type Hint, meant } from "../quoting.ts";
import { isUncertain } from "../uncertain.ts";
import { factorOf, numberText, readAmount, readFraction } from "./amounts.ts";
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

/** Rules of fields by unit. */
export type Rules = Readonly<Record<string, string>>;

/**
 * The rule of a field: what may stand there.
 * @param rules of a format's own fields; they go before what follows from the schema
 */
export function ruleOf(schema: Schema, rules: Rules = {}): string {
  const own = rules[infoOf(schema)?.unit ?? ""];
  if (own !== undefined) return own;
  return isNullable(schema) ? RULES.orNull(plainRuleOf(schema)) : plainRuleOf(schema);
}

function plainRuleOf(schema: Schema): string {
  const { title = "It", unit = "" } = infoOf(schema) ?? {};
  const bare = unwrap(schema) as z.core.$ZodTypes;
  const range = rangeOf(schema);
  if (range !== undefined) return RULES.number(title, range, unit);
  if (unit === "seconds") return RULES.duration;
  if (unit === "name") return RULES.name;
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

/** A value as it was written: of a number or a word such as `true` the text, which may say more than the value. */
export interface Written {
  readonly value: unknown;
  readonly written?: string | undefined;
  readonly isQuoted?: boolean | undefined;
}

/**
 * What somebody probably meant who wrote this in the field; nothing where that is not clear, or could not stand there.
 * @param hasFormulas whether a number may be written as a formula
 */
export function hintFor(schema: Schema, given: Written, hasFormulas = false): Hint {
  const { value } = given;
  const { unit = "", title } = infoOf(schema) ?? {};
  const bare = unwrap(schema) as z.core.$ZodTypes;
  const range = rangeOf(schema);
  if (range !== undefined) return numberHint(given, range, unit, hasFormulas);
  if (unit === "seconds") return durationHint(value, schema);
  if (isFormula(value)) return { hint: HINTS.formulaElsewhere };
  if (isUncertain(value)) return { hint: HINTS.uncertainElsewhere };
  switch (bare._zod.def.type) {
    case "boolean":
      return yesNoHint(value);
    case "enum":
      return nearestWord(value, Object.values(bare._zod.def.entries).map(String));
    case "literal":
      return literalHint(value, bare._zod.def.values);
    case "object":
      return typeof value === "string" && keysOf(schema)?.includes(value)
        ? { hint: HINTS.mapOf(value) }
        : {};
    case "string":
      // A name that refers to another is not mended by making it one that there is not.
      return unit === "name" && title !== "Name" ? {} : textHint(given, schema, unit);
    default:
      return {};
  }
}

const write = (replacement: string): Hint => ({ hint: HINTS.write(replacement), replacement });

/** The word of a scalar; empty for a map or a list, which nobody misspelt. */
export function wordOf(value: unknown): string {
  return typeof value === "object" ? "" : String(value);
}

export function nearestWord(value: unknown, words: readonly string[]): Hint {
  return meant(suggest(wordOf(value), words));
}

function literalHint(value: unknown, values: readonly unknown[]): Hint {
  const meant = values.find((one) => String(one) === wordOf(value).trim());
  return meant === undefined || typeof meant === "string" ? {} : write(String(meant));
}

const YES = ["yes", "y", "on", "1"];
const NO = ["no", "n", "off", "0"];

function yesNoHint(value: unknown): Hint {
  const word = wordOf(value).trim().toLowerCase();
  if (YES.includes(word) || word === "true") return write("true");
  if (NO.includes(word) || word === "false") return write("false");
  return typeof value === "string" ? { hint: HINTS.yesNo } : {};
}

/** A number or `true` is put into quotes, as it was written; a name gets dashes for what it cannot have. */
function textHint({ value, written }: Written, schema: Schema, unit: string): Hint {
  const isMeant = (text: string) => (schema as z.ZodType).safeParse(text).success;
  if (typeof value === "number" || typeof value === "boolean") {
    const text = written ?? String(value);
    return isMeant(text) ? { hint: HINTS.quoteText(text), replacement: JSON.stringify(text) } : {};
  }
  if (unit !== "name" || typeof value !== "string") return {};
  const name = value
    .trim()
    .replace(/[^\p{L}\p{M}\p{N}_-]+/gu, "-")
    .replace(/^-|-$/g, "");
  return isMeant(name) ? write(name) : {};
}

const isShare = (unit: string) => unit === "probability" || unit === "share";
/** Units of which a hundredth is meant by a percentage. */
const isRelative = (unit: string) => isShare(unit) || unit === "ratio" || unit === "factor";

/** Percentages, fractions, magnitudes, quoted numbers, digits in groups, decimal commas, units. */
function numberHint(
  { value, isQuoted }: Written,
  range: NumberRange,
  unit: string,
  hasFormulas: boolean,
): Hint {
  if (typeof value === "number") return isShare(unit) ? percentHint(value, range) : {};
  if (typeof value !== "string") return {};
  const fraction = readFraction(value);
  if (fraction !== undefined) {
    if (!fits(fraction.value, range)) return {};
    if (fraction.isShort) return write(String(fraction.value));
    return hasFormulas && !range.isWhole ? write(`"= ${value.trim()}"`) : {};
  }
  const amount = readAmount(value);
  if (amount === undefined) return {};
  const { readings, suffix } = amount;
  if (/^(%|percent)$/i.test(suffix)) {
    const [percentage] = readings;
    const share = percentage / 100;
    if (readings.length > 1 || !isRelative(unit) || !fits(share, range)) return {};
    return { hint: HINTS.percent(percentage), replacement: numberText(share) };
  }
  const factor = factorOf(suffix, unit);
  // A point before three digits may set thousands apart.
  const isUnclear = range.isWhole && /^\D*\d{1,3}\.\d{3}\D*$/.test(value) && factor === 1;
  if (factor === undefined || isUnclear) return {};
  const possible = readings.map((reading) => reading * factor).filter((x) => fits(x, range));
  if (possible.length !== 1 && !(range.isWhole && possible.length > 1)) return {};
  const text = numberText(possible[0]);
  if (!fits(Number(text), range)) return {};
  return isQuoted && text === value
    ? { hint: HINTS.quotedNumber(text), replacement: text }
    : write(text);
}

function percentHint(value: number, range: NumberRange): Hint {
  if (!(value >= 2 && value <= 100 && fits(value / 100, range))) return {};
  return { hint: HINTS.percent(value), replacement: numberText(value / 100) };
}

function fits(amount: number, { min, max, isWhole }: NumberRange): boolean {
  const isInside = amount >= (min ?? -Infinity) && amount <= (max ?? Infinity);
  return Number.isFinite(amount) && isInside && (!isWhole || Number.isSafeInteger(amount));
}

const UNIT_NAMES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ms: ["msec", "msecs", "millisecond", "milliseconds"],
    s: ["S", "sec", "secs", "second", "seconds"],
    min: ["m", "mins", "minute", "minutes"],
    h: ["H", "hr", "hrs", "hour", "hours"],
    d: ["D", "day", "days"],
  }).flatMap(([unit, names]) => names.map((name) => [name, unit] as const)),
);

/** Units under other names. */
function durationHint(value: unknown, schema: Schema): Hint {
  const amount = typeof value === "string" ? readAmount(value) : undefined;
  if (amount === undefined || amount.readings.length > 1) return {};
  const { suffix } = amount;
  // Of a letter the case tells: M is no minute.
  const name = suffix.length > 1 ? suffix.toLowerCase() : suffix;
  const isUnit = name === "" || Object.hasOwn(SECONDS_PER_UNIT, name);
  const unit = isUnit ? name : UNIT_NAMES.get(name);
  if (unit === undefined) return {};
  const number = amount.readings[0];
  const text = `${number}${unit}`;
  const isMeant = (schema as z.ZodType).safeParse(unit === "" ? number : text).success;
  return isMeant ? write(text) : {};
}
