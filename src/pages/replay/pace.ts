// When a player shows what: events are gathered to moments, the steps that a viewer sees, and moments get playing times.
import type { ReplayEvent, ReplayTask } from "../../experiment/replay/document.ts";
import { clamp } from "../../numerics/statistics.ts";

/** One step of the player, of one team or of two side by side. */
export interface Moment {
  /** Seconds of simulated time since the task arrived. */
  readonly t: number;
  /** Seconds of playing time at speed 1. */
  readonly at: number;
  /** How many events of each team have happened when the moment is over. */
  readonly ends: readonly number[];
}

export interface Scene {
  readonly moments: readonly Moment[];
  /** Playing time at speed 1, in seconds. */
  readonly duration: number;
}

/** A replication plays for so many seconds. */
export const SHORTEST = 20;
export const LONGEST = 40;

/** Playing time that an event is worth, before all is fitted between the shortest and the longest. */
const WEIGHTS: Readonly<Record<ReplayEvent["event"], number>> = {
  phase: 0.1,
  turnBegan: 0.05,
  turnEnded: 0.1,
  made: 0.5,
  received: 0.3,
  checked: 0.3,
  acceptedUnseen: 0.2,
  revised: 0.3,
  // A message is to be seen on its way.
  omitted: 0.3,
  sent: 0.7,
  arrived: 0.1,
  ledger: 0,
  stalled: 0.7,
  delivered: 1,
};

/** No moment is worth more: much that happens at once is seen at once. */
const MOST_WEIGHT = 1;

/**
 * Gathers the events of tasks that are played side by side. Half of the playing time goes by the simulated clock, half
 * by how much happens, so that what takes no time is seen as well and waiting is short. What happens at the same moment
 * in both teams is one step.
 */
export function sceneOf(tasks: readonly ReplayTask[]): Scene {
  const steps = tasks.map(stepsOf);
  const all = steps.flatMap((list, team) => list.map((step) => ({ ...step, team })));
  all.sort((a, b) => a.t - b.t || a.ordinal - b.ordinal || a.team - b.team);
  const moments: { t: number; ordinal: number; weight: number; ends: number[] }[] = [];
  const ends = tasks.map(() => 0);
  for (const { t, ordinal, weight, end, team } of all) {
    ends[team] = end;
    const last = moments.at(-1);
    if (last !== undefined && last.t === t && last.ordinal === ordinal) {
      last.ends[team] = end;
      last.weight = Math.max(last.weight, weight);
    } else moments.push({ t, ordinal, weight, ends: [...ends] });
  }
  return timed(moments);
}

function timed(moments: readonly { t: number; weight: number; ends: number[] }[]): Scene {
  const steps = moments.slice(0, -1);
  const weightOf = ({ weight }: { weight: number }) => Math.min(MOST_WEIGHT, weight);
  const weights = steps.reduce((sum, step) => sum + weightOf(step), 0);
  const span = (moments.at(-1)?.t ?? 0) - (moments[0]?.t ?? 0);
  const duration = clamp(2 * weights, SHORTEST, LONGEST);
  // Where the clock stands still all time goes by what happens.
  const byClock = span > 0 ? duration / 2 / span : 0;
  const byWeight = weights > 0 ? (duration - byClock * span) / weights : 0;
  let at = 0;
  return {
    duration,
    moments: moments.map(({ t, ends }, i) => {
      if (i > 0) at += byClock * (t - moments[i - 1].t) + byWeight * weightOf(moments[i - 1]);
      return { t, at: round(at), ends };
    }),
  };
}

/** To milliseconds. */
const round = (seconds: number) => Math.round(seconds * 1000) / 1000;

interface Step {
  readonly t: number;
  /** Position among the steps of the same time. */
  readonly ordinal: number;
  readonly weight: number;
  readonly end: number;
}

/** A step begins with a phase, after a turn or an arrival, and whenever time goes on. */
function stepsOf({ events, arrived }: ReplayTask): Step[] {
  const steps: Step[] = [];
  let weight = 0;
  let ordinal = 0;
  events.forEach((event, i) => {
    weight += WEIGHTS[event.event];
    const next = events[i + 1];
    if (next !== undefined && !isBreak(event, next)) return;
    steps.push({ t: round6(event.t - arrived), ordinal, weight, end: i + 1 });
    ordinal = next?.t === event.t ? ordinal + 1 : 0;
    weight = 0;
  });
  return steps;
}

/** To microseconds: the kernel's own ticks. */
const round6 = (seconds: number) => Math.round(seconds * 1e6) / 1e6;

function isBreak(event: ReplayEvent, next: ReplayEvent): boolean {
  if (next.t !== event.t) return true;
  // The head of a loop goes with the phase that it leads to.
  if (next.event === "phase") return !(event.event === "phase" && event.phase === "repeat");
  if (next.event === "delivered") return true;
  const isOver = event.event === "turnEnded" || event.event === "arrived";
  return isOver && next.event !== "turnBegan";
}
