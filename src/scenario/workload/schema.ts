// The workload: how tasks arrive and how often they are simulated, what they may spend, and what ends a replication that
// would not end by itself.
import { z } from "zod";
import { duration, kind, number, section, text } from "../../documents/fields.ts";

/** Most places in the ledgers of all tasks in flight. */
export const MAX_PLACES = 100_000_000;

const taskCount = number("Tasks", "Number of tasks that arrive in one replication.", {
  unit: "tasks",
  integer: true,
  min: 1,
  max: 1_000_000,
}).default(100);
const interval = duration("Interval", "Mean time between two tasks (of bursts: per task).");

export const workload = z
  .discriminatedUnion("arrivals", [
    section(
      { arrivals: kind("one", "Arrivals", "How tasks arrive.") },
      "One at a time",
      "A replication is one task; nothing waits.",
    ),
    section(
      { arrivals: kind("fixed", "Arrivals", "How tasks arrive."), interval, tasks: taskCount },
      "Fixed interval",
      "Tasks arrive at equal intervals.",
    ),
    section(
      { arrivals: kind("poisson", "Arrivals", "How tasks arrive."), interval, tasks: taskCount },
      "Poisson",
      "Tasks arrive at random, at a constant rate.",
    ),
    section(
      {
        arrivals: kind("bursts", "Arrivals", "How tasks arrive."),
        interval,
        tasks: taskCount,
        burst: number("Burst", "Tasks that arrive together.", {
          unit: "tasks",
          integer: true,
          min: 1,
          max: 1_000_000,
        }).default(5),
      },
      "Bursts",
      "Tasks arrive in groups; the groups are Poisson, and the mean rate is kept.",
    ),
  ])
  .meta({ title: "Workload", description: "How tasks arrive.", unit: "object" });

export const budget = section(
  {
    tokens: number(
      "Token budget",
      "Output tokens of a whole task, shared by all turns; 0 means no limit.",
      { unit: "tokens", min: 0, max: 1e12 },
    ).default(0),
    exponent: number(
      "Budget exponent",
      "The error odds are multiplied by (tokens wanted / tokens left per turn) to this power when fewer are left.",
      { unit: "exponent", min: 0, max: 10 },
    ).default(0.8),
  },
  "Budget",
  "Tokens to spend, and what a shortage does.",
);

export const limits = section(
  {
    events: number(
      "Event limit",
      "A replication that has more events is cut off, fails and is reported.",
      { unit: "events", integer: true, min: 1, max: 1e12 },
    ).default(10_000_000),
    time: duration(
      "Time limit",
      "A replication that lasts longer in simulated time is cut off, fails and is reported.",
    ).prefault("1000d"),
    turnsPerClaim: number(
      "Turns per claim",
      "An agent that has taken so many turns in one work phase, for each claim of the task, ends the phase and is reported: its calls always fail, say, or its reviews always flag. At a pace below 1 it has more.",
      { unit: "turns", min: 1, max: 1e6 },
    ).default(100),
    inFlight: number(
      "Tasks in flight",
      "A task that arrives when so many are under way is turned away, which fails it, and is reported.",
      { unit: "tasks", integer: true, min: 1, max: 1_000_000 },
    ).default(10_000),
  },
  "Limits",
  "What ends a protocol that would not end by itself, and how much work may pile up.",
);

export const replications = number(
  "Replications",
  "Number of seeded runs; --replications overrides it.",
  { unit: "replications", integer: true, min: 1, max: 1e9 },
).default(2000);

export const repeats = number(
  "Repeats",
  "Replications that share one task instance: what pass^k is measured on.",
  { unit: "replications an instance", integer: true, min: 1, max: 1000 },
).default(8);

export const seed = text("Seed", "Seed of all draws; --seed overrides it.", { min: 1 }).default(
  "faultline",
);

export type Workload = z.output<typeof workload>;
export type Limits = z.output<typeof limits>;
