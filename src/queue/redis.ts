// A queue in Redis or Valkey. All keys begin with faultline:
import type * as BullMQ from "bullmq";
import type { ChainableCommander, Redis } from "ioredis";
import type { QueueAddress } from "./address.ts";
import {
  type Database,
  type Entry,
  EVENTS,
  inTime,
  jobOf,
  PREFIX,
  type Process,
  QUEUE,
  type Records,
  TIMEOUT,
} from "./database.ts";
import { away, notInstalled, QueueError, refused, taken } from "./errors.ts";
import type { Batch } from "./task.ts";

/** Redis before this one lacks commands that BullMQ needs. */
const OLDEST = 5;

/** Milliseconds for a connection to end by itself. */
const DISCONNECT = 100;

/** @throws QueueError */
export async function openRedis(address: QueueAddress): Promise<Database> {
  const { bullmq, ioredis } = await loadDrivers();
  // Whether connections are made again when they are lost: those of BullMQ too, which have the same options.
  const again = { isWanted: false };
  const redis = new ioredis.Redis(address.url, {
    lazyConnect: true,
    connectTimeout: TIMEOUT,
    disconnectTimeout: DISCONNECT,
    // What BullMQ asks of a connection that outlives the database.
    maxRetriesPerRequest: null,
    retryStrategy: (times) => (again.isWanted ? Math.min(100 * times, 1000) : null),
  });
  let last: unknown;
  redis.on("error", (error) => {
    last = error;
  });
  try {
    await inTime(redis.connect());
    await inTime(checkServer(redis, address));
  } catch (error) {
    redis.disconnect();
    throw error instanceof QueueError ? error : inWords(address, last ?? error);
  }
  again.isWanted = true;
  return new RedisDatabase(redis, bullmq, again);
}

async function loadDrivers() {
  try {
    const [bullmq, ioredis] = await Promise.all([import("bullmq"), import("ioredis")]);
    return { bullmq, ioredis };
  } catch {
    throw notInstalled("bullmq@6 ioredis@5");
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
  const kind = await redis.type(`${PREFIX}:engine`);
  if (kind !== "none" && kind !== "string") throw taken(shown, `keys ${PREFIX}:…`);
}

function inWords({ shown, url }: QueueAddress, error: unknown): QueueError {
  const { message = "" } = error as Error;
  if (/NOAUTH|WRONGPASS|invalid username-password|AUTH/i.test(message))
    return refused(shown, new URL(url).protocol);
  return away(shown, error, "redis-server");
}

class RedisDatabase implements Database {
  readonly records: Records;
  readonly jobs: BullMQ.Queue<Batch>;
  private readonly redis: Redis;
  private readonly bullmq: typeof BullMQ;
  private readonly again: { isWanted: boolean };
  /** Connections of workers, which BullMQ leaves open. */
  private readonly connections: Redis[] = [];

  constructor(redis: Redis, bullmq: typeof BullMQ, again: { isWanted: boolean }) {
    this.redis = redis;
    this.bullmq = bullmq;
    this.again = again;
    this.records = new RedisRecords(redis);
    this.jobs = new bullmq.Queue<Batch>(QUEUE, {
      connection: redis,
      prefix: PREFIX,
      streams: { events: { maxLen: EVENTS } },
    });
    this.jobs.on("error", () => {});
  }

  get isUp(): boolean {
    return this.redis.status === "ready";
  }

  isFull(error: unknown): boolean {
    return error instanceof Error && error.message.startsWith("OOM ");
  }

  worker(process: Process, options: Omit<BullMQ.WorkerOptions, "connection">) {
    const connection = this.redis.duplicate();
    this.connections.push(connection);
    const worker = new this.bullmq.Worker<Batch>(QUEUE, (job) => process(jobOf(job)), {
      ...options,
      connection,
      prefix: PREFIX,
    });
    worker.on("error", () => {});
    return worker;
  }

  cutWorkers(): void {
    for (const connection of this.connections) connection.disconnect();
  }

  async close(): Promise<void> {
    this.again.isWanted = false;
    if (this.isUp) await this.jobs.close();
    this.cutWorkers();
    this.redis.disconnect();
  }
}

class RedisRecords implements Records {
  private readonly redis: Redis;

  constructor(redis: Redis) {
    this.redis = redis;
  }

  async put(records: readonly Entry[], seconds: number): Promise<void> {
    await this.together((all) => {
      for (const { key, value } of records) all.set(nameOf(key), value, "EX", seconds);
    });
  }

  async settle(key: string, value: string): Promise<string> {
    await this.redis.set(nameOf(key), value, "NX");
    return (await this.redis.get(nameOf(key))) ?? value;
  }

  async get(keys: readonly string[]): Promise<readonly (Buffer | null)[]> {
    return keys.length === 0 ? [] : this.redis.mgetBuffer(keys.map(nameOf));
  }

  async expire(keys: readonly string[], seconds: number): Promise<void> {
    await this.together((all) => {
      for (const key of keys) all.expire(nameOf(key), seconds);
    });
  }

  async remove(key: string): Promise<void> {
    await this.redis.del(nameOf(key));
  }

  async clear(): Promise<void> {
    for await (const keys of this.redis.scanStream({ match: nameOf("*"), count: 1000 }))
      if (keys.length > 0) await this.redis.unlink(...(keys as string[]));
  }

  /** Several commands in one packet. @throws what the first one that fails says */
  private async together(add: (all: ChainableCommander) => void): Promise<void> {
    const all = this.redis.pipeline();
    add(all);
    const failed = (await all.exec())?.find(([error]) => error !== null);
    if (failed !== undefined) throw failed[0];
  }
}

const nameOf = (key: string): string => `${PREFIX}:${key}`;
