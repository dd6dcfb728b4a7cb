// A study with several seeds, none of which had a part in any choice: how often each figure is in range, and how far its
// simulated values lie apart. One seed can be a lucky one, and a figure at the edge of its range is in it by its draws.
import { openCellPool } from "../experiment/cell.ts";
import { ENGINE } from "../experiment/result.ts";
import type { Counts, TargetResult } from "./judging.ts";
import { attempt, type Summary, summaryOf } from "./reproduce.ts";
import type { Study, StudyOptions, StudyResult } from "./study.ts";

export interface SeedsOptions extends StudyOptions {
  /** How many seeds: `SEED/1`, `SEED/2`, …, where SEED is the option `seed` or the name of the study. An integer >= 1. */
  readonly seeds: number;
}

/** A published figure beside those that were simulated with each seed. */
export interface TargetOverSeeds extends Omit<TargetResult, "simulated" | "pass" | "other"> {
  /** Simulated means in the order of the seeds; null where there is no value. */
  readonly means: readonly (number | null)[];
  /** How many seeds have which verdict. */
  readonly verdicts: Counts;
}

/** A seed, and how many figures are in range with it. */
export interface SeedSummary {
  readonly seed: string;
  readonly summary: Summary;
}

/** The document that `faultline reproduce STUDY --seeds K --json` prints. */
export interface SeedsReproduction {
  readonly schema: "faultline/reproduce-seeds@1";
  readonly study: string;
  /** Of every scenario, with each seed. */
  readonly replications: number;
  /** How many seeds were asked for. */
  readonly asked: number;
  readonly engine: typeof ENGINE;
  readonly interrupted: boolean;
  /** The seeds that are complete. */
  readonly seeds: readonly SeedSummary[];
  readonly targets: readonly TargetOverSeeds[];
}

/**
 * Runs a study with one seed after the other. Where that is interrupted, the document has the seeds that are complete by
 * then.
 * @throws RangeError when the number of seeds is no integer >= 1
 */
export async function reproduceSeeds(
  study: Pick<Study, "name" | "replications" | "run">,
  options: SeedsOptions,
): Promise<SeedsReproduction> {
  const { seeds, seed = study.name, replications = study.replications, ...rest } = options;
  if (!Number.isInteger(seeds) || seeds < 1)
    throw new RangeError(`Seeds ${seeds}: must be an integer >= 1`);
  const { jobs = "auto", signal, onProgress } = rest;
  const results: StudyResult[] = [];
  const pool = await openCellPool({ jobs, signal });
  for (let i = 0; i < seeds && !signal?.aborted; i++) {
    const tell = (share: number) => onProgress?.((i + share) / seeds);
    const one = { ...rest, replications, seed: `${seed}/${i + 1}`, onProgress: tell };
    const result = await attempt(study, one, pool);
    if (result !== undefined && !result.interrupted) results.push(result);
  }
  await pool.close();
  return {
    schema: "faultline/reproduce-seeds@1",
    study: study.name,
    replications,
    asked: seeds,
    engine: ENGINE,
    interrupted: results.length < seeds,
    seeds: results.map((result) => ({ seed: result.seed, summary: summaryOf(result) })),
    targets: overSeeds(results),
  };
}

/** The targets, which are the same with every seed, with what came out with each. */
function overSeeds([first, ...others]: readonly StudyResult[]): TargetOverSeeds[] {
  if (first === undefined) return [];
  return first.targets.map(({ simulated, pass, other: _, ...target }, i) => {
    const same = others.map(({ targets }) => targets[i]);
    const verdicts = [pass, ...same.map((one) => one.pass)];
    const numberOf = (wanted: boolean | null) =>
      verdicts.filter((verdict) => verdict === wanted).length;
    return {
      ...target,
      means: [simulated.mean, ...same.map((one) => one.simulated.mean)],
      verdicts: { passed: numberOf(true), missed: numberOf(false), open: numberOf(null) },
    };
  });
}
