import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EventQueue } from "../../src/kernel/queue.ts";

interface Event {
  time: number;
  priority: number;
  sequence: number;
  kind: number;
  subject: number;
  detail: number;
}

function push(queue: EventQueue, event: Omit<Event, "sequence">): void {
  queue.push(event.time, event.priority, event.kind, event.subject, event.detail);
}

function shown({ time, priority, sequence, kind, subject, detail }: EventQueue): Event {
  return { time, priority, sequence, kind, subject, detail };
}

function drain(queue: EventQueue): Event[] {
  const events: Event[] = [];
  while (queue.pop()) events.push(shown(queue));
  return events;
}

/** A stable sort: events of one time and priority stay in the order of their pushes. */
function sorted(events: readonly Event[]): Event[] {
  return events.toSorted((a, b) => a.time - b.time || a.priority - b.priority);
}

const int32 = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
const event = fc.record({
  time: fc.oneof(fc.nat({ max: 3 }), fc.integer({ min: 0, max: 2 ** 53 - 1 })),
  priority: fc.oneof(fc.nat({ max: 1 }), fc.nat({ max: 255 })),
  kind: int32,
  subject: int32,
  detail: int32,
});

describe("the event queue", () => {
  it("gives back whole events in the order of a stable sort", () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 300, size: "max" }), (pushes) => {
        const queue = new EventQueue();
        for (const e of pushes) push(queue, e);
        expect(queue.size).toBe(pushes.length);
        const numbered = pushes.map((e, sequence) => ({ ...e, sequence }));
        expect(drain(queue)).toEqual(sorted(numbered));
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it("keeps that order when pushes and pops interleave", () => {
    const pop = fc.constant("pop" as const);
    fc.assert(
      fc.property(
        fc.array(fc.oneof(event, event, pop), { maxLength: 300, size: "max" }),
        (commands) => {
          const queue = new EventQueue();
          let pending: Event[] = [];
          let pushed = 0;
          for (const command of commands) {
            if (command === "pop") {
              const [first, ...rest] = pending;
              expect(queue.pop()).toBe(first !== undefined);
              if (first !== undefined) expect(shown(queue)).toEqual(first);
              pending = rest;
            } else {
              push(queue, command);
              pending = sorted([...pending, { ...command, sequence: pushed++ }]);
            }
            expect(queue.size).toBe(pending.length);
          }
          expect(drain(queue)).toEqual(pending);
        },
      ),
      { seed: 1, numRuns: 200 },
    );
  });

  it("keeps that order among 50,000 events with many ties", () => {
    const queue = new EventQueue();
    const events = Array.from({ length: 50_000 }, (_, i) => ({
      time: (i * 7919) % 1009,
      priority: (i * 31) % 3,
      sequence: i,
      kind: i % 5,
      subject: i,
      detail: i,
    }));
    for (const e of events) push(queue, e);
    const order = drain(queue).map((e) => e.sequence);
    expect(order).toEqual(sorted(events).map((e) => e.sequence));
  });

  it("is empty at the start and shows the last event when it runs dry", () => {
    const queue = new EventQueue();
    expect(queue.pop()).toBe(false);
    queue.push(5, 4, 3, 2, 1);
    queue.pop();
    expect(queue.pop()).toBe(false);
    expect(shown(queue)).toEqual({
      time: 5,
      priority: 4,
      sequence: 0,
      kind: 3,
      subject: 2,
      detail: 1,
    });
  });

  it("is as good as new after clear", () => {
    fc.assert(
      fc.property(fc.array(event), fc.nat({ max: 10 }), fc.array(event), (before, pops, after) => {
        const used = new EventQueue();
        for (const e of before) push(used, e);
        for (let i = 0; i < pops; i++) used.pop();
        used.clear();
        expect(used.size).toBe(0);
        const fresh = new EventQueue();
        for (const e of after) {
          push(used, e);
          push(fresh, e);
        }
        expect(drain(used)).toEqual(drain(fresh));
      }),
      { seed: 1, numRuns: 200 },
    );
  });
});
