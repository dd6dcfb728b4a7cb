// The study of how one falsehood spreads: what is computed without simulation against closed forms, and the simulated
// spread against the exact chain. Simulations run at fixed seeds; each comparison uses a 99.9 % interval (false-alarm
// rate 1 in 1,000 over seeds).
import { describe, expect, test } from "vitest";
import { adjacencyOf, trustOf } from "../../src/literature/contagion/networks.ts";
import { SPREADS } from "../../src/literature/contagion/published.ts";
import {
  type Adjacency,
  exactShares,
  isAcyclic,
  recursionShares,
  spectralRadius,
  trusting,
} from "../../src/literature/contagion/recursion.ts";
import { CONTAGION } from "../../src/literature/contagion/study.ts";
import { shipped } from "../../src/literature/shipped.ts";
import { estimateIn, simulate } from "../../src/literature/simulate.ts";
import { agrees, wide } from "../support/scenarios.ts";

const FILES = [...SPREADS.map(({ file }) => file), "leaf"];

async function network(file: string, changes = {}) {
  return adjacencyOf(await shipped(`contagion/${file}.yaml`, changes));
}

describe("without simulation", () => {
  const pair: Adjacency = [
    [0, 1],
    [0, 0],
  ];

  test("of two agents the second is infected with 1 - (1 - beta)^t", () => {
    const shares = exactShares({ adjacency: pair, source: 0, beta: 0.3, delta: 0 }, 4);
    shares.forEach((share, t) => {
      expect(share).toBeCloseTo((1 + 1 - 0.7 ** t) / 2, 12);
    });
  });

  test("recursion and exact chain agree where nobody hears of it in two ways", () => {
    const spread = { adjacency: pair, source: 0, beta: 0.3, delta: 0 };
    const exact = exactShares(spread, 5);
    recursionShares(spread, 5).forEach((share, t) => {
      expect(share).toBeCloseTo(exact[t], 12);
    });
  });

  test("in the first round recursion and exact chain agree in every network", async () => {
    for (const file of FILES) {
      const spread = { adjacency: await network(file), source: 0, beta: 0.4, delta: 0.1 };
      expect(recursionShares(spread, 1)[1]).toBeCloseTo(exactShares(spread, 1)[1], 12);
    }
  });

  test("spectral radius: n - 1 of a mesh, √(n - 1) of a star, 0 of a chain", async () => {
    expect(spectralRadius(await network("mesh"))).toBeCloseTo(4, 9);
    expect(spectralRadius(await network("hub"))).toBeCloseTo(2, 9);
    expect(spectralRadius(await network("chain"))).toBeLessThan(0.01);
    expect(isAcyclic(await network("chain"))).toBe(true);
    expect(isAcyclic(await network("back-edges"))).toBe(false);
  });

  test("bad input is refused", () => {
    const spread = { adjacency: pair, source: 0, beta: 0.3, delta: 0 };
    expect(() => exactShares({ ...spread, beta: 1.1 }, 1)).toThrow(RangeError);
    expect(() => exactShares({ ...spread, source: 2 }, 1)).toThrow(RangeError);
    expect(() => exactShares({ ...spread, adjacency: [[0, 1]] }, 1)).toThrow(RangeError);
    expect(() => recursionShares(spread, 0.5)).toThrow(RangeError);
    const eleven = Array.from({ length: 11 }, () => new Array<number>(11).fill(0));
    expect(() => exactShares({ ...spread, adjacency: eleven }, 1)).toThrow(/at most 10/);
  });
});

describe("directed trust", () => {
  const HUB = 0;
  const [LEAF, BETA] = [1, 0.3];
  const ROUNDS = [1, 2, 3, 4, 5];
  const caught = (t: number, beta = BETA) => 1 - (1 - beta) ** t;
  const leavesBelieve = (from: number) => (from === HUB ? 1 : 0);
  const hubBelieves = (from: number) => (from === HUB ? 0 : 1);

  /** Share after each round, by the recursion and by the chain of all states. */
  async function shares(trust: (from: number, to: number) => number, source: number) {
    const adjacency = trusting(await network("hub"), trust);
    const spread = { adjacency, source, beta: BETA, delta: 0 };
    return [recursionShares(spread, 5), exactShares(spread, 5)];
  }

  test("where only the leaves believe, the hub reaches each of them with 1 - (1 - beta)^t, and a leaf nobody", async () => {
    for (const course of await shares(leavesBelieve, HUB))
      for (const t of ROUNDS) expect(course[t]).toBeCloseTo((1 + 4 * caught(t)) / 5, 12);
    for (const course of await shares(leavesBelieve, LEAF)) expect(course[5]).toBe(1 / 5);
  });

  test("where only the hub believes, it is the last to be reached", async () => {
    for (const course of await shares(hubBelieves, LEAF))
      for (const t of ROUNDS) expect(course[t]).toBeCloseTo((1 + caught(t)) / 5, 12);
    for (const course of await shares(hubBelieves, HUB)) expect(course[5]).toBe(1 / 5);
  });

  test("half the trust is half of beta, and a hub in doubt slows a leaf's falsehood twice", async () => {
    for (const course of await shares(() => 0.5, HUB))
      expect(course[1]).toBeCloseTo((1 + 4 * caught(1, BETA / 2)) / 5, 12);
    const doubting = (from: number) => (from === HUB ? 1 : 0.2);
    const [slow] = await shares(doubting, LEAF);
    const [fast] = await shares(() => 1, LEAF);
    expect(slow[2] * 5 - 1).toBeCloseTo(caught(2, 0.2 * BETA) + 3 * 0.2 * BETA * BETA, 12);
    expect(slow[5]).toBeLessThan(fast[5]);
  });

  test("of an outbreak only what comes back counts: ρ is √(4 · trust · trust back) of a star", async () => {
    const star = await network("hub");
    const doubting = trusting(star, (from) => (from === HUB ? 1 : 0.25));
    expect(spectralRadius(doubting)).toBeCloseTo(1, 9);
    expect(isAcyclic(trusting(star, leavesBelieve))).toBe(true);
  });

  test("trust outside 0..1 is refused, and so are weights that make a chance of more than 1", async () => {
    expect(() => trusting([[1]], () => 1.1)).toThrow(RangeError);
    const spread = {
      adjacency: [
        [0, 2],
        [0, 0],
      ],
      source: 0,
      beta: 0.6,
      delta: 0,
    };
    expect(() => recursionShares(spread, 1)).toThrow(/weight times beta/);
  });
});

describe("simulated", () => {
  test("every network agrees with the exact chain in every round, and with the recursion within .05", async () => {
    const rounds = [1, 2, 3, 4, 5];
    const trials = FILES.flatMap((file) =>
      rounds.map((t) => ({
        name: `${file}/${t}`,
        scenarios: [{ file: `contagion/${file}.yaml`, changes: { "parameters.rounds": t } }],
        replications: 4000,
      })),
    );
    const results = await simulate(trials, { seed: "test", jobs: 1 });
    for (const file of FILES) {
      const { parameters } = await shipped(`contagion/${file}.yaml`);
      const { beta, delta } = parameters;
      const spread = { adjacency: await network(file), source: 0, beta, delta };
      const exact = exactShares(spread, 5);
      const recursion = recursionShares(spread, 5);
      for (const t of rounds) {
        const held = estimateIn(results, `${file}/${t}`, "errorsAtAggregation");
        expect(agrees(held, 5 * exact[t]), `${file} after ${t} rounds`).toBe(true);
        expect(Math.abs((held.mean as number) / 5 - recursion[t])).toBeLessThan(0.05);
      }
    }
  });

  test("a check of what was accepted looks at it again: after t rounds a lone holder still believes with (1 - delta)^t", async () => {
    const changes = {
      "parameters.beta": 0.001,
      "parameters.delta": 0.3,
      "parameters.rounds": 3,
      "topology.weight": 0,
    };
    const lone = { file: "contagion/mesh.yaml", changes };
    const results = await simulate([{ name: "lone", scenarios: [lone], replications: 8000 }], {
      seed: "test",
      jobs: 1,
    });
    const held = estimateIn(results, "lone", "errorsAtAggregation");
    expect(agrees(held, 0.7 ** 3)).toBe(true);
  });

  test("who believes a correction is immune: with beta 1 it ends the falsehood in one round", async () => {
    const changes = { "parameters.beta": 1, "parameters.delta": 0 };
    const corrected = { file: "contagion/correction.yaml", changes };
    const results = await simulate([{ name: "all", scenarios: [corrected], replications: 200 }], {
      seed: "test",
      jobs: 1,
    });
    expect(estimateIn(results, "all", "errorsAtAggregation").mean).toBe(0);
  });
});

describe("opinions in a star with directed trust", () => {
  const ENTRIES = {
    hub: {},
    leaf: { "agents.hub.model": "right", "agents.entry.model": "wrong" },
  } as const;

  /** Holders after so many rounds. */
  async function holders(entry: keyof typeof ENTRIES, down: number, up: number, rounds: number) {
    const parameters = {
      "parameters.down": down,
      "parameters.up": up,
      "parameters.rounds": rounds,
    };
    const star = { file: "contagion/trust.yaml", changes: { ...ENTRIES[entry], ...parameters } };
    const trial = { name: "star", scenarios: [star], replications: 1600 };
    const results = await simulate([trial], { seed: "test", jobs: 1 });
    return estimateIn(results, "star", "errorsAtAggregation");
  }

  test("are drawn by trust: after one round every agent holds what it has heard with its share of the weight", async () => {
    for (const [down, up] of [
      [4, 0.25],
      [1, 2],
    ]) {
      const [hubKeeps, leafTurns] = [1 / (1 + 4 * up), down / (1 + down)];
      expect(agrees(await holders("hub", down, up, 1), hubKeeps + 4 * leafTurns)).toBe(true);
      const [leafKeeps, hubTurns] = [1 / (1 + down), up / (1 + 4 * up)];
      expect(agrees(await holders("leaf", down, up, 1), leafKeeps + hubTurns)).toBe(true);
    }
  });

  test("go where trust goes: who is believed more spreads it further, and a lone leaf is talked out of it", async () => {
    const [hub, doubted] = [await holders("hub", 4, 0.25, 5), await holders("hub", 0.25, 4, 5)];
    expect(wide(hub)[0]).toBeGreaterThan(wide(doubted)[1]);
    const leaf = await holders("leaf", 4, 0.25, 5);
    expect(wide(leaf)[1]).toBeLessThan(1);
  });

  test("are those of the shipped trust, which is higher towards the leaves", async () => {
    const trust = trustOf(await shipped("contagion/trust.yaml"));
    for (const leaf of [1, 2, 3, 4]) {
      expect(trust[0][leaf]).toBeGreaterThan(1);
      expect(trust[leaf][0]).toBeLessThan(1);
      expect(trust[leaf].slice(1)).toEqual([0, 0, 0, 0]);
    }
  });
});

describe("the study", () => {
  test("is the same for any number of workers, and puts verdicts where the source is consistent", async () => {
    const [one, two] = await Promise.all(
      [1, 2].map((jobs) => CONTAGION.run({ replications: 600, seed: "test", jobs })),
    );
    expect(JSON.stringify(two)).toBe(JSON.stringify(one));
    const verdict = new Map(one.targets.map(({ id, pass }) => [id, pass]));
    expect(verdict.get("contagion.star")).toBe(true);
    expect(verdict.get("contagion.complete")).toBe(true);
    expect(verdict.get("contagion.chain")).toBeNull();
    expect(verdict.get("contagion.backEdges")).toBeNull();
    const kinds = { correction: "calibrated", trust: "predicted" } as const;
    for (const { id, kind } of one.targets) {
      const [, group] = id.split(".");
      expect([id, kind]).toEqual([id, kinds[group as keyof typeof kinds] ?? "identity"]);
    }
  });
});
