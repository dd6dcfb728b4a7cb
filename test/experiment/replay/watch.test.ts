import { describe, expect, test } from "vitest";
import { TeamState } from "../../../src/browser/replay/state.ts";
import type {
  ReplayDocument,
  ReplayMissing,
  ReplayTask,
} from "../../../src/experiment/replay/document.ts";
import { fateOf, faultsOf, lineageOf } from "../../../src/experiment/replay/faults.ts";
import { replayOf } from "../../../src/experiment/replay/watch.ts";
import type { Trace, TraceEvent } from "../../../src/experiment/trace/document.ts";
import { trace } from "../../../src/experiment/trace/trace.ts";
import { compile } from "../../../src/scenario/compiling/compile.ts";
import type { Scenario } from "../../../src/scenario/schema.ts";
import { ARCHITECTURES, shipped } from "../../pages/replay/support.ts";
import { scenario, team } from "../../support/scenarios.ts";

const NAMES = [
  ...ARCHITECTURES.map((one) => `kim2025/finance-agent-${one}`),
  ...ARCHITECTURES.map((one) => `kim2025/workbench-${one}`),
  "patterns/chain",
  "patterns/tree",
  "patterns/voting",
];
const REPLICATIONS = [0, 1, 19, 115];

interface Watched {
  readonly of: Scenario;
  readonly replay: ReplayDocument;
  readonly traced: Trace;
  readonly events: readonly TraceEvent[];
}

function watch(of: Scenario, replication: number): Watched {
  const events: TraceEvent[] = [];
  const traced = trace(of, { replication, onEvent: (event) => events.push(event) });
  return { of, replay: replayOf(of, { replication }), traced, events };
}

/** Poisson arrivals at one team: several tasks in one replication. */
const stream = scenario({
  task: { graph: { shape: "layers", layers: [2, 2] } },
  models: { base: { errorRate: 0.2 } },
  agents: { worker: { count: 2, checks: { self: { recall: 0.5, falseAlarm: 0.1 } } } },
  protocol: [{ work: { who: "worker" } }, { aggregate: { how: "majority", from: "worker" } }],
  workload: { arrivals: "poisson", interval: "5s", tasks: 6 },
});

/** A reviewer who looks at half of the tasks, and there at critical claims only. */
const reviewed = scenario({
  task: { graph: { shape: "graph", claims: { a: { critical: true }, b: ["a"] } } },
  models: { base: { errorRate: 0.2 } },
  agents: { worker: {}, reviewer: { checks: { peer: { recall: 0.5 } } } },
  topology: { preset: "complete" },
  protocol: [
    { work: { who: "worker" } },
    { send: { from: "worker", to: "reviewer" } },
    { check: { by: "reviewer", share: 0.5, when: "critical" } },
    { aggregate: { how: "synthesize", by: "reviewer" } },
  ],
});

test("what is accepted unseen is told, and its ledger has it so without a turn", () => {
  const { events } = replayOf(reviewed).tasks[0];
  const unseen = events.findIndex(({ event }) => event === "acceptedUnseen");
  expect(events[unseen + 1]).toMatchObject({ event: "ledger", slots: [{ mark: "accepted" }] });
});

/** A clerk, a program, and two people in shifts that cross the beginning of the simulation. */
const desk = scenario({
  task: {
    graph: {
      shape: "graph",
      claims: { a: { owner: "clerk", loss: 20 }, b: { needs: ["a"], loss: 4000, critical: true } },
    },
  },
  models: { base: { errorRate: 0.3 } },
  agents: {
    clerk: {},
    rules: { kind: "code" },
    reviewer: {
      kind: "human",
      ...{ errorRate: 0.02, duration: { distribution: "constant", mean: "30min" } },
      ...{ price: { perTurn: 8 }, staff: 2 },
      shifts: [
        { days: "mon-tue", hours: ["8:00-12:00", "13:00-17:00"] },
        { days: "sat", hours: "10:00-14:00" },
      ],
    },
  },
  topology: { preset: "complete" },
  protocol: [
    { work: { who: "clerk" } },
    { send: { from: "clerk", to: "reviewer" } },
    { check: { by: "reviewer" } },
    { aggregate: { how: "concatenate", from: "reviewer" } },
  ],
  workload: { arrivals: "fixed", interval: "1h", tasks: 5, start: "mon 9:00" },
  objectives: { latency: "1s", loss: 200 },
});

const WRITTEN: Record<string, Scenario> = {
  "a stream of tasks": stream,
  "a review": reviewed,
  "a desk": desk,
};

describe("who works and what is worth how much", () => {
  const HOUR = 3600;
  const replay = replayOf(desk);

  test("is told of agents that are no model that always works", () => {
    const told = replay.agents.map(({ name: _, isOrchestrator: __, key: ___, ...rest }) => rest);
    expect(told).toEqual([
      {},
      { kind: "code" },
      {
        kind: "human",
        staff: 2,
        shifts: "mon-tue 8:00-12:00, 13:00-17:00; sat 10:00-14:00",
        open: [
          [-1 * HOUR, 3 * HOUR],
          [4 * HOUR, 8 * HOUR],
          [23 * HOUR, 27 * HOUR],
          [28 * HOUR, 32 * HOUR],
          [121 * HOUR, 125 * HOUR],
        ],
      },
    ]);
    const { events } = watch(desk, 0);
    expect(events[0]).toMatchObject({
      start: "mon 9:00",
      agents: [
        { name: "rules", kind: "code" },
        { name: "reviewer", staff: 2 },
      ],
    });
  });

  test("is told of claims and tasks, as the outcome has it", () => {
    expect(replay.claims.map(({ owner }) => owner)).toEqual([0, undefined]);
    const sum = (of: (task: ReplayTask) => number | undefined) =>
      replay.tasks.reduce((total, task) => total + (of(task) ?? Number.NaN), 0);
    expect(sum(({ lost }) => lost)).toBeCloseTo(replay.outcome.loss ?? Number.NaN, 9);
    expect(sum(({ spent }) => spent)).toBeCloseTo(replay.outcome.cost ?? Number.NaN, 9);
    for (const { stakes, lostLate, events, spent, versions, deliverable, lost } of replay.tasks) {
      expect(stakes).toEqual([{ loss: 20 }, { loss: 4000, critical: true }]);
      expect(lostLate).toBe(200);
      const isRight = (version: number) => version > 0 && !versions[version - 1].erroneous;
      const byClaims = deliverable.map((version, claim) =>
        isRight(version) ? 0 : (stakes?.[claim].loss ?? Number.NaN),
      );
      expect(lost).toBe(200 + byClaims[0] + byClaims[1]);
      const sofar = events.flatMap((one) => (one.event === "turnEnded" ? [one.spent ?? 0] : []));
      expect(sofar).toEqual([...sofar].sort((a, b) => a - b));
      expect(sofar.at(-1)).toBeLessThanOrEqual(spent as number);
    }
  });

  test("is not told where the scenario states none of it", () => {
    const plain = JSON.stringify(replayOf(stream));
    for (const field of ["kind", "staff", "shifts", "open", "owner", "stakes", "lost", "spent"])
      expect(plain).not.toContain(`"${field}":`);
    expect(Object.keys(watch(stream, 0).events[0])).not.toContain("agents");
  });

  test("kinds of generated claims are told by task", () => {
    const graph = { shape: "generated", size: 6, kinds: { payout: { share: 0.5, loss: 4000 } } };
    const drawn = replayOf(scenario({ ...team(1), task: { graph } }));
    const [{ stakes = [] }] = drawn.tasks;
    expect(stakes).toHaveLength(6);
    for (const { kind, loss } of stakes) expect(loss).toBe(kind === "payout" ? 4000 : 0);
    expect(new Set(stakes.map(({ kind }) => kind)).size).toBe(2);
  });
});

/** A missing claim by names, as the trace has it. */
function named({ agents, claims }: ReplayDocument, missing: ReplayMissing) {
  const { claim, premise, agent, from, to } = missing;
  const numbers = { agent, from, to };
  const known = Object.entries(numbers).filter(([, i]) => i !== undefined);
  return {
    claim: claims[claim].name,
    ...(premise === undefined ? {} : { premise: claims[premise].name }),
    ...Object.fromEntries(known.map(([key, i]) => [key, agents[i as number].name])),
  };
}

describe.each([...NAMES, ...Object.keys(WRITTEN)])("the replay of %s", async (name) => {
  const of = WRITTEN[name] ?? (await shipped(name));
  const all = REPLICATIONS.map((replication) => watch(of, replication));

  test("is of the same run as the trace", () => {
    for (const { replay, traced } of all) {
      expect(replay.fingerprint).toBe(traced.fingerprint);
      expect(replay.outcome).toEqual(traced.outcome);
      expect(replay.tasks.map((task) => task.task)).toEqual(replay.tasks.map((_, i) => i));
    }
  });

  test("has as many turns, versions, messages and checks", () => {
    const pairs = [
      ["turnBegan", "turnBegan"],
      ["turnEnded", "turnEnded"],
      ["made", "made"],
      ["received", "received"],
      ["omitted", "omitted"],
      ["stalled", "stalled"],
      ["checked", "checked"],
      ["acceptedUnseen", "acceptedUnseen"],
      ["sent", "sent"],
      ["arrived", "delivered"],
      ["delivered", "finished"],
    ] as const;
    for (const { replay, events } of all)
      for (const [here, there] of pairs) {
        const happened = replay.tasks
          .flatMap((task) => task.events)
          .filter((e) => e.event === here);
        expect(happened.length).toBe(events.filter((e) => e.event === there).length);
      }
  });

  test("has the same errors, with the same parents, carriers and fates", () => {
    for (const { replay, traced } of all)
      for (const { task, errors, success, missing } of traced.tasks) {
        const replayed = [...replay.tasks].find((one) => one.task === task);
        if (replayed === undefined) throw new Error("a task is not there");
        expect(replayed.success).toBe(success);
        const told = replayed.missing.map((one) => ({ ...one, ...named(replay, one) }));
        expect(told).toEqual(missing);
        const absent = replayed.deliverable.flatMap((version, c) => (version === 0 ? [c] : []));
        expect(replayed.missing.map(({ claim }) => claim).sort((a, b) => a - b)).toEqual(absent);
        const wrong = replayed.versions.flatMap((v, i) =>
          v.erroneous
            ? [
                {
                  version: i + 1,
                  claim: replay.claims[v.claim].name,
                  agent: replay.agents[v.agent].name,
                  t: v.t,
                  cause: v.cause,
                  origin: v.origin,
                  parent: v.origin === i + 1 ? null : v.parent,
                  message: v.message || undefined,
                  isDelivered: replayed.deliverable.includes(i + 1),
                },
              ]
            : [],
        );
        expect(wrong).toEqual(
          errors.map(({ carrier, looks: _, fate, ...error }) => ({
            ...error,
            message: carrier?.message,
            isDelivered: fate === "delivered",
          })),
        );
      }
  });

  test("has a fault delivered exactly where the outcome counts an error in the deliverable", () => {
    for (const { replay } of all) {
      const isDelivered = replay.tasks.some((task) =>
        faultsOf(task).some((fault) => fateOf(task, fault) === "delivered"),
      );
      expect(isDelivered).toBe(replay.outcome.deliverableErrors > 0);
    }
  });

  test("ends with the ledgers that the errors at aggregation are counted in", () => {
    const { acceptedOnly } = compile(of).aggregate;
    for (const { replay } of all) {
      let errors = 0;
      for (const task of replay.tasks) {
        const state = new TeamState(task, replay.agents.length);
        state.goTo(task.events.length);
        for (const agent of replay.sources)
          for (let claim = 0; claim < task.size; claim++) {
            const { mark } = state.slots[agent * task.size + claim];
            const counts = !acceptedOnly || mark === "accepted";
            if (counts && state.look(agent, claim) === "wrong") errors++;
          }
      }
      expect(errors).toBe(replay.outcome.errorsAtAggregation);
    }
  });

  test("has premises that were there, and lineages that begin with a fault", () => {
    for (const { replay } of all)
      for (const task of replay.tasks)
        task.versions.forEach(({ premises, message, claim, agent, cause, parent, origin }, i) => {
          const isMade = message === 0 && cause !== "synthesis";
          expect(premises).toHaveLength(isMade ? replay.claims[claim].premises.length : 0);
          premises.forEach((premise, p) => {
            if (premise === 0) return;
            expect(task.versions[premise - 1].claim).toBe(replay.claims[claim].premises[p]);
            expect(task.versions[premise - 1].agent).toBe(agent);
          });
          if (cause === "inherited") expect(premises).toContain(parent);
          const chain = lineageOf(task, i + 1);
          expect(chain.at(-1)).toBe(i + 1);
          if (origin > 0) expect(chain[0]).toBe(origin);
        });
  });

  test("is plain JSON, in the order of time", () => {
    for (const { replay } of all) {
      expect(JSON.parse(JSON.stringify(replay))).toEqual(replay);
      for (const { events } of replay.tasks)
        for (let i = 1; i < events.length; i++)
          expect(events[i].t).toBeGreaterThanOrEqual(events[i - 1].t);
    }
  });
});

test("nobody is at work and nothing is under way when a task is delivered", async () => {
  for (const name of NAMES) {
    const { tasks, agents } = replayOf(await shipped(name), { replication: 5 });
    const state = new TeamState(tasks[0], agents.length);
    state.goTo(tasks[0].events.length);
    expect(state.isDelivered).toBe(true);
    expect(state.turns.every((turn) => turn === -1)).toBe(true);
    state.goTo(tasks[0].events.length - 1);
    expect(state.flying.size).toBe(0);
  }
});

test("a state is the same whether it is reached forward or backward", async () => {
  const { tasks, agents } = replayOf(await shipped("kim2025/finance-agent-hybrid"), {
    replication: 115,
  });
  const forward = new TeamState(tasks[0], agents.length);
  const backward = new TeamState(tasks[0], agents.length);
  backward.goTo(tasks[0].events.length);
  for (const count of [200, 120, 40, 1, 0]) {
    const fresh = new TeamState(tasks[0], agents.length);
    fresh.goTo(count);
    backward.goTo(count);
    expect(backward).toEqual(fresh);
  }
  for (const count of [10, 50, 150]) forward.goTo(count);
  backward.goTo(150);
  expect(forward).toEqual(backward);
});

test.each([-1, 0.5, 2 ** 32])("replication %s is refused", async (replication) => {
  const of = await shipped("patterns/chain");
  expect(() => replayOf(of, { replication })).toThrow("must be a whole number from 0 to 2^32 - 1");
});
