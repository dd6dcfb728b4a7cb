// How a sweep is asked for, as plain data: by an experiment file, or by scenario files and options. A plan carries it to
// other machines.
import type { SourceFiles } from "../../documents/reading/files.ts";
import {
  type LoadedSweep,
  loadExperiment,
  type SweepOfOptions,
  type SweepOptions,
  sweepOf,
} from "./load.ts";

export type SweepRequest =
  | { readonly experiment: string; readonly options: SweepOptions }
  | { readonly varied: Omit<SweepOfOptions, "files"> };

/**
 * Makes the sweep that is asked for.
 * @param filesFor where a file that is named from outside, and what it refers to, comes from
 * @throws ScenarioError, DesignTooLargeError
 */
export function loadRequest(
  request: SweepRequest,
  filesFor: (file: string) => SourceFiles,
): Promise<LoadedSweep> {
  if ("varied" in request) return sweepOf({ ...request.varied, files: filesFor });
  const { experiment, options } = request;
  return loadExperiment(experiment, { ...options, files: filesFor(experiment) });
}
