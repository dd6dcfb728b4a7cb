// faultline choose on the command line: what it prints and saves, and what it refuses.
import { describe, expect, test } from "vitest";
import { memoryDisk } from "./memoryDisk.ts";
import { faultline } from "./memoryWorld.ts";

const team = (errorRate: number, price = 1) => `
task: { graph: { shape: layers, layers: [3] } }
models: { base: { errorRate: ${errorRate}, thinking: 100, prompt: 100, price: { input: ${price}, output: ${price} } } }
agents: { writer: {} }
protocol: [{ work: { who: writer } }, { aggregate: { how: first, from: writer } }]
`;
const FILES = {
  "good.yaml": team(0.05, 3),
  "fair.yaml": team(0.1),
  "poor.yaml": team(0.4, 0.5),
  "same.yaml": team(0.1),
  "stream.yaml": `${team(0.1)}workload: { arrivals: poisson, interval: 10s, tasks: 20 }\n`,
};
const ask = (names: readonly string[], args: readonly string[] = [], setting = {}) =>
  faultline(
    ["choose", ...names.map((name) => `${name}.yaml`), ...args, "--jobs", "1", "--seed", "x"],
    {
      files: FILES,
      ...setting,
    },
  );
const words = (text: string) => text.replace(/\s+/g, " ");

describe("faultline choose", () => {
  test("names the best, what it took, and by whom the others were beaten", async () => {
    const { code, stdout, stderr, written } = await ask(["fair", "good", "poor"]);
    expect(code).toBe(0);
    // (1 - 0.05)³ = .857
    expect(words(stdout)).toMatch(
      /^good is the best of 3: it has the highest success, 8[56][.\d]* % \(.*\), with a certainty of 95 %\. It took/,
    );
    expect(words(stdout)).toMatch(/poor 0\.2[^─]* worse/);
    expect(stderr).toContain("out/choose-scenarios/");
    const result = JSON.parse(written["out/choose-scenarios/result.json"]);
    expect(result).toMatchObject({ schema: "faultline/choose@1", chosen: "good", verdict: "best" });
    // (1 - 0.1)³ - (1 - 0.05)³ = -.128
    const [low, high] = result.scenarios[0].difference.ci;
    expect(low).toBeLessThan(-0.128);
    expect(high).toBeGreaterThan(-0.129);
  });

  test("with a constraint it names the cheapest that meets it, and without one that does, the nearest", async () => {
    const cheapest = await ask(
      ["fair", "good", "poor"],
      ["--metric", "cost", "--constraint", "success>=0.6"],
    );
    expect(words(cheapest.stdout)).toMatch(
      /^fair is the best of 3 of those that meet success >= 0\.6: it has the lowest cost/,
    );
    expect(words(cheapest.stdout)).toMatch(/poor .* unfit/);
    const nobody = await ask(["fair", "poor"], ["--constraint", "success>=0.99"]);
    expect(nobody.code).toBe(5);
    expect(words(nobody.stdout)).toMatch(
      /^No scenario meets success >= 0\.99\. fair comes nearest: success is 7\d/,
    );
  });

  test("twins are alike, and a low cap leaves a choice open", async () => {
    const alike = await ask(["fair", "same"]);
    expect(alike.code).toBe(5);
    expect(words(alike.stdout)).toMatch(
      /^fair and same cannot be told apart: they had the same success in all/,
    );
    const content = await ask(["fair", "same"], ["--within", "0.01"]);
    expect(words(content.stdout)).toMatch(/^fair is the best of 2, or within 1 points? of it/);
    const close = { ...FILES, "near.yaml": team(0.10002) };
    const open = await ask(["fair", "near"], ["--cap", "2560"], { files: close });
    expect(open.code).toBe(5);
    expect(words(open.stdout)).toMatch(
      /^Undecided between fair and near after 2,560 replications of each/,
    );
  });

  test("is the same for any number of threads, and goes on from its store", async () => {
    const disk = memoryDisk();
    const first = await ask(["fair", "good"], ["--json"], { disk });
    const again = await ask(["fair", "good"], ["--json", "--jobs", "2"], { disk });
    expect(again.stdout).toBe(first.stdout);
    expect(again.stderr).toMatch(/note: (\d+) of \1 trials were stored already/);
  });

  test.each([
    [["fair"], [], "one scenario alone"],
    [["fair", "fair"], [], "two scenarios are called fair"],
    [["fair", "stream"], [], "cannot be observed together"],
    [["fair", "good"], ["--metric", "sucess"], "did you mean success?"],
    [["fair", "good"], ["--metric", "amplification.task"], "compares with a baseline"],
    [["fair", "good"], ["--metric", "messages"], "--goal"],
    [["fair", "good"], ["--confidence", "40%"], "not a confidence"],
    [["fair", "good"], ["--within", "-1"], "not a number from 0"],
    [["fair", "good"], ["--constraint", "cost"], "--constraint"],
    [["fair", "good"], ["--cap", "100"], "a decision takes at least 2560"],
  ])("refuses %j %j", async (names, args, message) => {
    const { code, stderr, written } = await ask(names, args);
    expect(code).toBe(2);
    expect(words(stderr)).toContain(message);
    expect(Object.keys(written).filter((path) => path.endsWith("result.json"))).toEqual([]);
  });
});
