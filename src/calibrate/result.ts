// The result of a calibration: the versioned JSON document that is printed with --json and stored as calibration.json.
import type { ENGINE, MetricValue } from "../experiment/result.ts";
import type { Level, SearchStop } from "../numerics/optimising/search.ts";
import type { Target } from "./calibration.ts";
import type { EnsembleResult } from "./ensemble/document.ts";
import type { Identification } from "./identify.ts";
import type { Scale } from "./parameters.ts";

export interface ParameterResult {
  readonly path: string;
  /** The file in which it stands; without it, it is set in every scenario. */
  readonly in?: string;
  readonly scale: Scale;
  readonly range: readonly [low: number, high: number];
  readonly start: number;
  readonly fitted: number;
  /** Places of start and fitted value in the range, on its scale, in [0, 1]. */
  readonly unit: { readonly start: number; readonly fitted: number };
  readonly atBound: "low" | "high" | null;
  /** Null where the calibration was interrupted. */
  readonly profile: ParameterProfile | null;
}

export interface ParameterProfile {
  readonly interval: readonly [low: number, high: number];
  /** Places of its ends in the range, in [0, 1]. */
  readonly unit: readonly [low: number, high: number];
  readonly verdict: Identification;
}

/** A target as its file gives it, with its fit. */
export interface TargetFit extends Omit<Target, "parts" | "accepted" | "effort"> {
  /** Before the calibration; null where it was interrupted. */
  readonly start: MetricValue | null;
  readonly simulated: MetricValue;
  /** (simulated - published) / scale; of bounds, how far beyond them, 0 within. */
  readonly miss: number | null;
  /** Whether the simulated mean is within the tolerance, or else the interval; null without a value. */
  readonly pass: boolean | null;
}

/** The document that `faultline calibrate --json` prints. */
export interface CalibrationResult {
  readonly schema: "faultline/calibrate@1";
  readonly name: string;
  readonly seed: string;
  readonly engine: typeof ENGINE;
  readonly interrupted: boolean;
  /** Replications of every scenario in the fits; of an interrupted calibration, those of its last evaluations. */
  readonly replications: number;
  /** Weighted mean of squared misses in these replications; null where a figure has no value. */
  readonly loss: { readonly start: number | null; readonly fitted: number | null };
  readonly parameters: readonly ParameterResult[];
  /** Pairs of parameters of which the targets hardly tell one from the other. */
  readonly correlations: readonly {
    readonly parameters: readonly [string, string];
    readonly r: number;
  }[];
  readonly targets: readonly TargetFit[];
  /** Where one was asked for. */
  readonly ensemble?: EnsembleResult;
  readonly search: {
    readonly levels: readonly Level[];
    readonly descent: number;
    readonly polish: number;
    /** How much more counts what of a miss is beyond the edge of what is near enough. */
    readonly beyond: number;
    /** Weight of the pull of every parameter to the middle of its range. */
    readonly prior: number;
    readonly evaluations: number;
    readonly stopped: SearchStop | "aborted";
    /** The least loss that the search met, with the draws that it searched with and the pull; null where no point gave every figure. */
    readonly loss: number | null;
    /** How much of it is the pull. */
    readonly pull: number;
    readonly replications: number;
  };
  readonly warnings: readonly string[];
}
