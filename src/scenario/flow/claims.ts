// Rules about claims: each has to be made by somebody, of premises that reach its maker, and has to reach the aggregator.
import type { WorkStep } from "../../model/plan.ts";
import type { Context, Finding } from "./context.ts";
import { aggregated, ascending, groupBy, makersOf, stepsOf } from "./context.ts";
import { linkRemedy } from "./links.ts";
import * as messages from "./messages.ts";
import { handsOver, holds, workingCells } from "./reach.ts";

/** Claims in the scope only of agents that have no work phase after they were assigned. */
export function claimsOfNobody(context: Context): Finding[] {
  const { plan, reach, paths, isMade } = context;
  const inScope = new Set(
    stepsOf(plan, "work").flatMap(({ step, position }) =>
      workingCells(plan, reach.cells, step).flatMap((cell) => reach.at[position].claims.list(cell)),
    ),
  );
  const given = stepsOf(plan, "assign").flatMap(({ position }) =>
    reach.cells.members.flatMap((_, cell) =>
      reach.at[position].claims
        .list(cell)
        .filter((claim) => isMade[claim] === 0 && !inScope.has(claim))
        .map((claim) => ({ position, cell, claim })),
    ),
  );
  return groupBy(given, ({ position, cell }) => `${position} ${cell}`).map((group) => ({
    path: paths[group[0].position],
    text: messages.madeByNobody(
      context.name(group.map(({ claim }) => claim)),
      context.named([group[0].cell]),
    ),
  }));
}

/** A claim in the scope of a cell in a work phase, and those of its premises that never come to it in time. */
interface Lack {
  readonly position: number;
  readonly cell: number;
  readonly claims: readonly number[];
  readonly premises: readonly number[];
}

/** Claims that agents wait for ever to make, since a premise that somebody makes cannot reach them. */
export function claimsThatWait(context: Context): Finding[] {
  const { isMade, paths } = context;
  const lacks = lacksIn(
    context,
    ({ onlyReady }) => onlyReady,
    (claim) => isMade[claim] === 0,
  );
  return alike(lacks).map((group) => ({
    path: paths[group[0].position],
    text: messages.waitsForEver(...wordsOf(context, group), remedyFor(context, group[0])),
  }));
}

/** Premises that agents have to guess whenever they make a claim. */
export function premisesThatAreGuessed(context: Context): Finding[] {
  const { guess } = context.plan.agents;
  const lacks = lacksIn(
    context,
    ({ onlyReady }) => !onlyReady,
    () => true,
  );
  const chanceOf = ({ cell }: Lack) => guess[context.reach.cells.members[cell][0]];
  return alike(lacks.filter((lack) => chanceOf(lack) > 0)).map((group) => ({
    path: context.paths[group[0].position],
    text: messages.alwaysGuesses(
      ...wordsOf(context, group),
      chanceOf(group[0]),
      remedyFor(context, group[0]),
    ),
  }));
}

/** What the cells of work phases lack: of the phases and claims that are asked for. */
function lacksIn(
  context: Context,
  isAsked: (step: WorkStep) => boolean,
  isWanted: (claim: number) => boolean,
): Lack[] {
  const { plan, reach } = context;
  return stepsOf(plan, "work").flatMap(({ step, position }) =>
    (isAsked(step) ? workingCells(plan, reach.cells, step) : []).flatMap((cell) => {
      const lack = lackOf(context, position, cell, isWanted);
      return lack.premises.length > 0 ? [lack] : [];
    }),
  );
}

function lackOf(
  { plan, reach, isMade }: Context,
  position: number,
  cell: number,
  isWanted: (claim: number) => boolean,
): Lack {
  const { premiseStart, premises } = plan.task;
  const { claims: scope, held } = reach.at[position];
  const claims: number[] = [];
  const lacked: number[] = [];
  for (const claim of scope.list(cell)) {
    if (!isWanted(claim)) continue;
    const missing = premises
      .subarray(premiseStart[claim], premiseStart[claim + 1])
      .filter((premise) => !held.has(cell, premise) && isMade[premise] === 1);
    if (missing.length > 0) claims.push(claim);
    lacked.push(...missing);
  }
  return { position, cell, claims, premises: ascending(lacked) };
}

/** Lacks of the same phase and claims, which many agents may have. */
function alike(lacks: readonly Lack[]): Lack[][] {
  return groupBy(lacks, ({ position, claims, premises }) =>
    [position, claims.join(), premises.join()].join(" "),
  );
}

function wordsOf(context: Context, group: readonly Lack[]) {
  const [{ claims, premises }] = group;
  const agents = context.named(group.map(({ cell }) => cell));
  return [agents, context.name(claims), context.name(premises)] as const;
}

function remedyFor(context: Context, { premises, cell }: Lack): string {
  return linkRemedy(context, premises, cell, "before this phase");
}

// ---------------------------------------------------------------- to the aggregator

/** Claims that somebody makes and that never come into the ledgers that are aggregated. */
export function claimsThatGetLost(context: Context): Finding[] {
  const { plan, reach, isMade } = context;
  const from = aggregated(reach);
  const lost = ascending(isMade.keys()).filter(
    (claim) =>
      isMade[claim] === 1 && !from.some((cell) => handsOver(reach, plan.aggregate, cell, claim)),
  );
  const sourceOf = (claim: number) => [
    from.some((cell) => holds(reach, cell, claim)),
    from.some((cell) => reach.made.has(cell, claim)),
    makersOf(reach, claim),
  ];
  return groupBy(lost, (claim) => sourceOf(claim).join(" ")).map((claims) => ({
    path: context.paths[plan.steps.length - 1],
    text: lossText(context, claims, from),
  }));
}

function lossText(context: Context, claims: readonly number[], from: readonly number[]) {
  const { plan, reach } = context;
  const names = context.name(claims);
  const ledgers = context.named(from).names;
  if (from.some((cell) => holds(reach, cell, claims[0])))
    return messages.neverAccepted(names, ledgers[0], reach.made.has(from[0], claims[0]));
  const makers = context.named(makersOf(reach, claims[0]));
  const link = linkRemedy(context, claims, from[0], "before this phase");
  const remedy =
    plan.aggregate.how === "synthesize"
      ? link
      : `${link}; or add ${messages.several(makers.names)} to from`;
  return messages.neverDelivered(names, makers, ledgers, remedy);
}
