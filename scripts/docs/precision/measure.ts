// Measures what the page on precision shows, in two threads. It takes about twenty minutes.
import { openPool, type Pool } from "../../../src/experiment/pool.ts";
import { SEMANTICS } from "../../../src/version.ts";
import { CASES } from "./cases.ts";
import { type Hits, sumOfHits, type Truths } from "./coverage.ts";
import { kim2025Files, shippedFiles } from "./shipped.ts";
import type { Found, Job } from "./worker.ts";

/** Seeds of runs of each size. */
export const SEEDS = 1000;
/** Replications of a run. */
export const SIZES = [64, 200, 800, 8000] as const;

const THREADS = 2;
/** Seeds of a job. */
const SEEDS_PER_JOB = 100;

/** All that was measured, by case or file. */
export interface Measured {
  readonly semantics: number;
  readonly truths: Readonly<Record<string, Truths>>;
  /** By case, replications and quantity. */
  readonly coverage: Readonly<
    Record<string, Readonly<Record<number, Readonly<Record<string, Hits>>>>>
  >;
  readonly bias: Readonly<Record<string, NonNullable<Found<"bias">>>>;
  readonly reduction: Readonly<Record<string, Found<"reduction">>>;
}

export async function measure(): Promise<Measured> {
  const module = new URL("./worker.ts", import.meta.url);
  const pool = await openPool<Job, unknown>({ module, data: undefined, workers: THREADS });
  try {
    const biases = await foundBy(pool, "bias", shippedFiles());
    const reductions = await foundBy(pool, "reduction", kim2025Files());
    const truths = await foundBy(
      pool,
      "truths",
      CASES.map(({ name }) => name),
    );
    return {
      semantics: SEMANTICS,
      truths,
      coverage: await coverageOf(pool, truths),
      bias: Object.fromEntries(
        Object.entries(biases).flatMap(([file, found]) => (found ? [[file, found]] : [])),
      ),
      reduction: reductions,
    };
  } finally {
    await pool.close();
  }
}

async function foundBy<Kind extends "truths" | "bias" | "reduction">(
  pool: Pool<Job, unknown>,
  kind: Kind,
  names: readonly string[],
): Promise<Record<string, Found<Kind>>> {
  const found = await pool.run(names.map((of) => ({ kind, of })));
  return Object.fromEntries(names.map((name, i) => [name, found[i] as Found<Kind>]));
}

async function coverageOf(pool: Pool<Job, unknown>, truths: Readonly<Record<string, Truths>>) {
  const coverage: Record<string, Record<number, Record<string, Hits>>> = {};
  for (const [name, truth] of Object.entries(truths)) {
    coverage[name] = {};
    for (const replications of SIZES)
      coverage[name][replications] = await hitsOf(pool, name, truth, replications);
  }
  return coverage;
}

/** The hits of all seeds at one size. */
async function hitsOf(
  pool: Pool<Job, unknown>,
  name: string,
  truths: Truths,
  replications: number,
): Promise<Record<string, Hits>> {
  const jobs = Array.from({ length: SEEDS / SEEDS_PER_JOB }, (_, i): Job<"coverage"> => {
    const [firstSeed, endSeed] = [i * SEEDS_PER_JOB, (i + 1) * SEEDS_PER_JOB];
    return { kind: "coverage", of: { case: name, truths, replications, firstSeed, endSeed } };
  });
  const found = (await pool.run(jobs)) as Found<"coverage">[];
  const names = Object.keys(truths);
  return Object.fromEntries(
    names.map((quantity) => [quantity, found.map((hits) => hits[quantity]).reduce(sumOfHits)]),
  );
}
