// What to fix first: the component whose perfection gains most, and all those of which the blocks cannot tell that they gain less.
import type { MetricDefinition } from "../../../metrics/definitions.ts";
import { COMPONENT_KINDS, type ComponentKind } from "./component.ts";
import { changeOf, type OverBlocks } from "./measures.ts";

/** Which components come first, among all or among those of one kind. */
export interface Leading {
  readonly among: ComponentKind | "all";
  /** The one that gains most, then those that may gain as much, by their gain. Empty: no component is sure to gain. */
  readonly components: readonly { readonly kind: ComponentKind; readonly name: string }[];
  /** Whether there is exactly one. */
  readonly isClear: boolean;
}

/** Values of the metric with a component perfect. */
export interface Perfected {
  readonly kind: ComponentKind;
  readonly name: string;
  readonly values: OverBlocks;
}

interface Ranking {
  readonly metric: MetricDefinition;
  /** 1: more is better; -1: less. */
  readonly sign: number;
  /** Tasks per block. */
  readonly tasks: number;
}

/** Chance that a verdict is wrong, for all comparisons of one ranking together. */
const ALPHA = 0.05;

/**
 * The leaders among all components, and among those of each kind of which there are several.
 *
 * The first is compared with each of the k - 1 others in a one-sided test of paired differences at 0.05 / (k - 1)
 * (Bonferroni): whichever is truly best, the chance that it is told to gain less is at most 0.05. That some component
 * gains at all is tested at 0.05 / k.
 */
export function leadingOf(
  perfected: readonly Perfected[],
  base: OverBlocks,
  ranking: Ranking,
): readonly Leading[] {
  const groups = COMPONENT_KINDS.map((kind) => ({
    among: kind,
    some: perfected.filter((one) => one.kind === kind),
  }));
  return [
    { among: "all" as const, some: perfected },
    ...groups.filter(({ some }) => some.length > 1),
  ].map(({ among, some }) => leaders(among, some, base, ranking));
}

function leaders(
  among: Leading["among"],
  all: readonly Perfected[],
  base: OverBlocks,
  { metric, sign, tasks }: Ranking,
): Leading {
  const gainOver = (a: OverBlocks, b: OverBlocks, tests: number) => {
    // A one-sided test at level p is whether an interval of confidence 1 - 2p lies on one side.
    const level = 1 - (2 * ALPHA) / Math.max(1, tests);
    const { mean, ci } = changeOf(metric, a, b, tasks, level);
    const low = sign > 0 ? ci[0] : ci[1];
    return { gain: mean === null ? undefined : sign * mean, isSure: sign * (low ?? 0) > 0 };
  };
  const ranked = all
    .flatMap((one) => {
      const { gain, isSure } = gainOver(one.values, base, all.length);
      return gain === undefined ? [] : [{ ...one, gain, isSure }];
    })
    .sort((a, b) => b.gain - a.gain);
  if (!ranked.some(({ isSure }) => isSure)) return { among, components: [], isClear: false };
  const [first, ...others] = ranked;
  const open = others.filter(
    ({ values }) => !gainOver(first.values, values, all.length - 1).isSure,
  );
  return {
    among,
    components: [first, ...open].map(({ kind, name }) => ({ kind, name })),
    isClear: open.length === 0,
  };
}
