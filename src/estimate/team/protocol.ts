// The protocol and the edges of a team: its stages in their order, in as many rounds as it takes until the last agent has all.
import type { TeamClaim } from "./claims.ts";
import type { Structure } from "./structure.ts";

export interface Edge {
  readonly from: string;
  readonly to: string;
}

interface Check {
  readonly by: string;
  /** Of the tasks. */
  readonly share: number;
  /** Whether it looks at critical claims alone. */
  readonly isSelective: boolean;
}

/** What happens in one stage. */
interface Stage {
  readonly checks: readonly Check[];
  readonly makers: readonly string[];
  readonly sends: readonly { readonly from: string; readonly to: readonly string[] }[];
}

export interface TeamProtocol {
  readonly edges: readonly Edge[];
  readonly phases: readonly object[];
}

/** Checks in fewer runs than this come in a share of the tasks. */
const ALWAYS = 0.95;

/** Most repeats that rejections may take. */
const MOST_ATTEMPTS = 20;

/** Rounds in which nothing new can come any more. */
const MOST_ROUNDS = 1000;

/**
 * The protocol of a team of several agents. It has as many rounds as an agent told another something in a run; where logs have no
 * messages, as many as it takes, and one more for every time that a result was made again.
 * @param isGroup whether an agent has several members, who tell each other what they make
 * @param most rounds that the logs show, where they have messages
 */
export function protocolOf(
  structure: Structure,
  claims: readonly TeamClaim[],
  isGroup: (agent: string) => boolean,
  most?: number,
): TeamProtocol {
  const edges = edgesOf(structure, claims, isGroup);
  const stages = stagesOf(structure, claims, edges);
  const rounds = roundsNeeded(stages, claims, structure.last, isGroup);
  const late = lateOf(structure, stages, rounds);
  const attempts = stages.some(({ checks }) => checks.length > 0)
    ? Math.min(structure.attempts, most ?? MOST_ATTEMPTS, MOST_ATTEMPTS)
    : 1;
  const { planner, synthesizer } = plannersOf(structure);
  const plan = planner === undefined ? [] : [{ assign: { by: planner, mode: "owners" } }];
  const work =
    late.length === 0
      ? repeated(most === undefined ? rounds + attempts - 1 : Math.max(most, rounds), "complete", [
          ...plan,
          ...stages.flatMap(phasesOf),
        ])
      : repeated(attempts, "complete", [
          ...plan,
          ...repeated(
            rounds,
            "never",
            stages.map((stage) => without(stage, late)).flatMap(phasesOf),
          ),
          ...late.flatMap((check) => checkAtTheEnd(check, edges, stages)),
        ]);
  return {
    edges,
    phases: [
      ...(planner === undefined ? [{ assign: { mode: "owners" } }] : []),
      ...work,
      synthesizer === undefined
        ? { aggregate: { how: "concatenate", from: structure.last } }
        : { aggregate: { how: "synthesize", by: synthesizer } },
    ],
  };
}

/** Plans per run that count as a turn of it. */
const A_TURN = 0.5;

/** Who has a turn in which results are put together, the last agent alone; and who has one in which work is dealt out, per round. */
function plannersOf({ agents, last }: Structure) {
  const synthesizer = agents.find(({ name, plans }) => name === last && plans >= A_TURN)?.name;
  const left = (name: string, plans: number) => plans - (name === synthesizer ? 1 : 0);
  const planner = agents.find(({ name, plans }) => left(name, plans) >= A_TURN)?.name;
  return { planner, synthesizer };
}

function repeated(
  rounds: number,
  until: "complete" | "never",
  phases: readonly object[],
): readonly object[] {
  return rounds === 1 ? phases : [{ repeat: { rounds, until, phases } }];
}

/** Reviews that come less often than rounds: they look at what all rounds have made. */
function lateOf({ agents }: Structure, stages: readonly Stage[], rounds: number): Check[] {
  const looks = new Map(agents.map(({ name, looks }) => [name, looks]));
  return stages.flatMap(({ checks }) => checks.filter(({ by }) => (looks.get(by) ?? 1) < rounds));
}

/** The stage without late reviews, and without telling anybody who only makes these. */
function without({ checks, makers, sends }: Stage, late: readonly Check[]): Stage {
  const isLate = (name: string) => late.some(({ by }) => by === name);
  const receivers = (to: readonly string[]) => to.filter((name) => !isLate(name));
  return {
    makers,
    checks: checks.filter(({ by }) => !isLate(by)),
    sends: sends
      .filter(({ from }) => !isLate(from) || makers.includes(from))
      .map(({ from, to }) => ({ from, to: receivers(to) }))
      .filter(({ to }) => to.length > 0),
  };
}

/** The reviewer hears from all who tell it, looks, and tells on what it holds. */
function checkAtTheEnd(check: Check, edges: readonly Edge[], stages: readonly Stage[]): object[] {
  const { by } = check;
  const tellers = edges.filter(({ to }) => to === by).map(({ from }) => from);
  const own = stages.flatMap(({ sends }) => sends).find(({ from }) => from === by);
  return [
    ...(tellers.length === 0 ? [] : [{ send: { from: oneOrAll(tellers), to: by } }]),
    checkPhase(check),
    ...(own === undefined ? [] : [{ send: { from: by, to: oneOrAll(own.to) } }]),
  ];
}

/** Who tells whom, with what has to be told so that premises come to their users and all results to the last agent. */
function edgesOf(
  { agents, tells, last }: Structure,
  claims: readonly TeamClaim[],
  isGroup: (agent: string) => boolean,
): Edge[] {
  const edges = new Map<string, Edge>();
  const add = (from: string, to: string) => {
    if (from !== to || isGroup(from)) edges.set(`${from} ${to}`, { from, to });
  };
  for (const [from, to] of tells) add(from, to);
  for (const { name, reviews } of agents) for (const maker of reviews) add(maker, name);
  const order = agents.map(({ name }) => name);
  const require = (from: string, to: string) => {
    if (from === to || !isReached([...edges.values()], order, from, to)) add(from, to);
  };
  const ownerOf = new Map(claims.map(({ name, owner }) => [name, owner]));
  for (const { owner, needs } of claims)
    for (const need of needs) require(ownerOf.get(need) as string, owner);
  for (const { owner } of claims) require(owner, last);
  return [...edges.values()];
}

/** Whether what an agent makes comes to another one directly, or within a round by agents whose turn is later. */
function isReached(edges: readonly Edge[], order: readonly string[], from: string, to: string) {
  const reached = new Set([from]);
  for (const name of order)
    if (reached.has(name))
      for (const edge of edges)
        if (edge.from === name && (name === from || order.indexOf(edge.to) > order.indexOf(name)))
          reached.add(edge.to);
  return reached.has(to);
}

function stagesOf(
  { agents, stages, selection }: Structure,
  claims: readonly TeamClaim[],
  edges: readonly Edge[],
): Stage[] {
  const byName = new Map(agents.map((agent) => [agent.name, agent]));
  return stages.map((names) => ({
    checks: names.flatMap((by) => {
      const { reviews = [], reviewShare = 0 } = byName.get(by) ?? {};
      const isSelective = by === selection?.by;
      return reviews.length === 0 ? [] : [{ by, share: reviewShare, isSelective }];
    }),
    makers: names.filter((name) => claims.some(({ owner }) => owner === name)),
    sends: names.flatMap((from) => {
      const to = edges.filter((edge) => edge.from === from).map((edge) => edge.to);
      return to.length === 0 ? [] : [{ from, to }];
    }),
  }));
}

function phasesOf({ checks, makers, sends }: Stage): object[] {
  return [
    ...checks.map(checkPhase),
    ...(makers.length === 0 ? [] : [{ work: { who: oneOrAll(makers), onlyReady: true } }]),
    ...sends.map(({ from, to }) => ({ send: { from, to: oneOrAll(to) } })),
  ];
}

const checkPhase = ({ by, share, isSelective }: Check) => ({
  check: {
    by,
    ...(share < ALWAYS && { share: Number(share.toPrecision(3)) }),
    ...(isSelective && { when: "critical" }),
  },
});

const oneOrAll = (names: readonly string[]) => (names.length === 1 ? names[0] : names);

/** Rounds until the last agent has every claim, if nothing goes wrong on the way. */
function roundsNeeded(
  stages: readonly Stage[],
  claims: readonly TeamClaim[],
  last: string,
  isGroup: (agent: string) => boolean,
): number {
  const held = new Map<string, Set<string>>();
  const of = (agent: string) => {
    const own = held.get(agent) ?? new Set();
    held.set(agent, own);
    return own;
  };
  for (let round = 1; round < MOST_ROUNDS; round++) {
    for (const { makers, sends } of stages) {
      for (const maker of makers) {
        // A member of a group has what another one makes only when it is told.
        const premises = isGroup(maker) ? new Set(of(maker)) : of(maker);
        for (const { name, owner, needs } of claims)
          if (owner === maker && needs.every((need) => premises.has(need))) of(maker).add(name);
      }
      const sent = sends.map(({ from, to }) => ({ to, names: [...of(from)] }));
      for (const { to, names } of sent)
        for (const receiver of to) for (const name of names) of(receiver).add(name);
    }
    if (of(last).size === claims.length) return round;
  }
  return MOST_ROUNDS;
}
