// Worklists against plain searches: whatever happens to ledgers and scopes, an agent goes on with the claim that a search of its
// whole ledger finds, and reviews when there is something to review.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { TaskCase } from "../../src/model/case.ts";
import { Engine } from "../../src/model/engine.ts";
import { HELD, IN_SCOPE, RECEIVED, REDO, REVIEWED } from "../../src/model/marks.ts";
import { nextClaim, searchClaim } from "../../src/model/mechanisms/choosing.ts";
import { drop } from "../../src/model/mechanisms/rejecting.ts";
import { needsReview, review } from "../../src/model/mechanisms/reviewing.ts";
import type { Observer } from "../../src/model/observer.ts";
import { rootKey } from "../../src/numerics/draws.ts";
import { compile } from "../../src/scenario/compiling/compile.ts";
import { PROTOCOLS } from "../support/arbitraries.ts";
import { scenario } from "../support/scenarios.ts";

const AGENTS = 3;
/** More than fit into one word, and around the ends of words. */
const sizes = fc.integer({ min: 65, max: 200 });
const share = fc.double({ min: 0, max: 1, noNaN: true });

const graphs = fc.oneof(
  sizes.map((size) => ({ shape: "chain", size })),
  fc
    .tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 2, max: 5 }))
    .map(([wide, many]) => ({ shape: "layers", layers: [64, ...Array(many).fill(wide)] })),
  fc.tuple(sizes, share, fc.constantFrom(0, 30)).map(([limit, sequentiality, spread]) => ({
    shape: "generated",
    size: spread > 0 ? limit / 2 : limit,
    spread,
    limit,
    sequentiality,
  })),
  fc
    .array(fc.array(fc.nat(), { maxLength: 4 }), { minLength: 65, maxLength: 150 })
    .map((lists) => ({
      shape: "graph",
      claims: Object.fromEntries(
        lists.map((list, i) => [`c${i}`, i === 0 ? [] : list.map((any) => `c${any % i}`)]),
      ),
    })),
);

/** Whether a search of the whole ledger finds a version that the agent made and has not reviewed. */
function hasUnreviewed({ marks, size }: TaskCase, agent: number): boolean {
  const has = (claim: number, mark: number) => marks.has(agent, claim, mark);
  return Array.from({ length: size }, (_, claim) => claim).some(
    (claim) =>
      has(claim, HELD) &&
      has(claim, IN_SCOPE) &&
      ![RECEIVED, REVIEWED, REDO].some((mark) => has(claim, mark)),
  );
}

/** Asks both ways for all agents. */
function compareAll(task: TaskCase, agents: number): void {
  for (let agent = 0; agent < agents; agent++)
    for (const onlyReady of [true, false])
      if (nextClaim(task, agent, onlyReady) !== searchClaim(task, agent, onlyReady))
        expect(nextClaim(task, agent, onlyReady)).toBe(searchClaim(task, agent, onlyReady));
}

// ---------------------------------------------------------------- any changes in any order

const change = fc.record({
  kind: fc.constantFrom(
    "make",
    "make",
    "make",
    "hold",
    "receive",
    "lose",
    "give",
    "take",
    "flag",
    "drop",
    "review",
    "ask",
  ),
  agent: fc.nat(AGENTS - 1),
  /** Place of a claim as a share of the task, and how many claims from it on. */
  place: share,
  count: fc.integer({ min: 1, max: 70 }),
});
type Change = typeof change extends fc.Arbitrary<infer C> ? C : never;

function apply(task: TaskCase, { kind, agent, place, count }: Change): void {
  const first = Math.min(task.size - 1, Math.floor(place * task.size));
  const end = Math.min(task.size, first + count);
  if (kind === "review") review(task, agent);
  else if (kind === "ask") compareAll(task, AGENTS);
  else if (kind === "make") makeNext(task, agent, count, place < 0.5);
  else for (let claim = first; claim < end; claim++) applyOne(task, kind, agent, claim);
}

function makeNext(task: TaskCase, agent: number, count: number, onlyReady: boolean): void {
  for (let i = 0; i < count; i++) {
    const claim = nextClaim(task, agent, onlyReady);
    if (claim !== searchClaim(task, agent, onlyReady)) compareAll(task, AGENTS);
    if (claim < 0) return;
    task.hold(agent, claim, task.versions.addCorrect(claim, agent), 1);
  }
}

function applyOne(task: TaskCase, kind: Change["kind"], agent: number, claim: number): void {
  const { versions, marks } = task;
  const isHeld = marks.has(agent, claim, HELD);
  if (kind === "hold") task.hold(agent, claim, versions.addCorrect(claim, agent), 1);
  else if (kind === "receive")
    task.hold(agent, claim, versions.addCopy(agent, versions.addCorrect(claim, 0), 1), 1);
  else if (kind === "lose") task.hold(agent, claim, 0, 0);
  else if (kind === "give") task.give(agent, claim);
  else if (kind === "take") marks.remove(agent, claim, IN_SCOPE);
  else if (kind === "flag" && isHeld) task.flag(agent, claim);
  else if (kind === "drop" && isHeld) drop(task, agent, claim);
}

describe("worklists", () => {
  test("find what a search of the whole ledger finds, after any changes", () => {
    fc.assert(
      fc.property(graphs, fc.array(change, { maxLength: 60 }), (graph, changes) => {
        const of = scenario({
          task: { graph },
          models: { base: { errorRate: 0 } },
          agents: { worker: { count: AGENTS, checks: { self: { recall: 0.5, falseAlarm: 0.5 } } } },
          protocol: [
            { work: { who: "worker" } },
            { aggregate: { how: "concatenate", from: "worker" } },
          ],
        });
        const task = new TaskCase(compile(of), rootKey("test"), 0, {});
        expect(task.worklists).toBeDefined();
        // Twice, since cases are used again, for instances of other sizes.
        for (const number of [0, 1]) {
          task.open(number, number, 0);
          for (const one of changes) {
            apply(task, one);
            if (needsReview(task, one.agent) !== hasUnreviewed(task, one.agent))
              expect(needsReview(task, one.agent)).toBe(hasUnreviewed(task, one.agent));
          }
          compareAll(task, AGENTS);
        }
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  test("find it at every moment of a replication, whatever the protocol", () => {
    fc.assert(
      fc.property(
        graphs,
        share,
        share,
        fc.constantFrom(1, 5, 1000),
        fc.constantFrom(...Object.keys(PROTOCOLS)),
        (graph, error, omission, reviewEvery, name) => {
          const { topology, lead, protocol } = PROTOCOLS[name];
          const check = { recall: 0.6, falseAlarm: 0.2 };
          const agent = { omission, reviewEvery, overlap: 0.3, diversity: 0.5, heed: 0.5 };
          const checks = { self: check, peer: check, orchestrator: check };
          const of = scenario({
            task: { graph },
            models: { base: { errorRate: error, pace: 3 } },
            agents: {
              ...(lead ? { lead: { ...agent, checks, role: "orchestrator" } } : {}),
              worker: { ...agent, checks, count: AGENTS },
            },
            topology: { preset: topology },
            protocol,
          });
          const agents = AGENTS + (lead ? 1 : 0);
          const observer = comparing(agents);
          const engine = new Engine(compile(of), rootKey("test"), { observer });
          engine.run(0);
          const alone = new Engine(compile(of), rootKey("test"));
          alone.run(0);
          expect(alone.fingerprint).toBe(engine.fingerprint);
        },
      ),
      { seed: 1, numRuns: 60 },
    );
  });
});

/** Compares whenever a step begins, a turn ends or a version comes in. */
function comparing(agents: number): Observer<TaskCase> {
  const compare = (task: TaskCase) => compareAll(task, agents);
  return { at: 0, phaseBegan: compare, turnEnded: compare, received: compare, checked: compare };
}
