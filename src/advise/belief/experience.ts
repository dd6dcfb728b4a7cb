// What leaving one model out at a time has taught: which number a model owns, how far its single agent's success rate
// is believed, and how far the predictions of teams missed. It is kept in a generated file among the golden output.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { canonicalJson } from "../../documents/canonicalJson.ts";
import { Source } from "../../documents/checking/problems.ts";
import { readJson } from "../../documents/checking/validateJson.ts";
import { TEAMS } from "../candidates/architectures.ts";
import { Candidates, STUDY, shippedBenchmarks, shippedParts } from "../candidates/candidates.ts";

const matrix = z.array(z.array(z.number()).length(TEAMS.length)).length(TEAMS.length);

export const experienceSchema = z.object({
  /** Of a benchmark whose mean model is known. */
  known: z.object({ number: z.string(), pull: z.number().min(0).max(1), errors: matrix }),
  /** Of a task without one, where the rate is not pulled and the size of the task is given. */
  unknown: z.object({ number: z.string(), errors: matrix }),
  /** Fingerprint of the parameters with which this was measured. */
  madeWith: z.string().optional(),
});

/**
 * `number`: path of the number that a model owns; `pull`: see `pull.ts`; `errors`: second moments of the teams' errors in
 * log-odds, in the order of TEAMS, about 0, so that a bias counts as an error.
 */
export type Experience = z.infer<typeof experienceSchema>;

/** What holds for a task. */
export interface Lesson {
  readonly number: string;
  readonly pull: number;
  readonly errors?: readonly (readonly number[])[] | undefined;
}

/** Without experience: the number whose meaning is plainest, the rate as it is, and no errors known. */
const INEXPERIENCED: Lesson = { number: "task.difficulty", pull: 1 };

/** What experience teaches for a shipped benchmark, or for any other task. */
export function lessonFor(isBenchmark: boolean, experience: Experience | undefined): Lesson {
  if (experience === undefined) return INEXPERIENCED;
  return isBenchmark ? experience.known : { ...experience.unknown, pull: 1 };
}

/** What is read of the document; `src/results/kinds/study.ts` describes all of it. */
const PREDICTIONS = { schema: z.object({ experience: experienceSchema }) };

/** Written by `faultline reproduce kim2025 --leave-one-out --json`; everything else in it is for people. */
const FILE = join(STUDY, "golden", "predictions.json");

/**
 * The experience in a file, or undefined where there is no such file.
 * @throws ScenarioError when the file is not what it should be
 */
export function readExperience(file = FILE): Experience | undefined {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
  return readJson(new Source(file, text), PREDICTIONS).experience;
}

const HASH_LENGTH = 16;

/** Hash of all that the shipped files of agents, tasks and architectures say, whatever their layout and comments. */
export function shippedFingerprint(): string {
  const said = shippedBenchmarks().map((name) => new Candidates(shippedParts(name)).plain);
  return createHash("sha256").update(canonicalJson(said)).digest("hex").slice(0, HASH_LENGTH);
}
