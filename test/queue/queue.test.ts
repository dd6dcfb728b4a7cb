// Sweeps on a queue: the bytes of a local sweep, for any number of workers, whatever dies.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { Faultline, hasRedis, newFolder, RedisServer } from "./support.ts";

const TEAM = `
task: { graph: { shape: layers, layers: [2, 2, 1] }, difficultySpread: 1 }
models: { base: { errorRate: 0.1 } }
agents: { voter: { count: 3 } }
protocol: [{ work: { who: voter } }, { aggregate: { how: majority, from: voter } }]
`;
const SWEEP = [
  ...["sweep", "team.yaml", "--vary", "models.base.errorRate=0.01:0.3:24"],
  ...["--replications", "1000", "--quiet"],
];

if (!hasRedis) console.warn("no redis-server here: the tests of queues are skipped");

describe.runIf(hasRedis)("a sweep on a queue", () => {
  const folder = newFolder();
  const running: Faultline[] = [];
  let redis: RedisServer;
  let expected = "";

  const start = (args: readonly string[]) => {
    const one = new Faultline(args, folder.path);
    running.push(one);
    return one;
  };
  const worker = async () => {
    const one = start(["work", "--queue", redis.url, "--jobs", "1"]);
    await one.printed("works for");
    return one;
  };
  const drained = () => start(["queue", "drain", "--queue", redis.url]).code();
  const submitted = (out: string, url = redis.url) =>
    start([...SWEEP, "--out", out, "--queue", url]);
  const result = (out: string) => readFileSync(join(folder.path, out, "result.json"), "utf8");

  beforeAll(async () => {
    writeFileSync(join(folder.path, "team.yaml"), TEAM);
    expect(await start([...SWEEP, "--out", "local", "--jobs", "1"]).code()).toBe(0);
    expected = result("local");
    redis = await RedisServer.start();
  }, 60_000);

  afterEach(async () => {
    for (const one of running.splice(0)) {
      one.process.kill("SIGKILL");
      await one.code();
    }
  });

  afterAll(async () => {
    await redis?.end();
    folder.remove();
  });

  test("gives the bytes of a local one with one worker, two and four, who end when they are asked to", async () => {
    for (const workers of [1, 2, 4]) {
      await drained();
      const all = await Promise.all(Array.from({ length: workers }, worker));
      const sweep = submitted(`workers-${workers}`);
      expect(await sweep.code()).toBe(0);
      expect(result(`workers-${workers}`)).toBe(expected);
      for (const one of all) {
        one.process.kill("SIGTERM");
        expect(await one.code()).toBe(0);
      }
      const cells = all.map(({ stderr }) => Number(/(\d+) cells? run/.exec(stderr)?.[1]));
      expect(cells.reduce((sum, count) => sum + count, 0)).toBe(24);
    }
  }, 60_000);

  test("loses nothing when a worker is killed in the middle, and when the database forgets everything", async () => {
    await drained();
    const sweep = submitted("killed");
    const first = await worker();
    await new Promise((resolve) => setTimeout(resolve, 300));
    first.process.kill("SIGKILL");
    await redis.end();
    await redis.begin();
    await worker();
    expect(await sweep.code()).toBe(0);
    expect(result("killed")).toBe(expected);
  }, 60_000);

  test("a worker that has no time left leaves its cell to another, and puts down no part of it", async () => {
    await drained();
    const long = [
      ...["sweep", "team.yaml", "--vary", "models.base.errorRate=0.1,0.2"],
      ...["--replications", "200000", "--quiet"],
    ];
    expect(await start([...long, "--out", "long-local"]).code()).toBe(0);
    const hasty = start(["work", "--queue", redis.url, "--jobs", "1", "--grace", "0"]);
    await hasty.printed("works for");
    const sweep = start([...long, "--out", "long", "--queue", redis.url]);
    await new Promise((resolve) => setTimeout(resolve, 3000));
    hasty.process.kill("SIGTERM");
    expect(await hasty.code()).toBe(0);
    expect(hasty.stderr).toContain("0 cells run");
    await worker();
    expect(await sweep.code()).toBe(0);
    expect(result("long")).toBe(result("long-local"));
  }, 120_000);

  test("two who submit the same get the same, and submitting again does nothing", async () => {
    await drained();
    await worker();
    const both = [submitted("one"), submitted("other")];
    expect(await Promise.all(both.map((one) => one.code()))).toEqual([0, 0]);
    expect([result("one"), result("other")]).toEqual([expected, expected]);
    expect(await submitted("one").code()).toBe(0);
    const status = start(["queue", "status", "--queue", redis.url, "--json"]);
    expect(await status.code()).toBe(0);
    expect(JSON.parse(status.stdout)).toMatchObject({
      waiting: 0,
      active: 0,
      failed: 0,
      workers: 1,
    });
  }, 60_000);

  test("a cell that fails is told with the command that repeats it, and the others go on", async () => {
    await worker();
    const args = ["sweep", "team.yaml", "--vary", "agents.voter.count=0:2", "--replications", "64"];
    const sweep = start([...args, "--out", "poison", "--queue", redis.url]);
    expect(await sweep.code()).toBe(6);
    expect(JSON.parse(result("poison")).rows).toHaveLength(3);
  }, 60_000);

  test("what cannot be is said in a sentence", async () => {
    const said = async (url: string) => {
      const sweep = submitted("never", url);
      const code = await sweep.code();
      return [code, sweep.stderr];
    };
    expect(await said("http://localhost:1")).toEqual([2, expect.stringContaining("no scheme")]);
    expect(await said("redis://127.0.0.1:1")).toEqual([
      7,
      expect.stringContaining("redis://127.0.0.1:1 cannot be reached"),
    ]);
    const locked = await RedisServer.start("--requirepass", "secret");
    try {
      const [code, text] = await said(`redis://:wrong@127.0.0.1:${locked.port}`);
      expect([code, text]).toEqual([7, expect.stringContaining("refuses the password")]);
      expect(text).not.toContain("wrong@");
    } finally {
      await locked.end();
    }
    const evicting = await RedisServer.start("--maxmemory-policy", "allkeys-lru");
    try {
      expect(await said(evicting.url)).toEqual([2, expect.stringContaining("noeviction")]);
    } finally {
      await evicting.end();
    }
  }, 60_000);
});
