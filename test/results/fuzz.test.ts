// Whatever is in a document, commands that read it draw it or say what is wrong with it and where, and never fail by
// themselves.
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { COUNT, foundAtLength, foundBy, type Trials } from "../support/fuzzing.ts";
import { damagedResults } from "./damagedResults.ts";

let trials: Trials;

beforeAll(async () => {
  trials = await damagedResults();
}, 120_000);

test("damaged results, manifests, plans and states", async () => {
  const property = fc.asyncProperty(fc.noShrink(fc.nat()), async (seed) => {
    expect(await foundBy(trials, seed)).toBeUndefined();
  });
  await fc.assert(property, { seed: 1, numRuns: 60 });
});

test.runIf(COUNT > 0)(
  `${COUNT} damaged results`,
  async () => expect((await foundAtLength(trials)).join("\n\n")).toBe(""),
  24 * 3600 * 1000,
);
