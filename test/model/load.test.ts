// Load as it comes: profiles of arrivals, priorities of classes and the backlog, from the scenario to what happens.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { run } from "../../src/experiment/experiment.ts";
import { TICKS_PER_SECOND } from "../../src/kernel/time.ts";
import { Backlog } from "../../src/model/backlog.ts";
import type { TaskCase } from "../../src/model/case.ts";
import { Engine } from "../../src/model/engine.ts";
import type { Observer } from "../../src/model/observer.ts";
import { FIELD, OUTCOME_SIZE } from "../../src/model/outcome.ts";
import { rootKey } from "../../src/numerics/draws.ts";
import { upperIncompleteGamma } from "../../src/numerics/gamma.ts";
import { compile } from "../../src/scenario/compiling/compile.ts";
import type { Scenario } from "../../src/scenario/schema.ts";
import { measure, outcomes, team, type Written } from "../support/scenarios.ts";

const HOUR = 3600;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;

const stream = (workload: Written, written: Written = {}) => team(1, { workload, ...written });

/** Notes when tasks arrive, in ticks, and how long those of each class take, in seconds. */
class Clock implements Observer<TaskCase> {
  at = 0;
  readonly arrivals: number[] = [];
  readonly seconds: number[][] = [[], []];

  arrived(): void {
    this.arrivals.push(this.at);
  }

  finished({ taskClass, arrivedAt }: TaskCase): void {
    this.seconds[taskClass].push((this.at - arrivedAt) / TICKS_PER_SECOND);
  }
}

function observed(of: Scenario, replication: number, seed = "test"): Clock {
  const observer = new Clock();
  new Engine(compile(of), rootKey(seed), { observer }).run(replication);
  return observer;
}

describe("arrivals with a profile", () => {
  const steps = [
    { from: "8:00", rate: "5x" },
    { from: "10:00", rate: 1 },
    { from: "18:00", rate: "0.2x" },
  ];
  const days = { mon: 1.4, "sat-sun": "0.5x" };

  /** The rate in each hour of the week as somebody would work it out. */
  const rates = Array.from({ length: 7 * 24 }, (_, i) => {
    const hour = i % 24;
    const day = Math.floor(i / 24);
    const ofHour = hour < 8 || hour >= 18 ? 0.2 : hour < 10 ? 5 : 1;
    return ofHour * (day === 0 ? 1.4 : day >= 5 ? 0.5 : 1);
  });

  // Seed fixed. The counts in the hours of the week are independent Poisson numbers of known means: chi-squared of their
  // sums by hour and by day. A false alarm for one seed in 100,000 each.
  test("come in every hour of the day and on every day as often as it says", () => {
    const interval = 240;
    const weekly = rates.reduce((sum, rate) => sum + rate, 0) * (HOUR / interval);
    const tasks = Math.round(1.3 * weekly);
    const start = 50; // Wednesday 2:00
    const of = stream({
      arrivals: "poisson",
      ...{ interval, tasks, start: "wed 2:00", profile: { steps, days } },
    });
    const counts = new Float64Array(7 * 24);
    const replications = 20;
    for (let replication = 0; replication < replications; replication++) {
      const { arrivals } = observed(of, replication);
      expect(arrivals[0]).toBe(0);
      expect(arrivals[tasks - 1]).toBeGreaterThan(WEEK * TICKS_PER_SECOND);
      for (const arrival of arrivals.slice(1)) {
        const hour = Math.floor(arrival / TICKS_PER_SECOND / HOUR);
        if (hour < 7 * 24) counts[(start + hour) % (7 * 24)]++;
      }
    }
    const perHour = (replications * HOUR) / interval;
    for (const [cells, cellOf] of [
      [24, (hour: number) => hour % 24],
      [7, (hour: number) => Math.floor(hour / 24)],
    ] as const) {
      const found = new Float64Array(cells);
      const expected = new Float64Array(cells);
      for (const [hour, count] of counts.entries()) {
        found[cellOf(hour)] += count;
        expected[cellOf(hour)] += rates[hour] * perHour;
      }
      const chiSquared = found.reduce((sum, n, i) => sum + (n - expected[i]) ** 2 / expected[i], 0);
      expect(Math.min(...expected)).toBeGreaterThan(100);
      expect(upperIncompleteGamma(cells / 2, chiSquared / 2)).toBeGreaterThan(1e-5);
    }
  });

  test("at fixed intervals are where the rate has brought one more", () => {
    const profile = {
      steps: [
        { from: "9:00", rate: 2 },
        { from: "10:00", rate: 0 },
      ],
      days: { tue: 0 },
    };
    const of = stream({ arrivals: "fixed", interval: 1800, tasks: 6, start: "mon 9:15", profile });
    // Monday has 45 minutes at twice the rate left, Tuesday nothing, and then an hour from Wednesday 9:00 on.
    const wednesday = 2 * DAY - 900;
    const expected = [0, 900, 1800, wednesday, wednesday + 900, wednesday + 1800];
    expect(observed(of, 0).arrivals.map((ticks) => ticks / TICKS_PER_SECOND)).toEqual(expected);
  });

  test("are the same whether the hours are written one by one or as steps", () => {
    const hours = rates.slice(24, 48);
    const [one, other] = [
      { steps, days },
      { hours, days },
    ].map((profile) =>
      observed(stream({ arrivals: "bursts", interval: 600, tasks: 300, burst: 3, profile }), 0),
    );
    expect(one.arrivals).toEqual(other.arrivals);
  });

  test.each(["fixed", "poisson", "bursts"])(
    "of 1 at all times give the bytes of none (%s)",
    async (arrivals) => {
      const workload = { arrivals, interval: 0.9, tasks: 20 };
      const flat = { hours: Array(24).fill("1x"), days: { "mon-fri": 1 } };
      const [none, one] = await Promise.all(
        [{}, { profile: flat }].map((more) =>
          run([stream({ ...workload, ...more })], { seed: "a" }),
        ),
      );
      expect(JSON.stringify(one)).toBe(JSON.stringify(none));
    },
  );

  test("never come later under a profile that is nowhere smaller", () => {
    const tenths = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 24, maxLength: 24 });
    fc.assert(
      fc.property(tenths, tenths, fc.nat(1000), (few, more, replication) => {
        const least = few.map((rate, hour) => (hour === 12 ? rate + 1 : rate));
        const [rare, often] = [least, least.map((rate, hour) => rate + more[hour])].map(
          (hours) =>
            observed(
              stream({
                arrivals: "poisson",
                ...{ interval: HOUR, tasks: 30, profile: { hours: hours.map((n) => n / 10) } },
              }),
              replication,
            ).arrivals,
        );
        expect(often.filter((arrival, i) => arrival > rare[i])).toEqual([]);
      }),
      { seed: 1, numRuns: 50 },
    );
  });

  test("come within the time that utilisation is of", () => {
    const profile = { steps: [{ from: "9:00", rate: 4 }] };
    const [busy, plain] = [{ profile }, {}].map(
      (more) =>
        outcomes(stream({ arrivals: "poisson", interval: 8, tasks: 50, ...more }), 1)[0][
          FIELD.arrivalTime
        ],
    );
    expect([busy, plain]).toEqual([100, 400]);
  });
});

test("a peak of more work than can be done is not called unstable for as long as the run lasts", async () => {
  const workload = { arrivals: "fixed", interval: 2, tasks: 100, start: "mon 8:00" };
  const steps = [
    { from: "8:00", rate: "4x" },
    { from: "9:00", rate: "0.1x" },
  ];
  const warnings = async (changes: Written) => {
    const of = stream({ ...workload, ...changes });
    const { scenarios } = await run([of], { replications: 32, seed: "test" });
    return scenarios[0].warnings.filter((text) => text.includes("unstable"));
  };
  expect(await warnings({ profile: { steps } })).toEqual([
    "unstable: utilisation 2 of the busiest worker: work comes faster than it can be done while these tasks arrive; faultline inspect says the load of the whole week",
  ]);
  expect(await warnings({ interval: 0.5 })).toEqual([
    "unstable: utilisation 2 of the busiest worker: work comes faster than it can be done, and latencies grow with workload.tasks",
  ]);
});

describe("classes with priorities", () => {
  const RHO = 0.7;
  const SHARE = 0.4;
  const classes = (priority: number) => ({
    urgent: { share: SHARE, priority },
    usual: { share: 1 - SHARE },
  });
  const queue = (priority: number) =>
    stream(
      { arrivals: "poisson", interval: 1 / RHO, tasks: 600 },
      {
        task: { graph: { shape: "chain", size: 1 }, classes: classes(priority) },
        models: { base: { errorRate: 0, latency: { distribution: "exponential", mean: 1 } } },
      },
    );

  // Cobham 1954 for M/M/1 with service 1: a class waits rho / ((1 - sum before) (1 - sum with its own)). Seed fixed; the means
  // of 60 streams, of which the first half is left out, within 3.46 standard errors: a false alarm for one seed in 1,000 each.
  test("wait as long as Cobham's formula says", () => {
    const streams = 60;
    const means: number[][] = [[], []];
    for (let replication = 0; replication < streams; replication++)
      for (const [i, seconds] of observed(queue(3), replication).seconds.entries()) {
        const late = seconds.slice(seconds.length / 2);
        means[i].push(late.reduce((sum, s) => sum + s, 0) / late.length);
      }
    const first = RHO * SHARE;
    const truths = [RHO / (1 - first), RHO / ((1 - first) * (1 - RHO))];
    for (const [i, waiting] of truths.entries()) {
      const mean = means[i].reduce((sum, m) => sum + m, 0) / streams;
      const variance = means[i].reduce((sum, m) => sum + (m - mean) ** 2, 0) / (streams - 1);
      const error = Math.sqrt(variance / streams);
      expect(error).toBeLessThan(0.1 * (1 + waiting));
      expect(Math.abs(mean - 1 - waiting)).toBeLessThan(3.46 * error);
    }
  });

  test("of one priority are served as without any, and of a lower one the other way round", () => {
    const waits = (priority: number) => observed(queue(priority), 0).seconds;
    const plain = stream(
      { arrivals: "poisson", interval: 1 / RHO, tasks: 600 },
      { task: { graph: { shape: "chain", size: 1 } }, models: queue(0).models },
    );
    expect(waits(0).flat().sort()).toEqual(observed(plain, 0).seconds.flat().sort());
    const mean = (all: number[]) => all.reduce((sum, s) => sum + s, 0) / all.length;
    const [urgent, usual] = waits(-1).map(mean);
    expect(urgent).toBeGreaterThan(usual);
  });
});

describe("the backlog", () => {
  const METRICS = ["backlog.peak", "backlog.mean", "backlog.above", "backlog.clearing"];

  // Tasks at 0, 1, 2 and 3 s of 3 s each, one after the other: 1, 2, 3, 3 until 6 s, 2 until 9 s, 1 until 12 s. The fourth comes
  // when the first ends, so that there are never four.
  test.each([
    [2, 4 / 12, 4],
    [1, 8 / 12, 8],
    [3, 0, 0],
    [0, 1, 12],
  ])("of tasks without chance, with an objective of %i", async (objective, above, clearing) => {
    const of = stream(
      { arrivals: "fixed", interval: 1, tasks: 4 },
      {
        models: { base: { errorRate: 0, latency: { distribution: "constant", mean: 3 } } },
        objectives: { backlog: objective },
      },
    );
    const values = await measure(of, 32, METRICS);
    expect(values.map(({ mean }) => mean)).toEqual([3, 2, expect.closeTo(above, 12), clearing]);
  });

  test("is longest above the objective without a break", () => {
    const backlog = new Backlog(1);
    const row = new Float64Array(OUTCOME_SIZE);
    const seconds = (n: number) => n * TICKS_PER_SECOND;
    backlog.arrived(0);
    for (const [from, to] of [
      [1, 3],
      [4, 9],
      [10, 12],
    ]) {
      backlog.arrived(seconds(from));
      backlog.ended(seconds(to));
    }
    backlog.write(row, seconds(20));
    expect([row[FIELD.backlogPeak], row[FIELD.backlogAbove], row[FIELD.backlogClearing]]).toEqual([
      2, 9, 5,
    ]);
    expect(row[FIELD.backlogArea]).toBe(20 + 9);
    backlog.reset();
    backlog.write(row, seconds(20));
    expect([row[FIELD.backlogPeak], row[FIELD.backlogArea], row[FIELD.backlogAbove]]).toEqual([
      0, 0, 0,
    ]);
  });

  test("has no tasks that are turned away, and ends where a limit ends the replication", () => {
    const slow = { base: { errorRate: 0, latency: { distribution: "constant", mean: 100 } } };
    const workload = { arrivals: "fixed", interval: 1, tasks: 5 };
    const limits = { inFlight: 2, time: 50 };
    const [row] = outcomes(
      stream(workload, { models: slow, objectives: { backlog: 1 }, limits }),
      1,
    );
    expect([row[FIELD.turnedAway], row[FIELD.backlogPeak], row[FIELD.backlogAbove]]).toEqual([
      3, 2, 49,
    ]);
  });

  test("is there where somebody asks for it", async () => {
    const workload = { arrivals: "poisson", interval: 2, tasks: 10 };
    const has = async (of: Scenario) => {
      const values = await measure(of, 32, METRICS);
      return values.map((value) => value !== undefined);
    };
    expect(await has(stream(workload))).toEqual([false, false, false, false]);
    const profile = { days: { mon: 2 } };
    expect(await has(stream({ ...workload, profile }))).toEqual([true, true, false, false]);
    expect(await has(stream(workload, { objectives: { backlog: 2 } }))).toEqual([
      true,
      true,
      true,
      true,
    ]);
  });
});
