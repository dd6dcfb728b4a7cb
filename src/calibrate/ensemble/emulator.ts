/**
 * What the simulation would say of the targets, from what it said at other points: one response surface per target, on the
 * scale on which predictions of left-out points were nearest.
 *
 * The fit is local. Points count by their likelihood to a power, as much of it as leaves enough points to determine the
 * surfaces: the more points there are where the likelihood is, the closer it looks. Beyond the points that could belong to the
 * ensemble a quadratic function says nothing; there the emulator only leads back to them. Such rounds of simulating, emulating
 * and ruling out are known as history matching: Craig, Goldstein, Seheult and Smith, "Pressure matching for hydrocarbon
 * reservoirs", Case Studies in Bayesian Statistics 3 (1997).
 */
import { bracket } from "../../numerics/bisect.ts";
import { coefficientCount, ResponseSurface } from "../../numerics/emulating/responseSurface.ts";
import { logistic, logit } from "../../numerics/logit.ts";
import { effectiveShare } from "../../numerics/sampling/tempering.ts";
import { clamp } from "../../numerics/statistics.ts";
import type { Target } from "../calibration.ts";
import { minusTwoLogOf } from "../likelihood.ts";

/** A point of the unit box with what the simulation says there. */
export interface Simulated {
  readonly point: Float64Array;
  /** One per target; NaN without a value. */
  readonly figures: readonly number[];
  /** Variances of the figures. */
  readonly variances: readonly number[];
}

/** What the emulator says of a point. */
export interface Emulated {
  /** One per target that counts, in their order. */
  readonly figures: Float64Array;
  /** -2 log L of the figures, the emulator's own error counted in. */
  readonly minusTwoLog: number;
}

/** Scales on which a figure may follow a quadratic function; `slope` is the derivative of `back` at a figure. */
interface FigureScale {
  readonly suits: (figures: readonly number[]) => boolean;
  readonly forward: (figure: number) => number;
  readonly back: (place: number) => number;
  readonly slope: (figure: number) => number;
}

/** Shares are held off the ends, and sizes off 0 and infinity, where their scales have no place. */
const LEAST_SHARE = 1e-3;
const MOST_LOGARITHM = 50;

const SCALES: readonly FigureScale[] = [
  { suits: () => true, forward: (x) => x, back: (x) => x, slope: () => 1 },
  {
    suits: (figures) => figures.every((x) => x > 0),
    forward: Math.log,
    back: (x) => Math.exp(clamp(x, -MOST_LOGARITHM, MOST_LOGARITHM)),
    slope: (x) => x,
  },
  {
    suits: (figures) => figures.every((x) => x >= 0 && x <= 1),
    forward: (x) => logit(clamp(x, LEAST_SHARE, 1 - LEAST_SHARE)),
    back: logistic,
    slope: (x) => x * (1 - x),
  },
];

/** Points that count, for every coefficient of a surface. */
const POINTS_PER_COEFFICIENT = 1.5;
const HALVINGS = 40;
/** Points that count less than this are left out. */
const LEAST_WEIGHT = 1e-4;
/** Least share of a point's figure that the other points decide. */
const LEAST_REST = 1e-3;
/** From which share of its reach on the emulator is at its edge. */
const EDGE = 0.5;
/** How fast the density falls where the emulator says nothing. */
const STEEP = 1000;

export class Emulator {
  readonly targets: readonly Target[];
  private readonly surface: ResponseSurface;
  /** Which output of the surface a target has, and on which scale it is. */
  private readonly outputs: readonly number[];
  private readonly scales: readonly FigureScale[];
  /** Mean variance of the simulated figures. */
  private readonly variances: readonly number[];
  private readonly typicalLeverage: number;
  /** Up to which leverage the emulator is believed. */
  private readonly reach: number;
  /** More than -2 log L of any point that counts. */
  private readonly ceiling: number;
  private readonly places: Float64Array;

  /**
   * @param targets those that count
   * @param simulated at least one point, at each of which every target has a value
   * @param trust how far the emulator is believed: up to so many times the largest leverage of a point that counts, from 1
   */
  constructor(targets: readonly Target[], simulated: readonly Simulated[], trust: number) {
    this.targets = targets;
    const values = simulated.map((one) => minusTwoLogAt(targets, one));
    const kept = localPoints(simulated, values);
    const weights = kept.map(({ weight }) => weight);
    const total = weights.reduce((sum, x) => sum + x, 0);
    const mean = (of: (i: number) => number) =>
      weights.reduce((sum, weight, i) => sum + (weight / total) * of(i), 0);

    const figures = targets.map((_, t) => kept.map(({ at }) => at.figures[t]));
    const tried = figures.flatMap((own, t) =>
      SCALES.filter(({ suits }) => suits(own)).map((scale) => ({ t, scale })),
    );
    this.surface = new ResponseSurface({
      points: kept.map(({ at }) => at.point),
      outputs: tried.map(({ t, scale }) => figures[t].map(scale.forward)),
      weights,
    });
    const { leftOut } = this.surface;
    // As of points that the surface has not seen: where it has few points, it fits those that it has seen all too well.
    const leverages = kept.map(({ weight }, i) => {
      const own = this.surface.leverages[i];
      return own / Math.max(1 - weight * own, LEAST_REST);
    });
    const errors = tried.map(({ t, scale }, output) =>
      mean((i) => {
        const miss = scale.back(leftOut[output][i]) - figures[t][i];
        return miss * miss;
      }),
    );
    this.outputs = targets.map((_, t) =>
      tried.reduce(
        (best, one, output) =>
          one.t === t && !(best >= 0 && errors[best] <= errors[output]) ? output : best,
        -1,
      ),
    );
    this.scales = this.outputs.map((output) => tried[output].scale);
    this.variances = targets.map((_, t) => mean((i) => kept[i].at.variances[t]));
    this.typicalLeverage = mean((i) => leverages[i]);
    const likely = likelyWithin(simulated[0].point.length);
    const best = Math.min(...values);
    const farthest = kept.reduce((most, { weight, value }, i) => {
      const counts = weight >= 0.5 || value - best <= likely;
      return counts ? Math.max(most, leverages[i]) : most;
    }, 0);
    this.reach = trust * farthest;
    this.ceiling = kept.reduce((most, { value }) => Math.max(most, value), best);
    this.places = new Float64Array(targets.length);
  }

  /** What the emulator says of a point of the unit box, into `figures`; -2 log L. */
  predict(point: ArrayLike<number>, figures: Float64Array): number {
    const { surface, outputs, places, targets, scales, variances } = this;
    const leverage = surface.predict(point, outputs, places);
    const spread = (1 + leverage) / (1 + this.typicalLeverage);
    let sum = 0;
    for (let t = 0; t < targets.length; t++) {
      const figure = scales[t].back(places[t]);
      const slope = scales[t].slope(figure);
      const error = surface.errors[outputs[t]] * spread * slope * slope;
      figures[t] = figure;
      sum += minusTwoLogOf(targets[t], figure, variances[t] + error);
    }
    return leverage <= this.reach ? sum : this.ceiling + STEEP * Math.log(leverage / this.reach);
  }

  /** Whether a point lies at the edge of what the emulator was made for, or beyond. */
  isAtEdge(point: ArrayLike<number>): boolean {
    return this.surface.predict(point, [], this.places) > EDGE * this.reach;
  }

  /** The same as an object of its own. */
  at(point: ArrayLike<number>): Emulated {
    const figures = new Float64Array(this.targets.length);
    return { minusTwoLog: this.predict(point, figures), figures };
  }
}

/** -2 log L of what the simulation says; NaN where a target has no value. */
export function minusTwoLogAt(
  targets: readonly Target[],
  { figures, variances }: Pick<Simulated, "figures" | "variances">,
): number {
  return targets.reduce((sum, one, t) => sum + minusTwoLogOf(one, figures[t], variances[t]), 0);
}

/** How far -2 log L of nearly all points of an ensemble lies above the least: as χ² with n degrees of freedom, and 4 deviations. */
const likelyWithin = (n: number) => n + 4 * Math.sqrt(2 * n);

interface Kept {
  readonly at: Simulated;
  readonly value: number;
  readonly weight: number;
}

/** The points that count, each by its likelihood to the power with which enough of them are left. */
function localPoints(simulated: readonly Simulated[], values: readonly number[]): Kept[] {
  const least = Math.min(...values);
  const weightsAt = (power: number) => values.map((x) => Math.exp((-power / 2) * (x - least)));
  const wanted = POINTS_PER_COEFFICIENT * coefficientCount(simulated[0].point.length);
  const isTooNarrow = (power: number) => effectiveShare(weightsAt(power)) * values.length < wanted;
  const power = isTooNarrow(1) ? bracket(0, 1, isTooNarrow, HALVINGS)[0] : 1;
  const weights = weightsAt(power);
  return simulated
    .map((at, i) => ({ at, value: values[i], weight: weights[i] }))
    .filter(({ weight }) => weight >= LEAST_WEIGHT);
}
