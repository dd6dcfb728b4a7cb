/**
 * Quantiles of numbers that belong to instances, with an interval that knows how far the nets agree: the share of numbers
 * below the quantile is a ratio over nets (Woodruff, "Confidence intervals for medians", JASA 47, 1952).
 */
import { effectiveSampleSize, type Interval, LEVEL } from "./intervals.ts";
import { NETS, netOf } from "./nets.ts";
import { square } from "./power.ts";
import { type PackedSketch, Sketch } from "./sketch.ts";

/** Form of {@link NetSketch} in which it is handed over. */
export interface PackedNetSketch {
  readonly instances: number;
  readonly nets: readonly PackedSketch[];
}

/** A sketch for every net. Counts are integers: the order in which they come does not matter. */
export class NetSketch {
  #instances = 0;
  readonly #nets = Array.from({ length: NETS }, () => new Sketch());

  /** How many numbers were added, of all instances. */
  get count(): number {
    return this.#nets.reduce((sum, { count }) => sum + count, 0);
  }

  /**
   * Adds the numbers `first` to `size` - 1 of the array, which belong to an instance. Allocates nothing once the sketches
   * have grown.
   * @param numbers finite and >= 0
   */
  add(
    instance: number,
    numbers: Float64Array | Int32Array,
    size = numbers.length,
    first = 0,
  ): void {
    const sketch = this.#nets[netOf(instance)];
    for (let k = first; k < size; k++) sketch.add(numbers[k]);
  }

  /** Counts an instance all of whose numbers are added; it may have none. */
  close(): void {
    this.#instances++;
  }

  /** Takes in all that the sketch has seen that was packed. */
  mergePacked({ instances, nets }: PackedNetSketch): void {
    this.#instances += instances;
    for (let net = 0; net < NETS; net++) this.#nets[net].mergePacked(nets[net]);
  }

  /** Forgets all numbers. */
  clear(): void {
    this.#instances = 0;
    for (const net of this.#nets) net.clear();
  }

  /**
   * Quantile with its order-statistic interval at the effective sample size of the nets; `undefined` before the first
   * number. Unbounded sides: see {@link Sketch.quantileInterval}.
   * @param q in (0, 1)
   */
  estimate(q: number, level = LEVEL): Interval | undefined {
    const all = new Sketch();
    for (const net of this.#nets) all.merge(net);
    const quantile = all.quantile(q);
    if (quantile === undefined) return undefined;
    return all.quantileInterval(q, this.#effectiveSize(quantile, all, level), level);
  }

  pack(): PackedNetSketch {
    return { instances: this.#instances, nets: this.#nets.map((net) => net.pack()) };
  }

  /** Effective sample size for the share of numbers that are at most t. */
  #effectiveSize(t: number, all: Sketch, level: number): number {
    const instances = this.#instances;
    const nets = Math.min(instances, NETS);
    const share = all.countAtMost(t) / all.count;
    const meanSize = all.count / nets;
    let squares = 0;
    for (let net = 0; net < nets; net++) {
      const one = this.#nets[net];
      squares += square((one.countAtMost(t) - share * one.count) / meanSize);
    }
    return effectiveSampleSize(share, squares, { nets, instances, trials: all.count }, level);
  }
}
