// Checks the meaning of the task: that its graph is one, and that the shares of its classes add up.

import type { Examined } from "../../documents/checking/examined.ts";
import { MAX_CLAIMS } from "../limits.ts";
import { largestTask, premisesByName } from "./claims.ts";
import * as messages from "./messages.ts";
import type { Task, TaskGraph } from "./schema.ts";

export function checkTask({ graph, classes }: Task, found: Examined): void {
  checkGraph(graph, found);
  checkClassShares(classes, found);
}

function checkGraph(graph: TaskGraph, found: Examined): void {
  const path = ["task", "graph"];
  const claims = largestTask(graph);
  if (claims === 0) found.error([...path, "claims"], messages.noClaims);
  if (claims > MAX_CLAIMS) found.error(path, messages.tooManyClaims(claims, MAX_CLAIMS));
  if (graph.shape === "generated" && graph.size > graph.limit)
    found.error([...path, "size"], messages.sizeAboveLimit(graph.size, graph.limit));
  if (graph.shape === "generated") checkKindShares(graph.kinds ?? {}, found);
  if (graph.shape !== "graph") return;
  const premises = premisesByName(graph.claims);
  if (checkPremises(premises, found)) checkCycle(premises, found);
}

type Premises = Readonly<Record<string, readonly string[]>>;

/** Whether every premise is a claim. */
function checkPremises(claims: Premises, found: Examined): boolean {
  const names = Object.keys(claims);
  let isSound = true;
  for (const claim of names)
    for (const [i, premise] of claims[claim].entries()) {
      if (Object.hasOwn(claims, premise)) continue;
      const text = messages.unknownPremise(claim, premise, found.suggest(premise, names));
      const at = ["task", "graph", "claims", claim];
      const needs = [...at, "needs"];
      found.error([...(found.isWritten(needs) ? needs : at), i], text);
      isSound = false;
    }
  return isSound;
}

function checkCycle(claims: Premises, found: Examined): void {
  const cycle = findCycle(claims);
  if (cycle.length > 0)
    found.errorAtKey(["task", "graph", "claims", cycle[0]], messages.claimCycle(cycle));
}

/** Claims of which each builds on the next, the first one named again at the end; empty where there is no cycle. */
function findCycle(claims: Premises): string[] {
  const stuck = neverReady(claims);
  const way = new Set<string>();
  let claim = [...stuck][0];
  while (claim !== undefined && !way.has(claim)) {
    way.add(claim);
    // What is never ready has a premise that is never ready either.
    claim = claims[claim].find((premise) => stuck.has(premise)) as string;
  }
  const ways = [...way];
  return claim === undefined ? [] : [...ways.slice(ways.indexOf(claim)), claim];
}

/** Claims that are left when all whose premises are done are done, again and again (Kahn 1962). */
function neverReady(claims: Premises): Set<string> {
  const missing = new Map(
    Object.entries(claims).map(([name, premises]) => [name, premises.length]),
  );
  const dependents = new Map<string, string[]>(Object.keys(claims).map((name) => [name, []]));
  for (const [name, premises] of Object.entries(claims))
    for (const premise of premises) dependents.get(premise)?.push(name);
  const stuck = new Set(missing.keys());
  const ready = [...stuck].filter((name) => missing.get(name) === 0);
  for (let name = ready.pop(); name !== undefined; name = ready.pop()) {
    stuck.delete(name);
    for (const dependent of dependents.get(name) ?? []) {
      const left = (missing.get(dependent) ?? 0) - 1;
      missing.set(dependent, left);
      if (left === 0) ready.push(dependent);
    }
  }
  return stuck;
}

function checkKindShares(
  kinds: Readonly<Record<string, { share: number }>>,
  found: Examined,
): void {
  const sum = Object.values(kinds).reduce((total, { share }) => total + share, 0);
  if (sum > 1 + 1e-9) found.error(["task", "graph", "kinds"], messages.kindShares(sum));
}

function checkClassShares(classes: Task["classes"], found: Examined): void {
  const shares = Object.values(classes).map(({ share }) => share);
  const sum = shares.reduce((total, share) => total + share, 0);
  if (shares.length > 0 && Math.abs(sum - 1) > 1e-9)
    found.error(["task", "classes"], messages.classShares(sum));
}
