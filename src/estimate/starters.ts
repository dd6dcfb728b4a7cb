// Who started the failures that people have annotated.
import type { LoggedRun } from "../logs/run.ts";
import type { Estimate } from "./estimates.ts";
import { clustersOf, hit, shareOf } from "./measures.ts";

/** @returns undefined where no failure is annotated */
export function estimateStarts(runs: readonly LoggedRun[], agent: string): Estimate | undefined {
  const annotated = clustersOf(runs, ({ culprit }) =>
    culprit === undefined ? [] : [hit(culprit.agent === agent)],
  );
  return shareOf(annotated, "annotated failures");
}
