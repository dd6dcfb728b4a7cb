// Warnings that documents hold as text are known again by their words.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { CALIBRATION_WARNINGS, warningsOf } from "../../src/calibrate/warnings.ts";
import { EXPERIMENT_WARNINGS } from "../../src/experiment/warnings.ts";
import {
  damagedRecord,
  foreignFile,
  moreDamaged,
  STORE_WARNINGS,
  tornRecord,
} from "../../src/store/warnings.ts";
import { TOPICS } from "../../src/topics.ts";
import { kindOfWarning } from "../../src/wording/sample.ts";
import { pagesOf, topicOf } from "../../src/wording/warnings.ts";

const KNOWN = [...EXPERIMENT_WARNINGS, ...CALIBRATION_WARNINGS, ...STORE_WARNINGS];

const parameter = {
  path: "models.base.errorRate",
  scale: "log",
  range: [0.01, 0.5],
  start: 0.1,
  fitted: 0.5,
  unit: { start: 0.5, fitted: 1 },
  atBound: "high",
  profile: { interval: [0.01, 0.5], unit: [0, 1], verdict: "free" },
} as const;

const FITS = warningsOf({
  parameters: [parameter],
  loss: { start: 1, fitted: 2 },
  isBlind: true,
  ensemble: { members: Array(8), distinct: 2, effective: 2, moved: 9, atEdge: 0 },
});

const TEXTS = [
  "only 4 instances: intervals are wide or missing, and cannot be relied on; take 240 replications or more",
  "only 1 instance: intervals are wide or missing, and cannot be relied on; take 30 replications or more",
  "success is stuck at 0: it cannot tell scenarios apart here (the true share may be 5.8 % away)",
  "0.05 % of the tasks used up all rounds before the condition of the loop was met",
  "2 % of the tasks stalled: a round changed nothing, and the condition of the loop was not met",
  "100 % of the tasks had an agent that reached limits.turnsPerClaim with work left to do: raise it, or see whether reviews always flag (errorRate, checks) or calls always fail (failure, timeout)",
  "1 % of the tasks cut off by limits.events or limits.time and counted as failed: raise the limit, or lower the rounds of loops or workload.tasks",
  "3 % of the tasks were cut off while a turn waited for an agent that was off: give it longer shifts (agents.X.shifts) or more staff, or raise limits.time",
  "1e-5 % of the tasks turned away by limits.inFlight and counted as failed",
  "9 % of the tasks never arrived, since limits.events or limits.time ended their replication; no metric but neverArrived counts them",
  "unstable: utilisation 1.2 of the busiest worker: work comes faster than it can be done, and latencies grow with workload.tasks",
  "unstable: utilisation 2 of the busiest worker: work comes faster than it can be done while these tasks arrive; faultline inspect says the load of the whole week",
  ...FITS,
  tornRecord("cells/part-0001.ndjson:3"),
  damagedRecord("cells/part-0001.ndjson:3"),
  moreDamaged("cells/part-0001.ndjson", 990),
  foreignFile("cells/old"),
];

test("the texts stand for all topics of results", () => {
  expect(FITS).toHaveLength(5);
  expect(new Set(TEXTS.map(topicOf))).toEqual(new Set(TOPICS.results));
});

test.each(TEXTS)("%j is of one topic, also without numbers and with a name before it", (text) => {
  const topics = (words: string) =>
    KNOWN.filter(({ pattern }) => pattern.test(words)).map(({ topic }) => topic);
  expect(topics(text)).toHaveLength(1);
  expect(topics(`In 12 rows: ${kindOfWarning(text)}`)).toEqual(topics(text));
  expect(topics(`my-team: ${text}`)).toEqual(topics(text));
});

test("every warning of the golden results has a topic", () => {
  const folder = join(import.meta.dirname, "..", "..", "scenarios");
  const warnings = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => /golden[\\/].*\.json$/.test(file))
    .map((file) => JSON.parse(readFileSync(join(folder, file), "utf8")))
    .flatMap((document) => [document, ...(document.scenarios ?? [])])
    .flatMap(({ warnings = [] }: { warnings?: string[] }) => warnings);
  expect(warnings.length).toBeGreaterThan(5);
  expect(warnings.filter((text) => topicOf(text) === undefined)).toEqual([]);
});

test("pages are told once each; a warning of another version has none", () => {
  expect(pagesOf([TEXTS[2], "something new", `b: ${TEXTS[2]}`, TEXTS[3]])).toEqual([
    "docs/reference/troubleshooting.md#success-is-stuck",
    "docs/reference/troubleshooting.md#rounds-used-up",
  ]);
});
