/**
 * Runs a search against an objective that is evaluated elsewhere, batch by batch.
 *
 * The result depends on the options and the objective's values alone: not on who evaluates a batch,
 * in which order or how fast, and not on interruptions.
 */
import type { Answer, Candidate } from "./candidates.ts";
import { Search, type SearchOptions, type SearchState, type SearchStop } from "./search.ts";

/**
 * Values to be minimised, or residuals whose sums of squares are, of points of the unit box: one answer per point, in
 * their order. An answer must be a function of point and replications; a value that is not finite ranks last.
 */
export type BatchObjective = (
  points: Float64Array[],
  replications: number,
) => Promise<readonly Answer[]>;

/** How to run a search. */
export interface OptimiseOptions {
  readonly objective: BatchObjective;
  /** Called after every batch; the search is to be read only, `toJSON` gives the state to keep. */
  readonly onProgress?: (search: Search) => void;
  /** Ends the search after the batch under way, or at once if the objective rejects then. */
  readonly signal?: AbortSignal;
}

/** What a search found. */
export interface Optimum {
  /** Best point and its value at `replications`; undefined if aborted before the first value. */
  readonly best: Candidate | undefined;
  readonly replications: number;
  readonly evaluations: number;
  readonly stopped: SearchStop | "aborted";
  /** From which `resume` goes on if the search was aborted. */
  readonly state: SearchState;
}

/** Runs a search from its start. Rejects as `Search` throws, or with what the objective rejects. */
export function optimise(options: SearchOptions & OptimiseOptions): Promise<Optimum> {
  const { objective, onProgress, signal, ...search } = options;
  return drive(new Search(search), { objective, onProgress, signal });
}

/** Goes on from a state with the same objective: same result as without the interruption. */
export function resume(state: SearchState, options: OptimiseOptions): Promise<Optimum> {
  return drive(Search.fromJSON(state), options);
}

async function drive(search: Search, options: OptimiseOptions): Promise<Optimum> {
  const { objective, onProgress, signal } = options;
  for (let batch = search.ask(); batch !== undefined; batch = search.ask()) {
    if (signal?.aborted) break;
    let answers: readonly Answer[];
    try {
      answers = await objective(batch.points, batch.replications);
    } catch (error) {
      if (signal?.aborted) break;
      throw error;
    }
    search.tell(answers);
    onProgress?.(search);
  }
  const { best, bestReplications, evaluations } = search;
  return {
    best,
    replications: bestReplications,
    evaluations,
    stopped: search.stopped ?? "aborted",
    state: search.toJSON(),
  };
}
