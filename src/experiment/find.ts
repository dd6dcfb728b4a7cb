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
  /** Which of those that are found, from 1 (the default); of the slowest the K-th slowest. */
  readonly nth?: number | undefined;
  /** Replications that are searched, from 0 on; default DEFAULT_WITHIN. */
  readonly within?: number | undefined;
  /** Default: the scenario's own seed. */
  readonly seed?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told the share of the replications that was searched. */
  readonly onProgress?: OnProgress | undefined;
}

/**
 * The number of the replication that was asked for; undefined where there is none within the replications that are searched.
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
  const found = kind === "slowest" ? new Slowest(nth) : new Match(nth);
  const search = function* (): Generator<number, number | undefined> {
    for (let replication = 0; replication < within; replication++) {
      judge.most = 0;
      yield* slices(engine, replication, replication / within);
      if (found.add(replication, judge.most)) break;
      yield (replication + 1) / within;
    }
    return found.result;
  };
  return breathing(search(), options.signal, options.onProgress);
}

function checkRange(name: string, value: number): void {
  if (!Number.isInteger(value) || value < 1 || value > 2 ** 32)
    throw new RangeError(`${name} ${value}: must be a whole number from 1 to 2^32`);
}

/** Takes of each task only how much it has of what is looked for. */
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

/** The n-th replication that is of a kind at all. */
class Match {
  result: number | undefined;
  private left: number;

  constructor(nth: number) {
    this.left = nth;
  }

  /** Returns whether it is the one that is looked for. */
  add(replication: number, measure: number): boolean {
    if (measure === 0 || --this.left > 0) return false;
    this.result = replication;
    return true;
  }
}

/** The replication with the n-th largest measure; of equal ones the first comes first. */
class Slowest {
  private readonly nth: number;
  /** The largest so far, in descending order. */
  private readonly leaders: { replication: number; measure: number }[] = [];

  constructor(nth: number) {
    this.nth = nth;
  }

  /** Returns false: only the end of the search decides. */
  add(replication: number, measure: number): boolean {
    const { leaders, nth } = this;
    const place = leaders.findLastIndex((other) => other.measure >= measure) + 1;
    if (place === nth) return false;
    leaders.splice(place, 0, { replication, measure });
    if (leaders.length > nth) leaders.pop();
    return false;
  }

  get result(): number | undefined {
    return this.leaders[this.nth - 1]?.replication;
  }
}
