// The study of debates and votes: the fit and the closed form against known values, and the simulation against them. Fixed
// seeds; each comparison uses a 99.9 % interval (false-alarm rate 1 in 1,000 over seeds).
import { beforeAll, describe, expect, test } from "vitest";
import { MODELS, NETWORKS, ROUNDS } from "../../src/literature/debate/published.ts";
import { DEBATE } from "../../src/literature/debate/study.ts";
import { accuracyOf, fitVote } from "../../src/literature/debate/voting.ts";
import { shipped } from "../../src/literature/shipped.ts";
import {
  changeOf,
  estimateOf,
  type Results,
  resultsOf,
  simulate,
} from "../../src/literature/simulate.ts";
import { agrees, wide } from "../support/scenarios.ts";

const [VOTERS, ALTERNATIVES] = [5, 3];
const HOW = { seed: "test", jobs: 1 };

/** How hard the questions of a model are. */
async function difficultyOf(model: string) {
  const { task } = await shipped(`debate/${model}-vote.yaml`);
  return { level: task.difficulty, spread: task.difficultySpread };
}

describe("closed form", () => {
  const even = { level: -0.7, spread: 0 };
  const right = 1 / (1 + Math.exp(-0.7));

  test("one voter is one agent, two are no better, and three with two answers are the binomial", () => {
    expect(accuracyOf(1, ALTERNATIVES, even)).toBeCloseTo(right, 12);
    expect(accuracyOf(2, ALTERNATIVES, even)).toBeCloseTo(right, 12);
    expect(accuracyOf(3, 1, even)).toBeCloseTo(right ** 3 + 3 * right ** 2 * (1 - right), 12);
  });

  test("wrong votes that scatter leave more to the right one", () => {
    expect(accuracyOf(5, 3, even)).toBeGreaterThan(accuracyOf(5, 1, even));
  });

  test("the more questions differ, the less a vote gains, since agents fail together", () => {
    const gain = (spread: number) =>
      accuracyOf(5, 3, { level: -0.7, spread }) - accuracyOf(1, 3, { level: -0.7, spread });
    expect(gain(1)).toBeLessThan(gain(0));
    expect(gain(4)).toBeLessThan(gain(1));
    expect(gain(4)).toBeGreaterThan(0);
  });

  test.each(MODELS)("the fit gives the figures of $name, and its task holds it", async (model) => {
    const { name, single, vote } = model;
    const fitted = fitVote(single, vote, VOTERS, ALTERNATIVES);
    expect(accuracyOf(1, ALTERNATIVES, fitted)).toBeCloseTo(single, 9);
    expect(accuracyOf(VOTERS, ALTERNATIVES, fitted)).toBeCloseTo(vote, 9);
    const shipped = await difficultyOf(name);
    expect(shipped.level).toBeCloseTo(fitted.level, 3);
    expect(shipped.spread).toBeCloseTo(fitted.spread, 3);
  });
});

describe("simulated", () => {
  const LONG = 5;
  let results: Results;
  beforeAll(async () => {
    const trials = MODELS.map(({ name }) => ({
      name,
      scenarios: [
        { file: `debate/${name}-vote.yaml`, changes: { name: "vote" } },
        ...NETWORKS.map((network) => ({
          file: `debate/${name}-${network}.yaml`,
          changes: { "protocol.1.repeat.rounds": LONG },
        })),
      ],
      baseline: "vote",
      replications: 3200,
    }));
    results = await simulate(trials, HOW);
  });

  test.each(MODELS)("without talk a vote of $name is the closed form", async ({ name }) => {
    const [vote] = resultsOf(results, name);
    const difficulty = await difficultyOf(name);
    expect(agrees(estimateOf(vote, "success"), accuracyOf(VOTERS, ALTERNATIVES, difficulty))).toBe(
      true,
    );
  });

  test.each(MODELS)(
    "one agent of $name is as good after a debate as before, in every network",
    async ({ name }) => {
      const wrong = VOTERS * (1 - accuracyOf(1, ALTERNATIVES, await difficultyOf(name)));
      for (const result of resultsOf(results, name))
        expect(agrees(estimateOf(result, "errorsAtAggregation"), wrong), result.name).toBe(true);
    },
  );

  test.each(MODELS)("a debate costs the vote of $name something, in every network", ({ name }) => {
    const [, ...debates] = resultsOf(results, name);
    for (const debate of debates)
      expect(wide(changeOf(debate, "success"))[1], debate.name).toBeLessThan(0);
  });

  test("an eye for what is right turns the sign", async () => {
    const file = "debate/llama-all.yaml";
    const scenarios = [
      { file: "debate/llama-vote.yaml" },
      { file, changes: { "agents.debater.belief.discernment": 3 } },
    ];
    const trial = { name: "eye", scenarios, baseline: "llama-vote", replications: 800 };
    const [, debate] = resultsOf(await simulate([trial], HOW), "eye");
    expect(wide(changeOf(debate, "success"))[0]).toBeGreaterThan(0);
  });
});

describe("the study", () => {
  test("is the same for any number of workers, and has a figure for all that is published", async () => {
    const [one, two] = await Promise.all(
      [1, 2].map((jobs) => DEBATE.run({ replications: 64, seed: "test", jobs })),
    );
    expect(JSON.stringify(two)).toBe(JSON.stringify(one));
    const ofKind = (wanted: string) => one.targets.filter(({ kind }) => kind === wanted);
    expect(ofKind("calibrated")).toHaveLength(2 * MODELS.length);
    expect(ofKind("predicted")).toHaveLength(MODELS.length * NETWORKS.length * ROUNDS.length + 4);
    for (const { columns, rows } of one.tables)
      for (const row of rows) expect(row).toHaveLength(columns.length);
    expect(DEBATE.runs(64)).toBe(MODELS.length * (1 + NETWORKS.length * 5) * 64);
  });
});
