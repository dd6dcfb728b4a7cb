// Reproducing a study: what is simulated is what `compare` simulates, and every figure is judged by it.
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { nodeFiles } from "../../src/documents/reading/nodeFiles.ts";
import { compare } from "../../src/experiment/experiment.ts";
import { readMetric } from "../../src/experiment/result.ts";
import { ARCHITECTURES, BENCHMARKS, TEAMS } from "../../src/literature/kim2025/published.ts";
import { KIM2025 } from "../../src/literature/kim2025/study.ts";
import { reproduce } from "../../src/literature/reproduce.ts";
import { loadScenario } from "../../src/scenario/load.ts";

const FOLDER = join(import.meta.dirname, "..", "..", "scenarios", "kim2025");
const OPTIONS = { replications: 400, seed: "test" };

const load = async (name: string) => {
  const file = join(FOLDER, `${name}.yaml`);
  return (await loadScenario(file, { files: nodeFiles(file), overrides: { repeats: 1 } })).scenario;
};

describe("reproduce", async () => {
  const result = await reproduce(KIM2025, OPTIONS);
  const simulated = (id: string) =>
    result.targets.find((target) => target.id === `kim2025.${id}`)?.simulated.mean as number;

  test("simulates each benchmark as compare does, with a seed of its own", async () => {
    for (const benchmark of BENCHMARKS) {
      const names = ARCHITECTURES.map((architecture) => `${benchmark}-${architecture}`);
      const { scenarios } = await compare(await Promise.all(names.map(load)), names[0], {
        replications: OPTIONS.replications,
        seed: `${OPTIONS.seed}/${benchmark}`,
      });
      for (const [i, architecture] of ARCHITECTURES.entries()) {
        const success = readMetric(scenarios[i].metrics, "success")?.mean as number;
        expect(simulated(`success.${benchmark}.${architecture}`)).toBeCloseTo(success, 12);
        const single = readMetric(scenarios[0].metrics, "success")?.mean as number;
        if (architecture !== "single")
          expect(simulated(`change.${benchmark}.${architecture}`)).toBeCloseTo(
            100 * (success / single - 1),
            9,
          );
      }
      expect(simulated(`trajectory.${benchmark}`)).toBeCloseTo(
        readMetric(scenarios[0].metrics, "turns")?.mean as number,
        12,
      );
    }
  });

  test("derives figures from one another as the definitions say", () => {
    for (const team of TEAMS) {
      const relativeTurns = simulated(`turns.${team}`) / simulated("turns.single");
      expect(simulated(`overhead.${team}`)).toBeCloseTo(100 * (relativeTurns - 1), 9);
      const success = simulated(`meanSuccess.${team}`);
      expect(simulated(`efficiency.${team}`)).toBeCloseTo(success / relativeTurns, 12);
      const ratios = BENCHMARKS.map(
        (b) => (1 - simulated(`success.${b}.${team}`)) / (1 - simulated(`success.${b}.single`)),
      );
      const mean = ratios.reduce((sum, x) => sum + x, 0) / ratios.length;
      expect(simulated(`taskAmplification.${team}`)).toBeCloseTo(mean, 12);
    }
  });

  test("counts verdicts and averages the errors of the 20 success rates", () => {
    const { targets, summary } = result;
    const count = (kind: string, pass: boolean | null) =>
      targets.filter((target) => target.kind === kind && target.pass === pass).length;
    for (const kind of ["calibrated", "predicted"] as const)
      expect(summary[kind]).toEqual({
        passed: count(kind, true),
        missed: count(kind, false),
        open: count(kind, null),
      });
    const errors = targets
      .filter(({ id }) => id.startsWith("kim2025.success."))
      .map((target) => Math.abs((target.simulated.mean as number) - target.published));
    expect(errors).toHaveLength(20);
    expect(summary.success?.meanAbsoluteError).toBeCloseTo(
      errors.reduce((sum, x) => sum + x, 0) / 20,
      12,
    );
    expect(summary.success?.largestError).toBe(Math.max(...errors));
  });

  test("an interrupt leaves figures without value rather than wrong ones", async () => {
    const interrupt = new AbortController();
    const onProgress = (share: number) => share > 0.1 && interrupt.abort();
    const { interrupted, targets, summary } = await reproduce(KIM2025, {
      replications: 4000,
      onProgress,
      signal: interrupt.signal,
    });
    const of = (id: string) => targets.find((target) => target.id === `kim2025.${id}`);
    expect(interrupted).toBe(true);
    expect(of("success.finance-agent.single")?.simulated.mean).toBeGreaterThan(0);
    expect(of("success.plancraft.single")).toMatchObject({ pass: null, simulated: { mean: null } });
    expect(of("turns.hybrid")).toMatchObject({ pass: null, simulated: { mean: null } });
    expect(summary.success).toMatchObject({ meanAbsoluteError: null, pass: null });
  });
});
