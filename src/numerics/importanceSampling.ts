/**
 * Importance sampling: events that are rare at the true rate are simulated at another one, and every run counts by how much
 * likelier it would have been at the true rate. Hammersley and Handscomb, "Monte Carlo Methods" (1964), chapter 5; for
 * votes as random walks: Siegmund, "Importance sampling in the Monte Carlo study of sequential tests" (1976).
 */
import { type Interval, tInterval, wilson } from "./intervals.ts";

/**
 * How much likelier so many wrong and right trials are at the true error rate than at the simulated one. In logs, since the
 * factors alone are out of range for some hundred trials.
 */
export function likelihoodRatio(
  truth: number,
  simulated: number,
): (wrong: number, right: number) => number {
  const ofWrong = Math.log(truth / simulated);
  const ofRight = Math.log((1 - truth) / (1 - simulated));
  return (wrong, right) => Math.exp(wrong * ofWrong + right * ofRight);
}

/** Independent runs, each with the weight that it counts by. */
export class WeightedEvents {
  private runs = 0;
  private events = 0;
  private sum = 0;
  private squares = 0;

  add(weight: number, happened: boolean): void {
    this.runs++;
    if (!happened) return;
    this.events++;
    this.sum += weight;
    this.squares += weight * weight;
  }

  /**
   * Chance of the event with its interval: Student's for the mean of the weights that count, and not narrower than Wilson's
   * for the share of events, each at their mean weight. The first alone would have no width where all runs are events
   * of one weight, which the best rates come near to.
   * @throws RangeError when there is no run
   */
  estimate(): Interval {
    const { runs, events, sum, squares } = this;
    if (runs === 0) throw new RangeError("No run: an estimate needs at least one");
    if (events === 0) return { mean: 0, lo: 0, hi: 1 };
    const mean = sum / runs;
    const variance = Math.max(0, squares / runs - mean * mean) / Math.max(1, runs - 1);
    const ofWeights = tInterval(mean, Math.sqrt(variance), runs - 1);
    const ofShare = wilson(events, runs);
    const each = sum / events;
    return {
      mean,
      lo: Math.max(0, Math.min(ofWeights.lo, ofShare.lo * each)),
      hi: Math.min(1, Math.max(ofWeights.hi, ofShare.hi * each)),
    };
  }
}
