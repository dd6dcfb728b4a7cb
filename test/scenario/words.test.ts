// The small tools: thresholds, references to agents, and the normal form.
import { describe, expect, test } from "vitest";
import { canonicalJson } from "../../src/documents/canonicalJson.ts";
import {
  agentNames,
  agentResolver,
  countAgents,
  defaultHub,
} from "../../src/scenario/agents/references.ts";
import { parseThreshold } from "../../src/scenario/objectives/thresholds.ts";
import { parseOverride } from "../../src/scenario/overrides.ts";
import { load, scenarioText } from "./support.ts";

describe("thresholds", () => {
  test("are metric, operator and number", () => {
    expect(parseThreshold("success >= 0.4")).toEqual({
      metric: "success",
      operator: ">=",
      value: 0.4,
    });
    expect(parseThreshold(" amplification.propagation<5e0 ")).toEqual({
      metric: "amplification.propagation",
      operator: "<",
      value: 5,
    });
    expect(parseThreshold("latency.p95 > -.5")?.value).toBe(-0.5);
  });

  test("are nothing else", () => {
    const wrong = [
      "",
      "success",
      "success >=",
      ">= 1",
      "success = 1",
      "success => 1",
      "success >= x",
    ];
    for (const text of [
      ...wrong,
      "a. >= 1",
      "success >= 1 2",
      "success >= 40%",
      "success >= 1e999",
    ])
      expect(parseThreshold(text), text).toBeUndefined();
  });
});

describe("references", () => {
  const agent = (count: number, role = "worker") => ({ count, role });
  const team = { agents: { worker: agent(3), none: agent(0), boss: agent(1, "orchestrator") } };

  test("name agents by group, and number where there are several", () => {
    expect(agentNames(team)).toEqual(["worker.1", "worker.2", "worker.3", "boss"]);
    expect(countAgents(team)).toBe(4);
  });

  test("stand for agents in their order, each once", () => {
    expect(agentResolver(team)(["worker"])).toEqual([0, 1, 2]);
    expect(agentResolver(team)(["boss", "worker.2", "worker.2"])).toEqual([1, 3]);
    expect(agentResolver(team)(["boss.1", "none"])).toEqual([3]);
  });

  test("of nobody are refused", () => {
    for (const reference of ["crew", "worker.0", "worker.4", "none.1", "toString"])
      expect(() => agentResolver(team)([reference])).toThrow(
        /a reference names a group or a member/,
      );
  });

  test("every name refers to its agent", () => {
    const names = agentNames(team);
    expect(names.map((name) => agentResolver(team)([name]))).toEqual([[0], [1], [2], [3]]);
  });

  test("the hub is the first orchestrator, else the first agent", () => {
    expect(defaultHub(team)).toBe(3);
    expect(defaultHub({ agents: { a: agent(2), b: agent(0, "orchestrator") } })).toBe(0);
  });
});

describe("overrides from a command line", () => {
  test("are path and YAML value", () => {
    expect(parseOverride("agents.worker.count=5")).toEqual({
      path: "agents.worker.count",
      value: 5,
    });
    expect(parseOverride("seed = a=b")).toEqual({ path: "seed", value: "a=b" });
    expect(parseOverride("a=[1, x]")?.value).toEqual([1, "x"]);
    expect(parseOverride("a=")?.value).toBeNull();
    expect(parseOverride("a== 2 * p")?.value).toBe("= 2 * p");
  });

  test("are nothing else", () => {
    for (const text of ["", "a", "=5", "a=[", "a=*x", "a={b: &b [*b, *b]}"])
      expect(parseOverride(text), text).toBeUndefined();
  });
});

describe("the normal form", () => {
  test("says what was left to be understood", async () => {
    const { scenario } = await load(scenarioText());
    expect(scenario.agents.worker.model).toBe("base");
    expect(scenario.models.base.family).toBe("base");
    expect(scenario.name).toBe("team");
  });

  test("is the same for files that say the same in another order", async () => {
    const a = await load(
      scenarioText({ agents: "agents: { boss: { guess: 1, handoff: 0 }, worker: {} }" }),
    );
    const b = await load(
      scenarioText({
        head: "workload: { arrivals: one }",
        agents: "agents: { boss: { handoff: 0, guess: 1 }, worker: {} }",
      }),
    );
    expect(canonicalJson(a.scenario)).toBe(canonicalJson(b.scenario));
  });

  test("keeps the order of groups, which has a meaning", async () => {
    const { scenario } = await load(scenarioText({ agents: "agents: { worker: {}, boss: {} }" }));
    expect(agentNames(scenario)).toEqual(["worker", "boss"]);
  });

  test("loads as itself", async () => {
    const { scenario } = await load(scenarioText({ tail: "limits: { time: 2h }" }));
    const again = await load(canonicalJson(scenario));
    expect(canonicalJson(again.scenario)).toBe(canonicalJson(scenario));
  });

  test("has no place for what JSON cannot hold", () => {
    for (const value of [Number.NaN, Infinity, () => 1, Symbol("s")])
      expect(() => canonicalJson({ a: [value] })).toThrow(/^a|0 is .*JSON holds/);
  });
});

test("a scenario without a name is called after its file", async () => {
  const { loadScenario } = await import("../../src/scenario/load.ts");
  const { memoryFiles } = await import("../../src/documents/reading/files.ts");
  const nameOf = async (file: string) =>
    (await loadScenario(file, { files: memoryFiles({ [file]: scenarioText() }) })).scenario.name;
  expect(await nameOf("folder/finance-single.yaml")).toBe("finance-single");
  expect(await nameOf("a b.v2.yaml")).toBe("a-b-v2");
  expect(await nameOf("2025.json")).toBe("scenario-2025");
});
