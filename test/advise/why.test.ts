// The sentence on what decides: metrics made so that each mechanism decides once, and a simulated conflict.
import { describe, expect, test } from "vitest";
import { why, whyNot } from "../../src/advise/why.ts";
import { run } from "../../src/experiment/experiment.ts";
import type { MetricTree } from "../../src/experiment/result.ts";
import { team } from "../support/scenarios.ts";

const NAMES = [
  "success",
  "missingClaims",
  "deliverableErrors",
  "faults.own",
  "faults.commonCause",
  "faults.guess",
  "faults.handoff",
  "faults.distortion",
  "faults.conflict",
  "faults.synthesis",
  "faults.unforeseen",
  "faults.inherited",
  "checks.caught",
];

/** Metrics that are all 0 but for some. */
function metrics(values: Record<string, number>): MetricTree {
  const tree: Record<string, Record<string, unknown>> = {};
  for (const name of NAMES) {
    const value = { mean: values[name] ?? 0, ci: [0, 1] };
    const [head, tail] = name.split(".");
    if (tail === undefined) tree[head] = value;
    else tree[head] = { ...tree[head], [tail]: value };
  }
  return tree as unknown as MetricTree;
}

const single = (values = {}) => ({ name: "single", metrics: metrics(values) });
const hybrid = (values = {}) => ({ name: "hybrid", metrics: metrics(values) });

describe("what decides", () => {
  test("claims that are left undone", () => {
    expect(
      why(hybrid({ missingClaims: 0.25 }), single({ missingClaims: 1.9, deliverableErrors: 0.1 })),
    ).toBe(
      "Claims left undone decide: 1.9 per task with the single agent, 0.25 with the hybrid team; they are out of reach of its turns, or get lost on the way.",
    );
  });

  test.each([
    [
      "faults.own",
      /^Claims that agents get wrong by themselves decide: 1\.2 per task with the hybrid team, 0 with the single agent, since a turn has less budget/,
    ],
    ["faults.commonCause", /^Claims that agents get wrong by themselves decide: 1\.2 /],
    [
      "faults.guess",
      /^Guesses at premises decide: 1\.2 per task .*, since agents work there without/,
    ],
    ["faults.handoff", /^Losses at hand-overs decide: 1\.2 per task .*, since work changes hands/],
    ["faults.distortion", /^Losses at hand-overs decide: 1\.2 per task/],
    [
      "faults.conflict",
      /^Conflicts over shared state decide: 1\.2 per task .*, since agents change it at the same time/,
    ],
    ["faults.synthesis", /^Slips when the answer is put together decide: 1\.2 per task/],
    [
      "faults.unforeseen",
      /^Needs that the plan did not foresee decide: 1\.2 per task .*, since a plan is followed there/,
    ],
  ])("%s that the better one does not have", (cause, sentence) => {
    const worse = hybrid({ deliverableErrors: 1, [cause]: 1.2 });
    expect(why(single(), worse)).toMatch(sentence);
  });

  test("the cause of which there is most more, with what is passed on of it", () => {
    const better = single({ "faults.own": 2 });
    const worse = hybrid({
      deliverableErrors: 1,
      "faults.own": 2.1,
      "faults.guess": 0.4,
      "faults.inherited": 3,
    });
    expect(why(better, worse)).toBe(
      "Guesses at premises decide: 0.4 per task with the hybrid team, 0 with the single agent, since agents work there without what others know; errors passed on are 3 per task with the hybrid team, 0 with the single agent.",
    );
  });

  test("checks that catch more than any cause makes", () => {
    const better = hybrid({ "checks.caught": 2.5 });
    const worse = single({ deliverableErrors: 1, "faults.own": 0.2, "checks.caught": 0.5 });
    expect(why(better, worse)).toBe(
      "Checks decide: errors caught are 0.5 per task with the single agent, 2.5 with the hybrid team.",
    );
  });

  test("errors that are passed on, where no more of them begin", () => {
    const worse = hybrid({ deliverableErrors: 1, "faults.inherited": 12.4 });
    expect(why(single(), worse)).toMatch(
      /^Errors passed on from claim to claim decide: 12 per task with the hybrid team, 0 with /,
    );
  });

  test("what is taken into the answer, where nothing else differs", () => {
    const worse = hybrid({ deliverableErrors: 0.5, "faults.own": 1 });
    expect(why(single({ "faults.own": 1 }), worse)).toMatch(
      /^What is taken into the answer decides: wrong claims in it are 0\.5 per task with the hybrid team/,
    );
  });

  test("what was learned, where they stand the other way round in the simulation", () => {
    const worse = hybrid({ success: 0.7, "faults.own": 1 });
    expect(why(single({ success: 0.6 }), worse)).toBe(
      "The simulation alone would speak for the hybrid team. What was measured, and what simulations miss, decides otherwise.",
    );
  });

  test("constraints, where a candidate of more success does not meet them", () => {
    expect(whyNot("hybrid")).toBe(
      "The constraints decide: the hybrid team would succeed more often, but does not meet them.",
    );
  });

  test("nothing, where they deliver alike", () => {
    expect(why(single({ missingClaims: 0.2 }), hybrid({ missingClaims: 0.2 }))).toMatch(
      /^Nothing decides clearly: the single agent and the hybrid team /,
    );
  });
});

// Conflicts are certain where three share state and work at the same time, and there are none alone: any seed shows it.
test("simulated agents that get into each other's way are found out", async () => {
  const task = { graph: { shape: "chain", size: 1 }, sharedState: true };
  const agents = (count: number) => ({ worker: { count, conflict: 1 } });
  const of = (count: number, name: string) => team(count, { name, task, agents: agents(count) });
  const { scenarios } = await run([of(1, "single"), of(3, "hybrid")], { replications: 50 });
  const [alone, together] = scenarios;
  expect(why(alone, together)).toMatch(/^Conflicts over shared state decide: /);
});
