// What a reader should know before believing a fit: each warning with the words by which its topic is known again, since
// the document of a calibration holds its warnings as text.
import type { KnownWarning } from "../topics.ts";
import type { CalibrationResult, ParameterResult } from "./result.ts";

interface Fit {
  readonly parameters: readonly ParameterResult[];
  readonly loss: CalibrationResult["loss"];
  /** Whether a target has no value near the fit. */
  readonly isBlind: boolean;
}

interface CalibrationWarning extends KnownWarning {
  texts(fit: Fit): readonly string[];
}

/** All warnings of calibrations, in the order in which a document has them. */
export const CALIBRATION_WARNINGS: readonly CalibrationWarning[] = [
  {
    topic: "fit-no-better-than-start",
    pattern: /the fit is no better than the start/,
    texts: ({ loss: { start, fitted } }) =>
      start !== null && fitted !== null && fitted > start
        ? [
            "with fresh draws the fit is no better than the start: search longer, or with more replications",
          ]
        : [],
  },
  {
    topic: "parameter-at-bound",
    pattern: / is at the \w+ end of its range/,
    texts: ({ parameters }) =>
      parameters
        .filter(({ atBound }) => atBound !== null)
        .map(
          (one) =>
            `${named(one)} is at the ${one.atBound} end of its range: the targets would have it beyond, or do not need it`,
        ),
  },
  {
    topic: "parameters-not-pinned-down",
    pattern: /the targets do not pin down /,
    texts({ parameters }) {
      const free = parameters.filter(({ profile }) => profile?.verdict === "free").map(named);
      if (free.length === 0) return [];
      const rule = free.length === 1 ? "its value is" : "their values are";
      return [`the targets do not pin down ${free.join(", ")}: ${rule} as good as many others`];
    },
  },
  {
    topic: "target-without-value",
    pattern: /a target has no value near the fit/,
    texts: ({ isBlind }) =>
      isBlind
        ? ["a target has no value near the fit: which parameters are pinned down is not known"]
        : [],
  },
];

export function warningsOf(fit: Fit): string[] {
  return CALIBRATION_WARNINGS.flatMap(({ texts }) => texts(fit));
}

const named = ({ in: file, path }: ParameterResult) =>
  file === undefined ? path : `${file}:${path}`;
