// What a result was sampled from, in words: how many replications, which seed, whether it was interrupted.
import type { ExperimentResult } from "../experiment/result.ts";
import type { Reproduction } from "../literature/reproduce.ts";
import { count, grouped } from "./text.ts";

export const INTERVAL = "95 % intervals";

/** The smallest and the largest of whole numbers: `2,000`, `400 to 2,000`. */
export function rangeText(numbers: readonly number[]): string {
  const low = grouped(numbers.reduce((a, b) => Math.min(a, b)));
  const high = grouped(numbers.reduce((a, b) => Math.max(a, b)));
  return low === high ? low : `${low} to ${high}`;
}

/** `2,000 replications each`, or from which number to which. */
export function replicationsText(runs: readonly number[]): string {
  if (runs.length === 0) return "no replication";
  const range = rangeText(runs);
  const each = runs.length > 1 && !range.includes(" ") ? " each" : "";
  return `${range} ${range === "1" ? "replication" : "replications"}${each}`;
}

/** Replications and seed of an experiment, as a sentence. */
export function experimentSample({ scenarios, seed, interrupted }: ExperimentResult): string {
  const runs = scenarios.map(({ replications }) => replications);
  const sample = `${interrupted ? "Interrupted: " : ""}${replicationsText(runs)}, seed ${seed}.`;
  const leftOut = warmUpText(scenarios);
  return leftOut === undefined ? sample : `${sample} Of each replication the ${leftOut}.`;
}

/** `first 50 tasks left out`, or from which number to which; undefined where none is. */
export function warmUpText(
  results: readonly { readonly warmUp?: number | undefined }[],
): string | undefined {
  const numbers = results.map(({ warmUp = 0 }) => warmUp);
  const isNone = numbers.every((number) => number === 0);
  return isNone ? undefined : `first ${rangeText(numbers)} tasks left out`;
}

/** Replications and seed of a reproduction, as a sentence. */
export function reproductionSample(result: Reproduction): string {
  const most = result.interrupted ? "Interrupted: at most " : "";
  return `${most}${replicationsOf(result)} of each scenario, ${seedOf(result)}.`;
}

type Sample = Pick<Reproduction, "seed" | "replications">;

/** `20,000 replications`; of all studies each study's own, where no number was asked for. */
export function replicationsOf({ replications }: Sample): string {
  return replications === null
    ? "each study's own replications"
    : count(replications, "replication");
}

/** `seed kim2025`; of all studies each study's own, where none was asked for. */
export function seedOf({ seed }: Sample): string {
  return seed === null ? "each study's own seed" : `seed ${seed}`;
}

/** `Faultline 0.1.0, semantics 1`. */
export const engineText = ({ version, semantics }: ExperimentResult["engine"]) =>
  `Faultline ${version}, semantics ${semantics}`;

/** A warning without its percentages and its draws, so that equal ones of many rows can be told once. */
export const kindOfWarning = (warning: string) =>
  warning.replace(/ \(in \d+ of \d+ draws\)$/, "").replace(/\d[\d.]* %/g, "some");
