// What is said of uncertain numbers that are none.
import type { Text } from "../../documents/checking/problems.ts";
import { isMap } from "../../documents/checking/schemaWalk.ts";
import { called, list, meant, quote, word } from "../../documents/quoting.ts";
import type { Path } from "../../documents/reading/tree.ts";
import { FORM_KEYS, PAIRS, type PairForm } from "../../documents/uncertain.ts";

const FORMS_RULE =
  "an uncertain number is one of { value: 0.06, interval: [0.04, 0.09] }, { beta: [12, 188] }, { normal: [mean, sd] }, { lognormal: [mean, sd] } and { uniform: [low, high] }";

export const unknownForm = (path: Path, key: string, near: string | undefined): Text => ({
  message: `the key ${word(key)} is not known in ${called(path)}`,
  rule: `keys of an uncertain number are ${list(FORM_KEYS)}`,
  ...meant(near),
});

/** @param value what stands there */
export const noForm = (path: Path, value: unknown = {}): Text => ({
  message: `${called(path)} is ${isMap(value) ? "an empty map" : quote(value)}`,
  rule: FORMS_RULE,
});

export const severalForms = (path: Path, forms: readonly string[]): Text => ({
  message: `${called(path)} has ${forms.length} forms at once: ${list(forms)}`,
  rule: FORMS_RULE,
  hint: "keep the one that you know it by",
});

export const halfForm = (path: Path, key: "value" | "interval"): Text => ({
  message: `${called(path)} has no ${key}`,
  rule: "value and interval go together: the median, and the bounds between which the number lies with 95 %",
  hint:
    key === "interval"
      ? "write the number alone, if it is known exactly"
      : "write { uniform: [low, high] }, if any number between the bounds is as likely",
});

const PARTS = { ...PAIRS, interval: ["low", "high"] } as const;
export type ListForm = PairForm | "interval";

const listRule = (form: ListForm) =>
  `${form} is a list of two numbers: ${PARTS[form].join(" and ")}`;

export const notAPair = (path: Path, form: ListForm, value: unknown): Text => ({
  message: Array.isArray(value)
    ? `${called(path)} has ${value.length} items`
    : `${called(path)} is ${quote(value)}`,
  rule: listRule(form),
});

export const notANumber = (path: Path, value: unknown, rule: string): Text => ({
  message: Number.isNaN(value)
    ? `${called(path)} is not a number (.nan)`
    : typeof value === "number"
      ? `${called(path)} is infinite (.inf)`
      : `${called(path)} is ${quote(value)}`,
  rule: `${rule}; numbers are finite`,
});

export const pairNumberRule = listRule;

export const reversed = (path: Path, low: number, high: number): Text => ({
  message: `${called(path)} is reversed: ${low} is above ${high}`,
  rule: "the lower bound comes first",
  hint: `write [${high}, ${low}]`,
  replacement: `[${high}, ${low}]`,
});

export const outsideInterval = (path: Path, value: number, low: number, high: number): Text => ({
  message: `${called(path)} is ${value}, outside of its interval from ${low} to ${high}`,
  rule: "the interval holds the value",
});

export const notCounts = (path: Path, value: number): Text => ({
  message: `${called(path)} is ${value}`,
  rule: "the numbers of beta are above 0, and at most 1e8: successes and failures, each with what was known before",
  hint:
    value === 0
      ? "add .5 to successes and to failures, as Jeffreys' prior does, where one of them was never seen"
      : undefined,
});

export const negativeSd = (path: Path, value: number): Text => ({
  message: `${called(path)} is ${value}`,
  rule: "a standard deviation is at least 0",
});

export const notPositive = (path: Path, value: number): Text => ({
  message: `${called(path)} is ${value}`,
  rule: "the mean of a lognormal number is above 0",
});

export const outsideField = (path: Path, what: string, value: number, rule: string): Text => ({
  message: `${what} of ${called(path)} is ${value}, which the field cannot be`,
  rule,
});

export const chosen = (path: Path): Text => ({
  message: `${called(path)} is uncertain`,
  rule: "what is chosen and not measured is a plain number: replications, repeats, sampling, limits and thresholds",
});

export const noSuchNumber = (what: string, path: string, { hint }: Text): Text => ({
  message: `${what} names ${path}, which there is not`,
  rule: NUMBER_RULE,
  hint,
});

const NUMBER_RULE = "an uncertain number stands where the scenario has a number";

export const noNumber = (what: string, path: string): Text => ({
  message: `${what} names ${path}, which is no number`,
  rule: NUMBER_RULE,
});

/** A value that an uncertain number may have, and that makes no valid scenario. */
export const impossibleDraw = (what: string, { message, rule, hint }: Text): Text => ({
  message: `${what} is possible, and then ${message}`,
  rule: rule === undefined ? DRAW_RULE : `${rule}; ${DRAW_RULE}`,
  hint,
});

const DRAW_RULE = "every draw of the uncertain numbers has to be a valid scenario";
