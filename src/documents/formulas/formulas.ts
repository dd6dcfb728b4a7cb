// Formulas: a text that begins with `=` where a number may stand, such as `= 0.02 * tools`. It can use the parameters
// of the file, which may be formulas themselves, and the variables of its format.

import type { z } from "zod";
import { Examined } from "../checking/examined.ts";
import type { Problems, Text } from "../checking/problems.ts";
import { acceptsNumber, schemaAt } from "../checking/schemaWalk.ts";
import { suggest } from "../checking/suggest.ts";
import {
  eachScalar,
  isNull,
  type MapNode,
  mapScalars,
  nodeAt,
  type Path,
  pathText,
  type ScalarNode,
  type TreeNode,
  toPlain,
} from "../reading/tree.ts";
import {
  type Expression,
  ExpressionError,
  type ExpressionFault,
  readExpression,
} from "./expression.ts";
import { FORMULA_FUNCTIONS, isFormula } from "./language.ts";
import * as messages from "./messages.ts";

/** Longest formula, in characters. */
export const MAX_FORMULA = 500;
/** Longest chain of formulas of which each uses the next. */
export const MAX_FORMULA_CHAIN = 100;

/** Whether some text looks like a formula: then mathjs has to be there before formulas are resolved. */
export function mayHaveFormulas(root: MapNode): boolean {
  let found = false;
  eachScalar(root, ({ value }) => {
    found ||= isFormula(value);
  });
  return found;
}

/** The numbers of a file, with formulas as their values; undefined where there is none. */
export interface Numbers {
  valueAt(path: Path, ifMissing?: number): number | undefined;
  /** The sum over some paths. */
  sum(paths: readonly Path[], of?: (path: Path) => Path, ifMissing?: number): number | undefined;
  /** Paths of what a map or list holds. */
  children(path: Path): Path[];
  /** The text at a path. */
  wordAt(path: Path): string | undefined;
}

/** A variable: its value is worked out where a formula uses it. */
export type Variables = Readonly<Record<string, (numbers: Numbers) => number | undefined>>;

/**
 * The tree with every formula replaced by its value. A formula that has none stays as it is: its problem is in the
 * problems, or that of the value it depends on is or will be.
 * Where {@link mayHaveFormulas} says so, mathjs has to be loaded before.
 * @param schema says where numbers may stand
 * @param variables that formulas can use besides the parameters
 */
export function resolveFormulas(
  root: MapNode,
  schema: z.ZodType,
  variables: Variables,
  problems: Problems,
): MapNode {
  const formulas = findFormulas(root, schema);
  if (formulas.size === 0) return root;
  const read = (text: string): Expression | ExpressionFault => {
    try {
      return readExpression(text);
    } catch (error) {
      if (error instanceof ExpressionError) return error.fault;
      throw error;
    }
  };
  const evaluator = new Evaluator(new Examined(root, problems), formulas, variables, read);
  return mapScalars(root, (scalar, path) => {
    const value = formulas.has(pathText(path)) ? evaluator.valueAt(path) : undefined;
    return value === undefined ? scalar : { ...scalar, value };
  }) as MapNode;
}

/** Formulas by the text of their path. @param schema says where numbers may stand */
export function findFormulas(root: MapNode, schema: z.ZodType): Map<string, ScalarNode> {
  const formulas = new Map<string, ScalarNode>();
  let plain: unknown;
  eachScalar(root, (scalar, path) => {
    if (!isFormula(scalar.value)) return;
    plain ??= toPlain(root);
    const field = schemaAt(schema, plain, path);
    if (field && acceptsNumber(field)) formulas.set(pathText(path), scalar);
  });
  return formulas;
}

class Evaluator implements Numbers {
  private readonly examined: Examined;
  private readonly root: MapNode;
  private readonly formulas: ReadonlyMap<string, ScalarNode>;
  private readonly read: (text: string) => Expression | ExpressionFault;
  private readonly variables: ReadonlyMap<string, () => number | undefined>;
  /** By the node: a formula of agentDefaults stands in every group, and is worked out once. */
  private readonly values = new Map<ScalarNode, number | undefined>();
  /** Formulas that are being evaluated, outermost first. */
  private readonly open: string[] = [];

  constructor(
    examined: Examined,
    formulas: ReadonlyMap<string, ScalarNode>,
    variables: Variables,
    read: (text: string) => Expression | ExpressionFault,
  ) {
    this.examined = examined;
    this.root = examined.tree;
    this.formulas = formulas;
    this.read = read;
    const given = Object.entries(variables).map(([name, of]) => [name, () => of(this)] as const);
    const parameters = this.children(["parameters"]).map(
      (path) => [String(path[1]), () => this.valueAt(path)] as const,
    );
    this.variables = new Map([...given, ...parameters]);
  }

  valueAt(path: Path, ifMissing?: number): number | undefined {
    const node = nodeAt(this.root, path);
    if (node === undefined) return ifMissing;
    if (node.kind !== "scalar") return undefined;
    if (typeof node.value === "number") return node.value;
    return this.formulas.has(pathText(path)) ? this.formulaAt(path, node) : undefined;
  }

  private formulaAt(path: Path, node: ScalarNode): number | undefined {
    if (this.values.has(node)) return this.values.get(node);
    const name = pathText(path);
    if (this.open.includes(name)) {
      const cycle = [...this.open.slice(this.open.indexOf(name)), name];
      return this.fail(path, messages.formulaCycle(this.examined.written(path), cycle));
    }
    if (this.open.length >= MAX_FORMULA_CHAIN)
      return this.fail(path, messages.formulaChain(this.examined.written(path), MAX_FORMULA_CHAIN));
    this.open.push(name);
    const result = this.evaluate(path, String(node.value));
    this.open.pop();
    this.values.set(node, result);
    return result;
  }

  private evaluate(path: Path, text: string): number | undefined {
    const written = this.examined.written(path);
    if (text.length > MAX_FORMULA)
      return this.fail(path, messages.formulaTooLong(written, MAX_FORMULA));
    // A space in place of the = keeps the positions that a message may state.
    const expression = this.read(text.replace("=", " "));
    if ("kind" in expression) return this.fail(path, faultText(written, expression));
    const scope = this.scopeOf(expression, path);
    if (scope === undefined) return undefined;
    try {
      const result = expression.evaluate(scope);
      if (typeof result === "number" && Number.isFinite(result)) return result;
      return this.fail(path, messages.formulaResult(written, result));
    } catch (error) {
      return this.fail(path, messages.formulaSyntax(written, (error as Error).message));
    }
  }

  /** The variables of a formula; undefined where one of them has no value. */
  private scopeOf(expression: Expression, path: Path): Map<string, number> | undefined {
    const scope = new Map<string, number>();
    for (const name of expression.variables) {
      const variable = this.variables.get(name);
      if (variable === undefined) {
        const known = [...this.variables.keys()];
        const near = this.examined.suggest(name, known);
        const written = this.examined.written(path);
        return this.fail(path, messages.formulaVariable(written, name, known, near));
      }
      const value = variable();
      if (value === undefined) return undefined;
      scope.set(name, value);
    }
    return scope;
  }

  wordAt(path: Path): string | undefined {
    const node = nodeAt(this.root, path);
    return node?.kind === "scalar" ? String(node.value) : undefined;
  }

  sum(paths: readonly Path[], of = (path: Path) => path, ifMissing?: number): number | undefined {
    let sum = 0;
    for (const path of paths) {
      const value = this.valueAt(of(path), ifMissing);
      // Without one there is no sum; to go on would take time without end where formulas use each other.
      if (value === undefined) return undefined;
      sum += value;
    }
    return sum;
  }

  children(path: Path): Path[] {
    const node: TreeNode | undefined = nodeAt(this.root, path);
    if (node?.kind === "list") return node.items.map((_, i) => [...path, i]);
    if (node?.kind !== "map") return [];
    return [...node.entries].filter(([, e]) => !isNull(e.value)).map(([key]) => [...path, key]);
  }

  private fail(path: Path, text: Text): undefined {
    this.examined.error(path, text);
    return undefined;
  }
}

/** What is said of an expression that cannot be used as the formula at a path. */
export function faultText(path: Path, fault: ExpressionFault): Text {
  switch (fault.kind) {
    case "syntax":
      return messages.formulaSyntax(path, fault.detail);
    case "depth":
      return messages.formulaTooDeep(path);
    case "forbidden":
      return messages.formulaForbids(path, fault.what);
    case "function": {
      const near = suggest(fault.name, FORMULA_FUNCTIONS);
      return messages.formulaFunction(path, fault.name, FORMULA_FUNCTIONS, near);
    }
  }
}
