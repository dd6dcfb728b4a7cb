// CLEAR. Random results are of fixed seeds; what is asked of them is compared at 99.9 % (false-alarm rate 1 in 1,000) or
// lies many standard errors away from what would fail.
import { beforeAll, describe, expect, test } from "vitest";
import {
  alikeInEfficacy,
  correlation,
  shareInOrder,
  TRUTHS,
} from "../../src/literature/clear/correlations.ts";
import { mixFor, RUNS } from "../../src/literature/clear/mix.ts";
import {
  ARCHITECTURES,
  configuration,
  POPULATION,
  type Tried,
} from "../../src/literature/clear/population.ts";
import { AGENTS } from "../../src/literature/clear/published.ts";
import { CLEAR } from "../../src/literature/clear/study.ts";
import { productionValue, WORTHS } from "../../src/literature/clear/value.ts";
import { shipped } from "../../src/literature/shipped.ts";
import type { StudyResult } from "../../src/literature/study.ts";
import { passAllOf } from "../../src/literature/taubench/difficulty.ts";
import { agrees, measure } from "../support/scenarios.ts";

describe("the mix of tasks", () => {
  test("gives efficacy and reliability", () => {
    const mix = mixFor(0.7, 0.4);
    expect(mix.isReached).toBe(true);
    expect(passAllOf(1, mix)).toBeCloseTo(0.7, 6);
    expect(passAllOf(RUNS, mix)).toBeCloseTo(0.4, 6);
  });

  test("cannot give more in a row than once, nor less than independent repeats", () => {
    expect(mixFor(0.7, 0.75).isReached).toBe(false);
    expect(mixFor(0.7, 0.7 ** RUNS / 2)).toMatchObject({ isReached: false, spread: 0 });
  });
});

describe("the six agents", () => {
  test.each(AGENTS)("the parameters of $name are those that a new fit gives", async (agent) => {
    const { models, task } = await shipped(`clear/${agent.name}.yaml`);
    const { level, spread } = mixFor(agent.efficacy, agent.reliability);
    expect(models.base.errorRate / (1 / (1 + Math.exp(-level)))).toBeCloseTo(1, 3);
    expect(task.difficultySpread).toBeCloseTo(spread, 3);
    expect(models.base.violation).toBeCloseTo(1 - agent.adherence, 10);
  });

  test("give their inputs back", async () => {
    const agent = AGENTS[1];
    const [success, cost, adherence, passHat] = await measure(
      await shipped(`clear/${agent.name}.yaml`),
      20_000,
      ["success", "cost", "policyAdherence", "passHat8"],
    );
    expect(agrees(success, agent.efficacy)).toBe(true);
    expect(cost.mean).toBeCloseTo(agent.cost, 9);
    expect(agrees(adherence, agent.adherence)).toBe(true);
    expect(agrees(passHat, agent.reliability)).toBe(true);
  });
});

const NONE = { cost: 0, latency: 0, efficacy: 0, assurance: 0, reliability: 0 };
const EFFICACY = { name: "efficacy", title: "", weights: { ...NONE, efficacy: 1 } };
const COST = { name: "cost", title: "", weights: { ...NONE, cost: 1 } };

describe("the population", () => {
  test("follows from the seed and the place", () => {
    expect(configuration("clear", 3)).toEqual(configuration("clear", 3));
    expect(configuration("clear", 3)).not.toEqual(configuration("clear", 4));
    expect(configuration("clear", 3)).not.toEqual(configuration("other", 3));
  });

  test.each(ARCHITECTURES)("%s is a valid scenario", async (name) => {
    const scenario = await shipped(`clear/population/${name}.yaml`, configuration("clear", 0));
    expect(scenario.task.policyCritical).toBe(0.5);
  });

  const tried = (efficacy: number, sustained: number): Tried => ({
    architecture: "single",
    lab: { cost: 1, latency: 1, efficacy, assurance: 1, reliability: 1 },
    repeated: 0,
    underLoad: 0,
    onTime: 0,
    spent: 1,
    sustained,
  });

  test("is correlated by rank", () => {
    const set = Array.from({ length: 30 }, (_, i) => tried(i / 30, (i / 30) ** 3));
    expect(correlation(set, EFFICACY, TRUTHS[0], "test").mean).toBeCloseTo(1, 12);
    const none = set.map((one) => ({ ...one, sustained: 0.5 }));
    expect(correlation(none, EFFICACY, TRUTHS[0], "test").mean).toBeNull();
  });

  test("the alike are the middle third", () => {
    const set = Array.from({ length: 9 }, (_, i) => tried(((i * 4) % 9) / 9, 0));
    expect(alikeInEfficacy(set).map(({ lab }) => (lab.efficacy as number) * 9)).toEqual([3, 4, 5]);
  });
});

describe("value in production", () => {
  /** The more succeeds, the more it costs. */
  const set = Array.from({ length: 60 }, (_, i): Tried => {
    const share = 1 - i / 60;
    const lab = { cost: share, latency: 1, efficacy: share, assurance: 1, reliability: 1 };
    const production = { repeated: share, underLoad: share, onTime: share, sustained: share };
    return { architecture: "single", lab, ...production, spent: 2 * share };
  });
  const [sustained] = TRUTHS;
  const valuesAt = (worth: number) => set.map(productionValue(sustained, worth, set).of);

  test("is worth times success less spending, in medians of what a task costs", () => {
    const unit = set[29].spent / 2 + set[30].spent / 2;
    for (const [i, value] of valuesAt(5).entries())
      expect(value).toBeCloseTo(5 * set[i].sustained - set[i].spent / unit, 12);
  });

  test("does not depend on the currency", () => {
    const cents = set.map((one) => ({ ...one, spent: 100 * one.spent }));
    const inCents = cents.map(productionValue(sustained, 5, cents).of);
    for (const [i, value] of valuesAt(5).entries()) expect(inCents[i]).toBeCloseTo(value, 12);
  });

  test("has success alone as its limit, and ranks by spending where a success is worth little", () => {
    expect(valuesAt(WORTHS.at(-1) as number)).toEqual(set.map(sustained.of));
    const rho = (worth: number) =>
      correlation(set, COST, productionValue(sustained, worth, set), "test").mean;
    // Value is proportional to worth - 1 / (median share): below 1.97 the cheapest lead, above the best.
    expect(rho(1.9)).toBeCloseTo(1, 12);
    expect(rho(2)).toBeCloseTo(-1, 12);
  });
});

describe("the order of the experts", () => {
  const COUNT = 60;
  const of = (efficacy: number, cost: number, latency: number): Tried => ({
    architecture: "single",
    lab: { cost, latency, efficacy, assurance: 1 - latency, reliability: 1 - cost },
    ...{ repeated: 0, underLoad: 0, onTime: 0, sustained: 0, spent: 1 },
  });
  /** Of three numbers that have nothing to do with each other. */
  const set = Array.from({ length: COUNT }, (_, i) =>
    of(i / COUNT, ((i * 17) % COUNT) / COUNT, ((i * 37) % COUNT) / COUNT),
  );

  test("is there in nearly every resample where all that is measured counts, and in none where only efficacy does", () => {
    const all = {
      of: ({ lab }: Tried) => (lab.efficacy ?? 0) - (lab.cost ?? 0) - (lab.latency ?? 0),
    };
    expect(shareInOrder(set, all, "test")).toBeGreaterThan(0.95);
    expect(shareInOrder(set, { of: ({ lab }) => lab.efficacy ?? 0 }, "test")).toBe(0);
  });

  test("leaves out configurations that lack a figure", () => {
    const truth = { of: ({ lab }: Tried) => (lab.efficacy ?? 0) - (lab.latency ?? 0) };
    const lacking = { ...set[0], lab: { ...set[0].lab, assurance: null } };
    expect(shareInOrder([...set, lacking], truth, "test")).toBe(shareInOrder(set, truth, "test"));
  });
});

describe("the study", () => {
  let result: StudyResult;
  const shares: number[] = [];
  beforeAll(async () => {
    const onProgress = (share: number) => shares.push(share);
    result = await CLEAR.run({ replications: 16, jobs: 1, onProgress });
  }, 120_000);

  test("meets the arithmetic of the source", () => {
    const cna = result.targets.filter(({ id }) => id.startsWith("clear.cna."));
    expect(cna).toHaveLength(6);
    for (const target of cna) expect(target.pass).toBe(true);
  });

  test("has an id for every figure, once", () => {
    const ids = result.targets.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toContain("clear.reliability.domain-tuned");
    for (const name of ["efficacy", "efficacyAndCost", "all"])
      expect(ids).toContain(`clear.correlation.${name}`);
  });

  test("counts no figure: all but the correlations are arithmetic, and these have no verdict", () => {
    for (const { id, kind, pass } of result.targets) {
      const isCorrelation = id.startsWith("clear.correlation.");
      expect([id, kind]).toEqual([id, isCorrelation ? "predicted" : "identity"]);
      if (isCorrelation) expect(pass).toBeNull();
    }
  });

  test("says that one reliability is impossible", () => {
    const target = result.targets.find(({ id }) => id === "clear.reliability.domain-tuned");
    expect(target).toMatchObject({ pass: false, note: expect.stringContaining("Impossible") });
  });

  test("tables have a cell a column, figures a dot a configuration", () => {
    for (const { columns, rows } of result.tables)
      for (const row of rows) expect(row).toHaveLength(columns.length);
    const dots = result.figures[0].series.flatMap(({ points }) => points);
    expect(dots).toHaveLength(POPULATION);
  });

  test("value has the correlations with success alone as its last line", () => {
    const rowsOf = (name: string) => result.tables.find((one) => one.name === name)?.rows ?? [];
    const alone = rowsOf("correlations").slice(0, 3);
    const last = rowsOf("value").at(-1);
    expect(last?.slice(1, 4)).toEqual(alone.map(([, sustained]) => sustained));
  });

  test("progress goes up to 1", () => {
    expect(shares.every((share, i) => i === 0 || share >= shares[i - 1] - 1e-9)).toBe(true);
    expect(shares.at(-1)).toBeCloseTo(1, 6);
  });
});
