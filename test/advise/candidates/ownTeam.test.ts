// A scenario of one's own beside the generic architectures: what it is called, and what they have of it.
import { describe, expect, test } from "vitest";
import { ARCHITECTURES } from "../../../src/advise/candidates/architectures.ts";
import { Candidates } from "../../../src/advise/candidates/candidates.ts";
import { loadOwnTeam } from "../../../src/advise/candidates/ownTeam.ts";
import type { ScenarioError } from "../../../src/documents/checking/problems.ts";
import { memoryFiles } from "../../../src/documents/reading/files.ts";
import type { Overrides } from "../../../src/documents/reading/overrides.ts";
import { parts, TEAM } from "../support.ts";

const AGENTS = `
models: { base: { errorRate: 0.5, pace: 0.7, commonCause: 0.3 } }
agentDefaults: { guess: 0.9, handoff: 0.1, checks: { self: { recall: 0.8 } } }
budget: { tokens: 4800, exponent: 0, depth: 5 }
topology: { header: 7 }
`;

const candidatesWith = async (text: string, overrides: Overrides = {}, file = "mine.yaml") => {
  const task = await loadOwnTeam(file, memoryFiles({ [file]: text }), overrides);
  return new Candidates({ ...parts(undefined, AGENTS), task });
};

const SECTIONS = ["task", "budget", "workload", "objectives", "limits", "sampling"] as const;

describe("a team of one's own", () => {
  test("is the last candidate, as it is written", async () => {
    const all = await candidatesWith(`${TEAM}name: crew\n`);
    expect(all.names).toEqual([...ARCHITECTURES, "crew"]);
    expect(all.ignored).toEqual([]);
    const own = await all.scenario("crew");
    expect(Object.keys(own.agents)).toEqual(["solver", "clerk"]);
    expect(own.agents.solver).toMatchObject({ count: 2, guess: 0.5, handoff: 0 });
    expect(own.topology.header).toBe(20);
  });

  test("is called after its file, or yours where an architecture is called so", async () => {
    expect((await candidatesWith(TEAM)).team?.name).toBe("mine");
    const all = await candidatesWith(TEAM, {}, "hybrid.yaml");
    expect(all.names).toEqual([...ARCHITECTURES, "yours"]);
    expect((await all.scenario("yours")).name).toBe("yours");
    expect(Object.keys((await all.scenario("hybrid")).agents)).toEqual(["worker"]);
  });

  test("that is not valid is told with its places", async () => {
    const text = TEAM.replace("size: 2", "size: -2");
    const error = await candidatesWith(text).catch((e: ScenarioError) => e);
    const [problem] = (error as ScenarioError).problems;
    expect(problem).toMatchObject({ file: "mine.yaml", line: 1, path: "task.graph.size" });
  });

  test("there is none without one", async () => {
    await expect(new Candidates(parts()).scenario("crew")).rejects.toThrow(
      /no candidate crew: must be one of single, /,
    );
  });
});

describe("the generic architectures beside it", () => {
  test("work under the same circumstances: what the file leaves unsaid has its default", async () => {
    const text = `${TEAM}budget: { tokens: 900 }\nobjectives: { latency: 60s }\nworkload: { arrivals: fixed, interval: 5s, tasks: 3 }\nlimits: { turnsPerClaim: 9 }\n`;
    const all = await candidatesWith(text);
    const own = await all.scenario("mine", { repeats: 1 });
    for (const name of ARCHITECTURES) {
      const generic = await all.scenario(name, { repeats: 1 });
      for (const section of SECTIONS) expect(generic[section], section).toEqual(own[section]);
    }
    expect(own.budget).toMatchObject({ tokens: 900, exponent: 0.8, depth: 0 });
  });

  test("have its model as it takes effect there, common causes included", async () => {
    const all = await candidatesWith(TEAM);
    const own = await all.scenario("mine");
    for (const name of ARCHITECTURES)
      expect((await all.scenario(name)).models).toEqual({ base: own.models.gpt });
    expect(own.models.gpt).toMatchObject({ pace: 1, commonCause: 0, family: "gpt" });
  });

  test.each([
    [2, 1, "gpt"],
    [1, 1, "gpt"],
    [1, 2, "mini"],
  ])(
    "have, of several, the model of most agents, of ties the first: %i to %i is %s",
    async (solvers, clerks, model) => {
      const two = "models: { gpt: { errorRate: 0.1 }, mini: { errorRate: 0.2 } }";
      const text = TEAM.replace("models: { gpt: { errorRate: 0.1 } }", two)
        .replace("count: 2", `count: ${solvers}, model: gpt`)
        .replace("clerk: {}", `clerk: { count: ${clerks}, model: mini }`);
      const all = await candidatesWith(text);
      expect(all.team).toMatchObject({ model, models: ["gpt", "mini"] });
      const { models } = await all.scenario("single");
      expect(models.base.errorRate).toBe(model === "gpt" ? 0.1 : 0.2);
    },
  );

  test("have the agents that ship, but for what the file says of all agents", async () => {
    const all = await candidatesWith(`${TEAM}agentDefaults: { guess: 0.4 }\n`);
    const { agents } = await all.scenario("decentralized");
    expect(agents.worker).toMatchObject({ guess: 0.4, handoff: 0.1 });
    expect(agents.worker.checks.self.recall).toBe(0.8);
    expect(all.unsaidOfAgents).toEqual(["handoff", "checks"]);
    const ofAGroup = await candidatesWith(TEAM.replace("count: 2", "count: 2, handoff: 0.3"));
    expect(ofAGroup.unsaidOfAgents).toEqual(["guess", "checks"]);
  });

  test("say themselves what a team is made of", async () => {
    const defaults = "agentDefaults: { count: 4, role: orchestrator, model: gpt }\n";
    const all = await candidatesWith(TEAM.replace("count: 2", "count: 1") + defaults);
    expect((await all.scenario("mine")).agents.clerk).toMatchObject({ count: 4, model: "gpt" });
    expect((await all.scenario("hybrid")).agents.worker).toMatchObject({
      count: 3,
      role: "worker",
      model: "base",
    });
  });

  test("have parameters for its formulas", async () => {
    const text = `parameters: { e: 0.2 }\n${TEAM.replace("errorRate: 0.1", "errorRate: '= e / 2'")}`;
    const { models } = await (await candidatesWith(text)).scenario("single");
    expect(models.base.errorRate).toBe(0.1);
  });
});

describe("a team of people", () => {
  const PEOPLE = `task:
  graph:
    shape: graph
    claims: { facts: { owner: clerk }, payout: { needs: [facts], owner: boss, loss: 9, critical: true } }
success: { critical: true }
agentDefaults:
  kind: human
  errorRate: 0.1
  duration: { distribution: constant, mean: 5min }
  price: { perHour: 30 }
  staff: 2
  shifts: { days: mon-fri, hours: 9:00-17:00 }
  guess: 0.3
agents: { clerk: { fatigue: 0.1 }, boss: {} }
topology: { edges: [{ from: clerk, to: boss }] }
protocol:
  - assign: { mode: owners }
  - work: { who: clerk }
  - send: { from: clerk, to: boss }
  - work: { who: boss }
  - aggregate: { how: first, from: boss }
`;

  test("has no model: the generic architectures have the one that ships, and none of its people", async () => {
    const all = await candidatesWith(PEOPLE);
    expect(all.team).toMatchObject({ model: undefined, models: [] });
    for (const name of ARCHITECTURES) {
      const { agents, models, task, success } = await all.scenario(name);
      expect(models.base).toMatchObject({ errorRate: 0.5, pace: 0.7 });
      expect(agents.worker).toMatchObject({ guess: 0.3, model: "base" });
      for (const field of ["kind", "errorRate", "duration", "price", "staff", "shifts", "fatigue"])
        expect(agents.worker, field).not.toHaveProperty(field);
      expect(success).toEqual({ critical: true });
      expect(task.graph).toMatchObject({
        claims: { facts: {}, payout: { needs: ["facts"], loss: 9, critical: true } },
      });
      expect(JSON.stringify(task)).not.toContain("owner");
    }
  });

  test("stays one of people, whatever is set of the model", async () => {
    const all = await candidatesWith(PEOPLE);
    const own = await all.scenario("mine", {
      "models.base.pace": 0.5,
      "models.base.errorRate": 0.4,
    });
    expect(own).toEqual(await all.scenario("mine"));
    expect(own.models).toEqual({});
    expect(own.agents.clerk).toMatchObject({ kind: "human", errorRate: 0.1, staff: 2 });
    expect((await all.scenario("single", { "models.base.pace": 0.5 })).models.base.pace).toBe(0.5);
  });

  test("and models: people count for no model", async () => {
    const two = "models: { gpt: { errorRate: 0.1 }, mini: { errorRate: 0.2 } }";
    const person =
      "{ kind: human, count: 4, errorRate: 0.3, duration: { distribution: constant, mean: 60 } }";
    const text = TEAM.replace("models: { gpt: { errorRate: 0.1 } }", two)
      .replace("count: 2", "model: mini")
      .replace("clerk: {}", `clerk: ${person}`)
      .concat("agentDefaults: { model: gpt }\n");
    const all = await candidatesWith(text);
    expect(all.team?.model).toBe("mini");
    const own = await all.scenario("mine", { "models.base.errorRate": 0.4 });
    expect(own.models.mini.errorRate).toBe(0.4);
    expect(own.agents.clerk).toMatchObject({ kind: "human", errorRate: 0.3 });
  });
});

describe("values from outside", () => {
  test("in the terms of the file hold for all whom they concern", async () => {
    const set = { "models.gpt.errorRate": 0.3, "agents.solver.count": 5 };
    const all = await candidatesWith(TEAM, set);
    expect((await all.scenario("mine")).agents.solver.count).toBe(5);
    for (const [name, model] of [
      ["mine", "gpt"],
      ["single", "base"],
    ])
      expect((await all.scenario(name)).models[model].errorRate).toBe(0.3);
  });

  test("of the model are set in the own team under the model's name", async () => {
    const all = await candidatesWith(TEAM);
    const set = { "models.base.pace": 0.5 };
    expect((await all.scenario("mine", set)).models.gpt.pace).toBe(0.5);
    expect((await all.scenario("single", set)).models.base.pace).toBe(0.5);
  });

  test("that do not fit are told at the option", async () => {
    const error = await candidatesWith(TEAM, { "agents.solver.cuont": 1 }).catch((e) => e);
    expect((error as ScenarioError).problems[0]).toMatchObject({ file: "(overrides)", line: 1 });
  });
});
