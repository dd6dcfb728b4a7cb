// The tally of one scenario: everything that is kept of its replications, in memory that does not grow with them.
// It counts by cluster, that is by task instance with all its repeats (in an open workload: by replication), since
// repeats of one instance share its size and difficulty. Tallies of consecutive chunks merge in order.
import { FIELD, OUTCOME_SIZE } from "../model/outcome.ts";
import { ClusteredSketch, type PackedClusteredSketch } from "../numerics/clusteredSketch.ts";
import { Moments, type PackedMoments } from "../numerics/moments.ts";
import { type PackedReliability, Reliability } from "./reliability.ts";

/**
 * Form of the tallies of consecutive chunks in which they go to another thread. Typed arrays rather than the lists of
 * pairs of a sketch's JSON: those take about five times as long to clone (0.3 ms for a chunk), which is as long as some
 * chunks take to run.
 */
export interface PackedTally {
  /** One entry per chunk, since sums are rounded; everything else is a count, and adds up to the same in any order. */
  readonly moments: readonly PackedMoments[];
  readonly reliability: PackedReliability;
  readonly latency: PackedClusteredSketch;
  readonly radius: PackedClusteredSketch;
  readonly events: number;
}

export class Tally {
  /** Sums of the outcome fields of each cluster; from OUTCOME_SIZE on those of the baseline on the same instance. */
  readonly moments: Moments;
  readonly reliability = new Reliability();
  /** Seconds from arrival to end of every task. */
  readonly latency = new ClusteredSketch();
  /** Erroneous versions that descend from each fault. */
  readonly radius = new ClusteredSketch();
  /** Kernel events handled. */
  events = 0;

  /** Whether the clusters of the baseline are its own: it is the baseline. */
  readonly isBaseline: boolean;
  private readonly hasRepeats: boolean;

  /**
   * @param isPaired whether each cluster comes with the same cluster of the baseline
   * @param options.hasRepeats whether the tasks of a cluster are repeats of one instance; those of a stream are not
   */
  constructor(isPaired: boolean, { hasRepeats = true, isBaseline = false } = {}) {
    this.hasRepeats = hasRepeats;
    this.isBaseline = isBaseline;
    this.moments = new Moments(isPaired ? 2 * OUTCOME_SIZE : OUTCOME_SIZE);
  }

  get isPaired(): boolean {
    return this.moments.dimension === 2 * OUTCOME_SIZE;
  }

  /**
   * Adds a cluster.
   * @param sums outcome fields summed over its replications, followed by the baseline's where the tally is paired
   */
  addCluster(sums: Float64Array): void {
    this.moments.add(sums);
    if (this.hasRepeats) this.reliability.add(sums[FIELD.success], sums[FIELD.tasks]);
  }

  merge(other: Tally): void {
    this.moments.merge(other.moments);
    this.mergeCounts(other);
  }

  private mergeCounts(other: Tally): void {
    this.reliability.merge(other.reliability);
    this.latency.merge(other.latency);
    this.radius.merge(other.radius);
    this.events += other.events;
  }

  /** Forgets all clusters; keeps the memory. */
  clear(): void {
    this.moments.clear();
    this.reliability.clear();
    this.latency.clear();
    this.radius.clear();
    this.events = 0;
  }

  /**
   * Packs the tallies of consecutive chunks, at least one. To be sent before anything is added to them: what is packed
   * is not copied, and the first takes in the counts of the others.
   */
  static pack(chunks: readonly Tally[]): PackedTally {
    const [total, ...others] = chunks;
    for (const other of others) total.mergeCounts(other);
    return {
      moments: chunks.map(({ moments }) => moments.pack()),
      reliability: total.reliability.pack(),
      latency: total.latency.pack(),
      radius: total.radius.pack(),
      events: total.events,
    };
  }

  /** Takes in packed tallies, as to `merge` them one after the other does. */
  mergePacked(packed: PackedTally): void {
    for (const moments of packed.moments) this.moments.merge(Moments.unpack(moments));
    this.reliability.merge(Reliability.unpack(packed.reliability));
    this.latency.merge(ClusteredSketch.unpack(packed.latency));
    this.radius.merge(ClusteredSketch.unpack(packed.radius));
    this.events += packed.events;
  }
}
