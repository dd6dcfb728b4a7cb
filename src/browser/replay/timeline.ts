// The time of one task: which events and which news belong to which moment, and where a playing time lies among them.
import type { ReplayTask } from "../../experiment/replay/document.ts";
import type { Moment, Scene } from "../../pages/replay/pace.ts";
import { ERROR_NEWS, type News, newsOf } from "./news.ts";

/** News of one of the teams that are played side by side. */
export interface PlacedNews extends News {
  readonly place: number;
}

export class Timeline {
  readonly moments: readonly Moment[];
  /** Seconds of playing time at speed 1. */
  readonly duration: number;
  /** Positions of the moments that have news of an error. */
  readonly errors: readonly number[];
  private readonly tasks: readonly ReplayTask[];

  /** @param tasks of the teams, in their order on the page */
  constructor({ moments, duration }: Scene, tasks: readonly ReplayTask[]) {
    this.moments = moments;
    this.duration = duration;
    this.tasks = tasks;
    this.errors = moments.flatMap((_, i) =>
      this.newsAt(i).some(({ kind }) => ERROR_NEWS.has(kind)) ? [i] : [],
    );
  }

  get last(): number {
    return this.moments.length - 1;
  }

  /** The events of a team in a moment. */
  eventsAt(index: number, place: number): ReplayTask["events"] {
    const begin = index === 0 ? 0 : this.moments[index - 1].ends[place];
    return this.tasks[place].events.slice(begin, this.moments[index].ends[place]);
  }

  /** The news of a team in a moment. */
  newsOf(index: number, place: number): News[] {
    return this.eventsAt(index, place).flatMap((event) => newsOf(this.tasks[place], event));
  }

  /** The news of all teams in a moment. */
  newsAt(index: number): PlacedNews[] {
    return this.tasks.flatMap((_, place) =>
      this.newsOf(index, place).map((news) => ({ ...news, place })),
    );
  }

  /** The last moment that has begun at a playing time. */
  indexAt(at: number): number {
    return Math.max(
      0,
      this.moments.findLastIndex((moment) => moment.at <= at),
    );
  }

  /** Seconds of simulated time at a playing time in a moment: between two moments the clock goes on evenly. */
  simulated(index: number, at: number): number {
    const now = this.moments[index];
    const next = this.moments[index + 1];
    if (next === undefined || next.at === now.at) return now.t;
    return now.t + ((next.t - now.t) * (at - now.at)) / (next.at - now.at);
  }
}
