// Gaps: what has no value, and why. They are told in the subtitle of a chart, never drawn as numbers.
import type { MetricValue } from "../experiment/result.ts";
import { shortList } from "../wording/sentence.ts";

/** Where a line is interrupted. */
export const NO_VALUE: MetricValue = { mean: null, ci: [null, null] };

const UNKNOWN = "the result does not have it";

export class Gaps {
  private readonly byReason = new Map<string, string[]>();

  add(what: string, { undefined: reason = UNKNOWN }: Partial<MetricValue> = {}) {
    // A picture has no subscripts, and the words say it.
    const why = reason.replace(/ \([A-Z]_s = \d\)$/, "");
    const known = this.byReason.get(why);
    if (known === undefined) this.byReason.set(why, [what]);
    else if (!known.includes(what)) known.push(what);
  }

  /** The value in a list, if it has a mean; without one it is a gap. */
  known(what: string, value: MetricValue | undefined): MetricValue[] {
    if (value !== undefined && value.mean !== null) return [value];
    this.add(what, value);
    return [];
  }

  /** One sentence; empty where there is no gap. */
  note(): string {
    const parts = [...this.byReason].map(([why, names]) => `for ${shortList(names)} (${why})`);
    return parts.length === 0 ? "" : `Undefined ${parts.join(", ")}.`;
  }
}
