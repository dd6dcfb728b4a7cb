// The result of an experiment as text for people: what was run, the table of metrics, and what to know about it.

import { visible } from "../documents/checking/visible.ts";
import { halfWidthText } from "../experiment/halfWidth.ts";
import {
  type ExperimentResult,
  type MetricValue,
  readMetric as metricValue,
  type PrecisionResult,
  type ScenarioResult,
} from "../experiment/result.ts";
import type { MetricDefinition } from "../metrics/definitions.ts";
import { powerOfTen } from "../numerics/power.ts";
import { parseThreshold } from "../scenario/thresholds.ts";
import { durationUnit } from "../wording/duration.ts";
import {
  type EstimateText,
  estimateText,
  inUnitsOf,
  plainEstimate,
  plainNumber,
  shortEstimate,
} from "../wording/estimate.ts";
import { reliabilityNote } from "../wording/reliabilityNote.ts";
import { type MetricGroup, selectMetrics } from "../wording/selection.ts";
import { commonPrefix, count, grouped, wrap } from "../wording/text.ts";
import { type Drawer, drawerOf } from "./cellGraphics.ts";
import { denseTable } from "./denseTable.ts";
import type { Colors } from "./style.ts";
import {
  type Cell,
  type Column,
  fitsInOneBlock,
  type Row,
  renderTable,
  type Section,
  type Tone,
} from "./table.ts";

export interface ReportOptions {
  readonly colors: Colors;
  /** Characters of a line. */
  readonly width: number;
  /** Whether every metric is shown rather than the main ones. */
  readonly all: boolean;
  /** Whether small bars and sparklines stand beside the numbers, where there is room (default: no). */
  readonly graphics?: boolean;
}

/** The text of a result. */
export function experimentReport(result: ExperimentResult, options: ReportOptions): string {
  const { colors, width } = options;
  const scenarios = baselineFirst(result);
  const footnotes = new Footnotes();
  const has = (name: string) => metricValue(scenarios[0].metrics, name) !== undefined;
  const groups = selectMetrics(has, options.all);
  const drawer = options.graphics ? drawerOf(scenarios, groups) : undefined;
  const sectionsIn = (form: Form): Section[] => [
    ...groups.map((group) => sectionOf(group, scenarios, result.baseline, form)),
    ...(options.all ? pairingSection(result, scenarios, groups) : []),
  ];
  const columns = columnsOf(result, scenarios);
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
    colors.bold(titleOf(result)),
    ...wrap(circumstances(result), width).map(colors.dim),
    "",
    ...table,
    ...[
      ...footnotes.lines(),
      ...(isWhole ? (drawer?.legend(table.join("\n")) ?? []) : [ROUNDED]),
      ...legend(result, groups, options.all),
    ].flatMap((line) => wrap(line, width).map(colors.dim)),
    ...section(noteLines(scenarios, width, colors)),
    ...section(warningLines(scenarios, width, colors)),
    ...section(precisionLines(result, width, colors)),
    ...section(thresholdLines(scenarios, width, colors)),
    "",
  ].join("\n");
}

const section = (lines: readonly string[]) => (lines.length > 0 ? ["", ...lines] : []);

function baselineFirst({ scenarios, baseline }: ExperimentResult): ScenarioResult[] {
  const isBaseline = (s: ScenarioResult) => s.name === baseline;
  return [...scenarios.filter(isBaseline), ...scenarios.filter((s) => !isBaseline(s))];
}

// ---------------------------------------------------------------- above the table

const namesOf = (scenarios: readonly ScenarioResult[]) => scenarios.map((s) => s.name);

function titleOf({ scenarios, baseline }: ExperimentResult): string {
  const names = namesOf(scenarios);
  const prefix = commonPrefix(names);
  const subject = prefix === "" ? "" : `${prefix.slice(0, -1)}: `;
  if (baseline !== undefined)
    return `${subject}${count(names.length, "scenario")} compared with ${baseline.slice(prefix.length)}`;
  return names.length === 1 ? names[0] : `${subject}${count(names.length, "scenario")}`;
}

function circumstances(result: ExperimentResult): string {
  const instances = new Set(result.scenarios.map((s) => grouped(s.instances)));
  return [
    `seed ${visible(result.seed)}`,
    `${replicationsText(result)} of ${[...instances].join(" / ")} instances`,
    "95 % intervals",
    "means a task",
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

function columnsOf(result: ExperimentResult, scenarios: readonly ScenarioResult[]): Column[] {
  const prefix = commonPrefix(namesOf(scenarios));
  return scenarios.map(({ name }) => ({
    name: name.slice(prefix.length),
    ...(name === result.baseline ? { remark: "(baseline)" } : {}),
  }));
}

/** How values are written. */
interface Form {
  readonly write: (value: MetricValue) => EstimateText;
  readonly footnotes: Footnotes;
  readonly drawer?: Drawer | undefined;
}

function sectionOf(
  { title, metrics }: MetricGroup,
  scenarios: readonly ScenarioResult[],
  baseline: string | undefined,
  form: Form,
): Section {
  return {
    title,
    rows: metrics.map((metric) => rowOf(metric, title, scenarios, baseline, form)),
  };
}

function rowOf(
  metric: MetricDefinition,
  section: string,
  scenarios: readonly ScenarioResult[],
  baseline: string | undefined,
  { write, footnotes, drawer }: Form,
): Row {
  const values = scenarios.map((s) => metricValue(s.metrics, metric.name) as MetricValue);
  const scale = scaleOf(metric, values);
  return {
    ...labelOf(metric, section, scale),
    cells: scenarios.map((scenario, i) => {
      const value = inUnitsOf(scale.factor, values[i]);
      const text = write(value);
      if (value.undefined !== undefined)
        return undefinedCell(`${text.whole} ${footnotes.mark(value.undefined)}`);
      const change = scenario.name === baseline ? undefined : changeOf(metric, scenario);
      const isGiven = scenario.name === baseline && metric.needsBaseline;
      return {
        ...text,
        ...(change === undefined ? { mark: " " } : MARKS[change]),
        ...(isGiven ? { tone: "faint" as const } : {}),
        graphic: drawer?.draw(metric, scenario),
      };
    }),
  };
}

/** What pairing brought, for every metric that differences are formed of. */
function pairingSection(
  { baseline }: ExperimentResult,
  scenarios: readonly ScenarioResult[],
  groups: readonly MetricGroup[],
): Section[] {
  const gainOf = ({ differences = {} }: ScenarioResult, { name }: MetricDefinition) =>
    differences[name]?.pairing ?? null;
  const metrics = groups.flatMap((group) => group.metrics);
  const shown = metrics.filter((metric) => scenarios.some((one) => gainOf(one, metric) !== null));
  if (baseline === undefined || shown.length === 0) return [];
  const rows = shown.map(
    (metric): Row => ({
      label: metric.title,
      unit: "",
      cells: scenarios.map((scenario) => gainCell(gainOf(scenario, metric))),
    }),
  );
  return [{ title: PAIRING, rows }];
}

const PAIRING = "Gain by pairing";

function gainCell(gain: number | null): Cell {
  if (gain === null) return { mark: " ", whole: "", fraction: "", interval: "" };
  const [whole, fraction] = gain.toFixed(1).split(".");
  return { mark: " ", whole: `×${whole}`, fraction: `.${fraction}`, interval: " " };
}

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
  const full = metric.unit.replace(/ ?\ba task$/, "");
  const unit = scale.time ?? SHORT_UNITS[full] ?? full;
  const isSaid = label.toLowerCase().includes(unit);
  return { label, unit: [scale.word, isSaid ? "" : unit].filter((word) => word !== "").join(" ") };
}

const capitalized = (text: string) => text[0].toUpperCase() + text.slice(1);

type Change = "better" | "worse";

/** Whether the paired difference to the baseline is one that chance does not explain, and to which side. */
export function changeOf(metric: MetricDefinition, scenario: ScenarioResult): Change | undefined {
  const difference = scenario.differences?.[metric.name];
  if (metric.better === undefined || difference === undefined) return undefined;
  const [low, high] = difference.ci;
  const isMore = low !== null && low > 0;
  const isLess = high !== null && high < 0;
  if (!isMore && !isLess) return undefined;
  return isMore === (metric.better === "higher") ? "better" : "worse";
}

const MARKS: Readonly<Record<Change, { mark: string; tone: Tone }>> = {
  better: { mark: "▲", tone: "good" },
  worse: { mark: "▼", tone: "bad" },
};

function undefinedCell(text: string): Cell {
  return { mark: " ", whole: text, fraction: "", interval: "", tone: "faint" };
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
  if (baseline !== undefined) {
    const name = baseline.slice(commonPrefix(namesOf(scenarios)).length);
    lines.push(
      `▲ better, ▼ worse than ${name}: the 95 % interval of the paired difference excludes 0, each difference taken by itself.`,
    );
  }
  const isPaired = ({ differences = {} }: ScenarioResult) =>
    Object.values(differences).some(({ pairing }) => pairing !== null);
  if (all && scenarios.some(isPaired))
    lines.push(
      `${PAIRING}: as many times more replications would it take without common instances and random numbers to see a difference as sharply.`,
    );
  const hidden = countMetrics(scenarios[0]) - groups.flatMap((group) => group.metrics).length;
  if (hidden > 0) lines.push(`${count(hidden, "more metric")} with --all.`);
  return lines;
}

function countMetrics({ metrics }: ScenarioResult): number {
  const has = (name: string) => metricValue(metrics, name) !== undefined;
  return selectMetrics(has, true).flatMap((group) => group.metrics).length;
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
  return scenarios.flatMap(({ name, warnings }) =>
    warnings.flatMap((text) => listed(word, word.length, `${name}: ${text}`, width, colors.yellow)),
  );
}

/** What was to be precise, and how precise it is. */
function precisionLines(
  { precision = [], scenarios }: ExperimentResult,
  width: number,
  colors: Colors,
): string[] {
  const wordWidth = "not reached".length;
  return precision.flatMap((one) => {
    const word = one.reached ? "reached" : "not reached";
    const replications = scenarios.find((s) => s.name === one.scenario)?.replications ?? 0;
    const text = `${one.scenario}: ${one.metric} ±${spaced(halfWidthText(one.target))}, is ${foundText(one)} after ${count(replications, "replication")}`;
    const paint = one.reached ? colors.green : colors.yellow;
    return listed(word, wordWidth, text, width, paint);
  });
}

function foundText({ halfWidth, target }: PrecisionResult): string {
  if (halfWidth === null) return "without a half-width";
  // Rounded up to three digits, so that what is not reached does not look like it.
  const isRelative = "relative" in target;
  const width = isRelative ? 100 * halfWidth : halfWidth;
  const digits = powerOfTen(2 - Math.floor(Math.log10(width)));
  const rounded = width === 0 ? 0 : Math.ceil(width * digits) / digits;
  return `±${plainNumber(rounded)}${isRelative ? " %" : ""}`;
}

const spaced = (halfWidth: string) => halfWidth.replace("%", " %");

const VERDICTS = {
  pass: { word: "pass", paint: "green" },
  fail: { word: "fail", paint: "red" },
  inconclusive: { word: "inconclusive", paint: "yellow" },
  "not-evaluated": { word: "not evaluated", paint: "yellow" },
} as const;

const VERDICT_WIDTH = Math.max(...Object.values(VERDICTS).map(({ word }) => word.length));

function thresholdLines(
  scenarios: readonly ScenarioResult[],
  width: number,
  colors: Colors,
): string[] {
  return scenarios.flatMap(({ name, thresholds, metrics }) =>
    thresholds.flatMap(({ threshold, verdict }) => {
      const { word, paint } = VERDICTS[verdict];
      const value = metricValue(metrics, parseThreshold(threshold)?.metric ?? "");
      const found = value === undefined ? "" : `, is ${plainEstimate(value)}`;
      return listed(word, VERDICT_WIDTH, `${name}: ${threshold}${found}`, width, colors[paint]);
    }),
  );
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
