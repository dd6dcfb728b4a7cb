/**
 * A quantile function as a table: cubics over cells of equal probability, within a millionth of the
 * function itself. A value costs a few multiplications, whatever the function costs; where no cubic
 * comes near enough (in the tails, as a rule) the function is asked.
 */

/** Cells of the unit interval: with as many, some 95 % of a lognormal variable lie in the table. */
const CELLS = 256;

/** Largest relative error of a cubic, in the middle of its cell; elsewhere it is at most 1.8 times as large. */
const TOLERANCE = 5e-7;

/** Rising function of a probability in the open interval (0, 1). */
export type Quantile = (u: number) => number;

export interface QuantileTable {
  /** Four coefficients per cell, from the constant up; the variable goes from 0 to 1 through the cell. */
  readonly coefficients: Float64Array;
  /** Cells from `first` to `end - 1` are in the table. */
  readonly first: number;
  readonly end: number;
  /** What is asked outside the table. */
  readonly quantile: Quantile;
}

/** Tabulates a function from the middle outwards, as far as cubics come near enough. */
export function tabulate(quantile: Quantile): QuantileTable {
  const coefficients = new Float64Array(4 * CELLS);
  const isFitted = (cell: number) => fitCell(coefficients, cell, quantile);
  let first = CELLS / 2;
  let end = CELLS / 2;
  while (first > 1 && isFitted(first - 1)) first--;
  while (end < CELLS - 1 && isFitted(end)) end++;
  return { coefficients, first, end, quantile };
}

/** The function's value at `u` in the open interval (0, 1), within a millionth. */
export function sample(table: QuantileTable, u: number): number {
  const place = u * CELLS;
  const cell = place | 0;
  // The plus tells V8 that this is a number too: otherwise it boxes what comes from the table as well.
  if (cell < table.first || cell >= table.end) return +table.quantile(u);
  return cubicAt(table.coefficients, cell, place - cell);
}

function cubicAt(coefficients: Float64Array, cell: number, t: number): number {
  const c = 4 * cell;
  return (
    ((coefficients[c + 3] * t + coefficients[c + 2]) * t + coefficients[c + 1]) * t +
    coefficients[c]
  );
}

/**
 * Puts the cubic through four points of a cell (its ends and thirds) into the table, in differences,
 * so that a constant stays what it is. Returns whether it comes near enough in between.
 */
function fitCell(coefficients: Float64Array, cell: number, quantile: Quantile): boolean {
  const at = (t: number) => quantile((cell + t) / CELLS);
  const [y0, y1, y2, y3] = [at(0), at(1 / 3), at(2 / 3), at(1)];
  const [d1, d2, d3] = [y1 - y0, y2 - y1, y3 - y2];
  coefficients.set(
    [y0, 5.5 * d1 - 3.5 * d2 + d3, 4.5 * (3 * d2 - 2 * d1 - d3), 4.5 * (d3 - 2 * d2 + d1)],
    4 * cell,
  );
  const middle = at(1 / 2);
  return Math.abs(cubicAt(coefficients, cell, 1 / 2) - middle) <= TOLERANCE * Math.abs(middle);
}
