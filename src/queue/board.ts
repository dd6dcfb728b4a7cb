// What submitters and workers share in the database of a queue: jobs, which say where a cell is, and beside them plans and outcomes
// as small records. A job never holds a result. All keys begin with PREFIX, and everything but jobs goes away by itself.
//
//     faultline:plan:ID       text of a plan, by the SHA-256 of it
//     faultline:outcome:KEY   outcome of a cell, by the key of its record
//     faultline:engine        the engine whose cells these are
//     faultline:cells:…       the jobs, kept by BullMQ
import { createHash } from "node:crypto";
import type * as BullMQ from "bullmq";
import type { Redis } from "ioredis";
import { SEMANTICS, VERSION } from "../version.ts";
import type { QueueAddress } from "./address.ts";
import { connectionError, QueueError } from "./errors.ts";

/** Where a cell is. */
export interface CellJob {
  /** Of the plan. */
  readonly plan: string;
  /** Number of the cell. */
  readonly cell: number;
  /** Key of its record. */
  readonly key: string;
}

/** Cells in the queue, and who works on them. */
export interface QueueState {
  readonly waiting: number;
  readonly active: number;
  /** Cells that were given up. */
  readonly failed: number;
  readonly workers: number;
  /** The engine whose cells these are; null while there were none. */
  readonly engine: string | null;
}

const PREFIX = "faultline";
const QUEUE = "cells";
/** Seconds after which plans and outcomes that nobody asks for are gone. */
const KEPT = { plan: 7 * 86_400, outcome: 86_400 };
/** Milliseconds to reach a database. */
const TIMEOUT = 5000;
/** Redis before this one lacks commands that BullMQ needs. */
const OLDEST = 5;

/** Opens the database of a queue. @throws QueueError */
export async function openBoard(address: QueueAddress): Promise<Board> {
  const { bullmq, ioredis } = await loadDrivers();
  let isUp = false;
  const redis = new ioredis.Redis(address.url, {
    lazyConnect: true,
    connectTimeout: TIMEOUT,
    // What BullMQ asks of a connection that outlives the database.
    maxRetriesPerRequest: null,
    retryStrategy: (times) => (isUp ? Math.min(100 * times, 1000) : null),
  });
  let last: unknown;
  redis.on("error", (error) => {
    last = error;
  });
  try {
    await redis.connect();
    await checkServer(redis, address);
  } catch (error) {
    redis.disconnect();
    throw error instanceof QueueError ? error : connectionError(address.shown, last ?? error);
  }
  isUp = true;
  return new Board(address, redis, bullmq);
}

/** Bullmq and its driver are no dependencies of those who have no queue. */
async function loadDrivers() {
  try {
    const [bullmq, ioredis] = await Promise.all([import("bullmq"), import("ioredis")]);
    return { bullmq, ioredis };
  } catch {
    throw new QueueError(
      "usage",
      "a queue needs two packages that are not installed",
      "Install them: npm install bullmq@6 ioredis@5",
    );
  }
}

async function checkServer(redis: Redis, { shown }: QueueAddress): Promise<void> {
  const info = await redis.info();
  const field = (name: string) => new RegExp(`^${name}:(.*)$`, "m").exec(info)?.[1].trim() ?? "";
  const version = field("redis_version");
  if (!(Number.parseInt(version, 10) >= OLDEST))
    throw new QueueError(
      "usage",
      `${shown} is Redis ${version}: a queue needs ${OLDEST} or newer`,
      "Update it, or take another one.",
    );
  const policy = field("maxmemory_policy");
  if (policy !== "noeviction")
    throw new QueueError(
      "usage",
      `${shown} throws jobs away when its memory is full (maxmemory-policy ${policy})`,
      "Say CONFIG SET maxmemory-policy noeviction there.",
    );
}

export class Board {
  readonly address: QueueAddress;
  readonly redis: Redis;
  readonly jobs: BullMQ.Queue<CellJob>;
  private readonly bullmq: typeof BullMQ;
  /** Connections of workers, which BullMQ leaves open. */
  private readonly connections: Redis[] = [];

  constructor(address: QueueAddress, redis: Redis, bullmq: typeof BullMQ) {
    this.address = address;
    this.redis = redis;
    this.bullmq = bullmq;
    this.jobs = new bullmq.Queue<CellJob>(QUEUE, { connection: redis, prefix: PREFIX });
    this.jobs.on("error", () => {});
  }

  /**
   * Makes sure that all who share the queue are of one engine; the first one decides, until the queue is drained.
   * @throws QueueError
   */
  async checkEngine(): Promise<void> {
    const own = `${VERSION}, semantics ${SEMANTICS}`;
    await this.redis.set(`${PREFIX}:engine`, own, "NX");
    const theirs = await this.redis.get(`${PREFIX}:engine`);
    if (theirs !== own)
      throw new QueueError(
        "engine",
        `the queue is of another engine: faultline ${theirs}, where this one is ${own}`,
        `Install the same version everywhere, or empty the queue: faultline queue drain --queue ${this.address.shown}`,
      );
  }

  // -------------------------------------------------------------- plans and outcomes

  async putPlan(id: string, text: string): Promise<void> {
    await this.redis.set(`${PREFIX}:plan:${id}`, text, "EX", KEPT.plan);
  }

  plan(id: string): Promise<string | null> {
    return this.redis.get(`${PREFIX}:plan:${id}`);
  }

  async putOutcome(key: string, text: string): Promise<void> {
    await this.redis.set(`${PREFIX}:outcome:${key}`, text, "EX", KEPT.outcome);
  }

  /** In the order of the keys. */
  async outcomes(keys: readonly string[]): Promise<readonly (string | null)[]> {
    return keys.length === 0 ? [] : this.redis.mget(keys.map((key) => `${PREFIX}:outcome:${key}`));
  }

  async dropOutcome(key: string): Promise<void> {
    await this.redis.del(`${PREFIX}:outcome:${key}`);
  }

  // -------------------------------------------------------------- jobs

  /** Puts cells into the queue; those that are in it already stay as they are. */
  async add(jobs: readonly CellJob[]): Promise<void> {
    await this.jobs.addBulk(
      jobs.map((data) => ({
        name: "cell",
        data,
        opts: { jobId: jobId(data), removeOnComplete: true, removeOnFail: false },
      })),
    );
  }

  /** A worker of the queue, with a connection of its own. */
  worker(
    run: (job: CellJob) => Promise<void>,
    options: Pick<BullMQ.WorkerOptions, "concurrency">,
  ): BullMQ.Worker<CellJob> {
    const connection = this.redis.duplicate();
    this.connections.push(connection);
    const worker = new this.bullmq.Worker<CellJob>(QUEUE, ({ data }) => run(data), {
      ...options,
      ...LOCKS,
      connection,
      prefix: PREFIX,
    });
    worker.on("error", () => {});
    return worker;
  }

  /** Cuts the connections of workers: nothing they have under way reaches the queue any more. */
  cutWorkers(): void {
    for (const connection of this.connections) connection.disconnect();
  }

  async state(): Promise<QueueState> {
    const { waiting = 0, active = 0, failed = 0 } = await this.jobs.getJobCounts();
    const workers = await this.jobs.getWorkersCount();
    return { waiting, active, failed, workers, engine: await this.redis.get(`${PREFIX}:engine`) };
  }

  /** Takes everything of ours out of the database. */
  async drain(): Promise<void> {
    await this.jobs.obliterate({ force: true });
    for await (const keys of this.redis.scanStream({ match: `${PREFIX}:*`, count: 1000 }))
      if (keys.length > 0) await this.redis.unlink(...(keys as string[]));
  }

  async close(): Promise<void> {
    await this.jobs.close();
    this.cutWorkers();
    this.redis.disconnect();
  }
}

/** The id of a plan: what it says. */
export const planId = (text: string): string => createHash("sha256").update(text).digest("hex");

/** Of a plan and a number: no colon, and not digits alone, as BullMQ asks. */
export const jobId = ({ plan, cell }: CellJob): string => `${plan.slice(0, 16)}-${cell}`;

/**
 * A worker renews the lock of a cell while it works on it, and one whose lock is over is given to another. A cell that many workers die
 * of is given up.
 */
const LOCKS = { lockDuration: 15_000, stalledInterval: 5000, maxStalledCount: 60 };
