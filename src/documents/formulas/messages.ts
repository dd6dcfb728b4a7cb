// What is said of formulas.

import type { Text } from "../checking/problems.ts";
import { called, didYouMean, list, quote, shorten, word } from "../quoting.ts";
import type { Path } from "../reading/tree.ts";

export const formulaTooLong = (path: Path, most: number): Text => ({
  message: `the formula of ${called(path)} is too long`,
  rule: `a formula has at most ${most} characters`,
});

export const formulaTooDeep = (path: Path): Text => ({
  message: `the formula of ${called(path)} is nested too deep`,
  rule: "the parentheses of a formula are nested at most 32 deep",
});

export const formulaSyntax = (path: Path, detail: string): Text => ({
  message: `the formula of ${called(path)} cannot be read: ${shorten(detail)}`,
  rule: "a formula is = and an arithmetic expression, such as = 0.02 * tools",
});

export const formulaForbids = (path: Path, what: string): Text => ({
  message: `the formula of ${called(path)} has ${what}`,
  rule: "a formula is made of numbers, parameters, + - * / ^ %, comparisons, and, or, not, c ? a : b, parentheses and functions",
});

export const formulaFunction = (
  path: Path,
  name: string,
  functions: readonly string[],
  near: string | undefined,
): Text => ({
  message: `the formula of ${called(path)} calls ${word(name)}, which is no function that formulas have`,
  rule: `functions are ${functions.join(", ")}`,
  hint: didYouMean(near),
});

export const formulaVariable = (
  path: Path,
  name: string,
  known: readonly string[],
  near: string | undefined,
): Text => ({
  message: `the formula of ${called(path)} uses ${word(name)}, which is not known`,
  rule: `a formula can use ${list(known)}`,
  hint: didYouMean(near) ?? `define it: parameters: { ${shorten(name)}: 1 }`,
});

export const formulaCycle = (path: Path, names: readonly string[]): Text => ({
  message: `the formula of ${called(path)} depends on itself: ${names.join(" → ")}`,
  rule: "formulas have no loops",
});

export const formulaChain = (path: Path, most: number): Text => ({
  message: `the formula of ${called(path)} is used through a chain of too many formulas`,
  rule: `a chain of formulas that use one another has at most ${most} of them`,
});

export const formulaResult = (path: Path, result: unknown): Text => ({
  message: `the formula of ${called(path)} gives ${typeof result === "number" ? String(result) : quote(result)}`,
  rule: "a formula gives a finite number",
});
