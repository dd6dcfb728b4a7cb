// The manifest beside a result: what to type to get the result again, and what it was made of.
import type { Sampling } from "../experiment/cell.ts";
import { ENGINE } from "../experiment/result.ts";
import type { Scenario } from "../scenario/schema.ts";

const SCHEMA = "faultline/manifest@1";

/** Everything that decides the result of an experiment. */
export interface Experiment {
  readonly scenarios: readonly Scenario[];
  readonly seed: string;
  readonly sampling: Sampling;
  /** Name of the baseline of a comparison. */
  readonly baseline?: string | undefined;
}

/** @param command what to type to get the result again */
export function experimentManifest(
  { scenarios, seed, sampling, baseline }: Experiment,
  command: string,
): object {
  return {
    schema: SCHEMA,
    command,
    engine: ENGINE,
    seed,
    ...sampling,
    ...(baseline === undefined ? {} : { baseline }),
    scenarios,
  };
}

/** @param files texts of the files that the sweep was made of, by path */
export function sweepManifest(files: Readonly<Record<string, string>>, command: string): object {
  return { schema: SCHEMA, command, engine: ENGINE, files };
}
