// Finds a replication of a kind: one that fails, one in which an error is caught, the slowest of many. Replications are run one
// after the other as a trace would run them, and each task is judged by its own outcome row.
import type { TaskCase } from "../model/case.ts";
import { Engine } from "../model/engine.ts";
import type { Observer } from "../model/observer.ts";
import { rootKey } from "../numerics/draws.ts";
import { compile } from "../scenario/compiling/compile.ts";
import type { Scenario } from "../scenario/schema.ts";
import { DEFAULT_WITHIN, FIND_KINDS, type FindKind, type Measure } from "./findKinds.ts";
import { breathing, slices } from "./inThread.ts";
import type { OnProgress } from "./progress.ts";

export interface FindOptions {
  readonly kind: FindKind;
  /** Which one of those found, from 1 (the default); of the slowest the n-th slowest. */
  readonly nth?: number | undefined;
  /** Replications searched, from 0 on; default: DEFAULT_WITHIN. */
  readonly within?: number | undefined;
  /** Default: the scenario's own seed. */
  readonly seed?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called with the share of the replications that is searched. */
  readonly onProgress?: OnProgress | undefined;
}

/**
 * The number of the replication asked for; undefined if there is none among those searched.
 * Rejects with the signal's reason.
 * @throws RangeError where `nth` or `within` is no whole number from 1, or `within` exceeds 2^32
 */
export async function findReplication(
  scenario: Scenario,
  options: FindOptions,
): Promise<number | undefined> {
  const { kind, nth = 1, within = DEFAULT_WITHIN, seed = scenario.seed } = options;
  checkRange("nth", nth);
  checkRange("within", within);
  const judge = new Judge(FIND_KINDS[kind].measure);
  const engine = new Engine(compile(scenario), rootKey(seed), { observer: judge });
  const isRanked = kind === "slowest";
  /** Those found so far, the best first: at most `nth`. */
  const leaders: { readonly replication: number; readonly rank: number }[] = [];
  const search = function* (): Generator<number, number | undefined> {
    for (let replication = 0; replication < within; replication++) {
      judge.most = 0;
      yield* slices(engine, replication, replication / within);
      yield (replication + 1) / within;
      if (judge.most === 0 && !isRanked) continue;
      // Of equal ones the first comes first.
      const rank = isRanked ? judge.most : 0;
      const place = leaders.findLastIndex((other) => other.rank >= rank) + 1;
      leaders.splice(place, 0, { replication, rank });
      if (leaders.length < nth) continue;
      if (!isRanked) break;
      leaders.length = nth;
    }
    return leaders[nth - 1]?.replication;
  };
  return breathing(search(), options.signal, options.onProgress);
}

function checkRange(name: string, value: number): void {
  if (!Number.isInteger(value) || value < 1 || value > 2 ** 32)
    throw new RangeError(`${name} ${value}: must be a whole number from 1 to 2^32`);
}

/** Measures each task by its outcome. */
class Judge implements Observer<TaskCase> {
  at = 0;
  /** The most that a task of the replication has. */
  most = 0;
  private readonly measure: Measure;

  constructor(measure: Measure) {
    this.measure = measure;
  }

  finished({ outcome }: TaskCase): void {
    this.most = Math.max(this.most, this.measure(outcome));
  }
}
