// The calendar of a scenario: days of the week, hours of the day, and the weekly spans of time that they make. A week begins on
// Monday at 0:00, and every week is like the others.
import { z } from "zod";
import { oneOrMore } from "../documents/fields.ts";

export const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
const DAY = DAYS.join("|");
const TIME = "([01]?\\d|2[0-3]):[0-5]\\d|24:00";

export const SECONDS_PER_DAY = 86_400;
export const SECONDS_PER_WEEK = 7 * SECONDS_PER_DAY;

const DAYS_RULE = "days are mon, tue, wed, thu, fri, sat, sun, a range such as mon-fri, or a list";
const HOURS_RULE =
  "hours are a span of the day such as 9:00-17:00 or 22:00-6:00, or a list of them";
const TIME_RULE = "a time of day is written from 0:00 to 24:00";
const MOMENT_RULE = "a moment of the week is a day and a time, such as mon 9:00";

/** What the fields of a calendar allow, by their units. */
export const CALENDAR_RULES = {
  days: DAYS_RULE,
  hours: HOURS_RULE,
  moment: MOMENT_RULE,
  "time of day": TIME_RULE,
};

/** Part of a week in seconds since Monday 0:00; `to` is above `from`. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

const SOME_DAYS = `(${DAY})(-(${DAY}))?`;

/** Days of the week: a day, a range of days, or a list of these. */
export const days = (title: string, description: string) =>
  oneOrMore(day, title, description, "days");

/** Whether a text is a day or a range of days. */
export const isDays = (text: string): boolean => new RegExp(`^(${SOME_DAYS})$`).test(text);

/** Hours of the day: a span, or a list of these. */
export const hours = (title: string, description: string) =>
  oneOrMore(span, title, description, "hours");

export const timeOfDay = (title: string, description: string) =>
  matching(TIME, TIME_RULE).meta({ title, description, unit: "time of day" });

export const moment = (title: string, description: string) =>
  matching(`(${DAY}) (${TIME})`, MOMENT_RULE).meta({ title, description, unit: "moment" });

/** Text of a form. It stays as it was written, so that a scenario can be written out and read again. */
const matching = (pattern: string, error: string) =>
  z.string().regex(new RegExp(`^(${pattern})$`), { error });

const day = matching(SOME_DAYS, DAYS_RULE).meta({
  title: "Day",
  description: "A day, or a range of days.",
  unit: "days",
});

const span = matching(`(${TIME})-(${TIME})`, HOURS_RULE).meta({
  title: "Span",
  description: "Part of a day.",
  unit: "hours",
});

type OneOrMore = string | readonly string[];

/** Seconds from 0:00 to a time of day. */
export function secondsOfTime(time: string): number {
  const [hours, minutes] = time.split(":").map(Number);
  return 3600 * hours + 60 * minutes;
}

/** Seconds from Monday 0:00 to a moment of the week; the end of the week is its beginning. */
export function secondsOfMoment(text: string): number {
  const [day, time] = text.split(" ");
  return (numberOfDay(day) * SECONDS_PER_DAY + secondsOfTime(time)) % SECONDS_PER_WEEK;
}

/** The moment of the week so many seconds after Monday 0:00, to the minute: `mon 9:00`. */
export function momentAt(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  const [day, hour] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60)];
  return `${DAYS[day % DAYS.length]} ${hour}:${String(minutes % 60).padStart(2, "0")}`;
}

/** Numbers of days, 0 for Monday, in order and each once. A range may go over the end of the week. */
export const daysOf = (ranges: OneOrMore): number[] =>
  [...new Set([ranges].flat().flatMap(daysOfRange))].sort((a, b) => a - b);

const numberOfDay = (day: string) => DAYS.indexOf(day as (typeof DAYS)[number]);

function daysOfRange(range: string): number[] {
  const [first, last = first] = range.split("-").map(numberOfDay);
  const count = ((last - first + DAYS.length) % DAYS.length) + 1;
  return Array.from({ length: count }, (_, i) => (first + i) % DAYS.length);
}

/** A span in seconds since 0:00. One over midnight ends above a day. */
function spanOfDay(text: string): Span {
  const [from, to] = text.split("-").map(secondsOfTime);
  return { from, to: to < from ? to + SECONDS_PER_DAY : to };
}

/**
 * The parts of a week that the hours of the days make, in order and apart. A span over the end of the week goes on at its
 * beginning; spans that touch are one. Empty spans count for nothing.
 */
export function weeklySpans(days: OneOrMore, hours: OneOrMore): Span[] {
  const spans = daysOf(days)
    .flatMap((day) =>
      [hours]
        .flat()
        .map(spanOfDay)
        .map((span) => shift(span, day * SECONDS_PER_DAY)),
    )
    .flatMap(({ from, to }) =>
      to <= SECONDS_PER_WEEK
        ? [{ from, to }]
        : [
            { from, to: SECONDS_PER_WEEK },
            { from: 0, to: to - SECONDS_PER_WEEK },
          ],
    )
    .filter(({ from, to }) => to > from);
  return union(spans);
}

/** The time that any of the spans covers, as spans in order and apart. */
export function union(spans: readonly Span[]): Span[] {
  const merged: { from: number; to: number }[] = [];
  for (const { from, to } of spans.toSorted((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to);
    else merged.push({ from, to });
  }
  return merged;
}

const shift = ({ from, to }: Span, by: number): Span => ({ from: from + by, to: to + by });
