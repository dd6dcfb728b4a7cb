import { expect, test } from "vitest";
import { durationText, durationUnit } from "../../src/wording/duration.ts";

test.each([
  [0, "0 s"],
  [0.25, "0.25 s"],
  [35.04, "35 s"],
  [299, "299 s"],
  [300, "5 min"],
  [2178, "36.3 min"],
  [7199, "120 min"],
  [7200, "2 h"],
  [36_000_000, "10,000 h"],
])("%d seconds are %s", (seconds, text) => {
  expect(durationText(seconds)).toBe(text);
});

test("durations side by side have the unit of the longest", () => {
  expect(durationUnit(299).words).toBe("seconds");
  expect(durationUnit(4000)).toMatchObject({ symbol: "min", seconds: 60 });
  expect(durationUnit(1e5).symbol).toBe("h");
});
