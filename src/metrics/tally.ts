// The tally of one scenario: everything that is kept of its replications, in memory that does not grow with them.
// It counts by cluster, that is by task instance with all its repeats (in an open workload: by replication), since
// repeats of one instance share its size and difficulty. Tallies of consecutive chunks merge in order.
import { FIELD, OUTCOME_SIZE } from "../model/outcome.ts";
import { ClusteredSketch } from "./clusteredSketch.ts";
import { Moments } from "./moments.ts";
import { Reliability } from "./reliability.ts";

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

  private readonly hasRepeats: boolean;

  /**
   * @param isPaired whether each cluster comes with the same cluster of the baseline
   * @param hasRepeats whether the tasks of a cluster are repeats of one instance; those of a stream are not
   */
  constructor(isPaired: boolean, hasRepeats = true) {
    this.hasRepeats = hasRepeats;
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
    this.reliability.merge(other.reliability);
    this.latency.merge(other.latency);
    this.radius.merge(other.radius);
    this.events += other.events;
  }
}
