// The condition that leaves out points.
import type { Examined } from "../../documents/checking/examined.ts";
import type { Expression } from "../../documents/formulas/expression.ts";
import type { FactorValue } from "../designs/axes.ts";
import { compute, pointOf, readFormula, type Settings } from "./formulas.ts";
import * as messages from "./messages.ts";

/** The condition gave something other than true or false. */
export class NotAConditionError extends Error {
  override readonly name = "NotAConditionError";
  readonly result: unknown;
  /** The factors that it used. */
  readonly point: Readonly<Record<string, FactorValue>>;

  constructor(result: unknown, point: Readonly<Record<string, FactorValue>>) {
    super(messages.notACondition(result, point).message);
    this.result = result;
    this.point = point;
  }
}

export class Constraint {
  readonly expression: Expression;

  constructor(expression: Expression) {
    this.expression = expression;
  }

  /**
   * Whether a point stays. One at which a factor that the condition uses has no value does, to be told by its cells.
   * @throws NotAConditionError
   */
  admits({ values, failures }: Settings): boolean {
    if (this.expression.variables.some((name) => failures.has(name))) return true;
    const result = compute(this.expression, values);
    if (typeof result === "boolean") return result;
    throw new NotAConditionError(result, pointOf(this.expression, values));
  }
}

/** Reads `where`; undefined (and a problem) where it is no formula of factors. */
export async function readConstraint(
  text: string,
  known: readonly string[],
  examined: Examined,
): Promise<Constraint | undefined> {
  const expression = await readFormula(text, ["where"], known, examined);
  return expression && new Constraint(expression);
}
