// Work on a queue: the bytes of a local run, for any number of workers and either database, whatever dies.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { useFaultline } from "./command.ts";
import {
  hasPostgres,
  hasRedis,
  PostgresServer,
  RedisServer,
  type Server,
  underWay,
} from "./support.ts";

const TEAM = `
task: { graph: { shape: layers, layers: [2, 2, 1] }, difficultySpread: { uniform: [0.5, 1.5] } }
models: { base: { errorRate: { uniform: [0.05, 0.2] } } }
agents: { voter: { count: 3 } }
protocol: [{ work: { who: voter } }, { aggregate: { how: majority, from: voter } }]
`;
const TARGETS = `
name: fit
scenarios: { team: certain.yaml }
parameters: [{ path: models.base.errorRate, in: certain.yaml, range: [0.01, 0.4], scale: log }]
targets: [{ id: success, metric: success, of: team, value: 0.7, tolerance: 0.05, source: logs }]
search: { levels: [{ replications: 256, evaluations: 12 }], descent: 4, polish: 4, final: 512 }
`;
const SWEEP = [
  ...["sweep", "team.yaml", "--vary", "models.base.errorRate=0.01:0.3:24", "--fixed"],
  ...["--replications", "3000", "--quiet"],
];

const DATABASES = [
  { name: "Redis", isHere: hasRedis, start: () => RedisServer.start() as Promise<Server> },
  {
    name: "PostgreSQL",
    isHere: hasPostgres,
    start: () => PostgresServer.start() as Promise<Server>,
  },
];

for (const { name, isHere } of DATABASES)
  if (!isHere) console.warn(`no ${name} here: its tests of queues are skipped`);

const { start, write, read, list } = useFaultline();
let expected = "";

const worker = async (url: string, ...more: string[]) => {
  const one = start(["work", "--queue", url, "--jobs", "1", ...more]);
  await one.printed("works for");
  return one;
};
const submitted = (out: string, url: string) => start([...SWEEP, "--out", out, "--queue", url]);
const result = (out: string) => read(`${out}/result.json`);

beforeAll(async () => {
  write("team.yaml", TEAM);
  const certain = TEAM.replace(/\{ uniform: \[([\d.]+), [\d.]+\] \}/g, "$1");
  write("certain.yaml", certain);
  write("bigger.yaml", TEAM.replace("count: 3", "count: 5"));
  write("targets.yaml", TARGETS);
  expect(await start([...SWEEP, "--out", "local", "--jobs", "1"]).code()).toBe(0);
  expected = result("local");
}, 60_000);

describe.each(DATABASES.filter(({ isHere }) => isHere))("a queue in $name", (database) => {
  let server: Server;
  const own = (name: string) => `${database.name}-${name}`;

  beforeAll(async () => {
    server = await database.start();
  }, 60_000);

  afterAll(async () => {
    await server?.end();
    server?.remove();
  });

  test("gives the bytes of a local sweep with one worker, two and four, who end when they are asked to", async () => {
    for (const workers of [1, 2, 4]) {
      server.clear();
      const all = await Promise.all(Array.from({ length: workers }, () => worker(server.url)));
      const sweep = submitted(own(`${workers}`), server.url);
      expect([await sweep.code(), sweep.stderr]).toEqual([0, ""]);
      expect(result(own(`${workers}`))).toBe(expected);
      for (const one of all) {
        one.process.kill("SIGTERM");
        expect(await one.code()).toBe(0);
      }
      const tasks = all.map(({ stderr }) => Number(/(\d+) tasks? done/.exec(stderr)?.[1]));
      expect(tasks.reduce((sum, count) => sum + count, 0)).toBe(24);
    }
  }, 90_000);

  test("loses nothing when a worker is killed in the middle, and when the database dies and comes back", async () => {
    server.clear();
    const sweep = submitted(own("killed"), server.url);
    const first = await worker(server.url);
    await underWay(server);
    first.process.kill("SIGKILL");
    await server.end();
    await server.begin();
    await worker(server.url);
    expect(await sweep.code()).toBe(0);
    expect(result(own("killed"))).toBe(expected);
  }, 90_000);

  test("is left alone by a worker that has no time to end its cell: another one gets it", async () => {
    server.clear();
    const long = [
      ...["sweep", "team.yaml", "--vary", "models.base.errorRate=0.1", "--fixed"],
      ...["--replications", "400000", "--quiet"],
    ];
    expect(await start([...long, "--out", own("long-local")]).code()).toBe(0);
    const hasty = await worker(server.url, "--grace", "0");
    const sweep = start([...long, "--out", own("long"), "--queue", server.url]);
    await underWay(server);
    hasty.process.kill("SIGTERM");
    expect(await hasty.code()).toBe(0);
    expect(hasty.stderr).toContain("0 tasks done");
    await worker(server.url);
    expect(await sweep.code()).toBe(0);
    expect(result(own("long"))).toBe(result(own("long-local")));
  }, 120_000);

  test("lets a worker end its cells when it is asked to end", async () => {
    server.clear();
    const patient = await worker(server.url, "--grace", "60");
    const long = ["sweep", "team.yaml", "--vary", "models.base.errorRate=0.1,0.2", "--fixed"];
    const sweep = start([
      ...[...long, "--replications", "200000", "--seed", "patient", "--quiet"],
      ...["--out", own("patient"), "--queue", server.url],
    ]);
    await underWay(server, 2);
    patient.process.kill("SIGTERM");
    expect(await patient.code()).toBe(0);
    expect(patient.stderr).toContain("2 tasks done");
    expect(await sweep.code()).toBe(0);
  }, 60_000);

  test("gives two who submit the same the same, and does nothing when it is submitted again", async () => {
    server.clear();
    await worker(server.url);
    const both = [submitted(own("one"), server.url), submitted(own("other"), server.url)];
    expect(await Promise.all(both.map((one) => one.code()))).toEqual([0, 0]);
    expect([result(own("one")), result(own("other"))]).toEqual([expected, expected]);
    expect(await submitted(own("one"), server.url).code()).toBe(0);
    const status = start(["queue", "status", "--queue", server.url, "--json"]);
    expect(await status.code()).toBe(0);
    const none = { waiting: 0, active: 0, failed: 0 };
    expect(JSON.parse(status.stdout)).toMatchObject({ ...none, workers: 1 });
  }, 60_000);

  test("tells a cell that fails with the command that repeats it, and goes on with the others", async () => {
    server.clear();
    await worker(server.url);
    const args = ["sweep", "team.yaml", "--vary", "agents.voter.count=0:2", "--fixed"];
    const sweep = start([
      ...args,
      "--replications",
      "64",
      "--out",
      own("bad"),
      "--queue",
      server.url,
    ]);
    expect(await sweep.code()).toBe(6);
    expect(JSON.parse(result(own("bad"))).rows).toHaveLength(3);
  }, 60_000);

  test("keeps cells in a folder that is shared, and notices one that is not", async () => {
    server.clear();
    const args = [...SWEEP, "--queue", server.url, "--out"];
    await worker(server.url, "--out", own("shared"));
    expect(await start([...args, own("shared")]).code()).toBe(0);
    expect(result(own("shared"))).toBe(expected);
    const elsewhere = start([...args, own("elsewhere")]);
    expect(await elsewhere.code()).toBe(7);
    expect(elsewhere.stderr).toContain("in a folder that is not");
  }, 90_000);

  test("carries out decisions and calibrations, with the bytes of local ones", async () => {
    server.clear();
    await worker(server.url);
    const commands = [
      ["importance", "team.yaml", "--size", "8", "--only", "assumptions"],
      ["choose", "team.yaml", "bigger.yaml", "--fixed", "--within", "0.05"],
      ["improve", "team.yaml", "--fixed", "--at-most", "1"],
      ["calibrate", "targets.yaml"],
    ];
    for (const [i, command] of commands.entries()) {
      const [here, there] = [own(`here-${i}`), own(`there-${i}`)];
      const local = start([...command, "--out", here, "--quiet"]);
      const code = await local.code();
      expect([0, 5], local.stderr).toContain(code);
      const remote = start([...command, "--out", there, "--quiet", "--queue", server.url]);
      expect([await remote.code(), remote.stderr]).toEqual([code, local.stderr]);
      const [name] = list(here).filter((one) => ["result.json", "calibration.json"].includes(one));
      const text = (out: string) => read(`${out}/${name}`);
      expect(text(there)).toBe(text(here));
    }
  }, 120_000);

  test("is of one engine", async () => {
    server.clear();
    await worker(server.url);
    if (server instanceof RedisServer) server.say("SET", "faultline:engine", "9.9.9, semantics 99");
    if (server instanceof PostgresServer)
      server.say("UPDATE faultline.record SET value = '9.9.9, semantics 99' WHERE key = 'engine'");
    for (const args of [["work"], SWEEP]) {
      const stranger = start([...args, "--queue", server.url]);
      expect(await stranger.code()).toBe(8);
      expect(stranger.stderr).toContain("of another engine: faultline 9.9.9, semantics 99");
    }
    expect(await start(["queue", "drain", "--queue", server.url]).code()).toBe(0);
    await worker(server.url);
  }, 60_000);
});
