// Formulas: a text that begins with `=` where a number may stand, such as `= 0.02 * tools`. It can use the parameters
// of the scenario, which may be formulas themselves, and three variables that the scenario itself gives.

import * as messages from "../../scenario/checking/messages.ts";
import { scenarioSchema } from "../../scenario/schema.ts";
import type { Report, Text } from "../checking/problems.ts";
import { acceptsNumber, schemaAt } from "../checking/schemaWalk.ts";
import { suggest } from "../checking/suggest.ts";
import type { MapNode, Path, ScalarNode, TreeNode } from "../reading/tree.ts";
import {
  eachScalar,
  isNull,
  locate,
  mapScalars,
  nodeAt,
  pathText,
  toPlain,
  writtenPath,
} from "../reading/tree.ts";
import {
  type Expression,
  ExpressionError,
  type ExpressionFault,
  readExpression,
} from "./expression.ts";
import { FORMULA_FUNCTIONS, isFormula } from "./language.ts";

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

/**
 * The tree with every formula replaced by its value. A formula that has none stays as it is: its problem is in the
 * report, or that of the value it depends on is or will be.
 */
export function resolveFormulas(root: MapNode, report: Report): MapNode {
  const formulas = findFormulas(root);
  if (formulas.size === 0) return root;
  const read = (text: string): Expression | ExpressionFault => {
    try {
      return readExpression(text);
    } catch (error) {
      if (error instanceof ExpressionError) return error.fault;
      throw error;
    }
  };
  const evaluator = new Evaluator(root, formulas, read, report);
  return mapScalars(root, (scalar, path) => {
    const value = formulas.has(pathText(path)) ? evaluator.valueAt(path) : undefined;
    return value === undefined ? scalar : { ...scalar, value };
  }) as MapNode;
}

/** Formulas by the text of their path. */
function findFormulas(root: MapNode): Map<string, ScalarNode> {
  const formulas = new Map<string, ScalarNode>();
  let plain: unknown;
  eachScalar(root, (scalar, path) => {
    if (!isFormula(scalar.value)) return;
    plain ??= toPlain(root);
    const schema = schemaAt(scenarioSchema, plain, path);
    if (schema && acceptsNumber(schema)) formulas.set(pathText(path), scalar);
  });
  return formulas;
}

class Evaluator {
  private readonly root: MapNode;
  private readonly formulas: ReadonlyMap<string, ScalarNode>;
  private readonly read: (text: string) => Expression | ExpressionFault;
  private readonly report: Report;
  private readonly variables: ReadonlyMap<string, () => number | undefined>;
  /** By the node: a formula of agentDefaults stands in every group, and is worked out once. */
  private readonly values = new Map<ScalarNode, number | undefined>();
  /** Formulas that are being evaluated, outermost first. */
  private readonly open: string[] = [];

  constructor(
    root: MapNode,
    formulas: ReadonlyMap<string, ScalarNode>,
    read: (text: string) => Expression | ExpressionFault,
    report: Report,
  ) {
    this.root = root;
    this.formulas = formulas;
    this.read = read;
    this.report = report;
    const variables = new Map([
      ["tools", () => this.valueAt(["task", "tools"], 0)],
      ["agents", () => this.sum(this.children(["agents"]), (group) => [...group, "count"], 1)],
      ["claims", () => this.claims()],
    ]);
    for (const path of this.children(["parameters"]))
      variables.set(String(path[1]), () => this.valueAt(path));
    this.variables = variables;
  }

  /** The number at a path, evaluated if it is a formula; undefined where there is none. */
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
      return this.fail(path, messages.formulaCycle(writtenPath(this.root, path), cycle));
    }
    if (this.open.length >= MAX_FORMULA_CHAIN)
      return this.fail(
        path,
        messages.formulaChain(writtenPath(this.root, path), MAX_FORMULA_CHAIN),
      );
    this.open.push(name);
    const result = this.evaluate(path, String(node.value));
    this.open.pop();
    this.values.set(node, result);
    return result;
  }

  private evaluate(path: Path, text: string): number | undefined {
    const written = writtenPath(this.root, path);
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
        const written = writtenPath(this.root, path);
        const near = this.report.suggest(name, known);
        return this.fail(path, messages.formulaVariable(written, name, known, near));
      }
      const value = variable();
      if (value === undefined) return undefined;
      scope.set(name, value);
    }
    return scope;
  }

  private claims(): number | undefined {
    const graph: Path = ["task", "graph"];
    const shape = nodeAt(this.root, [...graph, "shape"]);
    switch (shape?.kind === "scalar" && shape.value) {
      case "chain":
      case "generated":
        return this.valueAt([...graph, "size"]);
      case "layers":
        return this.sum(this.children([...graph, "layers"]), (layer) => layer);
      case "graph":
        return this.children([...graph, "claims"]).length;
      default:
        return undefined;
    }
  }

  private sum(
    paths: readonly Path[],
    of: (path: Path) => Path,
    ifMissing?: number,
  ): number | undefined {
    let sum = 0;
    for (const path of paths) {
      const value = this.valueAt(of(path), ifMissing);
      // Without one there is no sum; to go on would take time without end where formulas use each other.
      if (value === undefined) return undefined;
      sum += value;
    }
    return sum;
  }

  /** Paths of what a map or list holds. */
  private children(path: Path): Path[] {
    const node: TreeNode | undefined = nodeAt(this.root, path);
    if (node?.kind === "list") return node.items.map((_, i) => [...path, i]);
    if (node?.kind !== "map") return [];
    return [...node.entries].filter(([, e]) => !isNull(e.value)).map(([key]) => [...path, key]);
  }

  private fail(path: Path, text: Text): undefined {
    this.report.error(locate(this.root, path), writtenPath(this.root, path), text);
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
