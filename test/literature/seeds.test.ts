// A study with several seeds: each has its own draws, verdicts are counted over them, and what is complete is kept.
import { describe, expect, test } from "vitest";
import { type JudgedTarget, judged } from "../../src/literature/judging.ts";
import { reproduceSeeds } from "../../src/literature/seeds.ts";
import { defineStudy, type Study } from "../../src/literature/study.ts";
import { absolute } from "../../src/literature/target.ts";
import { seedsText } from "../../src/terminal/seeds.ts";
import { colorsIf } from "../../src/terminal/style.ts";

/** A figure that is as large as the number of its seed. */
const target = (seed: string, part: Partial<JudgedTarget> = {}) =>
  judged({
    id: "demo.a",
    figure: "A figure",
    title: "a",
    unit: "share",
    published: 1.5,
    simulated: { mean: Number(seed.split("/")[1]), ci: [null, null] },
    tolerance: absolute(0.5),
    kind: "predicted",
    source: "nowhere",
    definition: "none",
    ...part,
  });

const seen: string[] = [];
const DEMO = defineStudy({
  name: "demo",
  title: "A study",
  question: "Does it work?",
  source: "nowhere",
  replications: 10,
  runs: (replications) => replications,
  run: async ({ seed, replications, part }) => {
    seen.push(seed);
    part(replications).onProgress?.(1);
    return {
      targets: [target(seed), target(seed, { id: "demo.b", title: "b", tolerance: null })],
      tables: [],
      figures: [],
    };
  },
});

const plain = { colors: colorsIf(false), width: 100 };

describe("several seeds", async () => {
  const shares: number[] = [];
  const onProgress = (share: number) => void shares.push(share);
  const result = await reproduceSeeds(DEMO, { seeds: 4, seed: "judge", onProgress, jobs: 1 });

  test("are numbered, and each runs the study once", () => {
    expect(seen).toEqual(["judge/1", "judge/2", "judge/3", "judge/4"]);
    expect(result.seeds.map(({ seed }) => seed)).toEqual(seen);
    expect(shares).toEqual([0.25, 0.5, 0.75, 1]);
  });

  test("have their means and their verdicts counted, figure by figure and seed by seed", () => {
    const [a, b] = result.targets;
    expect(a).toMatchObject({
      means: [1, 2, 3, 4],
      verdicts: { passed: 2, missed: 2, open: 0 },
    });
    expect(b.verdicts).toEqual({ passed: 0, missed: 0, open: 4 });
    expect(result.seeds.map(({ summary }) => summary.predicted.passed)).toEqual([1, 1, 0, 0]);
  });

  test("are told with the range of the means", () => {
    const text = seedsText(result, plain);
    expect(text).toContain("\njudge/1 to judge/4 · 10 replications per scenario and seed\n");
    expect(text).toMatch(/\nA figure \(predicted\)\n {2}a +1\.5 +1 to 4 +±\.5 † +~ 2 of 4\n/);
    expect(text).toMatch(/\n {2}b +1\.5 +1 to 4 *\n/);
    expect(text).toContain(
      "\njudge/3  calibrated 0 of 0 in range, 0 without a verdict · predicted 0 of 1",
    );
  });
});

test("the seeds have the name of the study unless another one is given", async () => {
  const { seeds, asked } = await reproduceSeeds(DEMO, { seeds: 1, jobs: 1 });
  expect([seeds.map(({ seed }) => seed), asked]).toEqual([["demo/1"], 1]);
});

test("seeds that are complete are kept when they are interrupted", async () => {
  const interrupt = new AbortController();
  const run: Study["run"] = (options, pool) => {
    if (options?.seed === "demo/2") interrupt.abort();
    return DEMO.run(options, pool);
  };
  const options = { seeds: 3, jobs: 1, signal: interrupt.signal };
  const result = await reproduceSeeds({ ...DEMO, run }, options);
  expect(result).toMatchObject({ interrupted: true, asked: 3 });
  expect(result.seeds.map(({ seed }) => seed)).toEqual(["demo/1"]);
  expect(seedsText(result, plain)).toContain("interrupted before 3 seeds");

  const none = await reproduceSeeds(DEMO, { ...options, signal: AbortSignal.abort() });
  expect(none).toMatchObject({ interrupted: true, seeds: [], targets: [] });
  expect(seedsText(none, plain)).toContain("no seed ·");
});

test.each([0, 1.5])("%f seeds are refused", async (seeds) => {
  await expect(reproduceSeeds(DEMO, { seeds })).rejects.toThrow("must be an integer >= 1");
});
