// What somebody probably meant who misspelt a word.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { slips, suggest } from "../../src/documents/checking/suggest.ts";

describe("suggestions", () => {
  test("count slips: insert, drop, replace, swap neighbours", () => {
    expect(slips("count", "count")).toBe(0);
    expect(slips("cont", "count")).toBe(1);
    expect(slips("ccount", "count")).toBe(1);
    expect(slips("caunt", "count")).toBe(1);
    expect(slips("conut", "count")).toBe(1);
    expect(slips("kitten", "sitting")).toBe(3);
    expect(slips("", "abc")).toBe(3);
  });

  test("distance is a symmetric count, zero for equal words only", () => {
    const word = fc.string({ maxLength: 8 });
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(slips(a, b)).toBe(slips(b, a));
        expect(slips(a, b) === 0).toBe(a === b);
        expect(slips(a, b)).toBeGreaterThanOrEqual(Math.abs(a.length - b.length));
        expect(slips(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length));
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  test("name the nearest word, letter case aside, and nothing far away", () => {
    const words = ["errorRate", "propagation", "count", "concatenate"];
    expect(suggest("errorrate", words)).toBe("errorRate");
    expect(suggest("erorRate", words)).toBe("errorRate");
    expect(suggest("concat", words)).toBe("concatenate");
    expect(suggest("latency", words)).toBeUndefined();
    expect(suggest("", words)).toBeUndefined();
    expect(suggest("x".repeat(1000), words)).toBeUndefined();
    expect(suggest("as", ["at", "an"])).toBe("at");
  });
});
