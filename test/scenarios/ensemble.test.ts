// The shipped ensemble: it belongs to the parameters that ship, its sets lie within the ranges that were asked for, and what
// is said of it is what its table holds.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import type { EnsembleSummary } from "../../scripts/docs/studies/ensemblePlaces.ts";
import { shippedFingerprint } from "../../src/advise/belief/experience.ts";
import { loadEnsemble } from "../../src/calibrate/ensemble/file.ts";
import { nodeFiles } from "../../src/documents/reading/nodeFiles.ts";
import { ENGINE } from "../../src/experiment/result.ts";
import { quantile } from "../../src/numerics/statistics.ts";

const FOLDER = join(import.meta.dirname, "..", "..", "scenarios", "kim2025");
const TABLE = join(FOLDER, "ensemble.csv");
const { parameters, members, provenance } = loadEnsemble(TABLE, nodeFiles(TABLE));
const summary: EnsembleSummary = JSON.parse(
  readFileSync(join(FOLDER, "golden", "ensemble.json"), "utf8"),
);

interface Free {
  readonly path: string;
  readonly in: string;
  readonly range: readonly [low: number, high: number];
}
const free: readonly Free[] = parse(
  readFileSync(join(FOLDER, "parameters.yaml"), "utf8"),
).parameters;

describe("the shipped ensemble", () => {
  // Where this fails: npm run ensemble
  test("was drawn about the parameters that ship, with this engine", () => {
    expect(summary.madeWith).toBe(shippedFingerprint());
    expect(summary.engine).toEqual(ENGINE);
    const { version, semantics } = ENGINE;
    expect(provenance[0]).toContain(`by Faultline ${version} (semantics ${semantics})`);
  });

  test("has a column for each free number, and every set within its range", () => {
    expect(parameters).toEqual(free.map(({ path, in: file }) => ({ path, in: file })));
    expect(members).toHaveLength(summary.size);
    for (const { values } of members)
      for (const [i, { path, range }] of free.entries()) {
        expect(values[i], path).toBeGreaterThanOrEqual(range[0]);
        expect(values[i], path).toBeLessThanOrEqual(range[1]);
      }
  });

  test("has the spread that is told of it", () => {
    expect(summary.parameters).toHaveLength(free.length);
    for (const [i, { path, in: file, range, quantiles }] of summary.parameters.entries()) {
      expect({ path, in: file, range }).toMatchObject({ path: free[i].path, in: free[i].in });
      expect(range).toEqual(free[i].range);
      const own = members.map(({ values }) => values[i]);
      expect(quantiles).toEqual([0.05, 0.5, 0.95].map((share) => quantile(own, share)));
    }
  });
});
