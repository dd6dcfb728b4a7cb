// Formulas as expressions: parsed by mathjs, held against a list of what may stand in them, then evaluated by a
// restricted mathjs instance. mathjs takes long to load, so it is loaded only where a file has a formula.
import type { FunctionNode, MathNode, OperatorNode } from "mathjs";
import { power } from "../../numerics/power.ts";
import { FORMULA_FUNCTIONS } from "./language.ts";

type Mathjs = typeof import("./mathjs.ts");

const OPERATORS: readonly string[] = [
  "add",
  "subtract",
  "multiply",
  "divide",
  "pow",
  "mod",
  "unaryMinus",
  "unaryPlus",
  "equal",
  "unequal",
  "smaller",
  "smallerEq",
  "larger",
  "largerEq",
  "and",
  "or",
  "not",
];

/** An instance with numbers only and no functions but these: none that defines, imports or evaluates anything. */
let math: ReturnType<Mathjs["create"]> | undefined;

/** Loads what reads expressions; to be called before the first is read. */
export async function loadMathjs(): Promise<void> {
  if (math === undefined) useMathjs(await import("./mathjs.ts"));
}

/** Takes mathjs from a caller who has loaded it and cannot wait. */
export function useMathjs(mathjs: Mathjs): void {
  if (math !== undefined) return;
  const all: Readonly<Record<string, unknown>> = { ...mathjs };
  // `^` and `pow`: mathjs takes Math.pow, which differs between versions of V8.
  const createPow = mathjs.factory("pow", ["typed"], ({ typed }) =>
    typed("pow", { "number, number": power }),
  );
  math = mathjs.create({
    ...Object.fromEntries(
      [...OPERATORS, ...FORMULA_FUNCTIONS, "parse"].map((name) => [
        name,
        all[`${name}Dependencies`],
      ]),
    ),
    pow: { typed: mathjs.typedDependencies, createPow },
  } as Parameters<Mathjs["create"]>[0]);
}

/** Deepest nesting of parentheses. */
export const MAX_PARENTHESES = 32;

export type ExpressionFault =
  | { readonly kind: "syntax"; readonly detail: string }
  | { readonly kind: "depth" }
  | { readonly kind: "forbidden"; readonly what: string }
  | { readonly kind: "function"; readonly name: string };

/** What is wrong with an expression. */
export class ExpressionError extends Error {
  override readonly name = "ExpressionError";
  readonly fault: ExpressionFault;

  constructor(fault: ExpressionFault) {
    super(JSON.stringify(fault));
    this.fault = fault;
  }
}

export interface Expression {
  /** Names of the variables in it, each once, in order. */
  readonly variables: readonly string[];
  /** The value for given variables: a finite number, or whatever else the expression gives. @throws ExpressionError */
  evaluate(variables: ReadonlyMap<string, number>): unknown;
}

/**
 * Reads an expression, once mathjs is loaded.
 * @throws ExpressionError where it is no expression, or has anything but arithmetic in it
 */
export function readExpression(text: string): Expression {
  if (nesting(text) > MAX_PARENTHESES) throw new ExpressionError({ kind: "depth" });
  if (text.trim() === "") throw new ExpressionError({ kind: "syntax", detail: "it is empty" });
  const tree = attempt(() => (math as NonNullable<typeof math>).parse(text));
  const variables = new Set<string>();
  examine(tree, variables);
  const code = attempt(() => tree.compile());
  return {
    variables: [...variables],
    evaluate: (values) => attempt(() => code.evaluate(new Map(values))),
  };
}

/** Runs mathjs, whose errors are all made into ExpressionErrors. */
function attempt<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof ExpressionError) throw error;
    const detail = error instanceof Error ? error.message : String(error);
    throw new ExpressionError({ kind: "syntax", detail });
  }
}

function nesting(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const character of text) {
    if (character === "(") deepest = Math.max(deepest, ++depth);
    if (character === ")") depth--;
  }
  return deepest;
}

/** What the nodes that are refused are called. */
const REFUSED_NODES: Readonly<Record<string, string>> = {
  AccessorNode: "access to a property",
  ArrayNode: "a list",
  AssignmentNode: "an assignment",
  BlockNode: "several expressions",
  FunctionAssignmentNode: "the definition of a function",
  IndexNode: "an index",
  ObjectNode: "an object",
  RangeNode: "a range",
  RelationalNode: "a chain of comparisons",
};

/** Accepts numbers, variables, operators, parentheses, conditions and calls of known functions; collects the variables. */
function examine(node: MathNode, variables: Set<string>): void {
  const forbid = (what: string): never => {
    throw new ExpressionError({ kind: "forbidden", what });
  };
  switch (node.type) {
    case "ConstantNode":
      if (!Number.isFinite((node as unknown as { value: unknown }).value))
        forbid("a constant that is not a finite number");
      break;
    case "SymbolNode":
      variables.add((node as unknown as { name: string }).name);
      break;
    case "ParenthesisNode":
    case "ConditionalNode":
      break;
    case "OperatorNode":
      examineOperator(node as OperatorNode, forbid);
      break;
    case "FunctionNode":
      examineCall(node as FunctionNode, variables, forbid);
      return;
    default:
      forbid(REFUSED_NODES[node.type] ?? `a ${node.type}`);
  }
  node.forEach((child) => {
    examine(child, variables);
  });
}

function examineOperator(node: OperatorNode, forbid: (what: string) => never): void {
  if (!OPERATORS.includes(node.fn)) forbid(`the operator ${node.op}`);
  if (node.implicit) forbid("a multiplication without *");
}

function examineCall(
  node: FunctionNode,
  variables: Set<string>,
  forbid: (what: string) => never,
): void {
  const { fn } = node as unknown as { fn: MathNode & { name?: string } };
  if (fn.type !== "SymbolNode") forbid("a call of something that is no function");
  const name = String(fn.name);
  if (!FORMULA_FUNCTIONS.includes(name)) throw new ExpressionError({ kind: "function", name });
  for (const argument of node.args) examine(argument, variables);
}
