// The breakdown of a result: what it tells of agents, claims and classes adds up to the metrics of the whole, and keeps to closed
// forms. Intervals at 99.9 %: see `agrees`.
import { describe, expect, test } from "vitest";
import { run } from "../../src/experiment/experiment.ts";
import { type MetricValue, readMetric } from "../../src/experiment/result.ts";
import type { Scenario } from "../../src/scenario/schema.ts";
import { agrees, team } from "../support/scenarios.ts";

const REPLICATIONS = 8192;
const worth = {
  shape: "graph",
  claims: { a: { loss: 100 }, b: { loss: 10 }, c: [] },
};

async function resultOf(of: Scenario, replications = REPLICATIONS, jobs = 1) {
  const { scenarios } = await run([of], { replications, jobs });
  return scenarios[0];
}

const total = (
  parts: Readonly<Record<string, Readonly<Record<string, MetricValue>>>>,
  of: string,
) => Object.values(parts).reduce((sum, part) => sum + (part[of].mean as number), 0);

const relay = team(1, {
  task: {
    graph: worth,
    difficultySpread: 1,
    classes: { easy: { share: 0.7 }, hard: { share: 0.3, difficulty: 2 } },
  },
  models: { base: { errorRate: 0.2, failure: 0.2, price: { input: 3, output: 15 } } },
  agents: { first: { omission: 0.2, distortion: 0.2 }, second: { propagation: 0.5 } },
  topology: { preset: "complete" },
  protocol: [
    { work: { who: "first" } },
    { send: { from: "first", to: "second" } },
    { check: { by: "second" } },
    { aggregate: { how: "concatenate", from: "second" } },
  ],
});

describe("sums", () => {
  test("agents, claims and classes add up to the whole", async () => {
    const { breakdown, metrics } = await resultOf(relay, 1024);
    const of = (name: string) => readMetric(metrics, name)?.mean as number;
    const { agents = {}, claims = {}, classes = {} } = breakdown ?? {};
    expect(total(agents, "turns")).toBeCloseTo(of("turns"), 9);
    expect(total(agents, "cost")).toBeCloseTo(of("cost"), 9);
    expect(total(agents, "loss")).toBeCloseTo(of("loss.wrong"), 9);
    expect(total(claims, "loss")).toBeCloseTo(of("loss.total"), 9);
    expect(total(claims, "wrong")).toBeCloseTo(of("deliverableErrors"), 9);
    expect(total(claims, "missing")).toBeCloseTo(of("missingClaims"), 9);
    expect(total(classes, "tasks")).toBeCloseTo(1, 9);
    const success = Object.values(classes).map(
      ({ tasks, success }) => (tasks.mean as number) * (success.mean as number),
    );
    expect(success[0] + success[1]).toBeCloseTo(of("success"), 9);
  });

  test("the same for any number of threads", async () => {
    const [one, two] = await Promise.all([1, 2].map((jobs) => resultOf(relay, 512, jobs)));
    expect(two).toEqual(one);
  });

  test("a scenario that states no value has none", async () => {
    expect(await resultOf(team(2, {}), 64)).not.toHaveProperty("breakdown");
  });
});

describe("closed forms", () => {
  test("an error that began on the way is its sender's, one that was made is its maker's", async () => {
    const { breakdown } = await resultOf(
      team(1, {
        task: { graph: { shape: "graph", claims: { a: { loss: 100 } } } },
        models: { base: { errorRate: 0.2 } },
        agents: { maker: {}, teller: { distortion: 0.25 }, reader: {} },
        topology: { preset: "complete" },
        protocol: [
          { work: { who: "maker" } },
          { send: { from: "maker", to: "teller" } },
          { send: { from: "teller", to: "reader" } },
          { aggregate: { how: "concatenate", from: "reader" } },
        ],
      }),
    );
    const { maker, teller, reader } = breakdown?.agents ?? {};
    expect(agrees(maker.loss, 0.2 * 100)).toBe(true);
    expect(agrees(teller.loss, 0.8 * 0.25 * 100)).toBe(true);
    expect(reader.loss.mean).toBe(0);
  });

  test("where no loss was seen, its bound is that of a few claims at what one costs", async () => {
    const { breakdown, metrics } = await resultOf(
      team(1, { task: { graph: worth }, models: { base: { errorRate: 0 } } }),
      1024,
    );
    const { loss } = breakdown?.claims?.a ?? {};
    // So with the loss of the whole, of which any claim may be the next.
    const whole = readMetric(metrics, "loss.total");
    expect(whole?.ci[1]).toBeCloseTo((100 * 3.689) / 1024, 3);
    // 3.689 affected instances: the Poisson upper bound at 97.5 %.
    expect(loss?.ci[1]).toBeCloseTo((100 * 3.689) / 1024, 3);
  });
});

test("kinds of claims of a generated task are told, with those of no kind", async () => {
  const { breakdown } = await resultOf(
    team(1, {
      task: {
        graph: { shape: "generated", size: 10, kinds: { payout: { share: 0.25, loss: 50 } } },
      },
      models: { base: { errorRate: 0.1 } },
    }),
  );
  const { payout, "other claims": others } = breakdown?.claims ?? {};
  expect(agrees(payout.loss, 10 * 0.25 * 0.1 * 50)).toBe(true);
  expect(agrees(others.wrong, 0.1)).toBe(true);
  expect(others.loss.mean).toBe(0);
});

test("classes that are larger have all their claims counted", async () => {
  const { breakdown, metrics } = await resultOf(
    team(1, {
      task: {
        graph: { shape: "generated", size: 4, limit: 20 },
        classes: { small: { share: 0.5 }, large: { share: 0.5, sizeFactor: 3 } },
      },
      models: { base: { errorRate: 0.2 } },
      objectives: { latency: 60, loss: 5 },
    }),
    64,
  );
  const { claims = {}, agents = {} } = breakdown ?? {};
  expect(Object.keys(claims)).toHaveLength(12);
  const wrong = Object.values(claims).reduce((sum, { wrong }) => sum + (wrong.mean as number), 0);
  expect(wrong).toBeGreaterThan(0);
  expect(agents.worker.turns.mean).toBe(readMetric(metrics, "turns")?.mean);
});

test("the claims of a kind go round among its owners", async () => {
  const { breakdown, metrics } = await resultOf(
    team(1, {
      task: {
        graph: {
          shape: "generated",
          size: 12,
          kinds: {
            payout: { share: 0.25, loss: 50, owner: ["lead"] },
            address: { share: 0.75, owner: ["clerk"] },
          },
        },
      },
      agents: { lead: {}, clerk: { count: 2 } },
      models: { base: { errorRate: 0.1 } },
      protocol: [
        { assign: { mode: "owners" } },
        { work: { who: ["lead", "clerk"] } },
        { aggregate: { how: "concatenate", from: ["lead", "clerk"] } },
      ],
    }),
  );
  const { lead, "clerk.1": first, "clerk.2": second } = breakdown?.agents ?? {};
  expect(agrees(lead.turns, 3)).toBe(true);
  expect(agrees(first.turns, 4.5)).toBe(true);
  expect(agrees(second.turns, 4.5)).toBe(true);
  expect(agrees(lead.loss, 12 * 0.25 * 0.1 * 50)).toBe(true);
  expect(first.loss.mean).toBe(0);
  expect(readMetric(metrics, "missingClaims")?.mean).toBe(0);
});
