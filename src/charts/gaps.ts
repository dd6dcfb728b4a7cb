// Gaps: what has no value, and why. They are told in the subtitle of a chart, never drawn as numbers.
import type { MetricValue } from "../experiment/result.ts";
import { shortList } from "../wording/sentence.ts";

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

  /** One sentence; empty where there is no gap. */
  note(): string {
    const parts = [...this.byReason].map(([why, names]) => `for ${shortList(names)} (${why})`);
    return parts.length === 0 ? "" : `Undefined ${parts.join(", ")}.`;
  }
}
