import { describe, expect, test } from "vitest";
import { faultline, type Setting } from "./memoryWorld.ts";

const FEW = ["--replications", "200"];
const advise = (args: readonly string[], setting?: Setting) =>
  faultline(["advise", ...args, ...FEW], setting);
const WORKBENCH = ["--benchmark", "workbench", "--single-success", "0.5"];
const TASK = "task:\n  graph: { shape: chain, size: 2 }\n";

describe("faultline advise", () => {
  test("prints what is recommended, why, and the ranking", async () => {
    const { code, stdout, stderr, written } = await advise(WORKBENCH);
    expect([code, stderr, written]).toEqual([0, "", {}]);
    expect(stdout).toMatch(/^Recommended: \w+, with a chance of /);
    expect(stdout).toContain("\nworkbench, where a single agent succeeds in 50 % of 100 tasks\n");
    expect(stdout).toContain(
      "seed advise · 200 replications of each · success over 3 parameter sets",
    );
    const recommended = /^Recommended: (\w+),/.exec(stdout)?.[1];
    expect(stdout).toMatch(new RegExp(`\n {2}${recommended} +✓ 0\\.\\d`));
    for (const name of ["single", "independent", "decentralized", "centralized", "hybrid"])
      expect(stdout).toMatch(new RegExp(`\n {2}${name} `));
  });

  test("--json is one document, the same for the same input", async () => {
    const { code, stdout } = await advise([...WORKBENCH, "--json"]);
    expect(code).toBe(0);
    const advice = JSON.parse(stdout);
    expect(advice).toMatchObject({
      schema: "faultline/advise@1",
      recommended: expect.any(String),
      sure: { probabilityBest: expect.any(Number), expectedLoss: expect.any(Number) },
      basis: "benchmark",
      why: expect.any(String),
      task: "workbench",
      singleSuccess: 0.5,
      instances: 100,
      number: { path: expect.any(String), value: expect.any(Number), pull: expect.any(Number) },
      seed: "advise",
      replications: 200,
      engine: { semantics: expect.any(Number) },
    });
    expect(advice.architectures).toHaveLength(5);
    for (const architecture of advice.architectures)
      expect(architecture).toMatchObject({
        name: expect.any(String),
        success: { mean: expect.any(Number), ci: [expect.any(Number), expect.any(Number)] },
        probabilityBest: expect.any(Number),
        metrics: {
          success: { mean: expect.any(Number) },
          amplification: { propagation: { ci: expect.any(Array) } },
          turns: { mean: expect.any(Number) },
          costPerSuccess: { ci: expect.any(Array) },
          latency: { p95: { mean: expect.any(Number) } },
        },
      });
    expect((await advise([...WORKBENCH, "--json"])).stdout).toBe(stdout);
  });

  test("takes a task of one's own, and says what of its file does not count", async () => {
    const files = { "mine.yaml": `${TASK}seed: mine\n` };
    const args = ["--task", "mine.yaml", "--single-success", "0.5", "--instances", "40"];
    const { code, stdout } = await advise(args, { files });
    expect(code).toBe(0);
    expect(stdout).toContain("\nmine.yaml, where a single agent succeeds in 50 % of 40 tasks\n");
    expect(stdout).toContain("only the task counts, not seed");
    expect(stdout).toMatch(/a\sshare\sof\s40\stasks/);
  });

  test("hands settings on", async () => {
    const settings = ["--agents", "5", "--budget", "9000", "--price-input", "0"];
    const { stdout } = await advise([...WORKBENCH, ...settings, "--seed", "mine", "--json"]);
    const plain = JSON.parse((await advise([...WORKBENCH, "--seed", "mine", "--json"])).stdout);
    const changed = JSON.parse(stdout);
    const turns = (advice: typeof plain, name: string) =>
      advice.architectures.find((a: { name: string }) => a.name === name).metrics.turns.mean;
    expect(changed.seed).toBe("mine");
    expect(turns(changed, "independent")).toBeGreaterThan(1.3 * turns(plain, "independent"));
  });
});

describe("more that is known", () => {
  test("a measurement and a family move the prediction; a constraint limits the choice", async () => {
    const found = ["--measured", "hybrid=90%:80", "--measured", "single=0.5:20"];
    const { code, stdout } = await advise([
      ...WORKBENCH,
      ...found,
      ...["--family", "openai", "--constraint", "turns <= 12"],
    ]);
    expect(code).toBe(0);
    expect(stdout.replace(/\s+/g, " ")).toContain(
      "measured: hybrid 90 % of 80, single 50 % of 20 · family openai",
    );
    expect(stdout).toMatch(/✗ turns <= 12 is not met by .*hybrid/);
    expect(stdout).toMatch(/^Recommended: (single|independent),/);
  });

  test("a team of one's own is one more candidate", async () => {
    const team = `${TASK}models: { base: { errorRate: 0.1 } }
agents: { worker: { count: 2 } }
protocol:
  - work: { who: worker }
  - aggregate: { how: first, from: worker }
`;
    const args = ["pair.yaml", "--single-success", "0.5", "--set", "agents.worker.count=3"];
    const { code, stdout } = await advise(args, { files: { "pair.yaml": team } });
    expect(code).toBe(0);
    expect(stdout).toMatch(/\n {2}pair +/);
    expect(stdout).toContain("note: pair does not say ");
  });

  test("constraints that nothing meets end with 3, and say what candidates come to", async () => {
    const { code, stdout, stderr } = await advise([...WORKBENCH, "--constraint", "cost < 0"]);
    expect(stderr).toMatch(
      /no candidate meets cost < 0\nThey come to: single 0\.\d+; independent /,
    );
    expect([code, stdout]).toEqual([3, ""]);
  });
});

describe("bad input", () => {
  test.each([
    [[], "advise needs --benchmark NAME, --task FILE or FILE with a team"],
    [["--benchmark", "workbench"], "advise needs --single-success P"],
    [["--benchmark", "workbench", "--task", "x.yaml", "--single-success", "0.5"], "one of them"],
    [
      ["--benchmark", "plancraf", "--single-success", "0.5"],
      "there is no benchmark plancraf; did you mean plancraft?\nThe benchmarks are: browsecomp-plus,",
    ],
    [["--benchmark", "workbench", "--single-success", "0"], "a share above 0 and below 1"],
    [["--benchmark", "workbench", "--single-success", "1"], "a share above 0 and below 1"],
    [["--benchmark", "workbench", "--single-success", "57"], "write 0.57 or 57%"],
    [["--benchmark", "workbench", "--single-success", ""], "needs a value"],
    [[...WORKBENCH, "--agents", "1"], "whole number from 2"],
    [[...WORKBENCH, "--price-output", "-1"], "a number from 0"],
    [[...WORKBENCH, "--set", "agents.worker.count=4"], "is for teams alone"],
    [[...WORKBENCH, "--set", "nonsense"], "is not of the form PATH=VALUE"],
    [[...WORKBENCH, "more.yaml"], "more.yaml and --benchmark both name the task"],
    [[...WORKBENCH, "--measured", "hybrid=0.5"], "is not NAME=RATE:N"],
    [[...WORKBENCH, "--measured", "hybrid=1.5:20"], "a rate from 0 to 1"],
    [[...WORKBENCH, "--measured", "hybrid=0.5:0"], "N tasks from 1"],
    [
      [...WORKBENCH, "--measured", "hybird=0.5:20"],
      "did you mean hybrid?\nThe candidates are: single,",
    ],
    [[...WORKBENCH, "--family", "opneai"], "did you mean openai?\nThe families are: "],
    [[...WORKBENCH, "--constraint", "cots<1"], "--constraint: "],
  ])("%j is a usage error", async (args, message) => {
    const { code, stdout, stderr } = await advise(args);
    expect(stderr).toContain(message);
    expect([code, stdout]).toEqual([2, ""]);
  });

  test.each([
    ["is not there", {}, "mine.yaml: error: there is no file mine.yaml"],
    ["has no task", { "mine.yaml": "seed: x\n" }, "mine.yaml:1:1: error: there is no task"],
    ["has a wrong task", { "mine.yaml": TASK.replace("2", "-2") }, "mine.yaml:2:32: error: "],
    ["is no YAML", { "mine.yaml": "task: [" }, "mine.yaml:1:"],
  ])("a task file that %s is told with its place", async (_, files, message) => {
    const { code, stdout, stderr } = await advise(
      ["--task", "mine.yaml", "--single-success", "0.5"],
      { files },
    );
    expect(stderr).toContain(message);
    expect([code, stdout]).toEqual([3, ""]);
  });

  test("a success that nothing gives is told with the range that can be reached", async () => {
    const files = { "mine.yaml": TASK.replace("2", "60") };
    const { code, stdout, stderr } = await advise(
      ["--task", "mine.yaml", "--single-success", "0.9", "--set", "agents.worker.maxTurns=1"],
      { files },
    );
    expect(stderr).toContain("--single-success 0.9: no value of ");
    expect(stderr).toContain("gives the single agent this success; from 0 % to 0 % can be reached");
    expect([code, stdout]).toEqual([3, ""]);
  });

  test("Ctrl-C prints nothing and exits with 130", async () => {
    const args = ["advise", ...WORKBENCH, "--replications", "1000000"];
    const { code, stdout } = await faultline(args, { interrupt: true });
    expect([code, stdout]).toEqual([130, ""]);
  });
});
