/**
 * Which part of the variance of a function is due to which input: Sobol' indices of first order and in total, Shapley effects, and
 * what sets of inputs explain.
 *
 * The function is a mean that can only be simulated: each point has two values, under two seeds that are independent of each other
 * and the same for all points of a base point. Jansen's estimators are means of squared differences between points of a base point
 * (Jansen, "Analysis of variance designs for model output", Computer Physics Communications 117, 1999; both of Saltelli et al. 2010,
 * table 2, (b) and (f)). Here the product of the differences under either seed takes the place of the square. Its expectation is the
 * squared difference of the means, without the noise that a square would add; and as the seed is common to both points, most of the
 * noise is not even in the differences. Where the function has no noise, the two are the same.
 *
 * Write T(u) for half the mean product over pairs of points that differ in the inputs u: the variance that is left while all others
 * are known. The total variance is V = T(all). Of one input j, the total index is T(j) / V, and the index of first order is
 * 1 - T(all but j) / V: the share by which the variance shrinks, on average, once the input is known. That of a set is called closed.
 * V and T(all but j) are taken from pairs with a point in common, so that the difference is small where the input does little.
 * The Shapley effect of j is its mean marginal contribution to T over all orders of the inputs (Owen 2014; Song, Nelson and Staum 2016,
 * theorem 1). Effects add up to 1, lie between first-order and total index, and split interactions evenly.
 *
 * The inputs must be independent of each other: those that are not make one input together.
 */
import type { RootKey } from "../draws.ts";
import type { Interval } from "../intervals.ts";
import { square } from "../power.ts";
import { type BaseDesign, pathOf } from "./design.ts";
import { NetBootstrap, type NetSums } from "./netBootstrap.ts";
import { allOf, shapleyValues } from "./subsets.ts";

/** Values of a point under two independent seeds; the same number twice, where there is no noise. */
export type Pair = readonly [first: number, second: number];

/** A base point that was evaluated. */
export interface EvaluatedBase extends BaseDesign {
  /** In the order of the masks. */
  readonly values: readonly Pair[];
}

export interface InputIndices {
  readonly first: Interval;
  readonly total: Interval;
  readonly shapley: Interval;
}

export interface SensitivityIndices {
  /** Mean of the function over the inputs. */
  readonly mean: Interval;
  /** Variance of the function over the inputs, without noise. */
  readonly variance: Interval;
  /** Variance of one value due to its seed, averaged over the inputs: the total effect of the seed as an input. */
  readonly noise: Interval;
  /** noise / (variance + noise): the total index of the seed. */
  readonly noiseShare: Interval;
  /** Undefined where the variance is not told from zero: there is nothing to share out. */
  readonly inputs: readonly InputIndices[] | undefined;
  /** For each input, whether the data do not tell its Shapley effect from the greatest. Undefined as `inputs` are. */
  readonly mayLead: readonly boolean[] | undefined;
  /** Closed index of each set that was asked for. Undefined as `inputs` are. */
  readonly closed: readonly Interval[] | undefined;
}

/**
 * @param inputs their number d, 1 to MOST_INPUTS
 * @param nets base points by net; nets are independent of each other; two or more have a base point
 * @param sets masks whose closed indices are wanted: each base point has the point of each
 */
export function sensitivityIndices(
  inputs: number,
  nets: readonly (readonly EvaluatedBase[])[],
  sets: readonly number[],
  root: RootKey,
): SensitivityIndices {
  const layout = new Layout(inputs, sets);
  const bootstrap = new NetBootstrap(
    nets.map((bases) => sumsOf(layout, bases)),
    root,
  );
  const { varianceOf, noiseOf } = layout;
  const variance = bootstrap.estimate(varianceOf);
  const shares = {
    mean: bootstrap.estimate(([mean]) => mean),
    variance,
    noise: bootstrap.estimate(noiseOf),
    noiseShare: bootstrap.estimate((means) => shareOf(noiseOf(means), varianceOf(means))),
  };
  if (!(variance.lo > 0))
    return { ...shares, inputs: undefined, mayLead: undefined, closed: undefined };
  const ratio = (of: (means: readonly number[]) => number) =>
    bootstrap.estimate((means) => of(means) / varianceOf(means));
  const each = Array.from({ length: inputs }, (_, j) => ({
    first: ratio((means) => layout.firstOf(means, j)),
    total: ratio((means) => layout.totalOf(means, j)),
    shapley: ratio((means) => layout.shapleyOf(means, j)),
  }));
  const top = each.reduce(
    (best, { shapley }, j) => (shapley.mean > each[best].shapley.mean ? j : best),
    0,
  );
  return {
    ...shares,
    inputs: each,
    mayLead: each.map(
      (_, j) => ratio((means) => layout.shapleyOf(means, top) - layout.shapleyOf(means, j)).lo <= 0,
    ),
    closed: sets.map((_, k) => ratio((means) => layout.closedOf(means, k))),
  };
}

/** Where nothing varies at all, nothing is noise. */
const shareOf = (noise: number, variance: number) =>
  noise === 0 ? 0 : noise / (Math.max(variance, 0) + noise);

function sumsOf(layout: Layout, bases: readonly EvaluatedBase[]): NetSums {
  const sums = new Array<number>(layout.size).fill(0);
  for (const base of bases)
    for (const [k, value] of layout.contributions(base).entries()) sums[k] += value;
  return { sums, count: bases.length };
}

/**
 * What is averaged over base points, as one row: mean, noise, for each input T(j), V - T(all but j) and its Shapley part, and
 * for each set V - T(all but the set). */
class Layout {
  readonly size: number;
  private readonly inputs: number;
  private readonly sets: readonly number[];

  constructor(inputs: number, sets: readonly number[]) {
    this.inputs = inputs;
    this.sets = sets;
    this.size = 2 + 3 * inputs + sets.length;
  }

  contributions(base: EvaluatedBase): number[] {
    const { values } = base;
    const at = valuesAt(base);
    const singles = Array.from({ length: this.inputs }, (_, j) => 1 << j);
    const explained = (u: number) => explainedBy(at, allOf(this.inputs), u);
    const points = values.length;
    return [
      values.reduce((sum, [y, z]) => sum + (y + z) / 2, 0) / points,
      values.reduce((sum, [y, z]) => sum + square(y - z) / 2, 0) / points,
      ...singles.map((own) => leftOver(at, own)),
      ...singles.map(explained),
      ...shapleyParts(base, at, this.inputs),
      ...this.sets.map(explained),
    ];
  }

  readonly noiseOf = (means: readonly number[]) => means[1];
  totalOf = (means: readonly number[], j: number) => means[2 + j];
  firstOf = (means: readonly number[], j: number) => means[2 + this.inputs + j];
  shapleyOf = (means: readonly number[], j: number) => means[2 + 2 * this.inputs + j];
  closedOf = (means: readonly number[], k: number) => means[2 + 3 * this.inputs + k];
  /** V: what the Shapley parts add up to. */
  readonly varianceOf = (means: readonly number[]) => {
    let sum = 0;
    for (let j = 0; j < this.inputs; j++) sum += this.shapleyOf(means, j);
    return sum;
  };
}

/** Values of a base point by mask. */
type ValuesAt = ReadonlyMap<number, Pair>;

const valuesAt = ({ masks, values }: EvaluatedBase): ValuesAt =>
  new Map(masks.map((mask, i) => [mask, values[i]]));

const halfProduct = ([y1, y2]: Pair, [z1, z2]: Pair) => ((y1 - z1) * (y2 - z2)) / 2;

/** T(u), over all pairs of points that differ in the inputs u and in no other. */
function leftOver(at: ValuesAt, u: number): number {
  let sum = 0;
  let pairs = 0;
  for (const [mask, value] of at) {
    const other = at.get(mask ^ u);
    if (other === undefined) continue;
    sum += halfProduct(value, other);
    pairs++;
  }
  return sum / pairs;
}

/** V - T(all but u), over all points that the base point has with the inputs u and all inputs from the other side. */
function explainedBy(at: ValuesAt, all: number, u: number): number {
  let sum = 0;
  let triples = 0;
  for (const [mask, value] of at) {
    const opposite = at.get(mask ^ all);
    const moved = at.get(mask ^ u);
    if (opposite === undefined || moved === undefined) continue;
    sum += halfProduct(value, opposite) - halfProduct(moved, opposite);
    triples++;
  }
  return sum / triples;
}

/**
 * The parts of the Shapley effects. Where all masks are there, exactly by the definition. Along a path, by what each step adds to T
 * of the inputs that have changed (against A) and of those that have not (against B): both come in a random order (Goda 2021, who
 * takes the first).
 */
function shapleyParts({ order, masks }: EvaluatedBase, at: ValuesAt, inputs: number): number[] {
  if (order === undefined)
    return shapleyValues(
      inputs,
      masks.map((u) => leftOver(at, u)),
    );
  const path = pathOf(order).map((mask) => at.get(mask) as Pair);
  const [a, b] = [path[0], path[path.length - 1]];
  const parts = new Array<number>(inputs).fill(0);
  for (const [k, j] of order.entries()) {
    const [before, after] = [path[k], path[k + 1]];
    const ofChanged = halfProduct(a, after) - halfProduct(a, before);
    const ofOthers = halfProduct(before, b) - halfProduct(after, b);
    parts[j] = (ofChanged + ofOthers) / 2;
  }
  return parts;
}
