// Whether two simulators agree: their means, held against the standard errors that the spread between clusters gives.

/** Sums of cluster means and of their squares, by outcome field. */
export type FieldSums = Readonly<Record<string, readonly [sum: number, squares: number]>>;

/** What a simulator counted over some clusters, each of which is one instance with its repeats. */
export interface Counts {
  readonly clusters: number;
  readonly fields: FieldSums;
}

/** The outcome fields that are held against each other. */
export const COMPARED = [
  "success",
  "errorsAtAggregation",
  "turns",
  "messages",
  "tokens",
  "overheadTokens",
  "latency",
  "faultsGuess",
] as const;

/** Standard errors that means may lie apart. */
export const TOLERANCE = 4;

/** Chance that `comparisons` independent ones of simulators that do agree fail: 2 (1 - Φ(4)) each. */
export function falseAlarmRate(comparisons: number): number {
  return comparisons * 6.33e-5;
}

/** Counts of both. */
export function pooled(a: Counts | undefined, b: Counts): Counts {
  if (a === undefined) return b;
  const fields = Object.fromEntries(
    Object.entries(b.fields).map(([name, [sum, squares]]) => {
      const [otherSum, otherSquares] = a.fields[name];
      return [name, [sum + otherSum, squares + otherSquares] as const];
    }),
  );
  return { clusters: a.clusters + b.clusters, fields };
}

/** Mean of an outcome field over replications, and its standard error. */
export function estimate({ clusters, fields }: Counts, field: string) {
  const [sum, squares] = fields[field];
  const mean = sum / clusters;
  const variance = (squares / clusters - mean * mean) / (clusters - 1);
  return { mean, standardError: Math.sqrt(Math.max(0, variance)) };
}

/** Distance of two means in standard errors of their difference. */
export function distance(a: Counts, b: Counts, field: string): number {
  const x = estimate(a, field);
  const y = estimate(b, field);
  const difference = Math.abs(x.mean - y.mean);
  return difference === 0 ? 0 : difference / Math.hypot(x.standardError, y.standardError);
}
