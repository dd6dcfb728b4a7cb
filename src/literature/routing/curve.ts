// The curve of a router by difficulty without simulation: which share of the tasks goes to the strong model, and which
// share of the quality gap that recovers, where tasks of one claim differ in difficulty by a normal distribution.
import { bisect } from "../../numerics/bisect.ts";
import { normalCdf, normalQuantile } from "../../numerics/distributions.ts";
import { shifted } from "../../numerics/logit.ts";

/** Two models and tasks of one claim, in the terms of a scenario. */
export interface RoutedPair {
  /** Error rates at difficulty 0. */
  readonly weak: number;
  readonly strong: number;
  /** Standard deviation of the difficulty, log-odds. */
  readonly spread: number;
}

/** Points of the quadrature: equal shares of the tasks, by difficulty. */
const POINTS = 2000;
const DIFFICULTIES = Float64Array.from({ length: POINTS }, (_, i) =>
  normalQuantile((i + 0.5) / POINTS),
);
/** Steps of a bisection: halves an interval to what a number can hold. */
const HALVINGS = 60;

/** Threshold at which a share of the tasks looks hard: what the router sees is normal as well. */
export function thresholdFor(share: number, { spread }: RoutedPair, noise: number): number {
  return Math.hypot(spread, noise) * normalQuantile(1 - share);
}

/** Share of the quality gap that a router recovers when a share of the tasks goes to the strong model. */
export function recovered(share: number, pair: RoutedPair, noise: number): number {
  const threshold = thresholdFor(share, pair, noise);
  let [gap, won] = [0, 0];
  for (const z of DIFFICULTIES) {
    const difficulty = pair.spread * z;
    const gain = shifted(pair.weak, difficulty) - shifted(pair.strong, difficulty);
    gap += gain;
    won += gain * normalCdf((difficulty - threshold) / noise);
  }
  return won / gap;
}

/** Share of strong calls for a share of the gap: the curve inverted. */
export function shareFor(part: number, pair: RoutedPair, noise: number): number {
  return bisect(0, 1, (share) => recovered(share, pair, noise) > part, HALVINGS);
}

/**
 * Noise of a router that needs a given share of strong calls for half of the gap: more noise asks for more of them.
 * @throws RangeError when no noise does, since even an exact router needs more
 */
export function noiseFor(share: number, pair: RoutedPair): number {
  const [least, most] = [0.01, 1000];
  if (recovered(share, pair, least) < 0.5 || recovered(share, pair, most) > 0.5)
    throw new RangeError(`Share ${share}: must be one that some noise leads to`);
  return Math.exp(
    bisect(
      Math.log(least),
      Math.log(most),
      (log) => recovered(share, pair, Math.exp(log)) < 0.5,
      HALVINGS,
    ),
  );
}
