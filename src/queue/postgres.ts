// A queue in PostgreSQL. All tables are in a schema named faultline.
import { Socket } from "node:net";
import type * as BullMQ from "bullmq";
import type * as Postgres from "pg";
import type { QueueAddress } from "./address.ts";
import {
  type Database,
  type Entry,
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

/** @throws QueueError */
export async function openPostgres(address: QueueAddress): Promise<Database> {
  const { bullmq, pg } = await loadDrivers();
  const pool = new pg.Pool(settings(address));
  pool.on("error", () => {});
  try {
    await inTime(prepare(pool, address, bullmq));
  } catch (error) {
    await pool.end();
    throw error instanceof QueueError ? error : inWords(address, error);
  }
  return new PostgresDatabase(address, pool, bullmq);
}

async function loadDrivers() {
  try {
    const [bullmq, { default: pg }] = await Promise.all([import("bullmq"), import("pg")]);
    return { bullmq, pg };
  } catch {
    throw notInstalled("bullmq@6 pg@8");
  }
}

const settings = ({ url }: QueueAddress) => ({
  connectionString: url,
  connectionTimeoutMillis: TIMEOUT,
  keepAlive: true,
  max: 4,
});

/** Makes what a queue needs where it is missing: one process at a time. */
async function prepare(
  pool: Postgres.Pool,
  { shown }: QueueAddress,
  bullmq: typeof BullMQ,
): Promise<void> {
  const client = await pool.connect();
  try {
    const { rows } = await client.query(
      "SELECT to_regnamespace($1) IS NOT NULL AND to_regclass($2) IS NULL AS taken",
      [PREFIX, `${PREFIX}.migration`],
    );
    if (rows[0].taken) throw taken(shown, `a schema ${PREFIX}`);
    await bullmq.runMigrations(client, PREFIX);
    await client.query(
      `BEGIN;
       SELECT pg_advisory_xact_lock(hashtext('${PREFIX}.record'));
       CREATE TABLE IF NOT EXISTS ${RECORD} (key text PRIMARY KEY, value bytea NOT NULL, expires timestamptz);
       CREATE INDEX IF NOT EXISTS record_expires ON ${RECORD} (expires);
       COMMIT`,
    );
  } finally {
    client.release(true);
  }
}

const RECORD = `${PREFIX}.record`;

function inWords({ shown, url }: QueueAddress, error: unknown): QueueError {
  const { code = "", message } = error as NodeJS.ErrnoException;
  if (/^28/.test(code) || /password/i.test(message)) return refused(shown, new URL(url).protocol);
  if (code === "3D000")
    return new QueueError("usage", `${shown}: there is no such database`, "Say createdb there.");
  if (code === "42501")
    return new QueueError(
      "usage",
      `${shown} does not let us make a schema`,
      "Say GRANT CREATE ON DATABASE there.",
    );
  if (/PostgreSQL.*(required|or newer)|minimum/i.test(message))
    return new QueueError("usage", `${shown}: ${message}`, "Update it, or take another one.");
  return away(shown, error, "pg_ctl");
}

class PostgresDatabase implements Database {
  readonly records: Records;
  readonly jobs: BullMQ.Queue<Batch>;
  readonly isUp = true;
  private readonly address: QueueAddress;
  private readonly pool: Postgres.Pool;
  private readonly backend: BullMQ.BackendClasses<
    BullMQ.PostgresQueueBackend,
    BullMQ.PostgresConnectionOptions
  >;
  /** Those of workers; undefined once they are cut. */
  private sockets: Set<Socket> | undefined = new Set();

  constructor(address: QueueAddress, pool: Postgres.Pool, bullmq: typeof BullMQ) {
    this.address = address;
    this.pool = pool;
    this.records = new PostgresRecords(pool);
    this.backend = bullmq.withBackend(bullmq.createPostgresBackend);
    const connection = { ...settings(address), schema: PREFIX };
    this.jobs = new this.backend.Queue<Batch>(QUEUE, {
      connection,
    }) as unknown as BullMQ.Queue<Batch>;
    this.jobs.on("error", () => {});
  }

  isFull(error: unknown): boolean {
    return /^53[12]00$/.test((error as NodeJS.ErrnoException).code ?? "");
  }

  worker(process: Process, options: Omit<BullMQ.WorkerOptions, "connection">) {
    const connection = { ...settings(this.address), schema: PREFIX, stream: () => this.socket() };
    const worker = new this.backend.Worker<Batch>(QUEUE, (job) => process(jobOf(job)), {
      ...options,
      connection,
    });
    worker.on("error", () => {});
    return worker as unknown as BullMQ.Worker<Batch>;
  }

  cutWorkers(): void {
    const sockets = this.sockets ?? [];
    this.sockets = undefined;
    for (const socket of sockets) socket.destroy();
  }

  async close(): Promise<void> {
    await this.jobs.close();
    this.cutWorkers();
    await this.pool.end();
  }

  private socket(): Socket {
    const socket = new Socket();
    if (this.sockets === undefined) socket.connect = () => socket.destroy(new Error("cut"));
    this.sockets?.add(socket);
    socket.once("close", () => this.sockets?.delete(socket));
    return socket;
  }
}

class PostgresRecords implements Records {
  private readonly pool: Postgres.Pool;

  constructor(pool: Postgres.Pool) {
    this.pool = pool;
  }

  async put(records: readonly Entry[], seconds: number): Promise<void> {
    await this.pool.query({
      name: "faultline-put",
      text: `INSERT INTO ${RECORD}
             SELECT key, value, now() + $3 * interval '1 second' FROM unnest($1::text[], $2::bytea[]) AS new (key, value)
             ON CONFLICT (key) DO UPDATE SET value = excluded.value, expires = excluded.expires`,
      values: [records.map(({ key }) => key), records.map(({ value }) => value), seconds],
    });
  }

  async settle(key: string, value: string): Promise<string> {
    await this.pool.query(`INSERT INTO ${RECORD} VALUES ($1, $2) ON CONFLICT DO NOTHING`, [
      key,
      Buffer.from(value),
    ]);
    const [standing] = await this.get([key]);
    return standing?.toString() ?? value;
  }

  async get(keys: readonly string[]): Promise<readonly (Buffer | null)[]> {
    if (keys.length === 0) return [];
    const { rows } = await this.pool.query<{ key: string; value: Buffer }>({
      name: "faultline-get",
      text: `SELECT key, value FROM ${RECORD} WHERE key = ANY($1) AND (expires IS NULL OR expires > now())`,
      values: [keys],
    });
    const values = new Map(rows.map(({ key, value }) => [key, value]));
    return keys.map((key) => values.get(key) ?? null);
  }

  /** Takes the opportunity to remove what is over. */
  async expire(keys: readonly string[], seconds: number): Promise<void> {
    await this.pool.query(
      `UPDATE ${RECORD} SET expires = now() + $2 * interval '1 second' WHERE key = ANY($1)`,
      [keys, seconds],
    );
    await this.pool.query(`DELETE FROM ${RECORD} WHERE expires < now()`);
  }

  async remove(key: string): Promise<void> {
    await this.pool.query(`DELETE FROM ${RECORD} WHERE key = $1`, [key]);
  }

  async clear(): Promise<void> {
    await this.pool.query(`DELETE FROM ${RECORD}`);
  }
}
