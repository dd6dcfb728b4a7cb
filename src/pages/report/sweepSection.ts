// What a report says of a sweep. Where it has more rows than a person reads, the table gives means over the cells that
// share a value of a factor.
import { withoutRepeats } from "../../charts/sweeps.ts";
import { type MetricTree, readMetric, type Verdict } from "../../experiment/result.ts";
import { METRICS, type MetricDefinition } from "../../metrics/definitions.ts";
import { groupBy } from "../../numerics/grouping.ts";
import { average } from "../../numerics/statistics.ts";
import type { SweepResult, SweepResultRow } from "../../results/results.ts";
import { factorValueText, plainNumber } from "../../wording/estimate.ts";
import { type Judged, verdictWord } from "../../wording/experiment.ts";
import { kindOfWarning, rangeText } from "../../wording/sample.ts";
import { type Cell, estimateCell, type Group, type Row, UNDEFINED } from "../../wording/table.ts";
import { count, grouped } from "../../wording/text.ts";
import { commonFacts, type Fact, type Section, type Table } from "./section.ts";
import { factorsText, sweepAnswer } from "./sweepAnswer.ts";

type Content = Omit<Section, "charts" | "command" | "scenarios">;

/** Rows that are shown one by one; of more, means. */
const SHOWN = 240;
/** Failed cells that are told one by one. */
const TOLD = 5;
/** Parts into which the range of a factor is cut that has more values than that. */
const PARTS = 8;

/** All that a sweep has to say. */
export function sweepSection(result: SweepResult): Content {
  const rows = withoutRepeats(result.rows);
  const metrics = result.metrics
    .map((name) => METRICS.find((metric) => metric.name === name))
    .filter((metric) => metric !== undefined);
  const isAggregated = rows.length > SHOWN;
  return {
    kind: "Sweep",
    title: result.name,
    answer: sweepAnswer(result),
    facts: factsOf(result),
    tables:
      rows.length === 0
        ? []
        : [isAggregated ? meansTable(rows, metrics) : rowsTable(rows, metrics)],
    thresholds: thresholdsOf(rows),
    precision: precisionOf(rows),
    warnings: warningsOf(rows),
    metrics,
    omissions: isAggregated
      ? [
          `The sweep has ${count(rows.length, "row")}, more than a table can show: it gives means over the cells that share a value of a factor. Every row is in result.json.`,
        ]
      : [],
  };
}

function factsOf(result: SweepResult): Fact[] {
  const { cells, factors, design, seed, baseline, excluded, engine, rows } = result;
  const replications = rows.flatMap((row) => row.replications ?? []);
  const fact = (name: string, value: string): Fact => ({ name, value });
  return [
    fact("Cells", `${grouped(cells)}${excluded > 0 ? `, ${grouped(excluded)} left out` : ""}`),
    ...factors.map((factor) => fact(factor.name, factorText(factor))),
    fact("Design", design.kind),
    fact("Replications per row", replications.length === 0 ? "none" : rangeText(replications)),
    ...(rows.some(({ warmUp }) => warmUp)
      ? [fact("Warm-up, tasks left out", rangeText(rows.map(({ warmUp = 0 }) => warmUp)))]
      : []),
    ...(baseline === undefined ? [] : [fact("Paired with", baseline)]),
    ...commonFacts(seed, engine),
  ];
}

/** Values of a factor that are named; of more, the first and the last. */
const NAMED = 9;

function factorText({ values, range, formula }: SweepResult["factors"][number]): string {
  if (formula !== undefined) return `= ${formula}`;
  if (range !== undefined) return `${factorValueText(range.from)} to ${factorValueText(range.to)}`;
  const all = (values ?? []).map(factorValueText);
  if (all.length <= NAMED) return all.join(", ");
  return `${grouped(all.length)} values, ${all[0]} to ${all[all.length - 1]}`;
}

// ---------------------------------------------------------------- tables

const columnsOf = (metrics: readonly MetricDefinition[]) =>
  metrics.map(({ title, unit }) => ({ name: title, remark: unit }));

const estimateOf = (row: SweepResultRow, metric: MetricDefinition) =>
  row.metrics === undefined ? undefined : readMetric(row.metrics as MetricTree, metric.name);

/** A row for every scenario of every cell. */
function rowsTable(rows: readonly SweepResultRow[], metrics: readonly MetricDefinition[]): Table {
  const reasons = new Set<string>();
  const groups = [...groupBy(rows, ({ scenario }) => scenario)].map(
    ([title, own]): Group => ({
      title,
      rows: own.map((row) => ({
        label: factorsText(row) || "as it is",
        cells: metrics.map((metric) => {
          const value = estimateOf(row, metric);
          if (value?.undefined !== undefined) reasons.add(value.undefined);
          return value === undefined ? statusCell(row) : estimateCell(value);
        }),
      })),
    }),
  );
  return {
    title: "Every cell",
    isFolded: false,
    corner: "Scenario and factors",
    columns: columnsOf(metrics),
    groups,
    metrics: metrics.map(({ name }) => name),
    notes: [...reasons].map((reason) => `Undefined: ${reason}.`),
  };
}

const STATUS: Readonly<Record<SweepResultRow["status"], string>> = {
  ok: "undefined",
  "not-reached": "undefined",
  failed: "failed",
  missing: "not run",
};

const statusCell = ({ status }: SweepResultRow): Cell => ({ text: STATUS[status], tone: "faint" });

/** A row for every value of every factor of every scenario: means over the cells that have it. */
function meansTable(rows: readonly SweepResultRow[], metrics: readonly MetricDefinition[]): Table {
  const groups = [...groupBy(rows, ({ scenario }) => scenario)].map(
    ([title, own]): Group => ({
      title: `${title}, ${count(own.length, "row")}`,
      rows: [
        meanRow("all", own, metrics),
        ...Object.keys(own[0].factors).flatMap((factor) =>
          levelsOf(factor, own).map(({ label, rows: some }) => meanRow(label, some, metrics)),
        ),
      ],
    }),
  );
  return {
    title: "Means over cells",
    isFolded: false,
    corner: "Scenario and factor",
    columns: columnsOf(metrics),
    groups,
    metrics: metrics.map(({ name }) => name),
    notes: [
      "Each figure is the mean of the estimates of all cells that share the value; in brackets the lowest and the highest of them, which is no confidence interval.",
    ],
  };
}

interface Level {
  readonly label: string;
  readonly rows: readonly SweepResultRow[];
}

/** Rows by the value of a factor; where it has very many, by the part of its range. */
function levelsOf(factor: string, rows: readonly SweepResultRow[]): Level[] {
  const byValue = groupBy(rows, (row) => row.factors[factor]);
  const values = [...byValue.keys()];
  const areNumbers = values.every((value) => typeof value === "number");
  if (!areNumbers || values.length <= 2 * PARTS) {
    const ordered = areNumbers ? (values as number[]).sort((a, b) => a - b) : values;
    return ordered.map((value) => ({
      label: `${factor} ${factorValueText(value)}`,
      rows: byValue.get(value) ?? [],
    }));
  }
  return partsOf(factor, rows);
}

/** Equally many rows in each part, in the order of the factor. */
function partsOf(factor: string, rows: readonly SweepResultRow[]): Level[] {
  const at = (row: SweepResultRow) => row.factors[factor] as number;
  const ordered = [...rows].sort((a, b) => at(a) - at(b));
  return Array.from({ length: PARTS }, (_, i) => {
    const part = ordered.slice(
      Math.round((i * ordered.length) / PARTS),
      Math.round(((i + 1) * ordered.length) / PARTS),
    );
    const ends = [part[0], part[part.length - 1]].map((row) => factorValueText(tidy(at(row))));
    return { label: `${factor} ${ends.join(" to ")}`, rows: part };
  });
}

/** Enough digits to tell parts of a range apart. */
const tidy = (x: number) => Number(x.toPrecision(3));

function meanRow(
  label: string,
  rows: readonly SweepResultRow[],
  metrics: readonly MetricDefinition[],
): Row {
  return { label, cells: metrics.map((metric) => meanCell(rows, metric)) };
}

function meanCell(rows: readonly SweepResultRow[], metric: MetricDefinition): Cell {
  const means = rows.flatMap((row) => estimateOf(row, metric)?.mean ?? []);
  if (means.length === 0) return UNDEFINED;
  const mean = average(means);
  const low = means.reduce((a, b) => Math.min(a, b));
  const high = means.reduce((a, b) => Math.max(a, b));
  return { text: short(mean), interval: `[${short(low)}, ${short(high)}]` };
}

/** Three digits, or all that stand before the decimal point. */
const short = (x: number) => (Math.abs(x) >= 1000 ? plainNumber(Math.round(x)) : x.toPrecision(3));

// ---------------------------------------------------------------- what to know

/** From the gravest on. */
const GRAVITY: readonly Verdict[] = ["fail", "not-evaluated", "inconclusive", "pass"];

/** Every condition of a scenario with the gravest of its verdicts, and how often each came. */
function thresholdsOf(rows: readonly SweepResultRow[]): Judged[] {
  const all = rows.flatMap(({ scenario, thresholds = [] }) =>
    thresholds.map((one) => ({ scenario, ...one })),
  );
  const byCondition = groupBy(all, (one) => JSON.stringify([one.scenario, one.threshold]));
  return [...byCondition.values()].map((some) => {
    const counts = GRAVITY.map((verdict) => ({
      verdict,
      rows: some.filter((one) => one.verdict === verdict).length,
    })).filter((one) => one.rows > 0);
    const { verdict } = counts[0];
    return {
      verdict,
      word: verdictWord(verdict),
      scenario: some[0].scenario,
      condition: some[0].threshold,
      found: counts
        .map((one) => `${verdictWord(one.verdict)} in ${count(one.rows, "row")}`)
        .join(", "),
    };
  });
}

function precisionOf(rows: readonly SweepResultRow[]): Judged[] {
  const all = rows.flatMap(({ scenario, precision = [] }) =>
    precision.map((one) => ({ name: scenario, metric: one.metric, reached: one.reached })),
  );
  const byMetric = groupBy(all, (one) => JSON.stringify([one.name, one.metric]));
  return [...byMetric.values()].map((some) => {
    const reached = some.filter((one) => one.reached).length;
    return {
      verdict: reached === some.length ? "pass" : "inconclusive",
      word: reached === some.length ? "reached" : "not reached",
      scenario: some[0].name,
      condition: some[0].metric,
      found: `reached in ${grouped(reached)} of ${count(some.length, "row")}`,
    };
  });
}

function warningsOf(rows: readonly SweepResultRow[]): string[] {
  const failed = rows.filter(({ status }) => status === "failed");
  const missing = rows.filter(({ status }) => status === "missing").length;
  const kinds = new Map<string, number>();
  for (const text of rows.flatMap(({ warnings = [] }) => warnings)) {
    const kind = kindOfWarning(text);
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  return [
    ...(missing > 0 ? [`${count(missing, "row")} not run yet: the same command goes on.`] : []),
    ...failed
      .slice(0, TOLD)
      .map(
        ({ cell, messages = [], command }) =>
          `Cell ${cell} failed: ${messages.join("; ")}${command === undefined ? "" : ` (${command})`}`,
      ),
    ...(failed.length > TOLD ? [`${count(failed.length - TOLD, "more row")} failed.`] : []),
    ...[...kinds].map(([text, number]) => `In ${count(number, "row")}: ${text}`),
  ];
}
