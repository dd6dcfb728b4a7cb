// The playing times of one team: when each event happens, and how far a turn or a message has come at a moment.
import type { ReplayTask } from "../../experiment/replay/document.ts";
import type { Moment } from "../../pages/replay/pace.ts";

export class Times {
  private readonly playAt: Float64Array;
  /** The event that ends a turn, by the event that begins it. */
  private readonly turnEnds = new Map<number, number>();
  /** The events that send a message and bring it, by its number. */
  private readonly departures = new Map<number, number>();
  private readonly arrivals = new Map<number, number>();

  /** @param place position of the team among those that are played side by side */
  constructor({ events }: ReplayTask, moments: readonly Moment[], place: number) {
    this.playAt = new Float64Array(events.length);
    let next = 0;
    for (const { at, ends } of moments) for (; next < ends[place]; next++) this.playAt[next] = at;
    const began = new Map<number, number>();
    events.forEach((event, i) => {
      if (event.event === "turnBegan") began.set(event.agent, i);
      else if (event.event === "turnEnded") this.turnEnds.set(began.get(event.agent) as number, i);
      else if (event.event === "sent") this.departures.set(event.message, i);
      else if (event.event === "arrived") this.arrivals.set(event.message, i);
    });
  }

  /** How much of a turn is over, by the event that began it. */
  ofTurn(began: number, at: number): number {
    return this.share(at, began, this.turnEnds.get(began));
  }

  /** How much of its way a message has behind it. */
  ofMessage(message: number, at: number): number {
    return this.share(at, this.departures.get(message) as number, this.arrivals.get(message));
  }

  /** How much of the time between two events is over; what does not end goes on to the end of the task. */
  private share(at: number, begin: number, end = this.playAt.length - 1): number {
    const start = this.playAt[begin];
    const length = this.playAt[end] - start;
    return length > 0 ? Math.min(1, Math.max(0, (at - start) / length)) : 1;
  }
}
