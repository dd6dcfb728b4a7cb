// faultline importance on the command line: what it prints and saves, and what it refuses.
import { describe, expect, test } from "vitest";
import { TEAM } from "../decide/importance/support.ts";
import { memoryDisk } from "./memoryDisk.ts";
import { faultline } from "./memoryWorld.ts";

const FILES = { "team.yaml": TEAM };
const VARY = [
  ...["--vary", "models.a.errorRate=0.05:0.45"],
  ...["--vary", "slow:models.b.errorRate=0.01:0.1:log"],
];
const SMALL = ["--only", "assumptions", "--size", "64", "--jobs", "1", "--seed", "cli"];
const ask = (args: readonly string[], setting = {}) =>
  faultline(["importance", "team.yaml", ...args, ...SMALL], { files: FILES, ...setting });

describe("faultline importance", () => {
  test("says which number decides, what to measure and what that rests on", async () => {
    const { code, stdout, stderr, written } = await ask(VARY);
    expect(code).toBe(0);
    const words = stdout.replace(/\s+/g, " ");
    expect(words).toMatch(
      /^models\.a\.errorRate decides: it makes \d+ % \(.*\) of what is not known of success\./,
    );
    expect(words).toMatch(
      /In the mean success is [\d.]+ % .* it lies between [\d.]+ % and [\d.]+ % with 95 %/,
    );
    expect(words).toMatch(
      /Measure models\.a\.errorRate better: once it is known, about [\d.]+ points of the [\d.]+ points/,
    );
    expect(words).toMatch(/▲ 8\d ±/);
    expect(words).toMatch(/team · seed cli · 256 points \(of 64 base points\), two values each/);
    expect(words).toMatch(/Noise of the simulation is told apart: it makes \d+ %/);
    expect(stderr).toContain("out/importance-team/");
    const result = JSON.parse(written["out/importance-team/result.json"]);
    expect(result).toMatchObject({ schema: "faultline/importance@1", metric: "success" });
    expect(result.assumptions.inputs[1].name).toBe("slow");
  });

  test("prints the document, the same for any number of threads, and goes on from its store", async () => {
    const disk = memoryDisk();
    const args = [...VARY, "--metric", "turns", "--json"];
    const first = await ask(args, { disk });
    const again = await ask([...args, "--jobs", "2"], { disk });
    expect(again.stdout).toBe(first.stdout);
    expect(again.stderr).toContain("note: 512 of 512 trials were stored already");
    expect(JSON.parse(first.stdout).assumptions.verdict).toBe("constant");
    const afresh = await ask([...args, "--jobs", "2", "--no-save"]);
    expect(afresh.stdout).toBe(first.stdout);
    expect(afresh.written).toEqual({});
  });

  test("says when nothing decides", async () => {
    const words = async (...args: string[]) =>
      (await ask([...args, "--no-save"])).stdout.replace(/\s+/g, " ");
    const idle = ["--vary", "models.c.errorRate=0.1:0.3"];
    expect(await words(...idle)).toContain("no more than the noise of the simulation explains");
    expect(await words(...idle, "--metric", "turns")).toContain(
      "Nothing decides: turns is the same, whatever these numbers are.",
    );
  });

  test.each([
    [[], "no number is uncertain", "--vary models.NAME.errorRate=0.02:0.2"],
    [[...VARY, "--metric", "sucess"], "did you mean success?", ""],
    [[...VARY, "--metric", "overhead"], "compares with a baseline", ""],
    [[...VARY, "--group", "g=models.c.errorRate"], "--group: models.c.errorRate of g", ""],
    [[...VARY, "--group", "g"], "is not NAME=PATH", ""],
    [[...VARY, "--replications", "100"], "--size and --replications contradict", ""],
    [[...VARY, "--fixed", "--draws", "8"], "contradict each other", ""],
  ])("refuses %j", async (args, message, hint) => {
    const { code, stderr } = await ask(args);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr).toContain(hint);
  });

  test("tells what is wrong with a range at its option", async () => {
    const syntax = await ask(["--vary", "models.a.errorRate=0.3:0.1"]);
    expect(syntax.code).toBe(3);
    expect(syntax.stderr).toContain("its lower bound comes first");
    const invalid = await ask(["--vary", "models.a.errorRate=0.3:1.1"]);
    expect(invalid.code).toBe(3);
    expect(invalid.stderr).toContain("--vary:1:");
    const few = await faultline(
      ["importance", "team.yaml", ...VARY, "--replications", "100", "--no-save"],
      { files: FILES },
    );
    expect(few.code).toBe(2);
    expect(few.stderr).toContain("needs 32768 at least");
  });
});
