// Random scenarios for property tests: a random task, a random team, one of the five architectures.
import fc from "fast-check";
import type { Scenario } from "../../src/scenario/schema.ts";
import { scenario, type Written } from "./scenarios.ts";

const share = fc.double({ min: 0, max: 1, noNaN: true });

const graph = fc.oneof(
  fc.record({ shape: fc.constant("chain"), size: fc.integer({ min: 1, max: 8 }) }),
  fc.record({
    shape: fc.constant("layers"),
    layers: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 4 }),
  }),
  fc.record({
    shape: fc.constant("generated"),
    size: fc.double({ min: 1, max: 8, noNaN: true }),
    spread: fc.double({ min: 0, max: 4, noNaN: true }),
    limit: fc.integer({ min: 1, max: 12 }),
    sequentiality: share,
  }),
);

const task = fc.record({
  graph,
  sharedState: fc.boolean(),
  tools: fc.integer({ min: 0, max: 20 }),
  alternatives: fc.integer({ min: 0, max: 3 }),
  difficultySpread: fc.double({ min: 0, max: 2, noNaN: true }),
});

const check = fc.record({
  recall: share,
  falseAlarm: fc.double({ min: 0, max: 0.5, noNaN: true }),
});

const agent = fc.record({
  propagation: share,
  guess: share,
  handoff: share,
  omission: share,
  distortion: share,
  conflict: share,
  synthesisLoss: share,
  distraction: fc.double({ min: 0, max: 1, noNaN: true }),
  maxTurns: fc.integer({ min: 1, max: 12 }),
  checks: fc.record({ self: check, peer: check, orchestrator: check }),
});

const model = fc.record({
  errorRate: share,
  pace: fc.double({ min: 0.3, max: 2.5, noNaN: true }),
  commonCause: share,
});

/** How the five architectures work, over a group `worker` and an orchestrator `lead`. */
export const PROTOCOLS: Record<string, { topology: string; lead: boolean; protocol: unknown[] }> = {
  single: {
    topology: "none",
    lead: false,
    protocol: [{ work: { who: "worker" } }, { aggregate: { how: "first", from: "worker" } }],
  },
  independent: {
    topology: "none",
    lead: false,
    protocol: [
      { work: { who: "worker" } },
      { aggregate: { how: "concatenate", from: "worker", by: "worker.1" } },
    ],
  },
  centralized: {
    topology: "star",
    lead: true,
    protocol: [
      {
        repeat: {
          rounds: 4,
          until: "complete",
          phases: [
            { assign: { by: "lead", to: "worker", mode: "partition" } },
            { send: { from: "lead", to: "worker", what: "accepted" } },
            { work: { who: "worker", turns: 3 } },
            { send: { from: "worker", to: "lead" } },
            { check: { by: "lead" } },
          ],
        },
      },
      { aggregate: { how: "synthesize", by: "lead" } },
    ],
  },
  decentralized: {
    topology: "complete",
    lead: false,
    protocol: [
      {
        repeat: {
          rounds: 3,
          until: "consensus",
          phases: [
            { work: { who: "worker", turns: 3 } },
            { send: { from: "worker", to: "worker" } },
            { check: { by: "worker" } },
          ],
        },
      },
      { aggregate: { how: "majority", from: "worker" } },
    ],
  },
};

/** A random valid scenario of up to four workers; `without` overrides agent and model parameters. */
export function scenarios(
  without: { agent?: Written; model?: Written } = {},
): fc.Arbitrary<Scenario> {
  const choice = fc.record({
    task,
    agent,
    model,
    count: fc.integer({ min: 2, max: 4 }),
    architecture: fc.constantFrom(...Object.keys(PROTOCOLS)),
    budget: fc.constantFrom(0, 1000),
  });
  return choice.map((chosen) => {
    const { topology, lead, protocol } = PROTOCOLS[chosen.architecture];
    const parameters = { ...chosen.agent, ...without.agent };
    return scenario({
      task: chosen.task,
      models: { base: { ...chosen.model, ...without.model } },
      agents: {
        ...(lead ? { lead: { ...parameters, role: "orchestrator" } } : {}),
        worker: { ...parameters, count: chosen.count },
      },
      topology: { preset: topology },
      protocol,
      budget: { tokens: chosen.budget },
      repeats: 2,
    });
  });
}
