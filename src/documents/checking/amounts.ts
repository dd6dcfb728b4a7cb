// Amounts as people write them where a plain number belongs: 100k, 1/5, 0,2, 1_000, 1.000,5, 10 %, $5, 4 sec.

/** What a text of digits may mean, and what follows it. */
export interface Amount {
  /** The likeliest first; several where the text can be read in several ways. */
  readonly readings: readonly number[];
  /** Percent sign, unit, magnitude, or nothing. */
  readonly suffix: string;
}

/** No amount that somebody means is longer; a longer text would only keep the patterns busy. */
const LONGEST = 40;
const AMOUNT = /^([+-]?)\$?\s*([\d.,_' \u00a0\u202f]*\d)([eE][+-]?\d+)?\s*(\D*)$/;

/** The amount in a text; undefined where the text is anything else. */
export function readAmount(text: string): Amount | undefined {
  const parts = text.length > LONGEST ? null : AMOUNT.exec(text.trim());
  if (parts === null) return undefined;
  const [, sign, digits, exponent = "", suffix] = parts;
  const readings = readingsOf(digits).map((plain) => Number(sign + plain + exponent));
  return readings.some((x) => !Number.isFinite(x)) || readings.length === 0
    ? undefined
    : { readings, suffix: suffix.trim() };
}

/** Digits with a decimal point, for every way in which the signs between them can be read. */
function readingsOf(digits: string): string[] {
  if (/^\d*\.?\d+$/.test(digits)) return [digits];
  if (/^\d+(_\d+)+(\.\d+)?$/.test(digits)) return [digits.replaceAll("_", "")];
  if (/^\d{1,3}([ '\u00a0\u202f]\d{3})+([.,]\d+)?$/.test(digits))
    return [digits.replace(/[^\d.,]/g, "").replace(",", ".")];
  if (/^[1-9]\d{0,2}(\.\d{3})+,\d+$|^[1-9]\d{0,2}(\.\d{3}){2,}$/.test(digits))
    return [digits.replaceAll(".", "").replace(",", ".")];
  const grouped = /^[1-9]\d{0,2}(,\d{3})+(\.\d+)?$/.test(digits) ? digits.replaceAll(",", "") : [];
  // Nobody writes three zeros behind a decimal comma.
  const isDecimal = /^\d*,\d+$/.test(digits) && !(grouped.length > 0 && digits.endsWith("000"));
  return [grouped, isDecimal ? digits.replace(",", ".") : []].flat();
}

const MAGNITUDES: ReadonlyMap<string, number> = new Map([
  ["k", 1e3],
  ["K", 1e3],
  ["thousand", 1e3],
  ["M", 1e6],
  ["million", 1e6],
  ["G", 1e9],
  ["B", 1e9],
  ["billion", 1e9],
]);

/** Units that are counted: with `k` a thousand of them is meant. */
export function factorOf(suffix: string, unit: string): number | undefined {
  const [word, ...rest] = suffix.split(/\s+/).filter((part) => part !== "");
  if (word === undefined) return 1;
  const magnitude = MAGNITUDES.get(word);
  const names = magnitude === undefined ? [word, ...rest] : rest;
  return names.every((name) => isNameOf(name, unit)) ? (magnitude ?? 1) : undefined;
}

function isNameOf(name: string, unit: string): boolean {
  if (/^(\$|usd|dollars?)$/i.test(name)) return unit.includes("dollars");
  const one = name.toLowerCase().replace(/s$/, "");
  return one.length > 1 && unit.split(/[\s,]+/).some((word) => word.replace(/s$/, "") === one);
}

/** A number as it is written, without the noise that a division leaves in the last digits. */
export const numberText = (value: number): string => String(Number(value.toPrecision(12)));

const FRACTION = /^\s*(\d+(?:\.\d+)?)\s*\/\s*(\d+(?:\.\d+)?)\s*$/;

/** A fraction such as 1/5: its value, and whether that is written out in a few digits. */
export function readFraction(text: string): { value: number; isShort: boolean } | undefined {
  const parts = text.length > LONGEST ? null : FRACTION.exec(text);
  if (parts === null) return undefined;
  const value = Number(parts[1]) / Number(parts[2]);
  return Number.isFinite(value) ? { value, isShort: String(value).length <= 10 } : undefined;
}
