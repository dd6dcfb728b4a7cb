/**
 * Shifts: the parts of every week in which a server works.
 *
 * Work goes on in shifts only and rests between them, so that nothing has to fit into one shift. Working time is
 * what a clock shows that runs in shifts: it is piecewise linear in simulated time, and both ways between the two
 * are exact in whole ticks.
 */
import { lastNotAbove } from "./arrays.ts";

/** Part of a week, in ticks since it began: `from` belongs to it, `to` does not. */
export interface WeeklySpan {
  readonly from: number;
  readonly to: number;
}

/** Shifts compiled for the hot loop. Here a week begins with a shift, so that none goes over its end. */
export interface Shifts {
  /** Ticks of a week, and how many of them are worked. */
  readonly week: number;
  readonly worked: number;
  /** Ticks from the beginning of such a week to tick 0 of the simulation. */
  readonly offset: number;
  /** The shifts of a week, in order and apart, and the working time before each. */
  readonly from: Float64Array;
  readonly to: Float64Array;
  readonly before: Float64Array;
}

/**
 * Compiles weekly spans, which are in order and apart; one that ends with the week goes on with one that begins with it.
 * @param start ticks from the beginning of a week to tick 0 of the simulation
 * @returns undefined where the whole week is worked
 * @throws RangeError where nothing of it is
 */
export function prepareShifts(
  spans: readonly WeeklySpan[],
  week: number,
  start: number,
): Shifts | undefined {
  if (spans.length === 0)
    throw new RangeError("There is no shift: a server works at some time of the week.");
  if (spans.length === 1 && spans[0].to - spans[0].from === week) return undefined;
  const goesOn = spans[0].from === 0 && spans[spans.length - 1].to === week;
  const last = spans[spans.length - 1];
  const shifts = goesOn
    ? [...spans.slice(1, -1), { from: last.from, to: week + spans[0].to }]
    : spans;
  const first = shifts[0].from;
  let worked = 0;
  const before = Float64Array.from(shifts, ({ from, to }) => {
    worked += to - from;
    return worked - (to - from);
  });
  return {
    week,
    worked,
    offset: (start - first + week) % week,
    from: Float64Array.from(shifts, ({ from }) => from - first),
    to: Float64Array.from(shifts, ({ to }) => to - first),
    before,
  };
}

/** Whether tick `now` is in a shift. */
export function isOpen(shifts: Shifts, now: number): boolean {
  return nextOpening(shifts, now) === now;
}

/** Tick `now` where it is in a shift; otherwise the one at which the next shift begins. */
export function nextOpening({ week, offset, from, to }: Shifts, now: number): number {
  const moment = (now + offset) % week;
  const shift = lastNotAbove(from, moment);
  if (moment < to[shift]) return now;
  return now - moment + (shift + 1 < from.length ? from[shift + 1] : week);
}

/** Number of the last shift that began by tick `now`; every shift has a number of its own. */
export function shiftAt({ week, offset, from }: Shifts, now: number): number {
  const since = now + offset;
  return Math.floor(since / week) * from.length + lastNotAbove(from, since % week);
}

/** Working time between two ticks. */
export function workingTime(shifts: Shifts, from: number, to: number): number {
  return worked(shifts, to) - worked(shifts, from);
}

/** The tick at which `work` ticks of working time are done that begin at tick `now`, or as soon as a shift has begun. */
export function endOfWork(shifts: Shifts, now: number, work: number): number {
  if (work === 0) return nextOpening(shifts, now);
  const { week, offset, from, before } = shifts;
  const all = worked(shifts, now) + work;
  const weeks = Math.ceil(all / shifts.worked) - 1;
  const rest = all - weeks * shifts.worked;
  // The last shift before which less than the rest is worked: work that fills a shift ends with it.
  const shift = lastNotAbove(before, rest - 1);
  return weeks * week + from[shift] + (rest - before[shift]) - offset;
}

/** Working time from the beginning of the week in which the simulation begins. */
function worked({ week, worked, offset, from, to, before }: Shifts, now: number): number {
  const since = now + offset;
  const moment = since % week;
  const shift = lastNotAbove(from, moment);
  const inShift = Math.min(moment, to[shift]) - from[shift];
  return Math.floor(since / week) * worked + before[shift] + inShift;
}
