import { beforeAll, describe, expect, test } from "vitest";
import type { Trace, TraceEvent } from "../../../src/experiment/trace/document.ts";
import { trace } from "../../../src/experiment/trace/trace.ts";
import { Engine } from "../../../src/model/engine.ts";
import { OUTCOME_FIELDS } from "../../../src/model/outcome.ts";
import { rootKey } from "../../../src/numerics/draws.ts";
import { compile } from "../../../src/scenario/compiling/compile.ts";
import type { Scenario } from "../../../src/scenario/schema.ts";
import { scenario } from "../../support/scenarios.ts";

/** A team in which everything can go wrong. */
const REVIEWED = {
  task: { graph: { shape: "layers", layers: [3, 3] }, sharedState: true, difficultySpread: 1 },
  models: { base: { errorRate: 0.2, commonCause: 0.3, pace: 0.9 } },
  agents: {
    editor: {
      role: "orchestrator",
      synthesisLoss: 0.1,
      checks: { orchestrator: { recall: 0.6, falseAlarm: 0.1 } },
    },
    writer: {
      count: 3,
      propagation: 0.8,
      handoff: 0.1,
      omission: 0.2,
      distortion: 0.1,
      conflict: 0.05,
      checks: { self: { recall: 0.5, falseAlarm: 0.1 }, peer: { recall: 0.5, falseAlarm: 0.1 } },
    },
  },
  topology: { preset: "complete" },
  protocol: [
    {
      repeat: {
        rounds: 3,
        until: "complete",
        phases: [
          { assign: { by: "editor", to: "writer", mode: "replicate", k: 2 } },
          { send: { from: "editor", to: "writer", what: "accepted" } },
          { work: { who: "writer", turns: 4 } },
          { send: { from: "writer", to: "writer" } },
          { check: { by: "writer" } },
          { send: { from: "writer", to: "editor", what: "all" } },
          { check: { by: "editor" } },
        ],
      },
    },
    { aggregate: { how: "synthesize", by: "editor" } },
  ],
};
const reviewed = scenario(REVIEWED);
const stream = scenario({
  ...REVIEWED,
  workload: { arrivals: "poisson", interval: "20s", tasks: 5 },
});

function collect(of: Scenario, replication: number): { events: TraceEvent[]; result: Trace } {
  const events: TraceEvent[] = [];
  const result = trace(of, { replication, onEvent: (event) => events.push(event) });
  return { events, result };
}

const REPLICATIONS = [0, 1, 2, 3, 4, 5, 6, 7];

describe("watching changes nothing", () => {
  test.each([
    ["one task", reviewed],
    ["a stream of tasks", stream],
  ])("%s", (_, of) => {
    for (const replication of REPLICATIONS) {
      const engine = new Engine(compile(of), rootKey(of.seed));
      engine.run(replication);
      const { result } = collect(of, replication);
      expect(result.fingerprint).toBe(engine.fingerprint);
      expect(result.events).toBe(engine.events);
      expect(OUTCOME_FIELDS.map((field) => result.outcome[field])).toEqual([...engine.outcome]);
    }
  });
});

describe("events", () => {
  test("agree with what is counted", () => {
    for (const replication of REPLICATIONS) {
      const { events, result } = collect(reviewed, replication);
      const number = (name: TraceEvent["event"]) => events.filter((e) => e.event === name).length;
      expect(number("turnBegan")).toBe(result.outcome.turns);
      expect(number("turnEnded")).toBe(result.outcome.turns);
      expect(number("sent")).toBe(result.outcome.messages);
      expect(number("delivered")).toBe(result.outcome.messages);
      expect(number("finished")).toBe(1);
    }
  });

  test("come in the order of time, between a beginning and an outcome", () => {
    const { events } = collect(stream, 0);
    expect(events[0].event).toBe("began");
    expect(events.at(-1)?.event).toBe("outcome");
    for (let i = 1; i < events.length; i++)
      expect(events[i].t).toBeGreaterThanOrEqual(events[i - 1].t);
  });

  test("of a stream say which task they belong to", () => {
    const { events } = collect(stream, 0);
    const inner = events.slice(1, -1);
    expect(new Set(inner.map((event) => event.task))).toEqual(new Set([0, 1, 2, 3, 4]));
    expect(collect(reviewed, 0).events.every((event) => event.task === undefined)).toBe(true);
  });

  test("are plain JSON", () => {
    const { events } = collect(reviewed, 1);
    expect(JSON.parse(JSON.stringify(events))).toEqual(events);
  });
});

describe("lineage", () => {
  const all: Trace[] = [];
  beforeAll(() => {
    for (const of of [reviewed, stream])
      for (const replication of REPLICATIONS) all.push(collect(of, replication).result);
  });

  test("counts as the outcome does", () => {
    for (const { tasks, outcome } of all) {
      const errors = tasks.flatMap((task) => task.errors);
      const faults = errors.filter((e) => e.origin === e.version).length;
      const looks = errors.flatMap((e) => e.looks);
      expect(faults).toBe(outcome.faults);
      expect(errors.length - faults).toBe(outcome.descendants);
      expect(errors.filter((e) => e.fate === "delivered").length).toBe(outcome.deliverableErrors);
      expect(tasks.flatMap((task) => task.missing).length).toBe(outcome.missingClaims);
      expect(tasks.filter((task) => task.success).length).toBe(outcome.success);
      expect(looks.filter((look) => look.caught).length).toBe(outcome.caught);
      expect(looks.filter((look) => !look.caught).length).toBe(outcome.missed);
    }
    expect(all.reduce((sum, { outcome }) => sum + outcome.descendants, 0)).toBeGreaterThan(50);
  });

  test("is a forest: parents come before children and have the same origin", () => {
    for (const { tasks } of all)
      for (const { errors } of tasks) {
        const known = new Map<number, number>();
        for (const { version, parent, origin } of errors) {
          if (parent === null) expect(origin).toBe(version);
          else expect(known.get(parent)).toBe(origin);
          known.set(version, origin);
        }
      }
  });

  test("names the sender of what came by message", () => {
    for (const { tasks } of all)
      for (const { errors } of tasks) {
        const byVersion = new Map(errors.map((error) => [error.version, error]));
        for (const { cause, carrier, parent, agent, claim } of errors) {
          if (cause !== "copy") continue;
          const source = byVersion.get(parent as number);
          expect(source).toMatchObject({ agent: carrier?.from, claim });
          expect(source?.agent).not.toBe(agent);
        }
      }
  });
});

describe("a fault that is put in", () => {
  const perfect = scenario({
    task: { graph: { shape: "chain", size: 3 } },
    models: { base: { errorRate: 0 } },
    agents: { worker: {} },
    protocol: [{ work: { who: "worker" } }, { aggregate: { how: "first", from: "worker" } }],
  });

  test("spreads along the premises", () => {
    const { tasks, outcome, fault } = trace(perfect, { fault: { agent: 0, claim: 1 } });
    expect(fault).toEqual({ agent: "worker", claim: "c2" });
    expect(tasks[0].errors.map(({ claim, cause, fate }) => [claim, cause, fate])).toEqual([
      ["c2", "injected", "delivered"],
      ["c3", "inherited", "delivered"],
    ]);
    expect(outcome.success).toBe(0);
    expect(trace(perfect).outcome.success).toBe(1);
  });

  test("is the first one where no claim is named", () => {
    const { tasks } = trace(perfect, { fault: { agent: 0, claim: -1 } });
    expect(tasks[0].errors.filter(({ cause }) => cause === "injected")).toHaveLength(1);
  });

  test.each([
    [{ fault: { agent: 1, claim: 0 } }, "agent 1: must be a whole number from 0 to 0"],
    [{ fault: { agent: 0, claim: 3 } }, "claim 3: must be a whole number from -1 to 2"],
    [{ replication: -1 }, "replication -1: must be a whole number"],
    [{ replication: 0.5 }, "replication 0.5: must be a whole number"],
  ])("%j is refused", (options, message) => {
    expect(() => trace(perfect, options)).toThrow(message);
  });
});
