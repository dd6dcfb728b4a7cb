// Comparisons of a number with a bound, such as >= 0.4.

export type ComparisonOperator = ">=" | ">" | "<=" | "<";

export interface Comparison {
  readonly operator: ComparisonOperator;
  readonly value: number;
}

const HOLDS: Readonly<Record<ComparisonOperator, (x: number, bound: number) => boolean>> = {
  ">=": (x, bound) => x >= bound,
  ">": (x, bound) => x > bound,
  "<=": (x, bound) => x <= bound,
  "<": (x, bound) => x < bound,
};

/** Whether a number is as the comparison says. Of NaN nothing holds. */
export const holds = ({ operator, value }: Comparison, x: number): boolean =>
  HOLDS[operator](x, value);
