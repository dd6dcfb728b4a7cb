// The words of charts: how many replications, which seed, what has no value and why; numbers as labels.
import type { ExperimentResult, MetricValue } from "../experiment/result.ts";
import type { MetricDefinition } from "../metrics/definitions.ts";
import { estimateText, inUnitsOf, plainEstimate } from "../report/estimate.ts";
import { count, grouped } from "../report/text.ts";

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

/** What has no value, collected for the subtitle: gaps are told, never drawn as numbers. */
export class Gaps {
  private readonly byReason = new Map<string, string[]>();

  add(what: string, { undefined: why = "the result does not have it" }: Partial<MetricValue> = {}) {
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

/** What a metric's values are multiplied by and how its axis is titled and labelled: shares are shown in percent. */
export interface Unit {
  readonly title: string;
  /** Format of the axis, where it is not that of plain numbers. */
  readonly format?: string;
  readonly isShare: boolean;
}

export function unitOf({ title, unit }: Pick<MetricDefinition, "title" | "unit">): Unit {
  if (unit === "share") return { title: `${title} (%)`, format: ".0%", isShare: true };
  return { title: unit === "ratio" ? title : `${title} (${unit})`, isShare: false };
}

/** The format as it stands in the description of an axis. */
export const formatOf = ({ format }: Unit) => (format === undefined ? {} : { format });

const inShownUnits = ({ isShare }: Unit, value: MetricValue) =>
  isShare ? inUnitsOf(0.01, value) : value;

/** The mean, with as many digits as the interval supports. */
export function meanLabel(unit: Unit, value: MetricValue): string {
  const { whole, fraction } = estimateText(inShownUnits(unit, value));
  return `${whole}${fraction}${unit.isShare ? " %" : ""}`;
}

/** The estimate with its interval, for whoever points at it. */
export function estimateLabel(unit: Unit, value: MetricValue): string {
  return `${plainEstimate(inShownUnits(unit, value))}${unit.isShare ? " %" : ""}`;
}
