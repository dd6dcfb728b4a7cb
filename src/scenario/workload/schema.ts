// The workload: how tasks arrive and how often they are simulated, what they may spend, and what ends a replication that
// would not end by itself.
import { z } from "zod";
import { duration, kindsBy, number, section, text, whole } from "../../documents/fields.ts";

const taskCount = whole("Tasks", "Number of tasks that arrive in one replication.", [
  "tasks",
  1,
  1_000_000,
]).default(100);
const interval = duration("Interval", "Mean time between two tasks (of bursts: per task).");

const arrivals = kindsBy("arrivals", "Arrivals", "How tasks arrive.");

export const workload = z
  .discriminatedUnion("arrivals", [
    arrivals("one", "One at a time", "A replication is one task; nothing waits.", {}),
    arrivals("fixed", "Fixed interval", "Tasks arrive at equal intervals.", {
      interval,
      tasks: taskCount,
    }),
    arrivals("poisson", "Poisson", "Tasks arrive at random, at a constant rate.", {
      interval,
      tasks: taskCount,
    }),
    arrivals(
      "bursts",
      "Bursts",
      "Tasks arrive in groups; the groups are Poisson, and the mean rate is kept.",
      {
        interval,
        tasks: taskCount,
        burst: whole("Burst", "Tasks that arrive together.", ["tasks", 1, 1_000_000]).default(5),
      },
    ),
  ])
  .meta({ title: "Workload", description: "How tasks arrive.", unit: "object" });

export const budget = section("Budget", "Tokens to spend, and what a shortage does.", {
  tokens: number(
    "Token budget",
    "Output tokens of a whole task, shared by all turns; 0 means no limit.",
    ["tokens", 0, 1e12],
  ).default(0),
  exponent: number(
    "Budget exponent",
    "The error odds are multiplied by (tokens wanted / tokens left per turn) to this power when fewer are left.",
    ["exponent", 0, 10],
  ).default(0.8),
});

export const limits = section(
  "Limits",
  "What ends a protocol that would not end by itself, and how much work may pile up.",
  {
    events: whole(
      "Event limit",
      "A replication that has more events is cut off, fails and is reported.",
      ["events", 1, 1e12],
    ).default(10_000_000),
    time: duration(
      "Time limit",
      "A replication that lasts longer in simulated time is cut off, fails and is reported.",
    ).prefault("1000d"),
    turnsPerClaim: number(
      "Turns per claim",
      "An agent that has taken so many turns in one work phase, for each claim of the task, ends the phase and is reported: its calls always fail, say, or its reviews always flag. At a pace below 1 it has more.",
      ["turns", 1, 1e6],
    ).default(100),
    inFlight: whole(
      "Tasks in flight",
      "A task that arrives when so many are under way is turned away, which fails it, and is reported.",
      ["tasks", 1, 1_000_000],
    ).default(10_000),
  },
);

export const replications = whole(
  "Replications",
  "Number of seeded runs; --replications overrides it.",
  ["replications", 1, 1e9],
).default(2000);

export const repeats = whole(
  "Repeats",
  "Replications that share one task instance: what pass^k is measured on.",
  ["replications an instance", 1, 1000],
).default(8);

export const seed = text("Seed", "Seed of all draws; --seed overrides it.", { min: 1 }).default(
  "faultline",
);

export type Workload = z.output<typeof workload>;
export type Limits = z.output<typeof limits>;
