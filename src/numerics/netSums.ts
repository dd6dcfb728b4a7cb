/**
 * Sums of vectors, net by net, in memory that does not grow with the instances; their means and covariances over nets are
 * what intervals of means, ratios and differences are made of.
 */
import { NETS, netOf } from "./nets.ts";

/** Vectors of one net each, and how they vary over the nets. */
export abstract class OverNets {
  /** Number of instances in all nets. */
  abstract readonly instances: number;

  /** Component i of a net. */
  protected abstract at(net: number, i: number): number;

  /** Number of nets that have an instance: all of them, unless there are fewer instances. */
  get count(): number {
    return Math.min(this.instances, NETS);
  }

  /** Mean of component i per net; NaN before the first instance. */
  mean(i: number): number {
    const { count } = this;
    let sum = 0;
    for (let net = 0; net < count; net++) sum += this.at(net, i);
    return sum / count;
  }

  /** Unbiased covariance of components i and j over nets (the variance for i = j); NaN below two nets. */
  covariance(i: number, j: number): number {
    const { count } = this;
    if (count < 2) return Number.NaN;
    const [meanI, meanJ] = [this.mean(i), this.mean(j)];
    let sum = 0;
    for (let net = 0; net < count; net++)
      sum += (this.at(net, i) - meanI) * (this.at(net, j) - meanJ);
    return sum / (count - 1);
  }
}

/**
 * Adds up the vectors of instances. Sums are rounded in the order in which instances are added.
 */
export class NetSums extends OverNets {
  readonly dimension: number;
  #instances = 0;
  readonly #sums: Float64Array;

  /**
   * @param dimension number of components of every vector, an integer >= 1
   * @throws RangeError on another dimension
   */
  constructor(dimension: number) {
    super();
    if (!Number.isInteger(dimension) || dimension < 1)
      throw new RangeError(`Sums of dimension ${dimension}: must be an integer >= 1`);
    this.dimension = dimension;
    this.#sums = new Float64Array(NETS * dimension);
  }

  get instances(): number {
    return this.#instances;
  }

  /** Adds the vector of an instance, of which all before it were added already. */
  add(vector: Float64Array): void {
    const first = netOf(this.#instances++) * this.dimension;
    for (let i = 0; i < this.dimension; i++) this.#sums[first + i] += vector[i];
  }

  at(net: number, i: number): number {
    return this.#sums[net * this.dimension + i];
  }
}

/** Two sums over the same instances side by side: components from `own.dimension` on are those of the other. */
export class PairedSums extends OverNets {
  private readonly own: NetSums;
  private readonly other: NetSums;

  /** @throws RangeError when they are not of equally many instances */
  constructor(own: NetSums, other: NetSums) {
    super();
    if (own.instances !== other.instances)
      throw new RangeError(
        `Sums of ${own.instances} and of ${other.instances} instances: must be paired`,
      );
    this.own = own;
    this.other = other;
  }

  get instances(): number {
    return this.own.instances;
  }

  protected at(net: number, i: number): number {
    const { dimension } = this.own;
    return i < dimension ? this.own.at(net, i) : this.other.at(net, i - dimension);
  }
}
