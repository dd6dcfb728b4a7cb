// Options that choose has alone.
import { UsageError } from "./errors.ts";
import { choice, list, metricNames, textUpTo, value, wholeNumber } from "./optionKinds.ts";

/** A confidence: 0.95, or 95%. */
function confidence(text: string): number {
  const [, figure, sign] = /^\s*(\d*\.?\d+)\s*(%?)\s*$/.exec(text) ?? [];
  const share = sign === "%" ? Number(figure) / 100 : Number(figure);
  if (share > 0.5 && share < 1) return share;
  throw new UsageError(
    `${JSON.stringify(text)} is not a confidence between 50% and 100%, such as 95% or 0.99`,
  );
}

function tolerance(text: string): number {
  const number = text.trim() === "" ? Number.NaN : Number(text);
  if (number >= 0 && Number.isFinite(number)) return number;
  throw new UsageError(`${JSON.stringify(text)} is not a number from 0, in the unit of the metric`);
}

export const CHOOSE_OPTIONS = {
  "metric:choose": value(
    "NAME",
    "Metric by which the best is chosen (default: success).",
    textUpTo(200),
    metricNames,
  ),
  "goal:choose": choice(
    "WHICH",
    "Whether the highest or the lowest is best (default: as the metric says).",
    ["highest", "lowest"],
  ),
  confidence: value(
    "SHARE",
    "Chance that the answer is right, such as 99% (default: 95%).",
    confidence,
  ),
  "within:choose": value(
    "NUMBER",
    "How much worse than the best the chosen one may be, in the unit of the metric, such as 0.01 of success (default: 0).",
    tolerance,
  ),
  "constraint:choose": list(
    "CONDITION",
    "Choose only from what meets this, such as 'success>=0.9'; can be repeated.",
    textUpTo(200),
  ),
  "cap:choose": value(
    "N",
    "Most replications of one scenario (default: 262,144). A choice that is open then is inconclusive.",
    wholeNumber(1, 1e9),
  ),
} as const;
