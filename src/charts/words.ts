// The words of charts: how many replications, which seed, what has no value and why; numbers as labels.
import type { ExperimentResult, MetricValue } from "../experiment/result.ts";
import type { MetricDefinition } from "../metrics/definitions.ts";
import { durationUnit } from "../wording/duration.ts";
import { estimateText, inUnitsOf, plainEstimate } from "../wording/estimate.ts";
import { count, grouped } from "../wording/text.ts";
import type { Scale } from "./scales.ts";

export const INTERVAL = "95 % intervals";

/** Replications and seed of an experiment, for subtitles. */
export function sampleNote({ scenarios, seed, interrupted }: ExperimentResult): string {
  const runs = scenarios.map(({ replications }) => replications);
  return `${interrupted ? "Interrupted: " : ""}${replicationsText(runs)}, seed ${seed}.`;
}

/** `2,000 replications each`, or from which number to which. */
export function replicationsText(runs: readonly number[]): string {
  const low = runs.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const high = runs.reduce((a, b) => Math.max(a, b), 0);
  if (runs.length === 0) return "no replication";
  if (low !== high) return `${grouped(low)} to ${count(high, "replication")}`;
  return `${count(high, "replication")}${runs.length > 1 ? " each" : ""}`;
}

/** Most names that are told one by one. */
const NAMED = 4;

/** Some names in a row: `a, b and c`; of many the first ones and the number of the others. */
export function listed(names: readonly string[]): string {
  const shown = names.length > NAMED + 1 ? names.slice(0, NAMED) : names;
  const rest = names.length - shown.length;
  const parts = rest > 0 ? [...shown, `${rest} more`] : shown;
  if (parts.length < 2) return parts.join("");
  return `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}

const UNKNOWN = "the result does not have it";

/** What has no value, collected for the subtitle: gaps are told, never drawn as numbers. */
export class Gaps {
  private readonly byReason = new Map<string, string[]>();

  add(what: string, { undefined: reason = UNKNOWN }: Partial<MetricValue> = {}) {
    // A picture has no subscripts, and the words say it.
    const why = reason.replace(/ \([A-Z]_s = \d\)$/, "");
    const known = this.byReason.get(why);
    if (known === undefined) this.byReason.set(why, [what]);
    else if (!known.includes(what)) known.push(what);
  }

  /** One sentence; empty where there is no gap. */
  note(): string {
    const parts = [...this.byReason].map(([why, names]) => `for ${listed(names)} (${why})`);
    return parts.length === 0 ? "" : `Undefined ${parts.join(", ")}.`;
  }
}

// ---------------------------------------------------------------- numbers

/** How a metric's values are drawn: shares in percent, times in seconds, minutes or hours. */
export interface Unit {
  /** Of the axis. */
  readonly title: string;
  readonly isShare: boolean;
  /** What values are divided by to be drawn. */
  readonly divisor: number;
  /** What stands after a value: ` %`, ` min`, or nothing. */
  readonly suffix: string;
}

/** @param values those that are drawn, from which the unit of times follows */
export function unitOf(
  { title, unit }: Pick<MetricDefinition, "title" | "unit">,
  values: readonly MetricValue[] = [],
): Unit {
  if (unit === "share") return { title: `${title} (%)`, isShare: true, divisor: 1, suffix: " %" };
  if (unit === "seconds") {
    const longest = values.reduce((most, { mean }) => Math.max(most, mean ?? 0), 0);
    const { words, symbol, seconds } = durationUnit(longest);
    return { title: `${title} (${words})`, isShare: false, divisor: seconds, suffix: ` ${symbol}` };
  }
  const shown = unit === "ratio" ? title : `${title} (${unit})`;
  return { title: shown, isShare: false, divisor: 1, suffix: "" };
}

/** An estimate as it is drawn. */
export const inUnit = ({ divisor }: Unit, value: MetricValue) => inUnitsOf(divisor, value);

/** Labels of an axis. */
const AXIS_LABELS = 6;

/** The format of an axis, where it is not that of plain numbers: percent, with decimals where labels are so close. */
export function formatOf({ isShare }: Unit, { domain: [low, high] }: Scale) {
  if (!isShare) return {};
  const decimals = Math.max(0, Math.ceil(-Math.log10((100 * (high - low)) / AXIS_LABELS) - 1e-9));
  return { format: `.${Math.min(6, decimals)}%` };
}

/** The value that all estimates share; undefined where two differ, or there are not two. */
export function sharedValue(values: readonly MetricValue[]): MetricValue | undefined {
  const known = values.filter(({ mean }) => mean !== null);
  const isShared = known.length > 1 && known.every(({ mean }) => mean === known[0].mean);
  return isShared ? known[0] : undefined;
}

const asText = ({ isShare }: Unit, value: MetricValue) =>
  isShare ? inUnitsOf(0.01, value) : value;

/** The mean of an estimate that is in the unit, with as many digits as the interval supports. */
export function meanLabel(unit: Unit, value: MetricValue): string {
  return `${estimateText(asText(unit, value)).text}${unit.suffix}`;
}

/** The estimate with its interval, for whoever points at it. */
export function estimateLabel(unit: Unit, value: MetricValue): string {
  return `${plainEstimate(asText(unit, value))}${unit.suffix}`;
}
