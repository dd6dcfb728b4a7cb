// The sentence of the first screen on figures that are made up: it says what they say, whatever that is.
import { expect, test } from "vitest";
import type { TargetResult } from "../../src/literature/judging.ts";
import { TEAMS } from "../../src/literature/kim2025/published.ts";
import { conclusionOf } from "../../src/terminal/brief.ts";

/** Four teams, each with its value and half-width. */
const figure = (name: string, values: readonly (number | null)[], half: number): TargetResult[] =>
  TEAMS.map((team, i) => {
    const mean = values[i];
    return {
      id: `kim2025.${name}.${team}`,
      title: team,
      published: 1,
      publishedCi: null,
      simulated: { mean, ci: mean === null ? [null, null] : [mean - half, mean + half] },
      tolerance: null,
      pass: null,
      kind: "calibrated",
      figure: name,
      unit: "",
      source: "",
      definition: "",
    };
  });

const said = (
  amplification: readonly (number | null)[],
  finance: readonly number[],
  plancraft: readonly number[],
  half = 2,
) =>
  conclusionOf([
    ...figure("amplification", amplification, half),
    ...figure("change.finance-agent", finance, half),
    ...figure("change.plancraft", plancraft, half),
  ]);

const AMPLIFIED = [17, 6.6, 4.7, 4.5];
const MORE = [18, 47, 68, 60];
const LESS = [-72, -43, -46, -52];

test("every team gains where work divides, loses where it does not, and checks hold errors back", () => {
  expect(said(AMPLIFIED, MORE, LESS)).toBe(
    "What follows: on Finance, where the work divides, every team succeeds more often (+18 to +68 %); on PlanCraft, where each step builds on the last, every team succeeds less often (-43 to -72 %); teams whose agents check each other amplify errors 4.5 to 6.6 times, independent agents 17 times.",
  );
});

test("other figures are told as they are", () => {
  expect(said(AMPLIFIED, LESS, [-30, 20, 1, 10])).toMatch(
    /on Finance, .* every team succeeds less often .*; on PlanCraft, .* 2 of 4 teams succeed more often and 1 less \(-30 to \+20 %\);/,
  );
  expect(said([2, 9, 8, 7], MORE, LESS)).toContain(
    "check each other amplify errors more (7.0 to 9.0 times) than independent agents (2.0 times)",
  );
  expect(said([5, 6, 5, 5.5], MORE, LESS)).toContain("makes no clear difference");
  // Where intervals hold 0 nothing is a gain.
  expect(said(AMPLIFIED, MORE, LESS, 100)).toContain("0 of 4 teams succeed more often and 0 less");
});

test("without a value nothing follows", () => {
  expect(said([17, null, 4.7, 4.5], MORE, LESS)).toBeUndefined();
  expect(conclusionOf([])).toBeUndefined();
});
