// Topology: who wrote to whom in one replication, and how many erroneous versions went along each edge.
import { count } from "../../report/text.ts";
import type { TraceLog } from "../../results/results.ts";
import type { ChartDefinition } from "../definition.ts";
import { SIZE } from "../theme.ts";
import { agentsOf, eventsOf, replicationNote, tips, whyNot } from "../traceLog.ts";

const SIDE = 400;
/** The circle that agents stand on has radius 1; so much is left around it for names. */
const REACH = 1.3;
/** How far an edge keeps to its right, so that one may come the other way. */
const ASIDE = 0.03;
/** How far an edge stays away from the agents at its ends. */
const AWAY = 0.1;

interface Edge {
  readonly from: string;
  readonly to: string;
  readonly messages: number;
  /** Erroneous versions that arrived. */
  readonly errors: number;
}

export const topology: ChartDefinition<"faultline/trace@1"> = {
  name: "topology",
  shows: "who wrote to whom in one replication, and how many errors went along",
  from: ["faultline/trace@1"],
  draw(log, theme) {
    const title = `Messages and errors: ${log.scenario}`;
    const agents = agentsOf(log);
    const why = whyNot(agents);
    if (why !== undefined) return { title, why };
    const edges = edgesOf(log);
    const errors = edges.reduce((sum, edge) => sum + edge.errors, 0);
    const said = edges
      .filter((edge) => edge.errors > 0)
      .map((edge) => `${edge.from} to ${edge.to} ${edge.errors}`);
    const axis = (field: string) => ({
      field,
      type: "quantitative",
      scale: { domain: [-REACH, REACH], nice: false },
      axis: null,
    });
    const [x, y] = [axis("x"), axis("y")];
    const color = {
      condition: { test: "datum.errors > 0", value: theme.error },
      value: theme.neutral,
    };
    const spots = agents.map((agent, i) => ({ agent, ...spotOf(i, agents.length) }));
    return {
      title,
      notes: [
        replicationNote(log),
        "Arrows: messages; red, with their number: erroneous versions that arrived.",
      ],
      alt: `${title}: ${count(agents.length, "agent")}, ${count(edges.length, "edge")} in use; erroneous versions that arrived: ${errors === 0 ? "none" : said.join(", ")}.`,
      view: {
        width: SIDE,
        height: SIDE,
        data: { values: edges.map((edge) => ({ ...edge, ...wayOf(edge, agents) })) },
        layer: [
          {
            mark: { type: "rule", opacity: 0.8 },
            encoding: {
              x,
              y,
              x2: { field: "x2" },
              y2: { field: "y2" },
              color,
              strokeWidth: { field: "width", type: "quantitative", scale: null },
              tooltip: tips("from", "to", "messages", "errors"),
            },
          },
          {
            mark: { type: "point", shape: "triangle-up", filled: true, size: 70, opacity: 1 },
            encoding: {
              x: { ...x, field: "x2" },
              y: { ...y, field: "y2" },
              color,
              angle: { field: "angle", type: "quantitative", scale: null },
            },
          },
          {
            transform: [{ filter: "datum.errors > 0" }],
            mark: { type: "text", color: theme.error, fontWeight: 600, fontSize: SIZE.text },
            encoding: {
              x: { ...x, field: "labelX" },
              y: { ...y, field: "labelY" },
              text: { field: "errors" },
            },
          },
          {
            data: { values: spots },
            mark: { type: "point", filled: true, size: 160, opacity: 1, color: theme.text },
            encoding: { x, y },
          },
          ...(["left", "center", "right"] as const).flatMap((align) => {
            const values = spots.filter((spot) => spot.align === align);
            if (values.length === 0) return [];
            return [
              {
                data: { values },
                mark: { type: "text", align, fontSize: SIZE.text },
                encoding: {
                  x: { ...x, field: "nameX" },
                  y: { ...y, field: "nameY" },
                  text: { field: "agent" },
                },
              },
            ];
          }),
        ],
      },
      width: SIDE + 40,
    };
  },
};

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

const rounded = (x: number) => Number(x.toFixed(4));

/** Where an agent stands on the circle, the first at the top, and where its name does. */
function spotOf(i: number, agents: number) {
  const angle = Math.PI / 2 - (2 * Math.PI * i) / agents;
  const [x, y] = [Math.cos(angle), Math.sin(angle)];
  const isMiddle = Math.abs(x) < 0.3;
  const side = Math.sign(x);
  return {
    x: rounded(x),
    y: rounded(y),
    align: isMiddle ? "center" : side > 0 ? "left" : "right",
    nameX: rounded(isMiddle ? x : x + 0.09 * side),
    nameY: rounded(isMiddle ? y + 0.13 * Math.sign(y) : y),
  };
}

/** The line of an edge, a little to its right. */
function wayOf({ from, to, errors }: Edge, agents: readonly string[]) {
  const [a, b] = [from, to].map((name) => spotOf(agents.indexOf(name), agents.length));
  const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  const [ux, uy] = [(b.x - a.x) / length, (b.y - a.y) / length];
  const at = (along: number, aside: number) => ({
    x: rounded(a.x + along * ux + aside * uy),
    y: rounded(a.y + along * uy - aside * ux),
  });
  const [start, end] = [at(AWAY, ASIDE), at(length - AWAY, ASIDE)];
  // Beyond the middle, or labels of edges that cross there would meet.
  const label = at(0.7 * length, ASIDE + 0.07);
  return {
    ...start,
    x2: end.x,
    y2: end.y,
    labelX: label.x,
    labelY: label.y,
    width: errors > 0 ? rounded(1.5 + Math.min(5, 0.7 * errors)) : 1.2,
    angle: rounded((Math.atan2(ux, uy) * 180) / Math.PI),
  };
}
