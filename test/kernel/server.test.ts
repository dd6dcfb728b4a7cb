import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Servers } from "../../src/kernel/server.ts";

describe("servers", () => {
  it("serve up to their capacity and the others first come, first served", () => {
    const capacities = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 });
    const steps = fc.array(fc.tuple(fc.nat(), fc.boolean()), { maxLength: 200, size: "max" });
    fc.assert(
      fc.property(capacities, steps, (capacity, steps) => {
        const servers = new Servers(capacity.length, capacity);
        const model = capacity.map(() => ({ busy: 0, queue: [] as number[] }));
        let customer = 0;
        for (const [pick, arrives] of steps) {
          const server = pick % capacity.length;
          const state = model[server];
          if (arrives) {
            const seized = state.busy < capacity[server];
            expect(servers.request(server, customer)).toBe(seized);
            if (seized) state.busy++;
            else state.queue.push(customer);
            customer++;
          } else if (state.busy > 0) {
            const next = state.queue.shift();
            expect(servers.release(server)).toBe(next ?? -1);
            if (next === undefined) state.busy--;
          }
          expect(capacity.map((_, s) => [servers.busy(s), servers.waiting(s)])).toEqual(
            model.map(({ busy, queue }) => [busy, queue.length]),
          );
        }
      }),
      { seed: 1, numRuns: 100 },
    );
  });

  it("serve smaller priorities first, and within one first come, first served", () => {
    const PRIORITIES = 3;
    const steps = fc.array(fc.option(fc.nat(PRIORITIES - 1)), { maxLength: 200, size: "max" });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 }), steps, (capacity, steps) => {
        const servers = new Servers(2, capacity, PRIORITIES);
        let queue: { customer: number; priority: number }[] = [];
        let busy = 0;
        for (const [customer, priority] of steps.entries()) {
          if (priority !== null) {
            expect(servers.request(1, customer, priority)).toBe(busy < capacity);
            if (busy < capacity) busy++;
            else queue.push({ customer, priority });
          } else if (busy > 0) {
            const least = Math.min(...queue.map((one) => one.priority));
            const next = queue.find((one) => one.priority === least);
            expect(servers.release(1)).toBe(next?.customer ?? -1);
            queue = queue.filter((one) => one !== next);
            if (next === undefined) busy--;
          }
          expect([servers.busy(1), servers.waiting(1)]).toEqual([busy, queue.length]);
        }
      }),
      { seed: 1, numRuns: 100 },
    );
  });

  it("have capacity 1 unless told otherwise, or one capacity for all", () => {
    const one = new Servers(2);
    expect([one.request(1, 0), one.request(1, 1), one.request(0, 2)]).toEqual([true, false, true]);
    const two = new Servers(2, 2);
    expect([0, 1, 2].map((customer) => two.request(0, customer))).toEqual([true, true, false]);
  });

  it("take a customer again once it was served", () => {
    const servers = new Servers(1);
    servers.request(0, 5);
    servers.request(0, 6);
    expect(servers.release(0)).toBe(6);
    servers.request(0, 5);
    expect(servers.release(0)).toBe(5);
    expect(servers.release(0)).toBe(-1);
  });

  it("keep customers of any number", () => {
    const servers = new Servers(1);
    const customers = [3, 64, 100, 5000, 99_999, 1];
    for (const customer of customers) servers.request(0, customer);
    expect(customers.map(() => servers.release(0))).toEqual([...customers.slice(1), -1]);
  });

  it("are empty after a reset", () => {
    const servers = new Servers(1);
    for (let customer = 0; customer < 3; customer++) servers.request(0, customer);
    servers.reset();
    expect([servers.busy(0), servers.waiting(0)]).toEqual([0, 0]);
    expect(servers.request(0, 7)).toBe(true);
    expect(servers.release(0)).toBe(-1);
  });

  it("refuse a release of nothing and a capacity of nobody", () => {
    expect(() => new Servers(1).release(0)).toThrow(
      new RangeError("Server 0 is idle: only a slot that is taken can be released."),
    );
    for (const capacity of [0, 1.5, Number.NaN]) {
      const message = `A capacity is ${capacity}: a capacity is an integer of at least 1.`;
      expect(() => new Servers(1, capacity)).toThrow(new RangeError(message));
      expect(() => new Servers(2, [1, capacity])).toThrow(new RangeError(message));
    }
    expect(() => new Servers(2, [1])).toThrow(RangeError);
  });
});
