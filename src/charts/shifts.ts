// When an agent with shifts works, and when it rests.

type Span = readonly [from: number, to: number];

const WEEK = 7 * 86_400;
/** Breaks of longer times would be too narrow to be seen. */
const MOST_WEEKS = 200;

/** Whether a moment is in a shift. `open`: as below. */
export function isOpenAt(open: readonly Span[], t: number): boolean {
  const moment = t % WEEK;
  return open.some(([from, to]) => [moment, moment - WEEK].some((one) => from <= one && one < to));
}

/**
 * The times from 0 to the last moment that are outside of shifts, in order.
 * @param open the shifts of a week in seconds, in order; the first one may begin before 0
 */
export function breaksOf(open: readonly Span[], last: number): { from: number; to: number }[] {
  const breaks: { from: number; to: number }[] = [];
  if (last > MOST_WEEKS * WEEK) return breaks;
  let end = 0;
  for (let week = 0; week - WEEK < last; week += WEEK)
    for (const [from, to] of open) {
      if (week + from > end && end < last)
        breaks.push({ from: end, to: Math.min(week + from, last) });
      end = Math.max(end, week + to);
    }
  if (end < last) breaks.push({ from: end, to: last });
  return breaks;
}
