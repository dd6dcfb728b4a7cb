// npm run bench:queue [-- CELLS]: how much of a sweep's speed a queue leaves. The same sweep of small cells on the threads of one process and
// on workers with one thread each; what a task costs the submitter and the database; and, by these costs, how many workers one queue
// can feed. Needs redis-server and a build.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { newFolder, RedisServer } from "../test/queue/support.ts";

const CELLS = Number(process.argv[2] ?? 10_000);
/** As few as results need not to warn that their intervals are wide. */
const REPLICATIONS = 240;
const MAIN = join(import.meta.dirname, "..", "dist", "cli", "main.js");
const TEAM = `
task: { graph: { shape: layers, layers: [2, 2, 1] }, difficultySpread: 1 }
models: { base: { errorRate: 0.1 } }
agents: { voter: { count: 3 } }
protocol: [{ work: { who: voter } }, { aggregate: { how: majority, from: voter } }]
`;
/** Tells how many milliseconds of the processor a process took. */
const METER = `process.on("exit", () => {
  const { user, system } = process.cpuUsage();
  console.error("cpu " + (user + system) / 1000);
});`;

const folder = newFolder();
writeFileSync(join(folder.path, "team.yaml"), TEAM);
writeFileSync(join(folder.path, "meter.mjs"), METER);

interface Timed {
  readonly seconds: number;
  /** Milliseconds of the processor. */
  readonly cpu: number;
}

async function swept(out: string, ...more: string[]): Promise<Timed> {
  const begun = performance.now();
  const vary = `models.base.errorRate=0.01:0.3:${CELLS}`;
  const size = ["--replications", `${REPLICATIONS}`, "--out", out, "--quiet"];
  const one = spawn(
    process.execPath,
    ["--import", "./meter.mjs", MAIN, "sweep", "team.yaml", "--vary", vary, ...size, ...more],
    { cwd: folder.path, stdio: ["ignore", "ignore", "pipe"] },
  );
  let stderr = "";
  one.stderr.on("data", (text) => (stderr += text));
  const [code] = await once(one, "exit");
  if (code !== 0) throw new Error(`exit code ${code}: ${stderr}`);
  return {
    seconds: (performance.now() - begun) / 1000,
    cpu: Number(/cpu ([\d.]+)/.exec(stderr)?.[1]),
  };
}

const bytes = (out: string) => readFileSync(join(folder.path, out, "result.json"), "utf8");

interface Queued extends Timed {
  /** Milliseconds of the processor that the database took. */
  readonly database: number;
  /** Bytes of memory per task. */
  readonly memory: number;
}

async function queued(workers: number): Promise<Queued> {
  const redis = await RedisServer.start();
  const field = (section: string, name: string) =>
    Number(new RegExp(`${name}:([\\d.]+)`).exec(redis.say("INFO", section))?.[1]);
  const empty = field("memory", "used_memory");
  const all = Array.from({ length: workers }, () =>
    spawn(process.execPath, [MAIN, "work", "--queue", redis.url, "--jobs", "1"], {
      stdio: ["ignore", "ignore", "pipe"],
    }),
  );
  try {
    await Promise.all(all.map((one) => once(one.stderr, "data")));
    const timed = await swept(`queue-${workers}`, "--queue", redis.url);
    const used = field("cpu", "used_cpu_user") + field("cpu", "used_cpu_sys");
    const memory = (field("memory", "used_memory_peak") - empty) / CELLS;
    return { ...timed, database: 1000 * used, memory };
  } finally {
    for (const one of all) one.kill("SIGTERM");
    await Promise.all(all.map((one) => one.exitCode ?? once(one, "exit")));
    await redis.end();
    redis.remove();
  }
}

/** Tasks per second that come back from a queue: of workers as many as there are, of the two others one each. */
function throughput(workers: number, seconds: number, submitter: number, database: number) {
  return Math.min(workers / seconds, 1000 / submitter, 1000 / database);
}

try {
  const cores = execFileSync("nproc").toString().trim();
  console.log(`${CELLS} cells of ${REPLICATIONS} replications on ${cores} cores`);
  const local = [await swept("local-1", "--jobs", "1"), await swept("local-2", "--jobs", "2")];
  for (const [i, { seconds }] of local.entries())
    console.log(`${i + 1} thread${i ? "s" : ""}: ${(CELLS / seconds).toFixed(0)} cells per second`);
  let last: Queued | undefined;
  for (const workers of [1, 2, 4]) {
    last = await queued(workers);
    if (bytes(`queue-${workers}`) !== bytes("local-1")) throw new Error("other bytes");
    const threads = Math.min(workers, local.length);
    const ratio = local[threads - 1].seconds / last.seconds;
    console.log(
      `${workers} workers: ${(CELLS / last.seconds).toFixed(0)} cells per second, ${ratio.toFixed(2)} of ${threads} threads`,
    );
    if (workers === 2) report(last);
  }
} finally {
  folder.remove();
}

function report({ cpu, database, memory }: Queued): void {
  const [submitter, own] = [cpu / CELLS, database / CELLS];
  console.log(
    `per cell: submitter ${submitter.toFixed(2)} ms, database ${own.toFixed(2)} ms and ${(memory / 1000).toFixed(1)} kB`,
  );
  for (const seconds of [0.1, 1, 10, 60]) {
    const row = [10, 100, 1000].map((workers) => {
      const most = throughput(8 * workers, seconds, submitter, own);
      return `${workers} workers ${((100 * most * seconds) / (8 * workers)).toFixed(0)} %`;
    });
    console.log(`cells of ${seconds} s, 8 threads per worker, busy: ${row.join(", ")}`);
  }
}
