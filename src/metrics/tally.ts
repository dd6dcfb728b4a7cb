// The tally of one scenario: everything that is kept of its replications, in memory that does not grow with them. It counts
// by instance, that is all repeats of one (of a stream: by replication), and adds up by net.
import { FIELD, OUTCOME_SIZE } from "../model/outcome.ts";
import { NetSketch, type PackedNetSketch } from "../numerics/netSketch.ts";
import { NetSums } from "../numerics/netSums.ts";
import { Reliability } from "./reliability.ts";

/** What consecutive instances yielded. */
export class TallyPart {
  /** Chunk by chunk, the sums of the outcome fields of each instance: rows of OUTCOME_SIZE. */
  readonly rows: Float64Array[] = [];
  /** Seconds from arrival to end of every task. */
  readonly latency = new NetSketch();
  /** Erroneous versions that descend from each fault. */
  readonly radius = new NetSketch();
  /** Kernel events handled. */
  events = 0;

  /** Forgets everything; keeps the memory. */
  clear(): void {
    this.rows.length = 0;
    this.latency.clear();
    this.radius.clear();
    this.events = 0;
  }

  /** To be sent before the next change: what is packed is not copied. */
  pack(): PackedPart {
    const { rows, latency, radius, events } = this;
    return { rows, latency: latency.pack(), radius: radius.pack(), events };
  }
}

/** Form of a {@link TallyPart} in which it goes to another thread. */
export interface PackedPart {
  readonly rows: readonly Float64Array[];
  readonly latency: PackedNetSketch;
  readonly radius: PackedNetSketch;
  readonly events: number;
}

export class Tally {
  /** Sums of the outcome fields. */
  readonly sums = new NetSums(OUTCOME_SIZE);
  /** Σ over instances of the squares of their outcome fields: what independent instances would vary by. */
  readonly squares = new Float64Array(OUTCOME_SIZE);
  readonly reliability = new Reliability();
  readonly latency = new NetSketch();
  readonly radius = new NetSketch();
  events = 0;
  private readonly hasRepeats: boolean;

  /** @param options.hasRepeats whether the tasks of an instance are its repeats; those of a stream are not */
  constructor({ hasRepeats = true } = {}) {
    this.hasRepeats = hasRepeats;
  }

  /** Takes in what the instances yielded that come next. */
  take({ rows, latency, radius, events }: PackedPart): void {
    for (const chunk of rows)
      for (let first = 0; first < chunk.length; first += OUTCOME_SIZE)
        this.addInstance(chunk.subarray(first, first + OUTCOME_SIZE));
    this.latency.merge(NetSketch.unpack(latency));
    this.radius.merge(NetSketch.unpack(radius));
    this.events += events;
  }

  private addInstance(row: Float64Array): void {
    if (this.hasRepeats)
      this.reliability.add(this.sums.instances, row[FIELD.success], row[FIELD.tasks]);
    this.sums.add(row);
    for (let field = 0; field < OUTCOME_SIZE; field++)
      this.squares[field] += row[field] * row[field];
  }
}
