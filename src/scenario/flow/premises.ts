// Rules about premises: they have to reach the agents that build on them.
import type { Text } from "../../documents/checking/problems.ts";
import type { WorkStep } from "../../model/plan.ts";
import { ascending, type Context, type Finding, groupBy, stepsOf } from "./context.ts";
import { linkRemedy } from "./links.ts";
import { workingCells } from "./reach.ts";
import { listed, type Named, reaches, says } from "./wording.ts";

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
    text: waitsForEver(...wordsOf(context, group), remedyFor(context, group[0])),
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
    text: alwaysGuesses(
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

const waitsForEver = (
  agents: Named,
  claims: readonly string[],
  premises: readonly string[],
  remedy: string,
): Text => ({
  message: `${says(agents, "can", "can")} never make ${listed(claims)}: ${listed(premises)} ${reaches(premises)} ${listed(agents.names)} by then`,
  rule: "with onlyReady an agent waits until it holds all premises of a claim",
  hint: `${remedy}; or drop onlyReady, and ${says(agents, "guesses", "guess")} instead`,
});

const alwaysGuesses = (
  agents: Named,
  claims: readonly string[],
  premises: readonly string[],
  chance: number,
  remedy: string,
): Text => ({
  message: `${says(agents, "makes", "make")} ${listed(claims)} without ${listed(premises)}, which ${reaches(premises)} ${listed(agents.names)} by then`,
  rule: `a claim made without one of its premises goes wrong with the chance guess, here ${chance}`,
  hint: remedy,
});
