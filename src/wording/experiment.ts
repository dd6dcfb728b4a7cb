// The result of an experiment in words: its title, its cells, and what came of thresholds and of precisions.
import { halfWidthText } from "../experiment/halfWidth.ts";
import {
  type ExperimentResult,
  type PrecisionResult,
  readMetric,
  type ScenarioResult,
  type Verdict,
} from "../experiment/result.ts";
import type { MetricDefinition } from "../metrics/definitions.ts";
import { powerOfTen } from "../numerics/power.ts";
import { parseThreshold } from "../scenario/objectives/thresholds.ts";
import { plainEstimate, plainNumber } from "./estimate.ts";
import { type Cell, estimateCell } from "./table.ts";
import { commonPrefix, count } from "./text.ts";
import { chanceText } from "./uncertainty.ts";

/** The same result with its baseline before all other scenarios. */
export function baselineFirst(result: ExperimentResult): ExperimentResult {
  const isBaseline = ({ name }: ScenarioResult) => name === result.baseline;
  const { scenarios } = result;
  return {
    ...result,
    scenarios: [...scenarios.filter(isBaseline), ...scenarios.filter((one) => !isBaseline(one))],
  };
}

/** The name of a scenario without what all names begin with. */
export function shortName({ scenarios }: ExperimentResult, full: string): string {
  return full.slice(commonPrefix(scenarios.map(({ name }) => name)).length);
}

/** `finance-agent: 5 scenarios compared with single`; of one scenario its name. */
export function experimentTitle(result: ExperimentResult): string {
  const { scenarios, baseline } = result;
  if (scenarios.length === 1) return scenarios[0].name;
  const subject = commonPrefix(scenarios.map(({ name }) => name)).slice(0, -1);
  const against = baseline === undefined ? "" : ` compared with ${shortName(result, baseline)}`;
  return `${subject === "" ? "" : `${subject}: `}${count(scenarios.length, "scenario")}${against}`;
}

// ---------------------------------------------------------------- cells

/** The estimate of a metric, marked where it is surely better or worse than the baseline's. */
export function metricCell(
  metric: MetricDefinition,
  scenario: ScenarioResult,
  baseline: string | undefined,
  write?: Parameters<typeof estimateCell>[1],
): Cell {
  const cell = estimateCell(readMetric(scenario.metrics, metric.name), write);
  if (scenario.name !== baseline) return { ...cell, ...changeMark(metric, scenario) };
  // The baseline relative to itself says nothing.
  return metric.needsBaseline ? { ...cell, tone: "faint" } : cell;
}

/** Whether chance does not explain the paired difference to the baseline, and to which side it lies. */
function changeMark(metric: MetricDefinition, scenario: ScenarioResult) {
  const difference = scenario.differences?.[metric.name];
  if (metric.better === undefined || difference === undefined) return {};
  const [low, high] = difference.ci;
  const isMore = low !== null && low > 0;
  if (!isMore && !(high !== null && high < 0)) return {};
  return isMore === (metric.better === "higher")
    ? ({ mark: "▲", tone: "good" } as const)
    : ({ mark: "▼", tone: "bad" } as const);
}

/** What the marks say. @param baseline its short name */
export const changeLegend = (baseline: string) =>
  `▲ better, ▼ worse than ${baseline}: the 95 % interval of the paired difference excludes 0, each difference on its own.`;

// ---------------------------------------------------------------- verdicts

/** A condition and what came of it. */
export interface Judged {
  readonly verdict: Verdict;
  /** The verdict in a word or two. */
  readonly word: string;
  readonly scenario: string;
  readonly condition: string;
  readonly found: string;
}

export const verdictWord = (verdict: Verdict) => verdict.replace("-", " ");

export function judgedThresholds({ name, thresholds, metrics, draws }: ScenarioResult): Judged[] {
  return thresholds.map((result) => {
    const { threshold, verdict } = result;
    const value = readMetric(metrics, parseThreshold(threshold)?.metric ?? "");
    const chance = chanceText(result, draws);
    return {
      verdict,
      word: verdictWord(verdict),
      scenario: name,
      condition: threshold,
      found: [value && plainEstimate(value), chance]
        .filter((text) => text !== undefined)
        .join(", "),
    };
  });
}

/** A precision that was asked for, and what came of it. */
export function judgedPrecision(one: PrecisionResult): Judged {
  return {
    verdict: one.reached ? "pass" : "inconclusive",
    word: one.reached ? "reached" : "not reached",
    scenario: one.scenario,
    condition: `${one.metric} ±${halfWidthText(one.target).replace("%", " %")}`,
    found: halfWidthFound(one),
  };
}

function halfWidthFound({ halfWidth, target }: PrecisionResult): string {
  if (halfWidth === null) return "without a half-width";
  const isRelative = "relative" in target;
  const width = isRelative ? 100 * halfWidth : halfWidth;
  // Rounded up to three digits, so that what is not reached does not look like it.
  const digits = width === 0 ? 1 : powerOfTen(2 - Math.floor(Math.log10(width)));
  return `±${plainNumber(Math.ceil(width * digits) / digits)}${isRelative ? " %" : ""}`;
}
