// Rules about rejections: who made a version that a check rejects has to hear of it, and to work again.
import type { Text } from "../../documents/checking/problems.ts";
import type { CheckStep, Plan } from "../../model/plan.ts";
import { CHECK_KINDS } from "../../model/plan.ts";
import { cellsAmong, edgeBetween } from "./cells.ts";
import type { Context, Finding } from "./context.ts";
import { aggregated, canFollow, groupBy, makersOf, sendersOf, stepsOf } from "./context.ts";
import { addEdges, ownCheckPhase, sendPhase } from "./links.ts";
import { handsOver, type Reach, workingCells } from "./reach.ts";
import { listed, type Named, says, them } from "./wording.ts";

/** Why nobody makes a rejected version again. */
type Reason = "forwarded" | "noEdge" | "tooLate";

/** A rejection after which nobody makes the claim again. */
interface DeadEnd {
  readonly position: number;
  readonly checker: number;
  readonly claim: number;
  readonly reason: Reason;
  readonly makers: readonly number[];
  readonly senders: readonly number[];
}

export function rejectionsWithoutWayBack(context: Context): Finding[] {
  const keyOf = ({ position, checker, reason, makers, senders }: DeadEnd) =>
    [position, checker, reason, makers, senders].join(" ");
  return mergeMakers(groupBy(deadEndsOf(context), keyOf)).map((group) => ({
    path: context.paths[group[0].position],
    text: textOf(context, group),
  }));
}

/** All rejections that no maker hears of, and that leave a claim missing. */
export function deadEndsOf(context: Context): DeadEnd[] {
  const { plan, reach } = context;
  // Who doubts what it accepted before means to drop it.
  const checks = stepsOf(plan, "check").filter(({ step }) => step.of !== "accepted");
  return checks.flatMap(({ step, position }) =>
    cellsAmong(reach.cells, step.who)
      .filter((cell) => mayReject(plan, step, reach.cells.members[cell]))
      .flatMap((checker) => deadEnds(context, position, checker)),
  );
}

/** One finding for the makers of all claims that go the same way. */
function mergeMakers(groups: readonly DeadEnd[][]): DeadEnd[][] {
  const keyOf = ([{ position, checker, reason, senders }]: DeadEnd[]) =>
    [position, checker, reason, reason === "forwarded" ? senders : ""].join(" ");
  return groupBy(groups, keyOf).map((alike) => alike.flat());
}

function mayReject({ agents }: Plan, { kindOf }: CheckStep, members: readonly number[]): boolean {
  return members.some((agent) => {
    const row = agent * CHECK_KINDS.length + kindOf[agent];
    return agents.recall[row] > 0 || agents.falseAlarm[row] > 0 || agents.heed[agent] > 0;
  });
}

function deadEnds({ plan, reach }: Context, position: number, checker: number): DeadEnd[] {
  const after = worksAfter(plan, reach, position);
  const hears = (cell: number) => edgeBetween(reach.cells, checker, cell) >= 0 && after.works(cell);
  return reach.at[position].claims.list(checker).flatMap((claim) => {
    const senders = sendersOf(reach, checker, claim);
    const heard = senders.filter(hears);
    // Who loses the version and may make the claim itself is a way back.
    if ([checker, ...heard].some((cell) => after.mayMake(cell, claim))) return [];
    if (isDeliveredWithout(reach, claim, [checker, ...heard])) return [];
    const makers = makersOf(reach, claim);
    const direct = makers.filter((maker) => maker === checker || senders.includes(maker));
    const isLate = direct.some(
      (maker) => maker === checker || edgeBetween(reach.cells, checker, maker) >= 0,
    );
    const reason = direct.length === 0 ? "forwarded" : isLate ? "tooLate" : "noEdge";
    return [{ position, checker, claim, reason, makers, senders }];
  });
}

/** Who has a work phase after a step, and who may make a claim then, for the first time or again. */
function worksAfter(plan: Plan, reach: Reach, position: number) {
  const later = stepsOf(plan, "work")
    .filter((work) => canFollow(plan, position, work.position))
    .map((work) => ({
      workers: new Set(workingCells(plan, reach.cells, work.step)),
      scope: reach.at[work.position].claims,
    }));
  return {
    works: (cell: number) => later.some(({ workers }) => workers.has(cell)),
    mayMake: (cell: number, claim: number) =>
      later.some(
        ({ workers, scope }) =>
          workers.has(cell) && (reach.made.has(cell, claim) || scope.has(cell, claim)),
      ),
  };
}

/** Whether a claim may come to the aggregator although some cells have lost it: made by others, and past these. */
function isDeliveredWithout(reach: Reach, claim: number, losers: readonly number[]): boolean {
  const { cells, carried, plan } = reach;
  const targets = new Set(aggregated(reach));
  const found = new Set(makersOf(reach, claim).filter((maker) => !losers.includes(maker)));
  for (const cell of found) {
    if (targets.has(cell) && handsOver(reach, plan.aggregate, cell, claim)) return true;
    for (let edge = cells.start[cell]; edge < cells.start[cell + 1]; edge++)
      if (carried.has(edge, claim) && !losers.includes(cells.to[edge])) found.add(cells.to[edge]);
  }
  return false;
}

// ---------------------------------------------------------------- what is said

function textOf(context: Context, group: readonly DeadEnd[]) {
  const { named, name } = context;
  const [{ reason, checker }] = group;
  const claims = name(group.map(({ claim }) => claim));
  const makers = group.flatMap((end) => end.makers);
  const words = [named([checker]), claims, named(makers)] as const;
  if (reason === "tooLate") return rejectionTooLate(...words);
  if (reason === "noEdge") {
    const remedy = addEdges(named([checker]).names, named(makers).names);
    return rejectionWithoutEdge(...words, remedy);
  }
  const senders = named(group.flatMap((end) => end.senders));
  return rejectionOfForwarded(...words, senders, directWay(context, group));
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
  const mute = makers.filter((maker) => edgeBetween(reach.cells, maker, checker) < 0);
  const deaf = makers.filter((maker) => edgeBetween(reach.cells, checker, maker) < 0);
  const from = named(makers).names;
  const phases = `${ownCheckPhase(from)} and ${sendPhase(from, to, "accepted")}`;
  return [
    ...(mute.length > 0 ? [addEdges(named(mute).names, to)] : []),
    ...(deaf.length > 0 ? [addEdges(to, named(deaf).names)] : []),
    `put ${phases} before ${listed(senders.names)} ${senders.areSeveral ? "send" : "sends"} to ${listed(to)}`,
  ].join(", and ");
}

const BACK =
  "a rejection goes one edge back, to the agent that sent the version, when that agent next begins to work: its maker makes the claim again, who forwarded it drops its copy";

const rejectionOfForwarded = (
  checker: Named,
  claims: readonly string[],
  makers: Named,
  senders: Named,
  remedy: string,
): Text => ({
  message: `when ${says(checker, "rejects", "reject")} ${listed(claims)}, ${says(makers, "never hears", "never hear")} of it: ${says(senders, "only forwards", "only forward")} ${them(claims)}`,
  rule: BACK,
  hint: remedy,
});

const rejectionWithoutEdge = (
  checker: Named,
  claims: readonly string[],
  makers: Named,
  remedy: string,
): Text => ({
  message: `when ${says(checker, "rejects", "reject")} ${listed(claims)}, ${says(makers, "never hears", "never hear")} of it: there is no edge back`,
  rule: BACK,
  hint: remedy,
});

const rejectionTooLate = (checker: Named, claims: readonly string[], makers: Named): Text => ({
  message: `when ${says(checker, "rejects", "reject")} ${listed(claims)} here, nobody makes ${them(claims)} again: no work phase of ${listed(makers.names)} follows`,
  rule: BACK,
  hint: "put the phases from work to check into a repeat with until: complete",
});
