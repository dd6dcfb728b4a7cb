/**
 * How objective values are compared: smaller is better, what is not finite comes last, and equal
 * values keep the order of their points.
 */

/** A point of the unit box and its value: finite, or Infinity if the objective gave none. */
export interface Candidate {
  readonly point: Float64Array;
  readonly value: number;
}

/** A candidate as JSON, which has no Infinity. */
export interface CandidateState {
  readonly point: number[];
  readonly value: number | null;
}

/** The value itself, or Infinity for NaN and either infinity: none of these is a measurement. */
export function ranked(value: number): number {
  return Number.isFinite(value) ? value : Number.POSITIVE_INFINITY;
}

/** What an objective says of a point: its value, or residuals, of which the value is the sum of squares. */
export type Answer = number | readonly number[];

/** Value of an answer: finite, or Infinity if it gives none. */
export function answerValue(answer: Answer): number {
  if (typeof answer === "number") return ranked(answer);
  return ranked(answer.reduce((sum, residual) => sum + residual * residual, 0));
}

/** Indices of `values`, which are `ranked`, from the best to the worst. */
export function orderOf(values: readonly number[]): number[] {
  const order = values.map((_, i) => i);
  return order.sort((i, j) => {
    if (values[i] === values[j]) return i - j;
    return values[i] < values[j] ? -1 : 1;
  });
}

/** Better of both; the first if they are equal. */
export function better<T extends Candidate>(first: T | undefined, second: T): T {
  return first !== undefined && first.value <= second.value ? first : second;
}

/** Throws RangeError unless there is one answer per point. */
export function checkCount(values: readonly unknown[], points: number): void {
  if (values.length !== points)
    throw new RangeError(`${values.length} values for ${points} points: must be one per point`);
}

/** Values as JSON: null stands for Infinity. */
export function valuesToState(values: readonly number[]): (number | null)[] {
  return values.map((value) => (value === Number.POSITIVE_INFINITY ? null : value));
}

/** Inverse of `valuesToState`. */
export function valuesFromState(values: readonly (number | null)[]): number[] {
  return values.map((value) => value ?? Number.POSITIVE_INFINITY);
}

/** A candidate as JSON. */
export function candidateToState({ point, value }: Candidate): CandidateState {
  return { point: [...point], value: valuesToState([value])[0] };
}

/** Inverse of `candidateToState`. */
export function candidateFromState({ point, value }: CandidateState): Candidate {
  return { point: Float64Array.from(point), value: valuesFromState([value])[0] };
}
