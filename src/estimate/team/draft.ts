// A scenario in the making: its tree with one value per number, what is known of each number that was estimated, and remarks.

import { grouped } from "../../documents/quoting.ts";
import type { UncertainNumber } from "../../scenario/uncertain/uncertainNumber.ts";
import type { Estimate } from "../estimates.ts";

/** A number that was estimated. */
export interface Stated {
  readonly value: number;
  /** How a scenario says how well it is known; without it, it says the value alone. */
  readonly uncertain?: UncertainNumber;
  /** How it is known: measured in the logs, calibrated to outcomes, from priors, or not at all. */
  readonly origin: "measured" | "calibrated" | "prior" | "guess";
  /** Where it comes from, in a few words. */
  readonly note: string;
}

export interface Draft {
  /** Maps, lists and values, as a file has them. */
  readonly tree: Readonly<Record<string, unknown>>;
  /** By the dotted path of the number in the tree. */
  readonly numbers: ReadonlyMap<string, Stated>;
  /** Remarks by the dotted path of what they stand above. */
  readonly remarks: ReadonlyMap<string, string>;
}

/** Collects the numbers of a scenario with their paths. */
export class Numbers {
  readonly stated = new Map<string, Stated>();

  /** Notes a number under its path, if there is one. @returns its value */
  put(path: string, stated: Stated | undefined): number | undefined {
    if (stated === undefined) return undefined;
    this.stated.set(path, stated);
    return stated.value;
  }
}

export function statedOf(estimate: Estimate): Stated;
export function statedOf(estimate: Estimate | undefined): Stated | undefined;
export function statedOf(estimate: Estimate | undefined): Stated | undefined {
  if (estimate === undefined) return undefined;
  const { value, uncertain, count, of, method } = estimate;
  return { value, uncertain, origin: "measured", note: `${counted(count, of)}: ${method}` };
}

/** Observations and what they are: `1 call`, `1,164 calls`. */
export function counted(count: number, of: string): string {
  return `${grouped(count)} ${count === 1 ? of.replace(/s$/, "") : of}`;
}

/** A map without what is undefined; undefined if nothing is left. */
export function known<T extends object>(map: T): T | undefined {
  const entries = Object.entries(map).filter(([, value]) => value !== undefined);
  return entries.length === 0 ? undefined : (Object.fromEntries(entries) as T);
}
