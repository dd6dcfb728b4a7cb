// The phase `repeat`: goes through its phases again and again, for a number of rounds or until a condition holds.

import { oneOf, whole } from "../../../documents/fields.ts";
import { plural } from "../../../documents/quoting.ts";
import type { AggregateStep, RepeatStep } from "../../../model/steps.ts";
import type { ClaimSets } from "../../flow/claimSets.ts";
import { type Context, deliverable, type Stall, stepsOf } from "../../flow/context.ts";
import { anyIsEnough, handsOver, type Reach } from "../../flow/reach.ts";
import { listed, verb } from "../../flow/wording.ts";
import { CONDITION_TEXT, CONDITIONS, checkCondition } from "../conditions.ts";
import { definePhase } from "../definition.ts";

export const repeat = definePhase({
  kind: "repeat",
  title: "Repeat",
  description: "Runs its phases in rounds, for a number of rounds or until a condition holds.",
  fields: {
    rounds: whole(
      "Rounds",
      "Largest number of rounds. A loop that uses them up before its condition holds is reported.",
      ["rounds", 1, 1_000_000],
    ).default(100),
    until: oneOf(
      ["never", ...CONDITIONS],
      "Until",
      `\`never\`: all rounds run. ${CONDITION_TEXT}`,
    ).default("never"),
  },
  encloses: {
    description: "The phases that are repeated, in order.",
    rounds: ({ rounds }) => rounds,
    certainRounds: ({ rounds, until }) => (until === "never" ? rounds : undefined),
  },

  check({ until }, at, { how, found }) {
    checkCondition("until", until, at, how, found);
  },

  blank: { rounds: 0, until: "", exit: 0, index: 0 },
  compile: ({ rounds, until }, _, { index, exit }) => ({
    op: "repeat",
    rounds,
    until,
    index,
    exit,
  }),
  looks: ({ until }, { claims, deliverable }) =>
    until === "never" ? 0 : deliverable.from.length * claims,

  flow({ rounds, until, exit }, position, walk) {
    const here = walk.at[position];
    let left: ClaimSets | undefined;
    for (let round = 1; ; round++) {
      const { changes } = walk;
      const scopes = walk.scopes.copy();
      walk.go(position + 1, exit);
      here.lacked = until === "never" ? [] : lacking(walk, walk.plan.aggregate, until);
      left ??= walk.scopes.copy();
      left.addAll(walk.scopes);
      const isStable = changes === walk.changes && walk.scopes.equals(scopes);
      if (!isStable) here.rounds = Math.max(here.rounds, round);
      if (isStable || walk.isExhausted || (walk.isBounded && round === rounds)) break;
    }
    walk.scopes = left;
  },
  stalls: (...step) => [hopelessLoop(...step), tooFewRounds(...step)],
});

/** Claims, of even the smallest instance, for which the condition of a loop cannot hold: see model/aggregating.ts. */
function lacking(reach: Reach, step: AggregateStep, until: string): number[] {
  const { plan, parties } = reach;
  const from = Array.from(step.from, (agent) => parties.of[agent]);
  const needed = until === "ahead" ? step.lead : anyIsEnough(step) ? 1 : from.length;
  const smallest = plan.task.fixedSize ? plan.task.claims : 1;
  const lacked: number[] = [];
  for (let claim = 0; claim < smallest; claim++) {
    let there = 0;
    for (let i = 0; i < from.length && there < needed; i++)
      if (handsOver(reach, step, from[i], claim)) there++;
    if (there < needed) lacked.push(claim);
  }
  return lacked;
}

/** A loop whose condition never holds although all claims are delivered in the end. */
function hopelessLoop({ until }: RepeatStep, position: number, context: Context): Stall[] {
  const { plan, reach, name } = context;
  const { lacked } = reach.at[position];
  const delivered = new Set(deliverable(reach));
  // What is never delivered at all is told of by itself.
  if (lacked.length === 0 || !lacked.every((claim) => delivered.has(claim))) return [];
  const claims = name(lacked);
  const isEach = !anyIsEnough(plan.aggregate);
  return [
    {
      topic: "loop-condition-never-holds",
      field: "until",
      message: `the condition until: ${until} can never hold: ${listed(claims)} ${verb(claims, "is", "are")} never there when a round ends`,
      rule: `${until} asks for every claim in ${isEach ? "each" : "one"} of the ledgers that are aggregated`,
      hint: isEach
        ? "send what one of them makes to the others inside the loop, or aggregate from fewer agents"
        : "put the phases that bring claims to the aggregator inside the loop",
    },
  ];
}

/** Claims that would be delivered if the loops had more rounds than they have: told of the first that has too few. */
function tooFewRounds({ rounds }: RepeatStep, position: number, context: Context): Stall[] {
  const { plan, reach, name, withinRounds } = context;
  const short = stepsOf(plan, "repeat").find(
    (loop) => reach.at[loop.position].rounds > loop.step.rounds,
  );
  const bounded = short?.position === position ? withinRounds() : undefined;
  if (bounded === undefined) return [];
  const delivered = new Set(deliverable(bounded));
  const late = deliverable(reach).filter((claim) => !delivered.has(claim));
  if (late.length === 0) return [];
  return [
    {
      topic: "too-few-rounds",
      field: "rounds",
      message: `${listed(name(late))} can never be delivered within ${plural(rounds, "round")}`,
      rule: "a claim is made after its premises have come, and a message gets along one edge a phase",
      hint: `raise rounds to ${reach.at[position].rounds}`,
    },
  ];
}
