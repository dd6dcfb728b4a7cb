import { describe, expect, test } from "vitest";
import { ESCAPE, FEW, FILES, faultline, SINGLE } from "./memoryWorld.ts";

const run = (...args: string[]) =>
  faultline(["run", "demo-single.yaml", ...FEW, ...args], { files: FILES });

const [RESULT, MANIFEST, CSV] = ["result.json", "manifest.json", "replications.csv"];

/** The folder of a record, and its files by name. */
function recordOf(written: Readonly<Record<string, string>>) {
  const folders = new Set(Object.keys(written).map((path) => path.replace(/\/[^/]*$/, "")));
  expect(folders.size).toBe(1);
  const [folder] = folders;
  const files = Object.entries(written).map(([path, text]) => [
    path.slice(folder.length + 1),
    text,
  ]);
  return { folder, files: Object.fromEntries(files) as Record<string, string> };
}

describe("faultline run", () => {
  test("prints a table on stdout and notes on stderr", async () => {
    const { code, stdout, stderr } = await run();
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^demo-single\nseed faultline · 40 replications of 5 instances · 95 % intervals/,
    );
    expect(stdout).toMatch(/ {2}Success, share +0\.\d+ +[±[]/);
    expect(stdout).not.toContain("saved");
    expect(stderr).toMatch(/^saved {3}out\/demo-single-[0-9a-f]{10}\/\nrepeat {2}faultline run /);
  });

  test("draws small bars in a terminal that can, and nowhere else", async () => {
    const hasBars = async (setting: object, ...more: string[]) => {
      const args = ["run", "demo-single.yaml", ...FEW, "--no-save", ...more];
      const { stdout } = await faultline(args, { files: FILES, columns: 100, ...setting });
      return /[▁-▏]/.test(stdout);
    };
    expect(await hasBars({ isTTY: true })).toBe(true);
    expect(await hasBars({ isTTY: true, env: { NO_COLOR: "1" } })).toBe(true);
    expect(await hasBars({ isTTY: true }, "--json")).toBe(false);
    expect(await hasBars({ isTTY: true, env: { TERM: "dumb" } })).toBe(false);
    expect(await hasBars({ isTTY: true, columns: 40 })).toBe(false);
    expect(await hasBars({})).toBe(false);
  });

  test("--json prints exactly one document, the one that is saved", async () => {
    const { stdout, written } = await run("--json");
    const { folder, files } = recordOf(written);
    expect(folder).toMatch(/^out\/demo-single-[0-9a-f]{10}$/);
    expect(Object.keys(files).sort()).toEqual([MANIFEST, RESULT]);
    expect(files[RESULT]).toBe(stdout);
    const result = JSON.parse(stdout);
    expect(result).toMatchObject({
      schema: "faultline/run@1",
      seed: "faultline",
      replications: 40,
    });
    expect(result.scenarios[0].metrics.success.ci).toHaveLength(2);
  });

  test("the manifest tells all that is needed to repeat the run", async () => {
    const { written } = await run("--set", "models.base.errorRate=0.3", "--seed", "it's");
    const manifest = JSON.parse(recordOf(written).files[MANIFEST]);
    expect(manifest).toMatchObject({
      schema: "faultline/manifest@1",
      seed: "it's",
      replications: 40,
    });
    expect(manifest.scenarios[0].models.base.errorRate).toBe(0.3);
    expect(manifest.command).toBe(
      "faultline run demo-single.yaml --replications 40 --seed 'it'\\''s' --set models.base.errorRate=0.3",
    );
  });

  test("gives the same bytes twice, and other folders to other input", async () => {
    const first = await run("--record", "csv");
    expect(await run("--record", "csv")).toEqual(first);
    const folders = [first, await run("--seed", "other"), await run("--replications", "48")];
    expect(new Set(folders.map(({ written }) => recordOf(written).folder)).size).toBe(3);
  });

  test("--record csv writes every replication", async () => {
    const { written } = await run("--record", "csv", "--json");
    const [head, ...rows] = recordOf(written).files[CSV].trimEnd().split("\r\n");
    const columns = head.split(",");
    expect(columns.slice(0, 7).join()).toBe(
      "experiment,cell,scenario,baseline,seed,replication,instance",
    );
    expect(rows).toHaveLength(40);
    expect(rows[39].split(",").slice(0, 7)).toEqual([
      "",
      "0",
      "demo-single",
      "",
      "faultline",
      "39",
      "4",
    ]);
    const success = columns.indexOf("success");
    const mean = rows.reduce((sum, row) => sum + Number(row.split(",")[success]), 0) / 40;
    const result = JSON.parse(recordOf(written).files[RESULT]);
    expect(mean).toBeCloseTo(result.scenarios[0].metrics.success.mean, 12);
  });

  test("--no-save writes nothing, --out writes elsewhere, --quiet says nothing more", async () => {
    expect(await run("--no-save")).toMatchObject({ written: {}, stderr: "" });
    const { written, stderr } = await run("--out", "there", "--quiet");
    expect(recordOf(written).folder).toMatch(/^there\/demo-single-/);
    expect(stderr).toBe("");
  });

  test("--all shows every metric", async () => {
    expect((await run()).stdout).toMatch(/\n\d+ more metrics with --all\.\n/);
    const { stdout } = await run("--all");
    expect(stdout).toContain("Hand-off faults");
    expect(stdout).not.toContain("--all");
  });

  test("--set sets a field and knows which there are", async () => {
    const { stdout } = await run("--set", "models.base.errorRate=0", "--json");
    expect(JSON.parse(stdout).scenarios[0].metrics.success.mean).toBe(1);
    const { code, stderr, written } = await run("--set", "models.base.errorrate=0");
    expect(code).toBe(3);
    expect(stderr).toContain("errorRate");
    expect(written).toEqual({});
  });

  test("several scenarios go into one document and one folder", async () => {
    const { stdout, written } = await faultline(
      ["run", "demo-single.yaml", "demo-vote.yaml", ...FEW, "--json"],
      { files: FILES },
    );
    const names = JSON.parse(stdout).scenarios.map((s: { name: string }) => s.name);
    expect(names).toEqual(["demo-single", "demo-vote"]);
    expect(recordOf(written).folder).toMatch(/^out\/demo-[0-9a-f]{10}$/);
  });

  test("says so when one scenario's seed and replications hold for another", async () => {
    const files = { ...FILES, "demo-vote.yaml": `${FILES["demo-vote.yaml"]}seed: other\n` };
    const args = ["run", "demo-single.yaml", "demo-vote.yaml", ...FEW, "--no-save"];
    expect((await faultline(args, { files })).stderr).toBe(
      "note: seed and replications of demo-single hold for all scenarios\n",
    );
    expect((await faultline([...args, "--seed", "x"], { files })).stderr).toBe("");
  });

  test("tells all problems of all files and writes nothing", async () => {
    const files = { "a.yaml": "task: 3\n", "b.yaml": SINGLE.replace("errorRate", "errorrate") };
    const { code, stdout, stderr, written } = await faultline(["run", "a.yaml", "b.yaml"], {
      files,
    });
    expect(code).toBe(3);
    expect(stdout).toBe("");
    expect(stderr).toMatch(/^a\.yaml:1:\d+: error: /);
    expect(stderr).toMatch(/\nb\.yaml:3:\d+: error: /);
    expect(written).toEqual({});
  });

  test("says why a result cannot be saved, having printed it", async () => {
    const { code, stdout, stderr } = await faultline(["run", "demo-single.yaml", ...FEW], {
      files: FILES,
      diskError: "no space left on device",
    });
    expect(code).toBe(9);
    expect(stdout).toContain("Success, share");
    expect(stderr).toMatch(
      /the result is not saved: cannot write out\/\S+: no space left on device/,
    );
    expect(stderr).not.toContain("internal error");
  });
});

describe("--jobs", () => {
  test("gives the same bytes for any number of threads", async () => {
    const args = [
      "run",
      "demo-single.yaml",
      "demo-vote.yaml",
      "--replications",
      "2001",
      "--record",
      "csv",
    ];
    const outcome = (jobs: string) => faultline([...args, "--jobs", jobs], { files: FILES });
    const one = await outcome("1");
    expect(one.code).toBe(0);
    expect(await outcome("2")).toEqual(one);
    expect(await outcome("3")).toEqual(one);
    expect(await faultline(args, { files: FILES })).toEqual(one);
  });
});

describe("--precision", () => {
  const precise = (...args: string[]) =>
    faultline(["run", "demo-single.yaml", "--precision", "success=0.05", ...args], {
      files: FILES,
    });

  test("runs as many replications as it needs, which the table says", async () => {
    const { code, stdout, stderr } = await precise("--cap", "1e5");
    expect(code).toBe(0);
    expect(stdout).toMatch(/ · needed [\d,]+ replications of [\d,]+ instances · /);
    expect(stdout).toMatch(
      /\nreached {6}demo-single: success ±0\.05, is ±0\.0\d+ after [\d,]+ rep/,
    );
    expect(stderr).toContain(
      "repeat  faultline run demo-single.yaml --precision success=0.05 --cap 100000 --seed faultline\n",
    );
  });

  test("is told in result and manifest; the estimates are those of as many replications", async () => {
    const { stdout, written } = await precise("--precision", "turns=1%", "--json");
    const { files } = recordOf(written);
    const result = JSON.parse(stdout);
    expect(result.precision).toMatchObject([
      { scenario: "demo-single", metric: "success", target: { absolute: 0.05 }, reached: true },
      { scenario: "demo-single", metric: "turns", target: { relative: 0.01 }, reached: true },
    ]);
    expect(JSON.parse(files[MANIFEST])).toMatchObject({
      precision: [
        { metric: "success", halfWidth: { absolute: 0.05 } },
        { metric: "turns", halfWidth: { relative: 0.01 } },
      ],
      cap: 1_000_000,
    });
    const same = await faultline(
      ["run", "demo-single.yaml", "--replications", String(result.replications), "--json"],
      { files: FILES },
    );
    expect(JSON.parse(same.stdout).scenarios).toEqual(result.scenarios);
    expect(recordOf(same.written).folder).not.toBe(recordOf(written).folder);
  });

  test("that is not reached is said, with what there is", async () => {
    const { code, stdout } = await faultline(
      ["run", "demo-single.yaml", "--precision", "success=0.1%", "--cap", "2000"],
      { files: FILES },
    );
    expect(code).toBe(5);
    expect(stdout).toMatch(
      /\nnot reached {2}demo-single: success ±0\.1 %, is ±\d\.\d+ % after 2,000 replications\n/,
    );
  });

  test("overrides the number in the file without a note", async () => {
    const files = { ...FILES, "demo-vote.yaml": `${FILES["demo-vote.yaml"]}replications: 77\n` };
    const args = ["run", "demo-single.yaml", "demo-vote.yaml", "--precision", "success=0.1"];
    expect((await faultline([...args, "--no-save"], { files })).stderr).toBe("");
  });
});

describe("thresholds", () => {
  const withThresholds = (...thresholds: string[]) =>
    faultline(["run", "t.yaml", ...FEW, "--no-save"], {
      files: { "t.yaml": `${SINGLE}thresholds: ${JSON.stringify(thresholds)}\n` },
    });

  test.each([
    [["success >= 0.1"], 0, "pass"],
    [["success >= 0.99", "success >= 0.1"], 4, "fail"],
    [["success >= 0.64"], 5, "inconclusive"],
    [["amplification.task <= 2"], 5, "not evaluated"],
    [["success >= 0.64", "success >= 0.99"], 4, "fail"],
  ])("%j end with exit code %i", async (thresholds, code, word) => {
    const outcome = await withThresholds(...thresholds);
    expect(outcome.code).toBe(code);
    expect(outcome.stdout).toMatch(new RegExp(`\n${word} +t: `));
  });

  test("on a metric that is not there are refused before the run", async () => {
    const { code, stderr } = await withThresholds("sucess >= 0.1");
    expect(code).toBe(3);
    expect(stderr).toContain("did you mean success?");
  });
});

describe("colors", () => {
  const colored = async (setting: object, ...args: string[]) => {
    const outcome = await faultline(["run", "demo-single.yaml", ...FEW, ...args], {
      files: FILES,
      ...setting,
    });
    return outcome.stdout.includes(ESCAPE);
  };

  test("are for terminals", async () => {
    expect(await colored({ isTTY: true })).toBe(true);
    expect(await colored({})).toBe(false);
    expect(await colored({ isTTY: true, env: { TERM: "dumb" } })).toBe(false);
  });

  test("NO_COLOR, --no-color and FORCE_COLOR decide", async () => {
    expect(await colored({ isTTY: true, env: { NO_COLOR: "1" } })).toBe(false);
    expect(await colored({ isTTY: true }, "--no-color")).toBe(false);
    expect(await colored({ env: { FORCE_COLOR: "1" } })).toBe(true);
    expect(await colored({ env: { FORCE_COLOR: "1", NO_COLOR: "1" } })).toBe(false);
  });
});

describe("while it runs", () => {
  const MANY = ["run", "demo-single.yaml", "--replications", "1000000"];

  test("Ctrl-C prints and saves what there is, apart from complete results", async () => {
    const { code, stdout, written } = await faultline([...MANY, "--json", "--record", "csv"], {
      files: FILES,
      interrupt: true,
    });
    expect(code).toBe(130);
    const result = JSON.parse(stdout);
    expect(result.interrupted).toBe(true);
    expect(result.scenarios[0].replications).toBeLessThan(1_000_000);
    const { folder, files } = recordOf(written);
    expect(folder).toMatch(/-interrupted$/);
    expect(files[CSV].trimEnd().split("\n")).toHaveLength(1 + result.scenarios[0].replications);
  });

  test("scenarios that had not begun when Ctrl-C came have no values", async () => {
    const args = ["run", "demo-single.yaml", "demo-vote.yaml", "--replications", "1000000"];
    const { code, stdout } = await faultline([...args, "--json"], {
      files: FILES,
      interrupt: true,
    });
    expect(code).toBe(130);
    const [, vote] = JSON.parse(stdout).scenarios;
    expect(vote).toMatchObject({ replications: 0, metrics: { success: { mean: null } } });
    const table = await faultline(args, { files: FILES, interrupt: true });
    expect(table.stdout).toMatch(/Success, share +0\.\d+ +[±[].* undefined ¹\n/);
  });

  test("the table says that it is of an interrupted run", async () => {
    const { stdout } = await faultline(MANY, { files: FILES, interrupt: true });
    expect(stdout).toMatch(/interrupted after [\d,]+ of 1,000,000 replications/);
  });

  test("progress is shown on a terminal only, in one line that goes away", async () => {
    const { stderr } = await faultline([...MANY, "--no-save"], {
      files: FILES,
      interrupt: true,
      isTTY: true,
      columns: 60,
    });
    const looks = stderr.split("\r\u001b[K");
    expect(looks.length).toBeGreaterThan(2);
    expect(looks[1]).toMatch(/^run · \d+ % · [\d,]+ of 1,000,000 replications · /);
    expect(looks[1].length).toBeLessThan(60);
    expect(looks.at(-1)).toBe("");
    const quiet = await faultline([...MANY, "--no-save", "--quiet"], {
      files: FILES,
      interrupt: true,
      isTTY: true,
    });
    expect(quiet.stderr).toBe("");
    expect(
      (await faultline([...MANY, "--no-save"], { files: FILES, interrupt: true })).stderr,
    ).toBe("");
  });
});
