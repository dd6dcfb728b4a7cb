// What a reader should know before believing a fit: each warning with the words by which its topic is known again, since
// the document of a calibration holds its warnings as text.
import type { KnownWarning } from "../topics.ts";
import type { Ensemble } from "./ensemble/sample.ts";
import type { CalibrationResult, ParameterResult } from "./result.ts";

interface Fit {
  readonly parameters: readonly ParameterResult[];
  readonly loss: CalibrationResult["loss"];
  /** Whether a target has no value near the fit. */
  readonly isBlind: boolean;
  readonly ensemble:
    | Pick<Ensemble, "distinct" | "effective" | "members" | "moved" | "atEdge">
    | undefined;
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
  {
    topic: "ensemble-not-settled",
    pattern: /the ensemble is not settled/,
    texts({ ensemble }) {
      if (ensemble === undefined) return [];
      const { distinct, effective, members, moved, atEdge } = ensemble;
      const size = members.length;
      if (distinct < DISTINCT * size)
        return [
          `the ensemble is not settled: only ${distinct} of its ${size} sets differ, for ${BADLY}; ask for ${MORE}`,
        ];
      if (effective < DISTINCT * size && moved < MOVED)
        return [
          `the ensemble is not settled: its ${size} sets were drawn from candidates worth only ${Math.round(effective)} independent draws, and each moved only ${moved.toFixed(1)} times since, for ${BADLY}; ask for ${MORE}`,
        ];
      return atEdge > EDGE
        ? [
            `the ensemble is not settled: ${Math.round(100 * atEdge)} % of it lies at the edge of what was simulated; ask for more waves or points`,
          ]
        : [];
    },
  },
];

const BADLY = "the emulator foretells the likelihood badly";
const MORE = "more moves, waves, points or replications";

/** Independent draws and sets that differ, as shares of the sets, below which a reader is warned. */
const DISTINCT = 0.5;
/** Accepted moves per set below which sets are still much as they were drawn. */
const MOVED = 3;
/** Share of the sets at the edge beyond which a reader is warned. */
const EDGE = 0.02;

export function warningsOf(fit: Fit): string[] {
  return CALIBRATION_WARNINGS.flatMap(({ texts }) => texts(fit));
}

const named = ({ in: file, path }: ParameterResult) =>
  file === undefined ? path : `${file}:${path}`;
