// Properties of the engine that hold for every scenario. Random scenarios come from fast-check at seed 1.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compare, run } from "../../src/experiment/experiment.ts";
import { type MetricValue, readMetric } from "../../src/experiment/result.ts";
import { CAUSES } from "../../src/model/causes.ts";
import { Engine } from "../../src/model/engine.ts";
import { FIELD, OUTCOME_FIELDS, type OutcomeField } from "../../src/model/outcome.ts";
import { rootKey } from "../../src/numerics/draws.ts";
import { compile } from "../../src/scenario/compiling/compile.ts";
import type { Scenario } from "../../src/scenario/schema.ts";
import { PROTOCOLS, scenarios } from "../support/arbitraries.ts";
import { Recorder } from "../support/recorder.ts";
import { agrees, measure, outcomes, scenario, team, type Written } from "../support/scenarios.ts";

const check = (property: fc.IPropertyWithHooks<[Scenario]>, numRuns = 150) =>
  fc.assert(property, { seed: 1, numRuns });

function record(of: Scenario, replications: number): Recorder {
  const recorder = new Recorder();
  const engine = new Engine(compile(of), rootKey("test"), { observer: recorder });
  for (let i = 0; i < replications; i++) engine.run(i);
  return recorder;
}

describe("determinism", () => {
  test("the same scenario and seed give the same bytes, another seed does not", async () => {
    const of = team(3, { models: { base: { errorRate: 0.2 } } });
    const bytes = async (seed: string) =>
      JSON.stringify(await run([of], { replications: 500, seed }));
    expect(await bytes("a")).toBe(await bytes("a"));
    expect(await bytes("a")).not.toBe(await bytes("b"));
  });

  test("a replication does not depend on those that ran before it", () => {
    check(
      fc.property(scenarios(), (of) => {
        const all = outcomes(of, 6);
        const engine = new Engine(compile(of), rootKey("test"));
        engine.run(5);
        expect([...engine.outcome]).toEqual(all[5]);
      }),
      40,
    );
  });

  test("watching changes nothing", () => {
    check(
      fc.property(scenarios(), (of) => {
        const watched = new Engine(compile(of), rootKey("test"), { observer: new Recorder() });
        const alone = new Engine(compile(of), rootKey("test"));
        watched.run(3);
        alone.run(3);
        expect([...watched.outcome]).toEqual([...alone.outcome]);
        expect(watched.fingerprint).toBe(alone.fingerprint);
      }),
      40,
    );
  });
});

describe("keyed draws", () => {
  const isolated = (count: number, more: Written = {}) =>
    team(count, {
      task: { graph: { shape: "layers", layers: [3, 3] } },
      models: { base: { errorRate: 0.3, commonCause: 0.3 } },
      agents: {
        worker: { count, guess: 0.5, propagation: 0.5, checks: { self: { recall: 0.5 } } },
      },
      ...more,
    });

  test("an additional agent changes nothing that the others make", () => {
    const made = (count: number) => record(isolated(count), 50).madeBy([0, 1, 2]);
    expect(made(4)).toEqual(made(3));
    expect(made(3).length).toBeGreaterThan(900);
  });

  test("an additional check phase changes nothing that was made before it", () => {
    const debate = (phases: unknown[]) =>
      isolated(3, {
        topology: { preset: "complete" },
        protocol: [
          { work: { who: "worker" } },
          { send: { from: "worker", to: "worker" } },
          ...phases,
          { aggregate: { how: "majority", from: "worker" } },
        ],
      });
    const made = (phases: unknown[]) => record(debate(phases), 50).madeBy([0, 1, 2]);
    expect(made([{ check: { by: "worker" } }])).toEqual(made([]));
  });

  test("agents that take no part change no metric", () => {
    const idle = { ...isolated(3).agents.worker, count: 2, role: "worker" as const };
    const of = isolated(3);
    const withIdle: Scenario = { ...of, agents: { ...of.agents, idle } };
    expect(outcomes(withIdle, 50)).toEqual(outcomes(of, 50));
  });

  test("relabelling changes nothing: names of groups, of claims, and how agents are grouped", () => {
    const written = (agents: Written, who: string[], claims: Written) =>
      scenario({
        task: { graph: { shape: "graph", claims } },
        models: { base: { errorRate: 0.3, commonCause: 0.2 } },
        agents,
        topology: {
          edges: who.flatMap((from) =>
            who.map((to) => ({ from, to })).filter((e) => e.from !== e.to),
          ),
        },
        protocol: [
          { work: { who, turns: 2 } },
          { send: { from: who, to: who } },
          { check: { by: who } },
          { aggregate: { how: "majority", from: who } },
        ],
      });
    const parameters = {
      propagation: 0.5,
      guess: 0.5,
      omission: 0.3,
      checks: { peer: { recall: 0.5 } },
    };
    const a = written({ x: parameters, y: parameters, z: parameters }, ["x", "y", "z"], {
      a: [],
      b: ["a"],
      c: ["a"],
    });
    const b = written(
      { kim: parameters, lee: parameters, ada: parameters },
      ["kim", "lee", "ada"],
      { root: [], left: ["root"], right: ["root"] },
    );
    const grouped = scenario({
      ...b,
      agents: { all: { ...parameters, count: 3 } },
      topology: { preset: "complete" },
      protocol: [
        { work: { who: "all", turns: 2 } },
        { send: { from: "all", to: "all" } },
        { check: { by: "all" } },
        { aggregate: { how: "majority", from: "all" } },
      ],
    });
    expect(outcomes(b, 60)).toEqual(outcomes(a, 60));
    expect(outcomes(grouped, 60)).toEqual(outcomes(a, 60));
  });
});

describe("claims with properties", () => {
  /** Two to six claims, each with some of those before it as premises. */
  const premises = fc
    .array(fc.nat(), { minLength: 2, maxLength: 6 })
    .map((masks) => masks.map((mask, i) => NAMES.slice(0, i).filter((_, j) => (mask >> j) & 1)));
  const NAMES = ["a", "b", "c", "d", "e", "f"];
  const of = (claims: readonly unknown[], more: Written = {}) =>
    team(3, {
      task: {
        graph: {
          shape: "graph",
          claims: Object.fromEntries(claims.map((claim, i) => [NAMES[i], claim])),
        },
        difficultySpread: 1,
      },
      models: { base: { errorRate: 0.3, commonCause: 0.3 } },
      agents: { worker: { count: 3, propagation: 0.7, guess: 0.4 } },
      ...more,
    });

  test("a claim that is a map without properties gives the bytes of the list", () => {
    fc.assert(
      fc.property(premises, (lists) => {
        const written = of(lists.map((needs, i) => (i % 2 === 0 ? { needs } : needs)));
        expect(written).toEqual(of(lists));
        expect(outcomes(written, 20)).toEqual(outcomes(of(lists), 20));
      }),
      { seed: 1, numRuns: 40 },
    );
  });

  test("losses and weights change no draw: all other fields have the same bytes", () => {
    const value = fc.record({
      loss: fc.double({ min: 0, max: 1e6, noNaN: true }),
      weight: fc.double({ min: 0, max: 100, noNaN: true }),
    });
    const isOther = (_: number, field: number) => field < FIELD.valued;
    fc.assert(
      fc.property(premises, fc.array(value, { minLength: 6, maxLength: 6 }), (lists, values) => {
        const valued = of(lists.map((needs, i) => ({ needs, ...values[i] })));
        const rows = outcomes(valued, 20);
        expect(rows.map((row) => row.filter(isOther))).toEqual(
          outcomes(of(lists), 20).map((row) => row.filter(isOther)),
        );
        const most = values.slice(0, lists.length).reduce((sum, { loss }) => sum + loss, 0);
        for (const row of rows) expect(row[FIELD.loss]).toBeLessThanOrEqual(most * (1 + 1e-12));
      }),
      { seed: 1, numRuns: 40 },
    );
  });

  test("what a late task costs and when a task succeeds change no draw and no other field", () => {
    const other = new Set(["success", "failure", "successOnTime", "urgent", "lossLate"]);
    const isOther = (name: string) =>
      !other.has(name) && FIELD[name as OutcomeField] < FIELD.valued;
    const kept = OUTCOME_FIELDS.filter(isOther).map((name) => FIELD[name]);
    const rows = (more: Written) =>
      outcomes(of([[], ["a"], []], { objectives: { latency: 2 }, ...more }), 50).map((row) =>
        kept.map((field) => row[field]),
      );
    const plain = rows({});
    expect(rows({ objectives: { latency: 2, loss: 50 } })).toEqual(plain);
    expect(rows({ objectives: { latency: 2, loss: 500 } })).toEqual(plain);
    expect(rows({ success: { atLeast: 0.6, of: "quality" } })).toEqual(plain);
  });

  test("calls of tools that never fail change nothing, and are no subject of the result", async () => {
    const plain = of([[], ["a"], []]);
    const called = of([{ tools: 3 }, { needs: ["a"], tools: 1 }, []]);
    expect(outcomes(called, 50)).toEqual(outcomes(plain, 50));
    const [tool] = await measure(called, 64, ["faults.tool"]);
    expect(tool).toBeUndefined();
  });

  test("a higher failure of tools never makes a run right that was wrong", () => {
    const wrong = (toolFailure: number) =>
      outcomes(
        of([{ tools: 3 }, { needs: ["a"], tools: 1 }, []], {
          agents: { worker: { count: 1, toolFailure } },
        }),
        200,
      ).map((row) => row[FIELD.failure]);
    const [none, some, more] = [0, 0.1, 0.4].map(wrong);
    expect(some.every((one, i) => one >= none[i])).toBe(true);
    expect(more.every((one, i) => one >= some[i])).toBe(true);
    expect(more).not.toEqual(some);
  });

  test("a task that succeeds as usual succeeds by any quality, and by its critical claims", () => {
    const succeeded = (more: Written) =>
      outcomes(of([[], { needs: ["a"], critical: true }, []], more), 200).map(
        (row) => row[FIELD.success],
      );
    const plain = succeeded({});
    const rules = [0.3, 0.6, 1].map((atLeast) => ({ atLeast, of: "quality" }));
    const [low, middle, all] = rules.map((success) => succeeded({ success }));
    expect(all).toEqual(plain);
    for (const [i, one] of plain.entries()) {
      expect(middle[i]).toBeGreaterThanOrEqual(one);
      expect(low[i]).toBeGreaterThanOrEqual(middle[i]);
    }
    expect(low).not.toEqual(plain);
    const critical = succeeded({ success: { critical: true } });
    expect(critical.every((one, i) => one >= plain[i])).toBe(true);
  });

  test("kinds of claim without difficulty change no draw either", () => {
    const graph = (kinds?: object) => ({
      task: { graph: { shape: "generated", size: 5, spread: 2, sequentiality: 0.5, kinds } },
    });
    const rows = (kinds?: object) =>
      outcomes(of([], graph(kinds)), 200).map((row) => row.slice(0, FIELD.valued));
    expect(rows({ payout: { share: 0.4, loss: 100 } })).toEqual(rows());
  });

  test("which of several equal agents owns which claim does not matter to success", async () => {
    const owned = (owners: readonly string[]) => ({
      ...of(
        owners.map((owner, i) => ({ needs: NAMES.slice(Math.max(0, i - 1), i), owner })),
        {
          topology: { preset: "complete" },
          protocol: [
            { assign: { mode: "owners" } },
            {
              repeat: {
                rounds: 4,
                phases: [
                  { work: { who: "worker", onlyReady: true } },
                  { send: { from: "worker", to: "worker" } },
                ],
              },
            },
            { aggregate: { how: "concatenate" } },
          ],
        },
      ),
      name: owners.join("-").replaceAll(".", ""),
    });
    const scenarios = [
      owned(["worker.1", "worker.2", "worker.3", "worker.1"]),
      owned(["worker.3", "worker.1", "worker.2", "worker.3"]),
    ];
    const { scenarios: results } = await compare(scenarios, scenarios[0].name, {
      replications: 20_000,
      seed: "test",
    });
    // The 99.9 % interval of the paired difference: a false alarm in one of 1,000 seeds.
    const success = results[1].differences?.success as MetricValue;
    expect(agrees(success, 0)).toBe(true);
    expect(success.mean).not.toBe(0);
  });

  test("only results of scenarios that state what claims are worth have the metrics of it", async () => {
    const scenarios = [
      { ...of([[], { loss: 5 }]), name: "valued" },
      { ...of([[], []]), name: "plain" },
    ];
    const result = await compare(scenarios, "plain", { replications: 64, seed: "test" });
    const [valued, plain] = result.scenarios;
    const names = ["loss.total", "totalCost", "quality"];
    for (const name of names) {
      expect(readMetric(valued.metrics, name)?.mean).toBeGreaterThan(0);
      expect(readMetric(plain.metrics, name)).toBeUndefined();
      expect(valued.differences).not.toHaveProperty([name]);
    }
    expect(readMetric(valued.metrics, "criticalSuccess")).toBeUndefined();
  });

  test("claims of the same owners go round among them, and nobody else gets any", () => {
    const claims = NAMES.map((_, i) => ({ owner: i < 4 ? ["worker.1", "worker.3"] : "worker.2" }));
    const plan = compile(
      of(claims, {
        protocol: [
          { assign: { mode: "owners" } },
          { work: { who: "worker" } },
          { aggregate: { how: "concatenate" } },
        ],
      }),
    );
    expect([...plan.task.ownerOf]).toEqual([0, 2, 0, 2, 1, 1]);
  });

  test("claims that are named go to whom they are assigned to, by any mode", () => {
    const made = (mode: string) =>
      record(
        of([[], [], [], []], {
          protocol: [
            { assign: { to: "worker", claims: ["b", "d"], mode } },
            { work: { who: "worker" } },
            { aggregate: { how: "concatenate" } },
          ],
        }),
        1,
      ).madeBy([0, 1, 2]);
    expect(made("whole")).toHaveLength(6);
    expect(made("partition")).toHaveLength(2);
  });
});

describe("errors", () => {
  test("without faults there are no errors", () => {
    const none = { guess: 0, handoff: 0, distortion: 0, conflict: 0, synthesisLoss: 0 };
    check(
      fc.property(scenarios({ agent: none, model: { errorRate: 0 } }), (of) => {
        for (const row of outcomes(of, 4)) {
          expect(row[FIELD.errorsAtAggregation]).toBe(0);
          expect(row[FIELD.deliverableErrors]).toBe(0);
          expect(row[FIELD.faults]).toBe(0);
          expect(row[FIELD.caught]).toBe(0);
        }
      }),
    );
  });

  test("an error rate of 1 leaves no correct version", () => {
    check(
      fc.property(scenarios({ model: { errorRate: 1 } }), (of) => {
        for (const row of outcomes(of, 4)) expect(row[FIELD.success]).toBe(0);
      }),
      60,
    );
  });

  test("counts are never negative, never fractions, and add up", () => {
    check(
      fc.property(scenarios(), (of) => {
        const claims = compile(of).task.claims;
        for (const row of outcomes(of, 4)) {
          for (const field of [
            "errorsAtAggregation",
            "deliverableErrors",
            "missingClaims",
            "turns",
            "messages",
            "faults",
            "descendants",
          ] as const) {
            expect(Number.isInteger(row[FIELD[field]])).toBe(true);
            expect(row[FIELD[field]]).toBeGreaterThanOrEqual(0);
          }
          expect(row[FIELD.success] + row[FIELD.failure]).toBe(row[FIELD.tasks]);
          expect(row[FIELD.deliverableErrors] + row[FIELD.missingClaims]).toBeLessThanOrEqual(
            claims,
          );
          expect(row[FIELD.claimsRedundant]).toBeLessThanOrEqual(row[FIELD.claimsMade]);
          expect(row[FIELD.overheadTokens]).toBeLessThanOrEqual(row[FIELD.tokens]);
        }
      }),
    );
  });

  test("lineage is a forest: every error has one parent that came before it, up to one fault", () => {
    check(
      fc.property(scenarios(), (of) => {
        for (const versions of record(of, 3).lineages) {
          for (const { version, value, parent, origin, cause } of versions) {
            if (value === 0) {
              expect(origin).toBe(0);
              continue;
            }
            const isFault = origin === version;
            expect(["inherited", "copy"].includes(CAUSES[cause].name)).toBe(!isFault);
            if (isFault) continue;
            expect(parent).toBeGreaterThan(0);
            expect(parent).toBeLessThan(version);
            expect(versions[parent - 1].origin).toBe(origin);
          }
        }
      }),
    );
  });

  test("blast radii count every erroneous version that is not a fault", () => {
    check(
      fc.property(scenarios(), (of) => {
        const engine = new Engine(compile(of), rootKey("test"));
        const recorder = record(of, 3);
        for (let i = 0; i < 3; i++) {
          engine.run(i);
          const sum = engine.radii.subarray(0, engine.faults).reduce((a, b) => a + b, 0);
          const heirs = recorder.lineages[i].filter((v) => v.value !== 0 && v.origin !== v.version);
          expect(sum).toBe(heirs.length);
        }
      }),
      60,
    );
  });

  test("a better check never lets more errors through, in expectation", async () => {
    // Seed "test", 4,000 replications a point, common random numbers. Steps of .2 in recall move E by more than 20
    // standard errors here, so that a false alarm needs a deviation of that size.
    const errors: number[] = [];
    for (const recall of [0, 0.2, 0.4, 0.6, 0.8, 1]) {
      const [value] = await measure(
        team(3, {
          task: { graph: { shape: "chain", size: 5 } },
          models: { base: { errorRate: 0.2 } },
          agents: {
            worker: { count: 3, propagation: 0.8, guess: 0.5 },
            lead: { role: "orchestrator", checks: { orchestrator: { recall } } },
          },
          topology: { preset: "star", hub: "lead" },
          protocol: PROTOCOLS.centralized.protocol,
        }),
        4000,
        ["errorsAtAggregation"],
      );
      errors.push(value.mean as number);
    }
    expect(errors).toEqual([...errors].sort((a, b) => b - a));
    expect(errors[5]).toBe(0);
  });
});

describe("limits", () => {
  test("a protocol that would go on for ever ends at its event limit and says so", async () => {
    const endless = team(2, {
      models: { base: { errorRate: 1 } },
      agents: { worker: { count: 2, checks: { self: { recall: 1 } } } },
      limits: { events: 50 },
    });
    const { scenarios } = await run([endless], { replications: 3 });
    expect(scenarios[0].warnings.join()).toMatch(/100 % of the tasks cut off by limits.events/);
  });

  test("loops in which nothing happens end at once", () => {
    const idle = team(1, {
      protocol: [
        { work: { who: "worker" } },
        {
          repeat: {
            rounds: 1e6,
            phases: [{ repeat: { rounds: 1e6, phases: [{ check: { by: "worker" } }] } }],
          },
        },
        { aggregate: { how: "concatenate" } },
      ],
    });
    const [row] = outcomes(idle, 1);
    expect(row[FIELD.success]).toBe(1);
    expect(row[FIELD.cutOff]).toBe(0);
  });

  test("a time limit fails the tasks in flight", () => {
    const slow = team(1, {
      task: { graph: { shape: "chain", size: 5 } },
      limits: { time: 2.5 },
    });
    const [row] = outcomes(slow, 1);
    expect(row[FIELD.success]).toBe(0);
    expect(row[FIELD.cutOff]).toBe(1);
    expect(row[FIELD.missingClaims]).toBe(5);
  });
});
