// The compact set of texts.
import { expect, test } from "vitest";
import { TextSet } from "../../src/logs/textSet.ts";

test("has what was added, and nothing else, while it grows", () => {
  const set = new TextSet();
  for (let i = 0; i < 20_000; i++) {
    expect(set.has(`run ${i}`)).toBe(false);
    set.add(`run ${i}`);
    set.add(`run ${i >> 1}`);
  }
  for (let i = 0; i < 20_000; i++) {
    expect(set.has(`run ${i}`)).toBe(true);
    expect(set.has(`task ${i}`)).toBe(false);
  }
  expect(set.has("")).toBe(false);
});
