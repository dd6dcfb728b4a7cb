// People, programs, staff and shifts, against closed forms. Fixed seed "test"; each estimate is compared at its 99.9 % interval
// (false-alarm rate 1 in 1,000 a comparison over seeds). Where the outcome is certain, it is compared exactly. Properties
// have the fixed seed of test/support/propertySeed.ts, and no false alarms.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openCellPool, runCell } from "../../src/experiment/cell.ts";
import { run } from "../../src/experiment/experiment.ts";
import { type MetricValue, readMetric } from "../../src/experiment/result.ts";
import { Engine } from "../../src/model/engine.ts";
import { FIELD, type OutcomeField } from "../../src/model/outcome.ts";
import { rootKey } from "../../src/numerics/draws.ts";
import { shifted } from "../../src/numerics/logit.ts";
import { compile } from "../../src/scenario/compiling/compile.ts";
import { normalise } from "../../src/scenario/normalise.ts";
import { type Scenario, scenarioSchema } from "../../src/scenario/schema.ts";
import { load, scenarioText } from "../scenario/support.ts";
import { agrees, measure, scenario, type Written } from "../support/scenarios.ts";

const HOUR = 3600;
const constant = (mean: number | string) => ({ distribution: "constant", mean });
const exponential = (mean: number | string) => ({ distribution: "exponential", mean });
const WORKDAYS = { days: "mon-fri", hours: "9:00-17:00" };
const EVERY_DAY = { days: "mon-sun", hours: "9:00-17:00" };

/** People who do all the work: one claim in one turn, unless the task says otherwise. */
const desk = (person: Written, written: Written = {}) =>
  scenario({
    task: { graph: { shape: "chain", size: 1 } },
    agents: { person: { kind: "human", errorRate: 0, ...person } },
    protocol: [
      { work: { who: "person" } },
      { aggregate: { how: "concatenate", from: ["person"] } },
    ],
    repeats: 1,
    ...written,
  });

function engineOf(of: Scenario, replication = 0): Engine {
  const engine = new Engine(compile(of), rootKey("test"));
  engine.run(replication);
  return engine;
}
const once = (of: Scenario, field: OutcomeField) => engineOf(of).outcome[FIELD[field]];

/** Tasks that all come at the beginning. */
const atOnce = (tasks: number) => ({ arrivals: "fixed", interval: 0, tasks });

describe("staff", () => {
  /** Chance to wait in M/M/c with `load` busy servers on average: Erlang's C. */
  function erlangC(servers: number, load: number): number {
    let blocked = 1;
    for (let n = 1; n <= servers; n++) blocked = (load * blocked) / (n + load * blocked);
    return blocked / (1 - (load / servers) * (1 - blocked));
  }

  test.each([
    [2, 0.6],
    [3, 0.75],
  ])("of %d serve one queue at utilisation %d: M/M/c", async (staff, utilisation) => {
    const service = 60;
    const load = staff * utilisation;
    const tasks = 600;
    const workload = { arrivals: "poisson", interval: service / load, tasks };
    const of = desk({ staff, duration: exponential(service) }, { workload });
    const pool = await openCellPool({ jobs: 1 });
    const sampling = { replications: 600 };
    const inputs = { scenarios: [of], baseline: -1, seed: "test", sampling, warmUp: 150 };
    const { scenarios } = await runCell(pool, inputs);
    await pool.close();
    const value = (name: string) => readMetric(scenarios[0].metrics, name) as MetricValue;
    const wait = (erlangC(staff, load) * service) / (staff - load);
    expect(agrees(value("latency.mean"), service + wait)).toBe(true);
    expect(agrees(value("utilisation.worker"), utilisation)).toBe(true);
  });

  test("never wait longer with one more of them, each task at the same luck", () => {
    const streams = fc.record({
      staff: fc.integer({ min: 1, max: 4 }),
      interval: fc.integer({ min: 0, max: 120 }),
      replication: fc.nat(1000),
    });
    fc.assert(
      fc.property(streams, ({ staff, interval, replication }) => {
        const workload = { arrivals: "poisson", interval, tasks: 40 };
        const of = (staff: number) =>
          engineOf(desk({ staff, duration: exponential(60) }, { workload }), replication);
        const [few, more] = [of(staff), of(staff + 1)];
        expect(more.outcome[FIELD.latency]).toBeLessThanOrEqual(few.outcome[FIELD.latency] + 1e-6);
      }),
      { numRuns: 200 },
    );
  });

  test("of a model are calls at the same time", () => {
    const models = { base: { errorRate: 0, latency: constant(10) } };
    const agents = { person: { staff: 2 } };
    const of = desk({}, { models, agents, workload: atOnce(4) });
    expect([...engineOf(of).latencies]).toEqual([10, 10, 20, 20]);
  });
});

describe("shifts", () => {
  /** Seconds since Monday 9:00 at which working time is up, of five days of eight hours. */
  function atWork(worked: number): number {
    const days = Math.ceil(worked / (8 * HOUR)) - 1;
    const day = days + 2 * Math.floor(days / 5);
    return day * 24 * HOUR + (worked - days * 8 * HOUR);
  }

  test("cut the time out in which nobody works, and change nothing else", () => {
    const queues = fc.record({
      staff: fc.integer({ min: 1, max: 3 }),
      tasks: fc.integer({ min: 1, max: 30 }),
      hours: fc.double({ min: 0.1, max: 20, noNaN: true }),
      replication: fc.nat(1000),
    });
    fc.assert(
      fc.property(queues, ({ staff, tasks, hours, replication }) => {
        const latencies = (more: Written) => {
          const person = { staff, duration: exponential(hours * HOUR), ...more };
          return [...engineOf(desk(person, { workload: atOnce(tasks) }), replication).latencies];
        };
        const always = latencies({});
        const inShifts = latencies({ shifts: WORKDAYS });
        for (const [i, seconds] of inShifts.entries())
          expect(seconds).toBeCloseTo(atWork(always[i]), 5);
      }),
      { numRuns: 200 },
    );
  });

  test("let a task wait that comes outside them, and work rest", () => {
    const at = (start: string, mean: string) =>
      once(
        desk({ duration: constant(mean), shifts: WORKDAYS }, { workload: workloadAt(start) }),
        "latency",
      );
    const workloadAt = (start: string) => ({ arrivals: "one", start });
    expect(at("mon 9:00", "1h")).toBe(HOUR);
    expect(at("mon 16:00", "1h")).toBe(HOUR);
    expect(at("mon 16:30", "1h")).toBe(17 * HOUR);
    expect(at("mon 17:00", "1h")).toBe(17 * HOUR);
    expect(at("sat 12:00", "1h")).toBe(46 * HOUR);
    expect(at("fri 16:00", "10h")).toBe((1 + 64 + 8 + 16 + 1) * HOUR);
  });

  test("serve those who have waited in the order in which they came", () => {
    const workload = { arrivals: "fixed", interval: "1h", tasks: 3, start: "mon 6:30" };
    const of = desk({ duration: constant("1h"), shifts: EVERY_DAY }, { workload });
    expect([...engineOf(of).latencies]).toEqual([3.5, 3.5, 3.5].map((hours) => hours * HOUR));
  });

  test("mean what the wait for the next of them comes to, where tasks come evenly", () => {
    // One task an hour for a week. From 9:00 to 16:00 it is done within the hour; those from 17:00 to 8:00 wait
    // 16 to 1 hours besides. So many staff that there is no queue.
    const workload = { arrivals: "fixed", interval: "1h", tasks: 168 };
    const of = desk({ duration: constant("1h"), shifts: EVERY_DAY, staff: 20 }, { workload });
    const mean = once(of, "latency") / 168 / HOUR;
    expect(mean).toBeCloseTo((8 + 16 * 9.5) / 24, 9);
  });

  test("are what utilisation is of", async () => {
    // A third of the day is worked, so that ten minutes an hour are half of it, and a quarter for each of two.
    const workload = { arrivals: "fixed", interval: "1h", tasks: 168 };
    const of = (staff: number) =>
      desk({ duration: constant("10min"), shifts: EVERY_DAY, staff }, { workload });
    const [one] = await measure(of(1), 1, ["utilisation.worker"]);
    const [two] = await measure(of(2), 1, ["utilisation.worker"]);
    expect(one.mean).toBeCloseTo(0.5, 9);
    expect(two.mean).toBeCloseTo(0.25, 9);
  });

  test("that leave work undone until the time is up are told", async () => {
    const limits = { time: "20h" };
    const of = (workload: Written, mean: string) =>
      desk({ duration: constant(mean), shifts: WORKDAYS }, { workload, limits });
    const warningsOf = async (scenario: Scenario) =>
      (await run([scenario], { replications: 8, seed: "test" })).scenarios[0].warnings.join();
    const heldUp = "100 % of the tasks were cut off while a turn waited for an agent that was off";
    expect(await warningsOf(of({ arrivals: "one", start: "sat 9:00" }, "1h"))).toContain(heldUp);
    expect(await warningsOf(of({ arrivals: "one" }, "10h"))).toContain(heldUp);
    expect(await warningsOf(of({ arrivals: "one" }, "1h"))).not.toContain("cut off");
  });

  test("hold for models too: a call is work, and the provider's time is not", () => {
    const models = { base: { errorRate: 0, latency: constant("1h"), rateLimit: { calls: 1 } } };
    const agents = { person: { staff: 2, shifts: EVERY_DAY } };
    const workload = { ...atOnce(2), start: "mon 16:30" };
    const of = desk({}, { models, agents, workload });
    expect([...engineOf(of).latencies]).toEqual([17 * HOUR, 17 * HOUR + 60]);
  });
});

describe("the price of people", () => {
  test("by the hour is their working time times it, nights not included", () => {
    const of = (shifts: Written) =>
      desk(
        { duration: constant("6h"), price: { perHour: 50 }, ...shifts },
        { workload: atOnce(3) },
      );
    expect(once(of({}), "cost")).toBeCloseTo(900, 9);
    expect(once(of({ shifts: WORKDAYS }), "cost")).toBeCloseTo(900, 9);
    expect(once(of({ staff: 2 }), "cost")).toBeCloseTo(900, 9);
  });

  test("by the hour follows each duration that is drawn", () => {
    const of = desk({ duration: exponential("1h"), price: { perHour: 36 } });
    const { outcome } = engineOf(of);
    expect(outcome[FIELD.cost]).toBeCloseTo(outcome[FIELD.latency] / 100, 9);
  });

  test("by the turn is the same for each of them, and free where none is stated", () => {
    const task = { graph: { shape: "chain", size: 4 } };
    const duration = constant("1h");
    expect(once(desk({ duration, price: { perTurn: 8 } }, { task }), "cost")).toBe(32);
    expect(once(desk({ duration }, { task }), "cost")).toBe(0);
  });
});

describe("people beside models", () => {
  /** A model works, and a person accepts all of it and hands it on. */
  const reviewed = (written: Written = {}) =>
    scenario({
      task: { graph: { shape: "chain", size: 2 } },
      models: {
        base: { errorRate: 0, thinking: 100, prompt: 50, price: { input: 1, output: 10 } },
      },
      agents: {
        writer: {},
        boss: { kind: "human", role: "orchestrator", errorRate: 0, duration: constant("1min") },
      },
      topology: { preset: "star", header: 20, versionTokens: 60 },
      protocol: [
        { work: { who: "writer" } },
        { send: { from: "writer", to: "boss" } },
        { check: { by: "boss" } },
        { send: { from: "boss", to: "writer", what: "accepted" } },
        { aggregate: { how: "synthesize", by: "boss" } },
      ],
      ...written,
    });

  test("take and write no tokens", () => {
    // Two turns that read the prompt, and the one version held in the second; and one message of two versions.
    const { outcome } = engineOf(reviewed());
    const read = 2 * 50 + 60;
    const message = 20 + 2 * 60;
    expect(outcome[FIELD.turns]).toBe(4);
    expect(outcome[FIELD.messages]).toBe(2);
    expect(outcome[FIELD.tokens]).toBe(read + 2 * 100 + message);
    expect(outcome[FIELD.cost]).toBeCloseTo((read + 10 * (2 * 100 + message)) / 1e6, 12);
  });

  test("leave the budget to the models", () => {
    const budget = { tokens: 200, covers: "thinking" };
    const { outcome } = engineOf(reviewed({ budget }));
    // Two turns that make claims, and again as many and a review, share the budget.
    expect(outcome[FIELD.tokens]).toBe(2 * 50 + 60 + 2 * 40 + 140);
    const modelsOnly = reviewed({ budget, agents: { writer: {}, boss: { role: "orchestrator" } } });
    expect(compile(modelsOnly).budgetTurns).toBe(compile(reviewed({ budget })).budgetTurns + 2);
  });

  test("have no blind spot in common with a family of the same name", async () => {
    const models = { boss: { errorRate: 1, commonCause: 1 } };
    const boss = {
      kind: "human",
      role: "orchestrator",
      errorRate: 0,
      duration: constant(1),
      checks: { orchestrator: { recall: 1 } },
    };
    const [caught] = await measure(reviewed({ models, agents: { writer: {}, boss } }), 64, [
      "checks.caught",
    ]);
    expect(caught.mean).toBe(2);
  });
});

describe("programs", () => {
  const LOSSES = "handoff: 0.3, omission: 0.3, distortion: 0.3, conflict: 0.3, synthesisLoss: 0.3";
  const merged = (merge: string) =>
    load(
      scenarioText({
        head: `agentDefaults: { ${LOSSES} }`,
        task: "task: { graph: { shape: graph, claims: { a: { needs: [], owner: worker }, b: { needs: [a], owner: merge } } }, sharedState: true }",
        models: "models: { base: { errorRate: 0 } }",
        agents: `agents:
  worker: { omission: 0, distortion: 0, conflict: 0, handoff: 0 }
  merge: ${merge}
  desk: { kind: code, role: orchestrator }`,
        topology: "topology: { preset: complete }",
        protocol: `protocol:
  - assign: { to: [worker, merge], mode: owners }
  - work: { who: worker }
  - send: { from: worker, to: merge }
  - work: { who: merge }
  - send: { from: merge, to: desk }
  - aggregate: { how: synthesize, by: desk, from: desk }`,
      }),
    ).then(({ scenario }) => scenario);

  test("lose nothing, whatever the defaults of all agents", async () => {
    const success = async (merge: string) =>
      (await measure(await merged(merge), 512, ["success"]))[0].mean;
    expect(await success("{ kind: code }")).toBe(1);
    expect(await success("{}")).toBeLessThan(0.7);
  });

  test("take no time and cost nothing unless they say so", async () => {
    const of = (agent: Written) => desk({}, { agents: { person: { kind: "code", ...agent } } });
    const { outcome } = engineOf(of({}));
    expect([outcome[FIELD.latency], outcome[FIELD.cost], outcome[FIELD.success]]).toEqual([
      0, 0, 1,
    ]);
    const slow = engineOf(of({ duration: constant(2), price: { perTurn: 0.01 }, errorRate: 1 }));
    expect([FIELD.latency, FIELD.cost, FIELD.success].map((i) => slow.outcome[i])).toEqual([
      2, 0.01, 0,
    ]);
  });

  test("do not guess: what they make without a premise is wrong", async () => {
    const agents = { worker: {}, merge: { kind: "code" } };
    const [errors] = await measure(
      scenario({
        task: {
          graph: { shape: "graph", claims: { a: [], b: { needs: ["a"], owner: "merge" } } },
        },
        models: { base: { errorRate: 0 } },
        agents,
        protocol: [
          { assign: { to: ["merge"], mode: "owners" } },
          { work: { who: "merge" } },
          { aggregate: { how: "concatenate", from: ["merge"] } },
        ],
      }),
      64,
      ["deliverableErrors"],
    );
    expect(errors.mean).toBe(1);
  });
});

describe("fatigue", () => {
  const ERROR = 0.1;
  const FATIGUE = 0.2;
  /** Mean of what the turns of a shift of eight hours come to, at one turn an hour. */
  const overShift = (of: (turn: number) => number) =>
    Array.from({ length: 8 }, (_, turn) => of(turn)).reduce((sum, value) => sum + value, 0) / 8;
  const tired = { fatigue: FATIGUE, duration: constant("1h"), shifts: EVERY_DAY };

  test("raises the error log-odds by the turn, and is gone with the next shift", async () => {
    const task = { graph: { shape: "layers", layers: [16] } };
    const of = (staff: number) => desk({ errorRate: ERROR, ...tired, staff }, { task });
    const [one] = await measure(of(1), 4000, ["deliverableErrors"]);
    const [two] = await measure(of(2), 4000, ["deliverableErrors"]);
    expect(agrees(one, 16 * overShift((turn) => shifted(ERROR, FATIGUE * turn)))).toBe(true);
    expect(agrees(two, 16 * overShift((turn) => shifted(ERROR, (FATIGUE * turn) / 2)))).toBe(true);
  });

  test.each([
    ["lowers the odds of a catch", 1, "checks.caught", 0.8, -FATIGUE],
    ["raises those of a false alarm", 0, "checks.falseAlarms", 0.05, FATIGUE],
  ] as const)("%s", async (_, errorRate, metric, rate, by) => {
    const boss = {
      kind: "human",
      role: "orchestrator",
      errorRate: 0,
      ...tired,
      checks: { orchestrator: { recall: 0.8, falseAlarm: 0.05 } },
    };
    const of = scenario({
      task: { graph: { shape: "chain", size: 1 } },
      models: { base: { errorRate, latency: constant(1) } },
      agents: { writer: {}, boss },
      topology: { preset: "star" },
      protocol: [
        { work: { who: "writer" } },
        { send: { from: "writer", to: "boss" } },
        { check: { by: "boss" } },
        { aggregate: { how: "concatenate", from: ["boss"] } },
      ],
      workload: { ...atOnce(8), start: "mon 8:00" },
    });
    const [value] = await measure(of, 4000, [metric]);
    expect(
      agrees(
        value,
        overShift((turn) => shifted(rate, by * turn)),
      ),
    ).toBe(true);
  });
});

test("a group in its normal form is valid, and means the same", () => {
  const agents = {
    lead: { kind: "model", omission: 0.1 },
    person: { kind: "human", errorRate: 0.1, duration: constant("5min"), shifts: [WORKDAYS] },
    merge: { kind: "code", handoff: 0.1 },
  };
  const models = { base: { errorRate: 0.1 } };
  const normal = normalise(desk({}, { agents, models }));
  expect(normalise(scenarioSchema.parse(structuredClone(normal)))).toEqual(normal);
  expect(normal.agents.merge).toMatchObject({ kind: "code", handoff: 0, errorRate: 0 });
  expect(normal.agents.merge.model ?? normal.agents.person.model).toBeUndefined();
  expect(normal.agents.lead.model).toBe("base");
});
