// What predictions of published models have taught: what simulations miss on each benchmark, and how far they are believed on
// a task of one's own. It is kept in a generated file among the golden output.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { canonicalJson } from "../../documents/canonicalJson.ts";
import { Source } from "../../documents/checking/problems.ts";
import { readJson } from "../../documents/checking/validateJson.ts";
import { TEAMS } from "../candidates/architectures.ts";
import { Candidates, STUDY, shippedBenchmarks, shippedParts } from "../candidates/candidates.ts";
import type { Discrepancy } from "./discrepancy.ts";
import type { OwnTask } from "./ownTask.ts";

const portion = z.number().min(0).max(1);
const spread = { common: z.number().min(0), relative: z.number().min(0) };
const ownTask = z.object({ trust: portion, ...spread });

export const experienceSchema = z.object({
  /** Parameter sets of the ensemble, by number, in the order of the corrections. */
  sets: z.array(z.number().int().positive()).min(1),
  /** Of each benchmark: see `discrepancy.ts`. Teams are in the order of TEAMS. */
  known: z.record(
    z.string(),
    z.object({
      corrections: z.array(z.array(z.number()).length(TEAMS.length)),
      ...spread,
      /** What families of models have in common, in log-odds. */
      families: z.record(z.string(), z.number()),
    }),
  ),
  /** Of a task of one's own, whose shape is stated or guessed: see `ownTask.ts`. */
  own: z.object({ stated: ownTask, guessed: ownTask }),
  /** Fingerprint of the parameters with which this was measured. */
  madeWith: z.string().optional(),
});

/** What is known of a benchmark whose models are published. */
export interface KnownBenchmark extends Discrepancy {
  readonly families: Readonly<Record<string, number>>;
}

/** What predictions of published models have taught. */
export interface Experience {
  readonly sets: readonly number[];
  readonly known: Readonly<Record<string, KnownBenchmark>>;
  readonly own: { readonly stated: OwnTask; readonly guessed: OwnTask };
  readonly madeWith?: string | undefined;
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
