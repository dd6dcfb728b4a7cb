// The language of formulas: how one is told from other text, and which names mean something in it.

/** Functions that formulas can call. */
export const FORMULA_FUNCTIONS: readonly string[] = [
  "min",
  "max",
  "abs",
  "sqrt",
  "exp",
  "log",
  "log2",
  "log10",
  "pow",
  "round",
  "floor",
  "ceil",
];

const OPERATOR_WORDS = ["and", "or", "xor", "not", "mod", "to", "in", "end"];
const CONSTANT_WORDS = ["true", "false", "null", "undefined", "NaN", "Infinity"];

/** Names that no variable can have, since they mean something else in a formula. */
export const RESERVED_NAMES: readonly string[] = [
  ...FORMULA_FUNCTIONS,
  ...OPERATOR_WORDS,
  ...CONSTANT_WORDS,
];

/** Names that formulas read: with the letters A to Z only. */
export const VARIABLE_PATTERN = /^[A-Za-z][A-Za-z0-9_]{0,63}$/;

/** Whether a value is written as a formula. */
export function isFormula(value: unknown): value is string {
  return typeof value === "string" && /^\s*=/.test(value);
}
