// What a page carries for its player: replays with the places of their agents, and the playing times.

import { dutyWords } from "../../charts/agentMarks.ts";
import { type Layout, layoutOf, MOST_CARDS, type Place, type Team } from "../../charts/layout.ts";
import type { ReplayDocument, ReplayTask } from "../../experiment/replay/document.ts";
import { commonPrefix, grouped } from "../../wording/text.ts";
import { type Card, cardOf, namedCards, withSecondLine } from "./card.ts";
import { type Scene, sceneOf } from "./pace.ts";

export interface PageData {
  readonly teams: readonly PageTeam[];
  /** The playing times of every task, in the order of the tasks. */
  readonly scenes: readonly Scene[];
}

/** Where agents stand, in the way of layout.ts or turned, and what they look like. */
export interface PageLayout extends Layout {
  readonly card: Card;
  /** Whether x and y have changed places: what stood in a row stands in a column. */
  readonly isTurned: boolean;
}

export interface PageTeam
  extends Pick<ReplayDocument, "scenario" | "agents" | "edges" | "claims" | "sources" | "tasks"> {
  /** What tells it from the other team: its name without what both begin with. */
  readonly title: string;
  /** With names of claims and without, for windows that are wide and for those that are high: the page takes what fits best. */
  readonly layouts: readonly PageLayout[];
  /** How many claims of the deliverable are drawn. */
  readonly drawnClaims: number;
  /** What this page leaves out, in sentences. */
  readonly leftOut: readonly string[];
}

/** More tasks of a stream than these are not on the page, nor are more events of a task. */
export const MOST_TASKS = 20;
export const MOST_EVENTS = 100_000;
/** More edges than these are not drawn. */
export const MOST_EDGES = 600;
/** More claims than these of the deliverable are not drawn. */
export const MOST_DELIVERED = 2000;

/** The data of a page of one replay, or of two of one seed and replication side by side. */
export function pageDataOf(documents: readonly ReplayDocument[]): PageData {
  const prefix = documents.length > 1 ? commonPrefix(documents.map((d) => d.scenario)) : "";
  const teams = documents.map((document) => teamOf(document, prefix));
  const tasks = Math.min(...teams.map((team) => team.tasks.length));
  const scenes = Array.from({ length: tasks }, (_, i) => sceneOf(teams.map((t) => t.tasks[i])));
  return { teams, scenes };
}

function teamOf(document: ReplayDocument, prefix: string): PageTeam {
  const { scenario, agents, edges, claims, sources } = document;
  const tasks = document.tasks.slice(0, MOST_TASKS).map(clipped);
  const size = Math.max(...tasks.map((task) => task.size));
  const leaders = new Set(agents.flatMap((agent, i) => (agent.isOrchestrator ? [i] : [])));
  const names = claims.slice(0, size).map(({ name }) => name);
  const plain = cardOf(size);
  const lines = agents.map(dutyWords);
  const isStaffed = lines.some((line) => line !== "");
  const cards = [...namedCards(names, agents.length), plain].map((card) =>
    isStaffed ? withSecondLine(card, lines) : card,
  );
  const shape = { count: agents.length, edges, leaders };
  return {
    scenario,
    title: scenario.slice(prefix.length),
    agents,
    edges: edges.length <= MOST_EDGES ? edges : [],
    claims: claims.slice(0, size),
    sources,
    tasks,
    layouts: cards.flatMap((card) => layoutsOf(shape, card)),
    drawnClaims: Math.min(size, MOST_DELIVERED),
    leftOut: leftOutOf(document, plain, size),
  };
}

/** A layout as it is, and one of cards that lie on their side, turned so that they stand. */
function layoutsOf(team: Team, card: Card): PageLayout[] {
  const { width, height } = card;
  const wide = layoutOf(team, { width, height });
  const high = layoutOf(team, { width: height, height: width });
  return [
    { ...wide, card, isTurned: false },
    {
      shape: high.shape,
      width: high.height,
      height: high.width,
      places: high.places.map(turned),
      ...(high.bends && { bends: high.bends.map((bend) => ({ ...bend, ...turned(bend) })) }),
      card,
      isTurned: true,
    },
  ];
}

const turned = ({ x, y }: Place): Place => ({ x: y, y: x });

/** Ends the events early where they are too many; the deliverable comes in any case. */
function clipped(task: ReplayTask): ReplayTask {
  if (task.events.length <= MOST_EVENTS) return task;
  const events = [...task.events.slice(0, MOST_EVENTS - 1), ...task.events.slice(-1)];
  return { ...task, events };
}

function leftOutOf({ agents, edges, tasks }: ReplayDocument, card: Card, size: number): string[] {
  const most = Math.max(...tasks.slice(0, MOST_TASKS).map((task) => task.events.length));
  const said = (condition: boolean, text: string) => (condition ? [text] : []);
  return [
    ...said(
      agents.length > MOST_CARDS,
      `Each of the ${grouped(agents.length)} agents is a dot that shows the worst of its ledger; choose one to read the ledger.`,
    ),
    ...said(
      agents.length <= MOST_CARDS && card.columns === 0,
      "Ledgers this large are drawn as bars; choose an agent to read its ledger.",
    ),
    ...said(
      size > MOST_DELIVERED,
      `The first ${grouped(MOST_DELIVERED)} of ${grouped(size)} claims of the deliverable are drawn.`,
    ),
    ...said(edges.length > MOST_EDGES, `The ${grouped(edges.length)} edges are not drawn.`),
    ...said(
      most > MOST_EVENTS,
      `The first ${grouped(MOST_EVENTS)} of ${grouped(most)} events are played, then the deliverable comes.`,
    ),
    ...said(
      tasks.length > MOST_TASKS,
      `The first ${MOST_TASKS} of ${grouped(tasks.length)} tasks are on this page.`,
    ),
  ];
}
