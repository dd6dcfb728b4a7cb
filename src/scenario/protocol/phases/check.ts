// The phase `check`: agents look at versions, accept or reject them.

import type { Warning } from "../../../documents/checking/problems.ts";
import { oneOf, share } from "../../../documents/fields.ts";
import { CHECK_KINDS } from "../../../model/plan.ts";
import type { CheckStep } from "../../../model/steps.ts";
import { several, toSeveral } from "../../fields.ts";
import type { Context, Stall } from "../../flow/context.ts";
import { mayLookAt } from "../../flow/looks.ts";
import { partiesAmong } from "../../flow/parties.ts";
import { rejectionsWithoutWayBack } from "../../flow/rejections.ts";
import { listed, says } from "../../flow/wording.ts";
import { definePhase } from "../definition.ts";
import { checkConditions, checkStated, compileConditions, conditions } from "../lookConditions.ts";

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
    share: share(
      "Share",
      "Share of the tasks that each agent looks at. In the others it accepts unseen what it would have looked at. Drawn once per task, agent and phase. 1 where it is not stated.",
    ).optional(),
    when: conditions(
      "When",
      "Which of these versions the agent looks at, as one condition or a list of which any suffices. The others it accepts unseen. `critical`: the claim is critical. `disagreement`: the agent has seen answers that differ. `loss > 1000`: what the claim costs. `confidence < 0.7`: what its maker stated.",
    ).optional(),
  },

  references: ({ by }) => toSeveral(by, ["by"]),
  check({ share, when }, at, { task, found }) {
    if (share === 0) found.warning([...at, "share"], nobodyLooks);
    if (when) checkConditions(when, [...at, "when"], task, found);
  },
  checkTeam(all, { agents, found }) {
    const isStated = Object.values(agents).some(({ count, confidence }) => count > 0 && confidence);
    for (const { value, path } of all)
      if (value.when) checkStated(value.when, [...path, "when"], isStated, found);
  },

  blank: { who: new Int32Array(0), kindOf: new Uint8Array(0), of: "", triage: undefined },
  compile({ by, of, as, share = 1, when }, { agents, task, agentsOf }, { index }) {
    const who = agentsOf(by);
    const usual = (agent: number) => (agents.isOrchestrator[agent] === 1 ? "orchestrator" : "peer");
    const kindOf = new Uint8Array(agents.count);
    for (const agent of who) kindOf[agent] = CHECK_KINDS.indexOf(as ?? usual(agent));
    const isPlain = share === 1 && when === undefined;
    const triage = isPlain
      ? undefined
      : { share, index, when: when && compileConditions(when, task) };
    return { op: "check", who, kindOf, of, triage };
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
  stalls: (...step) => [
    rejectionsWithoutWayBack(...step),
    idleCheckers(...step),
    trustfulCheckers(...step),
  ],
});

const nobodyLooks: Warning = {
  topic: "nothing-to-check",
  message: "with share: 0 nobody looks at anything: all versions are accepted unseen",
  hint: "raise the share, or leave it out for a check of every task",
};

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

/** Agents that never look at what comes to them. A check in which nobody looks at anything is told of by its fields. */
function trustfulCheckers(step: CheckStep, position: number, context: Context): Stall[] {
  const { plan, reach, named } = context;
  const { claims } = reach.at[position];
  const isLookedAt = (claim: number) => mayLookAt(context, step, claim);
  if (![...Array(plan.task.claims).keys()].some(isLookedAt)) return [];
  const trustful = partiesAmong(reach.parties, step.who).filter(
    (party) => !claims.isEmpty(party) && !claims.list(party).some(isLookedAt),
  );
  if (trustful.length === 0) return [];
  return [
    {
      topic: "nothing-to-check",
      field: "when",
      message: `${says(named(trustful), "never looks", "never look")} at anything here: no condition holds for the versions that it has`,
      rule: "a version for which no condition holds is accepted unseen",
    },
  ];
}
