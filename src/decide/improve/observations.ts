// What is known of sets of options: the values of some metrics over paired blocks. More blocks are observed as they are asked for.
import { average, standardError } from "../../numerics/statistics.ts";
import type { Scenario } from "../../scenario/schema.ts";
import { type Blocks, type BlocksOptions, openBlocks } from "../blocks.ts";
import type { Trials, TrialValues } from "../trials.ts";
import { type Combining, keyOf, type OptionSet } from "./combining.ts";

/** A mean over blocks with its standard error. */
export interface BlockMean {
  readonly mean: number;
  readonly error: number;
  /** Blocks with a value. */
  readonly blocks: number;
}

/** A sum of sets with signs: `[[1, a], [-1, b]]` is the difference of a and b. */
export type Contrast = readonly (readonly [sign: number, set: OptionSet])[];

/** What is a smaller share of the largest value is an error of rounding. */
const ROUNDING = 1e-12;

interface Observed {
  readonly set: OptionSet;
  readonly blocks: Blocks;
  readonly values: TrialValues[];
}

export class Observations {
  private readonly trials: Trials;
  private readonly combining: Combining;
  private readonly options: BlocksOptions;
  private readonly observed = new Map<string, Observed>();

  constructor(trials: Trials, combining: Combining, options: BlocksOptions) {
    this.trials = trials;
    this.combining = combining;
    this.options = options;
  }

  /** Sets with a value, in the order in which they were first asked for. */
  get sets(): readonly OptionSet[] {
    return [...this.observed.values()].map(({ set }) => set);
  }

  /** Blocks in which a set was observed. */
  countOf(set: OptionSet): number {
    return this.observed.get(keyOf(set))?.values.length ?? 0;
  }

  /**
   * Observes sets in their first blocks, as far as they have not been.
   * @returns those of the sets that make a valid scenario
   */
  async upTo(blocks: number, sets: readonly OptionSet[]): Promise<readonly OptionSet[]> {
    const valid: OptionSet[] = [];
    const waiting: Promise<void>[] = [];
    // Each set once: of one that is asked for twice the blocks would count twice.
    for (const set of new Map(sets.map((one) => [keyOf(one), one])).values()) {
      const scenario = await this.combining.scenarioOf(set);
      if (typeof scenario === "string") continue;
      valid.push(set);
      const one = await this.opened(set, scenario);
      if (one.values.length < blocks) waiting.push(observeMore(one, blocks));
    }
    await Promise.all(waiting);
    return valid;
  }

  /**
   * Mean of a contrast of a metric over the first blocks that all its sets have; blocks without a value are left out.
   * @param metric index among those of the trials
   */
  meanOf(contrast: Contrast, metric: number, most = Number.POSITIVE_INFINITY): BlockMean {
    const columns = contrast.map(([sign, set]) => ({ sign, values: this.valuesOf(set) }));
    const count = Math.min(most, ...columns.map(({ values }) => values.length));
    const numbers: number[] = [];
    let largest = 0;
    for (let block = 0; block < count; block++) {
      const parts = columns.map(({ sign, values }) => {
        const value = values[block][metric];
        return value === null ? Number.NaN : sign * value;
      });
      const sum = parts.reduce((total, part) => total + part, 0);
      if (Number.isNaN(sum)) continue;
      numbers.push(sum);
      largest = Math.max(largest, ...parts.map(Math.abs));
    }
    const { length: blocks } = numbers;
    if (blocks === 0) return { mean: Number.NaN, error: Number.NaN, blocks };
    const exact = (x: number) => (Math.abs(x) < ROUNDING * largest ? 0 : x);
    const error = blocks < 2 ? 0 : standardError(numbers);
    return { mean: exact(average(numbers)), error: exact(error), blocks };
  }

  private valuesOf(set: OptionSet): readonly TrialValues[] {
    return this.observed.get(keyOf(set))?.values ?? [];
  }

  private async opened(set: OptionSet, scenario: Scenario): Promise<Observed> {
    const key = keyOf(set);
    const known = this.observed.get(key);
    if (known !== undefined) return known;
    // Opened with the scenario as it is today, so that both have the draws of uncertain numbers in common.
    const base = (await this.combining.scenarioOf([])) as Scenario;
    const blocks = await openBlocks(this.trials, [base, scenario], this.options);
    const made = { set, blocks, values: [] };
    this.observed.set(key, made);
    return made;
  }
}

async function observeMore({ blocks, values }: Observed, count: number): Promise<void> {
  const [more] = await blocks.observe([1], values.length, count);
  values.push(...more);
}
