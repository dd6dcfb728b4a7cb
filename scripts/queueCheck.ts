// npm run queue-check [-- KILLS]: a sweep on a queue whose workers are killed at random, again and again, and one of which sleeps until its
// lock is over. Says whether the result has the bytes of a local sweep. Needs redis-server and a build; the moments of the kills are those
// of a seed, what they hit is up to the machine.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Random } from "../test/numerics/random.ts";
import { newFolder, RedisServer } from "../test/queue/support.ts";

const KILLS = Number(process.argv[2] ?? 50);
const ROOT = join(import.meta.dirname, "..");
const MAIN = join(ROOT, "dist", "cli", "main.js");
const SCENARIO = join(ROOT, "scenarios", "templates", "voting.yaml");

const folder = newFolder();
const redis = await RedisServer.start();
const start = (...args: string[]): ChildProcess =>
  spawn(process.execPath, [MAIN, ...args], { cwd: folder.path, stdio: "ignore" });
const ended = async (one: ChildProcess) => one.exitCode ?? (await once(one, "exit"))[0];
const sweep = (out: string, ...more: string[]) =>
  start(
    ...["sweep", SCENARIO, "--vary", "models.base.errorRate=0.01:0.3:200", "--no-color"],
    ...["--replications", "4000", "--out", out, ...more],
  );
const worker = () => start("work", "--queue", redis.url, "--jobs", "1");
const result = (out: string) => readFileSync(join(folder.path, out, "result.json"), "utf8");

try {
  await ended(sweep("local"));
  const submitted = sweep("queue", "--queue", redis.url);
  const random = new Random("kills");
  let killed = 0;
  const sleeper = worker();
  await pause(1500);
  sleeper.kill("SIGSTOP");
  while (killed < KILLS && submitted.exitCode === null) {
    const one = worker();
    await pause(400 + 600 * random.uniform());
    one.kill("SIGKILL");
    await ended(one);
    killed++;
  }
  const before = submitted.exitCode === null;
  const last = worker();
  await pause(20_000);
  sleeper.kill("SIGCONT");
  const code = await ended(submitted);
  for (const one of [last, sleeper]) one.kill("SIGTERM");
  await Promise.all([last, sleeper].map(ended));
  const { cells } = JSON.parse(result("queue"));
  console.log(
    `${killed} workers killed${before ? "" : " (the sweep ended before)"}, one asleep for more than its lock: ${cells} cells, exit code ${code}, ${result("queue") === result("local") ? "the same bytes" : "OTHER BYTES"}`,
  );
} finally {
  await redis.end();
  folder.remove();
}
