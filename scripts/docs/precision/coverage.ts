// Coverage: how often the 95 % interval of a quantity holds the truth, over runs with different seeds.
import { runDesign } from "../../../src/experiment/chunk.ts";
import { differences, type MetricValue, metricValue } from "../../../src/experiment/result.ts";
import { metric } from "../../../src/metrics/definitions.ts";
import { samplesOf } from "../../../src/metrics/sample.ts";
import type { Plan } from "../../../src/model/plan.ts";
import { rootKey } from "../../../src/numerics/draws.ts";
import { compile } from "../../../src/scenario/compiling/compile.ts";
import { CASES, QUANTITY_NAMES, type Quantity } from "./cases.ts";

/** Replications of the run that stands for the truth where there is no closed form. */
export const TRUTH_REPLICATIONS = 2 ** 20;

export type Truths = Readonly<Record<string, number>>;

/** How often an interval did what, out of all seeds. */
export interface Hits {
  readonly covered: number;
  /** Intervals that lie above the truth. */
  readonly above: number;
  readonly below: number;
  /** Intervals with an infinite bound. */
  readonly open: number;
  /** Runs in which the quantity is not defined, and has no interval. */
  readonly undefined: number;
}

export interface CoverageJob {
  readonly case: string;
  readonly truths: Truths;
  readonly replications: number;
  readonly firstSeed: number;
  readonly endSeed: number;
}

export async function plansOf(name: string): Promise<Plan[]> {
  const found = CASES.find((one) => one.name === name);
  if (found === undefined) throw new RangeError(`${name}: no case has this name`);
  return (await found.load()).map(compile);
}

/** What one run says of all quantities of the second plan. */
async function estimates(plans: readonly Plan[], seed: string, replications: number) {
  const design = { plans, root: rootKey(seed), replications };
  const tallies = await runDesign(design, new AbortController().signal);
  const [, sample] = samplesOf(tallies, 0);
  const differenceOf = differences(sample);
  return (quantity: Quantity): MetricValue =>
    quantity.startsWith("difference ")
      ? differenceOf[quantity.slice("difference ".length)]
      : metricValue(metric(quantity), sample);
}

/** The truths of a case: closed forms, and what the long run says of the rest. */
export async function truthsOf(name: string): Promise<Truths> {
  const simulated = await estimates(await plansOf(name), "truth", TRUTH_REPLICATIONS);
  const closed = CASES.find((one) => one.name === name)?.closed ?? {};
  const truths = QUANTITY_NAMES.map((quantity) => [
    quantity,
    closed[quantity] ?? simulated(quantity).mean,
  ]);
  return Object.fromEntries(truths.filter(([, truth]) => truth !== null));
}

/** Relative size of an error that is rounding. */
const ROUNDING = 1e-9;

export async function coverage(job: CoverageJob): Promise<Record<string, Hits>> {
  const plans = await plansOf(job.case);
  const names = Object.keys(job.truths) as Quantity[];
  const hits = names.map(() => ({ covered: 0, above: 0, below: 0, open: 0, undefined: 0 }));
  for (let seed = job.firstSeed; seed < job.endSeed; seed++) {
    const estimate = await estimates(plans, `coverage ${seed}`, job.replications);
    names.forEach((name, i) => {
      count(hits[i], estimate(name), job.truths[name]);
    });
  }
  return Object.fromEntries(names.map((name, i) => [name, hits[i]]));
}

function count(
  hits: { -readonly [K in keyof Hits]: Hits[K] },
  { mean, ci: [lo, hi] }: MetricValue,
  truth: number,
): void {
  const slack = ROUNDING * Math.abs(truth);
  if (mean === null) hits.undefined++;
  else if (lo !== null && lo > truth + slack) hits.above++;
  else if (hi !== null && hi < truth - slack) hits.below++;
  else hits.covered++;
  if (mean !== null && (lo === null || hi === null)) hits.open++;
}

export const sumOfHits = (a: Hits, b: Hits): Hits => ({
  covered: a.covered + b.covered,
  above: a.above + b.above,
  below: a.below + b.below,
  open: a.open + b.open,
  undefined: a.undefined + b.undefined,
});
