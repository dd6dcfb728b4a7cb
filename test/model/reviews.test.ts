// Reviews by choice: what a check looks at where it does not look at everything, and what agents state of their confidence.
// Fixed seed "test"; each comparison with a closed form uses a 99.9 % interval (false-alarm rate 1 in 1,000 over seeds).
// Properties run on random scenarios from fast-check at seed 1.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { TaskCase } from "../../src/model/case.ts";
import { Engine } from "../../src/model/engine.ts";
import type { Observer } from "../../src/model/observer.ts";
import { FIELD } from "../../src/model/outcome.ts";
import { normalCdf, normalQuantile } from "../../src/numerics/distributions.ts";
import { rootKey } from "../../src/numerics/draws.ts";
import { compile } from "../../src/scenario/compiling/compile.ts";
import type { Phase } from "../../src/scenario/protocol/phases.ts";
import type { Scenario } from "../../src/scenario/schema.ts";
import { scenarios } from "../support/arbitraries.ts";
import { agrees, measure, outcomes, scenario, type Written } from "../support/scenarios.ts";

const REPLICATIONS = 8192;
/** Error rate of a claim, and how well the reviewer looks. */
const P = 0.3;
const RECALL = 0.8;
const FALSE_ALARM = 0.25;

const CLAIMS = {
  address: { loss: 20 },
  coverage: { loss: 500, critical: true },
  payout: { loss: 4000 },
  report: {},
};
const COUNT = Object.keys(CLAIMS).length;

const END = { aggregate: { how: "concatenate", from: "reviewer" } };

/** A worker makes four independent claims, and a reviewer checks them. */
const reviewed = (check: Written, { worker = {}, ...more }: Written = {}): Scenario =>
  scenario({
    task: { graph: { shape: "graph", claims: CLAIMS } },
    models: { base: { errorRate: P, latency: { distribution: "constant", mean: 1 } } },
    agents: {
      worker,
      reviewer: {
        role: "orchestrator",
        checks: { orchestrator: { recall: RECALL, falseAlarm: FALSE_ALARM } },
      },
    },
    topology: { preset: "complete" },
    protocol: [
      { work: { who: "worker" } },
      { send: { from: "worker", to: "reviewer" } },
      { check: { by: "reviewer", ...check } },
      END,
    ],
    repeats: 1,
    ...more,
  });

/** Compares catches, false alarms and turns with what is expected where some of the claims are looked at. */
async function expectLooks(
  of: Scenario,
  looks: { atWrong: number; atRight: number; turns?: number },
): Promise<void> {
  const [caught, falseAlarms, turns] = await measure(of, REPLICATIONS, [
    "checks.caught",
    "checks.falseAlarms",
    "turns",
  ]);
  expect(agrees(caught, looks.atWrong * P * RECALL)).toBe(true);
  expect(agrees(falseAlarms, looks.atRight * (1 - P) * FALSE_ALARM)).toBe(true);
  if (looks.turns !== undefined) expect(agrees(turns, COUNT + looks.turns)).toBe(true);
}

/** The share of the right or wrong versions whose confidence is stated below t. */
const statedBelow = (t: number, auc: number, isWrong: boolean) => {
  const gap = auc === 1 ? Number.POSITIVE_INFINITY : Math.SQRT2 * normalQuantile(auc);
  return normalCdf(normalQuantile(t) + (isWrong ? gap / 2 : -gap / 2));
};

describe("the share of the errors that a check finds", () => {
  test.each([0.2, 0.7])("share: %f finds share × recall, in as many turns", async (share) => {
    const looks = COUNT * share;
    await expectLooks(reviewed({ share }), { atWrong: looks, atRight: looks, turns: share });
  });

  test.each([
    ["critical", 1],
    ["loss > 1000", 1],
    ["loss >= 500", 2],
    ["loss < 500", 2],
    ["loss <= 0", 1],
  ])("when: %s finds the errors of %i of the four claims × recall", async (when, claims) => {
    await expectLooks(reviewed({ when }), { atWrong: claims, atRight: claims, turns: 1 });
  });

  test("any of several conditions suffices", async () => {
    const when = ["loss > 1000", "critical"];
    await expectLooks(reviewed({ when }), { atWrong: 2, atRight: 2, turns: 1 });
  });

  test("of a kind of claim: share of the kind × recall", async () => {
    const kinds = { payout: { share: 0.15, loss: 4000 }, coverage: { share: 0.1, critical: true } };
    const graph = { shape: "generated", size: COUNT, kinds };
    const looks = COUNT * 0.15;
    await expectLooks(reviewed({ when: "loss > 1000" }, { task: { graph } }), {
      atWrong: looks,
      atRight: looks,
      turns: 1 - 0.85 ** COUNT,
    });
  });

  test.each([
    [0.75, 0.7],
    [0.75, 0.2],
    [0.95, 0.5],
    [0.5, 0.4],
    [1, 0.5],
  ])("of an AUC of %f when: confidence < %f finds Φ(Φ⁻¹(t) + d/2) × recall", async (auc, t) => {
    await expectLooks(
      reviewed({ when: `confidence < ${t}` }, { worker: { confidence: { auc } } }),
      {
        atWrong: COUNT * statedBelow(t, auc, true),
        atRight: COUNT * statedBelow(t, auc, false),
      },
    );
  });

  test("share and when together find the product", async () => {
    const [auc, t, share] = [0.8, 0.6, 0.5];
    const check = { share, when: ["critical", `confidence < ${t}`] };
    await expectLooks(reviewed(check, { worker: { confidence: { auc } } }), {
      atWrong: share * (1 + 3 * statedBelow(t, auc, true)),
      atRight: share * (1 + 3 * statedBelow(t, auc, false)),
      turns: share,
    });
  });

  test("of two makers and one wrong answer when: disagreement finds (1 - p) × recall", async () => {
    const of = reviewed(
      { when: "disagreement" },
      { worker: { count: 2 }, task: { graph: { shape: "chain", size: 1 }, alternatives: 1 } },
    );
    const [caught, falseAlarms, turns] = await measure(of, REPLICATIONS, [
      "checks.caught",
      "checks.falseAlarms",
      "turns",
    ]);
    const differ = 2 * P * (1 - P);
    expect(agrees(caught, differ * RECALL)).toBe(true);
    expect(agrees(falseAlarms, differ * FALSE_ALARM)).toBe(true);
    expect(agrees(turns, 2 + differ)).toBe(true);
  });
});

describe("the sample", () => {
  const turnsBeyond = (protocol: unknown[]) =>
    outcomes(reviewed({}, { protocol }), 400).map((row) => row[FIELD.turns] - COUNT);
  const begin = [{ work: { who: "worker" } }, { send: { from: "worker", to: "reviewer" } }];

  test("is the same in all rounds of a loop", () => {
    // Peers of this kind find nothing, so that nothing leaves the ledger.
    const again = { check: { by: "reviewer", of: "accepted", as: "peer", share: 0.5 } };
    const turns = turnsBeyond([
      ...begin,
      { check: { by: "reviewer", share: 0 } },
      { repeat: { rounds: 3, phases: [again] } },
      END,
    ]);
    expect([...new Set(turns)].sort()).toEqual([0, 3]);
    expect(turns.filter((n) => n === 3).length).toBeGreaterThan(150);
    expect(turns.filter((n) => n === 3).length).toBeLessThan(250);
  });

  test("is another one for each check phase", () => {
    const check = { check: { by: "worker", of: "own", share: 0.5 } };
    const again = { check: { by: "worker", of: "accepted", share: 0.5 } };
    const turns = turnsBeyond([...begin, check, again, END]);
    for (const n of [0, 1, 2]) expect(turns).toContain(n);
  });
});

/** What was stated of right and of wrong versions as they were made. */
class Statements implements Observer<TaskCase> {
  at = 0;
  readonly ofRight: number[] = [];
  readonly ofWrong: number[] = [];

  made(task: TaskCase, _agent: number, version: number): void {
    const stated = task.confidences?.of(version) ?? Number.NaN;
    (task.versions.isErroneous(version) ? this.ofWrong : this.ofRight).push(stated);
  }
}

/** The Mann-Whitney estimate of an AUC with its standard error, by placements (DeLong et al. 1988). */
function aucOf({ ofRight, ofWrong }: Statements): { mean: number; error: number } {
  const below = (x: number, others: number[]) =>
    others.reduce((sum, y) => sum + (y < x ? 1 : y === x ? 0.5 : 0), 0) / others.length;
  const ofEach = [ofRight.map((x) => below(x, ofWrong)), ofWrong.map((x) => 1 - below(x, ofRight))];
  const mean = (all: number[]) => all.reduce((sum, x) => sum + x, 0) / all.length;
  const variances = ofEach.map(
    (all) => mean(all.map((x) => (x - mean(all)) ** 2)) / (all.length - 1),
  );
  return { mean: mean(ofEach[0]), error: Math.sqrt(variances[0] + variances[1]) };
}

function statements(of: Scenario, replications: number): Statements {
  const observer = new Statements();
  const engine = new Engine(compile(of), rootKey("test"), { observer });
  for (let i = 0; i < replications; i++) engine.run(i);
  return observer;
}

describe("the confidence that an agent states", () => {
  test.each([0.5, 0.6, 0.75, 0.9, 0.99])("ranks right above wrong with AUC %f", (auc) => {
    const of = reviewed({ when: "confidence < 0.5" }, { worker: { confidence: { auc } } });
    const { mean, error } = aucOf(statements(of, 1000));
    expect(Math.abs(mean - auc)).toBeLessThan(3.29 * error);
    expect(error).toBeLessThan(0.01);
  });

  test("with an AUC of 1 is 1 of a right and 0 of a wrong version", () => {
    const of = reviewed({ when: "confidence < 0.5" }, { worker: { confidence: { auc: 1 } } });
    const { ofRight, ofWrong } = statements(of, 50);
    expect(new Set(ofRight)).toEqual(new Set([1]));
    expect(new Set(ofWrong)).toEqual(new Set([0]));
  });

  /** Of a worker that is sure of what is right and of nothing else. */
  const sure = { confidence: { auc: 1 } };

  test("takes an inherited error for one", () => {
    const task = { graph: { shape: "chain", size: 3 } };
    const rows = outcomes(reviewed({ when: "confidence < 0.5" }, { worker: sure, task }), 50);
    const looks = rows.map((row) => row[FIELD.caught] + row[FIELD.missed]);
    expect(looks).toEqual(rows.map((row) => row[FIELD.faults] + row[FIELD.inherited]));
    expect(rows.some((row) => row[FIELD.inherited] > 0)).toBe(true);
  });

  test("stays as it was where the version goes wrong on the way", () => {
    const models = { base: { errorRate: 0 } };
    const worker = { ...sure, distortion: 1 };
    const rows = outcomes(reviewed({ when: "confidence < 0.5" }, { worker, models }), 50);
    expect(rows.every((row) => row[FIELD.caught] + row[FIELD.missed] === 0)).toBe(true);
    expect(rows.every((row) => row[FIELD.deliverableErrors] === COUNT)).toBe(true);
  });

  test("is passed on by who forwards the version", () => {
    const of = scenario({
      task: { graph: { shape: "chain", size: 1 } },
      models: { base: { errorRate: 0.5 } },
      agents: { worker: sure, courier: {}, reviewer: { checks: { peer: { recall: 1 } } } },
      topology: {
        edges: [
          { from: "worker", to: "courier" },
          { from: "courier", to: "reviewer" },
        ],
      },
      protocol: [
        { work: { who: "worker" } },
        { send: { from: "worker", to: "courier" } },
        { send: { from: "courier", to: "reviewer" } },
        { check: { by: "reviewer", when: "confidence < 0.5" } },
        END,
      ],
    });
    const rows = outcomes(of, 50);
    const sum = (field: number) => rows.reduce((all, row) => all + row[field], 0);
    expect(sum(FIELD.caught)).toBe(sum(FIELD.faults));
    expect(sum(FIELD.deliverableErrors)).toBe(0);
    expect(sum(FIELD.caught)).toBeGreaterThan(10);
    expect(sum(FIELD.success)).toBeGreaterThan(10);
  });

  test("meets no condition where nobody stated it", () => {
    for (const when of ["confidence < 0.5", "confidence >= 0.5"]) {
      const rows = outcomes(reviewed({ when }), 50);
      expect(rows.every((row) => row[FIELD.caught] + row[FIELD.missed] === 0)).toBe(true);
    }
  });
});

describe("what is accepted unseen", () => {
  test("is accepted: it is delivered by who synthesizes what it accepted", () => {
    const [row] = outcomes(
      reviewed(
        { share: 0 },
        {
          models: { base: { errorRate: 0 } },
          protocol: [
            { work: { who: "worker" } },
            { send: { from: "worker", to: "reviewer" } },
            { check: { by: "reviewer", share: 0 } },
            { aggregate: { how: "synthesize", by: "reviewer" } },
          ],
        },
      ),
      1,
    );
    expect(row[FIELD.missingClaims]).toBe(0);
    expect(row[FIELD.turns]).toBe(COUNT + 1);
  });

  test("is something that happened in a round: the loop goes on", () => {
    const [row] = outcomes(
      reviewed(
        {},
        {
          models: { base: { errorRate: 0 } },
          protocol: [
            { work: { who: "worker" } },
            {
              repeat: {
                rounds: 5,
                until: "complete",
                phases: [
                  { send: { from: "worker", to: "reviewer", what: "accepted" } },
                  { check: { by: "worker", of: "own", share: 0 } },
                ],
              },
            },
            END,
          ],
        },
      ),
      1,
    );
    expect(row[FIELD.missingClaims]).toBe(0);
  });

  test("is told to an observer, and its rivals are gone", () => {
    const unseen: number[] = [];
    const rivals: boolean[] = [];
    const observer: Observer<TaskCase> = {
      at: 0,
      acceptedUnseen(task, agent, version) {
        unseen.push(task.versions.claim[version]);
        rivals.push(task.beliefs.first[task.slot(agent, task.versions.claim[version])] > 0);
      },
    };
    const of = reviewed({ when: "critical" }, { worker: { count: 2 } });
    new Engine(compile(of), rootKey("test"), { observer }).run(0);
    expect(unseen).toEqual([0, 2, 3]);
    expect(rivals).toEqual([false, false, false]);
  });
});

describe("a check that leaves nothing out is a plain one", () => {
  /** The scenario with fields of each of its checks replaced. */
  const withChecks = (of: Scenario, fields: Written): Scenario => {
    const replaced = (phases: readonly Phase[]): Phase[] =>
      phases.map((phase) => ({
        ...phase,
        ...(phase.check && { check: { ...phase.check, ...fields } }),
        ...(phase.repeat && { repeat: { ...phase.repeat, phases: replaced(phase.repeat.phases) } }),
      }));
    return { ...of, protocol: replaced(of.protocol) };
  };
  const withConfidence = (of: Scenario, auc: number): Scenario => ({
    ...of,
    agents: Object.fromEntries(
      Object.entries(of.agents).map(([name, agent]) => [name, { ...agent, confidence: { auc } }]),
    ),
  });

  test.each([
    ["share: 1", { share: 1 }],
    ["a loss that all have", { when: ["loss >= 0"] }],
    ["a confidence that all state", { when: ["confidence >= 0"] }],
    ["one that no check asks for", {}],
  ])("%s", (_, fields) => {
    fc.assert(
      fc.property(scenarios(), fc.double({ min: 0.5, max: 1, noNaN: true }), (of, auc) => {
        const chosen = withChecks(withConfidence(of, auc), fields);
        expect(outcomes(chosen, 8)).toEqual(outcomes(of, 8));
      }),
      { seed: 1, numRuns: 60 },
    );
  });
});
