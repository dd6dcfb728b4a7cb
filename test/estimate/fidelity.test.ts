// What an estimated scenario takes over, so that it has the figures of the team that it came from. Simulations have a fixed seed.
import { expect, test } from "vitest";
import { estimateCalls } from "../../src/estimate/calls.ts";
import { estimatesOf } from "../../src/estimate/estimatesOf.ts";
import { groupsOf } from "../../src/estimate/team/groups.ts";
import { likeDraft } from "../../src/estimate/team/like.ts";
import { Renaming } from "../../src/estimate/team/names.ts";
import { shippedPriors } from "../../src/estimate/team/priors.ts";
import { teamDraft } from "../../src/estimate/team/scenario.ts";
import { shapeOf } from "../../src/estimate/team/shape.ts";
import { structureOf } from "../../src/estimate/team/structure.ts";
import type { LoggedRun } from "../../src/logs/run.ts";
import { logistic, logit } from "../../src/numerics/logit.ts";
import { scenarioSchema } from "../../src/scenario/schema.ts";
import { run, turn } from "./teamSupport.ts";

const priors = shippedPriors();

function draftOf(logged: readonly LoggedRun[]) {
  const renaming = new Renaming(groupsOf(logged));
  const runs = logged.map((one) => renaming.run(one));
  const structure = structureOf(runs.flatMap((one) => shapeOf(one) ?? []));
  return teamDraft({ name: "team", structure, estimates: estimatesOf(runs), renaming, priors });
}

const many = (make: (i: number) => LoggedRun) => Array.from({ length: 20 }, (_, i) => make(i));

test("a person has a duration, and a program that takes no time has none", () => {
  const { tree } = draftOf(
    many((i) =>
      run(`r${i}`, [
        turn("writer", { model: "m", seconds: 2 }),
        turn("merge"),
        turn("clerk", { seconds: 300 + i }),
      ]),
    ),
  );
  const { clerk, merge } = tree.agents as Record<string, { kind: string; duration?: object }>;
  expect(clerk).toMatchObject({ kind: "human", duration: { mean: 309.5 } });
  expect(merge.kind).toBe("code");
  expect(merge).not.toHaveProperty("duration");
});

test("claims that runs name are those of a single agent, with their premises", () => {
  const made = [
    turn("solver", { makes: "a", buildsOn: [] }),
    turn("solver", { makes: "b", buildsOn: [] }),
    turn("solver", { makes: "c", buildsOn: [0, 1] }),
  ];
  const { tree } = draftOf(many((i) => run(`r${i}`, made)));
  expect((tree.task as { graph: object }).graph).toEqual({
    shape: "graph",
    claims: { a: [], b: [], c: ["a", "b"] },
  });
});

test("members with work of their own are agents of their own, and others are a group", () => {
  const runs = (swapped: (i: number) => boolean) =>
    many((i) => {
      const [one, two] = swapped(i) ? ["stage.2", "stage.1"] : ["stage.1", "stage.2"];
      return run(`r${i}`, [turn(one, { makes: "a" }), turn(two, { makes: "b" })]);
    });
  expect([...groupsOf(runs(() => false))]).toEqual([]);
  expect([...groupsOf(runs((i) => i % 2 === 0))]).toEqual(["stage"]);
});

test("there are as many rounds as messages between two agents, with their tokens", () => {
  const { tree } = draftOf(
    many((i) =>
      run(`r${i}`, [turn("a", { makes: "x" }), turn("b", { makes: "y", buildsOn: [0] })], {
        messages: Array.from({ length: 3 }, () => ({ from: "a", to: "b", tokens: 80 })),
      }),
    ),
  );
  expect(tree.topology).toMatchObject({ header: 80 });
  expect(tree.protocol).toMatchObject([{}, { repeat: { rounds: 3, until: "complete" } }, {}]);
});

test("no failure rate follows from a log that shows neither failures nor times", () => {
  const of = (more: object) =>
    estimateCalls(
      many((i) => run(`r${i}`, [turn("a", more)])),
      () => true,
    ).failure;
  expect(of({})).toBeUndefined();
  expect(of({ seconds: 1 })?.value).toBe(0);
});

test("with the structure of a scenario, nothing goes wrong twice: ways to err and difficulty are taken from the error rate", () => {
  const scenario = scenarioSchema.parse({
    name: "base",
    task: { graph: { shape: "chain", size: 1 }, difficulty: 1 },
    models: { m: { errorRate: 0.1, latency: { distribution: "constant", mean: 1 } } },
    agents: { solver: { handoff: 0.1, toolFailure: 0.2, guess: 0 } },
    protocol: [{ work: { who: "solver" } }, { aggregate: { how: "first", from: "solver" } }],
  });
  const estimates = estimatesOf(
    many((i) => run(`r${i}`, [turn("solver", { model: "m", isCorrect: i > 5 })])),
  );
  const { tree } = likeDraft({
    name: "team",
    scenario,
    base: "base.yaml",
    estimates,
    contextOf: () => 0,
  });
  expect(tree.agents).toEqual({ solver: { handoff: 0, toolFailure: 0 } });
  const judged = estimates.agents.solver.errorRate?.value ?? Number.NaN;
  const { m } = tree.models as Record<string, { errorRate: number }>;
  expect(m.errorRate).toBeCloseTo(logistic(logit(judged) - 1), 10);
});

test("a reviewer that looks at a part of what it hears checks critical claims, and one that looks at all checks all", () => {
  const made = [
    turn("writer", { model: "m", makes: "draft", buildsOn: [] }),
    turn("writer", { model: "m", makes: "sum", buildsOn: [0] }),
  ];
  const reviewing = (looked: readonly number[]) =>
    many((i) =>
      run(`r${i}`, [
        ...made,
        turn("reviewer", { reviews: looked.map((of) => ({ of, isAccepted: true })) }),
      ]),
    );
  const part = JSON.stringify(draftOf(reviewing([1])).tree);
  expect(part).toContain('"sum":{"needs":["draft"],"owner":"writer","critical":true}');
  expect(part).toContain('{"check":{"by":"reviewer","when":"critical"}}');
  const all = JSON.stringify(draftOf(reviewing([0, 1])).tree);
  expect(all).not.toContain("critical");
});
