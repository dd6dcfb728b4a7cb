// A common kind of pipeline, as somebody wrote it who had not used the tool before: validation names its traps, and once
// its advice is followed next to no claim is missing.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { formatProblems } from "../../../src/documents/checking/problems.ts";
import { FIELD } from "../../../src/model/outcome.ts";
import { faultline } from "../../cli/memoryWorld.ts";
import { outcomes } from "../../support/scenarios.ts";
import { load } from "../support.ts";

const textOf = (name: string) => readFileSync(join(import.meta.dirname, "files", name), "utf8");
const WRITTEN = textOf("insurance.yaml");
const MENDED = textOf("insurance-mended.yaml");

describe("insurance.yaml", () => {
  test("is valid, and each of its traps is named with its place and a remedy", async () => {
    const files = { "insurance.yaml": WRITTEN };
    const { code, stderr } = await faultline(["validate", "insurance.yaml"], { files });
    expect(code).toBe(0);
    await expect(stderr).toMatchFileSnapshot("golden/insurance.txt");
  });

  test("is warned of by run as well", async () => {
    const files = { "insurance.yaml": WRITTEN };
    const args = ["run", "insurance.yaml", "--replications", "8", "--jobs", "1"];
    const { stderr } = await faultline(args, { files });
    expect(stderr).toContain("warning: when reviewer rejects facts");
  });

  test("has nothing to warn of once the advice is followed", async () => {
    const { warnings } = await load(MENDED);
    expect(formatProblems(warnings)).toBe("");
  });

  test("lacks claims however long it works as written, and next to never once the advice is followed", async () => {
    const [written, mended] = [await tasksLacking(WRITTEN), await tasksLacking(MENDED)];
    // Of 20,000 tasks 2.2 and 12 in a thousand lack claims.
    expect(mended).toBeLessThanOrEqual(40);
    expect(written).toBeGreaterThanOrEqual(3 * mended);
  });
});

/** Tasks among 10,000 (seed "test") that lack a claim although there are rounds enough. */
async function tasksLacking(text: string): Promise<number> {
  const { scenario } = await load(text, { overrides: { "protocol.1.repeat.rounds": 30 } });
  return outcomes(scenario, 10_000).filter((row) => row[FIELD.missingClaims] > 0).length;
}
