// Intervals and warnings of runs with few instances: none may look certain, and they hold the truth.
import { describe, expect, test } from "vitest";
import { memoryFiles } from "../../src/documents/reading/files.ts";
import { differences, type MetricValue, metricValue } from "../../src/experiment/result.ts";
import { METRICS } from "../../src/metrics/definitions.ts";
import { samplesOf } from "../../src/metrics/sample.ts";
import { Tally, TallyPart } from "../../src/metrics/tally.ts";
import { Engine } from "../../src/model/engine.ts";
import { OUTCOME_SIZE } from "../../src/model/outcome.ts";
import { rootKey } from "../../src/numerics/draws.ts";
import { compile } from "../../src/scenario/compiling/compile.ts";
import { loadScenario } from "../../src/scenario/load.ts";
import { EDITED, faultline, SINGLE } from "../cli/memoryWorld.ts";

const SPREAD = "task: { difficultySpread: 1.5, graph:";
const FILES = {
  "single.yaml": SINGLE.replace("task: { graph:", SPREAD),
  "edited.yaml": EDITED.replace("task: { graph:", SPREAD),
};

/** Sums of the outcome fields of instances, those of the single agent behind those of the team: a row an instance. */
async function instances(count: number): Promise<Float64Array[]> {
  const rows = Array.from({ length: count }, () => new Float64Array(2 * OUTCOME_SIZE));
  for (const [half, file] of ["edited.yaml", "single.yaml"].entries()) {
    const { scenario } = await loadScenario(file, { files: memoryFiles(FILES) });
    const engine = new Engine(compile(scenario), rootKey("few"));
    const { repeats } = engine.plan;
    rows.forEach((row, instance) => {
      const own = row.subarray(half * OUTCOME_SIZE, (half + 1) * OUTCOME_SIZE);
      for (let repeat = 0; repeat < repeats; repeat++) {
        engine.run(instance * repeats + repeat);
        for (let field = 0; field < OUTCOME_SIZE; field++) own[field] += engine.outcome[field];
      }
    });
  }
  return rows;
}

/** The estimates from some instances that are asked for, by name; differences have a Δ before it. */
function estimates(rows: readonly Float64Array[], names?: string[]): Map<string, MetricValue> {
  const tallies = [0, OUTCOME_SIZE].map((first) => {
    const part = new TallyPart();
    part.rows.push(...rows.map((row) => row.subarray(first, first + OUTCOME_SIZE)));
    const tally = new Tally();
    tally.take(part.pack());
    return tally;
  });
  const [sample] = samplesOf(tallies, 1);
  const asked = METRICS.filter(({ name }) => names?.includes(name) ?? true);
  const values = asked.map((metric) => [metric.name, metricValue(metric, sample)] as const);
  const paired = Object.entries(differences(sample)).map(([name, value]) => [`Δ${name}`, value]);
  return new Map([...values, ...paired] as [string, MetricValue][]);
}

describe("400 experiments of each size", async () => {
  const all = await instances(400 * 32);
  const truth = estimates(all);
  const experiments = (size: number, names?: string[]) =>
    Array.from({ length: 400 }, (_, i) => estimates(all.slice(i * size, (i + 1) * size), names));
  const measured = ["success", "Δsuccess", "turns", "Δturns", "amplification.propagation"];

  // The standard deviation of a coverage of .95 is .011 over 400: each of the 25 gives a false alarm at 4e-4 of the seeds.
  test.each([2, 4, 8, 16, 32])("of %d instances: intervals hold the truth", (size) => {
    const made = experiments(size, measured);
    const coverages = measured.map((name) => {
      const { mean } = truth.get(name) as { mean: number };
      const values = made.map((one) => one.get(name) as MetricValue);
      const defined = values.filter((value) => value.mean !== null);
      const holds = ({ ci: [lo, hi] }: MetricValue) =>
        (lo ?? Number.NEGATIVE_INFINITY) <= mean && mean <= (hi ?? Number.POSITIVE_INFINITY);
      return [name, defined.filter(holds).length / defined.length] as const;
    });
    expect(coverages.filter(([, covered]) => covered < 0.913)).toEqual([]);
  });

  test.each([2, 4, 8, 16, 29])("of %d instances: no interval without width", (size) => {
    const certain = new Set<string>();
    for (const one of experiments(size))
      for (const [name, { mean, ci }] of one)
        if (mean !== null && ci[0] !== null && ci[0] === ci[1]) certain.add(name);
    expect([...certain]).toEqual([]);
  });
});

describe("compare --replications 16", () => {
  const compare = (seed: string, replications = "16") => {
    const sampling = ["--replications", replications, "--seed", seed, "--jobs", "1"];
    const files = ["single.yaml", "edited.yaml", "--baseline", "single"];
    return faultline(["compare", ...files, ...sampling, "--json", "--no-save"], { files: FILES });
  };

  test("warns of two instances, and only the baseline differs from itself by nothing", async () => {
    for (let seed = 0; seed < 8; seed++) {
      const { scenarios } = JSON.parse((await compare(String(seed))).stdout);
      const [single, edited] = scenarios;
      for (const { warnings } of scenarios)
        expect(warnings[0]).toBe(
          "only 2 instances: intervals are wide or missing, and cannot be relied on; take 240 replications or more",
        );
      for (const { ci } of Object.values<MetricValue>(single.differences))
        expect(ci).toEqual([0, 0]);
      expect(single.metrics.turns.ci).toEqual([0, null]);
      expect(single.metrics.overhead).toMatchObject({ mean: 0, ci: [0, 0] });
      for (const { ci } of Object.values<MetricValue>(edited.differences))
        if (ci[0] !== null) expect(ci[1]).toBeGreaterThan(ci[0]);
    }
  });

  test("warns of one instance, and no longer of thirty", async () => {
    const warnings = async (replications: string) =>
      JSON.parse((await compare("a", replications)).stdout).scenarios[0].warnings.join();
    expect(await warnings("3")).toContain("only 1 instance: ");
    expect(await warnings("232")).toContain("only 29 instances: ");
    expect(await warnings("240")).not.toContain("instance");
  });
});
