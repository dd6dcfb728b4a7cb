import { describe, expect, test } from "vitest";
import type { ReplayTask } from "../../../src/experiment/replay/document.ts";
import { replayOf } from "../../../src/experiment/replay/watch.ts";
import { LONGEST, SHORTEST, sceneOf } from "../../../src/pages/replay/pace.ts";
import { EMPTY_TASK, financeReplays, shipped } from "./support.ts";

function expectWellPaced(tasks: readonly ReplayTask[]): void {
  const { moments, duration } = sceneOf(tasks);
  expect(duration).toBeGreaterThanOrEqual(SHORTEST);
  expect(duration).toBeLessThanOrEqual(LONGEST);
  expect(moments[0].at).toBe(0);
  expect(moments.at(-1)?.at).toBeCloseTo(duration, 2);
  expect(moments.at(-1)?.ends).toEqual(tasks.map((task) => task.events.length));
  for (let i = 1; i < moments.length; i++) {
    expect(moments[i].at).toBeGreaterThanOrEqual(moments[i - 1].at);
    expect(moments[i].t).toBeGreaterThanOrEqual(moments[i - 1].t);
    tasks.forEach((_, team) => {
      expect(moments[i].ends[team]).toBeGreaterThanOrEqual(moments[i - 1].ends[team]);
    });
    expect(moments[i].ends).not.toEqual(moments[i - 1].ends);
  }
}

describe("a scene", () => {
  test("of one team goes through all events in 20 to 40 seconds", async () => {
    for (const name of [
      "kim2025/finance-agent-hybrid",
      "kim2025/workbench-single",
      "patterns/tree",
    ])
      for (const replication of [0, 5])
        expectWellPaced(replayOf(await shipped(name), { replication }).tasks);
  });

  test("of two teams has one clock", async () => {
    const pair = await financeReplays(115, "independent", "centralized");
    const tasks = pair.map(({ tasks: [task] }) => task);
    expectWellPaced(tasks);
    for (const { t, ends } of sceneOf(tasks).moments)
      tasks.forEach(({ events }, team) => {
        if (ends[team] > 0) expect(events[ends[team] - 1].t).toBeLessThanOrEqual(t + 1e-6);
        if (ends[team] < events.length)
          expect(events[ends[team]].t).toBeGreaterThanOrEqual(t - 1e-6);
      });
  });

  test("shows what happens at the same time in both teams as one step", () => {
    const events = [0, 1, 2].map((t) => ({ t, event: "turnBegan", agent: 0 }) as const);
    const task = { ...EMPTY_TASK, events };
    const { moments } = sceneOf([task, task]);
    expect(moments.map(({ ends }) => ends)).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
    ]);
  });

  test("gives a message time to be seen, though it takes none", () => {
    const events = [
      { t: 0, event: "phase", step: 0, phase: "send", round: 0 },
      { t: 0, event: "sent", message: 1 },
      { t: 0.001, event: "arrived", message: 1 },
      { t: 100, event: "delivered" },
    ] as const;
    const { moments } = sceneOf([{ ...EMPTY_TASK, events }]);
    expect(moments.map(({ ends }) => ends[0])).toEqual([2, 3, 4]);
    expect(moments[1].at - moments[0].at).toBeGreaterThan(1);
  });

  test("counts time from the arrival of the task", () => {
    const events = [{ t: 7.5, event: "delivered" }] as const;
    const { moments } = sceneOf([{ ...EMPTY_TASK, arrived: 7, events }]);
    expect(moments).toEqual([{ t: 0.5, at: 0, ends: [1] }]);
  });
});
