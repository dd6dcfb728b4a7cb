// What validation calls impossible never happens: random protocols over a few groups are run, and watched.
import fc from "fast-check";
import { expect, test } from "vitest";
import type { TaskCase } from "../../../src/model/case.ts";
import { Engine } from "../../../src/model/engine.ts";
import type { Observer } from "../../../src/model/observer.ts";
import { rootKey } from "../../../src/numerics/draws.ts";
import { compile } from "../../../src/scenario/compiling/compile.ts";
import type { ClaimSets } from "../../../src/scenario/flow/claimSets.ts";
import type { Context } from "../../../src/scenario/flow/context.ts";
import { explore } from "../../../src/scenario/flow/explore.ts";
import { mayLookAt } from "../../../src/scenario/flow/looks.ts";
import { agentParties, groupParties } from "../../../src/scenario/flow/parties.ts";
import { handsOver, type Reach } from "../../../src/scenario/flow/reach.ts";
import { deadEndsAt } from "../../../src/scenario/flow/rejections.ts";
import { contextOf } from "../../../src/scenario/flow/warn.ts";
import type { Scenario } from "../../../src/scenario/schema.ts";
import { scenario, type Written } from "../../support/scenarios.ts";

const REPLICATIONS = 64;
const GROUPS = ["a", "b", "c", "d"];
const CLAIMS = ["v", "w", "x", "y", "z"];

/** A random part of a list, not empty. */
const some = (names: readonly string[]) =>
  fc.subarray([...names], { minLength: 1 }) as fc.Arbitrary<string[]>;

const graph = fc.integer({ min: 2, max: 5 }).chain((size) =>
  fc.record({
    shape: fc.constant("graph"),
    claims: fc.record(
      Object.fromEntries(
        CLAIMS.slice(0, size).map((name, i) => [name, fc.subarray(CLAIMS.slice(0, i))]),
      ),
    ),
  }),
);
const drawnSize = fc.constant({
  shape: "generated",
  size: 3,
  spread: 2,
  limit: 6,
  sequentiality: 1,
});

function phases(groups: readonly string[]): fc.Arbitrary<Written> {
  const work = fc.record({ who: some(groups), onlyReady: fc.boolean() });
  const what = fc.constantFrom("new", "all", "all");
  const send = fc.record({ from: some(groups), to: some(groups), what });
  const check = fc.record({
    by: some(groups),
    of: fc.constantFrom("received", "own", "all"),
    share: fc.constantFrom(undefined, undefined, 0.5, 0),
    when: fc.constantFrom(undefined, undefined, "disagreement", "confidence < 0.5"),
  });
  const mode = fc.constantFrom("whole", "partition", "partition", "replicate");
  const assign = fc.record({ to: some(groups), mode });
  return fc.oneof(
    { arbitrary: fc.record({ work }), weight: 3 },
    { arbitrary: fc.record({ send }), weight: 3 },
    { arbitrary: fc.record({ check }), weight: 1 },
    { arbitrary: fc.record({ assign }), weight: 1 },
  );
}

function protocol(groups: readonly string[]): fc.Arbitrary<Written[]> {
  const some = fc.array(phases(groups), { minLength: 1, maxLength: 5 });
  const repeat = fc.record({
    rounds: fc.integer({ min: 1, max: 4 }),
    until: fc.constantFrom("never", "complete"),
    phases: some,
  });
  const end = fc.record({
    how: fc.constantFrom("concatenate", "majority"),
    from: fc.subarray([...groups], { minLength: 1 }),
  });
  return fc
    .tuple(some, fc.option(repeat, { nil: undefined }), fc.option(some, { nil: undefined }), end)
    .map(([before, loop, after = [], aggregate]) => [
      ...before,
      ...(loop ? [{ repeat: loop }] : []),
      ...after,
      { aggregate },
    ]);
}

/** Random teams of 2 to 4 groups with random edges. `chances`: how often agents err, checks object, versions get lost. */
function protocols(chances: number): fc.Arbitrary<Scenario> {
  return fc.integer({ min: 2, max: 4 }).chain((count) => {
    const groups = GROUPS.slice(0, count);
    const edge = fc.record({ from: fc.constantFrom(...groups), to: fc.constantFrom(...groups) });
    return fc
      .record({
        graph: fc.oneof({ arbitrary: graph, weight: 4 }, { arbitrary: drawnSize, weight: 1 }),
        edges: fc.array(edge, { maxLength: 6 }),
        counts: fc.tuple(...groups.map(() => fc.constantFrom(1, 1, 2))),
        protocol: protocol(groups),
      })
      .map(({ graph, edges, counts, protocol }) =>
        scenario({
          task: { graph },
          models: { base: { errorRate: chances } },
          agents: Object.fromEntries(
            groups.map((name, i) => [name, agentWith(chances, counts[i])]),
          ),
          topology: { edges: edges.filter(({ from, to }) => from !== to) },
          protocol,
          repeats: 1,
        }),
      );
  });
}

function agentWith(chance: number, count: number): Written {
  const check = { recall: chance, falseAlarm: chance / 2 };
  const confidence = count === 1 ? { auc: 0.75 } : undefined;
  return { count, confidence, omission: chance / 2, checks: { self: check, peer: check } };
}

/** Compares what happens with what may happen. */
class Watcher implements Observer<TaskCase> {
  at = 0;
  readonly lapses: string[] = [];
  claims = 0;
  deliveredClaims = 0;
  private readonly reach: Reach;
  private readonly context: Context;
  private readonly deadEnds: ReadonlySet<string>;
  /** Versions whose makers are not to hear of a rejection in this phase, with the last one that was marked before. */
  private readonly unheard = new Map<number, number>();
  private readonly heard = new Set<number>();

  constructor(of: Scenario, reach: Reach) {
    this.reach = reach;
    const context = contextOf(of, reach);
    this.context = context;
    const keys = reach.plan.steps.flatMap((step, position) =>
      step.op === "check"
        ? deadEndsAt(step, position, context).map((end) =>
            [position, end.checker, end.claim].join(),
          )
        : [],
    );
    this.deadEnds = new Set(keys);
  }

  made(task: TaskCase, agent: number, version: number): void {
    this.expectIn(this.reach.made, task, agent, version, "made");
  }

  received(task: TaskCase, agent: number, version: number): void {
    this.expectIn(this.reach.received, task, agent, version, "received");
  }

  private expectIn(sets: ClaimSets, task: TaskCase, agent: number, version: number, what: string) {
    const claim = task.versions.claim[version];
    if (!sets.has(this.reach.parties.of[agent], claim))
      this.lapses.push(`${agent} ${what} ${claim}`);
  }

  acceptedUnseen(task: TaskCase, agent: number, version: number): void {
    this.expectIn(this.reach.accepted, task, agent, version, "accepted");
  }

  checked(task: TaskCase, agent: number, _: number, version: number, flagged: boolean): void {
    const { claim, parent, carrier, rejected } = task.versions;
    const step = task.plan.steps[task.step];
    if (step.op === "check" && !mayLookAt(this.context, step, claim[version]))
      this.lapses.push(`${agent} looks at ${claim[version]}`);
    const source = parent[version];
    if (!flagged || carrier[version] === 0 || carrier[source] > 0) return;
    const key = [task.step, this.reach.parties.of[agent], claim[version]].join();
    if (this.deadEnds.has(key)) this.unheard.set(source, rejected[source]);
    else this.heard.add(source);
  }

  phaseBegan(task: TaskCase, step: number): void {
    const { rejected, owner } = task.versions;
    const worksLater = (agent: number) =>
      task.plan.steps.slice(step).some((later) => later.op === "work" && later.who.includes(agent));
    for (const [version, before] of this.unheard)
      if (rejected[version] !== before && !this.heard.has(version) && worksLater(owner[version]))
        this.lapses.push(`${owner[version]} hears of a rejection`);
    this.unheard.clear();
    this.heard.clear();
  }

  finished(task: TaskCase): void {
    const { reach } = this;
    const { aggregate } = task.plan;
    const from = Array.from(aggregate.from, (agent) => reach.parties.of[agent]);
    for (let claim = 0; claim < task.size; claim++) {
      this.claims++;
      if (task.deliverable[claim] === 0) continue;
      this.deliveredClaims++;
      if (!from.some((party) => handsOver(reach, aggregate, party, claim)))
        this.lapses.push(`${claim} is delivered`);
    }
  }
}

function watch(
  of: Scenario,
  partiesOf: typeof agentParties | typeof groupParties,
  isBounded: boolean,
): Watcher {
  const plan = compile(of);
  const reach = explore(plan, partiesOf(plan, of), isBounded) as Reach;
  const watcher = new Watcher(of, reach);
  const engine = new Engine(plan, rootKey("test"), { observer: watcher });
  for (let i = 0; i < REPLICATIONS; i++) engine.run(i);
  return watcher;
}

test.each([
  ["agents one by one", agentParties, false],
  ["agents one by one, with rounds counted", agentParties, true],
  ["groups", groupParties, false],
] as const)("what is called impossible never happens: %s", (_, partiesOf, isBounded) => {
  fc.assert(
    fc.property(protocols(0.4), (of) => {
      expect(watch(of, partiesOf, isBounded).lapses).toEqual([]);
    }),
    { seed: 1, numRuns: 150 },
  );
});

test("what nobody is warned of is delivered, where nothing goes wrong", () => {
  let possible = 0;
  let missed = 0;
  fc.assert(
    fc.property(protocols(0), (of) => {
      const plan = compile(of);
      const reach = explore(plan, agentParties(plan), true) as Reach;
      const from = [...plan.aggregate.from];
      const all = [...plan.task.claimNames.keys()];
      const isComplete = all.every((claim) =>
        from.some((agent) => handsOver(reach, plan.aggregate, agent, claim)),
      );
      if (!isComplete) return;
      const { claims, deliveredClaims } = watch(of, agentParties, true);
      possible++;
      if (deliveredClaims < claims) missed++;
    }),
    { seed: 1, numRuns: 300 },
  );
  expect(possible).toBeGreaterThan(100);
  expect(missed / possible).toBeLessThan(0.02);
});
