// npm run queue-check [-- KILLS] [redis|postgres]: what takes too long for a test. A sweep on a queue whose workers are killed at random, again
// and again, and one of which sleeps until its lock is over; cells that take longer than a lock; a database that is away for ten seconds.
// Says whether each result has the bytes of a local sweep. Needs redis-server or PostgreSQL, and a build; the moments of the kills are those of
// a seed, what they hit is up to the machine.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Random } from "../test/numerics/random.ts";
import { newFolder, PostgresServer, RedisServer, type Server } from "../test/queue/support.ts";

const words = process.argv.slice(2);
const KILLS = Number(words.find((word) => /^\d+$/.test(word)) ?? 50);
const ROOT = join(import.meta.dirname, "..");
const MAIN = join(ROOT, "dist", "cli", "main.js");
const SCENARIO = join(ROOT, "scenarios", "templates", "voting.yaml");

const folder = newFolder();
const server: Server = words.includes("postgres")
  ? await PostgresServer.start()
  : await RedisServer.start("--appendonly", "yes");

class Running {
  stderr = "";
  readonly process: ChildProcess;

  constructor(args: readonly string[]) {
    this.process = spawn(process.execPath, [MAIN, ...args], {
      cwd: folder.path,
      stdio: ["ignore", "ignore", "pipe"],
    });
    this.process.stderr?.on("data", (text) => (this.stderr += text));
  }

  async code(): Promise<number | null> {
    if (this.process.exitCode === null && this.process.signalCode === null)
      await once(this.process, "exit");
    return this.process.exitCode;
  }

  async end(signal: NodeJS.Signals): Promise<void> {
    this.process.kill(signal);
    await this.code();
  }

  /** Tasks that a worker says it has done. */
  get tasks(): number {
    return Number(/(\d+) tasks? done/.exec(this.stderr)?.[1]);
  }
}

/** A sweep that came to its end. */
interface Ended {
  readonly out: string;
  readonly code: number | null;
}

const ended = async (out: string, one: Running): Promise<Ended> => ({
  out,
  code: await one.code(),
});

interface Sweep {
  readonly cells: number;
  readonly replications: number;
}

const sweep = ({ cells, replications }: Sweep, out: string, ...more: string[]) =>
  new Running([
    ...["sweep", SCENARIO, "--vary", `models.base.errorRate=0.01:0.3:${cells}`, "--no-color"],
    ...["--replications", `${replications}`, "--out", out, ...more],
  ]);
const queued = (what: Sweep, out: string) => sweep(what, out, "--queue", server.url);
const worker = () => new Running(["work", "--queue", server.url, "--jobs", "1"]);
const bytes = (out: string) => readFileSync(join(folder.path, out, "result.json"), "utf8");
const verdict = (queued: Ended, local: Ended) =>
  queued.code === local.code && bytes(queued.out) === bytes(local.out)
    ? "the same bytes and exit code"
    : "OTHER BYTES";

async function kills(): Promise<void> {
  const what = { cells: 200, replications: 4000 };
  const local = await ended("kills-local", sweep(what, "kills-local"));
  const submitted = queued(what, "kills");
  const random = new Random("kills");
  let killed = 0;
  const sleeper = worker();
  await pause(1500);
  sleeper.process.kill("SIGSTOP");
  while (killed < KILLS && submitted.process.exitCode === null) {
    const one = worker();
    await pause(400 + 600 * random.uniform());
    await one.end("SIGKILL");
    killed++;
  }
  const before = submitted.process.exitCode === null;
  const last = worker();
  await pause(20_000);
  sleeper.process.kill("SIGCONT");
  const all = await ended("kills", submitted);
  for (const one of [last, sleeper]) await one.end("SIGTERM");
  console.log(
    `${killed} workers killed${before ? "" : " (the sweep ended before)"}, one asleep for more than its lock: ${verdict(all, local)}`,
  );
}

async function longCells(): Promise<void> {
  const what = { cells: 2, replications: 2_000_000 };
  const local = await ended("long-local", sweep(what, "long-local"));
  const begun = performance.now();
  const one = worker();
  const all = await ended("long", queued(what, "long"));
  const seconds = (performance.now() - begun) / 1000 / what.cells;
  await one.end("SIGTERM");
  console.log(`cells of ${seconds.toFixed(0)} s: ${one.tasks} tasks done, ${verdict(all, local)}`);
}

async function away(): Promise<void> {
  const what = { cells: 100, replications: 20_000 };
  const local = await ended("away-local", sweep(what, "away-local"));
  const submitted = queued(what, "away");
  const one = worker();
  while (server.active() === 0) await pause(50);
  await pause(1000);
  await server.end();
  await pause(10_000);
  await server.begin();
  const all = await ended("away", submitted);
  await one.end("SIGTERM");
  const told = submitted.stderr.includes("is there again") ? "told" : "NOT TOLD";
  console.log(`database away for ten seconds: ${told}, ${verdict(all, local)}`);
}

try {
  await longCells();
  await away();
  await kills();
} finally {
  await server.end();
  server.remove();
  folder.remove();
}
