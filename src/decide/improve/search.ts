// The search for the best set of options, in four steps: all single options race; pairs of the most promising are seen together; what
// these let expect of larger sets decides which of them race with the best so far; and the winner races with its neighbours until
// none is better. So that of 256 sets a few dozen are looked at, most of them in a few blocks only.
import type { Combining, OptionSet } from "./combining.ts";
import { expecting, pairsOf } from "./expecting.ts";
import { type Judge, TODAY } from "./judging.ts";
import { type RaceResult, race } from "./racing.ts";
import { neighbours, subsets } from "./subsets.ts";

export interface SearchOptions {
  /** Most options in a set. */
  readonly atMost: number;
  /** Blocks in which everything is seen that is seen at all, and those of the closest races. */
  readonly blocks: { readonly few: number; readonly most: number };
  readonly confidence: number;
  /** Called when all single options were seen; throws where that is enough to give up. */
  readonly check?: () => void;
  /** Told which step begins, and the share that is done by then. */
  readonly onStep?: (share: number, step: string) => void;
}

export interface Found {
  /** The race of the single options; undefined where none makes a valid scenario. */
  readonly first: RaceResult | undefined;
  /** Options of which pairs were seen. */
  readonly kept: readonly number[];
  /** The best set of each size from 1 to that of the best of all. */
  readonly path: readonly OptionSet[];
}

/** Options whose pairs are seen: twelve make 66. */
const KEPT = 12;
/** Of the options that are kept, those that are kept since they save money, where that is short. */
const KEPT_FOR_COST = 3;
/** Sets of three or more that race for what is expected of them: the best of all, and of each size. */
const EXPECTED = 12;
const EXPECTED_OF_SIZE = 3;
/** Single options and pairs, and neighbours of a winner, that race. */
const SEEN = 8;
/** Rounds in which the winner races with its neighbours. */
const ROUNDS = 6;

export async function search(
  judge: Judge,
  combining: Combining,
  options: SearchOptions,
): Promise<Found> {
  const { blocks, confidence, atMost, check = () => {}, onStep = () => {} } = options;
  const { few, most } = blocks;
  const { observations } = judge;
  const racing = { first: few, most, confidence };
  const singles = combining.options.map((_, i) => [i]);

  onStep(0.02, "one change");
  await observations.upTo(few, [TODAY]);
  const first = await race(judge, singles, racing);
  check();
  if (first === undefined) return { first, kept: [], path: [] };
  await observations.upTo(most, [TODAY, first.leader]);

  onStep(0.3, "pairs");
  const kept = keptOptions(judge, singles, few);
  const isAllowed = (set: OptionSet) => combining.isAllowed(set);
  if (atMost >= 2) await observations.upTo(few, pairsOf(kept).filter(isAllowed));

  onStep(0.5, "larger sets");
  const seen = judge.ranked(
    observations.sets.filter((set) => set.length > 0 && set.length <= atMost),
    few,
  );
  const expected = expectedBest(judge, subsets(kept, 3, atMost).filter(isAllowed), few);
  let best = (await race(judge, distinct([...seen.slice(0, SEEN), ...expected]), racing))
    ?.leader as OptionSet;

  for (let round = 0; round < ROUNDS; round++) {
    onStep(0.65 + (0.2 * round) / ROUNDS, "neighbours");
    const next = await bestNeighbour(judge, best, kept, options, isAllowed);
    if (next.join() === best.join()) break;
    best = next;
  }

  onStep(0.85, "the path");
  return { first, kept, path: await pathTo(judge, best, first.leader, options) };
}

/** The options that promise most, and some of those that save most, where money is short. */
function keptOptions(judge: Judge, singles: readonly OptionSet[], few: number): number[] {
  const cost = new Map(singles.map((set) => [set[0], judge.extraCost(set, TODAY, few).mean]));
  const gain = new Map(singles.map((set) => [set[0], judge.gain(set, TODAY, few).mean]));
  const seen = singles.map(([i]) => i).filter((i) => !Number.isNaN(gain.get(i) ?? Number.NaN));
  const at = (map: ReadonlyMap<number, number>, i: number) => map.get(i) as number;
  const byGain = [...seen].sort((a, b) => at(gain, b) - at(gain, a) || a - b);
  if (judge.aim.budget === undefined) return byGain.slice(0, KEPT).sort((a, b) => a - b);
  const rest = byGain.slice(KEPT - KEPT_FOR_COST);
  const saving = rest.sort((a, b) => at(cost, a) - at(cost, b) || a - b).slice(0, KEPT_FOR_COST);
  return [...byGain.slice(0, KEPT - KEPT_FOR_COST), ...saving].sort((a, b) => a - b);
}

/** The sets of which most is expected, of all and of each size, within the budget. */
function expectedBest(judge: Judge, sets: readonly OptionSet[], few: number): OptionSet[] {
  const { budget = Number.POSITIVE_INFINITY } = judge.aim;
  const expect = expecting(judge, few);
  const all = sets.flatMap((set) => expect(set) ?? []);
  const ranked = all.filter(({ cost }) => cost <= budget).sort((a, b) => b.gain - a.gain);
  const sizes = new Map<number, number>();
  return ranked.flatMap(({ set }, place) => {
    const earlier = sizes.get(set.length) ?? 0;
    sizes.set(set.length, earlier + 1);
    return place < EXPECTED || earlier < EXPECTED_OF_SIZE ? [set] : [];
  });
}

/** The best of a set and those one change away from it. */
async function bestNeighbour(
  judge: Judge,
  best: OptionSet,
  kept: readonly number[],
  { atMost, blocks: { few, most }, confidence }: SearchOptions,
  isAllowed: (set: OptionSet) => boolean,
): Promise<OptionSet> {
  const near = neighbours(best, kept, atMost).filter((set) => set.length > 0 && isAllowed(set));
  const valid = await judge.observations.upTo(few, near);
  const promising = judge.ranked(valid, few).slice(0, SEEN);
  const result = await race(judge, [best, ...promising], { first: few, most, confidence });
  return result?.leader ?? best;
}

/** The best set of each size up to that of the best: among the best that were seen, and the parts of the best. */
async function pathTo(
  judge: Judge,
  best: OptionSet,
  first: OptionSet,
  { blocks: { few, most }, confidence }: SearchOptions,
): Promise<readonly OptionSet[]> {
  if (best.length === 1) return [best];
  const path: OptionSet[] = [first];
  for (let size = 2; size < best.length; size++) {
    const ofSize = judge.observations.sets.filter((set) => set.length === size);
    const seen = judge.ranked(ofSize, few).slice(0, SEEN);
    const parts = subsets(best, size, size).slice(0, SEEN);
    const result = await race(judge, distinct([...seen, ...parts]), {
      first: few,
      most: Math.max(few, most / 2),
      confidence,
    });
    if (result !== undefined) path.push(result.leader);
  }
  return [...path, best];
}

function distinct(sets: readonly OptionSet[]): OptionSet[] {
  return [...new Map(sets.map((set) => [set.join(), set])).values()];
}
