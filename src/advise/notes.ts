// What a reader of an advice should know about how it came about.
import { type Experience, type Lesson, shippedFingerprint } from "./belief/experience.ts";

export interface Origin {
  /** Path of the number that was solved for. */
  readonly solvedFor: string;
  readonly lesson: Lesson;
  readonly experience: Experience | undefined;
  /** Sections of the task file that do not count. */
  readonly ignored: readonly string[];
  /** Whether the task is one of those that ship. */
  readonly isBenchmark: boolean;
  /** Whether something that decides success differs from what ships. */
  readonly isChanged: boolean;
}

export function notesOf(origin: Origin): string[] {
  const { solvedFor, lesson, experience, ignored, isBenchmark, isChanged } = origin;
  const isStale =
    experience?.madeWith !== undefined && experience.madeWith !== shippedFingerprint();
  const notes: readonly (readonly [holds: boolean, text: string])[] = [
    [
      solvedFor !== lesson.number,
      `${lesson.number} cannot give the single agent this success: ${solvedFor} was solved for instead`,
    ],
    [ignored.length > 0, `of the task file only the task counts, not ${ignored.join(", ")}`],
    [
      !isBenchmark,
      "no mean model is known on this task: teams are predicted from the success as it is",
    ],
    [
      experience === undefined,
      "no errors of predictions are known: intervals and chances tell the simulation's own alone",
    ],
    [
      experience !== undefined && (!isBenchmark || isChanged),
      "how far predictions miss was measured on the shipped benchmarks with their teams and budget",
    ],
    [
      isStale,
      "how far predictions miss was measured with other parameters than those that ship now",
    ],
  ];
  return notes.flatMap(([holds, text]) => (holds ? [text] : []));
}
