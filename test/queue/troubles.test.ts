// What goes wrong with queues: databases that are away, full, old, somebody else's; cells that kill their workers; hostile addresses.
import { once } from "node:events";
import { createServer, type Server as TcpServer } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { queueAddress } from "../../src/queue/address.ts";
import { type Faultline, useFaultline } from "./command.ts";
import {
  freePort,
  hasPostgres,
  hasRedis,
  PostgresServer,
  RedisServer,
  underWay,
} from "./support.ts";

const TEAM = `
task: { graph: { shape: chain, size: 4 }, alternatives: 2 }
models: { base: { errorRate: 0.1 } }
agents: { worker: { count: 2 } }
protocol: [{ work: { who: worker } }, { aggregate: { how: majority } }]
`;
const { start, path, write, read } = useFaultline();
const worker = async (url: string, env?: Readonly<Record<string, string>>) => {
  const one = start(["work", "--queue", url, "--jobs", "1", "--grace", "1"], env);
  await one.printed("works for");
  return one;
};
const sweep = (out: string, ...more: string[]) => sweepOf(8000, out, ...more);
const sweepOf = (replications: number, out: string, ...more: string[]) =>
  start([
    ...["sweep", "team.yaml", "--vary", "models.base.errorRate=0.1:0.3:20"],
    ...["--replications", `${replications}`, "--out", out, ...more],
  ]);
const result = (out: string) => read(`${out}/result.json`);
/** Exit code, and what was said on stderr. */
const said = async (one: Faultline) => [await one.code(), one.stderr];

beforeAll(async () => {
  write("team.yaml", TEAM);
}, 60_000);

test("addresses are of schemes that are known, and are shown without a password", () => {
  const shown = (url: string) => queueAddress(url).shown;
  expect(shown("redis://:secret@host:7000/3")).toBe("redis://host:7000/3");
  expect(shown("rediss://host")).toBe("rediss://host");
  expect(shown("postgres://me:secret@host/name?password=secret")).toBe("postgres://host/name");
  for (const [url, why] of [
    ["http://host", "no scheme"],
    ["host:6379", "no scheme"],
    ["", "no URL"],
    ["redis://host/name", "is a number"],
    ["postgres://host", "names no database"],
    ["postgres://host/a/b", "names no database"],
  ])
    expect(() => queueAddress(url)).toThrow(why);
});

describe.runIf(hasRedis)("Redis", () => {
  let redis: RedisServer;

  beforeAll(async () => {
    redis = await RedisServer.start("--appendonly", "yes", "--appendfsync", "always");
  });

  afterAll(async () => {
    await redis?.end();
    redis?.remove();
  });

  test("that is not there, or wants another password, is told in a sentence, by workers too", async () => {
    const nobody = `redis://127.0.0.1:${await freePort()}`;
    const locked = await RedisServer.start("--requirepass", "secret");
    try {
      for (const args of [
        ["work"],
        ["queue", "status"],
        ["sweep", "team.yaml", "--vary", "models.base.errorRate=0.1,0.2"],
      ])
        expect(await said(start([...args, "--queue", nobody]))).toEqual([
          7,
          expect.stringContaining(`${nobody} cannot be reached`),
        ]);
      const wrong = start(["work", "--queue", `redis://:mistaken@127.0.0.1:${locked.port}`]);
      expect(await said(wrong)).toEqual([7, expect.stringContaining("refuses the password")]);
      expect(wrong.stderr).not.toContain("mistaken");
    } finally {
      await locked.end();
      locked.remove();
    }
  }, 60_000);

  test("that evicts, that is too old, that says nothing or holds something else is refused", async () => {
    const evicting = await RedisServer.start("--maxmemory-policy", "allkeys-lru");
    const old = await answering((request) =>
      /info/i.test(request) ? bulk("redis_version:4.0.9\r\nloading:0\r\n") : "+OK\r\n",
    );
    const silent = await answering(() => "");
    const foreign = await RedisServer.start();
    foreign.say("HSET", "faultline:engine", "power", "7");
    try {
      const urls = [evicting.url, old.url, silent.url, foreign.url];
      const all = urls.map((url) => said(start(["queue", "status", "--queue", url])));
      expect(await Promise.all(all)).toEqual([
        [2, expect.stringContaining("noeviction")],
        [2, expect.stringContaining("is Redis 4.0.9: a queue needs 5 or newer")],
        [7, expect.stringContaining("cannot be reached (no answer in 5 s)")],
        [2, expect.stringContaining("keys faultline:… of another project")],
      ]);
    } finally {
      for (const server of [old, silent]) server.close();
      for (const server of [evicting, foreign]) {
        await server.end();
        server.remove();
      }
    }
  }, 60_000);

  test("that is away for a while is waited for, and goes on from what it has written to disk", async () => {
    expect(await sweepOf(40_000, "long-local", "--quiet").code()).toBe(0);
    const away = sweepOf(40_000, "away", "--queue", redis.url);
    await worker(redis.url);
    await underWay(redis);
    await redis.end();
    await away.printed(`note: ${redis.url} is away (no connection): waiting for it`);
    await redis.begin();
    expect(await away.code()).toBe(0);
    expect(away.stderr).toContain(`${redis.url} is there again`);
    expect(result("away")).toBe(result("long-local"));
  }, 60_000);

  test("that is gone keeps no worker from ending", async () => {
    const gone = await RedisServer.start();
    const one = await worker(gone.url);
    await gone.end();
    gone.remove();
    one.process.kill("SIGTERM");
    expect(await one.code()).toBe(0);
  }, 30_000);

  test("that is full ends the sweep with what is done, which goes on when there is room", async () => {
    expect(await sweep("local", "--quiet").code()).toBe(0);
    const small = await RedisServer.start("--maxmemory", "1500kb");
    try {
      small.say("SETRANGE", "filler", "800000", "x");
      const full = sweep("full", "--queue", small.url, "--quiet");
      expect(await full.code()).toBe(7);
      expect(full.stderr).toContain("is out of memory");
      small.say("DEL", "filler");
      small.say("CONFIG", "SET", "maxmemory", "0");
      await worker(small.url);
      expect(await sweep("full", "--queue", small.url, "--quiet").code()).toBe(0);
      expect(result("full")).toBe(result("local"));
    } finally {
      await small.end();
      small.remove();
    }
  }, 60_000);

  test("gets the others done where a cell kills the threads that run it", async () => {
    write("poison.mjs", POISON);
    await worker(redis.url, { NODE_OPTIONS: `--import=${path("poison.mjs")}` });
    const poisoned = sweep("poison", "--seed", "poison", "--queue", redis.url);
    expect(await poisoned.code()).toBe(6);
    const { rows } = JSON.parse(result("poison"));
    expect(rows).toHaveLength(20);
    const bad = rows.filter(({ status }: { readonly status: string }) => status !== "ok");
    expect(bad).toMatchObject([{ cell: 2, status: "failed" }]);
    expect(JSON.stringify(bad)).toMatch(/died twice over the same job.*--cell 2/);
  }, 60_000);
});

/** Ends threads as soon as they turn to the third cell. */
const POISON = `
import { isMainThread, parentPort } from "node:worker_threads";
const bad = { [Symbol.toPrimitive]: () => process.exit(13) };
const on = parentPort?.on;
if (!isMainThread)
  parentPort.on = (event, listen) =>
    on.call(parentPort, event, (job) => listen(job?.cell === 2 ? { ...job, cell: bad } : job));
`;

describe.runIf(hasPostgres)("PostgreSQL", () => {
  test("that has no such database, or a schema of others, or is not there is told in a sentence", async () => {
    const server = await PostgresServer.start();
    try {
      const say = (url: string) => said(start(["queue", "status", "--queue", url]));
      const nobody = `postgres://127.0.0.1:${await freePort()}/x`;
      expect(await say(server.url.replace(/postgres$/, "nowhere"))).toEqual([
        2,
        expect.stringContaining("there is no such database"),
      ]);
      expect(await say(nobody)).toEqual([7, expect.stringContaining("cannot be reached")]);
      server.say("CREATE SCHEMA faultline");
      expect(await say(server.url)).toEqual([
        2,
        expect.stringContaining("a schema faultline of another project"),
      ]);
    } finally {
      await server.end();
      server.remove();
    }
  }, 60_000);
});

const bulk = (text: string) => `$${text.length}\r\n${text}\r\n`;

/** A server that gives such answers. */
async function answering(
  answer: (request: string) => string,
): Promise<{ readonly url: string; close(): void }> {
  const server: TcpServer = createServer((socket) => {
    socket.on("data", (data) => socket.write(answer(String(data))));
    socket.on("error", () => {});
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { readonly port: number };
  return { url: `redis://127.0.0.1:${port}`, close: () => server.close() };
}
