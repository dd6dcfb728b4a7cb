// The scenarios on which the coverage of intervals is measured: five small ones with closed forms, and three shipped ones.
// Each is compared with a baseline.
import { defineScenario, type ScenarioInput } from "../../../src/api/scenarios.ts";
import { shipped } from "../../../src/literature/shipped.ts";
import type { Scenario } from "../../../src/scenario/schema.ts";

/** What an interval is made of: metrics, and paired differences to the baseline. */
export const QUANTITIES = {
  success: "success",
  turns: "turns",
  errorsAtAggregation: "errors",
  "amplification.propagation": "amplification",
  costPerSuccess: "cost per success",
  passHat8: "pass^8",
  "latency.p95": "latency p95",
  "difference success": "difference of success",
  "difference turns": "difference of turns",
} as const;

export type Quantity = keyof typeof QUANTITIES;

export const QUANTITY_NAMES = Object.keys(QUANTITIES) as Quantity[];

export interface CoverageCase {
  readonly name: string;
  readonly about: string;
  readonly repeats: number;
  /** The truth of what has a closed form. */
  readonly closed: Partial<Readonly<Record<Quantity, number>>>;
  /** What is the same in every replication. */
  readonly given: readonly Quantity[];
  /** The baseline and the scenario. */
  load(): Promise<readonly [Scenario, Scenario]>;
}

const PRICE = { input: 1.25, output: 10 };
const LATENCY = { distribution: "lognormal", mean: "4s", cv: 0.5 } as const;

interface Small extends Omit<CoverageCase, "load" | "repeats" | "given"> {
  readonly repeats?: number;
  readonly given?: readonly Quantity[];
  readonly scenario: Partial<ScenarioInput>;
  readonly baseline: Partial<ScenarioInput>;
}

/** A small case: parts of scenarios in which one agent makes one claim, unless they say otherwise. */
function small({ scenario, baseline, repeats = 1, given = [], ...rest }: Small): CoverageCase {
  const define = (name: string, parts: Partial<ScenarioInput>) =>
    defineScenario({
      name,
      task: { graph: { shape: "chain", size: 1 } },
      models: agentThatErrs(0.3),
      agents: { agent: {} },
      protocol: [{ work: { who: "agent" } }, { aggregate: { how: "first", from: "agent" } }],
      repeats,
      ...parts,
    } as ScenarioInput);
  return {
    ...rest,
    repeats,
    given,
    load: async () => [define("baseline", baseline), define(rest.name, scenario)],
  };
}

const agentThatErrs = (errorRate: number) => ({
  base: { errorRate, price: PRICE, latency: LATENCY },
});

function fromFiles(
  about: string,
  [baseline, scenario]: readonly [string, string],
  repeats: number,
): CoverageCase {
  const load = async (file: string) => ({ ...(await shipped(file)), repeats });
  return {
    name: scenario.replace(/\.yaml$/, ""),
    about,
    repeats,
    closed: {},
    given: [],
    load: async () => [await load(baseline), await load(scenario)],
  };
}

// ---------------------------------------------------------------- closed forms

/** One claim with error rate p, reviewed until nothing is flagged: flags come with p recall + (1 - p) false alarm. */
function reviewed(p: number, recall: number, falseAlarm: number) {
  const flags = p * recall + (1 - p) * falseAlarm;
  const errors = (p * (1 - recall)) / (1 - flags);
  return { turns: 2 / (1 - flags), errors };
}

/** Errors of a chain of n claims that hand on every error: the i-th is right if all before it are. */
const errorsOfChain = (p: number, n: number) =>
  Array.from({ length: n }, (_, i) => 1 - (1 - p) ** (i + 1)).reduce((a, b) => a + b);

/** Chance that three of five votes or more are wrong. */
const wrongMajority = (p: number) => 10 * p ** 3 * (1 - p) ** 2 + 5 * p ** 4 * (1 - p) + p ** 5;

/** Votes until one answer leads by k, of which each is right with p: a random walk between two barriers. */
function walk(p: number, k: number) {
  const success = 1 / (1 + ((1 - p) / p) ** k);
  return { success, turns: (k * (2 * success - 1)) / (2 * p - 1) };
}

/** Mean over tasks whose log-odds of an error are normal, of a function of the chance of an error. */
function overDifficulties(p: number, spread: number, f: (p: number) => number): number {
  const [steps, width] = [4000, 16];
  let sum = 0;
  for (let i = 0; i < steps; i++) {
    const z = width * ((i + 0.5) / steps - 0.5);
    const odds = (p / (1 - p)) * Math.exp(spread * z);
    sum += f(odds / (1 + odds)) * Math.exp((-z * z) / 2);
  }
  return (sum * width) / steps / Math.sqrt(2 * Math.PI);
}

/** Turns of agents that take one per claim, and never review. */
const TURNS = ["turns", "difference turns"] as const;

const REVIEWED = reviewed(0.3, 0.8, 0.1);
const WALK = walk(0.8, 3);
const hardAndEasy = (f: (p: number) => number, p = 0.1) => overDifficulties(p, 1.5, f);
const HARD_ERRORS = (p: number) => hardAndEasy((q) => errorsOfChain(q, 3), p);
const HARD_SUCCESS = (p: number) => hardAndEasy((q) => (1 - q) ** 3, p);

// ---------------------------------------------------------------- cases

export const CASES: readonly CoverageCase[] = [
  small({
    name: "reviews",
    about: "one claim, reviewed until nothing is flagged; against no review",
    closed: {
      success: 1 - REVIEWED.errors,
      turns: REVIEWED.turns,
      errorsAtAggregation: REVIEWED.errors,
      "amplification.propagation": REVIEWED.errors / 0.3,
      "difference success": 0.3 - REVIEWED.errors,
      "difference turns": REVIEWED.turns - 1,
    },
    scenario: { agents: { agent: { checks: { self: { recall: 0.8, falseAlarm: 0.1 } } } } },
    baseline: {},
  }),
  small({
    name: "chain",
    about: "seven claims in a row, error rate .08; against .04",
    given: TURNS,
    closed: {
      success: 0.92 ** 7,
      turns: 7,
      errorsAtAggregation: errorsOfChain(0.08, 7),
      "amplification.propagation": errorsOfChain(0.08, 7) / errorsOfChain(0.04, 7),
      "difference success": 0.92 ** 7 - 0.96 ** 7,
      "difference turns": 0,
    },
    scenario: { task: { graph: { shape: "chain", size: 7 } }, models: agentThatErrs(0.08) },
    baseline: { task: { graph: { shape: "chain", size: 7 } }, models: agentThatErrs(0.04) },
  }),
  small({
    name: "majority",
    about: "five voters of error rate .3; against one",
    given: TURNS,
    closed: {
      success: 1 - wrongMajority(0.3),
      turns: 5,
      errorsAtAggregation: 1.5,
      "amplification.propagation": 5,
      "difference success": 0.3 - wrongMajority(0.3),
      "difference turns": 4,
    },
    scenario: {
      task: { graph: { shape: "chain", size: 1 }, alternatives: 1 },
      agents: { agent: { count: 5 } },
      protocol: [{ work: { who: "agent" } }, { aggregate: { how: "majority", from: "agent" } }],
    },
    baseline: {},
  }),
  small({
    name: "ahead-by-three",
    about: "votes of error rate .2 until one answer leads by three; against one vote",
    closed: {
      success: WALK.success,
      turns: WALK.turns,
      "difference success": WALK.success - 0.8,
      "difference turns": WALK.turns - 1,
    },
    scenario: {
      task: { graph: { shape: "chain", size: 1 }, alternatives: 1 },
      models: agentThatErrs(0.2),
      agents: { agent: { count: 60 } },
      protocol: [
        {
          repeat: {
            rounds: 60,
            until: "ahead",
            phases: [{ work: { who: "agent", batch: 1 } }],
          },
        },
        { aggregate: { how: "ahead", from: "agent", k: 3 } },
      ],
    },
    baseline: { models: agentThatErrs(0.2) },
  }),
  small({
    name: "hard-and-easy",
    about: "three claims in a row, difficulty spread 1.5, error rate .1; against .05",
    repeats: 8,
    given: TURNS,
    closed: {
      success: HARD_SUCCESS(0.1),
      turns: 3,
      errorsAtAggregation: HARD_ERRORS(0.1),
      "amplification.propagation": HARD_ERRORS(0.1) / HARD_ERRORS(0.05),
      passHat8: hardAndEasy((q) => (1 - q) ** 24),
      "difference success": HARD_SUCCESS(0.1) - HARD_SUCCESS(0.05),
      "difference turns": 0,
    },
    scenario: {
      task: { graph: { shape: "chain", size: 3 }, difficultySpread: 1.5 },
      models: agentThatErrs(0.1),
    },
    baseline: {
      task: { graph: { shape: "chain", size: 3 }, difficultySpread: 1.5 },
      models: agentThatErrs(0.05),
    },
  }),
  fromFiles("a template; against `single`", ["templates/single.yaml", "templates/react.yaml"], 1),
  fromFiles(
    "shipped; against the single agent",
    ["kim2025/finance-agent-single.yaml", "kim2025/finance-agent-centralized.yaml"],
    1,
  ),
  fromFiles(
    "shipped; against the single agent",
    ["kim2025/workbench-single.yaml", "kim2025/workbench-decentralized.yaml"],
    8,
  ),
];
