// What a report says of a run or a comparison.

import { type ExperimentResult, readMetric, type ScenarioResult } from "../../experiment/result.ts";
import type { MetricDefinition } from "../../metrics/definitions.ts";
import type { ResultDocument } from "../../results/results.ts";
import { breakdownTables } from "../../wording/breakdown.ts";
import {
  baselineFirst,
  changeLegend,
  experimentTitle,
  judgedPrecision,
  judgedThresholds,
  metricCell,
  shortName,
} from "../../wording/experiment.ts";
import { selectMetrics } from "../../wording/selection.ts";
import { grouped } from "../../wording/text.ts";
import { experimentAnswer } from "./answer.ts";
import { commonFacts, type Fact, type Section, type Table } from "./section.ts";

type Content = Omit<Section, "charts" | "command" | "scenarios">;

export function isExperiment(result: ResultDocument): result is ExperimentResult {
  return result.schema === "faultline/run@1" || result.schema === "faultline/compare@1";
}

/** All that a run or a comparison has to say, the baseline first. */
export function experimentSection(found: ExperimentResult): Content {
  const result = baselineFirst(found);
  const { scenarios, baseline } = result;
  const has = (name: string) => scenarios.some((s) => readMetric(s.metrics, name) !== undefined);
  const [key, every] =
    scenarios.length === 0 ? [] : [false, true].map((all) => tableOf(result, all));
  const tables = [key, ...scenarios.flatMap((one) => breakdownsOf(result, one)), every];
  return {
    kind: baseline === undefined ? "Run" : "Comparison",
    title: experimentTitle(result),
    answer: experimentAnswer(result),
    facts: factsOf(result),
    tables: tables.filter((table) => table !== undefined),
    thresholds: scenarios.flatMap(judgedThresholds),
    precision: (result.precision ?? []).map(judgedPrecision),
    warnings: scenarios.flatMap(({ name, warnings }) => warnings.map((text) => `${name}: ${text}`)),
    metrics: selectMetrics(has, true).flatMap(({ metrics }) => metrics),
    omissions: [],
  };
}

function factsOf(result: ExperimentResult): Fact[] {
  const { seed, scenarios, replications, precision, interrupted, engine } = result;
  const each = (of: (one: ScenarioResult) => number) =>
    [...new Set(scenarios.map((one) => grouped(of(one))))].join(" / ");
  const done = each((one) => one.replications);
  const asked = precision === undefined && interrupted ? ` of ${grouped(replications)}` : "";
  return [
    { name: "Replications of each", value: `${done}${asked}${interrupted ? ", interrupted" : ""}` },
    { name: "Task instances", value: each((one) => one.instances) },
    ...(scenarios.some(({ draws }) => draws)
      ? [{ name: "Draws of uncertain numbers", value: each(({ draws = 0 }) => draws) }]
      : []),
    ...(scenarios.some(({ warmUp }) => warmUp)
      ? [{ name: "Warm-up, tasks left out", value: each(({ warmUp = 0 }) => warmUp) }]
      : []),
    ...commonFacts(seed, engine),
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
      cells: scenarios.map((scenario) => {
        const reason = readMetric(scenario.metrics, metric.name)?.undefined;
        if (reason !== undefined) reasons.add(reason);
        return metricCell(metric, scenario, baseline);
      }),
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
      ...(baseline === undefined ? [] : [changeLegend(shortName(result, baseline))]),
      ...[...reasons].map((reason) => `Undefined: ${reason}.`),
    ],
  };
}

/** Tables by agent, by claim and by class. */
function breakdownsOf(result: ExperimentResult, scenario: ScenarioResult): Table[] {
  const of = result.scenarios.length > 1 ? `: ${shortName(result, scenario.name)}` : "";
  return breakdownTables(scenario).map(({ title, corner, columns, rows, note }) => ({
    title: `${title}${of}`,
    isFolded: false,
    corner,
    columns,
    groups: [{ title: "", rows }],
    metrics: [],
    notes: note === "" ? [] : [note],
  }));
}

/** The unit without the word that the title says already: `per task` of turns. */
function shortUnit({ title, unit }: MetricDefinition): string {
  const [first, ...rest] = unit.split(" ");
  return title.toLowerCase().split(/\W+/).includes(first) ? rest.join(" ") : unit;
}
