// The profile of a workload: how much faster or slower than the mean tasks come over the day and the week.
import { z } from "zod";
import { list, namedMap, number, section } from "../../documents/fields.ts";
import {
  daysOf,
  SECONDS_PER_DAY,
  SECONDS_PER_WEEK,
  secondsOfTime,
  timeOfDay,
} from "../calendar.ts";

const TIMES = /^\d+(\.\d+)?x$/;

export const RATE_RULE = "a rate is a factor on the mean rate: 5x, or a number from 0 to 1,000";

const rate = (title: string, description: string) =>
  z
    .union([number(title, description, ["factor", 0, 1000]), z.string().regex(TIMES)])
    .meta({ title, description, unit: "rate" });

export const profile = section(
  "Profile",
  "Factors on the mean rate by the time of the week. Where nothing is stated, the rate is the same at all times.",
  {
    steps: list(
      section("Step", "A rate that holds until the next step begins, over midnight too.", {
        from: timeOfDay("From", "The time of day at which the rate begins."),
        rate: rate("Rate", "A factor on the mean rate, such as `5x`. With 0 no task arrives."),
      }),
      "Steps",
      "Rates over the day, in the order of their times. The last one holds until the first begins.",
      { min: 1, max: 100 },
    ).optional(),
    hours: list(
      rate("Rate of the hour", "A factor on the mean rate in this hour."),
      "Hours",
      "Rates of the 24 hours of the day, from 0:00 on. Instead of `steps`.",
      { min: 1, max: 100 },
    ).optional(),
    days: namedMap(
      rate("Rate of the days", "A factor on what the rate is on the other days."),
      "Days",
      "Factors of days or ranges of days, such as `sat-sun`. They multiply the rates over the day; a day that is not named has 1.",
    ).optional(),
  },
);

export type Profile = z.output<typeof profile>;
type Rate = z.output<ReturnType<typeof rate>>;

/** A rate that holds from a moment of the week on, in seconds since Monday 0:00, until the next. */
interface WeeklyRate {
  readonly from: number;
  readonly factor: number;
}

/** The rates over the week in order, each unlike the one before it. The first begins on Monday at 0:00. */
export function weeklyRates({ steps, hours, days = {} }: Profile): WeeklyRate[] {
  const daily = hours === undefined ? ratesOfSteps(steps) : ratesOfHours(hours);
  const factors = new Array<number>(SECONDS_PER_WEEK / SECONDS_PER_DAY).fill(1);
  for (const [range, rate] of Object.entries(days))
    for (const day of daysOf(range)) factors[day] = factorOf(rate);
  const weekly = factors.flatMap((factorOfDay, day) =>
    daily.map(({ from, factor }) => ({
      from: day * SECONDS_PER_DAY + from,
      factor: factor * factorOfDay,
    })),
  );
  return weekly.filter(({ factor }, i) => i === 0 || factor !== weekly[i - 1].factor);
}

/** Rates from 0:00 on: what begins last goes on over midnight. */
function ratesOfSteps(steps: Profile["steps"] = [{ from: "0:00", rate: 1 }]): WeeklyRate[] {
  const rates = steps.map(({ from, rate }) => ({
    from: secondsOfTime(from),
    factor: factorOf(rate),
  }));
  return rates[0].from === 0 ? rates : [{ ...rates[rates.length - 1], from: 0 }, ...rates];
}

const ratesOfHours = (hours: readonly Rate[]): WeeklyRate[] =>
  hours.map((rate, hour) => ({ from: 3600 * hour, factor: factorOf(rate) }));

const factorOf = (rate: Rate): number =>
  typeof rate === "number" ? rate : Number(rate.slice(0, -1));

/** Whether there is a profile that makes a difference: one of 1 at all times makes none. */
export const isUneven = (profile: Profile | undefined): profile is Profile =>
  profile !== undefined && weeklyRates(profile).some(({ factor }) => factor !== 1);
