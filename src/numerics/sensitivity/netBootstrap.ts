/**
 * The bootstrap over independent nets: nets are drawn with replacement, and a statistic of the means over all their points is worked
 * out again (Efron 1979). What is even within a net stays even. Percentiles are taken a little further out than at 2.5 and 97.5 %, as
 * Hesterberg proposes, so that the interval of a mean of few nets is as wide as Student's ("What teachers should know about the
 * bootstrap", The American Statistician 69, 2015, section 4.3).
 */
import { normalCdf } from "../distributions.ts";
import { Draws, type RootKey } from "../draws.ts";
import { type Interval, LEVEL, upperProbability } from "../intervals.ts";
import { studentQuantile } from "../quantiles.ts";
import { quantile } from "../statistics.ts";

/** Apart from all that other draws use. */
const DOMAIN = 0x424f4f54;
export const RESAMPLES = 1000;

/** What the points of one net add up to. */
export interface NetSums {
  readonly sums: readonly number[];
  /** Points, >= 0. */
  readonly count: number;
}

export class NetBootstrap {
  /** Means over all points. */
  readonly means: readonly number[];
  private readonly resampled: readonly (readonly number[])[];
  private readonly tail: number;

  /** @param nets of as many sums each; at least two of them have points */
  constructor(nets: readonly NetSums[], root: RootKey) {
    const draws = new Draws(root, DOMAIN);
    const filled = nets.filter(({ count }) => count > 0);
    const any = (r: number, i: number) =>
      filled[Math.floor(draws.uniform(0, r, i, 0) * filled.length)];
    this.means = meansOf(filled);
    this.resampled = Array.from({ length: RESAMPLES }, (_, r) =>
      meansOf(filled.map((_, i) => any(r, i))),
    );
    this.tail = tailOf(filled.length);
  }

  /** The statistic with its 95 % interval. @param statistic of the means */
  estimate(statistic: (means: readonly number[]) => number): Interval {
    const mean = statistic(this.means);
    const values = this.resampled.map(statistic);
    const lo = Math.min(mean, quantile(values, this.tail));
    return { mean, lo, hi: Math.max(mean, quantile(values, 1 - this.tail)) };
  }
}

/** Φ(-t √(n / (n - 1))), t the quantile of Student's distribution with n - 1 degrees of freedom. */
function tailOf(n: number): number {
  const t = studentQuantile(upperProbability(LEVEL), n - 1);
  return normalCdf(-t * Math.sqrt(n / (n - 1)));
}

function meansOf(nets: readonly NetSums[]): number[] {
  const count = nets.reduce((sum, net) => sum + net.count, 0);
  const [{ sums }] = nets;
  return sums.map((_, k) => nets.reduce((sum, net) => sum + net.sums[k], 0) / count);
}
