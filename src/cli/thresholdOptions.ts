// Options that threshold has alone.
import { UsageError } from "./errors.ts";
import { metricNames, textUpTo, value } from "./optionKinds.ts";

/** What a metric is to reach: METRIC=LEVEL, or METRIC alone against another scenario. */
export interface Until {
  readonly metric: string;
  readonly level?: number;
}

function until(text: string): Until {
  const [, metric, level] = /^\s*([A-Za-z][\w.]*)\s*(?:=\s*(\S+)\s*)?$/.exec(text) ?? [];
  if (metric !== undefined && level === undefined) return { metric };
  const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?%?$/i.test(level ?? "")
    ? Number.parseFloat(level) / (level.endsWith("%") ? 100 : 1)
    : Number.NaN;
  if (metric !== undefined && Number.isFinite(number)) return { metric, level: number };
  throw new UsageError(
    `${JSON.stringify(text)} is not METRIC=LEVEL, such as success=0.8, or METRIC alone for two scenarios`,
  );
}

export const THRESHOLD_OPTIONS = {
  "find:threshold": value(
    "PATH[=LOW:HIGH[:log]]",
    "Number that is varied, and between which values (default: what the field allows, or a tenth to ten times its value).",
    textUpTo(1000),
  ),
  until: value(
    "METRIC[=LEVEL]",
    "What is to be crossed: a level of a metric, or of two scenarios the metric of the other one.",
    until,
    metricNames,
  ),
} as const;
