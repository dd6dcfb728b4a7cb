// Importance measures of a component, from values of the team with it as it is, perfect and absent over the same blocks. Blocks are
// independent and paired, so that what the teams have in common cancels.
//
// Birnbaum, "On the importance of different components in a multicomponent system" (1969); Vesely, Davis, Denning and Saltos,
// "Measures of risk importance and their applications", NUREG/CR-3385 (1983); Kuo and Zhu, "Importance measures in reliability,
// risk, and optimization" (2012).
import { type MetricValue, toValue } from "../../../experiment/result.ts";
import type { MetricDefinition } from "../../../metrics/definitions.ts";
import { LEVEL } from "../../../numerics/intervals.ts";
import { OverNets } from "../../../numerics/netSums.ts";
import { difference, productOfPowers } from "../../../numerics/ratios.ts";

/** Values of one metric, one per block; null where a block has none. */
export type OverBlocks = readonly (number | null)[];

/** Blocks as the nets that intervals are made over. */
class BlockSums extends OverNets {
  readonly instances: number;
  private readonly columns: readonly (readonly number[])[];

  /** @param columns components, each with a value per block */
  constructor(columns: readonly (readonly number[])[], tasksPerBlock: number) {
    super();
    this.columns = columns;
    this.instances = columns[0].length * tasksPerBlock;
  }

  override get count(): number {
    return this.columns[0].length;
  }

  protected at(block: number, i: number): number {
    return this.columns[i][block];
  }
}

export const NO_VALUE_IN_BLOCK = "some block has no value of the metric";

const isKnown = (values: OverBlocks): values is readonly number[] => !values.includes(null);

/**
 * How much more `a` has of a metric than `b`, with Student's interval over blocks.
 * @param tasks per block
 * @param level of the interval, 0.95 by default
 */
export function changeOf(
  { interval }: Pick<MetricDefinition, "interval">,
  a: OverBlocks,
  b: OverBlocks,
  tasks: number,
  level = LEVEL,
): MetricValue {
  if (!isKnown(a) || !isKnown(b)) return toValue(undefined, NO_VALUE_IN_BLOCK);
  const isShare = interval === "share";
  const counted = (values: readonly number[]) =>
    isShare ? values.map((value) => value * tasks) : values;
  const sums = new BlockSums([counted(a), counted(b), a.map(() => tasks)], tasks);
  const options = { isShare, isItself: a === b, level, ...(isShare ? { per: 2 } : {}) };
  return toValue(difference(sums, 0, 1, options), NO_VALUE_IN_BLOCK);
}

/** The mean of a metric over blocks, with Student's interval. */
export const meanOf = (values: OverBlocks, tasks: number): MetricValue =>
  changeOf(
    { interval: "mean" },
    values,
    values.map(() => 0),
    tasks,
  );

/** The classical measures of a component; each is a pure number. */
export interface ImportanceMeasures {
  /** Success with the component perfect, less success with it absent. */
  readonly birnbaum: MetricValue;
  /** Fussell-Vesely: share of the failures in which the component is involved, (Q - Q(perfect)) / Q. */
  readonly fussellVesely: MetricValue;
  /** Risk achievement worth, Q(absent) / Q. */
  readonly riskAchievement: MetricValue;
  /** Risk reduction worth, Q / Q(perfect). */
  readonly riskReduction: MetricValue;
}

export const NEVER_FAILS = "the team never fails";
export const NEVER_FAILS_WITHOUT = "the team never fails when this is perfect";

/**
 * The measures, of shares of success per block; Q = 1 - success. Ratios have Fieller's interval.
 * @param tasks per block
 */
export function importanceMeasures(
  base: OverBlocks,
  perfect: OverBlocks,
  absent: OverBlocks,
  tasks: number,
): ImportanceMeasures {
  const ratio = (a: OverBlocks, b: OverBlocks, why: string) => failureRatio(a, b, tasks, why);
  return {
    birnbaum: changeOf({ interval: "share" }, perfect, absent, tasks),
    fussellVesely: complement(ratio(perfect, base, NEVER_FAILS)),
    riskAchievement: ratio(absent, base, NEVER_FAILS),
    riskReduction: ratio(base, perfect, NEVER_FAILS_WITHOUT),
  };
}

/** Failures of a team per failure of another one on the same tasks. */
function failureRatio(a: OverBlocks, b: OverBlocks, tasks: number, why: string): MetricValue {
  if (!isKnown(a) || !isKnown(b)) return toValue(undefined, NO_VALUE_IN_BLOCK);
  const failures = (values: readonly number[]) => values.map((share) => tasks * (1 - share));
  const sums = new BlockSums([failures(a), failures(b)], tasks);
  const factors = [
    { index: 0, power: 1 },
    { index: 1, power: -1 },
  ];
  return toValue(productOfPowers(sums, factors, { isItself: a === b }), why);
}

/** 1 - x. */
function complement(value: MetricValue): MetricValue {
  if (value.mean === null) return value;
  const [low, high] = value.ci.map((bound) => (bound === null ? null : 1 - bound));
  return { ...value, mean: 1 - value.mean, ci: [high, low] };
}
