/** The discrete-event simulator: a clock that jumps from one pending event to the next. */
import { Fingerprint } from "./fingerprint.ts";
import { EventQueue } from "./queue.ts";

/**
 * A user schedules events and asks for the next in a loop of its own:
 *
 *     simulation.schedule(0, 0, HELLO, 7, 0);
 *     while (simulation.next()) if (simulation.kind === HELLO) greet(simulation.subject);
 *
 * What kinds, subjects and details mean is the user's affair.
 */
export class Simulation {
  /** The simulated time in ticks: exact below 2^53, which is 285 years. */
  now = 0;
  /** What the event at hand says. */
  kind = 0;
  subject = 0;
  detail = 0;
  /** Number of events since construction. */
  events = 0;

  private readonly queue = new EventQueue();
  private readonly history = new Fingerprint();

  /** Hash of all events since construction: 16 hexadecimal digits. */
  get fingerprint(): string {
    return this.history.hex();
  }

  /** Number of events that are to come. */
  get pending(): number {
    return this.queue.size;
  }

  /**
   * Plans an event `delay` ticks from now. Of events at one time those with the smaller `priority`
   * (0 to 255) go first, then those scheduled first. `kind`, `subject` and `detail` are int32.
   */
  schedule(delay: number, priority: number, kind: number, subject: number, detail: number): void {
    if (!Number.isInteger(delay) || delay < 0) {
      throw new RangeError(
        `The delay is ${delay}: a delay is a whole number of ticks, at least 0.`,
      );
    }
    this.queue.push(this.now + delay, priority, kind, subject, detail);
  }

  /**
   * Moves the clock to the next event and shows it; false, with the clock as it was, if none is
   * pending.
   */
  next(): boolean {
    const { queue } = this;
    if (!queue.pop()) return false;
    this.now = queue.time;
    this.kind = queue.kind;
    this.subject = queue.subject;
    this.detail = queue.detail;
    this.events++;
    this.history.add(
      queue.time,
      queue.priority,
      queue.sequence,
      queue.kind,
      queue.subject,
      queue.detail,
    );
    return true;
  }

  /** Drops the pending events and starts again at time 0; `events` and `fingerprint` run on. */
  reset(): void {
    this.queue.clear();
    this.now = 0;
  }
}
