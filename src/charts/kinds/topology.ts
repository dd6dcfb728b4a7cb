// Topology: which agents wrote to each other in one replication, and how many erroneous versions went along each edge.

import type { TraceLog } from "../../results/results.ts";
import { count } from "../../wording/text.ts";
import { AGENT_MARKS, dutyWords, KIND_WORDS, whoText } from "../agentMarks.ts";
import { pixels, tips } from "../channels.ts";
import type { ChartDefinition } from "../definition.ts";
import { type Bend, type Layout, layoutOf, onCurve, type Place, type Size } from "../layout.ts";
import { SIZE, type Theme } from "../theme.ts";
import { agentsOf, dutyIn, eventsOf, MOST_AGENTS, replicationNote, whyNot } from "../traceLog.ts";

/** Height of an agent's box, least width, and width of a character in it, on the safe side. */
const BOX_HEIGHT = 30;
const BOX_WIDTH = 76;
const CHARACTER = 7.2;
/** Side of the mark of a person or a program, and the room for it. */
const MARK = 13;
const MARK_ROOM = 20;
/** What a line below the name adds to the height, and a character of it to the width. */
const SECOND_LINE = 16;
const SMALL_CHARACTER = 6.2;
/** How far an edge keeps to its right where another comes the other way. */
const ASIDE = 6;
/** How far an edge stays away from the boxes at its ends. */
const AWAY = 4;
/** Points of a curve, and steps in which it is measured. */
const POINTS = 12;
const STEPS = 80;
/** Where along an edge its number stands: beyond the middle, or numbers of edges that cross there would meet. */
const LABEL_AT = 0.64;

interface Edge {
  readonly from: string;
  readonly to: string;
  readonly messages: number;
  /** Erroneous versions that arrived. */
  readonly errors: number;
}

export const topology: ChartDefinition<"faultline/trace@1"> = {
  name: "topology",
  shows: "which agents wrote to each other in one replication, and how many errors went along",
  from: ["faultline/trace@1"],
  draw(log, theme) {
    const title = `Messages and errors: ${log.scenario}`;
    const agents = agentsOf(log);
    const edges = edgesOf(log);
    const why = whyNot(agents) ?? (edges.length === 0 ? "No agent writes to another." : undefined);
    if (why !== undefined) return { title, why };
    const errors = edges.reduce((sum, edge) => sum + edge.errors, 0);
    const said = edges
      .filter((edge) => edge.errors > 0)
      .map((edge) => `${edge.from} to ${edge.to} ${edge.errors}`);
    const boxes = agents.map(contentOf(log));
    const box = boxFor(boxes);
    const layout = layoutOf(teamOf(agents, edges), box, MOST_AGENTS);
    const drawn = edges.map((edge, id) => ({
      ...edge,
      id,
      ...wayOf(edge, edges, agents, layout, box),
    }));
    const color = {
      condition: { test: "datum.errors > 0", value: theme.error },
      value: theme.neutral,
    };
    return {
      title,
      notes: [
        replicationNote(log),
        "Arrows: messages; red, with their number: erroneous versions that arrived.",
        errors === 0 ? "None did." : "",
        legendOf(boxes),
      ],
      alt: `${title}: ${count(agents.length, "agent")}, ${whoIsWho(boxes)}${count(edges.length, "edge")} in use; erroneous versions that arrived: ${errors === 0 ? "none" : said.join(", ")}.`,
      view: {
        width: layout.width,
        height: layout.height,
        layer: [
          {
            data: {
              values: drawn.flatMap(({ points, tip: _, label: __, ...edge }) =>
                points.map((point, i) => ({ ...edge, ...point, i })),
              ),
            },
            mark: { type: "line", opacity: 0.85, strokeCap: "butt" },
            encoding: {
              x: pixels("x"),
              y: pixels("y"),
              detail: { field: "id", type: "nominal" },
              order: { field: "i", type: "quantitative" },
              color,
              strokeWidth: { field: "width", type: "quantitative", scale: null },
              tooltip: tips("from", "to", "messages", "errors"),
            },
          },
          {
            data: { values: drawn.map(({ tip, errors }) => ({ ...tip, errors })) },
            mark: { type: "point", shape: "triangle-up", filled: true, size: 60, opacity: 1 },
            encoding: {
              x: pixels("x"),
              y: pixels("y"),
              color,
              angle: { field: "angle", type: "quantitative", scale: null },
            },
          },
          {
            data: { values: agents.map((agent, i) => ({ agent, ...layout.places[i] })) },
            layer: [
              {
                mark: {
                  type: "rect",
                  width: box.width,
                  height: box.height,
                  cornerRadius: 6,
                  color: theme.background,
                  stroke: theme.muted,
                  strokeWidth: 1.2,
                  opacity: 1,
                },
                encoding: { x: pixels("x"), y: pixels("y") },
              },
              ...(boxes.some(isMore)
                ? []
                : [
                    {
                      mark: { type: "text", fontSize: SIZE.text },
                      encoding: { x: pixels("x"), y: pixels("y"), text: { field: "agent" } },
                    },
                  ]),
            ],
          },
          ...contentLayers(boxes, layout, theme),
          {
            data: {
              values: drawn.flatMap(({ label, errors }) =>
                errors > 0 ? [{ ...label, errors }] : [],
              ),
            },
            mark: { type: "text", color: theme.error, fontWeight: 600, fontSize: SIZE.text },
            encoding: { x: pixels("x"), y: pixels("y"), text: { field: "errors" } },
          },
        ],
      },
      width: Math.max(380, layout.width),
    };
  },
};

// ---------------------------------------------------------------- what stands in the boxes

/** The name of an agent, its kind where it is no language model, and the line below the name, if any. */
interface Content {
  readonly agent: string;
  readonly kind: "human" | "code" | undefined;
  readonly words: string;
  /** All that is told of it, in words. */
  readonly who: string;
}

function contentOf(log: TraceLog): (agent: string) => Content {
  const dutyOf = dutyIn(log);
  return (agent) => {
    const told = dutyOf(agent);
    return { agent, kind: told.kind, words: dutyWords(told), who: whoText(told) };
  };
}

/** Whether there is more to draw than the name. */
const isMore = ({ kind, words }: Content) => kind !== undefined || words !== "";

const lettersOf = (text: string) => [...text].length;

function boxFor(boxes: readonly Content[]): Size {
  const widths = boxes.map(({ agent, kind, words }) =>
    Math.max(
      CHARACTER * lettersOf(agent) + 18 + (kind === undefined ? 0 : MARK_ROOM),
      SMALL_CHARACTER * lettersOf(words) + 18,
    ),
  );
  const hasWords = boxes.some(({ words }) => words !== "");
  return {
    width: Math.max(BOX_WIDTH, ...widths),
    height: BOX_HEIGHT + (hasWords ? SECOND_LINE : 0),
  };
}

/** What the marks stand for. */
function legendOf(boxes: readonly Content[]): string {
  const has = (kind: Content["kind"]) => boxes.some((one) => one.kind === kind);
  const said = [
    ...(has("human") ? [`Head and shoulders: ${KIND_WORDS.human}.`] : []),
    ...(has("code") ? [`Braces: ${KIND_WORDS.code}.`] : []),
  ];
  return said.join(" ");
}

const whoIsWho = (boxes: readonly Content[]) =>
  boxes.map(({ agent, who }) => (who === "" ? "" : `${agent} (${who}), `)).join("");

/** Names with marks and lines below them, where there are any in the picture. */
function contentLayers(boxes: readonly Content[], { places }: Layout, theme: Theme): object[] {
  if (!boxes.some(isMore)) return [];
  const drawn = boxes.map(({ agent, kind, words }, i) => {
    const { x, y } = places[i];
    const width = MARK_ROOM + SMALL_CHARACTER * lettersOf(agent);
    const above = words === "" ? 0 : SECOND_LINE / 2;
    return {
      ...{ agent, kind, words, middle: x, y: y - above, below: y + above },
      x: kind === undefined ? x : x - width / 2 + MARK_ROOM,
      left: x - width / 2 + MARK / 2,
    };
  });
  const marks = (kind: "human" | "code", look: object) => ({
    data: { values: drawn.filter((one) => one.kind === kind) },
    mark: { type: "point", shape: AGENT_MARKS[kind], size: MARK * MARK, opacity: 1, ...look },
    encoding: { x: pixels("left"), y: pixels("y") },
  });
  return [
    {
      data: { values: drawn },
      mark: {
        type: "text",
        fontSize: SIZE.text,
        align: { expr: "datum.kind ? 'left' : 'center'" },
      },
      encoding: { x: pixels("x"), y: pixels("y"), text: { field: "agent" } },
    },
    marks("human", { filled: true, color: theme.text }),
    marks("code", { filled: false, stroke: theme.text, strokeWidth: 1.5 }),
    {
      data: { values: drawn.filter(({ words }) => words !== "") },
      mark: { type: "text", fontSize: SIZE.label, color: theme.muted },
      encoding: { x: pixels("middle"), y: pixels("below"), text: { field: "words" } },
    },
  ];
}

// ---------------------------------------------------------------- edges

function teamOf(agents: readonly string[], edges: readonly Edge[]) {
  const pairs = edges.map(({ from, to }) => [agents.indexOf(from), agents.indexOf(to)] as const);
  return { count: agents.length, edges: pairs, leaders: new Set<number>() };
}

/** Edges in the order in which they are first used. */
function edgesOf(log: TraceLog): Edge[] {
  const edges = new Map<string, { from: string; to: string; messages: number; errors: number }>();
  const byMessage = new Map<string, { errors: number }>();
  for (const { task = 0, message, from, to } of eventsOf(log, "sent")) {
    const key = JSON.stringify([from, to]);
    const edge = edges.get(key) ?? { from, to, messages: 0, errors: 0 };
    edge.messages++;
    edges.set(key, edge);
    byMessage.set(`${task}/${message}`, edge);
  }
  for (const { task = 0, message, origin } of eventsOf(log, "received")) {
    const edge = byMessage.get(`${task}/${message}`);
    if (edge !== undefined && origin !== undefined) edge.errors++;
  }
  return [...edges.values()];
}

// ---------------------------------------------------------------- ways

const rounded = (x: number) => Number(x.toFixed(1));

/** The line of an edge between its boxes, its head and where its number stands. */
function wayOf(
  { from, to, errors }: Edge,
  edges: readonly Edge[],
  agents: readonly string[],
  { places, bends = [] }: Layout,
  box: Size,
) {
  const [i, j] = [agents.indexOf(from), agents.indexOf(to)];
  const bend = bends.find((one) => one.from === i && one.to === j);
  const isBoth = edges.some((other) => other.from === to && other.to === from);
  const curve = curveOf(places[i], places[j], bend, isBoth ? ASIDE : 0);
  const { begin, end } = betweenBoxes(curve, places[i], places[j], box);
  const steps = bend === undefined ? 1 : POINTS;
  const along = (share: number) => curve(begin + share * (end - begin));
  const points = Array.from({ length: steps + 1 }, (_, step) => along(step / steps));
  const [head, before, middle] = [along(1), along(0.97), along(LABEL_AT)];
  const ahead = along(LABEL_AT + 0.02);
  const [dx, dy] = [ahead.x - middle.x, ahead.y - middle.y];
  const length = Math.hypot(dx, dy) || 1;
  return {
    points: points.map(({ x, y }) => ({ x: rounded(x), y: rounded(y) })),
    tip: {
      x: rounded(head.x),
      y: rounded(head.y),
      angle: rounded((Math.atan2(head.x - before.x, before.y - head.y) * 180) / Math.PI),
    },
    label: {
      x: rounded(middle.x - (11 * dy) / length),
      y: rounded(middle.y + (11 * dx) / length),
    },
    width: errors > 0 ? rounded(1.5 + Math.min(5, 0.7 * errors)) : 1.2,
  };
}

/** A quadratic Bézier curve, moved to its right. @returns the point at a share of it */
function curveOf(a: Place, b: Place, bend: Bend | undefined, aside: number) {
  const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  const [sx, sy] = [(-aside * (b.y - a.y)) / length, (aside * (b.x - a.x)) / length];
  const c = bend ?? { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
  return (t: number): Place => {
    const { x, y } = onCurve(a, c, b, t);
    return { x: x + sx, y: y + sy };
  };
}

/** The shares between which a curve is outside of both boxes. */
function betweenBoxes(curve: (t: number) => Place, a: Place, b: Place, { width, height }: Size) {
  const isOn = (t: number, middle: Place) => {
    const { x, y } = curve(t);
    return Math.abs(x - middle.x) < width / 2 + AWAY && Math.abs(y - middle.y) < height / 2 + AWAY;
  };
  let [begin, end] = [0, STEPS];
  while (begin < STEPS / 2 && isOn(begin / STEPS, a)) begin++;
  while (end > STEPS / 2 && isOn(end / STEPS, b)) end--;
  return { begin: begin / STEPS, end: end / STEPS };
}
