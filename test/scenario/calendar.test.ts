// The calendar: days, hours and moments as people write them, and the weekly spans that they make.
import { expect, test } from "vitest";
import {
  days,
  daysOf,
  hours,
  momentAt,
  secondsOfMoment,
  secondsOfTime,
  weeklySpans,
} from "../../src/scenario/calendar.ts";

const DAY = 86_400;
const HOUR = 3600;

test("days are single ones, ranges over the end of the week too, and lists", () => {
  expect(daysOf("wed")).toEqual([2]);
  expect(daysOf("mon-fri")).toEqual([0, 1, 2, 3, 4]);
  expect(daysOf("fri-mon")).toEqual([0, 4, 5, 6]);
  expect(daysOf(["sun", "mon-tue", "tue"])).toEqual([0, 1, 6]);
});

test("a moment is in seconds since Monday 0:00, and the end of the week is its beginning", () => {
  expect(secondsOfMoment("tue 8:30")).toBe(DAY + 8.5 * HOUR);
  expect(secondsOfMoment("sun 24:00")).toBe(0);
  for (const moment of ["mon 0:00", "tue 8:30", "sun 23:59"])
    expect(momentAt(secondsOfMoment(moment))).toBe(moment);
  expect(secondsOfTime("17:00")).toBe(17 * HOUR);
});

test.each(["25:00-26:00", "9-17", "9:60-10:00", "24:30-25:00", "", 9])(
  "%s are no hours",
  (value) => {
    expect(hours("", "").safeParse(value).success).toBe(false);
  },
);

test.each(["monday", "mon-", "mon fri", "", []])("%s are no days", (value) => {
  expect(days("", "").safeParse(value).success).toBe(false);
});

test.each(["9:00-17:30", "22:00-06:00", ["9:00-12:00", "13:00-24:00"]])("%s are hours", (value) => {
  expect(hours("", "").parse(value)).toEqual(value);
});

test("weekly spans are in order and apart, and go on at the beginning of the week", () => {
  expect(weeklySpans("mon-tue", "9:00-17:00")).toEqual([
    { from: 9 * HOUR, to: 17 * HOUR },
    { from: DAY + 9 * HOUR, to: DAY + 17 * HOUR },
  ]);
  expect(weeklySpans("sun", "22:00-6:00")).toEqual([
    { from: 0, to: 6 * HOUR },
    { from: 6 * DAY + 22 * HOUR, to: 7 * DAY },
  ]);
  expect(weeklySpans("mon-sun", "0:00-24:00")).toEqual([{ from: 0, to: 7 * DAY }]);
  expect(weeklySpans("mon", ["9:00-12:00", "11:00-13:00"])).toEqual([
    { from: 9 * HOUR, to: 13 * HOUR },
  ]);
  expect(weeklySpans("mon", "9:00-9:00")).toEqual([]);
});
