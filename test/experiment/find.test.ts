// Replications that are looked for, held against a trace of every replication.
import { describe, expect, test } from "vitest";
import { findReplication } from "../../src/experiment/find.ts";
import { FIND_KINDS, type FindKind } from "../../src/experiment/findKinds.ts";
import type { TaskLineage } from "../../src/experiment/trace/document.ts";
import { trace } from "../../src/experiment/trace/trace.ts";
import { scenario } from "../support/scenarios.ts";

/** A worker and an editor who catches most errors; the second task of a stream has other luck than the first. */
const team = (workload?: object) =>
  scenario({
    task: { graph: { shape: "chain", size: 2 } },
    models: { base: { errorRate: 0.2, latency: { distribution: "lognormal", mean: 2 } } },
    agents: {
      editor: { role: "orchestrator", checks: { orchestrator: { recall: 0.6 } } },
      worker: { omission: 0.2 },
    },
    topology: { preset: "star", hub: "editor" },
    protocol: [
      {
        repeat: {
          rounds: 2,
          until: "complete",
          phases: [
            { work: { who: "worker" } },
            { send: { from: "worker", to: "editor" } },
            { check: { by: "editor" } },
          ],
        },
      },
      { aggregate: { how: "synthesize", by: "editor" } },
    ],
    ...(workload === undefined ? {} : { workload }),
  });

const isCaught = ({ looks }: TaskLineage["errors"][number]) => looks.some(({ caught }) => caught);

/** What a kind means, told from the lineage of a task. */
const MEANING: Readonly<
  Record<Exclude<FindKind, "stalled" | "slowest">, (t: TaskLineage) => boolean>
> = {
  failure: ({ success }) => !success,
  escaped: ({ errors }) => errors.some(({ fate }) => fate === "delivered"),
  caught: ({ success, errors }) => success && errors.some(isCaught),
  missing: ({ missing }) => missing.length > 0,
};

const SEARCHED = 150;

describe.each([
  ["one task", team()],
  ["a stream of tasks", team({ arrivals: "poisson", interval: "20s", tasks: 3 })],
])("%s", (_, subject) => {
  test.each(Object.entries(MEANING))("%s: the first ones, in order", async (kind, isOf) => {
    const right: number[] = [];
    for (let replication = 0; replication < SEARCHED; replication++)
      if (trace(subject, { replication }).tasks.some(isOf)) right.push(replication);
    expect(right.length).toBeGreaterThan(0);
    for (const nth of [1, 2, right.length]) {
      const options = { kind: kind as FindKind, nth, within: SEARCHED };
      expect(await findReplication(subject, options)).toBe(right[nth - 1]);
    }
    const more = { kind: kind as FindKind, nth: right.length + 1, within: SEARCHED };
    expect(await findReplication(subject, more)).toBeUndefined();
  });
});

test("slowest: by the time of a task, the longest first", async () => {
  const subject = team();
  const times = Array.from({ length: 40 }, (_, replication) => ({
    replication,
    latency: trace(subject, { replication }).outcome.latency,
  }));
  times.sort((a, b) => b.latency - a.latency);
  for (const nth of [1, 2, 3, 40])
    expect(await findReplication(subject, { kind: "slowest", nth, within: 40 })).toBe(
      times[nth - 1].replication,
    );
});

test("slowest: of equal ones the first", async () => {
  const even = {
    models: { base: { errorRate: 0, latency: { distribution: "constant", mean: 1 } } },
  };
  const subject = scenario({
    task: { graph: { shape: "chain", size: 1 } },
    ...even,
    agents: { worker: {} },
    protocol: [{ work: { who: "worker" } }, { aggregate: { how: "first", from: "worker" } }],
  });
  expect(await findReplication(subject, { kind: "slowest", within: 10 })).toBe(0);
  expect(await findReplication(subject, { kind: "slowest", nth: 3, within: 10 })).toBe(2);
});

test("another seed finds another replication, as a trace with that seed has it", async () => {
  const found = await findReplication(team(), { kind: "failure", nth: 3, seed: "other" });
  expect(trace(team(), { seed: "other", replication: found }).outcome.failure).toBe(1);
});

test("the search ends with the signal, and tells how far it is", async () => {
  const stop = new AbortController();
  const shares: number[] = [];
  const search = findReplication(team(), {
    kind: "slowest",
    within: 2 ** 32,
    signal: stop.signal,
    onProgress: (share) => {
      shares.push(share);
      if (shares.length === 2) stop.abort(new Error("enough"));
    },
  });
  await expect(search).rejects.toThrow("enough");
  expect(shares[1]).toBeGreaterThan(shares[0]);
});

test.each([{ nth: 0 }, { nth: 1.5 }, { within: 0 }, { within: 2 ** 33 }])(
  "refuses %j",
  async (o) => {
    await expect(findReplication(team(), { kind: "failure", ...o })).rejects.toThrow(RangeError);
  },
);

test("every kind says what it means", () => {
  for (const { what } of Object.values(FIND_KINDS)) expect(what).toMatch(/^(a|an|the) /);
});
