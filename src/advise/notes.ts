// What a reader of an advice should know about how it came about.
import { list, plural } from "../documents/quoting.ts";
import type { Basis } from "./basis.ts";
import { type Experience, shippedFingerprint } from "./belief/experience.ts";
import type { Measurement } from "./belief/measurement.ts";
import type { Surprise } from "./belief/surprise.ts";
import type { Candidates } from "./candidates/candidates.ts";
import type { Draw } from "./candidates/draws.ts";
import { NUMBERS } from "./simulation/numbers.ts";

export interface Origin {
  /** Path of the number that was solved for. */
  readonly solvedFor: string;
  readonly basis: Basis;
  readonly experience: Experience | undefined;
  readonly candidates: Candidates;
  /** Fields of the task's shape that were filled in. */
  readonly unstated: readonly string[];
  readonly draws: readonly Draw[];
  /** Parameter sets with which the single agent's success was out of reach. */
  readonly unreached: number;
  /** Whether something that decides success differs from what ships. */
  readonly isChanged: boolean;
  readonly measurements: readonly Measurement[];
  readonly surprises: readonly Surprise[];
}

export function notesOf(origin: Origin): string[] {
  const { solvedFor, basis, experience, candidates, unstated, draws, unreached, isChanged } =
    origin;
  const isStale =
    experience?.madeWith !== undefined && experience.madeWith !== shippedFingerprint();
  const { team, unsaidOfAgents, ignored } = candidates;
  const notes: readonly (readonly [holds: boolean, text: string])[] = [
    [
      solvedFor !== NUMBERS[0].path,
      `${NUMBERS[0].path} cannot give the single agent this success: ${solvedFor} was solved for instead`,
    ],
    [
      unreached > 0,
      `with ${unreached} of ${plural(draws.length, "parameter set")} no number gives the single agent this success: the nearest was taken`,
    ],
    [ignored.length > 0, `of the task file only the task counts, not ${ignored.join(", ")}`],
    [
      unstated.length > 0,
      `the task does not say ${list(unstated)}: success is averaged over those of the shipped benchmarks, and the other columns are those of ${draws[0]?.benchmark}`,
    ],
    [
      basis.kind === "stated",
      "the task is none of the published ones: intervals tell how far predictions missed these, with the shape of each known",
    ],
    [
      basis.kind === "guessed",
      "the task is none of the published ones: gains over the single agent are believed in part, and intervals tell how far predictions missed these, with the shape of each guessed",
    ],
    [
      (team?.models.length ?? 0) > 1,
      `the architectures beside ${team?.name} have its model ${team?.model} alone`,
    ],
    [
      team !== undefined && team.model === undefined,
      `${team?.name} has no model: the other candidates have the one that ships`,
    ],
    [
      unsaidOfAgents.length > 0,
      `${team?.name} does not say ${list(unsaidOfAgents)} of its agents: they have the defaults of the format, and those of the other candidates what ships`,
    ],
    [
      experience === undefined,
      "no errors of predictions are known: intervals and chances tell the simulation's own alone",
    ],
    [
      basis.kind === "benchmark" && isChanged,
      "how far predictions miss was measured with the shipped teams and budget",
    ],
    [
      isStale,
      "how far predictions miss was measured with other parameters than those that ship now",
    ],
  ];
  return [
    ...notes.flatMap(([holds, text]) => (holds ? [text] : [])),
    ...origin.surprises.flatMap((surprise) => surpriseText(surprise, origin.measurements)),
  ];
}

/** Chance below which a difference is told. */
const RARE = 0.001;

function surpriseText(
  { from, p, measurements: of }: Surprise,
  measurements: readonly Measurement[],
): string[] {
  if (p >= RARE) return [];
  const candidates = [...new Set(of.map((i) => measurements[i].candidate))];
  const odds = p < 1e-6 ? "less than 1 in a million" : `about 1 in ${Math.round(1 / p)}`;
  return [
    from === "each other"
      ? `the measurements of ${list(candidates)} contradict each other beyond chance (${odds}): were they made under the same conditions?`
      : `what was measured of ${list(candidates)} is beyond what was expected (${odds}): the task or the model may be unlike those that predictions were learnt from`,
  ];
}
