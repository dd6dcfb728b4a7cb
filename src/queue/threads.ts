// The threads of a worker: a pool for each data that jobs have in common, of which a sweep, a decision or a calibration has one.
import { openPool, type Pool, type PoolOptions } from "../experiment/pool.ts";
import type { OnProgress } from "../experiment/progress.ts";
import type { Kind } from "./kinds.ts";

/** Pools that are kept while they have nothing to do. */
const MOST_POOLS = 4;

/** To make a cell of a plan allocates more than to run it. */
const YOUNG_MEGABYTES = 32;

export class Threads {
  private readonly jobs: number;
  private readonly pools = new Map<string, SharedPool>();

  /** @param jobs threads of each pool */
  constructor(jobs: number) {
    this.jobs = jobs;
  }

  /**
   * A function that does the jobs of a kind and of one data.
   * @param id the same for the same data
   */
  of<Job>(
    kind: Kind<Job>,
    data: unknown,
    id: string,
  ): (job: Job, onProgress: OnProgress) => Promise<unknown> {
    return (job, onProgress) => this.poolOf(id, kind, data).submit(job, onProgress);
  }

  /** Ends all of them at once. */
  async close(): Promise<void> {
    await Promise.all([...this.pools.values()].map((pool) => pool.close()));
  }

  private poolOf<Job>(id: string, kind: Kind<Job>, data: unknown): SharedPool {
    const known = this.pools.get(id);
    if (known !== undefined) return known;
    this.makeRoom();
    const made = new SharedPool({
      module: kind.threads(),
      data,
      workers: this.jobs,
      isApart: true,
      youngMegabytes: YOUNG_MEGABYTES,
    });
    this.pools.set(id, made);
    return made;
  }

  private makeRoom(): void {
    for (const [id, pool] of this.pools) {
      if (this.pools.size < MOST_POOLS) return;
      if (pool.users > 0) continue;
      this.pools.delete(id);
      void pool.close();
    }
  }
}

/** A pool, and how many wait for it. */
class SharedPool {
  users = 0;
  private readonly pool: Promise<Pool<unknown, unknown>>;

  constructor(options: PoolOptions) {
    this.pool = openPool(options);
  }

  async submit(job: unknown, onProgress: OnProgress): Promise<unknown> {
    this.users++;
    try {
      return await (await this.pool).submit(job, { onProgress });
    } finally {
      this.users--;
    }
  }

  async close(): Promise<void> {
    await (await this.pool).close();
  }
}
