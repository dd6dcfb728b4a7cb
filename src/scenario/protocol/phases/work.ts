// The phase `work`: agents make the claims of their scope, review them and redo what they flagged.

import type { Warning } from "../../../documents/checking/problems.ts";
import { flag, number, whole } from "../../../documents/fields.ts";
import type { WorkStep } from "../../../model/steps.ts";
import { alike } from "../../../numerics/grouping.ts";
import { several, toSeveral } from "../../fields.ts";
import type { Context } from "../../flow/context.ts";
import { claimsThatWait, premisesThatAreGuessed } from "../../flow/premises.ts";
import { holds, type Walk, workingParties } from "../../flow/reach.ts";
import { listed, says } from "../../flow/wording.ts";
import { MAX_AGENTS } from "../../limits.ts";
import { definePhase } from "../definition.ts";

export const work = definePhase({
  kind: "work",
  title: "Work",
  description:
    "Agents make the claims in their scope, review them, and make again what they flagged.",
  fields: {
    who: several("Who", "The agents that work."),
    turns: whole("Turns", "Largest number of turns per agent in this phase.", [
      "turns",
      1,
      1_000_000,
    ]).default(1_000_000),
    onlyReady: flag(
      "Only ready claims",
      "Whether an agent waits for missing premises instead of guessing them.",
    ).default(false),
    batch: whole(
      "Batch",
      "Number of agents that work each time the phase is reached, one group after the other. 0 means all of them.",
      ["agents", 0, MAX_AGENTS],
    ).default(0),
    observe: flag(
      "Observe",
      "Whether an agent looks at the result of each step before it goes on, and reviews its work. If not, it follows its plan, and whatever the plan does not foresee goes wrong (task.deviation).",
    ).default(true),
    pace: number("Pace", "Claims per turn in this phase, as a multiple of the model's pace.", [
      "factor",
      0.01,
      100,
    ]).default(1),
  },

  references: ({ who }) => toSeveral(who, ["who"]),
  check({ observe }, at, { isPlanned, found }) {
    if (!observe && !isPlanned)
      found.warning([...at, "observe"], {
        topic: "no-plan-to-follow",
        message: "this phase follows a plan, but nobody has made one",
        rule: "before a work phase with observe: false an agent plans, which costs it a turn",
        hint: "put a phase assign with by before it",
      });
  },

  blank: {
    who: new Int32Array(0),
    turns: 0,
    mostTurns: 0,
    onlyReady: false,
    batch: 0,
    observe: true,
    pace: 1,
    index: 0,
  },
  compile({ who: references, ...value }, { agents, task, turnsPerClaim, agentsOf }, { index }) {
    const who = agentsOf(references);
    const slowest = who.reduce(
      (least, agent) => Math.min(least, value.pace * agents.pace[agent]),
      1,
    );
    const mostTurns = Math.ceil((turnsPerClaim * task.claims) / slowest);
    return { op: "work", who, mostTurns, ...value, index };
  },
  agents: ({ who }) => [...who],
  looks: ({ who }, { row }) => who.length * row,

  flow(step, position, walk) {
    const { claims, held } = walk.at[position];
    for (const party of workingParties(walk.plan, walk.parties, step)) {
      claims.addRow(party, walk.scopes, party);
      if (step.onlyReady) makeReady(walk, party);
      else walk.note(walk.made.addRow(party, walk.scopes, party));
      held.addRow(party, walk.made, party);
      held.addRow(party, walk.received, party);
    }
  },
  flowWords: ({ count }, { premises, claims }) => count * (premises.length + claims),
  stalls: (...step) => [
    claimsThatWait(...step),
    premisesThatAreGuessed(...step),
    idleWorkers(...step),
  ],
});

/** Makes the claims whose premises may be held. They are in topological order, so that one pass finds all. */
function makeReady(walk: Walk, party: number): void {
  const { premiseStart, premises } = walk.plan.task;
  for (const claim of walk.scopes.list(party)) {
    let edge = premiseStart[claim];
    while (edge < premiseStart[claim + 1] && holds(walk, party, premises[edge])) edge++;
    walk.spent += 1 + edge - premiseStart[claim];
    if (edge === premiseStart[claim + 1]) walk.note(walk.made.add(party, claim));
  }
}

/** Agents that work and never make a claim: the scopes of all their work phases are empty, or wait for premises. */
function idleWorkers(
  step: WorkStep,
  position: number,
  { plan, reach, named, isMade }: Context,
): Warning[] {
  const idle = workingParties(plan, reach.parties, step)
    .filter((party) => reach.made.isEmpty(party))
    .map((party) => ({ party, scope: reach.at[position].claims.list(party) }))
    // Claims that nobody makes are told of by themselves.
    .filter(({ scope }) => scope.every((claim) => isMade[claim] === 1));
  const isEmpty = ({ scope }: { scope: readonly number[] }) => scope.length === 0;
  return alike(idle, (one) => String(isEmpty(one))).map((group) => {
    const agents = named(group.map(({ party }) => party));
    const topic = "agent-never-works";
    const never = `${says(agents, "never has", "never have")} anything to do here`;
    const names = listed(agents.names);
    if (isEmpty(group[0]))
      return {
        topic,
        message: `${never}: no claim is in the scope of ${names}`,
        rule: "an agent makes the claims of its scope; a partition gives each claim to one agent",
        hint: `assign claims to ${names}, or leave ${names} out`,
      };
    return {
      topic,
      message: `${never}: no claim in scope has all its premises there`,
      rule: "with onlyReady an agent waits until it holds all premises of a claim",
      hint: `send ${names} the premises before this phase, or drop onlyReady`,
    };
  });
}
