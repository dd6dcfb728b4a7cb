import { Script } from "node:vm";
import { describe, expect, test } from "vitest";
import { atOnce } from "../../../src/experiment/inThread.ts";
import type { ReplayDocument } from "../../../src/experiment/replay/document.ts";
import { fateOf, faultsOf, twinOf } from "../../../src/experiment/replay/faults.ts";
import { isInstructive, nextInstructive } from "../../../src/experiment/replay/instructive.ts";
import { replayOf } from "../../../src/experiment/replay/watch.ts";
import { replayPage } from "../../../src/pages/replay/page.ts";
import { MOST_EVENTS, MOST_TASKS, pageDataOf } from "../../../src/pages/replay/pageData.ts";
import { scriptText } from "../../../src/render/script.ts";
import { scenario } from "../../support/scenarios.ts";
import { financeReplays, financeTeam, shipped, TELLING } from "./support.ts";

const EVIL = `</script><img src=x onerror="alert(1)">'&<!--`;

describe("the text of a page", () => {
  test("escapes every name", async () => {
    const [replay] = await financeReplays(TELLING, "centralized");
    const evil: ReplayDocument = {
      ...replay,
      scenario: EVIL,
      seed: EVIL,
      agents: replay.agents.map((agent) => ({ ...agent, name: EVIL })),
      claims: replay.claims.map((claim) => ({ ...claim, name: EVIL })),
    };
    const text = replayPage([evil]);
    expect(text.includes("<img")).toBe(false);
    expect(text.includes("<!--")).toBe(false);
    expect(text.match(/<\/script>/g)).toHaveLength(2);
  });

  test("asks no network for anything", async () => {
    const text = replayPage(await financeReplays(TELLING, "independent", "centralized"));
    const addresses = text.match(/\b(?:https?:)?\/\/[\w.-]+\.\w+[^\s"')]*/g) ?? [];
    expect(addresses.filter((address) => !address.includes("www.w3.org"))).toEqual([]);
    expect(text.match(/<link [^>]*href="(?!data:)|<script[^>]* src=|@import|url\(/)).toBeNull();
    expect(text.includes("default-src &#39;none&#39;")).toBe(true);
  });

  test("is the same for the same replay", async () => {
    const make = async () => replayPage(await financeReplays(3, "hybrid"));
    const [once, again] = [await make(), await make()];
    expect(once === again).toBe(true);
  });

  test("says that two teams have one task only where they do", async () => {
    const [a, b] = await financeReplays(3, "single", "hybrid");
    const says = async (...replays: ReplayDocument[]) =>
      replayPage(replays).includes("the same task and random numbers");
    expect(await says(a, b)).toBe(true);
    const other = replayOf(await shipped("patterns/chain"), { replication: 3 });
    expect(await says(a, other)).toBe(false);
  });

  test("is of one replay or two, of one seed and replication", async () => {
    const [a, b] = await financeReplays(3, "single", "hybrid");
    expect(() => replayPage([])).toThrow("a page has one or two");
    expect(() => replayPage([a, b, a])).toThrow("a page has one or two");
    const others = [
      { ...b, seed: "x" },
      { ...b, replication: 4 },
    ];
    for (const other of others)
      expect(() => replayPage([a, other])).toThrow("of one seed and one replication");
  });
});

test("the script is one text without imports that a browser can parse", () => {
  const script = scriptText("replay");
  expect(() => new Script(script)).not.toThrow();
  expect(script.match(/\bimport\b/)).toBeNull();
});

describe("what a page leaves out, it says", () => {
  const worker = {
    task: { graph: { shape: "chain", size: 1 } },
    models: { base: { errorRate: 0.1 } },
    protocol: [{ work: { who: "worker" } }, { aggregate: { how: "majority", from: "worker" } }],
  };

  test("agents beyond cards, and edges beyond count", () => {
    const team = { ...worker, agents: { worker: { count: 40 } }, topology: { preset: "complete" } };
    const [{ leftOut, edges }] = pageDataOf([replayOf(scenario(team))]).teams;
    expect(leftOut.join(" ")).toContain("Each of the 40 agents is a dot");
    expect(leftOut.join(" ")).toContain("The 1,560 edges are not drawn.");
    expect(edges).toEqual([]);
  });

  test("ledgers beyond cells", () => {
    const task = { graph: { shape: "chain", size: 300 } };
    const team = { ...worker, task, agents: { worker: { maxTurns: 300 } } };
    const [{ leftOut, layouts }] = pageDataOf([replayOf(scenario(team))]).teams;
    expect(leftOut.join(" ")).toContain("drawn as bars");
    expect(layouts.map(({ card }) => card.columns)).toEqual([0, 0]);
  });

  test("tasks of a long stream", () => {
    const workload = { arrivals: "poisson", interval: "5s", tasks: 25 };
    const data = pageDataOf([replayOf(scenario({ ...worker, agents: { worker: {} }, workload }))]);
    expect(data.scenes).toHaveLength(MOST_TASKS);
    expect(data.teams[0].leftOut).toEqual(["The first 20 of 25 tasks are on this page."]);
  });

  test("events beyond what a page carries; the deliverable comes all the same", async () => {
    const [replay] = await financeReplays(TELLING, "centralized");
    const [task] = replay.tasks;
    const times = Math.ceil(MOST_EVENTS / task.events.length) + 1;
    const events = Array.from({ length: times }, () => task.events).flat();
    const [team] = pageDataOf([{ ...replay, tasks: [{ ...task, events }] }]).teams;
    expect(team.tasks[0].events).toHaveLength(MOST_EVENTS);
    expect(team.tasks[0].events.at(-1)?.event).toBe("delivered");
    expect(team.leftOut.join(" ")).toContain("The first 100,000 of");
  });

  test("nothing of a shipped team", async () => {
    for (const { leftOut } of pageDataOf(await financeReplays(3, "hybrid", "single")).teams)
      expect(leftOut).toEqual([]);
  });
});

describe("the same fault in two teams", () => {
  test("dies at the orchestrator and survives in the independent team", async () => {
    const pair = await financeReplays(TELLING, "independent", "centralized");
    const [independent, centralized] = pair.map(({ tasks: [task] }) => task);
    const keys = pair.map(({ agents }) => agents.map(({ key }) => key));
    const [fault] = faultsOf(independent);
    const twin = twinOf(independent, fault, centralized, [keys[0], keys[1]]);
    expect(twin).toBe(faultsOf(centralized)[0]);
    expect(twinOf(centralized, twin, independent, [keys[1], keys[0]])).toBe(fault);
    expect(fateOf(independent, fault)).toBe("delivered");
    expect(fateOf(centralized, twin)).toBe("caught");
    expect([independent.success, centralized.success]).toEqual([false, true]);
    expect(isInstructive(pair)).toBe(true);
  });

  test("is found by going on from a replication without", async () => {
    const names = ["independent", "centralized"];
    const scenarios = await Promise.all(names.map((name) => financeTeam(name)));
    const found = atOnce(nextInstructive(scenarios, { replication: 40 })) as number;
    expect(found).toBeGreaterThan(40);
    expect(isInstructive(await financeReplays(found, ...names))).toBe(true);
    for (let between = 41; between < found; between++)
      expect(isInstructive(await financeReplays(between, ...names))).toBe(false);
  });

  test("is not looked for for ever", () => {
    const perfect = scenario({
      task: { graph: { shape: "chain", size: 1 } },
      models: { base: { errorRate: 0 } },
      agents: { worker: {} },
      protocol: [{ work: { who: "worker" } }, { aggregate: { how: "first", from: "worker" } }],
    });
    expect(atOnce(nextInstructive([perfect], {}))).toBeUndefined();
  });
});
