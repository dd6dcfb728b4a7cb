// The result of an experiment as text for people: what was run, the table of metrics, and what to know about it.

import { visible } from "../documents/checking/visible.ts";
import {
  type ExperimentResult,
  type MetricValue,
  readMetric,
  type ScenarioResult,
  valueIn,
} from "../experiment/result.ts";
import type { MetricDefinition } from "../metrics/definitions.ts";
import { breakdownTables } from "../wording/breakdown.ts";
import { durationUnit } from "../wording/duration.ts";
import { type EstimateText, estimateText, inUnitsOf, shortEstimate } from "../wording/estimate.ts";
import {
  baselineFirst,
  changeLegend,
  experimentTitle,
  type Judged,
  judgedPrecision,
  judgedThresholds,
  metricCell,
  shortName,
} from "../wording/experiment.ts";
import { reliabilityNote } from "../wording/reliabilityNote.ts";
import { warmUpText } from "../wording/sample.ts";
import { type MetricGroup, selectMetrics } from "../wording/selection.ts";
import type { Cell, Column, Group, Row } from "../wording/table.ts";
import { capitalized, count, grouped, wrap } from "../wording/text.ts";
import { drawsText, shareText, successPartsText } from "../wording/uncertainty.ts";
import { pagesOf } from "../wording/warnings.ts";
import { type Drawer, drawerOf } from "./cellGraphics.ts";
import { denseTable } from "./denseTable.ts";
import type { Colors, Screen } from "./style.ts";
import { type FiguredCell, fitsInOneBlock, renderTable } from "./table.ts";

export interface TextOptions extends Screen {
  /** Whether every metric is shown rather than the main ones. */
  readonly all: boolean;
  /** Whether small bars and sparklines stand beside the numbers, where there is room (default: no). */
  readonly graphics?: boolean;
}

/** The text of a result. */
export function experimentText(found: ExperimentResult, options: TextOptions): string {
  const { colors, width } = options;
  const result = baselineFirst(found);
  const { scenarios } = result;
  const footnotes = new Footnotes();
  const groups = selectMetrics(hasMetric(scenarios), options.all);
  const drawer = options.graphics ? drawerOf(scenarios, groups) : undefined;
  const sectionsIn = (form: Form): Group[] => [
    ...groups.map((group) => sectionOf(group, result, form)),
    ...(options.all
      ? [
          pairingSection(result, groups),
          effectiveSection(result, groups),
          uncertaintySection(result, groups),
        ].flat()
      : []),
  ];
  const columns = columnsOf(result);
  const whole = sectionsIn({ write: estimateText, footnotes, drawer });
  const isWhole = fitsInOneBlock(columns, whole, width);
  const table = isWhole
    ? renderTable(columns, whole, width, colors)
    : denseTable(
        columns.map(({ name }) => name),
        (most) => sectionsIn({ write: (value) => shortEstimate(value, most), footnotes }),
        width,
        colors,
      );
  return [
    colors.bold(experimentTitle(result)),
    ...wrap(circumstances(result), width).map(colors.dim),
    "",
    ...table,
    ...[
      ...footnotes.lines(),
      ...(isWhole ? (drawer?.legend(table.join("\n")) ?? []) : [ROUNDED]),
      ...legend(result, groups, options.all),
    ].flatMap((line) => wrap(line, width).map(colors.dim)),
    ...breakdownLines(result, options),
    ...section(noteLines(scenarios, width, colors)),
    ...section(warningLines(scenarios, width, colors)),
    ...section(precisionLines(result, width, colors)),
    ...section(judgedLines(scenarios.flatMap(judgedThresholds), VERDICT_WIDTH, width, colors)),
    "",
  ].join("\n");
}

/** Whether one of them has a metric. */
const hasMetric = (scenarios: readonly ScenarioResult[]) => (name: string) =>
  scenarios.some(({ metrics }) => readMetric(metrics, name) !== undefined);

const section = (lines: readonly string[]) => (lines.length > 0 ? ["", ...lines] : []);

// ---------------------------------------------------------------- above the table

function circumstances(result: ExperimentResult): string {
  const instances = new Set(result.scenarios.map((s) => grouped(s.instances)));
  return [
    `seed ${visible(result.seed)}`,
    `${replicationsText(result)} of ${[...instances].join(" / ")} instances`,
    ...[drawsText(result.scenarios) ?? []].flat(),
    ...[warmUpText(result.scenarios) ?? []].flat(),
    "95 % intervals",
    "means per task",
  ].join(" · ");
}

function replicationsText({
  interrupted,
  replications,
  precision,
  scenarios,
}: ExperimentResult): string {
  const done = scenarios.map((s) => s.replications);
  if (precision !== undefined) {
    const each = [...new Set(done.map(grouped))].join(" / ");
    return `${interrupted ? "interrupted after" : "needed"} ${each} replications`;
  }
  const all = count(replications, "replication");
  return interrupted ? `interrupted after ${grouped(Math.min(...done))} of ${all}` : all;
}

// ---------------------------------------------------------------- the table

/** What each agent did and cost, and what became of each claim: of one scenario, and of several if all is to be told. */
function breakdownLines(
  { scenarios }: ExperimentResult,
  { all, width, colors }: TextOptions,
): string[] {
  if (scenarios.length > 1 && !all) return [];
  return scenarios.flatMap((scenario) =>
    breakdownTables(scenario).flatMap(({ title, columns, rows, note }) => {
      const of = scenarios.length > 1 ? `, ${scenario.name}` : "";
      return [
        "",
        ...renderTable(columns, [{ title: `${title}${of}`, rows }], width, colors),
        ...(note === "" ? [] : wrap(note, width).map(colors.dim)),
      ];
    }),
  );
}

function columnsOf(result: ExperimentResult): Column[] {
  return result.scenarios.map(({ name }) => ({
    name: shortName(result, name),
    ...(name === result.baseline ? { remark: "(baseline)" } : {}),
  }));
}

/** How values are written. */
interface Form {
  readonly write: (value: MetricValue) => EstimateText;
  readonly footnotes: Footnotes;
  readonly drawer?: Drawer | undefined;
}

function sectionOf({ title, metrics }: MetricGroup, result: ExperimentResult, form: Form): Group {
  return { title, rows: metrics.map((metric) => rowOf(metric, title, result, form)) };
}

function rowOf(
  metric: MetricDefinition,
  section: string,
  { scenarios, baseline }: ExperimentResult,
  { write, footnotes, drawer }: Form,
): Row {
  const values = scenarios.map(({ metrics }) => valueIn(metrics, metric));
  const scale = scaleOf(metric, values);
  const writeScaled = (value: MetricValue) => write(inUnitsOf(scale.factor, value));
  return {
    ...labelOf(metric, section, scale),
    cells: scenarios.map((scenario, i): FiguredCell => {
      const { undefined: reason } = values[i];
      if (reason !== undefined)
        return { text: `${write(values[i]).text} ${footnotes.mark(reason)}`, tone: "faint" };
      const cell = metricCell(metric, scenario, baseline, writeScaled);
      return { ...cell, graphic: drawer?.draw(metric, scenario) };
    }),
  };
}

/** What pairing brought, for every metric that differences are formed of. */
function pairingSection(result: ExperimentResult, groups: readonly MetricGroup[]): Group[] {
  return qualitySection(PAIRING, result, groups, ({ differences = {} }, name) => {
    const gain = differences[name]?.pairing;
    return gain == null ? undefined : `×${gain.toFixed(1)}`;
  });
}

/** What spreading the instances brought. The figure is uncertain, so that two digits say all. */
function effectiveSection(result: ExperimentResult, groups: readonly MetricGroup[]): Group[] {
  return qualitySection(EFFECTIVE, result, groups, ({ effectiveReplications = {} }, name) => {
    const found = effectiveReplications[name];
    return found === undefined ? undefined : grouped(Number(found.toPrecision(2)));
  });
}

/** How much of the variance of each metric lies in numbers that are not known exactly. */
function uncertaintySection(result: ExperimentResult, groups: readonly MetricGroup[]): Group[] {
  return qualitySection(UNCERTAIN, result, groups, ({ metrics }, name) => {
    const value = readMetric(metrics, name);
    return value && shareText(value);
  });
}

const UNCERTAIN = "Variance from uncertain numbers";
const PAIRING = "Gain by pairing";
const EFFECTIVE = "Effective replications";

/** How good the estimates of some metrics are. */
function qualitySection(
  title: string,
  { scenarios }: ExperimentResult,
  groups: readonly MetricGroup[],
  textOf: (scenario: ScenarioResult, metric: string) => string | undefined,
): Group[] {
  const metrics = groups.flatMap((group) => group.metrics);
  const rows = metrics.flatMap((metric): Row[] => {
    const texts = scenarios.map((scenario) => textOf(scenario, metric.name));
    if (texts.every((text) => text === undefined)) return [];
    return [{ label: metric.title, cells: texts.map(qualityCell) }];
  });
  return rows.length === 0 ? [] : [{ title, rows }];
}

const qualityCell = (text: string | undefined): Cell =>
  text === undefined ? { text: "" } : { text, interval: "" };

interface Scale {
  readonly factor: number;
  readonly word: string;
  /** The unit of time that is written instead of seconds. */
  readonly time?: string;
}

const SCALES: readonly Scale[] = [
  { factor: 1e9, word: "billion" },
  { factor: 1e6, word: "million" },
  { factor: 1e3, word: "thousand" },
];

/** Keeps numbers of five digits and more out of the table, and chooses the unit of times. */
function scaleOf({ unit }: MetricDefinition, values: readonly MetricValue[]): Scale {
  const largest = Math.max(...values.map(({ mean }) => Math.abs(mean ?? 0)));
  if (unit === "seconds") {
    const { seconds, symbol } = durationUnit(largest);
    return { factor: seconds, word: "", time: symbol };
  }
  return SCALES.find(({ factor }) => largest >= 10 * factor) ?? { factor: 1, word: "" };
}

/** Units as a table writes them; a count of what the label names needs none. */
const SHORT_UNITS: Readonly<Record<string, string>> = {
  "US dollars": "$",
  versions: "",
  claims: "",
};

/** The label does not say again what the title of the section says, nor the unit what the label says. */
function labelOf(
  metric: MetricDefinition,
  section: string,
  scale: Scale,
): { label: string; unit: string } {
  const inSection = metric.title.startsWith(`${section}, `);
  const label = inSection ? capitalized(metric.title.slice(section.length + 2)) : metric.title;
  const full = metric.unit.replace(/ ?\bper task$/, "");
  const unit = scale.time ?? SHORT_UNITS[full] ?? full;
  const isSaid = label.toLowerCase().includes(unit);
  return { label, unit: [scale.word, isSaid ? "" : unit].filter((word) => word !== "").join(" ") };
}

/** Reasons, numbered in the order in which they are first given. */
class Footnotes {
  private readonly reasons: string[] = [];

  mark(reason: string): string {
    if (!this.reasons.includes(reason)) this.reasons.push(reason);
    return superscript(this.reasons.indexOf(reason) + 1);
  }

  lines(): string[] {
    return this.reasons.map((reason, i) => `${superscript(i + 1)} ${reason}`);
  }
}

const superscript = (number: number) =>
  String(number).replace(/\d/g, (digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)]);

// ---------------------------------------------------------------- below the table

const ROUNDED =
  "Rounded to fit, ± the longer side of the 95 % interval: more digits in a wider window or with --json.";

function legend(result: ExperimentResult, groups: readonly MetricGroup[], all: boolean): string[] {
  const { baseline, scenarios } = result;
  const lines: string[] = [];
  if (baseline !== undefined) lines.push(changeLegend(shortName(result, baseline)));
  const isPaired = ({ differences = {} }: ScenarioResult) =>
    Object.values(differences).some(({ pairing }) => pairing !== null);
  if (all && scenarios.some(isPaired))
    lines.push(
      `${PAIRING}: how many times more replications the same precision would take without common instances and random numbers.`,
    );
  if (all && scenarios.some(({ effectiveReplications }) => effectiveReplications !== undefined))
    lines.push(
      `${EFFECTIVE}: how many independent replications would give as narrow an interval, within a quarter or so.`,
    );
  const parts = successPartsText(scenarios, (name) => shortName(result, name));
  if (parts !== undefined) lines.push(parts);
  const hidden = countMetrics(scenarios) - groups.flatMap((group) => group.metrics).length;
  if (hidden > 0) lines.push(`${count(hidden, "more metric")} with --all.`);
  return lines;
}

function countMetrics(scenarios: readonly ScenarioResult[]): number {
  return selectMetrics(hasMetric(scenarios), true).flatMap((group) => group.metrics).length;
}

function noteLines(scenarios: readonly ScenarioResult[], width: number, colors: Colors): string[] {
  const text = reliabilityNote(scenarios);
  return text === undefined ? [] : listed("note", "note".length, text, width, colors.cyan);
}

function warningLines(
  scenarios: readonly ScenarioResult[],
  width: number,
  colors: Colors,
): string[] {
  const word = "warning";
  const texts = scenarios.flatMap(({ name, warnings }) =>
    warnings.flatMap((text) => listed(word, word.length, `${name}: ${text}`, width, colors.yellow)),
  );
  const pages = pagesOf(scenarios.flatMap(({ warnings }) => warnings));
  return [
    ...texts,
    ...pages.flatMap((page) => listed("page", word.length, page, width, colors.yellow)),
  ];
}

/** What was to be precise, and how precise it is. */
function precisionLines(
  { precision = [], scenarios }: ExperimentResult,
  width: number,
  colors: Colors,
): string[] {
  const judged = precision.map((one) => {
    const runs = scenarios.find(({ name }) => name === one.scenario)?.replications ?? 0;
    const { found, ...rest } = judgedPrecision(one);
    return { ...rest, found: `${found} after ${count(runs, "replication")}` };
  });
  return judgedLines(judged, "not reached".length, width, colors);
}

const PAINTS = {
  pass: "green",
  fail: "red",
  inconclusive: "yellow",
  "not-evaluated": "yellow",
} as const;

const VERDICT_WIDTH = "not evaluated".length;

function judgedLines(
  all: readonly Judged[],
  wordWidth: number,
  width: number,
  colors: Colors,
): string[] {
  return all.flatMap(({ verdict, word, scenario, condition, found }) => {
    const text = `${scenario}: ${condition}${found === "" ? "" : `, is ${found}`}`;
    return listed(word, wordWidth, text, width, colors[PAINTS[verdict]]);
  });
}

/** A text on as many lines as it needs, beside a word that says what it is. */
function listed(
  word: string,
  wordWidth: number,
  text: string,
  width: number,
  paint: (text: string) => string,
): string[] {
  return wrap(text, width - wordWidth - 2).map(
    (line, i) => `${i === 0 ? paint(word.padEnd(wordWidth)) : " ".repeat(wordWidth)}  ${line}`,
  );
}
