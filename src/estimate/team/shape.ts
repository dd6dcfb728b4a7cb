// The shape of one run: who took part in which order, what each made, what was made again, what was reviewed, and who told whom.
import type { LoggedRun, LoggedTurn } from "../../logs/run.ts";

/** What one agent did in a run. */
export interface AgentShape {
  /** Turns that make something new, in their order: what they make, where the log names it, and what they build on. */
  readonly made: readonly MadeTurn[];
  /** Turns of reviews only. */
  readonly reviewTurns: number;
  /** Turns that neither make nor review anything, where the run names what is made: they plan, or put results together. */
  readonly plans: number;
  /** Turns that make again what was made before. */
  readonly redone: number;
  /** Stretches of turns, not broken by another agent, in which something new is made. */
  readonly visits: number;
  /** Whose results it reviewed. */
  readonly reviewed: ReadonlySet<string>;
  /** The names of the results of others that it reviewed, where the log names them. */
  readonly seen: ReadonlySet<string>;
}

export interface MadeTurn {
  /** Position among the turns of the run. */
  readonly at: number;
  readonly makes: string | undefined;
  /** The agent and the name of each result that it builds on; undefined where the log does not say. */
  readonly buildsOn:
    | readonly { readonly agent: string; readonly makes: string | undefined }[]
    | undefined;
}

export interface RunShape {
  readonly task: string | undefined;
  /** In the order of their first turns. */
  readonly agents: ReadonlyMap<string, AgentShape>;
  /** Who told whom, `from` and `to` with a space between them, which no name has; and how often. */
  readonly told: ReadonlyMap<string, number>;
  /** Who spoke after whom, in the same form. */
  readonly followed: ReadonlySet<string>;
  /** Who had a turn during a turn of whom, in the same form, the one that began first before the other. */
  readonly together: ReadonlySet<string>;
  /** The agent of the last turn. */
  readonly last: string;
  /** Most times that one result was made. */
  readonly attempts: number;
}

/** Who tells whom as one text. */
export const pairOf = (from: string, to: string) => `${from} ${to}`;
export const endsOf = (pair: string) => pair.split(" ") as [from: string, to: string];

const isReview = ({ reviews = [], isCorrect, makes }: LoggedTurn) =>
  reviews.length > 0 && isCorrect === undefined && makes === undefined;

/** The shape of a run with at least one turn; undefined of one without. */
export function shapeOf(run: LoggedRun): RunShape | undefined {
  const last = run.turns.at(-1);
  if (last === undefined) return undefined;
  const again = attemptsOf(run.turns);
  const isNamed = run.turns.some(({ makes }) => makes !== undefined);
  const agents = new Map<string, Mutable>();
  const followed = new Set<string>();
  let before: string | undefined;
  for (const [i, turn] of run.turns.entries()) {
    const { agent } = turn;
    const own = agents.get(agent) ?? fresh();
    agents.set(agent, own);
    if (before !== undefined && before !== agent) followed.add(pairOf(before, agent));
    take(own, turn, {
      at: i,
      isNew: again[i] === 1,
      isVisit: before !== agent,
      isPlan: isNamed && turn.makes === undefined && !turn.reviews?.length,
      turns: run.turns,
    });
    before = agent;
  }
  return {
    task: run.task,
    agents,
    told: toldIn(run),
    followed,
    together: togetherIn(run.turns),
    last: last.agent,
    attempts: Math.max(1, ...again),
  };
}

function toldIn({ messages }: LoggedRun): Map<string, number> {
  const told = new Map<string, number>();
  for (const { from, to } of messages)
    if (from !== to) told.set(pairOf(from, to), (told.get(pairOf(from, to)) ?? 0) + 1);
  return told;
}

interface Mutable extends AgentShape {
  made: MadeTurn[];
  reviewTurns: number;
  plans: number;
  redone: number;
  visits: number;
  reviewed: Set<string>;
  seen: Set<string>;
  /** Whether the stretch of turns under way has made something new. */
  isVisited: boolean;
}

const fresh = (): Mutable => ({
  made: [],
  reviewTurns: 0,
  plans: 0,
  redone: 0,
  visits: 0,
  reviewed: new Set(),
  seen: new Set(),
  isVisited: false,
});

interface Circumstances {
  readonly at: number;
  readonly isNew: boolean;
  readonly isVisit: boolean;
  readonly isPlan: boolean;
  readonly turns: readonly LoggedTurn[];
}

function take(
  own: Mutable,
  turn: LoggedTurn,
  { at, isNew, isVisit, isPlan, turns }: Circumstances,
): void {
  if (isVisit) own.isVisited = false;
  for (const { of } of turn.reviews ?? []) {
    const looked = of === undefined ? undefined : turns[of];
    if (looked !== undefined) own.reviewed.add(looked.agent);
    if (looked?.makes !== undefined && looked.agent !== turn.agent) own.seen.add(looked.makes);
  }
  if (isReview(turn)) own.reviewTurns++;
  else if (isPlan) own.plans += turn.failure === undefined ? 1 : 0;
  else if (!isNew) own.redone++;
  else {
    if (!own.isVisited) own.visits++;
    own.isVisited = true;
    const buildsOn = turn.buildsOn?.flatMap((i) => {
      const premise = turns[i];
      return premise === undefined ? [] : [{ agent: premise.agent, makes: premise.makes }];
    });
    own.made.push({ at, makes: turn.makes, buildsOn });
  }
}

/**
 * The number of the attempt that each turn is, 0 for a review. Where turns name what they make, a further turn with the same name
 * is one; elsewhere the first turn of an agent after a turn of its own was rejected.
 */
function attemptsOf(turns: readonly LoggedTurn[]): number[] {
  const named = new Map<string, number>();
  const rejected = new Map<string, number[]>();
  const attempts: number[] = [];
  for (const [i, turn] of turns.entries()) {
    const { agent, makes } = turn;
    if (isReview(turn)) attempts.push(0);
    else if (makes !== undefined) {
      const attempt = (named.get(makes) ?? 0) + 1;
      named.set(makes, attempt);
      attempts.push(attempt);
    } else attempts.push((rejected.get(agent)?.shift() ?? 0) + 1);
    for (const { of, isAccepted } of turn.reviews ?? []) {
      const looked = of === undefined ? undefined : turns[of];
      if (isAccepted || looked === undefined || of === undefined || of > i) continue;
      const list = rejected.get(looked.agent) ?? [];
      list.push(attempts[of]);
      rejected.set(looked.agent, list);
    }
  }
  return attempts;
}

/** Pairs of agents with turns at the same time, as far as the log says when turns were. */
function togetherIn(turns: readonly LoggedTurn[]): Set<string> {
  const pairs = new Set<string>();
  const timed = turns
    .filter(({ start, seconds }) => start !== undefined && seconds !== undefined)
    .map(({ agent, start = 0, seconds = 0 }) => ({ agent, start, end: start + seconds }))
    .sort((a, b) => a.start - b.start);
  let underWay: typeof timed = [];
  for (const turn of timed) {
    underWay = underWay.filter(({ end }) => end > turn.start);
    for (const other of underWay)
      if (other.agent !== turn.agent) pairs.add(pairOf(other.agent, turn.agent));
    underWay.push(turn);
  }
  return pairs;
}
