// Simulations for studies: what comes out is what `compare` and `run` give, whoever computes it.
import { describe, expect, test } from "vitest";
import { compare, run } from "../../src/experiment/experiment.ts";
import {
  countsOf,
  type JudgedTarget,
  judged,
  judgedTogether,
} from "../../src/literature/judging.ts";
import { loadVariant, shipped } from "../../src/literature/shipped.ts";
import { estimateOf, simulate } from "../../src/literature/simulate.ts";
import { absolute, between, range, relative } from "../../src/literature/target.ts";

const OPTIONS = { seed: "test", replications: 320 };
const ALONE = { file: "taubench/gpt-4o-retail.yaml" };
const VOTING = { file: "taubench/majority-3.yaml" };
const [alone, voting] = await Promise.all([ALONE, VOTING].map(loadVariant));
const trials = [
  { name: "paired", scenarios: [ALONE, VOTING], baseline: alone.name, replications: 320 },
  { name: "apart", scenarios: [VOTING, ALONE], replications: 320 },
];

describe("simulate", () => {
  test("gives the results of compare with a baseline, of run without, by the names of trials", async () => {
    const results = await simulate(trials, { seed: "test", jobs: 1 });
    const paired = await compare([alone, voting], alone.name, OPTIONS);
    const apart = await run([voting, alone], OPTIONS);
    expect([...results.keys()]).toEqual(["paired", "apart"]);
    expect(results.get("paired")).toEqual(paired.scenarios);
    expect(results.get("apart")).toEqual(apart.scenarios);
  });

  test("does not depend on the number of workers, and tells how far it is", async () => {
    const shares: number[] = [];
    const onProgress = (share: number) => void shares.push(share);
    const two = await simulate(trials, { seed: "test", jobs: 2, onProgress });
    expect(two).toEqual(await simulate(trials, { seed: "test", jobs: 1 }));
    expect(shares.at(-1)).toBe(1);
    expect(Math.max(...shares)).toBe(1);
  });

  test("rejects when it is aborted, and for trials that make no sense", async () => {
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(simulate(trials, { seed: "test", signal })).rejects.toThrow("enough");
    await expect(simulate([trials[0], trials[0]], { seed: "test" })).rejects.toThrow(
      "names must differ",
    );
    const stranger = { ...trials[0], baseline: "nobody" };
    await expect(simulate([stranger], { seed: "test" })).rejects.toThrow("one of its scenarios");
  });
});

test("shipped scenarios have the values that are set, and leave the file as it is", async () => {
  const changed = await shipped("taubench/base.yaml", {
    "models.base.errorRate": 0.1,
    name: "weak",
  });
  expect([changed.name, changed.models.base.errorRate]).toEqual(["weak", 0.1]);
  const unchanged = await shipped("taubench/base.yaml");
  expect([unchanged.name, unchanged.models.base.errorRate]).toEqual(["base", 0.5]);
  await expect(shipped("taubench/base.yaml", { "models.base.errorRate": 2 })).rejects.toThrow();
});

test("values to set may depend on the scenario as it ships", async () => {
  const harder = await loadVariant({
    file: "taubench/base.yaml",
    changes: async ({ models }) => ({ "models.base.errorRate": models.base.errorRate / 2 }),
  });
  expect(harder.models.base.errorRate).toBe(0.25);
});

test("estimates have the names of metrics", async () => {
  const [result] = (await simulate(trials, { seed: "test", jobs: 1 })).get("apart") ?? [];
  expect(estimateOf(result, "latency.p95").mean).toBeGreaterThan(0);
  expect(() => estimateOf(result, "latency.p96")).toThrow("must be one it has");
});

test("verdicts follow from tolerances, and are counted by provenance", () => {
  const target = (mean: number | null, part: Partial<JudgedTarget> = {}) =>
    judged({
      id: "demo.a",
      figure: "A",
      title: "a",
      unit: "share",
      published: 0.5,
      publishedCi: null,
      simulated: { mean, ci: [null, null] },
      tolerance: { kind: "absolute", within: 0.02 },
      kind: "predicted",
      source: "nowhere",
      definition: "none",
      ...part,
    });
  const targets = [
    target(0.51),
    target(0.53),
    target(null),
    target(0.5, { kind: "calibrated" }),
    target(0.5, { tolerance: null }),
    target(0.5, { kind: "identity" }),
    target(0.9, { kind: "derived" }),
    target(null, { kind: "derived" }),
  ];
  const verdicts = [true, false, null, true, null, true, false, null];
  expect(targets.map(({ pass }) => pass)).toEqual(verdicts);
  const counts = countsOf(targets);
  expect(counts).toEqual({
    targets: 8,
    calibrated: { passed: 1, missed: 0, open: 0 },
    predicted: { passed: 1, missed: 1, open: 2 },
    uncounted: { derived: 2, identity: 1, structural: 0 },
  });
  expect(judgedTogether(counts)).toEqual({ passed: 2, missed: 1, open: 2 });
});

test("a tolerance is arbitrary unless it is said to be published", () => {
  expect([absolute(1), relative(0.1), range(0, null)].map(({ basis }) => basis)).toEqual(
    Array(3).fill("arbitrary"),
  );
  expect(absolute(1, "published").basis).toBe("published");
  expect(between({ from: 4, to: 6 })).toEqual({
    published: 5,
    tolerance: { kind: "range", from: 4, to: 6, basis: "published" },
  });
});
