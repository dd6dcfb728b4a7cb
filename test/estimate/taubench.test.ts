// 50 tasks of airline customers with four trials each: pass^k to the last digit, and the fourth trial from the three others.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { estimateOutcomes, trialsOf } from "../../src/estimate/outcomes.ts";
import { fitLogitNormal, predictTrial } from "../../src/numerics/fitting/trials.ts";
import { run, trialRuns } from "./runs.ts";

const ROOT = join(import.meta.dirname, "..", "..");
/** Tasks with 0, 1, 2, 3 and 4 successes. */
const COUNTS = [14, 12, 10, 4, 10];
const successes = COUNTS.flatMap((count, number) => Array.from({ length: count }, () => number));

test("pass^k and its fits", () => {
  const outcome = estimateOutcomes(trialRuns(successes, 4));
  expect(outcome?.passHat.map(({ observed }) => observed.toFixed(3))).toEqual([
    "0.420",
    "0.273",
    "0.220",
    "0.200",
  ]);
  for (const { observed, interval, betaBinomial, logitNormal } of outcome?.passHat ?? []) {
    expect(betaBinomial).toBeCloseTo(observed, 1);
    expect(logitNormal).toBeGreaterThan(interval[0]);
    expect(logitNormal).toBeLessThan(interval[1]);
  }
  expect(outcome?.success.uncertain).toHaveProperty("beta");
});

const FILE = ["..", "../.."]
  .map((up) => join(ROOT, up, "shared/data/traces/tau-bench/gpt-4o-airline.json"))
  .find((file) => existsSync(file));

describe.skipIf(FILE === undefined)("the trial that was left out", () => {
  const results: { task_id: number; trial: number; reward: number }[] =
    FILE === undefined ? [] : JSON.parse(readFileSync(FILE, "utf8"));

  test.each([0, 1, 2, 3])("%i is predicted, and pass^4 with it", (left) => {
    const runs = results.map(({ task_id, trial, reward }) =>
      run(`${task_id}/${trial}`, { task: `${task_id}`, success: reward }),
    );
    const seen = trialsOf(runs.filter((_, i) => results[i].trial !== left));
    const next = results.filter(({ trial }) => trial === left);
    const success = next.filter(({ reward }) => reward === 1).length / next.length;
    const predicted = predictTrial(fitLogitNormal(seen), seen);
    expect(success).toBeGreaterThanOrEqual(predicted.success.interval[0]);
    expect(success).toBeLessThanOrEqual(predicted.success.interval[1]);
    expect(0.2).toBeGreaterThanOrEqual(predicted.always.interval[0]);
    expect(0.2).toBeLessThanOrEqual(predicted.always.interval[1]);
  });
});
