// Databases of one's own.
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { readonly port: number };
  server.close();
  await once(server, "close");
  return port;
}

/** A database of a queue. */
export interface Server {
  readonly url: string;
  begin(): Promise<void>;
  /** At once, as in a power failure. */
  end(): Promise<void>;
  /** Jobs that workers have. */
  active(): number;
  /** Forgets everything. */
  clear(): void;
  /** Removes what is left of it. */
  remove(): void;
}

/** Waits until workers have so many jobs. @throws Error where that never happens */
export async function underWay(server: Server, jobs = 1): Promise<void> {
  for (let look = 0; look < 400; look++) {
    if (server.active() >= jobs) return;
    await pause(50);
  }
  throw new Error(`no worker has ${jobs} jobs`);
}

/** A server that is a process with a folder. */
abstract class OwnServer implements Server {
  readonly port: number;
  protected process: ChildProcess | undefined;
  protected readonly folder = newFolder();

  protected constructor(port: number) {
    this.port = port;
  }

  abstract get url(): string;
  abstract begin(): Promise<void>;
  abstract active(): number;
  abstract clear(): void;

  async end(): Promise<void> {
    const { process } = this;
    process?.kill("SIGKILL");
    if (process?.exitCode === null && process.signalCode === null) await once(process, "exit");
  }

  remove(): void {
    this.folder.remove();
  }
}

// ---------------------------------------------------------------- Redis

/** Whether this machine has a redis-server. CI installs one. */
export const hasRedis = (() => {
  try {
    execFileSync("redis-server", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
})();

export class RedisServer extends OwnServer {
  private readonly settings: readonly string[];

  private constructor(port: number, settings: readonly string[]) {
    super(port);
    this.settings = settings;
  }

  /** Without persistence, unless the settings say otherwise: whatever it held is gone after `end`. */
  static async start(...settings: string[]): Promise<RedisServer> {
    const server = new RedisServer(await freePort(), settings);
    await server.begin();
    return server;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  async begin(): Promise<void> {
    const fixed = ["--port", `${this.port}`, "--bind", "127.0.0.1", "--save", ""];
    const all = [...fixed, "--dir", this.folder.path, ...this.settings];
    this.process = spawn("redis-server", all);
    for await (const text of this.process.stdout ?? [])
      if (String(text).includes("Ready to accept connections")) break;
  }

  /** Carries out a command. */
  say(...words: string[]): string {
    return String(execFileSync("redis-cli", ["-p", `${this.port}`, ...words]));
  }

  active(): number {
    return Number(this.say("LLEN", "faultline:cells:active"));
  }

  clear(): void {
    this.say("FLUSHALL");
  }
}

// ---------------------------------------------------------------- PostgreSQL

const DEBIAN = "/usr/lib/postgresql";
const BIN = existsSync(DEBIAN) ? join(DEBIAN, readdirSync(DEBIAN).at(-1) ?? "", "bin") : "";

/** Whether this machine has Debian's PostgreSQL. CI installs it. */
export const hasPostgres = existsSync(join(BIN, "postgres"));

/** PostgreSQL refuses to work for root. */
function servant(): { readonly uid?: number; readonly gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string) => Number(execFileSync("id", [flag, "postgres"]));
  return { uid: id("-u"), gid: id("-g") };
}

export class PostgresServer extends OwnServer {
  private readonly data = join(this.folder.path, "data");

  static async start(): Promise<PostgresServer> {
    const server = new PostgresServer(await freePort());
    const { uid, gid } = servant();
    if (uid !== undefined && gid !== undefined) chownSync(server.folder.path, uid, gid);
    const settings = ["--username=faultline", "--auth=trust", "--no-sync", "--encoding=UTF8"];
    execFileSync(join(BIN, "initdb"), ["-D", server.data, ...settings], {
      ...servant(),
      cwd: server.folder.path,
      stdio: "ignore",
    });
    await server.begin();
    return server;
  }

  get url(): string {
    return `postgres://faultline@127.0.0.1:${this.port}/postgres`;
  }

  async begin(): Promise<void> {
    const settings = { listen_addresses: "127.0.0.1", unix_socket_directories: "", fsync: "off" };
    const args = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
    this.process = spawn(join(BIN, "postgres"), ["-D", this.data, "-p", `${this.port}`, ...args], {
      ...servant(),
      cwd: this.folder.path,
    });
    for await (const text of this.process.stderr ?? [])
      if (String(text).includes("ready to accept connections")) break;
  }

  /** Carries out a command. */
  say(sql: string): string {
    const env = { ...process.env, PGOPTIONS: "--client-min-messages=warning" };
    return String(execFileSync("psql", ["-X", "-A", "-t", "-c", sql, this.url], { env }));
  }

  active(): number {
    return Number(this.say("SELECT count(*) FROM faultline.job WHERE state = 'active'"));
  }

  clear(): void {
    this.say("DROP SCHEMA IF EXISTS faultline CASCADE");
  }
}

export function newFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), "faultline-queue-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
