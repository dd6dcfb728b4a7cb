// What is called in a wrong way: one line that says what is wrong, a hint, exit code 2, and nothing done.
import { describe, expect, test } from "vitest";
import { FILES, faultline } from "./memoryWorld.ts";

const run = ["run", "demo-single.yaml"];
const both = ["compare", "demo-single.yaml", "demo-vote.yaml"];

describe("usage errors", () => {
  test.each<[string[], string]>([
    [[], "no command is given"],
    [["rnu"], "there is no command rnu; did you mean run?"],
    [["clear", "demo-single.yaml"], "the command clear is called score now"],
    [["run"], "run needs FILE..."],
    [["run", ""], "run cannot use an empty FILE..."],
    [["run", "nope.yaml"], "nope.yaml: there is no such file"],
    [["validate", "nope.yaml"], "nope.yaml: there is no such file"],
    [["schema", "x"], "there is no schema x"],
    [["schema", "targets", "x"], "schema takes one [KIND]: x is one too many"],
    [["inspect", "a", "b"], "inspect takes one FILE: b is one too many"],
    [
      [...run, "--replicatons", "3"],
      "there is no option --replicatons; did you mean --replications?",
    ],
    [[...run, "--constructor", "3"], "there is no option --constructor"],
    [[...run, "-q"], "there is no option -q"],
    [[...run, "-out", "x"], "there is no option -out; did you mean --out?"],
    [[...run, "--o", "x"], "there is no option --o"],
    [[...run, "-o"], "--out needs a value: --out DIR"],
    [["run", "--", "-o"], "-o: there is no such file"],
    [["validate", "demo-single.yaml", "-o", "x"], "validate has no option --out"],
    [["validate", "demo-single.yaml", "--record", "csv"], "validate has no option --record"],
    [
      [...run, "--replications", "0"],
      '--replications: "0" is not a whole number from 1 to 1000000000',
    ],
    [[...run, "--replications", "-5"], '--replications: "-5" is not a whole number from 1 to'],
    [[...run, "--replications", "1e99"], '--replications: "1e99" is not a whole number from 1 to'],
    [[...run, "--replications", "0x10"], '--replications: "0x10" is not a whole number from 1 to'],
    [[...run, "--replications", "2.5"], '--replications: "2.5" is not a whole number from 1 to'],
    [[...run, "--replications", "many"], '--replications: "many" is not a whole number from 1 to'],
    [[...run, "--replications"], "--replications needs a value: --replications N"],
    [[...run, "--seed", ""], "--seed needs a value: --seed TEXT"],
    [[...run, "--seed", "--json"], "--seed needs a value: --seed TEXT"],
    [[...run, "--seed", "x".repeat(201)], "--seed: a value has 1 to 200 characters"],
    [[...run, "--set", "seed"], '--set: "seed" is not of the form PATH=VALUE'],
    [[...run, "--set", "=1"], '--set: "=1" is not of the form PATH=VALUE'],
    [
      [...run, "--record", "csv", "--no-save"],
      "--record writes a file: it cannot go with --no-save",
    ],
    [["run", "demo-single.yaml", "demo-single.yaml"], "two scenarios are called demo-single"],
    [
      ["trace", "demo-single.yaml", "--replication", "4294967296"],
      "is not a whole number from 0 to",
    ],
    [[...run, "--jobs", "0"], '--jobs: "0" is not a whole number from 1 to 256'],
    [[...run, "--cap", "100"], "--cap is for --precision: it cannot stand alone"],
    [
      [...run, "--precision", "success=1%", "--replications", "9"],
      "--replications and --precision contradict each other",
    ],
    [[...run, "--precision", "success"], '--precision: "success" is not of the form METRIC=WIDTH'],
    [[...run, "--precision", "success=0"], '"success=0" is not of the form METRIC=WIDTH'],
    [
      [...run, "--precision", "sucess=1%"],
      "--precision: there is no metric sucess; did you mean success?",
    ],
    [
      [...run, "--precision", "amplification.task=1%"],
      "--precision: amplification.task compares with a baseline: it needs compare",
    ],
    [both, "compare needs --baseline NAME"],
    [["compare", "demo-single.yaml", "--baseline", "single"], "compare needs two files or more"],
    [[...both, "--baseline", "sngle"], "no scenario is called sngle; did you mean single?"],
    [[...both, "--baseline", "single", "--set", "repeats=x"], "repeats"],
  ])("faultline %j", async (args, message) => {
    const { code, stdout, stderr, written } = await faultline(args, { files: FILES });
    expect(stderr).toContain(message);
    expect(code).toBe(message === "repeats" ? 3 : 2);
    expect(stdout).toBe("");
    expect(written).toEqual({});
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  test("point at the help of the command", async () => {
    expect((await faultline(["run", "--nope"])).stderr).toMatch(/\nSee faultline run --help\n$/);
    expect((await faultline(["nope"])).stderr).toMatch(/\nSee faultline --help\n$/);
  });

  test("scenarios that cannot be paired", async () => {
    const files = { ...FILES, "demo-vote.yaml": `${FILES["demo-vote.yaml"]}repeats: 3\n` };
    const { code, stderr, written } = await faultline([...both, "--baseline", "single"], { files });
    expect(code).toBe(2);
    expect(stderr).toContain("demo-vote and demo-single cannot be paired");
    expect(written).toEqual({});
  });
});

describe("internal errors", () => {
  // A file that breaks while it is read stands for a mistake in the program.
  const files = Object.defineProperty({ ...FILES }, "demo-single.yaml", {
    get: () => {
      throw new Error("boom");
    },
    enumerable: true,
  });

  test("are one line and a hint", async () => {
    const { code, stderr } = await faultline(run, { files });
    expect(code).toBe(1);
    expect(stderr).toBe(
      "faultline: internal error: boom\nRun again with FAULTLINE_DEBUG=1 to see where it happened.\n",
    );
  });

  test("show the stack when asked", async () => {
    const { stderr } = await faultline(run, { files, env: { FAULTLINE_DEBUG: "1" } });
    expect(stderr).toMatch(/\n\s+at /);
  });
});
