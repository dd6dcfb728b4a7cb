import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { faultline } from "./memoryWorld.ts";

const FEW = ["--replications", "160"];
const reproduce = (...args: string[]) => faultline(["reproduce", "kim2025", ...FEW, ...args]);

describe("faultline reproduce", () => {
  test("prints every figure with what was published, simulated and to be reached", async () => {
    const { code, stdout, written } = await reproduce();
    expect(code).toBe(0);
    expect(written).toEqual({});
    const [title, circumstances, , header] = stdout.split("\n");
    expect(title).toBe("kim2025: 84 published figures beside simulated ones");
    expect(circumstances).toBe("seed kim2025 · 160 replications per scenario · 95 % intervals");
    expect(header.trim().split(/ {2,}/)).toEqual(["published", "simulated", "to reach"]);
    expect(stdout).toMatch(
      /\nAmplification, propagation \(calibrated\)\n {2}independent +17\.2 +\[14\.3, 20\.1\] .* 14\.3 to 20\.1\n/,
    );
    expect(stdout).toMatch(/\n {2}centralized +80\.8 +[✗✓] .* 27\.45 to 197\.1\n/);
    expect(stdout).toContain("\nnot counted  34 derived and 2 structural\n");
    expect(stdout).toMatch(
      /\nsuccess {6}mean absolute error of 20 rates 0\.\d{3} \(to reach 0\.035 †: /,
    );
  });

  test("--json is one document with definition, source and verdict of every figure", async () => {
    const outcome = await reproduce("--json", "--seed", "another");
    const { code, stdout } = outcome;
    expect(code).toBe(0);
    const result = JSON.parse(stdout);
    expect(result).toMatchObject({
      schema: "faultline/reproduce@1",
      study: "kim2025",
      seed: "another",
      replications: 160,
      engine: { semantics: expect.any(Number) },
      interrupted: false,
    });
    for (const target of result.targets)
      expect(target).toMatchObject({
        id: expect.stringMatching(/^kim2025\./),
        published: expect.any(Number),
        simulated: { ci: [expect.anything(), expect.anything()] },
        kind: expect.stringMatching(/^(calibrated|predicted|derived|structural)$/),
        source: expect.stringContaining("2512.08296"),
        definition: expect.any(String),
      });
    const independent = result.targets.find(
      (target: { id: string }) => target.id === "kim2025.amplification.independent",
    );
    expect(independent).toMatchObject({
      published: 17.2,
      publishedCi: [14.3, 20.1],
      tolerance: { kind: "range", from: 14.3, to: 20.1, basis: "published" },
      pass: expect.any(Boolean),
      note: expect.stringContaining("contradicts itself"),
      other: { simulated: { mean: expect.any(Number) } },
    });
    // And the same bytes the second time.
    expect((await reproduce("--json", "--seed", "another")).stdout).toBe(outcome.stdout);
  });

  // Eight replications are one instance, whose rates are far from 20 published ones at any seed.
  test("--strict turns what is off into an exit code", async () => {
    const few = ["reproduce", "kim2025", "--replications", "8"];
    const lenient = await faultline(few);
    expect(lenient.code).toBe(0);
    const { code, stdout } = await faultline([...few, "--strict", "--seed", "x"]);
    expect(code).toBe(4);
    expect(stdout).toMatch(/\n {2}\w+ .* ✗ +\d/);
    expect(stdout).not.toBe(lenient.stdout);
  });

  test.each([
    [["reproduce", "kim2024"], "there is no study kim2024; did you mean kim2025?"],
    [["reproduce", "xyz"], "there is no study xyz\nThe studies are: kim2025, "],
    [["reproduce", "kim2025", "--replications", "0"], "is not a whole number from 1"],
    [["reproduce", "taubench", "--leave-one-out"], "taubench has no models to leave out"],
  ])("faultline %j is a usage error", async (args, message) => {
    const { code, stdout, stderr } = await faultline(args);
    expect(stderr).toContain(message);
    expect(code).toBe(2);
    expect(stdout).toBe("");
  });

  test("Ctrl-C prints what is complete and exits with 130", async () => {
    const args = ["reproduce", "kim2025", "--replications", "1000000"];
    const { code, stdout } = await faultline(args, { interrupt: true });
    expect(code).toBe(130);
    expect(stdout).toContain("interrupted before 1,000,000 replications per scenario");
  });

  test("another study has its tables, and names its figures with the command that draws them", async () => {
    const args = ["reproduce", "taubench", "--replications", "80", "--jobs", "1"];
    const { code, stdout } = await faultline(args);
    expect(code).toBe(0);
    expect(stdout).toContain("seed taubench · 80 replications per scenario");
    expect(stdout).toContain("What moves the cliff, and what it costs");
    expect(stdout).toContain("faultline plot taubench.json --chart cliff --out cliff.svg");
    const { tables, figures, summary } = JSON.parse((await faultline([...args, "--json"])).stdout);
    expect(tables.length).toBeGreaterThan(0);
    expect(figures.map(({ name }: { name: string }) => name)).toEqual(["cliff", "remedies"]);
    expect(summary).not.toHaveProperty("success");
  });

  test("Ctrl-C in the first of all studies prints what is complete", async () => {
    const args = ["reproduce", "--replications", "1000000", "--json"];
    const { code, stdout } = await faultline(args, { interrupt: true });
    expect(code).toBe(130);
    expect(JSON.parse(stdout)).toMatchObject({ study: "all", interrupted: true, seed: null });
  });

  test("shows progress in a terminal, unless it is to be quiet", async () => {
    const args = ["reproduce", "kim2025", "--replications", "8"];
    expect((await faultline(args, { isTTY: true })).stderr).toMatch(/of [\d,]+ replications/);
    expect((await faultline([...args, "--quiet"], { isTTY: true })).stderr).toBe("");
  });
});

describe("faultline reproduce --ablations", () => {
  const ablations = (...args: string[]) =>
    faultline(["reproduce", ...args, "--ablations", "--quiet"]);

  test("tells what drives a study, in tables, and nothing of targets", async () => {
    const { code, stdout } = await ablations("cost", "--replications", "32");
    expect(code).toBe(0);
    expect(stdout.split("\n")[0]).toBe("cost: what drives it");
    expect(stdout).toMatch(/\nSuccess with and without each mechanism\n {2}as it is +0\.\d/);
    expect(stdout).toContain("No faults: models err once in a million claims.");
    expect(stdout).not.toMatch(/No conflict|calibrated|published/);
  });

  test("--json is a document that says so", async () => {
    const { stdout } = await ablations("cost", "--replications", "32", "--json");
    expect(JSON.parse(stdout)).toMatchObject({ study: "cost", ablations: true, targets: [] });
  });

  test("is refused where there is nothing to switch off, and with another part", async () => {
    expect((await ablations("contagion")).stderr).toContain("no mechanism to switch off");
    expect((await ablations("cost", "--brief")).stderr).toContain(
      "--brief and --ablations contradict each other",
    );
  });
});

describe("faultline reproduce --brief", () => {
  const brief = ["reproduce", "kim2025", "--brief", "--replications", "16", "--quiet"];

  test("prints one screen, and writes result, picture and page where it says", async () => {
    const { code, stdout, written } = await faultline(brief, { columns: 80 });
    expect(code).toBe(0);
    const folder = "out/kim2025-brief";
    expect(Object.keys(written).sort()).toEqual([
      `${folder}/amplification.svg`,
      `${folder}/report.html`,
      `${folder}/result.json`,
    ]);
    expect(stdout).toContain(
      `\npicture  ${folder}/amplification.svg\npage     ${folder}/report.html\n`,
    );
    expect(written[`${folder}/amplification.svg`]).toMatch(/^<svg .*Error amplification/s);
    expect(written[`${folder}/report.html`]).toContain("Published and simulated");
    expect(written[`${folder}/report.html`]).toContain(
      "faultline reproduce kim2025 --brief --replications 16 --seed kim2025",
    );
    for (const published of ["17.2", "4.4", "7.8", "5.1", "+80.8", "-70.1"])
      expect(stdout).toMatch(new RegExp(`\\n {2}\\w+ +${published.replace(/[+.]/g, "\\$&")} `));
    expect(stdout.split("\n").every((line) => line.length <= 80)).toBe(true);
  });

  test("--json prints a part of the whole document; all figures are those of as many replications", async () => {
    const { stdout, written } = await faultline([...brief, "--json", "--out", "there"]);
    expect(written["there/kim2025-brief/result.json"]).toBe(stdout);
    const part = JSON.parse(stdout);
    const whole = JSON.parse(
      (await faultline([...brief.filter((word) => word !== "--brief"), "--json"])).stdout,
    );
    expect(part.targets).toHaveLength(16);
    for (const target of part.targets) expect(whole.targets).toContainEqual(target);
    expect(part.tables).toEqual(whole.tables);
  });

  // The shell takes what stands after the name of the program, and fills in the names of files.
  test("the commands to go on with work as typed", async () => {
    const files = shippedFiles();
    const { stdout } = await faultline(brief, { columns: 80 });
    const commands = [...stdout.matchAll(/^npx faultline (.*)$/gm)].map(([, words]) =>
      words.split(" "),
    );
    expect(commands).toHaveLength(3);
    for (const words of commands) {
      const args = words.flatMap((word) =>
        word.includes("*") ? matching(word, Object.keys(files)) : [word],
      );
      const few = args[0] === "compare" ? ["--replications", "16"] : [];
      const { code, stderr } = await faultline([...args, ...few, "--quiet"], { files });
      expect([args[0], code, stderr]).toEqual([args[0], 0, ""]);
    }
  });

  test("says when the result cannot be saved, and prints it all the same", async () => {
    const { code, stdout, stderr } = await faultline(brief, { diskError: "no space left" });
    expect(code).not.toBe(0);
    expect(stderr).toContain(
      "the result is not saved: cannot write out/result.json: no space left",
    );
    expect(stdout).toContain("17.2");
    expect(stdout).not.toContain("picture  ");
  });

  test("Ctrl-C prints what there is, saves nothing and exits with 130", async () => {
    const args = ["reproduce", "kim2025", "--brief", "--replications", "1000000"];
    const { code, stdout, written } = await faultline(args, { interrupt: true });
    expect([code, written]).toEqual([130, {}]);
    expect(stdout).toMatch(/interrupted before\s1,000,000 replications/);
    expect(stdout).not.toContain("What follows");
  });

  test.each([
    [["reproduce", "taubench", "--brief"], "--brief: taubench has no brief form; kim2025 has"],
    [["reproduce", "kim2025", "--out", "x"], "--out is for --brief"],
    [
      ["reproduce", "--brief", "--leave-one-out"],
      "--leave-one-out and --brief contradict each other",
    ],
  ])("faultline %j is a usage error", async (args, message) => {
    const { code, stderr } = await faultline(args);
    expect(stderr).toContain(message);
    expect(code).toBe(2);
  });
});

/** The files of scenarios/kim2025 by their paths from here. */
function shippedFiles(): Record<string, string> {
  const folder = "scenarios/kim2025";
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return Object.fromEntries(
    names
      .filter((name) => name.endsWith(".yaml"))
      .map((name) => [`${folder}/${name}`, readFileSync(`${folder}/${name}`, "utf8")]),
  );
}

/** As a shell expands a pattern. */
function matching(pattern: string, paths: readonly string[]): string[] {
  const [before, after] = pattern.split("*");
  return paths.filter((path) => path.startsWith(before) && path.endsWith(after)).sort();
}

describe("faultline reproduce --seeds", () => {
  const seeds = (...args: string[]) =>
    faultline(["reproduce", "taubench", "--replications", "80", "--jobs", "1", ...args]);

  test("judges each figure with seeds of their own, which are those of as many runs", async () => {
    const { code, stdout, written } = await seeds("--seeds", "2", "--json", "--seed", "judge");
    expect([code, written]).toEqual([0, {}]);
    const result = JSON.parse(stdout);
    expect(result).toMatchObject({ schema: "faultline/reproduce-seeds@1", asked: 2 });
    const alone = await Promise.all(
      [1, 2].map(async (i) => JSON.parse((await seeds("--json", "--seed", `judge/${i}`)).stdout)),
    );
    for (const [i, { id, means, verdicts }] of result.targets.entries()) {
      const same = alone.map(({ targets }) => targets[i]);
      expect(same.map((one) => one.id)).toEqual([id, id]);
      expect(means).toEqual(same.map(({ simulated }) => simulated.mean));
      expect(verdicts.passed).toBe(same.filter(({ pass }) => pass).length);
    }
    expect(result.seeds.map((one: { summary: object }) => one.summary)).toEqual(
      alone.map(({ summary }) => summary),
    );
  });

  // Twenty figures within .02 by ten instances: one of them is off at any seed but one in millions.
  test("--strict turns what is off with some seed into an exit code", async () => {
    const { code, stdout } = await seeds("--seeds", "2", "--strict");
    expect(code).toBe(4);
    expect(stdout).toContain("taubench/1 to taubench/2 · 80 replications per scenario and seed");
    expect(stdout).toMatch(/[✗~] [01] of 2\n/);
  });

  test("Ctrl-C prints the seeds that are complete and exits with 130", async () => {
    const args = ["reproduce", "kim2025", "--seeds", "2", "--replications", "1000000"];
    const { code, stdout } = await faultline(args, { interrupt: true });
    expect(code).toBe(130);
    expect(stdout).toContain("interrupted before 2 seeds");
  });

  test.each([
    [["reproduce", "--seeds", "2"], "--seeds: the command names no study"],
    [["reproduce", "kim2025", "--seeds", "0"], "is not a whole number from 1 to 1000"],
    [
      ["reproduce", "kim2025", "--seeds", "2", "--brief"],
      "--brief and --seeds contradict each other",
    ],
    [
      ["reproduce", "kim2025", "--seeds", "2", "--leave-one-out"],
      "--leave-one-out and --seeds contradict each other",
    ],
  ])("faultline %j is a usage error", async (args, message) => {
    const { code, stderr } = await faultline(args);
    expect(stderr).toContain(message);
    expect(code).toBe(2);
  });
});

describe("faultline reproduce --leave-one-out", () => {
  const predict = ["reproduce", "kim2025", "--leave-one-out"];

  // The fewest replications that there can be: rates are 0 or 1, which is far from what is to be reached at any seed.
  test("prints scores beside what is to be beaten; --strict makes what is missed an exit code", async () => {
    const { code, stdout, written } = await faultline([
      ...predict,
      "--replications",
      "1",
      "--strict",
    ]);
    expect(code).toBe(4);
    expect(written).toEqual({});
    expect(stdout).toMatch(/^[A-Z].+ without a measurement: R² is /);
    expect(stdout.replace(/\s+/g, " ")).toContain(
      "seed advise · 1 replication of each over 1 parameter set",
    );
    expect(stdout).toMatch(/\n {2}mean +0?\.452 +0?\.119 +18 of 24 /);
    expect(stdout).toMatch(/\n {2}single +-0?\.384 +0?\.177 /);
    expect(stdout).toMatch(/\n {2}best lines +0?\.694 +0?\.083 /);
    expect(stdout).toMatch(/\n {2}claude-3\.7-sonnet/);
  });

  test("Ctrl-C prints nothing and exits with 130", async () => {
    const args = [...predict, "--replications", "1000000", "--json"];
    const { code, stdout } = await faultline(args, { interrupt: true });
    expect([code, stdout]).toEqual([130, ""]);
  });
});
