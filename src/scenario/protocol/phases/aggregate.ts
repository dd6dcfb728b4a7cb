// The phase `aggregate`: builds the deliverable.

import type { Warning } from "../../../documents/checking/problems.ts";
import { oneOf, whole } from "../../../documents/fields.ts";
import type { AgentsPlan } from "../../../model/plan.ts";
import { alike, ascending } from "../../../numerics/grouping.ts";
import { one, several, toOne, toSeveral } from "../../fields.ts";
import { aggregated, type Context, deliverable, makersOf } from "../../flow/context.ts";
import { linkRemedy } from "../../flow/links.ts";
import { holds } from "../../flow/reach.ts";
import { listed, reaches, says, them, verb } from "../../flow/wording.ts";
import { definePhase } from "../definition.ts";

export const aggregate = definePhase({
  kind: "aggregate",
  title: "Aggregate",
  description: "Builds the deliverable. With `by` it costs that agent a turn.",
  fields: {
    how: oneOf(
      ["concatenate", "synthesize", "majority", "ahead", "first"],
      "How",
      "`concatenate`: the first version of each claim. `synthesize`: the versions that `by` accepted. `majority`: the most frequent answer. `ahead`: the first answer to lead by k. `first`: the ledger of the first agent that completed.",
    ),
    from: several(
      "From",
      "The agents whose ledgers are aggregated. By default all workers.",
    ).optional(),
    by: one("By", "The agent that builds the deliverable, which costs it a turn.").optional(),
    k: whole("Lead", "By how many votes an answer must lead in `ahead`.", [
      "votes",
      1,
      1000,
    ]).default(1),
  },

  references: ({ from, by }) => [...toSeveral(from, ["from"]), ...toOne(by, ["by"])],
  check({ how, by }, at, { found }) {
    if (how === "synthesize" && by === undefined)
      found.errorAtKey(at, {
        message: "synthesize does not say who synthesizes",
        rule: "aggregate with how: synthesize has by, the agent that builds the deliverable",
      });
  },

  blank: { how: "", from: new Int32Array(0), by: -1, lead: 0, acceptedOnly: false },
  /** A synthesis builds on its author's ledger: on what it accepted, where it checks. */
  compile({ how, from, k: lead, ...value }, { agents, steps, agentsOf, one }) {
    const by = one(value.by);
    const isSynthesis = how === "synthesize";
    const checks = steps.some((step) => step.op === "check" && step.who.includes(by));
    return {
      op: "aggregate",
      how,
      from: isSynthesis ? Int32Array.of(by) : from ? agentsOf(from) : workersOf(agents),
      by,
      lead,
      acceptedOnly: isSynthesis && checks,
    };
  },
  agents: ({ by, from }) => [by, ...from],
  looks: ({ from }, { claims }) => from.length * claims,
  turns: ({ by }) => (by < 0 ? [] : [by]),

  stalls: (_, __, context) => [claimsThatGetLost(context)],
});

/** The agents that are no orchestrators; all of them where there are only orchestrators. */
function workersOf({ count, isOrchestrator }: AgentsPlan): Int32Array {
  const all = Int32Array.from({ length: count }, (_, agent) => agent);
  const workers = all.filter((agent) => isOrchestrator[agent] === 0);
  return workers.length > 0 ? workers : all;
}

// ---------------------------------------------------------------- flow

/** Claims that somebody makes and that never come into the ledgers that are aggregated. */
function claimsThatGetLost(context: Context): Warning[] {
  const { reach, isMade } = context;
  const from = aggregated(reach);
  const delivered = new Set(deliverable(reach));
  const lost = ascending(isMade.keys()).filter(
    (claim) => isMade[claim] === 1 && !delivered.has(claim),
  );
  const sourceOf = (claim: number) => [
    from.some((party) => holds(reach, party, claim)),
    from.some((party) => reach.made.has(party, claim)),
    makersOf(reach, claim),
  ];
  return alike(lost, (claim) => sourceOf(claim).join(" ")).map((claims) =>
    lossText(context, claims, from),
  );
}

function lossText(context: Context, claims: readonly number[], from: readonly number[]): Warning {
  const { plan, reach, name, named } = context;
  const names = name(claims);
  const topic = "claim-never-delivered";
  const lost = `${listed(names)} can never be delivered`;
  const ledgers = named(from).names;
  const [author] = ledgers;
  if (from.some((party) => holds(reach, party, claims[0])))
    return {
      topic,
      message: `${lost}: ${author} holds ${them(names)} and never checks ${them(names)}`,
      rule: "an author who checks builds a synthesis from what it accepted",
      hint: reach.made.has(from[0], claims[0])
        ? `let ${author} check its own work as well: - check: { by: ${author}, of: all }`
        : `put - check: { by: ${author} } where ${author} has received ${them(names)}`,
    };
  const makers = named(makersOf(reach, claims[0]));
  const link = linkRemedy(context, claims, from[0]);
  const isSynthesis = plan.aggregate.how === "synthesize";
  return {
    topic,
    message: `${lost}: ${says(makers, "makes", "make")} ${them(names)}, and ${verb(names, "it", "they")} ${reaches(names)} ${listed(ledgers)}`,
    rule: `the deliverable is built from the ledgers of ${listed(ledgers)}`,
    hint: isSynthesis ? link : `${link}; or add ${listed(makers.names)} to from`,
  };
}
