// Policy-critical claims, violations and guards, against closed forms. Fixed seed "test"; each estimate is compared at its
// 99.9 % interval (false-alarm rate 1 in 1,000 a comparison over seeds). Where the outcome is certain, exactly.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { TraceEvent } from "../../src/experiment/trace/document.ts";
import { trace } from "../../src/experiment/trace/trace.ts";
import { FIELD, OUTCOME_FIELDS } from "../../src/model/outcome.ts";
import { problemsOf, scenarioText } from "../scenario/support.ts";
import { agrees, measure, outcomes, team, type Written } from "../support/scenarios.ts";

const REPLICATIONS = 20_000;
const second = { distribution: "constant", mean: 1 };

/** One agent whose claims are all policy-critical unless the task says otherwise. */
function agent(violation: number, guard: Written, { task = {}, ...written }: Written = {}) {
  return team(1, {
    task: { graph: { shape: "chain", size: 1 }, policyCritical: 1, ...(task as Written) },
    models: { base: { errorRate: 0, violation, latency: second } },
    agents: { worker: { checks: { guard } } },
    ...written,
  });
}

describe("violations", () => {
  test("come with the rate of the model, and adherence is what is left", async () => {
    const metrics = ["policyAdherence", "policy.actions", "policy.violations", "success"];
    const [adherence, actions, violations, success] = await measure(
      agent(0.2, {}, { task: { graph: { shape: "chain", size: 5 } } }),
      REPLICATIONS,
      metrics,
    );
    expect(agrees(adherence, 0.8)).toBe(true);
    expect(actions.mean).toBe(5);
    expect(agrees(violations, 1)).toBe(true);
    expect(success.mean).toBe(1);
  });

  test("are independent of whether the claim is right", () => {
    const of = agent(0.3, {}, { models: { base: { errorRate: 0.4, violation: 0.3 } } });
    let both = 0;
    for (const outcome of outcomes(of, REPLICATIONS))
      if (outcome[FIELD.violations] === 1 && outcome[FIELD.failure] === 1) both++;
    const deviation = Math.sqrt((0.12 * 0.88) / REPLICATIONS);
    expect(Math.abs(both / REPLICATIONS - 0.12)).toBeLessThan(3.29 * deviation);
  });

  test("need policy-critical claims: a share of all, the same in all repeats of an instance", async () => {
    const task = { graph: { shape: "chain", size: 8 }, policyCritical: 0.25 };
    const of = agent(0.1, {}, { task, repeats: 4 });
    const [actions] = await measure(of, REPLICATIONS, ["policy.actions"]);
    expect(agrees(actions, 2)).toBe(true);
    const critical = outcomes(of, 400).map((outcome) => outcome[FIELD.policyActions]);
    for (let i = 0; i < critical.length; i++) expect(critical[i]).toBe(critical[i - (i % 4)]);
    expect(new Set(critical).size).toBeGreaterThan(1);
  });

  test("give no adherence where no claim is policy-critical", async () => {
    const [adherence] = await measure(team(1), 100, ["policyAdherence"]);
    expect(adherence.mean).toBeNull();
    expect(adherence.undefined).toContain("task.policyCritical");
  });

  test("change nothing else", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (violation) => {
        const models = (rate: number) => ({ base: { errorRate: 0.2, violation: rate } });
        const task = { graph: { shape: "chain", size: 4 } };
        const checks = { self: { recall: 0.8, falseAlarm: 0.1 } };
        const made = (policyCritical: number, rate: number) =>
          outcomes(
            agent(
              rate,
              {},
              {
                task: { ...task, policyCritical },
                models: models(rate),
                agents: { worker: { checks, maxTurns: 7 } },
              },
            ),
            20,
          );
        const without = made(0, 0);
        for (const [i, outcome] of made(0.5, violation).entries())
          for (const field of OUTCOME_FIELDS)
            if (!["policyActions", "violations"].includes(field))
              expect(outcome[FIELD[field]]).toBe(without[i][FIELD[field]]);
      }),
      { seed: 1, numRuns: 20 },
    );
  });
});

describe("a guard", () => {
  test("has violations and false alarms made again: a geometric number of turns", async () => {
    const [violation, recall, falseAlarm] = [0.4, 0.7, 0.2];
    const [turns, caught, actions, adherence] = await measure(
      agent(violation, { recall, falseAlarm }),
      REPLICATIONS,
      ["turns", "policy.caught", "policy.actions", "policyAdherence"],
    );
    const passes = 1 - violation * recall - (1 - violation) * falseAlarm;
    expect(agrees(turns, 1 / passes)).toBe(true);
    expect(agrees(caught, (violation * recall) / passes)).toBe(true);
    expect(actions.mean).toBe(1);
    expect(agrees(adherence, 1 - (violation * (1 - recall)) / passes)).toBe(true);
  });

  test("costs a task that runs out of turns", async () => {
    const of = agent(
      1,
      { recall: 0.6 },
      {
        agents: { worker: { maxTurns: 3, checks: { guard: { recall: 0.6 } } } },
      },
    );
    const [success, missing] = await measure(of, REPLICATIONS, ["success", "missingClaims"]);
    expect(agrees(success, 1 - 0.6 ** 3)).toBe(true);
    expect(agrees(missing, 0.6 ** 3)).toBe(true);
  });

  test("that sees everything lets no violation pass", async () => {
    const [adherence, turns] = await measure(agent(0.5, { recall: 1 }), REPLICATIONS, [
      "policyAdherence",
      "turns",
    ]);
    expect(adherence.mean).toBe(1);
    expect(agrees(turns, 2)).toBe(true);
  });

  test("looks at policy-critical claims only", () => {
    const of = agent(
      0,
      { falseAlarm: 0.9 },
      {
        task: { graph: { shape: "chain", size: 6 }, policyCritical: 0 },
      },
    );
    for (const outcome of outcomes(of, 50)) expect(outcome[FIELD.turns]).toBe(6);
  });

  test("makes work done again overhead", () => {
    const of = agent(1, { recall: 0.5 });
    for (const outcome of outcomes(of, 50))
      expect(outcome[FIELD.overheadTokens] > 0).toBe(outcome[FIELD.turns] > 1);
  });

  test("is told of in a trace", () => {
    const events: TraceEvent[] = [];
    trace(agent(1, { recall: 0.5 }), { seed: "test", onEvent: (event) => events.push(event) });
    const count = (name: TraceEvent["event"]) => events.filter((e) => e.event === name).length;
    expect(count("stopped")).toBe(count("turnEnded") - 1);
    expect(events.find((e) => e.event === "stopped") ?? {}).toMatchObject(
      count("stopped") > 0 ? { agent: "worker", violates: true } : {},
    );
  });
});

describe("what makes no sense", () => {
  const text = (policyCritical: number, violation: string, guard: string) =>
    scenarioText({
      task: `task: { graph: { shape: chain, size: 3 }, policyCritical: ${policyCritical} }`,
      models: `models: { base: { errorRate: 0.1${violation} } }`,
      agents: `agents: { boss: { role: orchestrator }, worker: { checks: { ${guard} } } }`,
    });

  test.each([
    [text(0.5, "", "guard: { falseAlarm: 1 }"), "agents.worker.checks.guard", "none is ever made"],
    [text(0.5, ", violation: 1", "guard: { recall: 1 }"), "agents.worker.checks.guard", "none is"],
    [text(0, ", violation: 0.1", ""), "models.base.violation", "no claim is policy-critical"],
    [text(0, "", "guard: { recall: 1 }"), "agents.worker.checks.guard", "no claim is policy"],
    [text(1.2, "", ""), "task.policyCritical", ""],
    [text(0.5, ", violation: -0.1", ""), "models.base.violation", ""],
  ])("is told: %#", async (written, path, message) => {
    const problems = await problemsOf(written);
    expect(problems).toHaveLength(1);
    expect(JSON.stringify(problems[0])).toContain(path);
    expect(problems[0].message).toContain(message);
  });
});
