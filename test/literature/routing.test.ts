// The studies of routing and of cost: what is computed without simulation against closed forms, and simulations against
// that. Simulations run at fixed seeds; comparisons use 99.9 % intervals or five standard errors.
import { describe, expect, test } from "vitest";
import { COST } from "../../src/literature/cost/study.ts";
import { noiseFor, recovered, shareFor, thresholdFor } from "../../src/literature/routing/curve.ts";
import { ROUTERS } from "../../src/literature/routing/published.ts";
import { pairOf, refit } from "../../src/literature/routing/routellm.ts";
import { ROUTING } from "../../src/literature/routing/study.ts";
import { measureVotes, voteCorrelation } from "../../src/literature/routing/voting.ts";
import { shipped } from "../../src/literature/shipped.ts";
import { estimateIn, simulate } from "../../src/literature/simulate.ts";
import { normalCdf } from "../../src/numerics/distributions.ts";
import { agrees } from "../support/scenarios.ts";

const PAIR = { weak: 0.02, strong: 0.005, spread: 2 };

describe("the curve of a router by difficulty", () => {
  test("with noise alone it is the diagonal", () => {
    for (const share of [0.1, 0.5, 0.8]) expect(recovered(share, PAIR, 1e5)).toBeCloseTo(share, 3);
  });

  test("with rare failures it is Φ(Φ⁻¹(q) + spread² / √(spread² + noise²)): gains grow as exp(difficulty)", () => {
    const rare = { weak: 2e-6, strong: 1e-6, spread: 1 };
    const shift = 1 / Math.hypot(1, 1.5);
    expect(recovered(0.5, rare, 1.5)).toBeCloseTo(normalCdf(shift), 2);
    expect(shareFor(0.5, rare, 1.5)).toBeCloseTo(normalCdf(-shift), 2);
  });

  test("less noise recovers more, and the fit finds the noise that it was given", () => {
    expect(recovered(0.3, PAIR, 2)).toBeGreaterThan(recovered(0.3, PAIR, 4));
    expect(noiseFor(shareFor(0.5, PAIR, 3), PAIR)).toBeCloseTo(3, 6);
  });

  test("no noise makes a router better than an exact one, or worse than a coin", () => {
    expect(() => noiseFor(0.01, PAIR)).toThrow(RangeError);
    expect(() => noiseFor(0.6, PAIR)).toThrow(RangeError);
  });

  test("shipped routers have the noise that the fit gives", async () => {
    for (const router of ROUTERS) {
      const { parameters } = await shipped(`routing/routellm-${router.id}.yaml`);
      expect(parameters.noise).toBeCloseTo(await refit(router), 3);
      const half = thresholdFor(router.half, PAIR, parameters.noise);
      expect(parameters.threshold).toBeCloseTo(half, 2);
    }
  });

  test("the simulated router sends the share, and succeeds as often, as the curve says", async () => {
    const file = "routing/routellm-gsm8k.yaml";
    const router = await shipped(file);
    const pair = pairOf(router);
    const threshold = thresholdFor(0.3, pair, router.parameters.noise);
    const scenarios = {
      weak: { file: "routing/routellm-weak.yaml" },
      strong: { file: "routing/routellm-strong.yaml" },
      routed: { file, changes: { "parameters.threshold": threshold } },
    };
    const trials = Object.entries(scenarios).map(([name, scenario]) => ({
      name,
      scenarios: [scenario],
      replications: 20_000,
    }));
    const results = await simulate(trials, { seed: "test", jobs: 1 });
    const success = (of: keyof typeof scenarios) =>
      estimateIn(results, of, "success").mean as number;
    expect(agrees(estimateIn(results, "routed", "escalated"), 0.3)).toBe(true);
    const part = (success("routed") - success("weak")) / (success("strong") - success("weak"));
    // Five standard errors: discordant pairs of about .1 of the questions against a gap of about .05.
    expect(Math.abs(part - recovered(0.3, pair, router.parameters.noise))).toBeLessThan(0.25);
  });
});

describe("votes", () => {
  test("of one family: the correlation is the common-cause share, and nine votes are worth n / (1 + (n - 1) φ)", async () => {
    const votes = measureVotes(await shipped("routing/voting-one-family.yaml"), "test", 20_000);
    expect(votes.voters).toBe(9);
    // Five standard errors.
    expect(Math.abs(votes.correlation - 0.42)).toBeLessThan(0.03);
    expect(Math.abs(votes.error - 0.2)).toBeLessThan(0.01);
    expect(Math.abs(votes.effective.mean - 9 / (1 + 8 * 0.42))).toBeLessThan(0.15);
    const [low, high] = votes.effective.ci;
    expect(low).toBeLessThan(votes.effective.mean);
    expect(high).toBeGreaterThan(votes.effective.mean);
  });

  test("independent ones are worth their number, and their majority errs as the binomial says", async () => {
    const votes = measureVotes(
      await shipped("routing/voting-independent.yaml", { "agents.voter.count": 3 }),
      "test",
      20_000,
    );
    expect(Math.abs(votes.effective.mean - 3)).toBeLessThan(0.12);
    expect(Math.abs(votes.majorityError - (3 * 0.04 * 0.8 + 0.008))).toBeLessThan(0.011);
  });

  test("the shipped spread of difficulty has the same mean and the same correlation as one family", async () => {
    const { models, task } = await shipped("routing/voting-difficulty.yaml");
    const { error, correlation } = voteCorrelation(models.base.errorRate, task.difficultySpread, 0);
    expect(error).toBeCloseTo(0.2, 3);
    expect(correlation).toBeCloseTo(0.42, 3);
    expect(voteCorrelation(0.2, 0, 0.42).correlation).toBeCloseTo(0.42, 9);
    // Both at once, against the simulation.
    const both = await shipped("routing/voting-difficulty.yaml", {
      "models.base.commonCause": 0.3,
    });
    const expected = voteCorrelation(models.base.errorRate, task.difficultySpread, 0.3).correlation;
    const measured = measureVotes(both, "test", 20_000).correlation;
    expect(Math.abs(measured - expected)).toBeLessThan(0.03);
  });
});

describe("the studies", () => {
  test("routing: the same bytes for any number of workers; every architecture in every condition", async () => {
    const one = await ROUTING.run({ replications: 40, jobs: 1 });
    expect(await ROUTING.run({ replications: 40, jobs: 2 })).toEqual(one);
    expect(one.targets.map(({ id }) => id)).toEqual([
      "routing.routellm.random.50",
      "routing.routellm.random.80",
      "routing.routellm.mtbench.50",
      "routing.routellm.mtbench.80",
      "routing.routellm.mmlu.50",
      "routing.routellm.mmlu.80",
      "routing.routellm.gsm8k.50",
      "routing.routellm.gsm8k.80",
      "routing.kish.nine",
    ]);
    expect(one.targets.filter(({ kind }) => kind === "predicted").map(({ id }) => id)).toEqual([
      "routing.routellm.mtbench.80",
      "routing.routellm.mmlu.80",
      "routing.routellm.gsm8k.80",
    ]);
    const rows = one.tables[0].rows;
    expect(rows).toHaveLength(6 * 7);
    const success = (condition: string, architecture: string) => {
      const row = rows.find(([a, b]) => a === condition && b === architecture);
      return (row as [string, string, { mean: number }])[2].mean;
    };
    const down = "outage of the frontier model";
    expect(success(down, "frontier for all")).toBe(0);
    expect(success(down, "router")).toBeGreaterThan(0.5);
    expect(success(down, "cascade")).toBeGreaterThan(0.3);
    expect(success("outage of the small model", "cascade")).toBeGreaterThan(0.8);
  }, 60_000);

  test("cost: a ratio is never below 1, and as many configurations as are counted", async () => {
    const { targets, tables } = await COST.run({ replications: 40, jobs: 1 });
    expect(targets.map(({ id }) => id)).toEqual([
      "cost.accuracyOnly.least",
      "cost.accuracyOnly.most",
      "cost.spread",
    ]);
    for (const { simulated } of targets) expect(simulated.mean).toBeGreaterThanOrEqual(1);
    const population = tables[1].rows;
    expect(population).toHaveLength(COST.runs(1));
    expect(tables[0].rows.length).toBeGreaterThan(2);
  }, 30_000);
});
