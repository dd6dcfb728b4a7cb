// Blocks: observations of scenarios that are independent of each other, as sequential procedures want them. A block is whole nets of
// task instances under a seed of its own, the same for all scenarios; one observation is the value of a metric over a block. So
// observations of one block are paired, those of different blocks are independent, and any metric will do, also ratios and quantiles
// (whose bias shrinks with the size of a block).
//
// Where numbers of a scenario are uncertain, each block has a draw of its own, the same for all scenarios: the mean over blocks is then
// one over what is not known.
import type { Scenario } from "../scenario/schema.ts";
import { drawCountOf, drawnScenarios, isUncertain } from "../scenario/uncertain/draws.ts";
import type { Trials, TrialValues } from "./trials.ts";

export interface BlocksOptions {
  readonly seed: string;
  /** Task instances per block, a multiple of 32. */
  readonly instances: number;
}

/** The seed of a block. */
export const seedOfBlock = (seed: string, block: number) => `${seed}/block/${block}`;

/** @throws ScenarioError where a draw of uncertain numbers is no valid scenario */
export async function openBlocks(
  trials: Trials,
  scenarios: readonly Scenario[],
  options: BlocksOptions,
): Promise<Blocks> {
  const drawn = scenarios.some(isUncertain)
    ? await drawnScenarios(scenarios, options.seed, drawCountOf(scenarios))
    : [scenarios];
  return new Blocks(trials, drawn, options);
}

export class Blocks {
  readonly instances: number;
  private readonly trials: Trials;
  private readonly drawn: readonly (readonly Scenario[])[];
  private readonly seed: string;

  /** @internal Blocks are opened with `openBlocks`. @param drawn scenarios by draw */
  constructor(
    trials: Trials,
    drawn: readonly (readonly Scenario[])[],
    { seed, instances }: BlocksOptions,
  ) {
    this.trials = trials;
    this.drawn = drawn;
    this.seed = seed;
    this.instances = instances;
  }

  /**
   * Observes some of the scenarios in blocks first..end-1.
   * @param which indices of scenarios
   * @returns values by scenario (in the order of `which`), block and metric
   */
  async observe(
    which: readonly number[],
    first: number,
    end: number,
  ): Promise<readonly (readonly TrialValues[])[]> {
    const count = end - first;
    const trials = which.flatMap((index) =>
      Array.from({ length: count }, (_, i) => this.trialOf(index, first + i)),
    );
    const values = await this.trials.run(trials);
    return which.map((_, i) => values.slice(i * count, (i + 1) * count));
  }

  private trialOf(index: number, block: number) {
    return {
      scenario: this.drawn[block % this.drawn.length][index],
      seed: seedOfBlock(this.seed, block),
      instances: this.instances,
    };
  }
}
