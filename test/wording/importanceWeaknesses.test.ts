// What weakens a team in words: the first sentence for each way in which it can come out.
import { expect, test } from "vitest";
import type { Leading } from "../../src/decide/importance/weakness/leading.ts";
import type { Weakness, Weaknesses } from "../../src/decide/importance/weakness/weaknesses.ts";
import {
  componentWords,
  fixFirstByKind,
  fixFirstLead,
  weaknessGroups,
  weaknessNotes,
} from "../../src/wording/importanceWeaknesses.ts";

const about = (mean: number, half: number) => ({ mean, ci: [mean - half, mean + half] as const });

const part = (kind: Weakness["kind"], name: string, gain: number, metric: string): Weakness => ({
  kind,
  name,
  perfect: { [metric]: about(gain, Math.abs(gain) / 10) },
  better: { [metric]: about(gain / 10, Math.abs(gain) / 100) },
  absent: { [metric]: about(-2 * gain, Math.abs(gain) / 10) },
  birnbaum: about(3 * gain, gain),
  fussellVesely: about(0.5, 0.1),
  riskAchievement: about(3, 1),
  riskReduction: about(2, 1),
});

function weaknesses(
  components: readonly Weakness[],
  first: readonly Leading[],
  metric = "success",
): Weaknesses {
  return {
    metric,
    better: metric === "success" ? "higher" : "lower",
    blocks: 32,
    instances: 128,
    base: { [metric]: about(metric === "success" ? 0.8 : 120, 0.01) },
    components,
    first,
    leftOut: [{ kind: "model", name: "idle", why: "no agent uses it" }],
  };
}

const parts = (metric = "success", sign = 1) => [
  part("check", "lead.orchestrator", sign * 0.1, metric),
  part("agent", "lead", sign * 0.08, metric),
  part("claim", "terms", 0, metric),
];

test("one part comes first", () => {
  const first = [{ among: "all" as const, components: [parts()[0]], isClear: true }];
  expect(fixFirstLead(weaknesses(parts(), first))).toBe(
    "Fix the orchestrator check of lead first: success would rise by 10.0 ±1.0 points from 80 % if it found every error and raised no false alarm. No other component alone gains as much.",
  );
});

test("it is undecided between two", () => {
  const components = parts().slice(0, 2);
  const first = [
    { among: "all" as const, components, isClear: false },
    { among: "agent" as const, components: [components[1]], isClear: true },
  ];
  const found = weaknesses(parts(), first);
  expect(fixFirstLead(found)).toMatch(
    /^Fix the orchestrator check of lead first, or the agent lead: .*; which of these 2 gains most is undecided\.$/,
  );
  expect(fixFirstByKind(found)).toEqual(["Of the agents lead comes first."]);
});

test("a metric that is better when it is lower falls", () => {
  const components = parts("loss.total", -1);
  const first = [{ among: "all" as const, components: [components[1]], isClear: true }];
  expect(fixFirstLead(weaknesses(components, first, "loss.total"))).toContain(
    "Fix the agent lead first: loss would fall by 0.080 ±.008 US dollars per task from $120",
  );
});

test("nothing is to be fixed", () => {
  const first = [{ among: "all" as const, components: [], isClear: false }];
  expect(fixFirstLead(weaknesses(parts(), first))).toContain("Nothing to fix first");
});

test("a table for a terminal has what matters, and names the rest; a full one has all", () => {
  const found = weaknesses(parts(), []);
  const labels = (isFull: boolean) =>
    weaknessGroups(found, isFull).flatMap(({ rows }) => rows.map(({ label }) => label));
  expect(labels(false)).toEqual(["lead.orchestrator", "lead"]);
  expect(labels(true)).toEqual(["lead.orchestrator", "lead", "terms"]);
  expect(weaknessNotes(found)).toEqual([
    "32 paired blocks of 128 replications · 95 % intervals",
    "Not shown, without effect: claim terms.",
    "Left out: model idle (no agent uses it).",
  ]);
  const [{ rows }] = weaknessGroups(found);
  expect(rows[0].cells.map(({ mark }) => mark)).toEqual(["▲", "▲", "▼", undefined]);
});

test("a part is called by its kind", () => {
  expect(componentWords({ kind: "check", name: "lead.self" })).toBe("the self-check of lead");
  expect(componentWords({ kind: "edge", name: "a → b" })).toBe("the edge a → b");
});
