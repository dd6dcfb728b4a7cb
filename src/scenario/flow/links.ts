// What to add so that a claim comes from those who have it to an agent that lacks it.

import { type Context, makersOf, stepsOf } from "./context.ts";
import { edgeBetween, partiesAmong } from "./parties.ts";
import { holds, targetParties } from "./reach.ts";
import { listed } from "./wording.ts";

/**
 * The remedy, as words that follow "hint:".
 * @param claims claims that `target` never has when it needs them
 */
export function linkRemedy(context: Context, claims: readonly number[], target: number): string {
  const { reach, named, name } = context;
  if (claims.every((claim) => reach.received.has(target, claim)))
    return `send ${listed(name(claims))} to ${listed(named([target]).names)} before this phase`;
  const sources = sourcesFor(context, claims, target);
  return [
    ...edgesToAdd(context, sources, target),
    ...sendsToAdd(context, claims, sources, target),
  ].join(" and ");
}

/** Who is to send the claims: one agent that has them all and an edge to the target, or else their makers. */
function sourcesFor({ reach }: Context, claims: readonly number[], target: number): number[] {
  const { parties } = reach;
  const joined = parties.members.flatMap((_, party) => {
    const edge = edgeBetween(parties, party, target);
    const hasAll = edge >= 0 && claims.every((claim) => holds(reach, party, claim));
    return hasAll && parties.isOpen[edge] === 1 && party !== target ? [party] : [];
  });
  const makers = claims.flatMap((claim) => makersOf(reach, claim));
  const makerOfAll = joined.find((party) => claims.every((claim) => reach.made.has(party, claim)));
  const [only = makerOfAll] = makerOfAll === undefined ? joined : [makerOfAll];
  return only === undefined ? [...new Set(makers)].filter((party) => party !== target) : [only];
}

/** Edges that are missing, or let nothing pass. */
function edgesToAdd({ reach, named }: Context, makers: readonly number[], target: number) {
  const { parties } = reach;
  const edges = makers.map((maker) => ({ maker, edge: edgeBetween(parties, maker, target) }));
  const missing = edges.filter(({ edge }) => edge < 0);
  const closed = edges.filter(({ edge }) => edge >= 0 && parties.isOpen[edge] === 0);
  const to = named([target]).names;
  const namesOf = (some: typeof edges) => named(some.map(({ maker }) => maker)).names;
  const remedies: string[] = [];
  if (missing.length > 0) remedies.push(addEdges(namesOf(missing), to));
  if (closed.length > 0)
    remedies.push(
      `let something pass from ${listed(namesOf(closed))} to ${listed(to)} (weight, omission)`,
    );
  return remedies;
}

/** A send phase that is missing, or that sends accepted claims only where nothing was accepted. */
function sendsToAdd(
  { plan, reach, named, name }: Context,
  claims: readonly number[],
  makers: readonly number[],
  target: number,
): string[] {
  const { parties, accepted } = reach;
  const sends = stepsOf(plan, "send").filter(
    ({ step }) => targetParties(parties, step)[target] === 1,
  );
  const phasesOf = (maker: number) =>
    sends.filter(({ step }) => partiesAmong(parties, step.from).includes(maker));
  const silent = makers.filter((maker) => phasesOf(maker).length === 0);
  const unsure = makers.filter(
    (maker) =>
      !silent.includes(maker) && phasesOf(maker).every(({ step }) => step.what === "accepted"),
  );
  const remedies: string[] = [];
  if (silent.length > 0)
    remedies.push(`add ${sendPhase(named(silent).names, named([target]).names)} before this phase`);
  if (claims.some((claim) => unsure.some((maker) => !accepted.has(maker, claim)))) {
    const { names } = named(unsure);
    remedies.push(
      `put ${ownCheckPhase(names)} before ${listed(names)} sends ${listed(name(claims))}, or send what: new`,
    );
  }
  return remedies;
}

export function addEdges(from: readonly string[], to: readonly string[]): string {
  const isOne = from.length === 1 && to.length === 1;
  return `add ${isOne ? "an edge" : "edges"} from ${listed(from)} to ${listed(to)}`;
}

export function sendPhase(
  from: readonly string[],
  to: readonly string[],
  what?: "accepted",
): string {
  const kind = what === undefined ? "" : `, what: ${what}`;
  return `- send: { from: ${yamlList(from)}, to: ${yamlList(to)}${kind} }`;
}

export function ownCheckPhase(by: readonly string[]): string {
  return `- check: { by: ${yamlList(by)}, of: own, as: self }`;
}

function yamlList(references: readonly string[]): string {
  return references.length === 1 ? references[0] : `[${references.join(", ")}]`;
}
