// Timeline: which agent did what when in one replication, and where errors began, arrived and were caught.

import type { TraceLog } from "../../results/results.ts";
import { durationText } from "../../wording/duration.ts";
import { count } from "../../wording/text.ts";
import { nameAxis, pixels, tips } from "../channels.ts";
import type { ChartDefinition } from "../definition.ts";
import { breaksOf } from "../shifts.ts";
import { SIZE, type Theme } from "../theme.ts";
import { type TimeAxis, timeAxis } from "../timeAxis.ts";
import { agentsOf, dutyIn, eventsOf, replicationNote, whyNot } from "../traceLog.ts";

const WIDTH = 600;
/** Height of a row. */
const STEP = 34;
/** Width of the gap that marks a cut. */
const GAP = 10;
const MARKS = {
  "error begins": "circle",
  "error inherited": "diamond",
  "error arrives": "triangle-down",
  "error caught": "cross",
} as const;

type Mark = keyof typeof MARKS;

export const timeline: ChartDefinition<"faultline/trace@1"> = {
  name: "timeline",
  shows: "which agent did what when in one replication, with its errors",
  from: ["faultline/trace@1"],
  draw(log, theme) {
    const title = `Timeline: ${log.scenario}`;
    const agents = agentsOf(log);
    const why = whyNot(agents);
    if (why !== undefined) return { title, why };
    const turns = turnsOf(log);
    const marks = marksOf(log);
    const numberOf = (what: string) => marks.filter((mark) => mark.what === what).length;
    const shown = (Object.keys(MARKS) as Mark[]).filter((what) => numberOf(what) > 0);
    const moments = momentsOf(log);
    const axis = timeAxis(moments, WIDTH);
    const breaks = breaksIn(log, agents, Math.max(0, ...moments));
    const x = {
      field: "x",
      type: "quantitative",
      scale: { domain: [0, WIDTH], nice: false },
      axis: null,
    };
    const y = {
      field: "agent",
      type: "nominal",
      scale: { domain: agents },
      axis: nameAxis(theme),
    };
    const ended = eventsOf(log, "finished");
    const succeeded = ended.filter(({ success }) => success).length;
    const said = shown.map((what) => `${what} ${count(numberOf(what), "time")}`);
    return {
      title,
      notes: [
        replicationNote(log),
        `Bars: turns. ${succeeded} of ${count(ended.length, "task")} succeeded.`,
        breaks.length > 0 ? `Grey bands: outside of shifts.${startOf(log)}` : "",
        shown.length === 0 ? "No error." : "",
        axis.cuts.length > 0
          ? `${axis.cuts.length === 1 ? "A stretch" : `${axis.cuts.length} stretches`} in which nothing begins or ends ${axis.cuts.length === 1 ? "is" : "are"} cut short.`
          : "",
      ],
      alt: `${title}: ${count(agents.length, "agent")}, ${count(turns.length, "turn")}; ${said.join(", ") || "no error"}.`,
      view: {
        width: WIDTH,
        height: { step: STEP },
        layer: [
          ...breakLayers(breaks, axis, { x, y }, theme),
          ...axisLayers(axis, agents.length, theme),
          {
            data: {
              values: turns.flatMap((turn) =>
                workedParts(turn, breaks).map(({ from, to }) => ({
                  ...turn,
                  x: axis.at(from),
                  x2: Math.max(axis.at(to), axis.at(from) + 1.5),
                  takes: durationText(turn.to - turn.t),
                })),
              ),
            },
            mark: {
              type: "bar",
              height: { band: 0.5 },
              opacity: 0.6,
              color: theme.neutral,
              stroke: theme.background,
              strokeWidth: 0.8,
            },
            encoding: {
              x,
              x2: { field: "x2" },
              y,
              tooltip: tips("agent", "begins", "takes", "tokens"),
            },
          },
          ...cutLayers(axis, agents.length, theme),
          {
            data: { values: marks.map((mark) => ({ ...mark, x: axis.at(mark.t) })) },
            mark: { type: "point", size: 55, strokeWidth: 1.6, opacity: 1, color: theme.error },
            encoding: {
              x,
              y,
              shape: {
                field: "what",
                type: "nominal",
                scale: { domain: Object.keys(MARKS), range: Object.values(MARKS) },
                legend:
                  shown.length === 0
                    ? null
                    : {
                        title: null,
                        orient: "top",
                        values: shown,
                        symbolStrokeColor: theme.error,
                        symbolFillColor: "transparent",
                      },
              },
              tooltip: tips("what", "agent", "claim", "at"),
            },
          },
        ],
      },
      width: WIDTH + 80,
    };
  },
};

/** When a turn begins or ends, or an error is made, arrives or is caught. */
function momentsOf({ events }: TraceLog): number[] {
  return events.flatMap((one) =>
    one.event === "turnBegan" || one.event === "turnEnded" || markOf(one) !== undefined
      ? [one.t]
      : [],
  );
}

/** When in the week the time begins. */
const startOf = (log: TraceLog) =>
  eventsOf(log, "began")
    .flatMap(({ start }) => (start === undefined ? [] : [` Time 0 is ${start}.`]))
    .join("");

interface Break {
  readonly agent: string;
  readonly from: number;
  readonly to: number;
}

/** When agents do not work, from the beginning to the last moment. */
function breaksIn(log: TraceLog, agents: readonly string[], last: number): Break[] {
  const dutyOf = dutyIn(log);
  return agents.flatMap((agent) => {
    const { open } = dutyOf(agent);
    return open === undefined ? [] : breaksOf(open, last).map((one) => ({ agent, ...one }));
  });
}

/** The parts of a turn in which its agent works: outside of shifts it rests. */
function workedParts(
  { agent, t, to }: { readonly agent: string; readonly t: number; readonly to: number },
  breaks: readonly Break[],
): { from: number; to: number }[] {
  const parts: { from: number; to: number }[] = [];
  let from = t;
  for (const rest of breaks) {
    if (rest.agent !== agent || rest.to <= from || rest.from >= to) continue;
    if (rest.from > from) parts.push({ from, to: rest.from });
    from = rest.to;
  }
  return from < to || parts.length === 0 ? [...parts, { from, to: Math.max(from, to) }] : parts;
}

/** A pale band in the row of an agent for every time outside its shifts. */
function breakLayers(
  breaks: readonly Break[],
  axis: TimeAxis,
  { x, y }: Readonly<Record<"x" | "y", object>>,
  theme: Theme,
): object[] {
  if (breaks.length === 0) return [];
  const values = breaks.map(({ agent, from, to }) => ({
    agent,
    x: axis.at(from),
    x2: axis.at(to),
  }));
  const mark = { type: "bar", height: { band: 0.9 }, color: theme.grid, opacity: 0.75 };
  return [{ data: { values }, mark, encoding: { x, x2: { field: "x2" }, y } }];
}

/** Grid, labels and title of the axis, which Vega has none for whose pieces differ in scale. */
function axisLayers({ ticks, title }: TimeAxis, agents: number, theme: Theme): object[] {
  const bottom = STEP * agents;
  const values = ticks.map(({ at, label }) => ({ x: at, label, bottom }));
  return [
    {
      data: { values },
      mark: { type: "rule", color: theme.grid },
      encoding: { x: pixels("x"), y: { value: 0 }, y2: { value: bottom } },
    },
    {
      data: { values },
      mark: { type: "text", baseline: "top", color: theme.muted },
      encoding: { x: pixels("x"), y: { value: bottom + 8 }, text: { field: "label" } },
    },
    {
      data: { values: [{ label: title }] },
      mark: { type: "text", baseline: "top", fontSize: SIZE.text },
      encoding: {
        x: { value: WIDTH / 2 },
        y: { value: bottom + 28 },
        text: { field: "label" },
      },
    },
  ];
}

/** A gap across all rows for every cut, with the length of what is left out. */
function cutLayers({ cuts, at }: TimeAxis, agents: number, theme: Theme): object[] {
  if (cuts.length === 0) return [];
  const bottom = STEP * agents;
  const values = cuts.map(({ from, to, text }) => {
    const middle = (at(from) + at(to)) / 2;
    return { middle, left: middle - GAP / 2, right: middle + GAP / 2, text };
  });
  const across = { y: { value: -4 }, y2: { value: bottom + 4 } };
  const edge = { type: "rule", color: theme.muted, strokeDash: [2, 3] };
  return [
    {
      data: { values },
      mark: { type: "rect", color: theme.background, opacity: 1 },
      encoding: { x: pixels("left"), x2: { field: "right" }, ...across },
    },
    { data: { values }, mark: edge, encoding: { x: pixels("left"), ...across } },
    { data: { values }, mark: edge, encoding: { x: pixels("right"), ...across } },
    {
      data: { values },
      mark: { type: "text", baseline: "top", fontWeight: 600 },
      encoding: { x: pixels("middle"), y: { value: bottom + 8 }, text: { field: "text" } },
    },
  ];
}

function turnsOf({ events }: TraceLog) {
  const begun = new Map<string, number>();
  return events.flatMap((one) => {
    if (one.event === "turnBegan") begun.set(one.agent, one.t);
    if (one.event !== "turnEnded") return [];
    const t = begun.get(one.agent) ?? one.t;
    return [{ agent: one.agent, t, begins: durationText(t), to: one.t, tokens: one.tokens }];
  });
}

function marksOf({ events }: TraceLog) {
  return events.flatMap((one) => {
    const what = markOf(one);
    if (what === undefined || !("version" in one) || !("agent" in one)) return [];
    return [{ what, agent: one.agent, claim: one.claim, t: one.t, at: durationText(one.t) }];
  });
}

function markOf(one: TraceLog["events"][number]): Mark | undefined {
  if (one.event === "checked") return one.erroneous && one.flagged ? "error caught" : undefined;
  if (one.event === "received") return one.origin === undefined ? undefined : "error arrives";
  if (one.event !== "made" || one.origin === undefined) return undefined;
  return one.origin === one.version ? "error begins" : "error inherited";
}
