// Under which circumstances a reproduction came about, in words.
import type { Reproduction } from "../literature/reproduce.ts";
import { count } from "./text.ts";

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
