// Timeline: which agent did what when in one replication, and where errors began, arrived and were caught.
import { count } from "../../report/text.ts";
import type { TraceLog } from "../../results/results.ts";
import type { ChartDefinition } from "../definition.ts";
import { SIZE } from "../theme.ts";
import { agentsOf, eventsOf, replicationNote, tips, whyNot } from "../traceLog.ts";

const WIDTH = 600;
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
    const last = log.events.reduce((latest, { t }) => Math.max(latest, t), 0);
    const x = {
      field: "t",
      type: "quantitative",
      scale: { domain: [0, last || 1], nice: false },
      axis: { title: "simulated time (seconds)", grid: true },
    };
    const y = {
      field: "agent",
      type: "nominal",
      scale: { domain: agents },
      axis: { title: null, labelColor: theme.text, labelFontSize: SIZE.text },
    };
    const ended = eventsOf(log, "finished");
    const succeeded = ended.filter(({ success }) => success).length;
    const said = shown.map((what) => `${what} ${count(numberOf(what), "time")}`);
    return {
      title,
      notes: [
        replicationNote(log),
        `Bars: turns. ${succeeded} of ${count(ended.length, "task")} succeeded.`,
        shown.length === 0 ? "No error." : "",
      ],
      alt: `${title}: ${count(agents.length, "agent")}, ${count(turns.length, "turn")}; ${said.join(", ") || "no error"}.`,
      view: {
        width: WIDTH,
        height: { step: 34 },
        layer: [
          {
            data: { values: turns },
            mark: { type: "bar", height: { band: 0.5 }, opacity: 0.4, color: theme.neutral },
            encoding: { x, x2: { field: "to" }, y, tooltip: tips("agent", "t", "to", "tokens") },
          },
          {
            data: { values: marks },
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
              tooltip: tips("what", "agent", "claim", "t"),
            },
          },
        ],
      },
      width: WIDTH + 80,
    };
  },
};

function turnsOf({ events }: TraceLog) {
  const begun = new Map<string, number>();
  return events.flatMap((one) => {
    if (one.event === "turnBegan") begun.set(one.agent, one.t);
    if (one.event !== "turnEnded") return [];
    return [{ agent: one.agent, t: begun.get(one.agent) ?? one.t, to: one.t, tokens: one.tokens }];
  });
}

function marksOf({ events }: TraceLog) {
  return events.flatMap((one) => {
    const what = markOf(one);
    if (what === undefined || !("claim" in one)) return [];
    return [{ what, agent: one.agent, claim: one.claim, t: one.t }];
  });
}

function markOf(one: TraceLog["events"][number]): Mark | undefined {
  if (one.event === "checked") return one.erroneous && one.flagged ? "error caught" : undefined;
  if (one.event === "received") return one.origin === undefined ? undefined : "error arrives";
  if (one.event !== "made" || one.origin === undefined) return undefined;
  return one.origin === one.version ? "error begins" : "error inherited";
}
