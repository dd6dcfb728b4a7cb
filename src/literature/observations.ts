// What a study's simulations yielded, kept such that any figure made of their means can be estimated with its interval:
// for every benchmark the joint moments of all architectures on the same instances.
//
// Interval of a figure: the delta method. Within a benchmark the architectures share their instances and with them most
// of their luck, so their full covariance counts; benchmarks have instances of their own and are independent. Measured
// with 150 seeds at 800 replications a scenario: by kind of figure, 3 to 7 % of the intervals miss (nominal 5 %).
import type { OnReplication } from "../experiment/chunk.ts";
import type { MetricValue } from "../experiment/result.ts";
import { type Interval, tInterval } from "../metrics/intervals.ts";
import { Moments } from "../metrics/moments.ts";
import { share } from "../metrics/ratios.ts";
import { FIELD, OUTCOME_SIZE, type OutcomeField } from "../model/outcome.ts";

/** Mean a task of an outcome field. */
export type Means = (benchmark: string, architecture: string, field: OutcomeField) => number;

/** A figure as a smooth function of means. */
export type Formula = (mean: Means) => number;

/** Steps of the numerical derivative in standard errors: a tangent there, and far above rounding. */
const STEP = 1e-3;

export class Observations {
  private readonly benchmarks: readonly string[];
  private readonly architectures: readonly string[];
  /** Per benchmark: sums of a cluster, OUTCOME_SIZE components an architecture. */
  private readonly moments: readonly Moments[];

  constructor(benchmarks: readonly string[], architectures: readonly string[]) {
    this.benchmarks = benchmarks;
    this.architectures = architectures;
    this.moments = benchmarks.map(() => new Moments(architectures.length * OUTCOME_SIZE));
  }

  /**
   * What takes in the replications of a benchmark's comparison, whose scenarios are the architectures in their order.
   * @param repeats replications of one instance
   * @param replications replications of each scenario
   */
  recorder(benchmark: string, repeats: number, replications: number): OnReplication {
    const moments = this.moments[this.benchmarks.indexOf(benchmark)];
    const pending = new Map<number, Float64Array>();
    return (plan, replication, outcome) => {
      const cluster = Math.floor(replication / repeats);
      const sums = pending.get(cluster) ?? new Float64Array(moments.dimension);
      pending.set(cluster, sums);
      const first = plan * OUTCOME_SIZE;
      for (let field = 0; field < OUTCOME_SIZE; field++) sums[first + field] += outcome[field];
      const last = Math.min((cluster + 1) * repeats, replications) - 1;
      if (replication < last || plan < this.architectures.length - 1) return;
      moments.add(sums);
      pending.delete(cluster);
    };
  }

  /** Success rate of one architecture, with the interval that every share has. */
  success(benchmark: string, architecture: string): MetricValue {
    const first = this.firstOf(architecture);
    const moments = this.moments[this.benchmarks.indexOf(benchmark)];
    return toValue(share(moments, first + FIELD.success, first + FIELD.tasks));
  }

  /** The figure at the means observed, with Student's interval; undefined where that is no number. */
  estimate(formula: Formula): MetricValue {
    const value = formula(this.meansWith());
    if (!Number.isFinite(value)) return toValue(undefined);
    let variance = 0;
    this.moments.forEach((moments, benchmark) => {
      const gradient = this.gradient(formula, benchmark);
      for (const [i, a] of gradient)
        for (const [j, b] of gradient)
          variance += (a * b * moments.covariance(i, j)) / moments.count;
    });
    const counts = this.moments.map(({ count }) => count).filter((count) => count > 0);
    return toValue(tInterval(value, Math.sqrt(Math.max(0, variance)), Math.min(...counts) - 1));
  }

  /** Derivatives by the cluster means of a benchmark that vary and matter: pairs of component and derivative. */
  private gradient(formula: Formula, benchmark: number): [component: number, derivative: number][] {
    const moments = this.moments[benchmark];
    const result: [number, number][] = [];
    for (let i = 0; i < moments.dimension; i++) {
      const h = STEP * Math.sqrt(moments.covariance(i, i) / moments.count);
      if (!(h > 0)) continue;
      const at = (by: number) => formula(this.meansWith({ benchmark, component: i, by }));
      const derivative = (at(h) - at(-h)) / (2 * h);
      if (derivative !== 0) result.push([i, derivative]);
    }
    return result;
  }

  /** The means observed, one of them moved. */
  private meansWith(moved?: { benchmark: number; component: number; by: number }): Means {
    const clusterMean = (benchmark: number, component: number) => {
      const isMoved = moved?.benchmark === benchmark && moved.component === component;
      return this.moments[benchmark].mean(component) + (isMoved ? moved.by : 0);
    };
    return (name, architecture, field) => {
      const benchmark = this.benchmarks.indexOf(name);
      const first = this.firstOf(architecture);
      return (
        clusterMean(benchmark, first + FIELD[field]) / clusterMean(benchmark, first + FIELD.tasks)
      );
    };
  }

  private firstOf(architecture: string): number {
    return this.architectures.indexOf(architecture) * OUTCOME_SIZE;
  }
}

const NO_VALUE =
  "too few replications: there is no data, or a mean that the figure divides by is 0";

function toValue(interval: Interval | undefined): MetricValue {
  if (interval === undefined) return { mean: null, ci: [null, null], undefined: NO_VALUE };
  const finite = (x: number) => (Number.isFinite(x) ? x : null);
  return { mean: interval.mean, ci: [finite(interval.lo), finite(interval.hi)] };
}
