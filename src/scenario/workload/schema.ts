// The workload: how tasks arrive and how often they are simulated, what they may spend, and what ends a replication that
// would not end by itself.
import { z } from "zod";
import { duration, kindsBy, number, oneOf, section, text, whole } from "../../documents/fields.ts";
import { moment } from "../calendar.ts";
import { profile } from "./profile.ts";

const taskCount = whole("Tasks", "Number of tasks that arrive per replication.", [
  "tasks",
  1,
  1_000_000,
]).default(100);
const interval = duration(
  "Interval",
  "Mean time between arrivals. The mean rate is one task per interval, in bursts too. Where there is a profile, it is what the factors multiply.",
);

const start = moment(
  "Start",
  "The moment of the week at which a replication begins: `mon 9:00` where it is not stated. It matters to shifts and to a profile of arrivals.",
).optional();

/** What all streams of tasks have. */
const stream = {
  interval,
  tasks: taskCount,
  profile: profile.optional(),
  start,
  warmUp: whole(
    "Warm-up",
    "Number of tasks that are left out of the results: the first ones to end, which find shorter queues than later ones. It is less than `tasks`.",
    ["tasks", 0, 1_000_000],
  ).optional(),
};

const arrivals = kindsBy("arrivals", "Arrivals", "How tasks arrive.");

export const workload = z
  .discriminatedUnion("arrivals", [
    arrivals(
      "one",
      "One at a time",
      "Each replication is one task, so no task waits for another.",
      { start },
    ),
    arrivals("fixed", "Fixed interval", "Tasks arrive at equal intervals.", stream),
    arrivals("poisson", "Poisson", "Tasks arrive at random, each by itself.", stream),
    arrivals(
      "bursts",
      "Bursts",
      "Tasks arrive in groups. The groups are Poisson, and the mean rate stays the same.",
      {
        ...stream,
        burst: whole("Burst", "Number of tasks that arrive together.", [
          "tasks",
          1,
          1_000_000,
        ]).default(5),
      },
    ),
  ])
  .meta({ title: "Workload", description: "How tasks arrive.", unit: "object" });

export const budget = section("Budget", "Tokens to spend, and what a shortage does.", {
  tokens: number("Token budget", "Output tokens per task, shared by all turns. 0 means no limit.", [
    "tokens",
    0,
    1e12,
  ]).default(0),
  exponent: number(
    "Budget exponent",
    "When a turn gets fewer tokens than it wants, its error odds are multiplied by (tokens wanted / tokens spent) to this power.",
    ["exponent", 0, 10],
  ).default(0.8),
  depth: number(
    "Budget depth",
    "What the exponent gains for a claim that builds on others: this, times a / (a + 1) with a ancestors. A claim that builds on much takes thinking, and suffers most from a shortage.",
    ["exponent", 0, 10],
  ).default(0),
  covers: oneOf(
    ["making", "thinking", "all"],
    "Covers",
    "What is paid for from the budget. `making`: the output of turns that make claims. `thinking`: the output of all turns, so that who reads, checks and plans has less to make claims with. `all`: messages too, by whoever writes and by whoever reads them.",
  ).default("thinking"),
});

export const limits = section(
  "Limits",
  "Limits that end a replication that would not end by itself, and that keep work from piling up.",
  {
    events: whole(
      "Event limit",
      "A replication with more events is cut off. Its open tasks fail, and it is reported.",
      ["events", 1, 1e12],
    ).default(10_000_000),
    time: duration(
      "Time limit",
      "A replication that lasts longer in simulated time is cut off. Its open tasks fail, and it is reported.",
    ).prefault("1000d"),
    turnsPerClaim: number(
      "Turns per claim",
      "Largest number of turns of an agent in one work phase, per claim of the task. An agent that reaches it stops and is reported, for example because its calls always fail or its reviews always flag. At a pace below 1 the limit is higher.",
      ["turns", 1, 1e6],
    ).default(100),
    inFlight: whole(
      "Tasks in flight",
      "A task that arrives while this many are under way is turned away. It fails and is reported.",
      ["tasks", 1, 1_000_000],
    ).default(10_000),
  },
);

export const replications = whole(
  "Replications",
  "Number of seeded runs. --replications overrides it.",
  ["replications", 1, 1e9],
).default(2000);

export const repeats = whole(
  "Repeats",
  "Replications that share one task instance. pass^k is measured on them.",
  ["replications per instance", 1, 1000],
).default(8);

export const sampling = oneOf(
  ["nets", "independent"],
  "Sampling",
  "How instances are drawn. `nets` spreads their size, difficulty and class and every decision evenly, so that fewer replications give the same interval. `independent` draws each instance by itself.",
).default("nets");

export const seed = text("Seed", "Seed of all draws. --seed overrides it.", { min: 1 }).default(
  "faultline",
);

export type Workload = z.output<typeof workload>;
export type Limits = z.output<typeof limits>;
export type Sampling = z.output<typeof sampling>;
