// The claims of a task as they are written: their premises, and what else is said of them.
import { numbered } from "../../model/graph.ts";
import { type Reference, toSeveral } from "../fields.ts";
import type { Claim, Claims, TaskGraph } from "./schema.ts";

/** What can be said of a claim besides its premises. */
export type ClaimProperties = Partial<Exclude<Claim, readonly string[]>>;

export const premisesOf = (claim: Claim): readonly string[] =>
  "needs" in claim ? claim.needs : claim;

export const propertiesOf = (claim: Claim): ClaimProperties => ("needs" in claim ? claim : {});

/** The premises of every claim of a graph that is written out. */
export function premisesByName(claims: Claims): Record<string, readonly string[]> {
  return Object.fromEntries(
    Object.entries(claims).map(([name, claim]) => [name, premisesOf(claim)]),
  );
}

/** The properties that a graph states: of each claim that is written out, or of each kind. */
export function statedProperties(graph: TaskGraph): ClaimProperties[] {
  if (graph.shape === "graph") return Object.values(graph.claims).map(propertiesOf);
  return graph.shape === "generated" ? Object.values(graph.kinds ?? {}) : [];
}

/** The losses that claims may have: 0 where none is stated, as of a claim that is of no kind. */
export function lossesOf(graph: TaskGraph): number[] {
  const stated = statedProperties(graph).map(({ loss = 0 }) => loss);
  return graph.shape === "graph" ? stated : [...stated, 0];
}

/** Number of claims of the largest instance. */
export function largestTask(graph: TaskGraph): number {
  switch (graph.shape) {
    case "chain":
      return graph.size;
    case "layers":
      return graph.layers.reduce((sum, size) => sum + size, 0);
    case "graph":
      return Object.keys(graph.claims).length;
    case "generated":
      return graph.limit;
  }
}

/** The names of the claims of the largest instance, in the order in which they are written. */
export function claimNamesOf(graph: TaskGraph): readonly string[] {
  return graph.shape === "graph" ? Object.keys(graph.claims) : numbered(largestTask(graph));
}

/** All references to owners. */
export function ownersOf(graph: TaskGraph): Reference[] {
  const path = ["task", "graph"];
  if (graph.shape === "generated")
    return Object.entries(graph.kinds ?? {}).flatMap(([name, { owner }]) =>
      toSeveral(owner, [...path, "kinds", name, "owner"]),
    );
  if (graph.shape !== "graph") return [];
  return Object.entries(graph.claims).flatMap(([name, claim]) =>
    toSeveral(propertiesOf(claim).owner, [...path, "claims", name, "owner"]),
  );
}
