// A race of sets of options: they are observed in more and more blocks, and those that are surely worse than the leader drop out.
// The looks are few, each twice as long as the one before, and the chance of an error is shared out among looks and rivals
// (Bonferroni), so that the best drops out with a chance below 1 - confidence.
import type { OptionSet } from "./combining.ts";
import { type Judge, quantileFor } from "./judging.ts";

export interface RaceOptions {
  /** Blocks of the first look. */
  readonly first: number;
  /** Blocks of the last look. */
  readonly most: number;
  /** Chance with which the best is not dropped, 0..1. */
  readonly confidence: number;
}

export interface RaceResult {
  readonly leader: OptionSet;
  /** Those that may be as good as the leader, the best first; without the leader. */
  readonly rivals: readonly OptionSet[];
}

/** @param sets two or more or one, all different; those that make no valid scenario are left out */
export async function race(
  judge: Judge,
  sets: readonly OptionSet[],
  { first, most, confidence }: RaceOptions,
): Promise<RaceResult | undefined> {
  const { observations } = judge;
  const looks = Math.ceil(Math.log2(most / first)) + 1;
  const chance = (1 - confidence) / (looks * Math.max(1, sets.length - 1));
  let running = sets;
  for (let blocks = first; ; blocks = Math.min(most, 2 * blocks)) {
    running = judge.ranked(await observations.upTo(blocks, running), blocks);
    if (running.length === 0) return undefined;
    const [leader, ...others] = running;
    const rivals = others.filter(
      (set) => !isBeaten(judge, set, leader, chance, blocks, blocks === most),
    );
    if (rivals.length === 0 || blocks === most) return { leader, rivals };
    running = [leader, ...rivals];
  }
}

function isBeaten(
  judge: Judge,
  set: OptionSet,
  leader: OptionSet,
  chance: number,
  most: number,
  isLast: boolean,
): boolean {
  const { mean, error, blocks } = judge.gain(leader, set, most);
  const t = quantileFor(chance, blocks);
  const isLeaderAllowed = judge.isAllowed(leader, most);
  if (isLeaderAllowed && judge.isSurelyOut(set, t, most)) return true;
  // Where the leader itself misses a limit, nothing but the limits counts, and all stay.
  if (!isLeaderAllowed) return false;
  // Those that never differed are as good as each other, as far as can be seen: the leader is the cheaper one.
  return error === 0 ? mean > 0 || (mean === 0 && isLast) : mean - t * error > 0;
}
