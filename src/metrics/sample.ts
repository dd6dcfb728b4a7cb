// A sample: the tally of a scenario, beside that of the baseline on the same instances if it is compared with one. Metrics are
// estimated from it.
import { FIELD, OUTCOME_SIZE } from "../model/outcome.ts";
import { type OverNets, PairedSums } from "../numerics/netSums.ts";
import type { Tally } from "./tally.ts";

export class Sample {
  readonly tally: Tally;
  /** Sums of the outcome fields of each net; from OUTCOME_SIZE on those of the baseline. */
  readonly sums: OverNets;
  readonly isPaired: boolean;
  /** Whether the scenario is its own baseline. */
  readonly isBaseline: boolean;

  constructor(tally: Tally, baseline?: Tally) {
    this.tally = tally;
    this.isPaired = baseline !== undefined;
    this.isBaseline = tally === baseline;
    this.sums = baseline === undefined ? tally.sums : new PairedSums(tally.sums, baseline.sums);
  }

  get instances(): number {
    return this.sums.instances;
  }

  /** Whether there were tasks of those that a field counts; without a field there are. */
  isAbout(field: keyof typeof FIELD | undefined): boolean {
    return field === undefined || this.total(field) > 0;
  }

  /** Whether the baseline had such tasks too. */
  isBaselineAbout(field: keyof typeof FIELD | undefined): boolean {
    return field === undefined || this.sums.mean(OUTCOME_SIZE + FIELD[field]) > 0;
  }

  /** How many there were of an outcome field, over all instances. */
  total(field: keyof typeof FIELD): number {
    return this.sums.count === 0 ? 0 : this.sums.count * this.sums.mean(FIELD[field]);
  }
}

/** The samples of scenarios that ran on the same instances. */
export function samplesOf(tallies: readonly Tally[], baseline: number): Sample[] {
  return tallies.map((tally) => new Sample(tally, baseline < 0 ? undefined : tallies[baseline]));
}
