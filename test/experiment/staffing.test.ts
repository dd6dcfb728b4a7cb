// The offered load and the staff that it takes, against closed forms. Fixed seed "test". Estimates are compared at their 99.9 %
// intervals (false-alarm rate 1 in 1,000 a comparison over seeds). The staff that is found must be that of Erlang's formula, where
// the shares on time with it and with one less are more than ten standard errors from 95 %: false alarms are below 1 in a
// million. What is certain is compared exactly.
import { describe, expect, test } from "vitest";
import { offeredLoad } from "../../src/experiment/offeredLoad.ts";
import { staffing } from "../../src/experiment/staffing.ts";
import { normalise } from "../../src/scenario/normalise.ts";
import type { Scenario } from "../../src/scenario/schema.ts";
import { agrees, scenario, type Written } from "../support/scenarios.ts";

const SERVICE = 60;
const constant = (mean: number) => ({ distribution: "constant", mean });
const person = (more: Written = {}) => ({
  kind: "human",
  errorRate: 0,
  duration: constant(SERVICE),
  ...more,
});

/** One claim, on which everybody works after the one before. */
function line(agents: Record<string, Written>, written: Written): Scenario {
  const names = Object.keys(agents);
  return scenario({
    task: { graph: { shape: "chain", size: 1 } },
    agents,
    protocol: [
      ...names.map((who) => ({ work: { who } })),
      { aggregate: { how: "concatenate", from: [names[0]] } },
    ],
    ...written,
  });
}

const { signal } = new AbortController();
const loadsOf = async (of: Scenario, tasks = 4000) =>
  (await offeredLoad(of, { seed: "test", tasks, events: 1e6, milliseconds: 1e5, signal })) ?? {};
const staffOf = async (of: Scenario, replications: number) =>
  staffing(of, { seed: "test", replications, loads: await loadsOf(of, 64), jobs: 1, signal });

describe("M/M/c", () => {
  /** Chance to wait with `load` busy servers on average: Erlang's C. */
  function erlangC(servers: number, load: number): number {
    let blocked = 1;
    for (let n = 1; n <= servers; n++) blocked = (load * blocked) / (n + load * blocked);
    return blocked / (1 - (load / servers) * (1 - blocked));
  }

  /** Share of the tasks that are done within `objective` services: what waits does so for an exponential time. */
  function onTime(servers: number, load: number, objective: number): number {
    const waits = erlangC(servers, load);
    const rate = servers - load;
    const both = (rate * Math.exp(-objective) - Math.exp(-rate * objective)) / (rate - 1);
    return 1 - (1 - waits) * Math.exp(-objective) - waits * both;
  }

  test.each([
    [0.7, 5, 2],
    [2.4, 4, 4],
    [5.5, 4, 7],
  ])("load %d, within %d services: it takes %d", async (load, services, least) => {
    const workload = {
      arrivals: "poisson",
      interval: SERVICE / load,
      tasks: 900,
      warmUp: 300,
    };
    const duration = { distribution: "exponential", mean: SERVICE };
    const objectives = { latency: services * SERVICE };
    const of = line({ clerk: person({ duration }) }, { workload, objectives });
    expect(onTime(least - 1, load, services)).toBeLessThan(0.935);
    expect(onTime(least, load, services)).toBeGreaterThan(0.965);

    const { clerk: offered } = await loadsOf(of);
    expect(agrees(offered.work, SERVICE)).toBe(true);
    expect(agrees(offered.load, load)).toBe(true);
    expect(offered).not.toHaveProperty("peak");

    const { clerk } = (await staffOf(of, 64)).groups;
    expect(clerk).toMatchObject({ stated: 1, staff: least, range: [least, least] });
    expect(agrees(clerk.onTime, onTime(least, load, services))).toBe(true);
  });
});

describe("the offered load", () => {
  const every = (interval: number, more: Written = {}) => ({
    workload: { arrivals: "poisson", interval, tasks: 10, ...more },
  });
  const exactly = (value: number) => ({
    mean: expect.closeTo(value, 9),
    ci: [expect.closeTo(value, 9), expect.closeTo(value, 9)],
  });

  test("counts per second of the shifts", async () => {
    const shifts = { days: "mon-fri", hours: "9:00-17:00" };
    const of = line({ clerk: person({ shifts, staff: 3 }) }, every(120));
    const { clerk } = await loadsOf(normalise(of), 64);
    expect(clerk).toEqual({
      staff: 3,
      work: exactly(SERVICE),
      load: exactly((0.5 * 168) / 40),
    });
  });

  test("has a mean over the week and a peak", async () => {
    const steps = [
      { from: "8:00", rate: "2x" },
      { from: "12:00", rate: 0.5 },
    ];
    const of = line({ clerk: person() }, every(120, { profile: { steps, days: { sun: 0 } } }));
    const { clerk } = await loadsOf(of, 64);
    expect(clerk.load).toEqual(exactly(0.5 * ((2 * 4 + 0.5 * 20) / 24) * (6 / 7)));
    expect(clerk.peak).toEqual(exactly(0.5 * 2));
  });

  test("is that of tasks alone, however many come", async () => {
    const of = line({ clerk: person() }, every(1, { tasks: 500, warmUp: 100 }));
    expect((await loadsOf(of, 64)).clerk.load).toEqual(exactly(SERVICE));
  });

  test("of models too, and of each agent", async () => {
    const models = { base: { errorRate: 0, latency: constant(10) } };
    const of = line({ desk: {}, clerk: { count: 2 } }, { models, ...every(20) });
    expect(await loadsOf(of, 64)).toMatchObject({
      desk: { staff: 1, load: exactly(0.5) },
      "clerk.1": { load: exactly(0.5) },
      "clerk.2": { load: exactly(0.5) },
    });
  });

  test("is that of no stream that comes one at a time or all at once", async () => {
    expect(await loadsOf(line({ clerk: person() }, {}), 64)).toEqual({});
    expect(await loadsOf(line({ clerk: person() }, every(0)), 64)).toEqual({});
  });
});

describe("staff", () => {
  /** So many tasks at once, each of a minute with everybody. */
  const atOnce = (tasks: number, latency: number) => ({
    workload: { arrivals: "fixed", interval: 1e-3, tasks },
    objectives: { latency },
  });

  test("is found wherever it is: 30 tasks at once, within two minutes", async () => {
    const { groups } = await staffOf(line({ clerk: person() }, atOnce(30, 120.5)), 128);
    expect(groups.clerk).toMatchObject({ stated: 1, staff: 15, range: [15, 15] });
    expect(groups.clerk.onTime.mean).toBe(1);
    expect(groups.clerk.onTimeBelow?.mean).toBeCloseTo(28 / 30, 9);
  });

  test("is uncertain where few streams do not tell", async () => {
    const { groups } = await staffOf(line({ clerk: person() }, atOnce(30, 120.5)), 40);
    expect(groups.clerk).toMatchObject({ staff: 15, range: [15, null] });
  });

  test("does not help where others hold the tasks up, nor where the work itself takes longer", async () => {
    const two = { first: person({ staff: 10 }), second: person({ staff: 5 }) };
    const held = await staffOf(line(two, atOnce(10, 121)), 64);
    expect(held.asStated.mean).toBeCloseTo(0.5, 9);
    expect(held.withoutQueues.mean).toBe(1);
    expect(held.groups.first).toMatchObject({ staff: null, range: [null, null] });
    expect(held.groups.first.onTime.mean).toBeCloseTo(0.5, 9);
    expect(held.groups.second).toMatchObject({ staff: 10, stated: 5 });
    expect(held.groups.first.onTimeBelow).toBeUndefined();

    const slow = await staffOf(line(two, atOnce(10, 100)), 64);
    expect(slow.withoutQueues.mean).toBe(0);
    expect(slow.groups.second.staff).toBeNull();
  });

  test("is sought for people, for whoever has staff, and for the bottleneck", async () => {
    const models = {
      fast: { errorRate: 0, latency: constant(1) },
      slow: { errorRate: 0, latency: constant(9) },
    };
    const agents = {
      quick: { model: "fast" },
      bottleneck: { model: "slow", count: 2 },
      many: { model: "fast", staff: 3 },
      clerk: person({ duration: constant(1) }),
    };
    const { workload, objectives } = atOnce(5, 60);
    const of = line(agents, { models, objectives, workload: { ...workload, interval: 30 } });
    const { groups } = await staffOf(of, 128);
    expect(Object.keys(groups)).toEqual(["bottleneck", "many", "clerk"]);
    expect(groups.bottleneck.load?.mean).toBeCloseTo(0.3, 9);
  });

  test("is sought until somebody interrupts", async () => {
    const abort = new AbortController();
    const of = line({ clerk: person() }, atOnce(30, 120.5));
    const asked: string[] = [];
    const search = staffing(of, {
      ...{ seed: "test", replications: 128, loads: {}, jobs: 1, signal: abort.signal },
      onProgress: (share, remark) => {
        expect(share).toBeLessThanOrEqual(1);
        asked.push(remark);
        if (remark === "clerk: 2 staff") abort.abort(new Error("enough"));
      },
    });
    await expect(search).rejects.toThrow("enough");
    expect(new Set(asked)).toEqual(new Set(["all", "clerk: 10000 staff", "clerk: 2 staff"]));
  });
});
