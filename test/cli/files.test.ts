// The commands about scenario files: validate, schema, inspect.
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { FEW, FILES, faultline, SINGLE } from "./memoryWorld.ts";

describe("faultline validate", () => {
  test("says ok and how large each scenario is", async () => {
    const { code, stdout, stderr } = await faultline(["validate", ...Object.keys(FILES)], {
      files: FILES,
    });
    expect(code).toBe(0);
    expect(stderr).toBe("");
    expect(stdout).toContain("ok demo-single.yaml (demo-single, 1 agent, 2 claims)\n");
    expect(stdout).toContain("ok demo-edited.yaml (demo-edited, 3 agents, 2 claims)\n");
  });

  test("tells a warning with its page, as text and as JSON", async () => {
    const text = SINGLE.replace("models: { ", "models: { spare: { errorRate: 0.1 }, ").replace(
      "worker: {}",
      "worker: { model: base }",
    );
    const files = { "spare.yaml": text };
    const { code, stderr } = await faultline(["validate", "spare.yaml"], { files });
    expect(code).toBe(0);
    expect(stderr).toMatch(/warning: no group of agents has the model spare\n/);
    expect(stderr).toMatch(/\n {2}page: docs\/reference\/troubleshooting\.md#unused-model\n$/);
    const json = await faultline(["validate", "spare.yaml", "--json"], { files });
    expect(JSON.parse(json.stdout).files[0].problems).toEqual([
      expect.objectContaining({ severity: "warning", topic: "unused-model" }),
    ]);
  });

  test("tells problems of every file and ends with 3", async () => {
    const files = { ...FILES, "bad.yaml": SINGLE.replace("0.2", "2") };
    const args = ["validate", "bad.yaml", "demo-vote.yaml"];
    const { code, stdout, stderr } = await faultline(args, { files });
    expect(code).toBe(3);
    expect(stdout).toMatch(/^ok demo-vote\.yaml /);
    expect(stderr).toMatch(/^bad\.yaml:3:\d+: error: /);
    const json = await faultline([...args, "--json"], { files });
    expect(json.code).toBe(3);
    expect(json.stderr).toBe("");
    expect(JSON.parse(json.stdout)).toMatchObject({
      schema: "faultline/validate@1",
      files: [
        { file: "bad.yaml", ok: false, problems: [{ file: "bad.yaml", line: 3 }] },
        { file: "demo-vote.yaml", ok: true, problems: [] },
      ],
    });
  });

  test("--quiet tells problems only", async () => {
    const args = ["validate", "demo-single.yaml", "--quiet"];
    expect(await faultline(args, { files: FILES })).toMatchObject({
      code: 0,
      stdout: "",
      stderr: "",
    });
  });

  test("tells a problem of a shared file once", async () => {
    const files = {
      "base.yaml": SINGLE.replace("0.2", "2"),
      "a.yaml": "extends: base.yaml\n",
      "b.yaml": "extends: base.yaml\n",
    };
    const { stderr } = await faultline(["validate", "a.yaml", "b.yaml"], { files });
    expect(stderr.match(/error:/g)).toHaveLength(1);
  });
});

test("faultline schema prints the JSON Schema", async () => {
  const { code, stdout, stderr } = await faultline(["schema"]);
  expect(code).toBe(0);
  expect(stderr).toBe("");
  const schema = JSON.parse(stdout);
  expect(schema.$schema).toContain("json-schema.org");
  expect(schema.properties).toHaveProperty("protocol");
});

describe("faultline inspect", () => {
  const inspect = (...args: string[]) =>
    faultline(["inspect", "demo-edited.yaml", ...FEW, ...args], { files: FILES });

  test("prints a scenario file that means the same", async () => {
    const { code, stdout, stderr } = await inspect();
    expect(code).toBe(0);
    expect(stderr).toBe("");
    expect(stdout).toMatch(/^# demo-edited: 3 agents, 4 edges, 2 claims, longest chain 2\n/);
    expect(stdout).toMatch(/\n# {3}turns +\d/);
    const again = await faultline(["inspect", "copy.yaml", ...FEW], {
      files: { "copy.yaml": stdout },
    });
    expect(parse(again.stdout)).toEqual(parse(stdout));
  });

  test("runs no longer a pilot than the scenario asks for", async () => {
    const files = { "a.yaml": `${SINGLE}replications: 16\n` };
    const { stdout } = await faultline(["inspect", "a.yaml", "--json"], { files });
    expect(JSON.parse(stdout).replications).toBe(16);
  });

  test("--json has the scenario, its size and what a pilot expects", async () => {
    const document = JSON.parse((await inspect("--json")).stdout);
    expect(document).toMatchObject({
      schema: "faultline/inspect@1",
      agents: 3,
      edges: 4,
      claims: { mean: 2, largest: 2, depth: 2 },
      replications: 40,
      scenario: { name: "demo-edited", replications: 2000 },
    });
    expect(document.expectedTurns.mean).toBeGreaterThan(4);
    expect(document.expectedTurns.mean).toBeLessThanOrEqual(document.turnLimit);
    expect(document.expectedSuccess.ci).toHaveLength(2);
  });

  describe("of a stream of tasks", () => {
    const LATER = "objectives: { latency: 5s }\n";
    const STREAM = `${SINGLE}workload: { arrivals: fixed, interval: 1s, tasks: 20 }\n`;
    const of = (text: string, ...args: string[]) =>
      faultline(["inspect", "a.yaml", "--replications", "100", ...args], {
        files: { "a.yaml": text },
      });

    test("says the offered load of each agent, and who cannot keep up", async () => {
      const { code, stdout } = await of(STREAM);
      expect(code).toBe(0);
      expect(stdout).toMatch(/^# {3}agent {3}staff {2}load .*seconds per task$/m);
      expect(stdout).toMatch(/^# {3}worker {2}1 {6}\d.*cannot keep up$/m);
      expect(stdout).not.toContain("staff that keeps");
    });

    test("--staffing says how many staff keep 95 % of them within the objective", async () => {
      const { code, stdout, stderr } = await of(STREAM + LATER, "--staffing");
      expect(code).toBe(0);
      expect(stderr).toBe("");
      expect(stdout).toContain(
        "# staff that keeps 95 % of the tasks within 5 s, all else as stated",
      );
      expect(stdout).toMatch(/^# {3}worker {5}(\d+ (to \d+|or more) |\d+ |no number of )staff/m);
      const again = await of(stdout, "--staffing");
      expect(again.stdout).toBe(stdout);
    });

    test("--staffing needs a stream and an objective", async () => {
      const { code, stderr } = await of(SINGLE, "--staffing");
      expect(code).toBe(2);
      expect(stderr).toContain(
        "--staffing needs tasks that arrive over time (workload.arrivals) and objectives.latency, which",
      );
      expect((await of(STREAM, "--staffing")).stderr).toContain("needs objectives.latency");
      expect((await of(SINGLE + LATER, "--staffing")).stderr).toContain("needs tasks that arrive");
    });
  });
});
