// Tasks that workers take together.
import fc from "fast-check";
import { expect, test } from "vitest";
import { batchesOf, hashOf, jobId, type Task } from "../../src/queue/task.ts";

const task = fc.record({
  kind: fc.constantFrom("cell", "trial", "evaluation"),
  of: fc.constantFrom("plan", "other").map(hashOf),
  item: fc.nat(),
  key: fc.uuid().map(hashOf),
}) as fc.Arbitrary<Task>;

test("batches hold all tasks in their order, of one kind and text each, and no more than asked for", () => {
  fc.assert(
    fc.property(fc.array(task), fc.integer({ min: 1, max: 16 }), (tasks, size) => {
      const batches = batchesOf(tasks, size);
      const all = batches.flatMap(({ kind, of, tasks: own }) =>
        own.map((one) => ({ kind, of, ...one })),
      );
      expect(all).toEqual(tasks);
      for (const batch of batches) expect(batch.tasks.length).toBeLessThanOrEqual(size);
    }),
  );
});

test("ids are what BullMQ allows, and the same for the same tasks alone", () => {
  fc.assert(
    fc.property(task, task, (one, other) => {
      const id = (...tasks: Task[]) => jobId(batchesOf(tasks, 16)[0]);
      expect(id(one)).toMatch(/^[0-9a-f]{16}-[0-9a-f]{32}$/);
      expect(id({ ...one })).toBe(id(one));
      fc.pre(one.key !== other.key);
      expect(id(one)).not.toBe(id({ ...other, of: one.of }));
    }),
  );
});
