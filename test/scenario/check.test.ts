// What the schema cannot say: every rule about several values together, at the place that breaks it.
import { describe, expect, test } from "vitest";
import { KNOWN_METRICS } from "../../src/metrics/naming.ts";
import type { Sections } from "./support.ts";
import { load, problemsOf, scenarioText, unmark } from "./support.ts";

interface Case {
  readonly title: string;
  readonly file: Sections;
  readonly message: string;
  readonly hint?: string;
}

const phases = (...lines: string[]): string =>
  ["protocol:", ...lines.map((line) => `  - ${line}`)].join("\n");
const WORK = "work: { who: worker }";
const SEND = "send: { from: worker, to: boss }";
const CHECK = "check: { by: boss }";
const END = "aggregate: { how: synthesize, by: boss }";

/** A team whose boss is a person. @param mark in front of what the boss is */
const person = (boss: string, mark = "") =>
  `agents: { ${mark}boss: { kind: human, ${boss.replace("DURATION", "{ distribution: constant, mean: 60 }")} }, worker: {} }`;
/** The same rate in all hours of the day. */
const ONES = Array(24).fill("1").join(", ");

const ERRORS: Case[] = [
  // Improvements
  {
    title: "an improvement that neither sets nor is a lever",
    file: { head: "improvements: [‸{ name: a, price: 1 }]" },
    message: "must have either set or lever",
  },
  {
    title: "a lever without bounds",
    file: { head: "improvements: [{ name: a, lever: ‸models.base.errorRate }]" },
    message: "the lever has no bounds",
  },
  {
    title: "bounds of a lever that fall",
    file: {
      head: "improvements: [{ name: a, lever: models.base.errorRate, ‸between: [0.3, 0.1] }]",
    },
    message: "the bounds do not rise",
  },
  {
    title: "prices without a lever",
    file: { head: "improvements: [{ name: a, set: { seed: b }, ‸prices: [1] }]" },
    message: "has no lever",
  },
  // Parameters and task
  {
    title: "a parameter called tools",
    file: { head: "parameters: { ‸tools: 1 }" },
    message: '"tools"',
  },
  { title: "a parameter with a dash", file: { head: "parameters: { ‸a-b: 1 }" }, message: '"a-b"' },
  {
    title: "a cycle of claims",
    file: {
      task: "task:\n  graph:\n    shape: graph\n    claims: { d: [a], ‸a: [b], b: [c], c: [a] }",
    },
    message: "build on each other: a, b, c, a",
  },
  {
    title: "a claim that builds on itself",
    file: { task: "task: { graph: { shape: graph, claims: { a: [], ‸b: [a, b] } } }" },
    message: "build on each other: b, b",
  },
  {
    title: "a premise that is no claim",
    file: { task: "task: { graph: { shape: graph, claims: { plan: [], build: [‸plna] } } }" },
    message: 'build builds on "plna", which is no claim',
    hint: "did you mean plan?",
  },
  {
    title: "no claims",
    file: { task: "task: { graph: { shape: graph, ‸claims: {} } }" },
    message: "the task has no claims",
  },
  {
    title: "too many claims in layers",
    file: { task: "task: { ‸graph: { shape: layers, layers: [6000, 5000] } }" },
    message: "the task has 11,000 claims",
  },
  {
    title: "a mean size above the limit",
    file: { task: "task: { graph: { shape: generated, size: ‸80 } }" },
    message: "the mean size 80 is above the largest size 64",
  },
  {
    title: "class shares that do not add up",
    file: {
      task: "task: { graph: { shape: chain, size: 3 }, ‸classes: { a: { share: 0.5 }, b: { share: 0.4 } } }",
    },
    message: "add up to 0.9",
  },

  // Models
  { title: "no models", file: { models: "‸models: {}" }, message: "there is no model" },
  {
    title: "an unknown model",
    file: { agents: "agents: { boss: {}, worker: { model: ‸bsae } }" },
    message: 'there is no model "bsae"',
    hint: "did you mean base?",
  },
  {
    title: "a model with an error rate of its own",
    file: { agents: "agents: { boss: {}, worker: { errorRate: ‸0.1 } }" },
    message: "worker is a language model, which has no errorRate of its own",
    hint: "write it in models, as errorRate, or write kind: human",
  },
  {
    title: "a model with a price of its own",
    file: { agents: "agents: { boss: {}, worker: { ‸price: { perTurn: 1 } } }" },
    message: "worker is a language model, which has no price of its own",
    hint: "write it in models, as price, or write kind: human",
  },
  {
    title: "a model that gets tired",
    file: { agents: "agents: { boss: {}, worker: { fatigue: ‸0.1 } }" },
    message: "worker is a language model, which has no fatigue of its own",
    hint: "remove it, or write kind: human",
  },
  {
    title: "a person with a model",
    file: { agents: person("errorRate: 0, duration: DURATION, model: ‸base") },
    message: "boss is a person, which has no model of its own",
    hint: "remove it, or write kind: model",
  },
  {
    title: "a person without an error rate",
    file: { agents: person("duration: DURATION", "‸") },
    message: "boss is a person without errorRate",
    hint: "write errorRate: 0.05",
  },
  {
    title: "a person without a duration",
    file: { agents: person("errorRate: 0", "‸") },
    message: "boss is a person without duration",
  },
  {
    title: "a duration with its bounds the wrong way round",
    file: {
      agents: person("errorRate: 0, duration: { distribution: uniform, low: ‸3, high: 2 }"),
    },
    message: "agents.boss.duration: low is 3 s and high is 2 s",
  },
  {
    title: "two prices of a person",
    file: {
      agents: person("errorRate: 0, duration: DURATION, ‸price: { perTurn: 1, perHour: 2 }"),
    },
    message: "the price is stated by the turn and by the hour",
  },
  {
    title: "fatigue without shifts",
    file: { agents: person("errorRate: 0, duration: DURATION, fatigue: ‸0.1") },
    message: "fatigue has no beginning here",
  },
  {
    title: "a shift that never begins",
    file: { agents: "agents: { boss: {}, worker: { shifts: { days: mon, hours: ‸9:00-9:00 } } }" },
    message: "the shift never begins: 9:00-9:00 is no time at all",
    hint: "write 0:00-24:00 for a whole day",
  },
  {
    title: "a shift that never begins, in lists",
    file: {
      agents:
        "agents: { boss: {}, worker: { shifts: [{ days: mon, hours: [8:00-9:00, ‸9:00-9:00] }] } }",
    },
    message: "the shift never begins",
  },
  {
    title: "hours of no such form",
    file: { agents: "agents: { boss: {}, worker: { shifts: { days: mon, hours: ‸9-17 } } }" },
    message: 'agents.worker.shifts.hours is the text "9-17"',
  },
  {
    title: "no staff",
    file: { agents: "agents: { boss: {}, worker: { staff: ‸0 } }" },
    message: "agents.worker.staff is 0, below the smallest value 1",
  },
  {
    title: "a program that loses something",
    file: { agents: "agents: { boss: { kind: code, omission: ‸0.1 }, worker: {} }" },
    message: "omission is 0.1, and a program loses nothing",
  },
  {
    title: "a program that guesses",
    file: { agents: "agents: { boss: { kind: code, guess: ‸0.5 }, worker: {} }" },
    message: "guess is 0.5, and a program does not guess",
  },
  {
    title: "a group that does not choose among models",
    file: {
      models: "models: { base: { errorRate: 0.1 }, strong: { errorRate: 0.01 } }",
      agents: "agents: { boss: { model: strong }, ‸worker: {} }",
    },
    message: "worker does not say which model it has",
  },
  {
    title: "low above high",
    file: {
      models:
        "models:\n  base:\n    errorRate: 0.1\n    latency: { distribution: uniform, low: ‸3, high: 2 }",
    },
    message: "low is 3 s and high is 2 s",
  },
  {
    title: "quantiles that descend",
    file: {
      models:
        "models:\n  base:\n    errorRate: 0.1\n    latency: { distribution: empirical, quantiles: [1, 5, ‸2, 7] }",
    },
    message: "models.base.latency: a quantile of 2 s comes after one of 5 s",
  },
  {
    title: "a timeout below the first quantile",
    file: {
      models:
        "models:\n  base:\n    errorRate: 0.1\n    timeout: ‸500ms\n    latency: { distribution: empirical, quantiles: [1, 5] }",
    },
    message: "no call takes less than 1 s",
  },
  {
    title: "low above high on the way",
    file: {
      topology:
        "topology: { preset: star, latency: { distribution: uniform, low: ‸2s, high: 1s } }",
    },
    message: "topology.latency: low is 2 s",
  },

  // Size of the team
  { title: "no groups", file: { agents: "‸agents: {}" }, message: "the team is empty" },
  {
    title: "groups without members",
    file: { agents: "‸agents: { boss: { count: 0 }, worker: { count: 0 } }" },
    message: "the team is empty",
  },
  {
    title: "too many agents together",
    file: { agents: "‸agents: { boss: {}, worker: { count: 60000 }, more: { count: 60000 } }" },
    message: "the team has 120,001 agents",
  },
  {
    title: "too large ledgers",
    file: {
      task: "task: { graph: { shape: chain, size: 10000 } }",
      agents: "‸agents: { boss: {}, worker: { count: 1999 }, more: {} }",
      protocol: phases("work: { who: [worker, more] }", END),
    },
    message: "2,001 agents × 10,000 claims are 20,010,000 places",
  },
  {
    title: "too many edges of a preset",
    file: {
      agents: "agents: { boss: {}, worker: { count: 5000 } }",
      topology: "‸topology: { preset: complete }",
    },
    message: "about 25,005,000 edges",
  },
  {
    title: "too many edges between groups",
    file: {
      agents: "agents: { boss: {}, worker: { count: 3000 } }",
      topology: "‸topology: { preset: star, edges: [{ from: worker, to: worker }] }",
    },
    message: "edges",
  },

  // References
  {
    title: "an unknown group",
    file: { protocol: phases("work: { who: ‸wroker }", WORK, SEND, CHECK, END) },
    message: 'there is no group of agents "wroker"',
    hint: "did you mean worker?",
  },
  {
    title: "an unknown group in a list",
    file: { protocol: phases("work: { who: [worker, ‸crew] }", END) },
    message: '"crew"',
  },
  {
    title: "an unknown member",
    file: { protocol: phases("work: { who: [worker, ‸worker.4] }", END) },
    message: 'there is no agent "worker.4"',
  },
  {
    title: "a group without members",
    file: {
      agents: "agents: { boss: {}, worker: {}, spare: { count: 0 } }",
      protocol: phases("work: { who: [worker, ‸spare] }", END),
    },
    message: '"spare" has no members',
  },
  {
    title: "a group that is written empty",
    file: {
      agents: "agents:\n  boss: {}\n  worker: {}\n  spare:",
      protocol: phases("work: { who: [worker, ‸spare] }", END),
    },
    message: '"spare" is empty in agents',
    hint: "spare: {}",
  },
  {
    title: "an edge to nobody",
    file: { topology: "topology: { preset: star, edges: [{ from: worker, to: ‸nobody }] }" },
    message: 'there is no group of agents "nobody"',
  },
  {
    title: "an edge to itself",
    file: {
      topology: "topology:\n  preset: star\n  edges:\n    - ‸from: worker.1\n      to: worker.1",
    },
    message: "from worker.1 to itself",
  },
  {
    title: "an edge of a single agent to itself",
    file: { topology: "topology: { preset: star, edges: [‸{ from: boss, to: boss }] }" },
    message: "from boss to itself",
  },
  {
    title: "an unknown hub",
    file: { topology: "topology: { preset: star, hub: ‸bos }" },
    message: '"bos"',
  },
  {
    title: "a group for a hub",
    file: { topology: "topology: { preset: star, hub: ‸worker }" },
    message: "topology.hub",
    hint: "worker.1",
  },
  {
    title: "an unknown member of the preset",
    file: { topology: "topology: { preset: star, among: [boss, worker, ‸crew] }" },
    message: '"crew"',
  },
  {
    title: "a group that aggregates",
    file: { protocol: phases(WORK, SEND, CHECK, "aggregate: { how: synthesize, by: ‸worker }") },
    message: "which are 3 agents",
  },

  // Protocol
  {
    title: "no aggregate",
    file: { protocol: `‸${phases(WORK, SEND, CHECK)}` },
    message: "no aggregate",
  },
  {
    title: "no work",
    file: { protocol: `‸${phases(SEND, CHECK, "check: { by: worker }", END)}` },
    message: "nobody works",
  },
  {
    title: "phases after aggregate",
    file: { protocol: phases(WORK, `‸${END}`, CHECK) },
    message: "phases come after aggregate",
  },
  {
    title: "two aggregates",
    file: { protocol: phases(WORK, `‸${END}`, END) },
    message: "phases come after aggregate",
  },
  {
    title: "an aggregate in a repeat",
    file: { protocol: phases(`repeat:\n      phases:\n        - ${WORK}\n        - ‸${END}`, END) },
    message: "aggregate phase stands inside repeat",
  },
  {
    title: "agents without an edge between them",
    file: { protocol: phases(WORK, "‸send: { from: worker.1, to: worker.2 }", CHECK, END) },
    message: "there is no edge from worker.1 to worker.2",
    hint: "topology.edges",
  },
  {
    title: "agents without any edges",
    file: { topology: "", protocol: phases(WORK, `‸${SEND}`, CHECK, END) },
    message: "no edge from worker to boss",
    hint: "choose a topology.preset",
  },
  {
    title: "edges in the other direction only",
    file: {
      topology: "topology: { preset: star, directed: true }",
      protocol: phases(WORK, `‸${SEND}`, CHECK, END),
    },
    message: "no edge from worker to boss",
  },
  {
    title: "synthesis by nobody",
    file: { protocol: phases(WORK, SEND, CHECK, "‸aggregate: { how: synthesize }") },
    message: "does not say who synthesizes",
  },
  {
    title: "accepted versions of somebody who does not check",
    file: {
      protocol: phases(WORK, "send: { from: worker, to: boss, what: ‸accepted }", CHECK, END),
    },
    message: "worker has nothing accepted to send",
  },
  {
    title: "accepted versions before the check",
    file: {
      protocol: phases(WORK, "send: { from: boss, to: worker, what: ‸accepted }", CHECK, END),
    },
    message: "boss has nothing accepted to send",
  },
  {
    title: "waiting for a lead that nobody counts",
    file: {
      protocol: phases(
        `repeat:\n      until: ‸ahead\n      phases:\n        - ${WORK}`,
        CHECK,
        END,
      ),
    },
    message: "the deliverable is built by synthesize",
  },
  {
    title: "a route for no classes",
    file: {
      protocol: phases(
        "assign: { to: worker, mode: ‸route, routes: { a: worker } }",
        WORK,
        CHECK,
        END,
      ),
    },
    message: "no task classes",
  },
  {
    title: "more copies than agents",
    file: { protocol: phases("assign: { to: worker, mode: replicate, k: ‸4 }", WORK, CHECK, END) },
    message: "to 4 agents, of 3",
  },

  // Claims with properties
  {
    title: "a negative loss",
    file: { task: "task: { graph: { shape: graph, claims: { a: { loss: ‸-20 } } } }" },
    message: "loss is -20, below the smallest value 0",
  },
  {
    title: "a loss in another currency",
    file: { task: 'task: { graph: { shape: graph, claims: { a: { loss: ‸"€4,000" } } } }' },
    message: 'is the text "€4,000"',
  },
  {
    title: "a claim that is a number",
    file: { task: "task: { graph: { shape: graph, claims: { a: ‸5 } } }" },
    message: "is the number 5",
  },
  {
    title: "a property that there is not",
    file: { task: "task: { graph: { shape: graph, claims: { a: { ‸owned: boss } } } }" },
    message: 'the key "owned" is not known',
    hint: "did you mean owner?",
  },
  {
    title: "a premise of a map that is no claim",
    file: {
      task: "task: { graph: { shape: graph, claims: { plan: [], build: { needs: [‸plna] } } } }",
    },
    message: 'build builds on "plna", which is no claim',
    hint: "did you mean plan?",
  },
  {
    title: "an owner that is no agent",
    file: {
      task: "task: { graph: { shape: graph, claims: { a: { owner: ‸wroker } } } }",
      protocol: phases("assign: { mode: owners }", WORK, CHECK, END),
    },
    message: 'there is no group of agents "wroker"',
    hint: "did you mean worker?",
  },
  {
    title: "kinds of claim with too large shares",
    file: {
      task: "task: { graph: { shape: generated, size: 3, ‸kinds: { a: { share: 0.7 }, b: { share: 0.6 } } } }",
    },
    message: "add up to 1.3",
  },
  {
    title: "a claim without an owner",
    file: {
      task: "task: { graph: { shape: graph, claims: { a: { owner: boss }, b: [], c: [a] } } }",
      protocol: phases("assign: { mode: ‸owners }", WORK, CHECK, END),
    },
    message: "nobody owns b, c",
    hint: "write b: { needs: [...], owner: AGENTS }",
  },
  {
    title: "a kind without an owner",
    file: {
      task: "task: { graph: { shape: generated, size: 9, kinds: { a: { share: 0.5, owner: worker }, b: { share: 0.5 } } } }",
      protocol: phases("assign: { mode: ‸owners }", WORK, CHECK, END),
    },
    message: "nobody owns the claims of kind b",
    hint: "write b: { share: ..., owner: AGENTS }",
  },
  {
    title: "claims of no kind, and so of no owner",
    file: {
      task: "task: { graph: { shape: generated, size: 9, kinds: { a: { share: 0.5, owner: worker } } } }",
      protocol: phases("assign: { mode: ‸owners }", WORK, CHECK, END),
    },
    message: "nobody owns the claims that are of no kind",
    hint: "add up to 1",
  },
  {
    title: "a kind of an owner that is nobody",
    file: {
      task: "task: { graph: { shape: generated, size: 9, kinds: { a: { share: 1, owner: ‸boos } } } }",
      protocol: phases("assign: { mode: owners }", WORK, CHECK, END),
    },
    message: 'there is no group of agents "boos"',
    hint: "did you mean boss?",
  },
  {
    title: "owners of a chain",
    file: { protocol: phases("assign: { mode: ‸owners }", WORK, CHECK, END) },
    message: "the claims of a task of shape chain have no owners",
  },
  {
    title: "a named claim that there is not",
    file: {
      task: "task: { graph: { shape: graph, claims: { diagnosis: [], payout: [] } } }",
      protocol: phases("assign: { to: worker, claims: [‸diagnossis] }", WORK, CHECK, END),
    },
    message: 'there is no claim "diagnossis"',
    hint: "did you mean diagnosis?",
  },
  {
    title: "claims that are assigned to nobody",
    file: { protocol: phases("‸assign: { mode: partition }", WORK, CHECK, END) },
    message: "does not say who gets the claims",
  },
  {
    title: "a check of critical claims of which there are none",
    file: { protocol: phases(WORK, SEND, "check: { by: boss, when: ‸critical }", END) },
    message: "the check looks at critical claims, and there are none",
    hint: "critical: true",
  },
  {
    title: "a check by losses that nobody states",
    file: { protocol: phases(WORK, SEND, "check: { by: boss, when: [‸loss > 20] }", END) },
    message: "the check goes by losses, but no claim states one",
    hint: "loss: 4000",
  },
  {
    title: "a check by confidences that nobody states",
    file: { protocol: phases(WORK, SEND, "check: { by: boss, when: ‸confidence < 0.7 }", END) },
    message: "the check goes by confidences, but no agent states one",
    hint: "confidence: { auc: 0.75 }",
  },
  {
    title: "an unknown condition",
    file: { protocol: phases(WORK, SEND, "check: { by: boss, when: ‸disagrement }", END) },
    message: '"disagrement" is not a condition',
    hint: "did you mean disagreement?",
  },
  {
    title: "a condition on what nobody knows",
    file: {
      protocol: phases(WORK, SEND, "check: { by: boss, when: [disagreement, ‸age > 3] }", END),
    },
    message: '"age > 3" is not a condition',
  },
  {
    title: "a condition without its number",
    file: { protocol: phases(WORK, SEND, "check: { by: boss, when: ‸loss }", END) },
    message: '"loss" is not a condition',
    hint: "such as loss > 1000",
  },
  {
    title: "a condition with a sum of money",
    file: { protocol: phases(WORK, SEND, "check: { by: boss, when: ‸loss > $1k }", END) },
    message: '"loss > $1k" is not a condition',
    hint: "write loss > 1000",
  },
  {
    title: "a confidence in percent",
    file: {
      agents: "agents: { boss: { role: orchestrator }, worker: { confidence: { auc: 0.9 } } }",
      protocol: phases(WORK, SEND, "check: { by: boss, when: ‸confidence < 70 }", END),
    },
    message: "a confidence is never 70",
    hint: "write confidence < 0.7",
  },
  {
    title: "a number for a condition",
    file: { protocol: phases(WORK, SEND, "check: { by: boss, when: ‸0.7 }", END) },
    message: "protocol.2.check.when is the number 0.7",
  },
  {
    title: "an AUC below that of a guess",
    file: { agents: "agents: { boss: {}, worker: { count: 3, confidence: { auc: ‸0.4 } } }" },
    message: "agents.worker.confidence.auc is 0.4, below the smallest value 0.5",
  },
  {
    title: "a threshold on losses that nobody states",
    file: { tail: "thresholds: [‸loss.total < 5]" },
    message: '"loss.total" asks what errors cost',
    hint: "add a loss",
  },
  {
    title: "a threshold on critical claims of which there are none",
    file: { tail: "thresholds: [‸criticalSuccess > 0.9]" },
    message: '"criticalSuccess" asks for critical claims',
    hint: "mark a claim",
  },
  {
    title: "a threshold on late losses that nobody states",
    file: { tail: "objectives: { latency: 60s }\nthresholds: [‸loss.late < 5]" },
    message: '"loss.late" asks what late tasks cost',
    hint: "objectives: { latency: 1h, loss: 200 }",
  },
  {
    title: "a threshold on tools that cannot fail",
    file: { tail: "thresholds: [‸faults.tool < 0.1]" },
    message: '"faults.tool" asks for tools that failed, and none can',
  },
  {
    title: "less than no tool",
    file: { task: "task: { graph: { shape: graph, claims: { a: { tools: ‸-1 } } } }" },
    message: "tools is -1, below the smallest value 0",
  },
  {
    title: "a loss of late tasks without a deadline",
    file: { tail: "objectives: { loss: ‸200 }" },
    message: "nothing says when a task is late",
    hint: "add latency",
  },
  {
    title: "a negative loss of late tasks",
    file: { tail: "objectives: { latency: 60s, loss: ‸-200 }" },
    message: "loss is -200, below the smallest value 0",
  },

  // Success
  {
    title: "success by critical claims of which there are none",
    file: { tail: "success: { critical: ‸true }" },
    message: "success goes by critical claims, and there are none",
    hint: "mark a claim",
  },
  {
    title: "success by two rules",
    file: {
      task: "task: { graph: { shape: graph, claims: { a: { critical: true } } } }",
      tail: "‸success: { critical: true, atLeast: 0.9, of: quality }",
    },
    message: "by quality and by critical claims at once",
  },
  {
    title: "success by nothing",
    file: { tail: "‸success: {}" },
    message: "success does not say when a task succeeds",
  },
  {
    title: "success by a quality of any size",
    file: { tail: "‸success: { of: quality }" },
    message: "does not say which quality is enough",
    hint: "add atLeast: 0.9",
  },
  {
    title: "success by a share of what",
    file: { tail: "‸success: { atLeast: 0.9 }" },
    message: "does not say what has to be at least that",
    hint: "add of: quality",
  },
  {
    title: "success by a quality of 0",
    file: { tail: "success: { atLeast: ‸0, of: quality }" },
    message: "every deliverable has a quality of at least 0",
  },
  {
    title: "success by a quality above 1",
    file: { tail: "success: { atLeast: ‸90, of: quality }" },
    message: "atLeast is 90, above the largest value 1",
  },
  {
    title: "success by what there is not",
    file: { tail: "success: { atLeast: 0.9, of: ‸qualty }" },
    message: 'of is the text "qualty"',
    hint: "did you mean quality?",
  },

  // Workload
  ...(
    [
      [
        "a warm-up as long as the stream",
        "tasks: 50, warmUp: ‸50",
        "leaves nothing",
        "100 or more",
      ],
      [
        "steps and hours",
        "profile: { steps: [{ from: 0:00, rate: 1 }], ‸hours: DAY }",
        "steps and hours",
        "remove one",
      ],
      ["a day of two hours", "profile: { ‸hours: [1, 2x] }", "rates of 2 hours", "add 22 rates"],
      [
        "a day of 25 hours",
        "profile: { ‸hours: [0, ...DAY] }",
        "rates of 25 hours",
        "remove 1 rate",
      ],
      [
        "a step that is late",
        "profile: { steps: [{ from: 9:00, rate: 1 }, { from: ‸8:00, rate: 2 }] }",
        "from 9:00",
        "put the step from 8:00",
      ],
      [
        "a step that is there twice",
        "profile: { steps: [{ from: 9:00, rate: 1 }, { from: ‸09:00, rate: 2 }] }",
        "from 9:00",
        "or remove it",
      ],
      [
        "a step at the end of the day",
        "profile: { steps: [{ from: ‸24:00, rate: 1 }] }",
        "when the day is over",
        "from: 0:00",
      ],
      [
        "a step after the end of the day",
        "profile: { steps: [{ from: ‸24:30, rate: 1 }] }",
        '"24:30"',
      ],
      ["a negative rate", "profile: { days: { mon: ‸-1 } }", "-1"],
      ["a rate that is none", "profile: { days: { mon: ‸5 times } }", '"5 times"'],
      ["a day that is none", "profile: { days: { ‸munday: 2x } }", '"munday" is no day'],
      [
        "a day that is there twice",
        "profile: { days: { mon-wed: 2x, ‸tue: 1 } }",
        "tue has a day that mon-wed has too",
        "change tue or mon-wed",
      ],
      ["no rate at all", "‸profile: { days: { mon-sun: 0 } }", "no task ever arrives", "8:00"],
    ] as const
  ).map(([title, workload, message, hint]) => ({
    title,
    file: {
      tail: `workload: { arrivals: poisson, interval: 9s, ${workload.replace("...DAY", ONES).replace("DAY", `[${ONES}]`)} }`,
    },
    message,
    ...(hint !== undefined && { hint }),
  })),
  {
    title: "a backlog of tasks that come one at a time",
    file: { tail: "objectives: { backlog: ‸5 }" },
    message: "tasks come one at a time",
    hint: "arrivals: poisson",
  },
  {
    title: "a threshold on a backlog that nobody watches",
    file: {
      tail: "workload: { arrivals: poisson, interval: 9s }\nthresholds: [‸backlog.peak < 9]",
    },
    message: "does not watch",
    hint: "objectives: { backlog: 10 }",
  },
  {
    title: "a threshold on a backlog without an objective",
    file: {
      tail: "workload: { arrivals: poisson, interval: 9s, profile: { days: { mon: 2 } } }\nthresholds: [backlog.peak < 9, ‸backlog.above < 0.1]",
    },
    message: "nothing says what that is",
    hint: "objectives: { backlog: 10 }",
  },

  // Thresholds
  {
    title: "no threshold",
    file: { tail: "thresholds: [‸success]" },
    message: '"success" is not a threshold',
  },
  {
    title: "an equation",
    file: { tail: "thresholds: [‸success = 1]" },
    message: "is not a threshold",
  },
  {
    title: "an unknown metric",
    file: { tail: "thresholds: [‸amplification.propagaton <= 5]" },
    message: "no metric amplification.propagaton",
    hint: "did you mean amplification.propagation?",
  },
];

describe("errors", () => {
  for (const { title, file, message, hint } of ERRORS) {
    test(title, async () => {
      const { text, line, column } = unmark(scenarioText(file));
      const problems = await problemsOf(text, { metricNames: KNOWN_METRICS });
      const errors = problems.filter((p) => p.severity === "error");
      expect(errors.map((e) => `${e.line}:${e.column} ${e.message}`)).toHaveLength(1);
      expect(errors[0]).toMatchObject({ line, column });
      expect(errors[0].message).toContain(message);
      if (hint !== undefined) expect(errors[0].hint).toContain(hint);
    });
  }

  test("routes are wanted for every class, and for no other", async () => {
    const task = `task:
  graph: { shape: chain, size: 3 }
  classes: { routine: { share: 0.5 }, hard: { share: 0.5 } }`;
    const assign = "assign: { to: worker, mode: route, routes: { routin: worker } }";
    const problems = await problemsOf(
      scenarioText({ task, protocol: phases(assign, WORK, CHECK, END) }),
    );
    expect(problems.map((p) => p.message)).toEqual([
      "there is no route for the task class routine",
      "there is no route for the task class hard",
      'there is no task class "routin"',
    ]);
    expect(problems[2].hint).toBe("did you mean routine?");
  });

  test("the ninth repeat inside another is too deep", async () => {
    const nested = (depth: number): string =>
      depth === 0 ? WORK : `repeat: { rounds: 2, phases: [ { ${nested(depth - 1)} } ] }`;
    const wrap = (depth: number) =>
      problemsOf(scenarioText({ protocol: phases(nested(depth), SEND, CHECK, END) }));
    expect(await wrap(8)).toEqual([]);
    expect((await wrap(9)).map((p) => p.message)).toEqual(["repeat phases are nested too deep"]);
  });
});

const WARNINGS: Case[] = [
  {
    title: "a tool failure where no claim calls a tool",
    file: { agents: "agents: { boss: {}, worker: { count: 3, toolFailure: ‸0.1 } }" },
    message: "a tool failure has no effect",
    hint: "say how many calls a claim takes",
  },
  {
    title: "calls of tools that never fail",
    file: { task: "task: { graph: { shape: graph, ‸claims: { a: { tools: 3 } } } }" },
    message: "claims take calls of tools, but no tool ever fails",
    hint: "add a failure rate",
  },
  {
    title: "an owner outside to",
    file: {
      task: "task: { graph: { shape: graph, claims: { a: { owner: boss }, b: { owner: worker }, c: { owner: worker }, d: { owner: worker } } } }",
      protocol: phases(
        "assign: { mode: owners, to: ‸worker }",
        "work: { who: [boss, worker] }",
        "aggregate: { how: concatenate, from: [boss, worker] }",
      ),
    },
    message: "boss owns claims and stands in no to so far",
    hint: "name boss in to as well",
  },
  {
    title: "owners that no phase asks for",
    file: { task: "task: { graph: { shape: graph, claims: { a: { owner: ‸boss } } } }" },
    message: "claims have owners, but no phase gives them to their owners",
  },
  {
    title: "a check of no task",
    file: { protocol: phases(WORK, SEND, "check: { by: boss, share: ‸0 }", END) },
    message: "with share: 0 nobody looks at anything",
  },
  {
    title: "a check above every loss",
    file: {
      task: "task: { graph: { shape: graph, claims: { a: { loss: 20 }, b: { loss: 4000 } } } }",
      protocol: phases(WORK, SEND, "check: { by: boss, when: ‸loss > 4000 }", END),
    },
    message: '"loss > 4000" holds for no version',
  },
  {
    title: "a check below every confidence",
    file: {
      agents: "agents: { boss: { role: orchestrator }, worker: { confidence: { auc: 0.9 } } }",
      protocol: phases(WORK, SEND, "check: { by: boss, when: ‸confidence < 0 }", END),
    },
    message: '"confidence < 0" holds for no version',
  },
  {
    title: "a model that nobody has",
    file: {
      models: "models: { base: { errorRate: 0.1 }, ‸strong: { errorRate: 0.1 } }",
      agents: "agents: { boss: { model: base }, worker: { model: base, count: 3 } }",
    },
    message: "no group of agents has the model strong",
  },
  {
    title: "a group in no phase",
    file: { agents: "agents: { boss: {}, worker: {}, ‸idle: {} }" },
    message: "the group idle takes part in no phase",
  },
  {
    title: "repeats with an open workload",
    file: { tail: "workload: { arrivals: poisson, interval: 1min }\nrepeats: ‸4" },
    message: "repeats have no meaning",
  },
  {
    title: "nets with an open workload",
    file: { tail: "workload: { arrivals: poisson, interval: 1min }\nsampling: ‸nets" },
    message: "tasks that arrive over time cannot be spread over nets",
  },
  {
    title: "a hub of a ring",
    file: { topology: "topology: { preset: ring, hub: ‸boss }" },
    message: "the hub has no meaning in the preset ring",
  },
  {
    title: "a route to agents that the router does not free",
    file: {
      task: "task: { graph: { shape: chain, size: 2 }, classes: { easy: { share: 0.5 }, hard: { share: 0.5 } } }",
      protocol: phases(
        "assign: { to: worker, mode: route, routes: { easy: worker, hard: ‸boss } }",
        WORK,
        SEND,
        CHECK,
        END,
      ),
    },
    message: "boss stands at the end of a route and not in to",
  },
  {
    title: "routes of another mode",
    file: {
      protocol: phases("assign: { to: worker, ‸routes: { a: worker } }", WORK, SEND, CHECK, END),
    },
    message: "routes have no meaning in mode whole",
  },
];

describe("warnings", () => {
  for (const { title, file, message } of WARNINGS) {
    test(title, async () => {
      const { text, line, column } = unmark(scenarioText(file));
      const { warnings } = await load(text);
      expect(warnings.map((w) => w.message)).toEqual([expect.stringContaining(message)]);
      expect(warnings[0]).toMatchObject({ line, column, severity: "warning" });
    });
  }
});

describe("what is allowed", () => {
  const GOOD: [string, Sections][] = [
    ["the good scenario", {}],
    ["rates of 0 and 1", { models: "models: { base: { errorRate: 1, commonCause: 0 } }" }],
    [
      "class shares that add up but for rounding",
      {
        task: "task: { graph: { shape: chain, size: 3 }, classes: { a: { share: 0.1 }, b: { share: 0.2 }, c: { share: 0.7 } } }",
      },
    ],
    [
      "a worker that checks as orchestrator",
      {
        protocol: phases(
          WORK,
          SEND,
          "check: { by: worker, of: own, as: orchestrator }",
          CHECK,
          END,
        ),
      },
    ],
    [
      "accepted versions of a round before",
      {
        protocol: phases(
          `repeat:\n      phases:\n        - send: { from: boss, to: worker, what: accepted }\n        - ${WORK}\n        - ${SEND}\n        - ${CHECK}`,
          END,
        ),
      },
    ],
    [
      "the defaults of repeats and of sampling with an open workload",
      {
        tail: "workload: { arrivals: fixed, interval: 10s }",
      },
    ],
    [
      "independent sampling of an open workload",
      {
        tail: "workload: { arrivals: fixed, interval: 10s }\nsampling: independent",
      },
    ],
    ["spread sampling of single tasks", { tail: "sampling: nets" }],
    [
      "a team of one that has nobody to write to",
      {
        agents: "agents: { boss: {}, worker: {} }",
        protocol: phases(WORK, "send: { from: worker, to: worker }", SEND, CHECK, END),
      },
    ],
    [
      "a thousand agents in a mesh",
      {
        agents: "agents: { boss: {}, worker: { count: 999 } }",
        topology: "topology: { preset: complete }",
      },
    ],
  ];
  for (const [title, file] of GOOD)
    test(title, async () => {
      expect(await problemsOf(scenarioText(file))).toEqual([]);
    });
});
