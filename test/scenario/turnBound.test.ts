// No run takes more turns than inspect says.
import fc from "fast-check";
import { expect, test } from "vitest";
import { run } from "../../src/experiment/experiment.ts";
import { FIELD } from "../../src/model/outcome.ts";
import { compile } from "../../src/scenario/compiling/compile.ts";
import { turnBound } from "../../src/scenario/protocol/turns.ts";
import { scenarios } from "../support/arbitraries.ts";
import { team } from "../support/scenarios.ts";

async function mostTurns(of: Parameters<typeof run>[0][number]): Promise<number> {
  let most = 0;
  await run([of], {
    replications: 32,
    seed: "bound",
    onReplication: (_plan, _replication, outcome) => {
      most = Math.max(most, outcome[FIELD.turns]);
    },
  });
  return most;
}

test("of random scenarios", async () => {
  await fc.assert(
    fc.asyncProperty(scenarios(), async (scenario) => {
      expect(await mostTurns(scenario)).toBeLessThanOrEqual(turnBound(compile(scenario)));
    }),
    { seed: 1, numRuns: 60 },
  );
});

test("of batches it is whole and near; work that is done again is bounded by limits.turnsPerClaim", async () => {
  const protocol = [
    { repeat: { rounds: 5, phases: [{ work: { who: "worker", batch: 3, turns: 1 } }] } },
    { aggregate: { how: "majority", from: "worker" } },
  ];
  expect(turnBound(compile(team(7, { protocol })))).toBe(15);
  const checks = { self: { recall: 0.5, falseAlarm: 1 } };
  const again = (more: object) =>
    turnBound(compile(team(1, { agents: { worker: { checks, ...more } } })));
  expect(again({})).toBe(100);
  expect(again({ maxTurns: 20 })).toBe(20);
  expect(turnBound(compile(team(1)))).toBe(1);
});

test("what follows a loop with an escalation in it is not repeated", () => {
  const work = { work: { who: "worker", turns: 1 } };
  const loop = { repeat: { rounds: 5, phases: [{ escalate: { phases: [work] } }] } };
  const protocol = [loop, work, { aggregate: { how: "majority", from: "worker" } }];
  expect(
    turnBound(compile(team(1, { task: { graph: { shape: "chain", size: 9 } }, protocol }))),
  ).toBe(6);
});
