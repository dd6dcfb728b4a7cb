// Beliefs: what agents that hear each other come to stand by, against closed forms and as properties. All tests run at the fixed
// seed "test"; each compares one estimate with its 99.9 % interval (false-alarm rate 1 in 1,000 a comparison over seeds).
import { describe, expect, test } from "vitest";
import { agrees, measure, team } from "../support/scenarios.ts";

const REPLICATIONS = 10_000;
const ALL = { preset: "complete" };
const QUESTION = { graph: { shape: "chain", size: 1 }, alternatives: 1 };

const model = (errorRate: number, more = {}) => ({
  base: { errorRate, latency: { distribution: "constant", mean: 1 }, ...more },
});

const talk = (rounds: number, how = {}) => ({
  repeat: {
    rounds,
    until: "never",
    phases: [
      { send: { from: "worker", to: "worker", what: "all", broadcast: true, ...how } },
      { revise: { who: "worker" } },
    ],
  },
});

/** Agents that answer one question, talk for some rounds, and vote. */
const debate = (count: number, errorRate: number, rounds: number, belief = {}, how = {}) =>
  team(count, {
    task: QUESTION,
    models: model(errorRate),
    agents: { worker: { count, belief } },
    topology: ALL,
    protocol: [
      { work: { who: "worker" } },
      ...(rounds > 0 ? [talk(rounds, how)] : []),
      { aggregate: { how: "majority", from: "worker" } },
    ],
  });

describe("the urn", () => {
  test.each([
    [1, {}],
    [4, {}],
    [3, { self: 3 }],
    [3, { self: 0.2, peer: 2 }],
  ])(
    "without discernment the mean accuracy is a martingale: %i rounds, belief %j",
    async (rounds, belief) => {
      const [errors] = await measure(debate(4, 0.3, rounds, belief), REPLICATIONS, [
        "errorsAtAggregation",
      ]);
      expect(agrees(errors, 4 * 0.3)).toBe(true);
    },
  );

  test("two agents of weights self and peer: each adopts the other answer with peer / (self + peer)", async () => {
    const [self, peer] = [3, 1];
    const names = ["beliefs.misled", "beliefs.corrected"];
    const [misled, corrected] = await measure(
      debate(2, 0.3, 1, { self, peer }),
      REPLICATIONS,
      names,
    );
    const disputed = 2 * 0.3 * 0.7;
    expect(agrees(misled, (disputed * peer) / (self + peer))).toBe(true);
    expect(agrees(corrected, (disputed * peer) / (self + peer))).toBe(true);
  });

  test("discernment d weighs the right answer d times: it is kept with d / (1 + d)", async () => {
    const d = 3;
    const [misled, corrected] = await measure(debate(2, 0.3, 1, { discernment: d }), REPLICATIONS, [
      "beliefs.misled",
      "beliefs.corrected",
    ]);
    const disputed = 2 * 0.3 * 0.7;
    expect(agrees(misled, (disputed * 1) / (1 + d))).toBe(true);
    expect(agrees(corrected, (disputed * d) / (1 + d))).toBe(true);
  });

  test("repetition adds up: an answer heard n times weighs n", async () => {
    const [self, n] = [1, 3];
    const repeated = team(2, {
      task: QUESTION,
      models: model(0.3),
      topology: ALL,
      protocol: [
        { work: { who: "worker" } },
        ...Array.from({ length: n }, () => ({
          send: { from: "worker.1", to: "worker.2", what: "all" },
        })),
        { revise: { who: "worker.2" } },
        { aggregate: { how: "first", from: "worker.2" } },
      ],
    });
    const [misled] = await measure(repeated, REPLICATIONS, ["beliefs.misled"]);
    expect(agrees(misled, (0.3 * 0.7 * n) / (self + n))).toBe(true);
  });

  test("several rivals stand beside each other: one of three answers is drawn, and two of three give up the first", async () => {
    const different = team(3, {
      task: { graph: { shape: "chain", size: 1 } },
      models: model(0.5),
      topology: ALL,
      protocol: [
        { work: { who: "worker" } },
        { send: { from: "worker", to: "worker.1", what: "all" } },
        { revise: { who: "worker.1" } },
        { aggregate: { how: "first", from: "worker.1" } },
      ],
    });
    // Right answers agree, wrong ones never do: the share of right ones among the three is what is drawn from.
    const [success, misled] = await measure(different, REPLICATIONS, ["success", "beliefs.misled"]);
    expect(agrees(success, 0.5)).toBe(true);
    // The first is right and gives way to one of two wrong others, or to the wrong one of two.
    expect(agrees(misled, 0.5 * (0.25 * (2 / 3) + 0.5 * (1 / 3)))).toBe(true);
  });
});

describe("trust", () => {
  const told = (belief: object, trust: number) =>
    team(1, {
      task: QUESTION,
      models: { ...model(0.3), never: { errorRate: 0 } },
      agents: { worker: { model: "base", belief }, lead: { role: "orchestrator", model: "never" } },
      topology: { edges: [{ from: "lead", to: "worker", trust }] },
      protocol: [
        { work: { who: ["worker", "lead"] } },
        { send: { from: "lead", to: "worker" } },
        { revise: { who: "worker" } },
        { aggregate: { how: "first", from: "worker" } },
      ],
    });

  test.each([
    [{ orchestrator: 4, peer: 0 }, 1, 4 / 5],
    [{ orchestrator: 4 }, 0.5, 2 / 3],
    [{ orchestrator: 0 }, 1, 0],
    [{ self: 0, orchestrator: 1 }, 1, 1],
  ])(
    "belief %j over an edge of trust %f: the hub's answer is adopted with %f",
    async (belief, trust, adopts) => {
      const [success] = await measure(told(belief, trust), REPLICATIONS, ["success"]);
      expect(agrees(success, 0.7 + 0.3 * adopts)).toBe(true);
    },
  );

  test("a tally counts for the crowd behind it", async () => {
    // The lead has heard two peers say what it says itself: it speaks for three.
    const crowd = team(0, {
      task: QUESTION,
      models: { ...model(1), never: { errorRate: 0 } },
      agents: {
        worker: { count: 2, model: "never" },
        lead: { role: "orchestrator", model: "never" },
        listener: { model: "base" },
      },
      topology: ALL,
      protocol: [
        { work: { who: ["worker", "lead", "listener"] } },
        { send: { from: "worker", to: "lead", what: "all" } },
        { send: { from: "lead", to: "listener", what: "all", show: "tally" } },
        { revise: { who: "listener" } },
        { aggregate: { how: "first", from: "listener" } },
      ],
    });
    const [success] = await measure(crowd, REPLICATIONS, ["success"]);
    expect(agrees(success, 3 / 4)).toBe(true);
  });
});

describe("ability", () => {
  const odds = (share: number) => share / (1 - share);
  const shifted = (share: number, by: number) => {
    const o = odds(share) * Math.exp(by);
    return o / (1 + o);
  };

  test("lowers the odds of an error, and raises those of a catch", async () => {
    const ability = 1.2;
    const reviewed = team(1, {
      task: QUESTION,
      models: model(0.4, { ability }),
      agents: { worker: { checks: { self: { recall: 0.5 } } } },
      protocol: [
        { work: { who: "worker", turns: 2 } },
        { aggregate: { how: "first", from: "worker" } },
      ],
    });
    const [errors, caught] = await measure(reviewed, REPLICATIONS, ["faults.own", "checks.caught"]);
    const p = shifted(0.4, -ability);
    expect(agrees(errors, p)).toBe(true);
    expect(agrees(caught, p * shifted(0.5, ability))).toBe(true);
  });

  test("gives no eye to an agent that has none, and sharpens the eye of one that has", async () => {
    const [ability, d] = [1, 2];
    const adopted = async (discernment: number) => {
      const pair = team(0, {
        task: QUESTION,
        models: { ...model(0.3, { ability: 0 }), able: { errorRate: 1, ability } },
        agents: {
          worker: { model: "able", belief: { discernment } },
          teller: { model: "base" },
        },
        topology: ALL,
        protocol: [
          { work: { who: ["worker", "teller"] } },
          { send: { from: "teller", to: "worker" } },
          { revise: { who: "worker" } },
          { aggregate: { how: "first", from: "worker" } },
        ],
      });
      return (await measure(pair, REPLICATIONS, ["success"]))[0];
    };
    expect(agrees(await adopted(1), 0.7 / 2)).toBe(true);
    const sharpened = 1 + (d - 1) * Math.exp(ability);
    expect(agrees(await adopted(d), (0.7 * sharpened) / (1 + sharpened))).toBe(true);
  });

  test("of an orchestrator decides how much reaches the deliverable: weaker costs, stronger gains", async () => {
    const led = (ability: number) =>
      team(1, {
        task: { graph: { shape: "chain", size: 3 } },
        models: { ...model(0.3), lead: { errorRate: 0.3, ability } },
        agents: {
          worker: { model: "base" },
          lead: {
            role: "orchestrator",
            model: "lead",
            synthesisLoss: 0.1,
            checks: { orchestrator: { recall: 0.6, falseAlarm: 0.1 } },
          },
        },
        topology: { preset: "star", hub: "lead" },
        protocol: [
          {
            repeat: {
              rounds: 3,
              until: "complete",
              phases: [
                { work: { who: "worker", turns: 3 } },
                { send: { from: "worker", to: "lead" } },
                { check: { by: "lead" } },
              ],
            },
          },
          { aggregate: { how: "synthesize", by: "lead" } },
        ],
      });
    const [weak, same, strong] = await Promise.all(
      [-1, 0, 1].map(async (ability) => (await measure(led(ability), 4000, ["success"]))[0]),
    );
    expect(weak.ci[1]).toBeLessThan(same.ci[0] as number);
    expect(same.ci[1]).toBeLessThan(strong.ci[0] as number);
  });
});

describe("difficulty effect", () => {
  test("what is hard to make is hard to check, as far as the difficulty reaches the check", async () => {
    const [difficulty, effect] = [1.5, 0.6];
    const hard = team(1, {
      task: { ...QUESTION, difficulty },
      models: model(0.2),
      agents: {
        worker: { difficultyEffect: effect, checks: { self: { recall: 0.7, falseAlarm: 0.1 } } },
      },
      protocol: [
        { work: { who: "worker", turns: 2 } },
        { aggregate: { how: "first", from: "worker" } },
      ],
    });
    const [caught, falseAlarms] = await measure(hard, REPLICATIONS, [
      "checks.caught",
      "checks.falseAlarms",
    ]);
    const shifted = (share: number, by: number) => 1 / (1 + ((1 - share) / share) * Math.exp(-by));
    const p = shifted(0.2, difficulty);
    expect(agrees(caught, p * shifted(0.7, -effect * difficulty))).toBe(true);
    expect(agrees(falseAlarms, (1 - p) * shifted(0.1, effect * difficulty))).toBe(true);
  });
});
