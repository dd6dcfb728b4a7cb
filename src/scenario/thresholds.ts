// Thresholds: conditions on metrics such as `success >= 0.4`.

export type ThresholdOperator = ">=" | ">" | "<=" | "<";

export interface Threshold {
  /** Name of a metric in the results, with dots between nested names. */
  readonly metric: string;
  readonly operator: ThresholdOperator;
  readonly value: number;
}

const THRESHOLD =
  /^\s*([A-Za-z][A-Za-z0-9]*(?:\.[A-Za-z][A-Za-z0-9]*)*)\s*(>=|<=|>|<)\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*$/;

/** Reads METRIC OPERATOR NUMBER; undefined where the text is anything else. */
export function parseThreshold(text: string): Threshold | undefined {
  const parts = THRESHOLD.exec(text);
  if (parts === null) return undefined;
  const value = Number(parts[3]);
  if (!Number.isFinite(value)) return undefined;
  return { metric: parts[1], operator: parts[2] as ThresholdOperator, value };
}
