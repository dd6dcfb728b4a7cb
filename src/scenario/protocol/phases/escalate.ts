// The phase `escalate`: goes through its phases only where a condition does not hold yet.
import { oneOf } from "../../../documents/fields.ts";
import { several, toSeveral } from "../../fields.ts";
import { CONDITION_TEXT, CONDITIONS, checkCondition } from "../conditions.ts";
import { definePhase } from "../definition.ts";

export const escalate = definePhase({
  kind: "escalate",
  title: "Escalate",
  description: "Runs its phases once, and only if the condition does not hold.",
  fields: {
    unless: oneOf(CONDITIONS, "Unless", CONDITION_TEXT).default("complete"),
    among: several(
      "Among",
      "The agents whose ledgers the condition is about. By default those that are aggregated.",
    ).optional(),
  },
  encloses: {
    description: "The phases that run only if the condition does not hold.",
    certainRounds: () => 0,
  },

  references: ({ among }) => toSeveral(among, ["among"]),
  check({ unless }, at, { how, found }) {
    checkCondition("unless", unless, at, how, found);
  },
  hasTiers: () => true,

  blank: { until: "", goal: undefined, exit: 0 },
  compile({ unless, among }, { agentsOf }, { exit, deliverable }) {
    const goal = deliverable();
    const from = among ? agentsOf(among) : goal.from;
    return { op: "escalate", until: unless, goal: { ...goal, from }, exit };
  },
  agents: ({ goal }) => [...goal.from],
  looks: ({ goal }, { claims }) => goal.from.length * claims,

  flow({ exit }, position, walk) {
    const scopes = walk.scopes.copy();
    walk.go(position + 1, exit);
    walk.scopes.addAll(scopes);
  },
});
