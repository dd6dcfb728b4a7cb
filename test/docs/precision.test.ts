// The page on precision: it shows what was measured, and a small part of that is measured again.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { CASES } from "../../scripts/docs/precision/cases.ts";
import { coverage } from "../../scripts/docs/precision/coverage.ts";
import type { Measured } from "../../scripts/docs/precision/measure.ts";
import { PRECISION_PAGE, precisionPage } from "../../scripts/docs/precision/page.ts";
import { ROOT } from "../../scripts/docs/session/pages.ts";
import { SEMANTICS } from "../../src/version.ts";

const read = (file: string) => readFileSync(join(ROOT, file), "utf8");
const measured: Measured = JSON.parse(read("scripts/docs/precision/measured.json"));

test("it shows what was measured, and under which semantics", () => {
  expect(measured.semantics).toBe(SEMANTICS);
  expect(read(join("docs", PRECISION_PAGE))).toContain(`(semantics ${measured.semantics})`);
  expect(read(join("docs", PRECISION_PAGE))).toBe(precisionPage(measured));
});

// Seeds "coverage 1000" to "coverage 1099", which the page has not seen. An interval that covers in 93 of 100 runs, the least that
// is in range, covers in fewer than 81 of these with a chance of 1 in 50,000; there are 38 of them.
describe("intervals cover closed forms", () => {
  const [firstSeed, endSeed, LEAST] = [1000, 1100, 81];

  test.each(
    ["reviews", "majority", "hard-and-easy"].flatMap((name) =>
      [200, 800].map((replications) => [name, replications] as const),
    ),
  )("of %s at %i replications", async (name, replications) => {
    const { closed = {} } = CASES.find((one) => one.name === name) ?? {};
    const job = { case: name, truths: closed, replications, firstSeed, endSeed };
    for (const [quantity, { covered }] of Object.entries(await coverage(job)))
      expect(covered, quantity).toBeGreaterThanOrEqual(LEAST);
  });
});
