// The phase `revise`: agents that have heard other answers decide which one they stand by.

import type { Warning } from "../../../documents/checking/problems.ts";
import type { ReviseStep } from "../../../model/steps.ts";
import { several, toSeveral } from "../../fields.ts";
import type { Context } from "../../flow/context.ts";
import { partiesAmong } from "../../flow/parties.ts";
import { says } from "../../flow/wording.ts";
import { definePhase } from "../definition.ts";

export const revise = definePhase({
  kind: "revise",
  title: "Revise",
  description:
    "Agents that have heard other answers than their own decide which one they stand by. It costs each of them a turn.",
  fields: { who: several("Who", "The agents that decide.") },

  references: ({ who }) => toSeveral(who, ["who"]),

  blank: { who: new Int32Array(0) },
  compile: ({ who }, { agentsOf }) => ({ op: "revise", who: agentsOf(who) }),
  agents: ({ who }) => [...who],
  looks: ({ who }, { row }) => who.length * row,
  turns: ({ who }) => who,

  flow({ who }, position, walk) {
    const { claims } = walk.at[position];
    for (const party of partiesAmong(walk.parties, who)) claims.addRow(party, walk.received, party);
  },
  stalls: (...step) => [idle(...step)],
});

function idle({ who }: ReviseStep, position: number, { reach, named }: Context): Warning[] {
  const isIdle = (party: number) => reach.at[position].claims.isEmpty(party);
  const parties = partiesAmong(reach.parties, who).filter(isIdle);
  if (parties.length === 0) return [];
  const agents = named(parties);
  return [
    {
      topic: "nothing-to-check",
      message: `${says(agents, "never hears", "never hear")} of another answer`,
      rule: "an agent revises what it heard by message",
      hint: "send to them before this phase, or remove it",
    },
  ];
}
