// Scenarios with uncertain numbers on the command line: how they are asked for, and what is told of them.
import { describe, expect, test } from "vitest";
import { memoryDisk } from "./memoryDisk.ts";
import { faultline } from "./memoryWorld.ts";

const scenario = (errorRate: string) => `
task: { graph: { shape: chain, size: 1 } }
models: { base: { errorRate: ${errorRate}, latency: { distribution: constant, mean: 1 } } }
agents: { worker: {} }
protocol: [{ work: { who: worker } }, { aggregate: { how: majority } }]
repeats: 1
thresholds: ["success >= 0.8"]
`;

const UNCERTAIN = { "team.yaml": scenario("{ uniform: [0.05, 0.25] }") };
const KNOWN = { "team.yaml": scenario("0.15") };
const FEW = ["--draws", "8", "--replications", "1"];

describe("faultline run", () => {
  test("tells the draws, the parts of the interval and the chance of a threshold", async () => {
    const { stdout, stderr, written } = await faultline(["run", "team.yaml", ...FEW], {
      files: UNCERTAIN,
    });
    expect(stdout).toContain(
      "1,024 replications of 1,024 instances · 8 draws of uncertain numbers",
    );
    const words = stdout.replace(/\s+/g, " ");
    expect(words).toMatch(
      /Uncertain numbers make \d+ % of the variance of success, and simulation \d+ %\./,
    );
    expect(words).toMatch(/inconclusive team: success >= 0.8, is .*, \d+ % likely to hold/);
    expect(stderr).toMatch(/repeat {2}faultline run team.yaml .*--draws 8/);
    const named = (name: string) =>
      Object.entries(written).find(([path]) => path.endsWith(name))?.[1] as string;
    const manifest = JSON.parse(named("manifest.json"));
    expect(manifest.scenarios[0].uncertain.draws).toBe(8);

    // What is saved reads back.
    const disk = memoryDisk();
    disk.files.set("result.json", Buffer.from(named("result.json")));
    const report = await faultline(["report", "result.json", "--out", "report.md"], { disk });
    expect(report.code).toBe(0);
    const page = report.written["report.md"].replace(/\s+/g, " ");
    expect(page).toContain("of the variance of success, and simulation");
    expect(page).toContain("Draws of uncertain numbers");
  });

  test("--fixed is a run of the values, byte for byte", async () => {
    const args = ["run", "team.yaml", "--replications", "50", "--json", "--no-save"];
    const { stdout } = await faultline([...args, "--fixed"], { files: UNCERTAIN });
    expect(stdout).toBe((await faultline(args, { files: KNOWN })).stdout);
    expect(stdout).not.toContain("parameters");
  });

  test("refuses what contradicts itself", async () => {
    const { code, stderr } = await faultline(["run", "team.yaml", ...FEW, "--fixed"], {
      files: UNCERTAIN,
    });
    expect(code).toBe(2);
    expect(stderr).toContain("--fixed and --draws contradict each other");
  });
});

test("faultline sweep gives the same bytes for any number of threads, and runs no cell twice", async () => {
  const disk = memoryDisk();
  const sweep = (...args: string[]) =>
    faultline(
      ["sweep", "team.yaml", ...FEW, "--vary", "agents.worker.count=1,2", "--json", ...args],
      { files: UNCERTAIN, disk },
    );
  const one = await sweep("--jobs", "1");
  expect(JSON.parse(one.stdout).rows[0]).toMatchObject({ status: "ok", draws: 8 });
  expect((await sweep("--jobs", "2", "--out", "other")).stdout).toBe(one.stdout);
  expect((await sweep()).stderr).toContain("2 of 2 cells were stored already");
});

test("what follows one replication takes the values alone, and says so", async () => {
  const { stdout, stderr } = await faultline(["trace", "team.yaml"], { files: UNCERTAIN });
  expect(stderr).toBe("note: trace takes the values of the uncertain numbers of team alone\n");
  expect(stdout).toBe((await faultline(["trace", "team.yaml"], { files: KNOWN })).stdout);
});

test("faultline score adds what the numbers add to efficacy", async () => {
  const files = { "team.yaml": scenario("{ beta: [12, 88] }").replace("repeats: 1", "repeats: 8") };
  const args = ["score", "team.yaml", "--draws", "8", "--replications", "8"];
  const { stdout, code } = await faultline(args, { files });
  expect(code).toBe(0);
  expect(stdout.replace(/\s+/g, " ")).toMatch(
    /Uncertain numbers make .* of the variance of efficacy, and simulation .*\./,
  );
});
