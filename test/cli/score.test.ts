// faultline score: the five dimensions, the composite and the front of scenarios as text and as a document; bad calls.
import { describe, expect, test } from "vitest";
import { faultline } from "./memoryWorld.ts";

describe("faultline score", () => {
  const FILE = `task: { graph: { shape: chain, size: 2 }, policyCritical: 1 }
models: { base: { errorRate: 0.1, violation: 0.1 } }
agents: { worker: {} }
protocol:
  - work: { who: worker }
  - aggregate: { how: concatenate, from: worker }
`;
  const files = {
    "cheap.yaml": FILE,
    "dear.yaml": FILE.replace("errorRate: 0.1", "errorRate: 0.1, price: { output: 100 }"),
    "once.yaml": `${FILE}repeats: 4\n`,
    "stream.yaml": `${FILE}workload: { arrivals: poisson, interval: 10, tasks: 5 }\n`,
    "lax.yaml": FILE.replace(", policyCritical: 1", "").replace(", violation: 0.1", ""),
  };
  const score = (...args: string[]) => faultline(["score", ...args, "--quiet"], { files });
  const FEW = ["--replications", "800"];

  test("prints the dimensions, the composite and the front", async () => {
    const { code, stdout } = await score("cheap.yaml", "dear.yaml", ...FEW, "--sla", "9");
    expect(code).toBe(0);
    for (const text of ["Cost", "Latency", "Efficacy", "Assurance", "Reliability", "On time"])
      expect(stdout).toContain(text);
    expect(stdout).toMatch(/Composite, 0 to 1 +✓ 0\.\d{3} +0\.\d{3}/);
    expect(stdout).toMatch(/front of cost and efficacy +yes +no/);
  });

  test("--json is one document; ratios follow from the figures", async () => {
    const { code, stdout } = await score("cheap.yaml", "dear.yaml", ...FEW, "--json");
    expect(code).toBe(0);
    const { schema, weights, scenarios } = JSON.parse(stdout);
    expect(schema).toBe("faultline/score@1");
    expect(weights).toMatchObject({ cost: 0.2, reliability: 0.2 });
    const [cheap, dear] = scenarios;
    expect(cheap.cna.mean).toBeCloseTo((100 * cheap.efficacy.mean) / cheap.cost.mean, 6);
    expect([cheap.rank, dear.rank]).toEqual([1, 2]);
    expect(cheap.onTime.mean).toBeNull();
  });

  test("says why there is no composite, and what to do", async () => {
    const { code, stdout } = await score("lax.yaml", ...FEW);
    expect(code).toBe(0);
    expect(stdout.replaceAll(/\s+/g, " ")).toContain("assurance of lax is undefined");
    const { stdout: without } = await score("lax.yaml", ...FEW, "--weights", "1,1,1,0,1");
    expect(without).not.toContain("assurance of lax");
  });

  test.each([
    [["cheap.yaml", "--weights", "1,1,1"], 2, "five weights"],
    [["cheap.yaml", "--weights", "0,0,0,0,0"], 2, "not all 0"],
    [["cheap.yaml", "--weights", "1,1,1,1,-1"], 2, "0 or more"],
    [["cheap.yaml", "--sla", "0"], 2, "above 0"],
    [["cheap.yaml", "--normalisation", "none"], 2, "min-max"],
    [["cheap.yaml", "--replications", "4"], 2, "8 at least"],
    [["once.yaml"], 3, "repeats is 4"],
    [["stream.yaml"], 3, "all different"],
    [["missing.yaml"], 2, "no such file"],
  ])("%j ends with %i", async (args, exit, message) => {
    const { code, stderr } = await score(...args);
    expect(code).toBe(exit);
    expect(stderr).toContain(message);
  });
});
