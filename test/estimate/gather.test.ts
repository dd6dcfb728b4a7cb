// Which runs are kept: tasks chosen at random, the same in any order.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Gatherer } from "../../src/estimate/gather.ts";
import type { LoggedRun } from "../../src/logs/run.ts";
import { run, turn } from "./runs.ts";

function gather(runs: readonly LoggedRun[], mostTurns?: number) {
  const gatherer = new Gatherer(mostTurns);
  for (const one of runs) gatherer.take(one);
  return { runs: gatherer.runs(), totals: gatherer.totals };
}

const withTurns = (task: number, trial: number, turns: number) =>
  run(`${task}/${trial}`, {
    task: `${task}`,
    turns: Array.from({ length: turns }, () => turn()),
  });

describe("runs that are kept", () => {
  test("are the same in any order, and within the budget unless one run alone is larger", () => {
    const lists = fc.uniqueArray(fc.tuple(fc.nat(12), fc.nat(5), fc.integer({ min: 1, max: 6 })), {
      selector: ([task, trial]) => `${task}/${trial}`,
      minLength: 1,
      maxLength: 40,
    });
    const cases = lists.chain((list) =>
      fc.tuple(
        fc.constant(list),
        fc.shuffledSubarray(list, { minLength: list.length }),
        fc.integer({ min: 1, max: 40 }),
      ),
    );
    fc.assert(
      fc.property(cases, ([list, shuffled, most]) => {
        const toRuns = (all: typeof list) => all.map((one) => withTurns(...one));
        const kept = gather(toRuns(list), most).runs;
        expect(gather(toRuns(shuffled), most).runs).toEqual(kept);
        const turns = kept.reduce((sum, { turns: { length } }) => sum + length, 0);
        expect(turns <= most || kept.length === 1).toBe(true);
        const tasks = new Set(kept.map(({ task }) => task));
        const ofTasks = list.filter(([task]) => tasks.has(`${task}`));
        if (tasks.size > 1) expect(kept).toHaveLength(ofTasks.length);
      }),
    );
  });

  test("are of sixteen tasks at least, of large ones a part, whatever the order", () => {
    const lists = fc.uniqueArray(
      fc.tuple(fc.nat(24), fc.nat(60), fc.integer({ min: 1, max: 40 })),
      { selector: ([task, trial]) => `${task}/${trial}`, minLength: 200, maxLength: 400 },
    );
    const cases = lists.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
    );
    fc.assert(
      fc.property(cases, ([list, shuffled]) => {
        const most = 2048;
        const toRuns = (all: typeof list) => all.map((one) => withTurns(...one));
        const kept = gather(toRuns(list), most).runs;
        expect(gather(toRuns(shuffled), most).runs).toEqual(kept);
        expect(kept.reduce((sum, { turns }) => sum + turns.length, 0)).toBeLessThanOrEqual(most);
        const tasks = (of: readonly { readonly task?: string | undefined }[]) =>
          new Set(of.map(({ task }) => task)).size;
        const all = tasks(toRuns(list));
        expect(tasks(kept)).toBeGreaterThanOrEqual(Math.min(16, all));
      }),
      { numRuns: 40 },
    );
  });

  test("are all where there is room, by task and id; a run without task is its own", () => {
    const runs = [run("b"), run("a"), withTurns(1, 2, 3), withTurns(1, 1, 2)];
    expect(gather(runs).runs.map(({ id }) => id)).toEqual(["a", "b", "1/1", "1/2"]);
  });

  test("are a random sample: of 4,000 tasks with a room for 1,000, those solved are as frequent as in all", () => {
    const runs = Array.from({ length: 4000 }, (_, i) =>
      run(`${i}`, { task: `task-${i}`, success: i % 4 === 0 ? 1 : 0 }),
    );
    const kept = gather(runs, 1000).runs;
    expect(kept).toHaveLength(1000);
    const solved = kept.filter(({ success }) => success === 1).length;
    // A standard deviation of 12; the hash is fixed, so that this fails always or never.
    expect(Math.abs(solved - 250)).toBeLessThan(36);
  });

  test("leave the totals exact", () => {
    const runs = Array.from({ length: 50 }, (_, i) =>
      run(`${i}`, {
        turns: [
          turn({ inputTokens: 10, outputTokens: 2, dollars: 0.5 }),
          turn({ failure: "error" }),
        ],
        ...(i === 0 ? { dollars: 3 } : {}),
      }),
    );
    expect(gather(runs, 10).totals).toEqual({
      runs: 50,
      turns: 100,
      inputTokens: 500,
      outputTokens: 100,
      dollars: 49 * 0.5 + 3,
      failures: 50,
      toolCalls: 0,
      toolErrors: 0,
    });
  });

  test("need room for a turn", () => {
    expect(() => new Gatherer(0)).toThrow(RangeError);
  });
});
