// Shifts against counting tick by tick, in weeks of 60 ticks.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  endOfWork,
  isOpen,
  nextOpening,
  prepareShifts,
  type Shifts,
  shiftAt,
  workingTime,
} from "../../src/kernel/shifts.ts";

const WEEK = 60;

/** Spans in order and apart, over part of the week, and where in the week the simulation begins. */
const rosters = fc
  .record({
    ends: fc.uniqueArray(fc.integer({ min: 0, max: WEEK }), { minLength: 2, maxLength: 8 }),
    start: fc.integer({ min: 0, max: WEEK - 1 }),
  })
  .map(({ ends, start }) => {
    const sorted = ends.toSorted((a, b) => a - b);
    const spans = Array.from({ length: sorted.length >> 1 }, (_, i) => ({
      from: sorted[2 * i],
      to: sorted[2 * i + 1],
    }));
    return { spans, start };
  })
  .filter(({ spans: [{ from, to }] }) => to - from < WEEK);
const ticks = fc.integer({ min: 0, max: 4 * WEEK });

/** Whether each tick is worked, far enough for all that is asked here. */
function worked({ spans, start }: { spans: { from: number; to: number }[]; start: number }) {
  const isWorked = (moment: number) => spans.some(({ from, to }) => from <= moment && moment < to);
  return Array.from({ length: 400 * WEEK }, (_, tick) => isWorked((tick + start) % WEEK));
}

const of = ({ spans, start }: Parameters<typeof worked>[0]) =>
  prepareShifts(spans, WEEK, start) as Shifts;

describe("shifts", () => {
  it("are open in their spans of every week", () => {
    fc.assert(
      fc.property(rosters, ticks, (roster, now) => {
        const open = worked(roster);
        expect(isOpen(of(roster), now)).toBe(open[now]);
        expect(nextOpening(of(roster), now)).toBe(open.indexOf(true, now));
      }),
    );
  });

  it("count the working time between two ticks", () => {
    fc.assert(
      fc.property(rosters, ticks, ticks, (roster, a, b) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        const open = worked(roster);
        const count = open.slice(from, to).filter(Boolean).length;
        expect(workingTime(of(roster), from, to)).toBe(count);
      }),
    );
  });

  it("end work as soon as its working time has passed", () => {
    fc.assert(
      fc.property(rosters, ticks, fc.integer({ min: 1, max: 3 * WEEK }), (roster, now, work) => {
        const shifts = of(roster);
        const end = endOfWork(shifts, now, work);
        expect(workingTime(shifts, now, end)).toBe(work);
        expect(workingTime(shifts, now, end - 1)).toBe(work - 1);
        expect(endOfWork(shifts, now, 0)).toBe(nextOpening(shifts, now));
      }),
    );
  });

  it("have a number each, which changes where one begins", () => {
    fc.assert(
      fc.property(rosters, ticks, (roster, now) => {
        const open = worked(roster);
        const begins = open[now + 1] && !open[now];
        const shifts = of(roster);
        expect(shiftAt(shifts, now + 1) - shiftAt(shifts, now)).toBe(begins ? 1 : 0);
      }),
    );
  });

  it("are none where all of the week is worked, and not nothing", () => {
    expect(prepareShifts([{ from: 0, to: WEEK }], WEEK, 5)).toBeUndefined();
    expect(() => prepareShifts([], WEEK, 0)).toThrow("There is no shift");
  });

  it("are exact in a week of microseconds, after 30 years", () => {
    const hour = 3_600_000_000;
    const week = 7 * 24 * hour;
    const shifts = prepareShifts([{ from: 9 * hour, to: 17 * hour }], week, 9 * hour) as Shifts;
    const now = 1565 * week + 1;
    expect(endOfWork(shifts, now, 8 * hour - 1)).toBe(1565 * week + 8 * hour);
    expect(endOfWork(shifts, now, 8 * hour)).toBe(1566 * week + 1);
  });
});
