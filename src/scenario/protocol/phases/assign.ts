// The phase `assign`: says which claims are whose scope.

import type { Examined } from "../../../documents/checking/examined.ts";
import type { Text, Warning } from "../../../documents/checking/problems.ts";
import {
  list as fieldList,
  name,
  namedMap,
  number,
  oneOf,
  section,
  share,
  whole,
} from "../../../documents/fields.ts";
import { list, meant, plural, word } from "../../../documents/quoting.ts";
import type { Path } from "../../../documents/reading/tree.ts";
import { one, reference, several, toOne, toSeveral } from "../../fields.ts";
import { type Context, stepsOf } from "../../flow/context.ts";
import { workingParties } from "../../flow/reach.ts";
import { clearedParties, sharesOf } from "../../flow/scopes.ts";
import { listed, says, them, verb } from "../../flow/wording.ts";
import { MAX_AGENTS, MAX_CLAIMS } from "../../limits.ts";
import { claimNamesOf, ownersOf, propertiesOf } from "../../task/claims.ts";
import type { TaskGraph } from "../../task/schema.ts";
import { definePhase } from "../definition.ts";

const difficultySplit = section(
  "Split",
  "In mode `route`, instead of `routes`: the router goes by how difficult the instance looks.",
  {
    threshold: number(
      "Threshold",
      "Instances that look harder than this count as hard. It is measured from the task's own difficulty.",
      ["log-odds", -1e6, 1e6],
    ).default(0),
    noise: number(
      "Noise",
      "Standard deviation of the router's error in judging the difficulty. With a large one it routes at random.",
      ["log-odds", 0, 1e6],
    ).default(0),
    easy: several("Easy", "The agents that get the instances that look easy."),
    hard: several("Hard", "The agents that get the instances that look hard."),
  },
);

export const assign = definePhase({
  kind: "assign",
  title: "Assign",
  description:
    "Decides which agent has which claims in its scope. With `by` it costs that agent a turn.",
  fields: {
    by: one(
      "By",
      "The agent that plans, which costs it a turn. By default the claims are shared out without a planner.",
    ).optional(),
    to: several(
      "To",
      "The agents that get the claims. In mode `owners` it may be left out: then it is all agents.",
    ).optional(),
    claims: fieldList(
      name("Claim", "A claim of the task."),
      "Claims",
      "The claims that are shared out. By default all are.",
      { min: 1, max: MAX_CLAIMS },
    ).optional(),
    mode: oneOf(
      ["whole", "partition", "replicate", "route", "owners"],
      "Mode",
      "`whole`: every agent gets all claims. `partition`: each claim goes to one agent. `replicate`: each claim goes to k agents. `route`: a router chooses the agents by task class or by difficulty. `owners`: each claim goes to its owner.",
    ).default("whole"),
    k: whole("Copies", "Number of agents that get each claim in mode `replicate`.", [
      "agents",
      1,
      MAX_AGENTS,
    ]).default(1),
    routes: namedMap(
      reference,
      "Routes",
      "In mode `route`: the agents that get the instances of each task class.",
    ).default({}),
    accuracy: share(
      "Router accuracy",
      "In mode `route` with `routes`: chance that the router recognises the class. Otherwise it takes the instance for any other class, with equal chances.",
    ).default(1),
    split: difficultySplit.optional(),
  },

  references: ({ by, to, routes, split }) => [
    ...toOne(by, ["by"]),
    ...toSeveral(to, ["to"]),
    ...Object.entries(routes).flatMap(([name, to]) => toSeveral([to], ["routes", name])),
    ...toSeveral(split?.easy, ["split", "easy"]),
    ...toSeveral(split?.hard, ["split", "hard"]),
  ],
  check({ to, claims, mode, routes, split, accuracy }, at, { task, found }) {
    if (to === undefined && mode !== "owners") found.errorAround([...at, "to"], nobodyAddressed);
    if (task === undefined) return;
    checkClaims(claims, mode, at, task.graph, found);
    const classes = Object.keys(task.classes);
    const routed = Object.keys(routes);
    if (mode !== "route") {
      if (routed.length > 0) found.warning([...at, "routes"], unused("routes have", mode));
      if (split) found.warning([...at, "split"], unused("split has", mode));
      if (accuracy < 1) found.warning([...at, "accuracy"], unused("accuracy has", mode));
    } else if (split) {
      if (routed.length > 0)
        found.errorAtKey([...at, "routes"], {
          message: "this router goes by task class and by difficulty at once",
          rule: "mode: route has either routes or split",
        });
      if (accuracy < 1)
        found.error([...at, "accuracy"], {
          message: "accuracy has no meaning for a router that goes by difficulty",
          rule: "accuracy is the chance to recognise a task class; a router by difficulty has noise",
        });
    } else {
      if (accuracy < 1 && classes.length === 1)
        found.warning([...at, "accuracy"], {
          topic: "router-with-one-class",
          message: "there is only one task class: the router cannot take it for another",
          rule: "accuracy has a meaning from two task classes on",
        });
      checkRoutes(routed, at, classes, found);
    }
  },
  checkTeam(all, { resolve, found, task, agents }) {
    const addressed = new Set<number>();
    for (const { value, path } of all) {
      for (const agent of resolve(value.to ?? Object.keys(agents))) addressed.add(agent);
      const isOutside = (owner: string) => resolve([owner]).some((one) => !addressed.has(one));
      const outside = task ? ownersAsked(value, task.graph).filter(isOutside) : [];
      if (outside.length > 0) found.warning([...path, "to"], ownedOutside(outside));
      const count = resolve(value.to ?? []).length;
      if (value.mode === "replicate" && value.k > count)
        found.error([...path, "k"], tooManyCopies(value.k, count));
      if (value.mode !== "route") continue;
      const freed = new Set(resolve(value.to ?? []));
      for (const [way, reference] of waysOf(value))
        if (resolve([reference]).some((agent) => !freed.has(agent)))
          found.warning([...path, ...way], routedOutside(reference));
    }
  },
  plans: ({ by }) => by !== undefined,
  hasTiers: ({ mode }) => mode === "route",
  asksOwners: ({ mode }) => mode === "owners",
  events: ({ by }) => (by === undefined ? 0 : 1),

  blank: {
    by: -1,
    to: new Int32Array(0),
    mode: "",
    claims: new Int32Array(0),
    copies: 0,
    routes: [],
    accuracy: 1,
    split: undefined,
  },
  compile({ by, to, claims, mode, k, routes, accuracy, split }, { agents, task, agentsOf, one }) {
    const routeOf = (name: string) => (Object.hasOwn(routes, name) ? [routes[name]] : []);
    return {
      op: "assign",
      by: one(by),
      to: to === undefined ? Int32Array.from(agents.names.keys()) : agentsOf(to),
      mode,
      claims: claims === undefined ? new Int32Array(0) : claimWords(claims, task.claimNames),
      copies: k,
      routes: task.classNames.map((name) => agentsOf(routeOf(name))),
      accuracy,
      split: split && { ...split, easy: agentsOf(split.easy), hard: agentsOf(split.hard) },
    };
  },
  agents: ({ by, to }) => [by, ...to],
  looks: ({ to, mode }, { row, claims }) =>
    to.length * (mode === "partition" || mode === "owners" ? row : claims),
  turns: ({ by }) => (by < 0 ? [] : [by]),

  flow(step, position, walk) {
    const hasAccepted = step.by >= 0 && !walk.accepted.isEmpty(walk.parties.of[step.by]);
    const shares = walk.remember(`${position} ${hasAccepted}`, () =>
      sharesOf(walk.plan, walk.parties, step, hasAccepted),
    );
    for (const party of clearedParties(walk.plan, walk.parties, step)) walk.scopes.clear(party);
    walk.scopes.addAll(shares);
    walk.at[position].claims.addAll(shares);
  },
  stalls: (_, position, context) => [claimsOfNobody(position, context)],
});

// ---------------------------------------------------------------- claims

/** The set of the named claims, in words of 32. */
function claimWords(claims: readonly string[], names: readonly string[]): Int32Array {
  const words = new Int32Array(Math.ceil(names.length / 32));
  for (const [claim, name] of names.entries())
    if (claims.includes(name)) words[claim >>> 5] |= 1 << (claim & 31);
  return words;
}

/** Every claim that is named is one of the task, and in mode owners each has an owner. */
function checkClaims(
  claims: readonly string[] | undefined,
  mode: string,
  at: Path,
  graph: TaskGraph,
  found: Examined,
): void {
  const names = claimNamesOf(graph);
  for (const [i, claim] of (claims ?? []).entries())
    if (!names.includes(claim))
      found.error([...at, "claims", i], unknownClaim(claim, names, found.suggest(claim, names)));
  if (mode !== "owners") return;
  if (graph.shape !== "graph") {
    const problem = drawnWithoutOwner(graph);
    if (problem) found.error([...at, "mode"], problem);
    return;
  }
  const unowned = (claims ?? names).filter(
    (claim) =>
      Object.hasOwn(graph.claims, claim) && propertiesOf(graph.claims[claim]).owner === undefined,
  );
  if (unowned.length > 0) found.error([...at, "mode"], withoutOwner(unowned));
}

/** Shares of kinds that add up to less than this leave claims that are of no kind. */
const ALL = 1 - 1e-9;

/** What is wrong where claims are drawn, or all alike, and go to their owners. */
function drawnWithoutOwner(graph: TaskGraph): Text | undefined {
  if (graph.shape !== "generated" || graph.kinds === undefined) return ownersOfNothing(graph.shape);
  const kinds = Object.entries(graph.kinds);
  const unowned = kinds.filter(([, { owner }]) => owner === undefined).map(([name]) => name);
  if (unowned.length > 0) return kindsWithoutOwner(unowned);
  return kinds.reduce((sum, [, { share }]) => sum + share, 0) < ALL ? noKindNoOwner : undefined;
}

/** References to the owners to whom a phase gives claims. */
function ownersAsked({ mode, claims }: Asking, graph: TaskGraph): string[] {
  if (mode !== "owners") return [];
  if (graph.shape !== "graph") return ownersOf(graph).map(({ reference }) => reference);
  const about = (claims ?? Object.keys(graph.claims)).map((claim) => graph.claims[claim] ?? []);
  return [...new Set(about.flatMap((claim) => propertiesOf(claim).owner ?? []))];
}

interface Asking {
  readonly mode: string;
  readonly claims?: readonly string[] | undefined;
}

const ownedOutside = (owners: readonly string[]): Warning => ({
  topic: "owner-outside-to",
  message: `${listed(owners)} ${verb(owners, "owns", "own")} claims and ${verb(owners, "stands", "stand")} in no to so far, so every claim stays in scope there`,
  rule: "mode: owners takes their claims from the agents in to, and then gives each claim to its owner; at first every claim is in every scope",
  hint: `name ${listed(owners)} in to as well, or leave out to`,
});

const nobodyAddressed: Text = {
  message: "this assign phase does not say who gets the claims",
  rule: "assign has to, the agents that get the claims; only mode: owners goes without",
  hint: "add to: AGENTS",
};

const unknownClaim = (claim: string, names: readonly string[], near: string | undefined): Text => ({
  message: `there is no claim ${word(claim)}`,
  rule: `the claims of this task are ${list(names, 12)}`,
  ...meant(near),
});

const ownersOfNothing = (shape: string): Text => ({
  message: `the claims of a task of shape ${shape} have no owners`,
  rule: "mode: owners goes with shape: graph, where each claim can state its owner, and with the kinds of shape: generated",
});

const kindsWithoutOwner = (kinds: readonly string[]): Text => ({
  message: `nobody owns the claims of ${kinds.length === 1 ? "kind" : "the kinds"} ${list(kinds, 12)}`,
  rule: "mode: owners gives each claim to its owner",
  hint: `write ${kinds[0]}: { share: ..., owner: AGENTS }`,
});

const noKindNoOwner: Text = {
  message: "nobody owns the claims that are of no kind",
  rule: "mode: owners gives each claim to its owner",
  hint: "let the shares of the kinds add up to 1, with one more kind for all other claims",
};

const withoutOwner = (claims: readonly string[]): Text => ({
  message: `nobody owns ${list(claims, 12)}`,
  rule: "mode: owners gives each claim to its owner",
  hint: `write ${claims[0]}: { needs: [...], owner: AGENTS }, or name the claims that this phase is about: claims: [...]`,
});

// ---------------------------------------------------------------- routers

/** Every task class has a route, and every route a task class. */
function checkRoutes(
  routed: readonly string[],
  at: Path,
  classes: readonly string[],
  found: Examined,
): void {
  if (classes.length === 0) {
    found.error([...at, "mode"], {
      message: "mode: route has no task classes to go by",
      rule: "mode: route gives the instances of each class in task.classes to an agent or group",
      hint: "define task.classes, or route by difficulty: split",
    });
    return;
  }
  for (const name of classes)
    if (!routed.includes(name)) found.error([...at, "routes"], missingRoute(name));
  for (const name of routed)
    if (!classes.includes(name)) {
      const text = unknownClass(name, classes, found.suggest(name, classes));
      found.errorAtKey([...at, "routes", name], text);
    }
}

/** Where a router can send a task: the path of each way, and the agents at its end. */
function waysOf({ routes, split }: Routing): [Path, string][] {
  return [
    ...Object.entries(routes).map(([name, to]): [Path, string] => [["routes", name], to]),
    ...(["easy", "hard"] as const).flatMap((side) =>
      (split?.[side] ?? []).map((to): [Path, string] => [["split", side], to]),
    ),
  ];
}

interface Routing {
  readonly routes: Readonly<Record<string, string>>;
  readonly split?:
    | { readonly easy: readonly string[]; readonly hard: readonly string[] }
    | undefined;
}

const routedOutside = (reference: string): Warning => ({
  topic: "route-outside-to",
  message: `${reference} stands at the end of a route and not in to, so it has its claims whatever the router decides`,
  rule: "a router frees the agents in to of their claims, and then gives them to those that it chooses",
  hint: `name ${reference} in to as well`,
});

/** @param what the field, with its verb: "routes have" */
const unused = (what: string, mode: string): Warning => ({
  topic: "routes-without-a-router",
  message: `${what} no meaning in mode ${mode}`,
  rule: `${what.replace(/ have$/, " belong").replace(/ has$/, " belongs")} to mode: route`,
});

const missingRoute = (name: string): Text => ({
  message: `there is no route for the task class ${name}`,
  rule: "mode: route has a route for every task class",
});

const unknownClass = (name: string, known: readonly string[], near: string | undefined): Text => ({
  message: `there is no task class ${word(name)}`,
  rule: `task classes are ${list(known)}`,
  ...meant(near),
});

const tooManyCopies = (k: number, agents: number): Text => ({
  message: `each claim is to go to ${plural(k, "agent")}, of ${agents}`,
  rule: "k is not above the number of agents in to",
});

// ---------------------------------------------------------------- scopes

/** Claims in the scope only of agents that have no work phase after they were assigned. */
function claimsOfNobody(
  position: number,
  { plan, reach, isMade, name, named }: Context,
): Warning[] {
  const inScope = new Set(
    stepsOf(plan, "work").flatMap((work) =>
      workingParties(plan, reach.parties, work.step).flatMap((party) =>
        reach.at[work.position].claims.list(party),
      ),
    ),
  );
  return reach.parties.members.flatMap((_, party) => {
    const given = reach.at[position].claims.list(party);
    const claims = name(given.filter((claim) => isMade[claim] === 0 && !inScope.has(claim)));
    const owners = named([party]);
    if (claims.length === 0) return [];
    return {
      topic: "claim-nobody-makes",
      message: `nobody can make ${listed(claims)}: ${says(owners, "has", "have")} ${them(claims)} in scope, and no work phase of ${listed(owners.names)} follows`,
      rule: "a claim is made in a work phase, by an agent that has it in its scope",
      hint: `add - work: { who: ${owners.names[0]} } after this phase, or leave ${listed(owners.names)} out of to`,
    };
  });
}
