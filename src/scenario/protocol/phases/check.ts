// The phase `check`: agents look at versions, accept or reject them.

import type { Warning } from "../../../documents/checking/problems.ts";
import { oneOf } from "../../../documents/fields.ts";
import { CHECK_KINDS } from "../../../model/plan.ts";
import type { CheckStep } from "../../../model/steps.ts";
import { several, toSeveral } from "../../fields.ts";
import type { Context } from "../../flow/context.ts";
import { partiesAmong } from "../../flow/parties.ts";
import { rejectionsWithoutWayBack } from "../../flow/rejections.ts";
import { listed, says } from "../../flow/wording.ts";
import { definePhase } from "../definition.ts";

export const check = definePhase({
  kind: "check",
  title: "Check",
  description:
    "Agents look at versions in their ledgers, and accept or reject them. It costs each of them a turn.",
  fields: {
    by: several("By", "The agents that check."),
    of: oneOf(
      ["received", "own", "all", "accepted"],
      "Of",
      "Which versions in its ledger the agent looks at. `received`, `own` and `all`: those that it has not accepted yet. `accepted`: those that it has accepted, once more.",
    ).default("received"),
    as: oneOf(
      ["self", "peer", "orchestrator"],
      "As",
      "The kind of check, whose recall and false-alarm rate apply. By default `orchestrator` for orchestrators and `peer` for workers.",
    ).optional(),
  },

  references: ({ by }) => toSeveral(by, ["by"]),

  blank: { who: new Int32Array(0), kindOf: new Uint8Array(0), of: "" },
  compile({ by, of, as }, { agents, agentsOf }) {
    const who = agentsOf(by);
    const usual = (agent: number) => (agents.isOrchestrator[agent] === 1 ? "orchestrator" : "peer");
    const kindOf = new Uint8Array(agents.count);
    for (const agent of who) kindOf[agent] = CHECK_KINDS.indexOf(as ?? usual(agent));
    return { op: "check", who, kindOf, of };
  },
  agents: ({ who }) => [...who],
  looks: ({ who }, { row }) => who.length * row,
  turns: ({ who }) => who,

  flow({ who, of }, position, walk) {
    const { claims } = walk.at[position];
    for (const party of partiesAmong(walk.parties, who)) {
      if (of === "accepted") claims.addRow(party, walk.accepted, party);
      if (of === "own" || of === "all") claims.addRow(party, walk.made, party);
      if (of === "received" || of === "all") claims.addRow(party, walk.received, party);
      walk.note(walk.accepted.addRow(party, claims, party));
    }
  },
  stalls: (...step) => [rejectionsWithoutWayBack(...step), idleCheckers(...step)],
});

const CHECKED = {
  received: "what came by message",
  own: "what the agent made itself",
  all: "what the agent made itself and what came by message",
  accepted: "what the agent accepted in an earlier check",
};

function idleCheckers(
  { who, of }: CheckStep,
  position: number,
  { reach, named }: Context,
): Warning[] {
  const isIdle = (party: number) => reach.at[position].claims.isEmpty(party);
  const idle = partiesAmong(reach.parties, who).filter(isIdle);
  if (idle.length === 0) return [];
  const agents = named(idle);
  return [
    {
      topic: "nothing-to-check",
      message: `${says(agents, "never has", "never have")} anything to check here`,
      rule: `of: ${of} looks at ${CHECKED[of]}`,
      hint:
        of === "received"
          ? `send to ${listed(agents.names)} before this phase, or check of: own`
          : undefined,
    },
  ];
}
