// Compiles the phases of a protocol to a flat list of steps, with what each of them costs.

import type { Plan } from "../../model/plan.ts";
import type { AggregateStep, Step } from "../../model/steps.ts";
import { agentResolver } from "../agents/references.ts";
import type { Scenario } from "../schema.ts";
import type { Compiling } from "./definition.ts";
import { definitionOf, PHASES, type Phase, partOf } from "./phases.ts";
import { budgetTurns } from "./turns.ts";

type Protocol = Pick<
  Plan,
  "steps" | "efforts" | "aggregate" | "loops" | "workSteps" | "budgetTurns"
>;

/** @throws RangeError for references to agents that are not there */
export function compileProtocol(
  scenario: Scenario,
  agents: Plan["agents"],
  task: Plan["task"],
  topology: Plan["topology"],
): Protocol {
  const compiled = stepsOf(scenario, agents, task);
  const steps = compiled.map((step): Step => ({ ...BLANK_STEP, ...step }));
  const count = (op: Step["op"]) => steps.filter((step) => step.op === op).length;
  return {
    steps,
    efforts: effortsOf(compiled, topology, task.claims),
    aggregate: steps[steps.length - 1] as AggregateStep,
    loops: count("repeat"),
    workSteps: count("work"),
    budgetTurns: budgetTurns(compiled, agents, task, scenario.budget.covers),
  };
}

/** Every field of every kind of step: with it all steps have one shape, which V8 reads faster than seven. */
const BLANK_STEP: object = Object.assign(
  { op: "", head: 0 },
  ...Object.values(PHASES).map(({ blank }) => blank),
);

function stepsOf(scenario: Scenario, agents: Plan["agents"], task: Plan["task"]): readonly Step[] {
  const steps: Step[] = [];
  const counts = new Map<string, number>();
  const enclosing: (() => void)[] = [];
  const resolve = agentResolver(scenario);
  const compiling: Compiling = {
    agents,
    task,
    turnsPerClaim: scenario.limits.turnsPerClaim,
    steps,
    agentsOf: (references) => Int32Array.from(resolve(references)),
    one: (reference) => (reference === undefined ? -1 : resolve([reference])[0]),
  };
  const deliverable = () => steps[steps.length - 1] as AggregateStep;
  const append = (phase: Phase): void => {
    const { kind, definition, value, inside } = partOf(phase);
    const position = steps.length;
    const index = counts.get(kind) ?? 0;
    counts.set(kind, index + 1);
    let exit = position + 1;
    const compile = () => {
      const place = { index, exit, deliverable };
      steps[position] = interned(definition.compile(value, compiling, place));
    };
    if (definition.encloses === undefined) {
      compile();
      return;
    }
    const end: Step = { op: "again", head: position };
    // Holds the place of the step until all others are compiled.
    steps.push(end);
    enclosing.push(compile);
    inside.forEach(append);
    if (definition.encloses.rounds) steps.push(end);
    exit = steps.length;
  };
  scenario.protocol.forEach(append);
  for (const compile of enclosing) compile();
  return steps;
}

/** The step with words as V8 keeps names of properties: it compares those by place, and words from files by letter. */
function interned(step: Step): Step {
  const fields = Object.entries(step).map(([key, value]) => [
    key,
    typeof value === "string" ? Object.keys({ [value]: true })[0] : value,
  ]);
  return Object.fromEntries(fields);
}

// ---------------------------------------------------------------- efforts

/** Places of ledgers, and edges, that are looked at in about the time that an event takes. */
const PLACES_PER_EVENT = 1000;

/** Claims that one look takes in. */
const CLAIMS_PER_WORD = 32;

/**
 * What every step costs before anything happens in it, in events, at least 1: an agent that works or checks looks through
 * its ledger, a condition through all that it asks, a sender along all its edges. With large teams that is most of the
 * work.
 */
function effortsOf(
  steps: readonly Step[],
  topology: Plan["topology"],
  claims: number,
): Float64Array {
  const deliverable = steps[steps.length - 1] as AggregateStep;
  const sizes = { claims, row: 1 + Math.ceil(claims / CLAIMS_PER_WORD), topology, deliverable };
  const looks = (step: Step) => definitionOf(step.op)?.looks?.(step, sizes) ?? 0;
  return Float64Array.from(steps, (step) => 1 + looks(step) / PLACES_PER_EVENT);
}
