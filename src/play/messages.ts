// Messages between a page and its engine. The engine is a worker. A page that no longer wants an answer ends it and starts another.
import type { Problem } from "../documents/checking/problems.ts";
import type { ExperimentResult } from "../experiment/result.ts";

/** Asks for a run of scenarios. */
export interface Ask {
  /** Names the question in its answers. */
  readonly id: number;
  /** Texts by path. */
  readonly files: Readonly<Record<string, string>>;
  /** Paths of the scenarios that are to run, in this order. */
  readonly scenarios: readonly string[];
  /** Default: as the first scenario says. */
  readonly replications?: number;
  readonly seed?: string;
}

export type Answer = { readonly id: number } & (
  | { readonly kind: "problems"; readonly problems: readonly Problem[] }
  /** What is known so far: of the scenario that is running, by its place, with the share of all that is done. */
  | { readonly kind: "so far"; readonly share: number; readonly result: ExperimentResult }
  | { readonly kind: "done"; readonly result: ExperimentResult }
  | { readonly kind: "failed"; readonly message: string }
);
