// What submitters and workers share in the database of a queue: jobs, which are batches of tasks, and beside them texts and outcomes as
// small records. Everything but the jobs goes away by itself.
//
//     text:HASH     what tasks are of: a plan, a scenario of a decision, a calibration
//     outcome:KEY   what came of a task
//     engine        the engine whose tasks these are
import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { Worker } from "bullmq";
import { SEMANTICS, VERSION } from "../version.ts";
import type { QueueAddress } from "./address.ts";
import type { Database, Process } from "./database.ts";
import { full, QueueError } from "./errors.ts";
import { type Batch, jobId, type Outcome } from "./task.ts";

/** Batches of tasks in the queue, and who works on them. */
export interface QueueState {
  readonly waiting: number;
  readonly active: number;
  /** Those that were given up. */
  readonly failed: number;
  readonly workers: number;
  /** The engine whose tasks these are; null while there were none. */
  readonly engine: string | null;
}

/** A state as a document. */
export const stateDocument = ({ shown }: QueueAddress, state: QueueState) => ({
  schema: "faultline/queue@1" as const,
  queue: shown,
  ...state,
});

/** Seconds after which records that nobody asks for are gone: an outcome sooner once somebody has it. */
const KEPT = { text: 7 * 86_400, outcome: 86_400, taken: 600 };

/**
 * A worker renews the lock of a task while it works on it, and one whose lock is over is given to another. A task that many workers die
 * of is given up.
 */
const LOCKS = { lockDuration: 8000, stalledInterval: 2000, maxStalledCount: 60 };

/** Milliseconds after which a worker looks again for a database that was away. */
const RETRY = 1000;

/** Opens the queue of an address. @throws QueueError */
export async function openBoard(address: QueueAddress): Promise<Board> {
  return new Board(address, await openDatabase(address));
}

async function openDatabase(address: QueueAddress): Promise<Database> {
  if (address.database === "redis") return (await import("./redis.ts")).openRedis(address);
  return (await import("./postgres.ts")).openPostgres(address);
}

export class Board {
  readonly address: QueueAddress;
  private readonly database: Database;

  constructor(address: QueueAddress, database: Database) {
    this.address = address;
    this.database = database;
  }

  /** False while the database is known to be away. */
  get isUp(): boolean {
    return this.database.isUp;
  }

  isFull(error: unknown): boolean {
    return this.database.isFull(error);
  }

  /**
   * Makes sure that all who share the queue are of one engine; the first one decides, until the queue is drained.
   * @throws QueueError
   */
  async checkEngine(): Promise<void> {
    const own = `${VERSION}, semantics ${SEMANTICS}`;
    const theirs = await this.settle("engine", own);
    if (theirs !== own)
      throw new QueueError(
        "engine",
        `the queue is of another engine: faultline ${theirs}, where this one is ${own}`,
        `Install the same version everywhere, or empty the queue: faultline queue drain --queue ${this.address.shown}`,
      );
  }

  private async settle(key: string, value: string): Promise<string> {
    try {
      return await this.database.records.settle(key, value);
    } catch (error) {
      throw this.isFull(error) ? full(this.address.shown) : error;
    }
  }

  // -------------------------------------------------------------- texts and outcomes

  /** @param texts by their hashes */
  async putTexts(texts: ReadonlyMap<string, string>): Promise<void> {
    const records = [...texts].map(([hash, text]) => ({
      key: `text:${hash}`,
      value: deflated(text),
    }));
    await this.database.records.put(records, KEPT.text);
  }

  async text(hash: string): Promise<string | undefined> {
    const [record] = await this.database.records.get([`text:${hash}`]);
    return record === null ? undefined : inflated(record);
  }

  /** @param outcomes JSON of an {@link Outcome} each */
  async putOutcomes(outcomes: readonly { key: string; text: string }[]): Promise<void> {
    const records = outcomes.map(({ key, text }) => ({
      key: `outcome:${key}`,
      value: deflated(text),
    }));
    await this.database.records.put(records, KEPT.outcome);
  }

  /** In the order of the keys; undefined where there is none. */
  async outcomes(keys: readonly string[]): Promise<readonly (Outcome | undefined)[]> {
    const records = await this.database.records.get(keys.map((key) => `outcome:${key}`));
    return records.map((record) => (record === null ? undefined : JSON.parse(inflated(record))));
  }

  /** Outcomes that somebody has are kept for others a little longer. */
  async taken(keys: readonly string[]): Promise<void> {
    const names = keys.map((key) => `outcome:${key}`);
    await this.database.records.expire(names, KEPT.taken);
  }

  async dropOutcome(key: string): Promise<void> {
    await this.database.records.remove(`outcome:${key}`);
  }

  // -------------------------------------------------------------- jobs

  /** Puts batches into the queue; those that are in it already stay as they are. */
  async add(batches: readonly Batch[]): Promise<void> {
    await this.database.jobs.addBulk(
      batches.map((data) => ({
        name: data.kind,
        data,
        opts: { jobId: jobId(data), removeOnComplete: true, removeOnFail: false },
      })),
    );
  }

  /** What is done of batches, 0..1, by the ids of their jobs: of the first so many that are under way. */
  async progress(most: number): Promise<ReadonlyMap<string, number>> {
    const jobs = await this.database.jobs.getActive(0, most - 1);
    return new Map(jobs.map((job) => [job?.id ?? "", Number(job?.progress)]));
  }

  /** Takes the batches that were given up out of the queue: the reasons by the ids of their jobs. */
  async takeFailed(isOurs: (id: string) => boolean): Promise<ReadonlyMap<string, string>> {
    const ours = (await this.database.jobs.getFailed()).filter((job) => isOurs(job?.id ?? ""));
    await Promise.all(ours.map((job) => job.remove()));
    return new Map(ours.map((job) => [job.id ?? "", job.failedReason ?? "its workers died"]));
  }

  /** @param concurrency batches at a time */
  worker(process: Process, concurrency: number): Worker<Batch> {
    return this.database.worker(process, { concurrency, runRetryDelay: RETRY, ...LOCKS });
  }

  /** Cuts the connections of workers: nothing they have under way reaches the queue any more. */
  cutWorkers(): void {
    this.database.cutWorkers();
  }

  async state(): Promise<QueueState> {
    const { waiting = 0, active = 0, failed = 0 } = await this.database.jobs.getJobCounts();
    const workers = await this.database.jobs.getWorkersCount();
    const [engine] = await this.database.records.get(["engine"]);
    return { waiting, active, failed, workers, engine: engine?.toString() ?? null };
  }

  /** Takes everything of ours out of the database. */
  async drain(): Promise<void> {
    await this.database.jobs.obliterate({ force: true });
    await this.database.records.clear();
  }

  async close(): Promise<void> {
    await this.database.close();
  }
}

/** A text of some kilobytes in a third of its size. This takes forty microseconds, and on a thread of its own ten times that. */
const deflated = (text: string): Buffer => deflateRawSync(text, { level: 1, chunkSize: CHUNK });
const inflated = (record: Buffer): string =>
  inflateRawSync(record, { chunkSize: CHUNK }).toString();
const CHUNK = 8192;
