// What pairing brings, against variances that are worked out another way.
import { describe, expect, test } from "vitest";
import { compare } from "../../src/experiment/experiment.ts";
import { pairingGain } from "../../src/experiment/pairing.ts";
import { FIELD, OUTCOME_SIZE } from "../../src/model/outcome.ts";
import { NetSums } from "../../src/numerics/netSums.ts";
import { team } from "../support/scenarios.ts";

/** Sums of instances of `tasks` tasks with these numbers of turns, in a scenario and in its baseline. */
function sumsOf(instances: readonly (readonly [own: number, base: number, tasks?: number])[]) {
  const sums = new NetSums(2 * OUTCOME_SIZE);
  for (const [own, base, tasks = 1] of instances) {
    const row = new Float64Array(2 * OUTCOME_SIZE);
    row[FIELD.turns] = own;
    row[OUTCOME_SIZE + FIELD.turns] = base;
    row[FIELD.tasks] = tasks;
    row[OUTCOME_SIZE + FIELD.tasks] = tasks;
    sums.add(row);
  }
  return sums;
}

describe("the gain by pairing", () => {
  test("is (var a + var b) / var(a - b)", () => {
    // Variances 1, 4 and, of the difference, 1: deviations are -1, 0, 1 and -2, 0, 2.
    const sums = sumsOf([
      [1, 10],
      [2, 12],
      [3, 14],
    ]);
    expect(pairingGain(sums, "turns")).toBeCloseTo(5, 12);
  });

  test("is 1 where nothing is in common, and below 1 where luck is opposite", () => {
    const none = sumsOf([
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ]);
    expect(pairingGain(none, "turns")).toBeCloseTo(1, 12);
    const opposite = sumsOf([
      [0, 1],
      [1, 0],
    ]);
    expect(pairingGain(opposite, "turns")).toBeCloseTo(0.5, 12);
  });

  test("is about means a task where instances differ in size", () => {
    // Turns in proportion to the tasks, but for ±1 in one of the two: both ratios vary by that alone.
    const sums = sumsOf([
      [3, 2, 1],
      [1, 2, 1],
      [7, 6, 3],
      [5, 6, 3],
    ]);
    // The baseline's ratio is constant: with nothing to cancel, the gain is 1.
    expect(pairingGain(sums, "turns")).toBeCloseTo(1, 12);
  });

  test("is undefined for a scenario against itself, a constant, and a single instance", () => {
    const same: [number, number][] = [
      [1, 1],
      [2, 2],
    ];
    expect(pairingGain(sumsOf(same), "turns")).toBeNull();
    const constant: [number, number][] = [
      [1, 3],
      [1, 3],
    ];
    expect(pairingGain(sumsOf(constant), "turns")).toBeNull();
    expect(pairingGain(sumsOf([[1, 2]]), "turns")).toBeNull();
    expect(pairingGain(sumsOf([]), "turns")).toBeNull();
  });

  test("stands beside every difference of a comparison, and is a gain where instances differ", async () => {
    const written = {
      task: { graph: { shape: "chain", size: 3 }, difficultySpread: 2 },
      models: { base: { errorRate: 0.2, latency: { distribution: "constant", mean: 1 } } },
      protocol: [{ work: { who: "worker" } }, { aggregate: { how: "majority", from: "worker" } }],
    };
    const [one, three] = [
      team(1, { ...written, name: "one" }),
      team(3, { ...written, name: "three" }),
    ];
    const { scenarios } = await compare([one, three], "one", { replications: 2000 });
    for (const { pairing } of Object.values(scenarios[0].differences ?? {}))
      expect(pairing).toBeNull();
    expect(scenarios[1].differences?.success.pairing).toBeGreaterThan(1.2);
  });
});
