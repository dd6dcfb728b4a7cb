// Reproducing studies: one of them, or all one after the other, as the document that `reproduce --json` prints.
import { type CellPool, openCellPool } from "../experiment/cell.ts";
import { ENGINE } from "../experiment/result.ts";
import { countsOf, type TargetCounts, type TargetResult } from "./judging.ts";
import type {
  Study,
  StudyFigure,
  StudyOptions,
  StudyResult,
  StudyTable,
  SuccessSummary,
} from "./study.ts";

export type { Counts, TargetResult } from "./judging.ts";
export type { SuccessSummary } from "./study.ts";

export type ReproduceOptions = StudyOptions;

/** The name of a reproduction of all studies. */
export const ALL = "all";

export interface Summary extends TargetCounts {
  /** Where the errors of many success rates are judged together. */
  readonly success?: SuccessSummary;
}

/** What of a reproduction belongs to which study, where it is of all. */
interface OfStudy {
  readonly study?: string;
}

/** The document that `faultline reproduce --json` prints. */
export interface Reproduction {
  readonly schema: "faultline/reproduce@1";
  /** Name of the study, or {@link ALL}. */
  readonly study: string;
  /** Null: each study's own. */
  readonly seed: string | null;
  /** Replications of every scenario that were asked for; null: each study's own number. */
  readonly replications: number | null;
  /** True: only the part of the study by which it is known. */
  readonly brief?: boolean;
  /** True: what drives the study, and not the study itself. */
  readonly ablations?: boolean;
  readonly engine: typeof ENGINE;
  readonly interrupted: boolean;
  readonly targets: readonly TargetResult[];
  readonly summary: Summary;
  /** Not in documents that version 0.1 has written; the same holds for figures. */
  readonly tables?: readonly (StudyTable & OfStudy)[];
  readonly figures?: readonly (StudyFigure & OfStudy)[];
  /** The studies, where it is of all: as far as they are complete. */
  readonly studies?: readonly StudySummary[];
}

export interface StudySummary {
  readonly study: string;
  readonly seed: string;
  readonly replications: number;
  readonly summary: Summary;
}

/** Runs one study. Where it is interrupted, the document has what the study could complete. */
export async function reproduce(
  study: Pick<Study, "name" | "replications" | "run">,
  options: ReproduceOptions = {},
): Promise<Reproduction> {
  const { seed = study.name, replications = study.replications } = options;
  const nothing = { seed, replications, targets: [], tables: [], figures: [] };
  const none: StudyResult = { study: study.name, ...nothing, interrupted: true };
  const result = (await attempt(study, options)) ?? none;
  return {
    schema: "faultline/reproduce@1",
    study: result.study,
    seed: result.seed,
    replications: result.replications,
    ...(result.brief && { brief: true }),
    ...(result.ablations && { ablations: true }),
    engine: ENGINE,
    interrupted: result.interrupted,
    targets: result.targets,
    summary: summaryOf(result),
    tables: result.tables,
    figures: result.figures,
  };
}

/** Runs studies one after the other. Where that is interrupted, the document has those that are complete by then. */
export async function reproduceAll(
  studies: readonly Study[],
  options: ReproduceOptions = {},
): Promise<Reproduction> {
  const { replications, onProgress, signal } = options;
  const runs = studies.map((study) => study.runs(replications ?? study.replications));
  const total = runs.reduce((sum, x) => sum + x, 0);
  const results: StudyResult[] = [];
  let before = 0;
  const pool = await openCellPool({ jobs: options.jobs ?? "auto", signal });
  for (const [i, study] of studies.entries()) {
    if (signal?.aborted) break;
    const tell = (share: number) => onProgress?.((before + share * runs[i]) / total);
    const result = await attempt(study, { ...options, onProgress: tell }, pool);
    if (result !== undefined) results.push(result);
    before += runs[i];
  }
  await pool.close();
  const named = <T>(study: string, parts: readonly T[]) => parts.map((one) => ({ study, ...one }));
  const targets = results.flatMap((result) => result.targets);
  return {
    schema: "faultline/reproduce@1",
    study: ALL,
    seed: options.seed ?? null,
    replications: replications ?? null,
    engine: ENGINE,
    interrupted: signal?.aborted ?? false,
    targets,
    summary: countsOf(targets),
    tables: results.flatMap(({ study, tables }) => named(study, tables)),
    figures: results.flatMap(({ study, figures }) => named(study, figures)),
    studies: results.map((result) => ({
      study: result.study,
      seed: result.seed,
      replications: result.replications,
      summary: summaryOf(result),
    })),
  };
}

/** What a study yields; undefined where it was interrupted and has nothing to show. */
export async function attempt(
  study: Pick<Study, "run">,
  options: StudyOptions,
  pool?: CellPool,
): Promise<StudyResult | undefined> {
  try {
    return await study.run(options, pool);
  } catch (error) {
    if (options.signal?.aborted) return undefined;
    throw error;
  }
}

/** How many figures are in range, and how far success rates are off. */
export function summaryOf({ targets, success }: StudyResult): Summary {
  return { ...countsOf(targets), ...(success && { success }) };
}
