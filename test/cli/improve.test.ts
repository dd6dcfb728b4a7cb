import { describe, expect, test } from "vitest";
import type { ImproveResult } from "../../src/decide/improve/result.ts";
import { memoryDisk } from "./memoryDisk.ts";
import { faultline, type Setting } from "./memoryWorld.ts";

const DESK = `
task: { graph: { shape: chain, size: 2 }, difficultySpread: 1 }
models:
  small: { errorRate: 0.1, price: { input: 0.2, output: 1 } }
  large: { errorRate: 0.02, price: { input: 3, output: 15 } }
agents: { clerk: { model: small } }
protocol: [{ work: { who: clerk } }, { aggregate: { how: first, from: clerk } }]
`;
const files = { "desk.yaml": DESK };

const improve = (args: readonly string[], setting: Setting = { files }) =>
  faultline(["improve", "desk.yaml", "--jobs", "1", ...args], setting);

describe("faultline improve", () => {
  test("answers first, then the path, and saves files that run to the same values", async () => {
    const { code, stdout, stderr, written } = await improve(["--at-most", "2"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^First .*: success rises by \d+\.?\d* ±.* points, for \$/);
    expect(stdout).toContain("The path: all changes so far against today");
    expect(stdout).toContain("left out: ");
    expect(stderr).toContain("saved   out/improve-desk/");
    const result: ImproveResult = JSON.parse(written["out/improve-desk/result.json"]);
    const [step] = result.path;
    const text = written[`out/improve-desk/${step.file}`];
    expect(text).toContain("extends: ../../desk.yaml\nname: desk-step-1\n");
    // Replications of another seed: the two means differ by less than four of their errors, 1 in 10,000 by chance.
    const again = await faultline(
      ["run", `out/improve-desk/${step.file}`, "--json", "--no-save", "--replications", "8000"],
      { files: { ...files, [`out/improve-desk/${step.file}`]: text } },
    );
    const { mean, ci } = JSON.parse(again.stdout).scenarios[0].metrics.success;
    const half = (ci[1] - ci[0] + ((step.goal.ci[1] ?? 1) - (step.goal.ci[0] ?? 0))) / 2;
    expect(Math.abs(mean - (step.goal.mean as number))).toBeLessThan(2 * half);
  });

  test("keeps to a budget and to constraints, and takes loss for loss.total", async () => {
    const args = ["--goal", "success", "--budget", "$0.012", "--constraint", "latency.p95 <= 100"];
    const { stdout } = await improve([...args, "--json", "--no-save", "--at-most", "1"]);
    const result: ImproveResult = JSON.parse(stdout);
    expect(result.budget).toBe(0.012);
    for (const { effect } of result.path) expect(effect.cost.mean).toBeLessThan(0.013);
    expect(result.options.some(({ meets }) => !meets)).toBe(true);
    const loss = await improve(["--goal", "loss", "--no-save"]);
    expect([loss.code, loss.stderr]).toEqual([
      5,
      expect.stringContaining("the scenario has no value of loss.total"),
    ]);
  });

  test.each([
    [["--budget", "0.0000001"], 2, "the budget of $1e-7 a task is below the cheapest option"],
    [["--budget", "much"], 2, "neither an amount, such as $0.05, nor a share"],
    [["--goal", "turns.none"], 2, "there is no metric turns.none"],
    [["--goal", "amplification.task"], 2, "compares with a baseline"],
    [["--constraint", "success >= 1"], 5, "no set of changes meets success >= 1"],
    [["--constraint", "success !"], 2, "--constraint: "],
    [["--goal", "policyViolations"], 2, "--goal"],
  ])("%s ends with %i and one message", async (args, code, message) => {
    const outcome = await improve([...args, "--at-most", "1", "--no-save"]);
    expect(outcome.stderr).toContain(message);
    expect([outcome.code, outcome.stdout]).toEqual([code, ""]);
  });

  test("saves into the folder that is named", async () => {
    const { written } = await improve(["--at-most", "1", "--out", "answer"]);
    expect(Object.keys(written)).toContain("answer/step-1.yaml");
    expect(written["answer/step-1.yaml"]).toContain("extends: ../desk.yaml\n");
  });

  test("goes on from what the store has", async () => {
    const setting = { files, disk: memoryDisk() };
    const first = await improve(["--at-most", "1", "--json"], setting);
    const again = await improve(["--at-most", "1", "--json"], setting);
    expect(again.stdout).toBe(first.stdout);
    const { trials } = (JSON.parse(first.stdout) as ImproveResult).spent;
    expect(again.stderr).toContain(`note: ${trials} of ${trials} trials were stored already`);
  });

  test("interrupted, names the command that goes on with all that decides the answer", async () => {
    const asked = [
      "--goal",
      "success",
      "--budget",
      "$0.05",
      "--constraint",
      "cost <= 100",
      "--at-most",
      "2",
    ];
    const { code, stderr } = await improve(
      [...asked, "--seed", "s", "--set", "models.small.errorRate=0.2", "--fixed"],
      { files, interrupt: true },
    );
    expect(code).toBe(130);
    const command = stderr.replace(/\s+/g, " ");
    for (const words of [
      "improve desk.yaml --goal success --budget 0.05 --constraint 'cost <= 100' --at-most 2",
      "--seed s",
      "--set models.small.errorRate=0.2",
      "--fixed",
    ])
      expect(command).toContain(words);
  });
});
