import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Simulation } from "../../src/kernel/simulation.ts";
import { toSeconds, toTicks } from "../../src/kernel/time.ts";
import { exponential } from "../../src/numerics/distributions.ts";
import { Draws, rootKey } from "../../src/numerics/draws.ts";

describe("the simulation", () => {
  it("runs two clocks", () => {
    const FAST = 0;
    const SLOW = 1;
    const period = [toTicks(0.5), toTicks(1)];
    const output: string[] = [];

    const simulation = new Simulation();
    simulation.schedule(0, 0, FAST, 0, 0);
    simulation.schedule(0, 0, SLOW, 0, 0);
    while (simulation.next() && simulation.now < toTicks(2)) {
      const { kind, now } = simulation;
      output.push(`${kind === FAST ? "fast" : "slow"} ${toSeconds(now)}`);
      simulation.schedule(period[kind], 0, kind, 0, 0);
    }

    expect(output).toEqual(["fast 0", "slow 0", "fast 0.5", "slow 1", "fast 1", "fast 1.5"]);
  });

  it("never turns the clock back and shows each event as it was scheduled", () => {
    const delays = fc.array(fc.nat({ max: 20 }), { minLength: 1 });
    fc.assert(
      fc.property(delays, fc.nat({ max: 3 }), (schedule, children) => {
        const simulation = new Simulation();
        const planned: number[][] = [];
        const plan = (delay: number) => {
          const subject = planned.length;
          planned.push([simulation.now + delay, 7, subject, 1000 - subject]);
          simulation.schedule(delay, 0, 7, subject, 1000 - subject);
        };
        for (const delay of schedule) plan(delay);
        const happened: number[][] = [];
        while (simulation.next()) {
          const { now, kind, subject, detail } = simulation;
          happened.push([now, kind, subject, detail]);
          for (let i = 0; i < children && planned.length < 100; i++) plan((planned.length * 7) % 5);
        }
        expect(happened).toEqual(planned.toSorted((a, b) => a[0] - b[0]));
        expect(simulation.events).toBe(planned.length);
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it("handles what happens at one time by priority, then in the order of scheduling", () => {
    const simulation = new Simulation();
    simulation.schedule(1, 1, 0, 10, 0);
    simulation.schedule(1, 0, 0, 11, 0);
    simulation.schedule(1, 1, 0, 12, 0);
    const order: number[] = [];
    while (simulation.next()) {
      order.push(simulation.subject);
      if (simulation.subject === 11) simulation.schedule(0, 0, 0, 13, 0);
    }
    expect(order).toEqual([11, 13, 10, 12]);
  });

  it("stands still when nothing is pending", () => {
    const simulation = new Simulation();
    simulation.schedule(5, 0, 1, 2, 3);
    simulation.next();
    expect(simulation.next()).toBe(false);
    expect([simulation.now, simulation.kind, simulation.subject, simulation.detail]).toEqual([
      5, 1, 2, 3,
    ]);
    expect(simulation.events).toBe(1);
  });

  it("starts again at time 0 after a reset, while count and fingerprint run on", () => {
    const simulation = new Simulation();
    const empty = simulation.fingerprint;
    simulation.schedule(5, 0, 0, 0, 0);
    simulation.schedule(6, 0, 0, 0, 0);
    simulation.next();
    const { fingerprint } = simulation;
    simulation.reset();
    expect(simulation.now).toBe(0);
    expect(simulation.next()).toBe(false);
    expect(simulation.events).toBe(1);
    expect(simulation.fingerprint).toBe(fingerprint);
    expect(fingerprint).not.toBe(empty);
  });

  it("has the same fingerprint for the same events only", () => {
    const run = (delay: number) => {
      const simulation = new Simulation();
      for (let i = 0; i < 10; i++) simulation.schedule(i * delay, 0, 0, i, 0);
      while (simulation.next());
      return simulation.fingerprint;
    };
    expect(run(3)).toBe(run(3));
    expect(run(3)).not.toBe(run(4));
  });

  it.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY])("refuses a delay of %s", (delay) => {
    expect(() => new Simulation().schedule(delay, 0, 0, 0, 0)).toThrow(
      new RangeError(`The delay is ${delay}: a delay is a whole number of ticks, at least 0.`),
    );
  });
});

describe("keyed draws in a simulation", () => {
  /** Three processes of random steps; `noise` events that do nothing and draw for themselves. */
  function walk(noise: number): { subject: number; now: number }[] {
    const STEP = 0;
    const NOISE = 1;
    const draws = new Draws(rootKey("walk"), 0);
    const delay = (subject: number, step: number) =>
      toTicks(exponential(draws.uniform(STEP, subject, 0, step), 1));
    const simulation = new Simulation();
    const trace: { subject: number; now: number }[] = [];
    for (let i = 0; i < noise; i++) simulation.schedule(i * 1000, 1, NOISE, i, 0);
    for (let subject = 0; subject < 3; subject++) {
      simulation.schedule(delay(subject, 0), 1, STEP, subject, 0);
    }
    while (simulation.next() && trace.length < 1000) {
      const { kind, subject, detail, now } = simulation;
      if (kind === NOISE) {
        draws.uniform(NOISE, subject, 0, 0);
        continue;
      }
      trace.push({ subject, now });
      simulation.schedule(delay(subject, detail + 1), 1, STEP, subject, detail + 1);
    }
    return trace;
  }

  it("do not change when events that do nothing, and draws for them, are added", () => {
    expect(walk(10_000)).toEqual(walk(0));
  });
});
