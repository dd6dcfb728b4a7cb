// The work of the threads that measure: the default export makes the task of a pool.
import type { Task } from "../../../src/experiment/pool.ts";
import { bias } from "./bias.ts";
import { type CoverageJob, coverage, truthsOf } from "./coverage.ts";
import { reduction } from "./reduction.ts";

const KINDS = { truths: truthsOf, coverage, bias, reduction };

/** What is measured, and of what. */
export interface Job<Kind extends keyof typeof KINDS = keyof typeof KINDS> {
  readonly kind: Kind;
  readonly of: Parameters<(typeof KINDS)[Kind]>[0];
}

export type Found<Kind extends keyof typeof KINDS> = Awaited<ReturnType<(typeof KINDS)[Kind]>>;

export default function worker(): Task<Job, unknown> {
  return ({ kind, of }) => (KINDS[kind] as (of: string | CoverageJob) => Promise<unknown>)(of);
}
