// From runs to the structure of a team. Simulations have a fixed seed.
import { describe, expect, test } from "vitest";
import { estimatesOf } from "../../src/estimate/estimatesOf.ts";
import { Renaming } from "../../src/estimate/team/names.ts";
import { shippedPriors } from "../../src/estimate/team/priors.ts";
import { teamDraft } from "../../src/estimate/team/scenario.ts";
import { shapeOf } from "../../src/estimate/team/shape.ts";
import { structureOf } from "../../src/estimate/team/structure.ts";
import type { LoggedRun } from "../../src/logs/run.ts";
import { run, simulatedRuns, turn } from "./teamSupport.ts";

const priors = shippedPriors();

function draftOf(logged: readonly LoggedRun[]) {
  const renaming = new Renaming();
  const runs = logged.map((one) => renaming.run(one));
  const structure = structureOf(runs.flatMap((one) => shapeOf(one) ?? []));
  return teamDraft({ name: "team", structure, estimates: estimatesOf(runs), renaming, priors });
}

const many = (make: (i: number) => LoggedRun) => Array.from({ length: 20 }, (_, i) => make(i));

describe("one agent", () => {
  test("has a chain of as many claims as it takes turns, repeats and reviews not counted", () => {
    const { tree } = draftOf(
      many((i) => {
        const made = Array.from({ length: 3 + (i % 2) }, (_, k) =>
          turn("solver", { makes: `c${k}` }),
        );
        const review = turn("solver", { reviews: [{ of: 1, isAccepted: false }] });
        return run(`r${i}`, [...made, review, turn("solver", { makes: "c1" })]);
      }),
    );
    expect(tree.task).toMatchObject({
      graph: { shape: "generated", size: 3.5, limit: 4, sequentiality: 1 },
    });
    expect(tree.protocol).toEqual([
      { work: { who: "solver" } },
      { aggregate: { how: "first", from: "solver" } },
    ]);
  });
});

describe("several agents", () => {
  test("that take turns in a dialogue have alternating claims and a loop", () => {
    const { tree } = draftOf(
      many((i) =>
        run(
          `r${i}`,
          Array.from({ length: 12 }, (_, k) => turn(k % 2 === 0 ? "user" : "assistant")),
        ),
      ),
    );
    const { claims } = (tree.task as { graph: { claims: Record<string, unknown> } }).graph;
    expect(Object.entries(claims).slice(0, 3)).toEqual([
      ["user-1", { owner: "user" }],
      ["assistant-1", { needs: ["user-1"], owner: "assistant" }],
      ["user-2", { needs: ["assistant-1"], owner: "user" }],
    ]);
    expect(Object.keys(claims)).toHaveLength(12);
    expect(tree.protocol).toMatchObject([
      { assign: { mode: "owners" } },
      { repeat: { rounds: 6, until: "complete" } },
      { aggregate: { from: "assistant" } },
    ]);
  });

  test("a reviewer checks, in as many rounds as were seen, and rejections run back to the maker", () => {
    const { tree } = draftOf(
      many((i) => {
        const turns = [turn("writer"), turn("editor", { reviews: [{ of: 0, isAccepted: i > 4 }] })];
        const again = [turn("writer"), turn("editor", { reviews: [{ of: 2, isAccepted: true }] })];
        return run(`r${i}`, i > 4 ? turns : [...turns, ...again]);
      }),
    );
    expect(tree.agents).toMatchObject({ editor: { role: "orchestrator" } });
    expect(tree.topology).toMatchObject({ edges: [{ from: "writer", to: "editor", both: true }] });
    const phases = [
      { work: { who: "writer", onlyReady: true } },
      { send: { from: "writer", to: "editor" } },
      { check: { by: "editor" } },
    ];
    expect(tree.protocol).toEqual([
      { assign: { mode: "owners" } },
      { repeat: { rounds: 2, until: "complete", phases } },
      { aggregate: { how: "concatenate", from: "editor" } },
    ]);
  });

  test("members of a group are one agent, and agents that most runs do without are left out with a remark", () => {
    const { tree, remarks } = draftOf(
      many((i) =>
        run(`r${i}`, [
          turn("lead"),
          turn("worker.1"),
          turn("worker.2"),
          turn("lead"),
          ...(i === 0 ? [turn("guest")] : []),
        ]),
      ),
    );
    expect(tree.agents).toMatchObject({ worker: { count: 2 } });
    expect(tree.agents).not.toHaveProperty("guest");
    expect(remarks.get("agents")).toContain("guest (in 5 %)");
  });

  test("names that no scenario can have become such, each its own", () => {
    const { tree, remarks } = draftOf(
      many((i) => run(`r${i}`, [turn("1 a!"), turn("a?"), turn("a")])),
    );
    expect(Object.keys(tree.agents as object)).toEqual(["a", "a-2", "a-3"]);
    expect(remarks.get("agents.a-2")).toBe('In the logs: "a?"');
  });
});

const PIPELINE = `
task:
  graph:
    shape: graph
    claims:
      facts: { owner: intake }
      terms: { needs: [facts], owner: clerk }
      letter: { needs: [facts, terms], owner: lead }
models: { small: { errorRate: 0.2 } }
agents: { intake: {}, clerk: {}, lead: { role: orchestrator, checks: { orchestrator: { recall: 0.6, falseAlarm: 0.05 } } } }
topology: { preset: complete }
protocol:
  - assign: { mode: owners }
  - repeat:
      rounds: 3
      phases:
        - work: { who: intake }
        - send: { from: intake, to: [clerk, lead] }
        - work: { who: clerk, onlyReady: true }
        - send: { from: clerk, to: lead }
        - check: { by: lead }
        - work: { who: lead, onlyReady: true }
  - aggregate: { how: concatenate, from: lead }
`;

test("the graph of a simulated team comes back, claim by claim", async () => {
  const { tree } = draftOf(await simulatedRuns(PIPELINE, 60));
  expect((tree.task as { graph: object }).graph).toEqual({
    shape: "graph",
    claims: {
      facts: { owner: "intake" },
      terms: { needs: ["facts"], owner: "clerk" },
      letter: { needs: ["facts", "terms"], owner: "lead" },
    },
  });
  expect(Object.keys(tree.agents as object)).toEqual(["intake", "clerk", "lead"]);
});
