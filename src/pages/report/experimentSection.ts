// What a report says of a run or a comparison.

import { halfWidthText } from "../../experiment/halfWidth.ts";
import {
  type ExperimentResult,
  type MetricValue,
  type PrecisionResult,
  readMetric,
  type ScenarioResult,
  type Verdict,
} from "../../experiment/result.ts";
import type { MetricDefinition } from "../../metrics/definitions.ts";
import { powerOfTen } from "../../numerics/power.ts";
import type { ResultDocument } from "../../results/results.ts";
import { parseThreshold } from "../../scenario/thresholds.ts";
import { changeOf } from "../../terminal/experiment.ts";
import { estimateText, plainEstimate, plainNumber } from "../../wording/estimate.ts";
import { selectMetrics } from "../../wording/selection.ts";
import { commonPrefix, count, grouped } from "../../wording/text.ts";
import { experimentAnswer, shortName } from "./answer.ts";
import type { Cell, Fact, Judged, Section, Table } from "./section.ts";

type Content = Omit<Section, "charts" | "command" | "scenarios">;

export function isExperiment(result: ResultDocument): result is ExperimentResult {
  return result.schema === "faultline/run@1" || result.schema === "faultline/compare@1";
}

/** All that a run or a comparison has to say, the baseline first. */
export function experimentSection(found: ExperimentResult): Content {
  const result = { ...found, scenarios: baselineFirst(found) };
  const { scenarios, baseline } = result;
  const has = (name: string) => scenarios.some((s) => readMetric(s.metrics, name) !== undefined);
  const tables = scenarios.length === 0 ? [] : [false, true].map((all) => tableOf(result, all));
  return {
    kind: baseline === undefined ? "Run" : "Comparison",
    title: titleOf(result),
    answer: experimentAnswer(result),
    facts: factsOf(result),
    tables,
    thresholds: scenarios.flatMap(thresholdsOf),
    precision: (result.precision ?? []).map(precisionOf),
    warnings: scenarios.flatMap(({ name, warnings }) => warnings.map((text) => `${name}: ${text}`)),
    metrics: selectMetrics(has, true).flatMap(({ metrics }) => metrics),
    omissions: [],
  };
}

function baselineFirst({ scenarios, baseline }: ExperimentResult): ScenarioResult[] {
  const isBaseline = (one: ScenarioResult) => one.name === baseline;
  return [...scenarios.filter(isBaseline), ...scenarios.filter((one) => !isBaseline(one))];
}

function titleOf(result: ExperimentResult): string {
  const { scenarios, baseline } = result;
  const names = scenarios.map(({ name }) => name);
  if (names.length === 1) return names[0];
  const subject = commonPrefix(names).slice(0, -1);
  const crowd = count(names.length, "scenario");
  const what =
    baseline === undefined ? crowd : `${crowd} compared with ${shortName(result, baseline)}`;
  return subject === "" ? capitalized(what) : `${subject}: ${what}`;
}

const capitalized = (text: string) => text[0].toUpperCase() + text.slice(1);

function factsOf(result: ExperimentResult): Fact[] {
  const { seed, scenarios, replications, precision, interrupted, engine } = result;
  const each = (of: (one: ScenarioResult) => number) =>
    [...new Set(scenarios.map((one) => grouped(of(one))))].join(" / ");
  const done = each((one) => one.replications);
  const asked = precision === undefined && interrupted ? ` of ${grouped(replications)}` : "";
  return [
    { name: "Replications of each", value: `${done}${asked}${interrupted ? ", interrupted" : ""}` },
    { name: "Task instances", value: each((one) => one.instances) },
    { name: "Intervals", value: "95 %" },
    { name: "Seed", value: seed },
    { name: "Engine", value: `Faultline ${engine.version}, semantics ${engine.semantics}` },
  ];
}

// ---------------------------------------------------------------- tables

function tableOf(result: ExperimentResult, all: boolean): Table {
  const { scenarios, baseline } = result;
  const has = (name: string) => scenarios.some((s) => readMetric(s.metrics, name) !== undefined);
  const reasons = new Set<string>();
  const selected = selectMetrics(has, all);
  const groups = selected.map(({ title, metrics }) => ({
    title,
    rows: metrics.map((metric) => ({
      label: metric.title,
      unit: shortUnit(metric),
      cells: scenarios.map((scenario) => cellOf(metric, scenario, baseline, reasons)),
    })),
  }));
  return {
    title: all ? "Every metric" : "Key figures",
    isFolded: all,
    corner: "Metric",
    columns: scenarios.map(({ name }) => ({
      name: shortName(result, name),
      ...(name === baseline ? { remark: "baseline" } : {}),
    })),
    groups,
    metrics: selected.flatMap(({ metrics }) => metrics.map(({ name }) => name)),
    notes: [
      ...(baseline === undefined ? [] : [legend(shortName(result, baseline))]),
      ...[...reasons].map((reason) => `Undefined: ${reason}.`),
    ],
  };
}

/** The unit without the word that the title says already: `a task` of turns. */
function shortUnit({ title, unit }: MetricDefinition): string {
  const [first, ...rest] = unit.split(" ");
  return title.toLowerCase().split(/\W+/).includes(first) ? rest.join(" ") : unit;
}

const legend = (baseline: string) =>
  `▲ better, ▼ worse than ${baseline}: the 95 % interval of the paired difference excludes 0, each difference taken by itself.`;

function cellOf(
  metric: MetricDefinition,
  scenario: ScenarioResult,
  baseline: string | undefined,
  reasons: Set<string>,
): Cell {
  const value = readMetric(scenario.metrics, metric.name);
  if (value?.undefined !== undefined) reasons.add(value.undefined);
  const cell = estimateCell(value);
  // The baseline relative to itself says nothing.
  if (scenario.name === baseline) return metric.needsBaseline ? { ...cell, tone: "faint" } : cell;
  const change = changeOf(metric, scenario);
  if (change === undefined) return cell;
  return { ...cell, mark: change, tone: change === "better" ? "good" : "bad" };
}

/** An estimate as a cell of a table. */
export function estimateCell(value: MetricValue | undefined): Cell {
  if (value === undefined) return { text: "", tone: "faint" };
  if (value.mean === null) return { text: "undefined", tone: "faint" };
  const { whole, fraction, interval } = estimateText(value);
  return { text: whole + fraction, interval: interval.trim() };
}

// ---------------------------------------------------------------- verdicts

const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  pass: "pass",
  fail: "fail",
  inconclusive: "inconclusive",
  "not-evaluated": "not evaluated",
};

function thresholdsOf({ name, thresholds, metrics }: ScenarioResult): Judged[] {
  return thresholds.map(({ threshold, verdict }) => {
    const value = readMetric(metrics, parseThreshold(threshold)?.metric ?? "");
    return {
      verdict,
      word: VERDICT_WORDS[verdict],
      scenario: name,
      condition: threshold,
      found: value === undefined ? "" : plainEstimate(value),
    };
  });
}

/** A precision that was asked for, and what came of it. */
export function precisionOf(one: PrecisionResult): Judged {
  return {
    verdict: one.reached ? "pass" : "inconclusive",
    word: one.reached ? "reached" : "not reached",
    scenario: one.scenario,
    condition: `${one.metric} ±${halfWidthText(one.target).replace("%", " %")}`,
    found: halfWidthFound(one),
  };
}

function halfWidthFound({ halfWidth, target }: PrecisionResult): string {
  if (halfWidth === null) return "no half-width";
  const isRelative = "relative" in target;
  const width = isRelative ? 100 * halfWidth : halfWidth;
  // Rounded up to three digits, so that what is not reached does not look like it.
  const digits = width === 0 ? 1 : powerOfTen(2 - Math.floor(Math.log10(width)));
  return `±${plainNumber(Math.ceil(width * digits) / digits)}${isRelative ? " %" : ""}`;
}
