// sweep, status, plan, run --shard, merge: the same bytes by every way, nothing run twice, and problems told.
import { describe, expect, test } from "vitest";
import { memoryDisk } from "./memoryDisk.ts";
import { ESCAPE, FILES, faultline, type Outcome, type Setting } from "./memoryWorld.ts";

const EXPERIMENT = `
name: team
scenarios: { single: demo-single.yaml, vote: demo-vote.yaml }
baseline: single
factors:
  agents: { path: agents.worker.count, values: [1, 3], only: vote }
  rate: { path: models.base.errorRate, from: 0.1, to: 0.4, count: 3 }
metrics: [success, amplification.task, turns]
replications: 400
`;

const files = { ...FILES, "team.yaml": EXPERIMENT };

const sweep = (args: readonly string[] = [], setting: Setting = {}): Promise<Outcome> =>
  faultline(["sweep", "team.yaml", "--jobs", "1", ...args], { files, ...setting });

const RESULT = "out/sweep-team/result.json";

const parsed = (outcome: Outcome) => JSON.parse(outcome.written[RESULT]);

describe("a sweep", () => {
  test("has a row for every scenario of every cell, with labels, factors, seed and replications", async () => {
    const outcome = await sweep();
    expect(outcome.code).toBe(0);
    const { schema, rows, cells } = parsed(outcome);
    expect(schema).toBe("faultline/sweep@1");
    expect(cells).toBe(6);
    expect(rows).toHaveLength(12);
    expect(rows[3]).toMatchObject({
      cell: 1,
      scenario: "vote",
      baseline: "single",
      factors: { agents: 1, rate: 0.25 },
      seed: "faultline",
      status: "ok",
      replications: 400,
      metrics: {
        success: { mean: expect.any(Number), ci: [expect.any(Number), expect.any(Number)] },
      },
    });
  });

  test("gives each cell what compare gives with its factors set", async () => {
    const { rows } = parsed(await sweep());
    const set = ["--set", "models.base.errorRate=0.25", "--replications", "400", "--json"];
    const compare = ["compare", "demo-single.yaml", "demo-vote.yaml", "--baseline", "demo-single"];
    const { stdout } = await faultline([...compare, ...set, "--no-save"], { files });
    const [single, vote] = JSON.parse(stdout).scenarios;
    expect(rows[8].metrics).toEqual(single.metrics);
    expect(rows[9].metrics).toEqual(vote.metrics);
    expect(rows[9].differences).toEqual(vote.differences);
  });

  test("tells warnings of many rows in one line each, and their page once", async () => {
    const { stdout } = await sweep(["--replications", "8"]);
    expect(stdout).toMatch(/^warning, in 12 rows: only 1 instance: /m);
    expect(stdout.match(/^page: .*$/gm)).toContain(
      "page: docs/reference/troubleshooting.md#few-instances",
    );
    expect(stdout.match(/#few-instances/g)).toHaveLength(1);
  });

  test("says which thresholds rows do not pass, and ends with the gravest verdict", async () => {
    const { code, stdout } = await sweep(["--set", 'thresholds=["success >= 0.6", "turns <= 9"]']);
    const rows = parsed(await sweep(["--set", 'thresholds=["success >= 0.6", "turns <= 9"]'])).rows;
    const verdicts = rows.flatMap((row: { thresholds: { verdict: string }[] }) =>
      row.thresholds.map(({ verdict }) => verdict),
    );
    const failed = verdicts.filter((verdict: string) => verdict === "fail").length;
    expect(failed).toBeGreaterThan(1);
    expect(stdout).toContain(`fail, in ${failed} rows: success >= 0.6`);
    expect(stdout).not.toContain("turns <= 9");
    expect(code).toBe(4);
  });

  test("shows its rows to people", async () => {
    const { stdout, stderr } = await sweep();
    expect(stdout).toContain("team: 6 cells of 2 scenarios and 2 factors");
    expect(stdout).toContain("seed faultline · 400 replications per row · paired with single");
    expect(stdout).toMatch(/vote {3}agents · rate\n {2}1 · {2}0\.1 +0\.\d+ +±\.\d+/);
    expect(stderr).toContain("saved   out/sweep-team/");
  });

  test("prints with --json what it writes", async () => {
    const { stdout, written } = await sweep(["--json"]);
    expect(stdout).toBe(written[RESULT]);
  });

  test("records the command that gives it, and the files that it is made from", async () => {
    const { command, files: texts } = JSON.parse(
      (await sweep(["--seed", "mine"])).written["out/sweep-team/manifest.json"],
    );
    expect(command).toBe("faultline sweep team.yaml --seed mine");
    expect(texts["demo-vote.yaml"]).toBe(files["demo-vote.yaml"]);
  });

  test("exports its rows", async () => {
    const { written } = await sweep(["--export", "csv", "--export", "parquet"]);
    const lines = written["out/sweep-team/cells.csv"].trimEnd().split("\r\n");
    expect(lines).toHaveLength(13);
    expect(lines[0]).toMatch(/^experiment,cell,scenario,baseline,factor\.agents,factor\.rate,seed/);
    expect(written["out/sweep-team/cells.parquet"].slice(0, 4)).toBe("PAR1");
  });

  test("of scenario files and options", async () => {
    const args = ["sweep", "demo-vote.yaml", "--vary", "n:agents.worker.count=1:3", "--jobs", "1"];
    const where = ["--where", "n != 2", "--metric", "turns", "--replications", "80", "--json"];
    const { rows, excluded, metrics } = JSON.parse(
      (await faultline([...args, ...where], { files })).stdout,
    );
    expect(rows.map((row: { factors: object }) => row.factors)).toEqual([{ n: 1 }, { n: 3 }]);
    expect(excluded).toBe(1);
    expect(metrics).toEqual(["turns"]);
  });

  test("to a precision says how many replications each row needed", async () => {
    const args = ["--vary", "models.base.errorRate=0.1,0.3", "--precision", "success=4%"];
    const run = (more: readonly string[]) =>
      faultline(["sweep", "demo-single.yaml", ...args, "--jobs", "1", "--json", ...more], {
        files,
      });
    const { code, stdout } = await run([]);
    const { rows } = JSON.parse(stdout);
    expect(code).toBe(0);
    expect(rows[1].replications).toBeGreaterThan(rows[0].replications);
    expect(rows[0].precision).toMatchObject([{ metric: "success", reached: true }]);
    const capped = await run(["--cap", "1024"]);
    expect(capped.code).toBe(5);
    expect(JSON.parse(capped.stdout).rows[1]).toMatchObject({
      status: "not-reached",
      replications: 1024,
      precision: [{ reached: false }],
    });
  });
});

describe("the store", () => {
  test("makes a second run do nothing", async () => {
    const disk = memoryDisk();
    const first = await sweep([], { disk });
    const before = [...disk.files.keys()];
    const second = await sweep([], { disk });
    expect(second.stderr).toContain("6 of 6 cells were stored already");
    expect(second.written[RESULT]).toBe(first.written[RESULT]);
    expect([...disk.files.keys()]).toEqual(before);
  });

  test("keeps what is the same when something is changed, and says why the rest is run", async () => {
    const disk = memoryDisk();
    await sweep([], { disk });
    const changed = { ...files, "team.yaml": EXPERIMENT.replace("to: 0.4", "to: 0.7") };
    const status = await faultline(["status", "team.yaml", "--why"], { files: changed, disk });
    expect(status.stdout).toContain("team: 4 of 6 cells done");
    expect(status.stdout).toContain("2 to run: 2, 5");
    expect(status.stdout).toMatch(/models\.base\.errorRate: 0\.25 in the store, 0\.7 now/);
    const again = await sweep([], { files: changed, disk });
    expect(again.stderr).toContain("4 of 6 cells were stored already");
  });

  test("tells what in it does not count, and the page that explains it", async () => {
    const disk = memoryDisk();
    await sweep([], { disk });
    const part = [...disk.files.keys()].find((path) => path.includes("part-0001")) as string;
    disk.files.set(part.replace("part-0001", "old"), Buffer.from("{}"));
    disk.files.set(part.replace("part-0001", "older"), Buffer.from("{}"));
    const { stderr } = await sweep([], { disk });
    expect(stderr.match(/^note: .*old.*: no part of the store; left alone$/gm)).toHaveLength(2);
    expect(stderr.match(/^page: .*$/gm)).toEqual([
      "page: docs/reference/troubleshooting.md#foreign-file",
    ]);
  });

  test("is not asked again for a description", async () => {
    const disk = memoryDisk();
    await sweep([], { disk });
    const described = {
      ...files,
      "demo-single.yaml": `description: other\n${FILES["demo-single.yaml"]}`,
    };
    expect((await sweep([], { disk, files: described })).stderr).toContain(
      "6 of 6 cells were stored",
    );
  });

  test("goes on after Ctrl-C, to the same bytes", async () => {
    const args = ["--replications", "8000"];
    const disk = memoryDisk();
    const cut = await sweep(args, { disk, interrupt: true });
    expect(cut.code).toBe(130);
    expect(cut.stdout).toContain("not run yet: the same command goes on");
    const whole = await sweep(args, { disk });
    expect(whole.code).toBe(0);
    expect(whole.written[RESULT]).toBe((await sweep(args)).written[RESULT]);
  });

  test("of another engine is refused, and a foreign folder", async () => {
    const disk = memoryDisk();
    await sweep([], { disk });
    const marker = "out/sweep-team/store/store.json";
    const text = String(disk.files.get(marker));
    disk.files.set(marker, Buffer.from(text.replace(/"semantics":\s*\d+/, '"semantics":999')));
    const other = await sweep([], { disk });
    expect(other.code).toBe(8);
    expect(other.stderr).toContain("results of another engine");
    const foreign = memoryDisk();
    foreign.makeFolder("out/sweep-team/store");
    foreign.files.set("out/sweep-team/store/mine.txt", Buffer.from("x"));
    expect((await sweep([], { disk: foreign })).code).toBe(8);
  });

  test("tells a torn record and runs its cell again", async () => {
    const disk = memoryDisk();
    const first = await sweep([], { disk });
    const [part] = [...disk.files.keys()].filter((path) => path.endsWith(".ndjson"));
    const bytes = disk.files.get(part) as Buffer;
    disk.files.set(part, bytes.subarray(0, bytes.length - 100));
    const again = await sweep([], { disk });
    expect(again.stderr).toContain("the last record is incomplete and does not count");
    expect(again.stderr).toContain("5 of 6 cells were stored already");
    expect(again.written[RESULT]).toBe(first.written[RESULT]);
  });

  test("on a full disk ends with a clear error", async () => {
    const { code, stderr, written } = await sweep([], { disk: memoryDisk({ full: true }) });
    expect(code).toBe(9);
    expect(stderr).toContain("no space is left on the disk");
    expect(written).toEqual({});
  });
});

describe("a cell that fails", () => {
  // A share of 1.2 is none: only the cells with the rate 0.4 find out.
  const failing = {
    ...files,
    "team.yaml": EXPERIMENT.replace(
      "metrics:",
      "  cause: { path: models.base.commonCause, formula: 3 * rate }\nmetrics:",
    ),
  };

  test("is recorded with the command that repeats it, and the others go on", async () => {
    const disk = memoryDisk();
    const outcome = await sweep([], { files: failing, disk });
    expect(outcome.code).toBe(6);
    const statuses = parsed(outcome).rows.map((row: { status: string }) => row.status);
    expect(statuses).toEqual(["ok", "ok", "ok", "ok", "failed", "failed", ...statuses.slice(0, 6)]);
    expect(parsed(outcome).rows[4]).toMatchObject({
      messages: expect.arrayContaining([expect.stringContaining("models.base.commonCause")]),
      command: "faultline sweep team.yaml --cell 2",
    });
    expect(outcome.stdout).toContain("cell 2 failed: ");
    const again = await faultline(["sweep", "team.yaml", "--cell", "2", "--jobs", "1"], {
      files: failing,
      disk,
    });
    expect(again.code).toBe(6);
    const status = await faultline(["status", "team.yaml"], { files: failing, disk });
    expect(status.stdout).toContain("2 failed: 2, 5");
  });

  test("ends the sweep with --fail-fast", async () => {
    const outcome = await sweep(["--fail-fast"], { files: failing });
    expect(outcome.code).toBe(6);
    expect(parsed(outcome).rows[6]).toMatchObject({ cell: 3, status: "missing" });
  });
});

describe("shards", () => {
  async function merged(parts: readonly string[], args: readonly string[] = []): Promise<Outcome> {
    const disk = memoryDisk();
    const plan = await faultline(["plan", "team.yaml", "--out", "p"], { files });
    const planned = { "p/plan.json": plan.written["p/plan.json"] };
    for (const part of parts)
      await faultline(["run", "--shard", part, "p", "--jobs", "1"], { files: planned, disk });
    return faultline(["merge", "p", ...args], { files: planned, disk });
  }

  const divisions = [
    ["1/1"],
    ["1/3", "2/3", "3/3"],
    Array.from({ length: 7 }, (_, i) => `${i + 1}/7`),
  ];

  test.each(divisions)("%s… give the bytes of a single run", async (...parts) => {
    const single = await sweep();
    const outcome = await merged(parts);
    expect(outcome.code).toBe(0);
    expect(outcome.written["p/result.json"]).toBe(single.written[RESULT]);
    expect(outcome.stdout).toBe(single.stdout);
  });

  test("may overlap if they agree", async () => {
    const outcome = await merged(["1/2", "2/2", "1/3"]);
    expect(outcome.code).toBe(0);
    expect(outcome.stderr).toContain("2-of-2: 3 cells, 1 of them in other shards too");
  });

  test("that are missing are told, and nothing is written", async () => {
    const { code, stderr, written } = await merged(["1/3", "3/3"]);
    expect(code).toBe(8);
    expect(stderr).toContain("no shard has cells 1, 4: nothing is written");
    expect(stderr).toContain("faultline run --shard 2/3 p");
    expect(written).toEqual({});
  });

  test.each([
    [["run", "--shard", "3/2", "p"], 2, "not of the form I/N"],
    [["run", "--shard", "1/2", "nowhere"], 2, "nowhere/plan.json: there is no such file"],
    [["merge", "p"], 2, "p has no shards to merge"],
    [["run", "--shard", "1/2", "q"], 3, "q/plan.json:1:1: error: the document has no schema"],
    [["run", "--shard", "1/2", "old"], 8, "old/plan.json: it is of another engine"],
  ])("%s is refused", async (args, code, message) => {
    const plan = (await faultline(["plan", "team.yaml", "--out", "p"], { files })).written;
    const old = plan["p/plan.json"].replace(/"semantics": \d+/, '"semantics": 999');
    const outcome = await faultline(args, {
      files: { ...plan, "q/plan.json": "{}", "old/plan.json": old },
    });
    expect(outcome.code).toBe(code);
    expect(outcome.stderr).toContain(message);
  });
});

describe("--dry-run", () => {
  test("shows cells, replications and time, and runs nothing", async () => {
    const { code, stdout, written } = await sweep(["--dry-run"]);
    expect(code).toBe(0);
    expect(stdout).toContain("team: 6 cells");
    expect(stdout).toContain("agents (agents.worker.count): 1, 3, in vote only");
    expect(stdout).toMatch(/4,800 replications, about .+ with 1 thread/);
    expect(stdout).toContain("cell 5  single, vote  agents=3  rate=0.4");
    expect(written).toEqual({});
  });
});

describe("bad input", () => {
  test.each([
    [["sweep", "demo-single.yaml"], 2, "is no experiment file: it has no scenarios"],
    [["sweep", "team.yaml", "--vary", "seed=a,b"], 2, "is no scenario file"],
    [["sweep", "team.yaml", "demo-single.yaml"], 2, "one too many"],
    [["sweep", "team.yaml", "--where", "agents > 1"], 2, "--where goes with --vary"],
    [["sweep", "team.yaml", "--cell", "6"], 2, "there is no cell 6"],
    [["sweep", "team.yaml", "--export", "xlsx"], 2, "is none of csv, ndjson, parquet"],
    [["sweep", "team.yaml", "--fail-fast", "--keep-going"], 2, "contradict"],
    [["sweep", "demo-single.yaml", "--vary", "models.base.errorRat=0.1,0.2"], 3, "did you mean"],
    [["sweep", "demo-single.yaml", "--vary", "models.base.errorRate=0.1,1.2"], 3, "1.2"],
    [
      ["sweep", "demo-single.yaml", "--vary", "a:seed=1", "--design", "grid:3"],
      2,
      "is none of grid",
    ],
    [
      [
        "sweep",
        "demo-single.yaml",
        "--vary",
        "models.base.errorRate=0:1:1000",
        "--vary",
        "models.base.drift=0:1:1000",
        "--vary",
        "models.base.pace=1:2:1000",
      ],
      2,
      "1,000,000,000 points",
    ],
  ])("%s", async (args, code, message) => {
    const outcome = await faultline(args, { files });
    expect(outcome.stderr).toContain(message);
    expect(outcome.code).toBe(code);
    expect(outcome.written).toEqual({});
    expect(outcome.stderr).not.toContain(ESCAPE);
  });
});
