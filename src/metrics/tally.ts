// The tally of one scenario: everything that is kept of its replications, in memory that does not grow with them. It counts
// by instance, that is all repeats of one (of a stream: by replication), and adds up by net.
import type { BreakdownLayout } from "../model/breakdownLayout.ts";
import { FIELD, OUTCOME_SIZE } from "../model/outcome.ts";
import { NetSketch, type PackedNetSketch } from "../numerics/netSketch.ts";
import { NetSums } from "../numerics/netSums.ts";
import { Reliability } from "./reliability.ts";

/** What consecutive instances yielded. */
export class TallyPart {
  /** Chunk by chunk, the sums of the outcome fields of each instance: rows of OUTCOME_SIZE. */
  readonly rows: Float64Array[] = [];
  /** Chunk by chunk, the breakdown of each instance, in rows too; of no length where there is none. */
  readonly breakdowns: Float64Array[] = [];
  /** Seconds from arrival to end of every task. */
  readonly latency = new NetSketch();
  /** Erroneous versions that descend from each fault. */
  readonly radius = new NetSketch();
  /** Kernel events handled. */
  events = 0;

  /** Forgets everything; keeps the memory. */
  clear(): void {
    this.rows.length = 0;
    this.breakdowns.length = 0;
    this.latency.clear();
    this.radius.clear();
    this.events = 0;
  }

  /** What was counted, as values of its own: the part can be used again. */
  pack(): PackedPart {
    const { rows, breakdowns, latency, radius, events } = this;
    return {
      rows: [...rows],
      breakdowns: [...breakdowns],
      latency: latency.pack(),
      radius: radius.pack(),
      events,
    };
  }
}

/** Form of a {@link TallyPart} in which it is handed over. */
export interface PackedPart {
  readonly rows: readonly Float64Array[];
  readonly breakdowns: readonly Float64Array[];
  readonly latency: PackedNetSketch;
  readonly radius: PackedNetSketch;
  readonly events: number;
}

export interface TallyOptions {
  readonly hasRepeats?: boolean;
  readonly breakdown?: BreakdownLayout | undefined;
}

export class Tally {
  /** Sums of the outcome fields. */
  readonly sums = new NetSums(OUTCOME_SIZE);
  /** Σ over instances of the squares of their outcome fields: what independent instances would vary by. */
  readonly squares = new Float64Array(OUTCOME_SIZE);
  readonly reliability = new Reliability();
  readonly latency = new NetSketch();
  readonly radius = new NetSketch();
  /** The breakdown, if there is one: where its fields stand, and their sums. */
  readonly breakdown: { readonly layout: BreakdownLayout; readonly sums: NetSums } | undefined;
  events = 0;
  private readonly hasRepeats: boolean;

  /**
   * @param options.hasRepeats whether the tasks of an instance are its repeats; those of a stream are not
   * @param options.breakdown what is counted by agent, by claim and by class
   */
  constructor({ hasRepeats = true, breakdown }: TallyOptions = {}) {
    this.hasRepeats = hasRepeats;
    this.breakdown = breakdown && { layout: breakdown, sums: new NetSums(breakdown.size) };
  }

  /** Takes in what the instances yielded that come next. */
  take({ rows, breakdowns, latency, radius, events }: PackedPart): void {
    for (const row of rowsOf(rows, OUTCOME_SIZE)) this.addInstance(row);
    const sums = this.breakdown?.sums;
    if (sums) for (const row of rowsOf(breakdowns, sums.dimension)) sums.add(row);
    this.latency.mergePacked(latency);
    this.radius.mergePacked(radius);
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

function* rowsOf(chunks: readonly Float64Array[], length: number): Generator<Float64Array> {
  for (const chunk of chunks)
    for (let first = 0; first < chunk.length; first += length)
      yield chunk.subarray(first, first + length);
}
