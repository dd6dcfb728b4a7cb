// The structure that most runs have: agents in the order in which they come in, what each makes, who tells whom and who reviews whom.
import { average, quantile, variance } from "../../numerics/statistics.ts";
import { type MadeTurn, pairOf, type RunShape } from "./shape.ts";

export interface TeamAgent {
  readonly name: string;
  /** New results per run, over all runs: turns without reviews and repeats. */
  readonly made: Moments;
  /** Median number of stretches of turns in which it makes something new. */
  readonly visits: number;
  /** Turns per run that neither make nor review anything, over all runs, where the logs name what is made. */
  readonly plans: number;
  /** Whose results it reviews in most runs in which it reviews. */
  readonly reviews: readonly string[];
  /** The named results of others at which it looks in most runs in which it reviews. */
  readonly sees: readonly string[];
  /** Median number of turns of reviews in a run in which it reviews and nothing was rejected; or in any, where none is such. */
  readonly looks: number;
  /** Share of the runs in which it reviews results of others. */
  readonly reviewShare: number;
}

export interface Moments {
  readonly mean: number;
  /** Standard deviation over runs; 0 of one run. */
  readonly sd: number;
  readonly most: number;
  /** Standard error of the mean over tasks, NaN of fewer than two; and how many tasks there are. */
  readonly error: number;
  readonly tasks: number;
}

/** A result that most runs have, by its name in the logs. */
export interface NamedClaim {
  readonly name: string;
  readonly owner: string;
  /** Undefined where the logs do not say on what results build. */
  readonly needs: readonly string[] | undefined;
}

export interface Structure {
  readonly runs: number;
  /** In the order in which they come in. */
  readonly agents: readonly TeamAgent[];
  /** The same by stages: agents of one stage work at the same time. */
  readonly stages: readonly (readonly string[])[];
  /** Agents that are left out, since most runs do without them, with the share of the runs that have them. */
  readonly rare: readonly { readonly name: string; readonly share: number }[];
  /** Results by their names, in the order in which they are made; undefined where the logs do not name them, or each run makes others. */
  readonly claims: readonly NamedClaim[] | undefined;
  /** The one reviewer that looks at a part of what others make, and that part, by its names in the logs. */
  readonly selection: { readonly by: string; readonly sees: readonly string[] } | undefined;
  /** For each agent, those whose results it builds on; undefined where the logs do not say. */
  readonly buildsOn: ReadonlyMap<string, ReadonlySet<string>> | undefined;
  /** Share of the results after the first of a run that build on others; undefined where the logs do not say. */
  readonly sequentiality: number | undefined;
  /** Who tells whom, and whether that is known from messages; otherwise it follows from who speaks after whom. */
  readonly tells: readonly (readonly [from: string, to: string])[];
  readonly hasMessages: boolean;
  /** Most messages of a run from one agent to another, by their pair. */
  readonly told: ReadonlyMap<string, number>;
  /** The agent that has the last turn in most runs. */
  readonly last: string;
  /** Most times that one result was made. */
  readonly attempts: number;
}

/** What holds of half of the runs counts as the rule. */
const RULE = 0.5;

/** The structure of runs of which there is at least one. */
export function structureOf(shapes: readonly RunShape[]): Structure {
  const all = inOrder(shapes);
  const described = all.map((name) => agentOf(name, shapes));
  const agents = described.filter(isUsual);
  const kept = reviewersLater(agents.length > 0 ? agents : described.slice(0, 1));
  const names = kept.map(({ name }) => name);
  const isKept = ([from, to]: readonly [string, string]) =>
    names.includes(from) && names.includes(to);
  const hasMessages = shapes.some(({ told }) => told.size > 0);
  const pairs = names.flatMap((from) => names.map((to) => [from, to] as const));
  const holds = (
    of: (shape: RunShape) => { has(pair: string): boolean },
    [from, to]: readonly [string, string],
  ) =>
    from !== to &&
    shareWithBoth(shapes, from, to, (shape) => of(shape).has(pairOf(from, to))) >= RULE;
  const claims = namedClaims(names, shapes);
  return {
    runs: shapes.length,
    agents: kept,
    stages: stagesOf(names, shapes),
    rare: described
      .filter((agent) => !kept.includes(agent))
      .map(({ name }) => ({ name, share: shareOf(shapes, ({ agents }) => agents.has(name)) })),
    claims,
    selection: claims && selectionOf(kept, claims),
    buildsOn: buildsOnOf(names, shapes),
    sequentiality: sequentialityOf(shapes),
    tells: pairs
      .filter(isKept)
      .filter((pair) => holds(({ told, followed }) => (hasMessages ? told : followed), pair)),
    hasMessages,
    told: mostTold(shapes),
    last:
      mostOften(shapes.map(({ last }) => last).filter((name) => names.includes(name))) ?? names[0],
    attempts: Math.max(...shapes.map(({ attempts }) => attempts)),
  };
}

// ---------------------------------------------------------------- agents

/** All agents by the mean place at which they come in. */
function inOrder(shapes: readonly RunShape[]): string[] {
  const places = new Map<string, number[]>();
  for (const { agents } of shapes)
    for (const [place, name] of [...agents.keys()].entries()) {
      const own = places.get(name) ?? [];
      own.push(place);
      places.set(name, own);
    }
  const means = [...places].map(([name, own]) => [name, average(own)] as const);
  return means.sort(([, a], [, b]) => a - b).map(([name]) => name);
}

function agentOf(name: string, shapes: readonly RunShape[]): TeamAgent {
  const own = shapes.flatMap(({ agents }) => agents.get(name) ?? []);
  const made = shapes.map(({ agents }) => agents.get(name)?.made.length ?? 0);
  const reviewing = own.filter(({ reviewed }) => [...reviewed].some((other) => other !== name));
  const smooth = shapes.filter(({ attempts }) => attempts === 1);
  const looking = (of: readonly RunShape[]) =>
    of.flatMap(({ agents }) => agents.get(name)?.reviewTurns || []);
  const looks = looking(smooth).length > 0 ? looking(smooth) : looking(shapes);
  const reviewed = [...new Set(reviewing.flatMap(({ reviewed }) => [...reviewed]))];
  return {
    name,
    made: momentsOf(made, shapes),
    plans: average(shapes.map(({ agents }) => agents.get(name)?.plans ?? 0)),
    visits: Math.max(
      1,
      Math.round(
        quantile(
          own.map(({ visits }) => visits),
          0.5,
        ),
      ),
    ),
    reviews: reviewed.filter(
      (other) => other !== name && shareOf(reviewing, (one) => one.reviewed.has(other)) >= RULE / 2,
    ),
    sees: [...new Set(reviewing.flatMap(({ seen }) => [...seen]))].filter(
      (result) => shareOf(reviewing, ({ seen }) => seen.has(result)) >= RULE,
    ),
    looks: looks.length === 0 ? 1 : Math.max(1, Math.round(quantile(looks, 0.5))),
    reviewShare: reviewing.length / shapes.length,
  };
}

/** The same, where those who review and make nothing come after the last whose results they review. */
function reviewersLater(agents: readonly TeamAgent[]): TeamAgent[] {
  const ordered = [...agents];
  for (const agent of agents.filter(({ made, reviews }) => made.mean === 0 && reviews.length > 0)) {
    const last = ordered.findLastIndex(({ name }) => agent.reviews.includes(name));
    const at = ordered.indexOf(agent);
    if (last > at) ordered.splice(last, 0, ...ordered.splice(at, 1));
  }
  return ordered;
}

/** Several reviewers with parts of their own cannot be told apart: a claim is critical or not. */
function selectionOf(agents: readonly TeamAgent[], claims: readonly NamedClaim[]) {
  const choosy = agents.filter(({ name, sees }) => {
    const others = claims.filter(({ owner }) => owner !== name);
    const seen = others.filter((claim) => sees.includes(claim.name));
    return seen.length > 0 && seen.length < others.length;
  });
  return choosy.length === 1 ? { by: choosy[0].name, sees: choosy[0].sees } : undefined;
}

/** Whether a team has an agent: it makes or plans something in every second run, or reviews in a tenth of the runs. */
const isUsual = ({ made, plans, reviewShare, reviews }: TeamAgent) =>
  made.mean + plans >= RULE || (reviews.length > 0 && reviewShare >= 0.1);

function momentsOf(made: readonly number[], shapes: readonly RunShape[]): Moments {
  const byTask = new Map<string, number[]>();
  for (const [i, { task = `\n${i}` }] of shapes.entries()) {
    const own = byTask.get(task) ?? [];
    own.push(made[i]);
    byTask.set(task, own);
  }
  const means = [...byTask.values()].map(average);
  return {
    mean: average(made),
    sd: made.length < 2 ? 0 : Math.sqrt(variance(made)),
    most: Math.max(...made),
    error: means.length < 2 ? Number.NaN : Math.sqrt(variance(means) / means.length),
    tasks: means.length,
  };
}

/** Agents that have turns at the same time in most runs share a stage. */
function stagesOf(names: readonly string[], shapes: readonly RunShape[]): string[][] {
  const stages: string[][] = [];
  for (const name of names) {
    const stage = stages.at(-1);
    const areTogether = stage?.every(
      (other) =>
        shareWithBoth(
          shapes,
          other,
          name,
          ({ together }) => together.has(pairOf(other, name)) || together.has(pairOf(name, other)),
        ) >= RULE,
    );
    if (areTogether) stage?.push(name);
    else stages.push([name]);
  }
  return stages;
}

// ---------------------------------------------------------------- results

/** Share of the new results that names have to cover. */
const COVERED = 0.8;

function namedClaims(
  agents: readonly string[],
  shapes: readonly RunShape[],
): NamedClaim[] | undefined {
  const seen = new Map<string, { owners: string[]; places: number[]; turns: MadeTurn[] }>();
  let all = 0;
  for (const shape of shapes)
    for (const [agent, { made }] of shape.agents)
      for (const turn of made) {
        all++;
        if (turn.makes === undefined) continue;
        const own = seen.get(turn.makes) ?? { owners: [], places: [], turns: [] };
        own.owners.push(agent);
        own.places.push(turn.at);
        own.turns.push(turn);
        seen.set(turn.makes, own);
      }
  const usual = [...seen].filter(([, { turns }]) => turns.length >= RULE * shapes.length);
  const covered = usual.reduce((sum, [, { turns }]) => sum + turns.length, 0);
  if (usual.length === 0 || covered < COVERED * all) return undefined;
  usual.sort(([, a], [, b]) => average(a.places) - average(b.places));
  const names = usual.map(([name]) => name);
  return usual.flatMap(([name, { owners, turns }]) => {
    const owner = mostOften(owners.filter((one) => agents.includes(one)));
    if (owner === undefined) return [];
    const known = turns.filter(({ buildsOn }) => buildsOn !== undefined);
    const needs =
      known.length < RULE * turns.length
        ? undefined
        : names.filter(
            (other) =>
              other !== name &&
              shareOf(known, ({ buildsOn = [] }) =>
                buildsOn.some(({ makes }) => makes === other),
              ) >= RULE,
          );
    return [{ name, owner, needs }];
  });
}

/** Agents whose results an agent builds on in most runs; undefined where most turns do not say. */
function buildsOnOf(
  names: readonly string[],
  shapes: readonly RunShape[],
): Map<string, Set<string>> | undefined {
  const turns = shapes.flatMap(({ agents }) => [...agents.values()].flatMap(({ made }) => made));
  const known = turns.filter(({ buildsOn }) => buildsOn !== undefined).length;
  if (known < COVERED * turns.length || turns.every(({ buildsOn = [] }) => buildsOn.length === 0))
    return undefined;
  const found = new Map<string, Set<string>>();
  for (const name of names) {
    const own = shapes.flatMap(({ agents }) => agents.get(name) ?? []);
    const used = names.filter(
      (other) =>
        shareOf(own, ({ made }) =>
          made.some(({ buildsOn = [] }) => buildsOn.some(({ agent }) => agent === other)),
        ) >= RULE,
    );
    found.set(name, new Set(used));
  }
  return found;
}

function mostTold(shapes: readonly RunShape[]): Map<string, number> {
  const most = new Map<string, number>();
  for (const { told } of shapes)
    for (const [pair, count] of told) most.set(pair, Math.max(count, most.get(pair) ?? 0));
  return most;
}

function sequentialityOf(shapes: readonly RunShape[]): number | undefined {
  const later = shapes.flatMap(({ agents }) =>
    [...agents.values()]
      .flatMap(({ made }) => made)
      .sort((a, b) => a.at - b.at)
      .slice(1),
  );
  const known = later.filter(({ buildsOn }) => buildsOn !== undefined);
  if (known.length === 0 || known.length < COVERED * later.length) return undefined;
  return shareOf(known, ({ buildsOn = [] }) => buildsOn.length > 0);
}

// ---------------------------------------------------------------- shares

function shareOf<T>(items: readonly T[], holds: (item: T) => boolean): number {
  return items.length === 0 ? 0 : items.filter(holds).length / items.length;
}

/** The share of the runs with both agents. */
function shareWithBoth(
  shapes: readonly RunShape[],
  a: string,
  b: string,
  holds: (shape: RunShape) => boolean,
): number {
  return shareOf(
    shapes.filter(({ agents }) => agents.has(a) && agents.has(b)),
    holds,
  );
}

/** The word that comes most often, of several the one that came first; undefined of none. */
function mostOften(words: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  const most = Math.max(0, ...counts.values());
  return [...counts].find(([, count]) => count === most)?.[0];
}
