// What a calibration is once its file is read: plain data, so that it can be sent to worker threads.
import type { MapNode, Path } from "../documents/reading/tree.ts";
import type { TargetsFile, WrittenTarget } from "./file/schema.ts";
import type { Parameter } from "./parameters.ts";

/** A parameter with its place in the files. */
export interface FreeParameter extends Parameter {
  /** Dotted path of the number. */
  readonly path: string;
  /** The file in which it stands, as the targets file names it; undefined where it is set in every scenario. */
  readonly in?: string;
  /** Where it stands in that file. */
  readonly place?: Place;
  /** In [low, high]. */
  readonly start: number;
}

/** Where a number is written; line and column count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A scenario with places for the values of parameters. */
export interface Template {
  readonly label: string;
  /** The scenario before agentDefaults are spread, with its name. */
  readonly tree: MapNode;
  readonly slots: readonly Slot[];
}

export interface Slot {
  /** Index of the parameter. */
  readonly parameter: number;
  /** Where in the tree its value goes. */
  readonly path: Path;
}

/** Scenarios that are run on the same instances with the same draws: a baseline and what is paired with it, or one alone. */
export interface Group {
  /** Label of the baseline, or of the only scenario. Groups have draws of their own. */
  readonly name: string;
  readonly templates: readonly Template[];
  /** Index of the baseline among the templates; -1 where there is none. */
  readonly baseline: number;
  /** How many times as many replications as others it gets: what its targets ask for. */
  readonly effort: number;
  /** What targets ask of the group. */
  readonly wanted: readonly Wanted[];
}

export interface Wanted {
  /** Index among the templates. */
  readonly template: number;
  readonly metric: string;
}

/** A figure to be met. */
export interface Target {
  readonly id: string;
  readonly metric: string;
  readonly of: readonly string[];
  /** One baseline for every scenario, where the metric compares. */
  readonly against?: readonly string[];
  /** The figure; undefined where only bounds are asked for. */
  readonly published?: number;
  readonly atLeast?: number;
  readonly atMost?: number;
  readonly interval?: readonly [low: number, high: number];
  readonly tolerance?: number;
  /** What a miss is measured in, > 0: two standard errors, else the tolerance, else half the width of the interval. */
  readonly scale: number;
  /** Standard error of the figure, > 0: what a likelihood measures a miss in. */
  readonly error: number;
  /** What is near enough, bounds included; infinite on a side that is open. */
  readonly accepted: readonly [low: number, high: number];
  readonly weight: number;
  /** How many times as many replications its scenarios get. */
  readonly effort: number;
  readonly source: string;
  /** The metric values that it is the mean of. */
  readonly parts: readonly Part[];
  /** Which mean of them it is. */
  readonly mean: WrittenTarget["mean"];
}

/** The index of a group, and one among what is wanted of it. */
export interface Part {
  readonly group: number;
  readonly wanted: number;
}

export interface Calibration {
  readonly name: string;
  readonly seed: string;
  readonly parameters: readonly FreeParameter[];
  readonly targets: readonly Target[];
  readonly groups: readonly Group[];
  readonly search: TargetsFile["search"];
}

/** Scenarios that are simulated at every point, those that get more replications counted as often as that. */
export function scenarioCount({ groups }: Calibration): number {
  return groups.reduce((sum, { templates, effort }) => sum + effort * templates.length, 0);
}
