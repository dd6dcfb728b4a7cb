// Rules about rejections: who made a version that a check rejects has to hear of it, and to work again.

import type { Warning } from "../../documents/checking/problems.ts";
import { CHECK_KINDS, type Plan } from "../../model/plan.ts";
import type { CheckStep } from "../../model/steps.ts";
import { alike } from "../../numerics/grouping.ts";
import { aggregated, type Context, canFollow, makersOf, sendersOf, stepsOf } from "./context.ts";
import { addEdges, ownCheckPhase, sendPhase } from "./links.ts";
import { mayLookAt } from "./looks.ts";
import { edgeBetween, partiesAmong } from "./parties.ts";
import { handsOver, type Reach, workingParties } from "./reach.ts";
import { listed, says, them } from "./wording.ts";

/** A rejection after which nobody makes the claim again. */
interface DeadEnd {
  readonly checker: number;
  readonly claim: number;
  /** Why its makers do not make it again. */
  readonly reason: "forwarded" | "noEdge" | "tooLate";
  readonly makers: readonly number[];
  readonly senders: readonly number[];
}

export function rejectionsWithoutWayBack(
  step: CheckStep,
  position: number,
  context: Context,
): Warning[] {
  const keyOf = ({ checker, reason, makers, senders }: DeadEnd) =>
    [checker, reason, makers, senders].join(" ");
  const groups = alike(deadEndsAt(step, position, context), keyOf);
  return mergeMakers(groups).map((group) => textOf(context, group));
}

/** Rejections in a step that no maker hears of, and that leave a claim missing. */
export function deadEndsAt(step: CheckStep, position: number, context: Context): DeadEnd[] {
  // Who doubts what it accepted before means to drop it.
  if (step.of === "accepted") return [];
  const { plan, reach } = context;
  return partiesAmong(reach.parties, step.who)
    .filter((party) => mayReject(plan, step, reach.parties.members[party]))
    .flatMap((checker) => deadEnds(step, position, context, checker));
}

/** One text for the makers of all claims that go the same way. */
function mergeMakers(groups: readonly DeadEnd[][]): DeadEnd[][] {
  const keyOf = ([{ checker, reason, senders }]: DeadEnd[]) =>
    [checker, reason, reason === "forwarded" ? senders : ""].join(" ");
  return alike(groups, keyOf).map((alike) => alike.flat());
}

function mayReject({ agents }: Plan, { kindOf }: CheckStep, members: readonly number[]): boolean {
  return members.some((agent) => {
    const row = agent * CHECK_KINDS.length + kindOf[agent];
    return agents.recall[row] > 0 || agents.falseAlarm[row] > 0 || agents.heed[agent] > 0;
  });
}

function deadEnds(step: CheckStep, position: number, context: Context, checker: number): DeadEnd[] {
  const { plan, reach } = context;
  const after = worksAfter(plan, reach, position);
  const hasEdgeTo = (party: number) => edgeBetween(reach.parties, checker, party) >= 0;
  return reach.at[position].claims.list(checker).flatMap((claim) => {
    if (!mayLookAt(context, step, claim)) return [];
    const senders = sendersOf(reach, checker, claim);
    const losers = [checker, ...senders.filter((party) => hasEdgeTo(party) && after.works(party))];
    // Who loses the version and may make the claim itself is a way back.
    if (losers.some((party) => after.mayMake(party, claim))) return [];
    if (isDeliveredWithout(reach, claim, losers)) return [];
    const makers = makersOf(reach, claim);
    const direct = makers.filter((maker) => maker === checker || senders.includes(maker));
    const isLate = direct.some((maker) => maker === checker || hasEdgeTo(maker));
    const reason = direct.length === 0 ? "forwarded" : isLate ? "tooLate" : "noEdge";
    return [{ checker, claim, reason, makers, senders }];
  });
}

/** Who has a work phase after a step, and who may make a claim then, for the first time or again. */
function worksAfter(plan: Plan, reach: Reach, position: number) {
  const later = stepsOf(plan, "work")
    .filter((work) => canFollow(plan, position, work.position))
    .map((work) => ({
      workers: new Set(workingParties(plan, reach.parties, work.step)),
      scope: reach.at[work.position].claims,
    }));
  return {
    works: (party: number) => later.some(({ workers }) => workers.has(party)),
    mayMake: (party: number, claim: number) =>
      later.some(
        ({ workers, scope }) =>
          workers.has(party) && (reach.made.has(party, claim) || scope.has(party, claim)),
      ),
  };
}

/** Whether a claim may come to the aggregator although some parties have lost it: made by others, and past these. */
function isDeliveredWithout(reach: Reach, claim: number, losers: readonly number[]): boolean {
  const { parties, carried, plan } = reach;
  const targets = new Set(aggregated(reach));
  const found = new Set(makersOf(reach, claim).filter((maker) => !losers.includes(maker)));
  for (const party of found) {
    if (targets.has(party) && handsOver(reach, plan.aggregate, party, claim)) return true;
    for (let edge = parties.start[party]; edge < parties.start[party + 1]; edge++)
      if (carried.has(edge, claim) && !losers.includes(parties.to[edge]))
        found.add(parties.to[edge]);
  }
  return false;
}

// ---------------------------------------------------------------- what is said

const BACK =
  "a rejection goes one edge back, to the agent that sent the version, when that agent next begins to work: its maker makes the claim again, who forwarded it drops its copy";

function textOf(context: Context, group: readonly DeadEnd[]): Warning {
  const { named, name } = context;
  const [{ reason, checker }] = group;
  const claims = name(group.map(({ claim }) => claim));
  const makers = named(group.flatMap((end) => end.makers));
  const topic = "rejection-without-rework";
  const when = `when ${says(named([checker]), "rejects", "reject")} ${listed(claims)}`;
  const unheard = `${when}, ${says(makers, "never hears", "never hear")} of it`;
  if (reason === "tooLate")
    return {
      topic,
      message: `${when} here, nobody makes ${them(claims)} again: no work phase of ${listed(makers.names)} follows`,
      rule: BACK,
      hint: "put the phases from work to check into a repeat with until: complete",
    };
  if (reason === "noEdge") {
    const hint = addEdges(named([checker]).names, makers.names);
    return { topic, message: `${unheard}: there is no edge back`, rule: BACK, hint };
  }
  const senders = named(group.flatMap((end) => end.senders));
  return {
    topic,
    message: `${unheard}: ${says(senders, "only forwards", "only forward")} ${them(claims)}`,
    rule: BACK,
    hint: directWay(context, group),
  };
}

/**
 * How the makers can send to the checker themselves, and hear from it. They send what they accepted of their own: whoever
 * sends all forwards what others made, and takes in the rejections of it.
 */
function directWay({ reach, named }: Context, group: readonly DeadEnd[]): string {
  const [{ checker }] = group;
  const makers = [...new Set(group.flatMap((end) => end.makers))];
  const senders = named(group.flatMap((end) => end.senders));
  const to = named([checker]).names;
  const mute = makers.filter((maker) => edgeBetween(reach.parties, maker, checker) < 0);
  const deaf = makers.filter((maker) => edgeBetween(reach.parties, checker, maker) < 0);
  const from = named(makers).names;
  const phases = `${ownCheckPhase(from)} and ${sendPhase(from, to, "accepted")}`;
  return [
    ...(mute.length > 0 ? [addEdges(named(mute).names, to)] : []),
    ...(deaf.length > 0 ? [addEdges(to, named(deaf).names)] : []),
    `put ${phases} before ${says(senders, "sends", "send")} to ${listed(to)}`,
  ].join(", and ");
}
