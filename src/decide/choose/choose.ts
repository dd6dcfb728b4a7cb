// The best of several scenarios, with a guarantee: they are observed block by block on the same tasks with the same luck, and one is
// dropped as soon as it is known to be worse than another one or to break a constraint.
import { ENGINE } from "../../experiment/result.ts";
import { type MetricDefinition, metric as metricOf } from "../../metrics/definitions.ts";
import type { Comparison } from "../../numerics/comparisons.ts";
import { Selection, type SelectionVerdict } from "../../numerics/selection/selection.ts";
import type { Scenario } from "../../scenario/schema.ts";
import { blockInstancesOf } from "../blockSize.ts";
import { type Blocks, openBlocks } from "../blocks.ts";
import type { Constraint } from "../constraints.ts";
import { type Estimate, meanOverBlocks } from "../estimate.ts";
import { checkTogether, TogetherError } from "../together.ts";
import type { Trials, TrialValues } from "../trials.ts";
import type { Choice, ChoiceScenario, ChoiceVerdict } from "./document.ts";

export const CONFIDENCE = 0.95;
/** Most replications of one scenario, where nothing is said. */
export const CAP = 262_144;

export interface ChooseOptions {
  /** With different names, and with the same tasks per replication. */
  readonly scenarios: readonly Scenario[];
  readonly metric: string;
  /** Default: what the metric says is better. */
  readonly goal?: "highest" | "lowest" | undefined;
  /** 0.5 < confidence < 1; default: {@link CONFIDENCE}. */
  readonly confidence?: number | undefined;
  /** How much worse than the best the chosen one may be, in the metric's unit; default: 0. */
  readonly within?: number | undefined;
  readonly constraints?: readonly Constraint[] | undefined;
  readonly seed: string;
  /** Most replications of one scenario; default: {@link CAP}. */
  readonly cap?: number | undefined;
  readonly onProgress?: ((share: number, remark: string) => void) | undefined;
}

/** Neither the metric nor the caller says which way is better. */
export class NoGoalError extends RangeError {
  constructor(metric: string) {
    super(`${metric}: neither higher nor lower is better by itself`);
  }
}

/** In a block of a scenario the data define no value. */
export class NoValueError extends RangeError {
  constructor(scenario: string, { name, whenUndefined }: MetricDefinition) {
    super(`${scenario}: ${name} has no value in some blocks (${whenUndefined})`);
  }
}

/** The cap is below what a decision takes at least. */
export class CapError extends RangeError {
  readonly fewest: number;

  constructor(cap: number, fewest: number) {
    super(`a cap of ${cap} replications is too low: a decision takes at least ${fewest}`);
    this.fewest = fewest;
  }
}

/** Metrics with whose values trials answer: the goal, and what constraints speak of. */
export const chooseMetrics = (metric: string, constraints: readonly Constraint[]): string[] => [
  ...new Set([metric, ...constraints.map((one) => one.metric)]),
];

/** Blocks before the first look, and how much further to the next one. */
const FIRST_BLOCKS = 10;
const GROWTH = 1.2;

/**
 * @param trials open with the metrics of {@link chooseMetrics}
 * @throws TogetherError where there are fewer than two, too; NoGoalError, NoValueError, CapError
 * @throws ScenarioError where a draw of uncertain numbers is no valid scenario
 */
export async function choose(trials: Trials, options: ChooseOptions): Promise<Choice> {
  const { scenarios, metric, seed } = options;
  if (scenarios.length < 2)
    throw new TogetherError("there is one scenario alone: a choice is between two or more");
  checkTogether(scenarios);
  const { goal = goalOf(metricOf(metric)), cap = CAP } = options;
  const instances = blockInstancesOf(scenarios, trials.metrics);
  const repeats = Math.max(...scenarios.map((scenario) => trials.repeatsOf(scenario)));
  const most = Math.floor(cap / (instances * repeats));
  if (most < FIRST_BLOCKS) throw new CapError(cap, FIRST_BLOCKS * instances * repeats);
  const blocks = await openBlocks(trials, scenarios, { seed, instances });
  const choosing = new Choosing(trials.metrics, blocks, { ...options, goal });
  const verdict = await choosing.run(most);
  const perBlock = scenarios.map((scenario) => instances * trials.repeatsOf(scenario));
  return choosing.result(verdict, { cap, perBlock });
}

function goalOf(metric: MetricDefinition): "highest" | "lowest" {
  if (metric.better === undefined) throw new NoGoalError(metric.name);
  return metric.better === "higher" ? "highest" : "lowest";
}

class Choosing {
  private readonly metrics: readonly string[];
  private readonly blocks: Blocks;
  private readonly options: ChooseOptions & { readonly goal: "highest" | "lowest" };
  private readonly constraints: readonly Constraint[];
  private readonly selection: Selection;
  /** By scenario: what its blocks came to, as trials answer. */
  private readonly seen: readonly TrialValues[][];

  constructor(metrics: readonly string[], blocks: Blocks, options: Choosing["options"]) {
    const { scenarios, constraints = [], confidence = CONFIDENCE, within = 0 } = options;
    this.metrics = metrics;
    this.blocks = blocks;
    this.options = options;
    this.constraints = constraints;
    this.seen = scenarios.map(() => []);
    this.selection = new Selection({
      systems: scenarios.length,
      constraints: constraints.length,
      confidence,
      within,
    });
  }

  /** Observes until it is decided, at most so many blocks. */
  async run(most: number): Promise<SelectionVerdict> {
    const { selection, options } = this;
    let done = 0;
    while (done < most && selection.verdict.kind === "open") {
      const next = Math.min(most, Math.max(FIRST_BLOCKS, Math.ceil(done * GROWTH)));
      const { left } = selection;
      const values = await this.blocks.observe(left, done, next);
      selection.take(
        values.map((ofOne, i) => ofOne.map((block) => this.observation(left[i], block))),
      );
      for (const [i, ofOne] of values.entries()) this.seen[left[i]].push(...ofOne);
      done = next;
      options.onProgress?.(done / most, `${selection.left.length} of ${this.seen.length} left`);
    }
    return selection.verdict;
  }

  private observation(scenario: number, block: TrialValues) {
    const { metric } = this.options;
    return {
      value: this.sign * this.valueIn(scenario, block, metric),
      slacks: this.constraints.map((one) =>
        slackOf(one, this.valueIn(scenario, block, one.metric)),
      ),
    };
  }

  private get sign(): number {
    return this.options.goal === "highest" ? 1 : -1;
  }

  private valueIn(scenario: number, block: TrialValues, metric: string): number {
    const value = block[this.metrics.indexOf(metric)];
    if (value === null)
      throw new NoValueError(this.options.scenarios[scenario].name, metricOf(metric));
    return value;
  }

  // -------------------------------------------------------------- the result

  result(
    verdict: SelectionVerdict,
    { cap, perBlock }: { readonly cap: number; readonly perBlock: readonly number[] },
  ): Choice {
    const { scenarios, metric, goal, confidence = CONFIDENCE, within = 0, seed } = this.options;
    const chosen = "chosen" in verdict ? verdict.chosen : undefined;
    const leading = chosen ?? this.selection.leading ?? this.nearest();
    const counts = scenarios.map((_, i) => this.selection.countOf(i));
    const sum = (of: (i: number) => number) => counts.reduce((all, _, i) => all + of(i), 0);
    const name = (i: number) => scenarios[i].name;
    return {
      schema: "faultline/choose@1",
      engine: ENGINE,
      seed,
      metric,
      goal,
      confidence,
      within,
      constraints: this.constraints.map(constraintText),
      verdict: VERDICTS[verdict.kind],
      chosen: chosen === undefined ? null : name(chosen),
      leading: name(leading),
      blockInstances: this.blocks.instances,
      cap,
      replications: {
        used: sum((i) => counts[i] * perBlock[i]),
        equalAllocation: sum((i) => Math.max(...counts) * perBlock[i]),
      },
      scenarios: scenarios.map((_, i) => this.told(i, { chosen, leading, perBlock: perBlock[i] })),
    };
  }

  private told(
    i: number,
    of: {
      readonly chosen: number | undefined;
      readonly leading: number;
      readonly perBlock: number;
    },
  ): ChoiceScenario {
    const { scenarios, metric } = this.options;
    const fate = this.selection.fateOf(i);
    return {
      name: scenarios[i].name,
      fate: i === of.chosen ? "chosen" : FATES[fate.kind],
      by:
        fate.kind === "eliminated"
          ? scenarios[fate.by].name
          : fate.kind === "infeasible"
            ? constraintText(this.constraints[fate.constraint])
            : null,
      value: this.mean(i, metric),
      difference: i === of.leading ? null : this.difference(i, of.leading),
      constraints: this.constraints.map((one, c) => ({
        constraint: constraintText(one),
        value: this.mean(i, one.metric),
        met: this.selection.meets(i, c) ?? null,
      })),
      replications: this.selection.countOf(i) * of.perBlock,
    };
  }

  private mean(i: number, metric: string): Estimate {
    const values = this.seen[i].map((block) => this.valueIn(i, block, metric));
    return meanOverBlocks(values);
  }

  private difference(i: number, leading: number): Estimate {
    const { mean, halfWidth } = this.selection.difference(i, leading);
    const signed = this.sign * mean;
    if (!Number.isFinite(halfWidth)) return { mean: signed, ci: [null, null] };
    return { mean: signed, ci: [signed - halfWidth, signed + halfWidth] };
  }

  /** Where none meets all constraints: the one that breaks its worst one by the smallest share of the bound. */
  private nearest(): number {
    const distances = this.seen.map((_, i) =>
      Math.max(
        ...this.constraints.map(
          (one, c) => -this.selection.slackOf(i, c).mean / Math.max(Math.abs(one.value), TINY),
        ),
      ),
    );
    return distances.indexOf(Math.min(...distances));
  }
}

/** Of a bound that is 0. */
const TINY = 1e-9;

const VERDICTS = {
  best: "best",
  within: "within",
  nobody: "nobody",
  alike: "alike",
  open: "inconclusive",
} as const satisfies Record<SelectionVerdict["kind"], ChoiceVerdict>;

const FATES = { left: "left", eliminated: "worse", infeasible: "unfit" } as const;

/** Above 0 where a constraint is met. */
const slackOf = ({ operator, value: bound }: Comparison, value: number): number =>
  operator.startsWith(">") ? value - bound : bound - value;

export const constraintText = ({ metric, operator, value }: Constraint): string =>
  `${metric} ${operator} ${value}`;
