// What asks for more work or memory than a machine has is told at validation, with place and remedy.
import { expect, test } from "vitest";
import { problemsOf, scenarioText } from "./support.ts";

const SEND = "send: { from: worker, to: worker, what: all }";
const loop = (rounds: number, inner: string, until = "never") =>
  `repeat: { rounds: ${rounds}, until: ${until}, phases: [ { ${inner} } ] }`;

/** Problems of a team of three whose members exchange all that they have. */
const problems = (phase: string, sections: Parameters<typeof scenarioText>[0] = {}) =>
  problemsOf(
    scenarioText({
      agents: "agents: { worker: { count: 3 } }",
      topology: "topology: { preset: complete }",
      protocol: `protocol:\n  - work: { who: worker }\n  - ${phase}\n  - aggregate: { how: majority }`,
      ...sections,
    }),
  );

test("loops in one another multiply to at most a million rounds", async () => {
  expect(await problems(loop(100, loop(100, loop(100, SEND))))).toEqual([]);
  expect(await problems(loop(1000, loop(1000, loop(1000, SEND))))).toMatchObject([
    {
      severity: "error",
      line: 7,
      path: "protocol.1.repeat.phases.0.repeat.phases.0.repeat.rounds",
      message:
        "the loop comes to 1,000,000,000 rounds: 1,000 × 1,000 × 1,000, with the loops around it",
      hint: "lower the rounds of this loop, or of those around it",
    },
  ]);
  // A condition may end a loop early, but nobody knows.
  const [first] = await problems(loop(2000, loop(501, SEND, "complete"), "consensus"));
  expect(first.message).toContain("1,002,000 rounds");
});

test("an escalation is looked into", async () => {
  const inner = loop(1000, loop(1001, "work: { who: worker }"));
  expect((await problems(`escalate: { phases: [ { ${inner} } ] }`))[0].severity).toBe("error");
});

test("a loop that is sure to be cut off is warned of once, at its rounds", async () => {
  const limits = { tail: "limits: { events: 5000 }" };
  expect(await problems(loop(800, SEND), limits)).toEqual([]);
  expect(await problems(loop(900, SEND), limits)).toMatchObject([
    { severity: "warning", message: expect.stringContaining("about 5,400 events") },
  ]);
  expect(await problems(loop(30, loop(30, SEND)), limits)).toHaveLength(1);
  // It may end after a round.
  expect(await problems(loop(900, SEND, "consensus"), limits)).toEqual([]);
});

test("a stream of more tasks than there may be events is warned of", async () => {
  const tail = "workload: { arrivals: fixed, interval: 1, tasks: 1000 }\nlimits: { events: 1999 }";
  expect(await problems(SEND, { tail })).toMatchObject([
    { severity: "warning", path: "workload.tasks" },
  ]);
});

test("a send phase that would fill the memory is refused", async () => {
  const sections = {
    task: "task: { graph: { shape: chain, size: 1000 } }",
    agents: "agents: { worker: { count: 1000 } }",
  };
  expect(await problems(SEND, sections)).toMatchObject([
    { severity: "error", path: "protocol.1.send", message: expect.stringContaining("at once") },
  ]);
});

test("a send phase inside an escalation is no exception", async () => {
  const sections = {
    task: "task: { graph: { shape: chain, size: 1000 } }",
    agents: "agents: { worker: { count: 1000 } }",
  };
  const escalation = `escalate: { phases: [ { ${SEND} } ] }`;
  expect(await problems(escalation, sections)).toMatchObject([
    { severity: "error", path: "protocol.1.escalate.phases.0.send" },
  ]);
});

const CHECK = "check: { by: worker, of: own }";

test("ledgers of tasks in flight that would fill the memory are refused", async () => {
  const sections = {
    task: "task: { graph: { shape: chain, size: 1000 } }",
    agents: "agents: { worker: { count: 20 } }",
    tail: "workload: { arrivals: fixed, interval: 1, tasks: 100000 }",
  };
  const [first] = await problems(CHECK, sections);
  expect(first).toMatchObject({ severity: "error", path: "limits.inFlight" });
  expect(first.hint).toBe("set limits.inFlight to 5,000 or less");
  const tail = `${sections.tail}\nlimits: { inFlight: 5000 }`;
  expect(await problems(CHECK, { ...sections, tail })).toEqual([]);
});
