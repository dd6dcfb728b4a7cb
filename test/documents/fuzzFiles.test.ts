// Shipped scenarios, experiments and targets, damaged: the commands that read them end with a result or with problems
// that have a place, in bounded time, and what a hint says to write helps.
import fc from "fast-check";
import { expect, test } from "vitest";
import { COUNT, foundAtLength, foundBy } from "../support/fuzzing.ts";
import { damagedFiles } from "./damagedFiles.ts";

test("damaged files", async () => {
  const property = fc.asyncProperty(fc.noShrink(fc.nat()), async (seed) => {
    expect(await foundBy(damagedFiles, seed)).toBeUndefined();
  });
  await fc.assert(property, { seed: 1, numRuns: 60 });
});

test.runIf(COUNT > 0)(
  `${COUNT} damaged files`,
  async () => expect((await foundAtLength(damagedFiles)).join("\n\n")).toBe(""),
  24 * 3600 * 1000,
);
