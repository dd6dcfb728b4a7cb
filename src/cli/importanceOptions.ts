// Options that importance has alone.
import type { Group } from "../decide/importance/inputs.ts";
import { UsageError } from "./errors.ts";
import { choice, list, metricNames, textUpTo, value, wholeNumber } from "./optionKinds.ts";

/** Numbers that are one input: NAME=PATH,PATH. */
function groupOfPaths(text: string): Group {
  const [, name, rest = ""] = /^\s*([^=,\s]+)\s*=(.+)$/s.exec(text) ?? [];
  const paths = rest.split(",").map((path) => path.trim());
  if (name !== undefined && paths.every((path) => path !== "")) return { name, paths };
  throw new UsageError(`${JSON.stringify(text)} is not NAME=PATH, or several paths with commas`);
}

export const IMPORTANCE_OPTIONS = {
  "metric:importance": value(
    "NAME",
    "Metric that is explained (default: success).",
    textUpTo(200),
    metricNames,
  ),
  "vary:importance": list(
    "[NAME:]PATH=LOW:HIGH[:log]",
    "A number that is not known exactly, and between which bounds it lies; with :log, equal ratios are equally likely. Can be repeated.",
    textUpTo(10_000),
  ),
  group: list(
    "NAME=PATH,PATH...",
    "Numbers that count as one, such as those that one measurement would tell. Can be repeated.",
    groupOfPaths,
  ),
  only: choice("HALF", "Tell this half alone: assumptions or weaknesses.", [
    "assumptions",
    "weaknesses",
  ]),
  "replications:importance": value(
    "N",
    "Replications of all points together, for the half on assumptions (default: 524,288; of streams, as many tasks).",
    wholeNumber(1, 1e9),
  ),
  size: value(
    "N",
    "Base points in place of --replications, rounded up to a multiple of 32.",
    wholeNumber(1, 1_000_000),
  ),
} as const;
