// Each rule about what can never happen: a protocol that breaks it, the place, the words, and that the remedy works.
import { describe, expect, test } from "vitest";
import type { Sections } from "../support.ts";
import { problemsOf, scenarioText, unmark } from "../support.ts";

interface Case {
  readonly title: string;
  readonly file: Sections;
  readonly message: string;
  readonly hint?: string;
  /** The same after the advice was followed. */
  readonly mended: Sections;
}

const task = (claims: string) => `task: { graph: { shape: graph, claims: { ${claims} } } }`;
const CHAIN = task("plan: [], build: [plan]");
const TEAM = "agents: { a: {}, b: {}, c: {} }";
const checkers = (names: string) =>
  `agents: { a: {}, b: {}, c: {} }\nagentDefaults: { checks: { ${names}: { recall: 0.5 } } }`;
const edges = (...pairs: string[]) =>
  `topology: { edges: [${pairs.map((pair) => `{ from: ${pair[0]}, to: ${pair[1]} }`).join(", ")}] }`;
const phases = (...lines: string[]) =>
  `protocol:\n${lines.map((line) => `  - ${line}`).join("\n")}`;
const WORK_A = "work: { who: a }";
const ASSIGN = "assign: { to: [a, b], mode: partition }";
const FROM_B = "aggregate: { how: concatenate, from: b }";
const FROM_C = "aggregate: { how: concatenate, from: c }";
const BOTH = "aggregate: { how: concatenate, from: [a, b] }";
const A_TO_B = "send: { from: a, to: b }";
const A_TO_C = "send: { from: a, to: c }";

const CASES: Case[] = [
  {
    title: "a claim in the scope of an agent that never works",
    file: {
      task: CHAIN,
      agents: "agents: { a: {}, b: {} }",
      topology: "",
      protocol: phases(`‸${ASSIGN}`, WORK_A, BOTH),
    },
    message: "nobody can make build: b has it in scope, and no work phase of b follows",
    hint: "add - work: { who: b } after this phase, or leave b out of to",
    mended: { protocol: phases("assign: { to: a }", WORK_A, BOTH) },
  },
  {
    title: "a premise that never reaches the agent that waits for it: no edge",
    file: {
      task: CHAIN,
      agents: "agents: { a: {}, b: {} }",
      topology: "",
      protocol: phases(ASSIGN, WORK_A, "‸work: { who: b, onlyReady: true }", BOTH),
    },
    message: "b can never make build: plan never reaches b by then",
    hint: "add an edge from a to b and add - send: { from: a, to: b } before this phase; or drop onlyReady, and b guesses instead",
    mended: {
      topology: edges("ab"),
      protocol: phases(ASSIGN, WORK_A, A_TO_B, "work: { who: b, onlyReady: true }", BOTH),
    },
  },
  {
    title: "a premise that comes too late",
    file: {
      task: CHAIN,
      agents: "agents: { a: {}, b: {} }",
      topology: edges("ab"),
      protocol: phases(ASSIGN, WORK_A, "‸work: { who: b, onlyReady: true }", A_TO_B, BOTH),
    },
    message: "b can never make build: plan never reaches b by then",
    hint: "send plan to b before this phase; or drop onlyReady, and b guesses instead",
    mended: { protocol: phases(ASSIGN, WORK_A, A_TO_B, "work: { who: b, onlyReady: true }", BOTH) },
  },
  {
    title: "a premise that is always guessed",
    file: {
      task: CHAIN,
      agents: "agents: { a: {}, b: { guess: 0.3 } }",
      topology: edges("ab"),
      protocol: phases(ASSIGN, "‸work: { who: [a, b] }", BOTH),
    },
    message: "b makes build without plan, which never reaches b by then",
    hint: "add - send: { from: a, to: b } before this phase",
    mended: { protocol: phases(ASSIGN, WORK_A, A_TO_B, "work: { who: b }", BOTH) },
  },
  {
    title: "a claim that cannot reach the aggregator",
    file: {
      task: CHAIN,
      agents: "agents: { a: {}, b: {} }",
      topology: edges("ab"),
      protocol: phases(WORK_A, `‸${FROM_B}`),
    },
    message: "plan and build can never be delivered: a makes them, and they never reach b",
    hint: "add - send: { from: a, to: b } before this phase; or add a to from",
    mended: { protocol: phases(WORK_A, A_TO_B, FROM_B) },
  },
  {
    title: "own work of an author who delivers what it accepted",
    file: {
      task: CHAIN,
      agents: "agents: { a: {}, b: {} }",
      topology: edges("ab"),
      protocol: phases(
        ASSIGN,
        WORK_A,
        A_TO_B,
        "work: { who: b }",
        "check: { by: b }",
        "‸aggregate: { how: synthesize, by: b }",
      ),
    },
    message: "build can never be delivered: b holds it and never checks it",
    hint: "let b check its own work as well: - check: { by: b, of: all }",
    mended: {
      protocol: phases(
        ASSIGN,
        WORK_A,
        A_TO_B,
        "work: { who: b }",
        "check: { by: b, of: all }",
        "aggregate: { how: synthesize, by: b }",
      ),
    },
  },
  {
    title: "a rejection without an edge back",
    file: {
      agents: checkers("peer").replace(", c: {}", ""),
      topology: edges("ab"),
      protocol: phases(
        `repeat: { rounds: 3, phases: [{ ${WORK_A} }, { ${A_TO_B} }, { ‸check: { by: b } }] }`,
        FROM_B,
      ),
    },
    message: "when b rejects c1, c2 and c3, a never hears of it: there is no edge back",
    hint: "add an edge from b to a",
    mended: { topology: edges("ab", "ba") },
  },
  {
    title: "a rejection that goes to who forwarded the version",
    file: {
      agents: checkers("peer"),
      topology: edges("ab", "bc", "cb", "ba"),
      protocol: phases(
        `repeat: { rounds: 3, phases: [{ ${WORK_A} }, { ${A_TO_B} }, { send: { from: b, to: c } }, { ‸check: { by: c } }] }`,
        FROM_C,
      ),
    },
    message: "when c rejects c1, c2 and c3, a never hears of it: b only forwards them",
    hint: "add an edge from a to c, and add an edge from c to a, and put - check: { by: a, of: own, as: self } and - send: { from: a, to: c, what: accepted } before b sends to c",
    mended: {
      topology: edges("ab", "bc", "cb", "ba", "ac", "ca"),
      protocol: phases(
        `repeat: { rounds: 3, phases: [{ ${WORK_A} }, { check: { by: a, of: own, as: self } }, { send: { from: a, to: c, what: accepted } }, { ${A_TO_B} }, { send: { from: b, to: c } }, { check: { by: c } }] }`,
        FROM_C,
      ),
    },
  },
  {
    title: "a rejection after the last work phase",
    file: {
      agents: checkers("peer").replace(", c: {}", ""),
      topology: edges("ab", "ba"),
      protocol: phases(WORK_A, A_TO_B, "‸check: { by: b }", FROM_B),
    },
    message:
      "when b rejects c1, c2 and c3 here, nobody makes them again: no work phase of a follows",
    hint: "put the phases from work to check into a repeat with until: complete",
    mended: {
      protocol: phases(
        `repeat: { rounds: 3, until: complete, phases: [{ ${WORK_A} }, { ${A_TO_B} }, { check: { by: b } }] }`,
        FROM_B,
      ),
    },
  },
  {
    title: "more agents than claims",
    file: {
      task: CHAIN,
      agents: "agents: { w: { count: 4 } }",
      topology: "topology: { preset: complete }",
      protocol: phases(
        "assign: { to: w, mode: partition }",
        "repeat: { rounds: 2, phases: [{ ‸work: { who: w, onlyReady: true } }, { send: { from: w, to: w } }] }",
        "aggregate: { how: concatenate }",
      ),
    },
    message: "w.3 and w.4 never have anything to do here: no claim is in the scope of w.3 and w.4",
    mended: { agents: "agents: { w: { count: 2 } }" },
  },
  {
    title: "a member of a group that nobody names",
    file: {
      agents: "agents: { ‸w: { count: 3 } }",
      topology: "",
      protocol: phases(
        "work: { who: [w.1, w.2] }",
        "aggregate: { how: concatenate, from: [w.1, w.2] }",
      ),
    },
    message: "w.3 takes part in no phase",
    mended: { agents: "agents: { w: { count: 2 } }" },
  },
  {
    title: "a check of nothing",
    file: {
      agents: TEAM.replace(", c: {}", ""),
      topology: edges("ab", "ba"),
      protocol: phases(WORK_A, "‸check: { by: b }", A_TO_B, FROM_B),
    },
    message: "b never has anything to check here",
    hint: "send to b before this phase, or check of: own",
    mended: { protocol: phases(WORK_A, A_TO_B, "check: { by: b }", FROM_B) },
  },
  {
    title: "a check whose condition holds for nothing that comes to it",
    file: {
      task: task("cheap: { owner: a, loss: 20 }, dear: { owner: b, loss: 4000 }"),
      agents: TEAM.replace(", c: {}", ""),
      topology: edges("ab"),
      protocol: phases(
        "assign: { mode: owners }",
        "work: { who: [a, b] }",
        A_TO_B,
        "check: { by: b, when: ‸loss > 1000 }",
        FROM_B,
      ),
    },
    message: "b never looks at anything here: no condition holds for the versions that it has",
    mended: {
      protocol: phases(
        "assign: { mode: owners }",
        "work: { who: [a, b] }",
        A_TO_B,
        "check: { by: b, when: loss < 1000 }",
        FROM_B,
      ),
    },
  },
  {
    title: "a send phase that never carries anything",
    file: {
      agents: TEAM.replace(", c: {}", ""),
      topology: edges("ab", "ba"),
      protocol: phases("‸send: { from: a, to: b }", WORK_A, A_TO_B, FROM_B),
    },
    message: "this phase never sends a claim: a has none that could pass",
    mended: { protocol: phases(WORK_A, A_TO_B, FROM_B) },
  },
  {
    title: "a send phase that only sends back",
    file: {
      agents: TEAM.replace(", c: {}", ""),
      topology: edges("ab", "ba"),
      protocol: phases(WORK_A, A_TO_B, "‸send: { from: b, to: a }", FROM_B),
    },
    message: "b sends a only what a itself sent before",
    hint: "remove this phase",
    mended: { protocol: phases(WORK_A, A_TO_B, FROM_B) },
  },
  {
    title: "too few rounds for the way that the claims go",
    file: {
      task: "task: { graph: { shape: chain, size: 3 } }",
      agents: "agents: { w: { count: 3 } }",
      topology: "topology: { preset: chain, directed: true }",
      protocol: phases(
        "assign: { to: w, mode: partition }",
        "repeat: { rounds: ‸2, phases: [{ work: { who: w, onlyReady: true } }, { send: { from: w, to: w } }] }",
        "aggregate: { how: concatenate, from: w.3 }",
      ),
    },
    message: "c3 can never be delivered within 2 rounds",
    hint: "raise rounds to 3",
    mended: {
      protocol: phases(
        "assign: { to: w, mode: partition }",
        "repeat: { rounds: 3, phases: [{ work: { who: w, onlyReady: true } }, { send: { from: w, to: w } }] }",
        "aggregate: { how: concatenate, from: w.3 }",
      ),
    },
  },
  {
    title: "a loop that waits for what comes after it",
    file: {
      agents: TEAM.replace(", c: {}", ""),
      topology: edges("ab"),
      protocol: phases(
        `repeat: { rounds: 3, until: ‸complete, phases: [{ ${WORK_A} }] }`,
        A_TO_B,
        FROM_B,
      ),
    },
    message:
      "the condition until: complete can never hold: c1, c2 and c3 are never there when a round ends",
    hint: "put the phases that bring claims to the aggregator inside the loop",
    mended: {
      protocol: phases(
        `repeat: { rounds: 3, until: complete, phases: [{ ${WORK_A} }, { ${A_TO_B} }] }`,
        FROM_B,
      ),
    },
  },
];

test.each(CASES)("$title", async ({ file, message, hint, mended }) => {
  const { text, line, column } = unmark(scenarioText(file));
  const problems = await problemsOf(text);
  expect(problems).toContainEqual(
    expect.objectContaining({ severity: "warning", message, line, column }),
  );
  if (hint !== undefined) expect(problems.find((p) => p.message === message)?.hint).toBe(hint);
  expect(await problemsOf(unmark(scenarioText({ ...file, ...mended })).text)).toEqual([]);
});

describe("says nothing", () => {
  const silent: [string, Sections][] = [
    [
      "of a rejection where somebody else delivers the claim",
      {
        agents: checkers("peer"),
        topology: edges("ac", "ab"),
        protocol: phases(
          WORK_A,
          A_TO_C,
          "check: { by: c }",
          "escalate: { unless: complete, among: c, phases: [{ work: { who: b } }] }",
          "aggregate: { how: concatenate, from: [b, c] }",
        ),
      },
    ],
    [
      "of a check that never objects",
      {
        agents: TEAM.replace(", c: {}", ""),
        topology: edges("ab"),
        protocol: phases(WORK_A, A_TO_B, "check: { by: b }", FROM_B),
      },
    ],
    [
      "of rejections of claims that nobody looks at",
      {
        task: task("plan: { owner: b, critical: true }, build: { owner: a }"),
        agents: checkers("peer").replace(", c: {}", ""),
        topology: edges("ab"),
        protocol: phases(
          "assign: { mode: owners }",
          "work: { who: [a, b] }",
          A_TO_B,
          "check: { by: b, of: all, when: critical }",
          "work: { who: b }",
          FROM_B,
        ),
      },
    ],
    [
      "of a message that tells an assignment",
      {
        agents: "agents: { boss: { role: orchestrator }, worker: { count: 3 } }",
        topology: "topology: { preset: star }",
        protocol: phases(
          "assign: { by: boss, to: worker }",
          "send: { from: boss, to: worker }",
          "work: { who: worker }",
          "aggregate: { how: majority }",
        ),
      },
    ],
  ];
  test.each(silent)("%s", async (_, file) => {
    expect(await problemsOf(scenarioText(file))).toEqual([]);
  });
});
