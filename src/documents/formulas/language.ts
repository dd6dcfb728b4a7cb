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

/** Variables that the scenario gives: tools of the task, agents of the team, claims of the task graph. */
export const BUILT_IN_VARIABLES: readonly string[] = ["tools", "agents", "claims"];

const OPERATOR_WORDS = ["and", "or", "xor", "not", "mod", "to", "in", "end"];
const CONSTANT_WORDS = ["true", "false", "null", "undefined", "NaN", "Infinity"];

/** Names that a parameter cannot have, since they mean something else in a formula. */
export const RESERVED_NAMES: readonly string[] = [
  ...BUILT_IN_VARIABLES,
  ...FORMULA_FUNCTIONS,
  ...OPERATOR_WORDS,
  ...CONSTANT_WORDS,
];

/** Whether a value is written as a formula. */
export function isFormula(value: unknown): value is string {
  return typeof value === "string" && /^\s*=/.test(value);
}
