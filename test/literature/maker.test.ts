// The study of a million steps by voting: closed forms against known values, and the simulated vote against them. Fixed
// seeds; single comparisons use 99.9 % intervals (false-alarm rate 1 in 1,000 over seeds).
import { describe, expect, test } from "vitest";
import {
  kMin,
  stepFailure,
  stepsPaid,
  taskSuccess,
  votesPerStep,
} from "../../src/literature/maker/closedForms.ts";
import {
  RATES,
  REAL_RUN,
  STEPS,
  TARGET,
  UNDECIDED,
  UNDECIDED_VOTES,
} from "../../src/literature/maker/published.ts";
import { MAKER } from "../../src/literature/maker/study.ts";
import {
  CLUSTERINGS,
  lastFitted,
  undecidedByVotes,
  undecidedShare,
} from "../../src/literature/maker/undecided.ts";
import { estimateIn, simulate } from "../../src/literature/simulate.ts";
import { agrees } from "../support/scenarios.ts";

describe("closed forms", () => {
  test.each(RATES)("error rate %f needs a lead of %i, and no less", (errorRate, k) => {
    expect(kMin(1 - errorRate, STEPS, 1, TARGET)).toBe(k);
    expect(taskSuccess(1 - errorRate, k, STEPS)).toBeGreaterThanOrEqual(TARGET);
    expect(taskSuccess(1 - errorRate, k - 1, STEPS)).toBeLessThan(TARGET);
  });

  test("a lead of 1 is one vote, and a fair coin takes k² of them", () => {
    expect(stepFailure(0.8, 1)).toBeCloseTo(0.2, 12);
    expect(votesPerStep(0.8, 1)).toBeCloseTo(1, 12);
    expect(votesPerStep(0.5, 4)).toBe(16);
    expect(votesPerStep(0.5 + 1e-5, 4)).toBeCloseTo(16, 6);
  });

  test("a task of one step is a step; costs grow by 1 / p with every step of a vote at the same lead", () => {
    expect(taskSuccess(0.8, 3, 1)).toBeCloseTo(1 - stepFailure(0.8, 3), 12);
    const [one, two] = [1, 2].map((m) => stepsPaid(0.9, 1000, m, 0.95) / kMin(0.9, 1000, m, 0.95));
    expect(two / one).toBeCloseTo(1 / 0.9, 12);
  });

  test("bad input is refused", () => {
    expect(() => kMin(0.5, 10, 1, 0.95)).toThrow(RangeError);
    expect(() => kMin(0.9, 10, 1, 1)).toThrow(RangeError);
    expect(() => kMin(0.9, 10, 11, 0.95)).toThrow(RangeError);
    expect(() => stepFailure(1, 3)).toThrow(RangeError);
    expect(() => votesPerStep(0.9, 0)).toThrow(RangeError);
  });
});

describe("undecided steps", () => {
  const plain = { ...CLUSTERINGS[0], errorRate: 0.2, recall: 0.75 };

  test("after k samples of one kind: all but k right or k wrong in a row", () => {
    expect(undecidedShare(plain, 3, 2)).toBe(1);
    expect(undecidedShare(plain, 3, 3)).toBeCloseTo(1 - 0.8 ** 3 - 0.05 ** 3, 12);
    expect(undecidedShare({ ...plain, recall: 1 }, 1, 4)).toBeCloseTo(0.2 ** 4, 12);
    const wrong = 0.05 / 0.85;
    expect(undecidedByVotes(plain, 3, 3)).toBeCloseTo(1 - (1 - wrong) ** 3 - wrong ** 3, 12);
  });

  test("with a share of prone steps only these can stay; a spread of difficulty keeps more of them for longer", () => {
    const prone = { ...plain, recall: 1, prone: 0.3 };
    expect(undecidedShare(prone, 1, 2)).toBeCloseTo(0.3 * 0.04, 12);
    const [even, spread] = [0, 2].map((s) => ({ ...plain, recall: 1, spread: s }));
    expect(undecidedShare(spread, 1, 9)).toBeGreaterThan(10 * undecidedShare(even, 1, 9));
    // At even odds a difficulty and its opposite cancel.
    const coin = { ...plain, errorRate: 0.5, recall: 1, spread: 2 };
    expect(undecidedShare(coin, 1, 1)).toBeCloseTo(0.5, 12);
  });

  test.each(CLUSTERINGS)("$id: the fitted counts are met, later ones are not", (one) => {
    const { k } = REAL_RUN;
    const error = (steps: number, share: number) => Math.abs((STEPS * share) / steps - 1);
    for (const [samples, steps] of UNDECIDED.filter(([n]) => n <= lastFitted(one)))
      expect(error(steps, undecidedShare(one, k, samples))).toBeLessThan(1e-4);
    const [[votes, steps]] = UNDECIDED_VOTES;
    expect(error(steps, undecidedByVotes(one, k, votes))).toBeLessThan(1e-4);
    const later = UNDECIDED.filter(([n]) => n > lastFitted(one) && n <= 8);
    for (const [samples, steps] of later)
      expect(error(steps, undecidedShare(one, k, samples))).toBeGreaterThan(2 / Math.sqrt(steps));
  });
});

describe("simulated", () => {
  test.each(CLUSTERINGS)(
    "$id: the vote stays undecided as often as the exact chain says",
    async (one) => {
      const parameters = { ...one, k: 3 };
      const named = ["errorRate", "recall", "spread", "prone", "k"] as const;
      const trials = [3, 4, 5].map((samples) => ({
        name: `${samples}`,
        replications: 32768,
        scenarios: [
          {
            file: "maker/invalid.yaml",
            changes: {
              ...Object.fromEntries(named.map((name) => [`parameters.${name}`, parameters[name]])),
              "parameters.samples": samples,
            },
          },
        ],
      }));
      const results = await simulate(trials, { seed: "test", jobs: 1 });
      for (const samples of [3, 4, 5])
        expect(
          agrees(estimateIn(results, `${samples}`, "exhausted"), undecidedShare(one, 3, samples)),
          `${samples} samples`,
        ).toBe(true);
    },
  );

  test.each([
    [0.2, 1],
    [0.2, 3],
    [0.35, 4],
    [0.45, 2],
  ])("a vote at error rate %f with lead %i: success and votes", async (errorRate, k) => {
    const changes = { "parameters.errorRate": errorRate, "parameters.k": k };
    const step = { file: "maker/step.yaml", changes };
    const results = await simulate([{ name: "step", scenarios: [step], replications: 3000 }], {
      seed: "test",
      jobs: 1,
    });
    const of = (metric: string) => estimateIn(results, "step", metric);
    expect(agrees(of("success"), 1 - stepFailure(1 - errorRate, k))).toBe(true);
    expect(agrees(of("turns"), votesPerStep(1 - errorRate, k))).toBe(true);
  });

  test("a task of 20 voted steps succeeds with the chance of a step to the power 20", async () => {
    const steps = { file: "maker/steps.yaml", changes: { "parameters.steps": 20 } };
    const results = await simulate([{ name: "steps", scenarios: [steps], replications: 2000 }], {
      seed: "test",
      jobs: 1,
    });
    const success = estimateIn(results, "steps", "success");
    expect(agrees(success, taskSuccess(0.8, 3, 20))).toBe(true);
  });
});

describe("the study", () => {
  test("misses counts of undecided steps and nothing else, holds the closed forms, and is the same for any number of workers", async () => {
    const [one, two] = await Promise.all(
      [1, 2].map((jobs) => MAKER.run({ replications: 100, seed: "test", jobs })),
    );
    expect(JSON.stringify(two)).toBe(JSON.stringify(one));
    const missed = one.targets.filter(({ pass }) => pass !== true);
    expect(missed.every(({ id }) => id.startsWith("maker.undecided"))).toBe(true);
    expect(missed.every(({ kind }) => kind === "predicted")).toBe(true);
    expect(missed.map(({ id }) => id)).toContain("maker.undecided.independent.4");
    const others = one.targets.filter(({ id }) => !id.startsWith("maker.undecided"));
    expect(others.filter(({ kind }) => kind !== "identity")).toEqual([]);
    const rare = one.tables.find(({ name }) => name === "rare");
    for (const row of rare?.rows ?? []) {
      const truth = row[4] as number;
      const { ci } = row[5] as unknown as { ci: [number, number] };
      expect(ci[0]).toBeLessThanOrEqual(truth);
      expect(ci[1]).toBeGreaterThanOrEqual(truth);
    }
  });
});
