// Formulas of factors: read, held against the factors that there are, and computed at a point. They are in the language
// of the formulas in scenarios, with factors for variables.

import type { Examined } from "../../documents/checking/examined.ts";
import type { Text } from "../../documents/checking/problems.ts";
import { suggest } from "../../documents/checking/suggest.ts";
import {
  type Expression,
  ExpressionError,
  loadMathjs,
  readExpression,
} from "../../documents/formulas/expression.ts";
import { faultText } from "../../documents/formulas/formulas.ts";
import type { Path } from "../../documents/reading/tree.ts";
import { type FactorValue, tidy } from "../designs/axes.ts";
import * as messages from "./messages.ts";

/** A formula by the name of its factor. */
export interface FactorFormula {
  readonly name: string;
  readonly expression: Expression;
}

/**
 * Reads a formula of factors; undefined (and a problem) where it is none, or uses what is no factor.
 * @param path where it stands in the experiment
 */
export async function readFormula(
  text: string,
  path: Path,
  known: readonly string[],
  examined: Examined,
): Promise<Expression | undefined> {
  await loadMathjs();
  try {
    const expression = readExpression(text.replace(/^\s*=/, " "));
    const strangers = expression.variables.filter((name) => !known.includes(name));
    for (const name of strangers)
      examined.error(path, messages.unknownFactor(name, known, suggest(name, known)));
    return strangers.length === 0 ? expression : undefined;
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    examined.error(path, faultText(path, error.fault));
    return undefined;
  }
}

/** Formulas in an order in which each comes after those that it uses. Loops are told to `examined` and left out. */
export function inOrderOfUse(
  formulas: readonly FactorFormula[],
  pathOf: (name: string) => Path,
  examined: Examined,
): readonly FactorFormula[] {
  const byName = new Map(formulas.map((formula) => [formula.name, formula]));
  const ordered = new Set<FactorFormula>();
  const looped = new Set<FactorFormula>();
  const visit = (formula: FactorFormula, way: readonly string[]): void => {
    const { name, expression } = formula;
    if (ordered.has(formula) || looped.has(formula)) return;
    if (way.includes(name)) {
      const cycle = [...way.slice(way.indexOf(name)), name];
      examined.error(pathOf(name), messages.factorCycle(cycle));
      for (const one of cycle) looped.add(byName.get(one) as FactorFormula);
      return;
    }
    for (const used of expression.variables) {
      const next = byName.get(used);
      if (next !== undefined) visit(next, [...way, name]);
    }
    if (!looped.has(formula)) ordered.add(formula);
  };
  for (const formula of formulas) visit(formula, []);
  return [...ordered];
}

/** The factors at a point: values, and for formulas without a value the reason. */
export interface Settings {
  readonly values: ReadonlyMap<string, FactorValue>;
  readonly failures: ReadonlyMap<string, Text>;
}

/** Computes the formulas, in the order of their use, from the values of the other factors. */
export function settle(
  given: ReadonlyMap<string, FactorValue>,
  formulas: readonly FactorFormula[],
): Settings {
  const values = new Map(given);
  const failures = new Map<string, Text>();
  for (const { name, expression } of formulas) {
    const failed = expression.variables.find((used) => failures.has(used));
    const result = failed === undefined ? compute(expression, values) : undefined;
    if (typeof result === "number" && Number.isFinite(result)) values.set(name, tidy(result));
    else if (failed !== undefined) failures.set(name, failures.get(failed) as Text);
    else failures.set(name, messages.formulaGives(name, result, pointOf(expression, values)));
  }
  return { values, failures };
}

/** What an expression gives, with true and false as 1 and 0; undefined where it cannot be computed. */
export function compute(expression: Expression, values: ReadonlyMap<string, FactorValue>): unknown {
  const numbers = new Map(expression.variables.map((name) => [name, Number(values.get(name))]));
  try {
    return expression.evaluate(numbers);
  } catch {
    return undefined;
  }
}

/** The values that an expression used, to be shown. */
export function pointOf(
  { variables }: Expression,
  values: ReadonlyMap<string, FactorValue>,
): Record<string, FactorValue> {
  return Object.fromEntries(variables.map((name) => [name, values.get(name) as FactorValue]));
}
