// The reproduction page: everything on it comes from the results that it is given.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { type PageParts, reproductionPage } from "../../scripts/docs/reproductionPage.ts";
import { KIM2025 } from "../../src/literature/kim2025/study.ts";
import { type Reproduction, reproduce } from "../../src/literature/reproduce.ts";

const GOLDEN = join(import.meta.dirname, "..", "..", "scenarios", "kim2025", "golden");
const kept = (name: string) => JSON.parse(readFileSync(join(GOLDEN, `${name}.json`), "utf8"));

let reproduction: Reproduction;
let parts: PageParts;
beforeAll(async () => {
  reproduction = await reproduce(KIM2025, { replications: 160 });
  parts = { reproduction, calibration: kept("calibration"), predictions: kept("predictions") };
});

describe("reproduction page", () => {
  test("has a row for every figure, and none without a value", () => {
    const rows = reproductionPage(parts)
      .split("\n")
      .filter((line) => /\| (calibrated|predicted) \|$/.test(line));
    expect(rows).toHaveLength(reproduction.targets.length);
    expect(reproductionPage(parts)).not.toMatch(/NaN|undefined|\[object/);
  });

  test("names what is off, and says so where nothing is", () => {
    const missed = reproduction.targets.filter(({ pass }) => pass === false);
    const list = reproductionPage(parts).split("## What the model does not explain")[1];
    for (const { id } of missed) expect(list).toContain(`- \`${id}\`: published`);

    const targets = reproduction.targets.map((target) => ({ ...target, pass: true }));
    const all = reproductionPage({ ...parts, reproduction: { ...reproduction, targets } });
    expect(all).toContain("No figure with a tolerance is out of range.");
  });

  test("tells of every fitted parameter and how well it is pinned down", () => {
    const page = reproductionPage(parts);
    for (const { path, in: file } of parts.calibration.parameters)
      expect(page).toContain(`| \`${path}\` | ${file} |`);
  });

  test("puts the predictions beside all that they are to beat", () => {
    const page = reproductionPage(parts);
    for (const { name } of parts.predictions.baselines) expect(page).toContain(`| ${name}: `);
    for (const { model } of parts.predictions.folds) expect(page).toContain(`| ${model} left out`);
  });
});
