import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { commonPrefix, count, grouped, wrap } from "../../src/wording/text.ts";

describe("wrap", () => {
  test("breaks between words", () => {
    expect(wrap("one two three", 7)).toEqual(["one two", "three"]);
    expect(wrap("one two three", 13)).toEqual(["one two three"]);
    expect(wrap("", 5)).toEqual([""]);
  });

  test("loses no word, and no line is wider unless one word is", () => {
    const words = fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(words, fc.integer({ min: 1, max: 30 }), (list, width) => {
        const lines = wrap(list.join(" "), width);
        expect(lines.join(" ")).toBe(list.join(" "));
        for (const line of lines) expect(line.length <= width || !line.includes(" ")).toBe(true);
      }),
      { seed: 1, numRuns: 200 },
    );
  });
});

test("grouped sets thousands apart", () => {
  expect([0, 999, 1000, 20000, 1234567].map(grouped)).toEqual([
    "0",
    "999",
    "1,000",
    "20,000",
    "1,234,567",
  ]);
});

test("count knows one from many", () => {
  expect([count(1, "agent"), count(0, "agent"), count(1000, "entry", "entries")]).toEqual([
    "1 agent",
    "0 agents",
    "1,000 entries",
  ]);
});

test.each([
  [["finance-agent-single", "finance-agent-hybrid"], "finance-agent-"],
  [["single", "hybrid"], ""],
  [["team-a", "team-abc"], "team-"],
  [["abc", "abd"], ""],
  [["team-", "team-a"], ""],
  [["alone-one"], ""],
])("the common prefix of %j is %j", (names, prefix) => {
  expect(commonPrefix(names)).toBe(prefix);
});
