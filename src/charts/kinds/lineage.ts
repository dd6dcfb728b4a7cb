// Lineage: every erroneous version of one replication by time and agent, joined to the one that it has its error from.
import type { ErroneousVersion, Trace } from "../../experiment/trace/document.ts";
import { durationText, durationUnit } from "../../wording/duration.ts";
import { count } from "../../wording/text.ts";
import { tips } from "../channels.ts";
import type { ChartDefinition } from "../definition.ts";
import { SIZE } from "../theme.ts";
import { replicationNote } from "../traceLog.ts";

const WIDTH = 600;
/** Versions up to which all are drawn. */
const MOST = 2000;

/** Faults up to which their claims are named, where claims have names: `c1` is a number. */
const MOST_NAMED = 12;

/** Width of a letter of a name, on the safe side. */
const LETTER = 7;

const FATES: readonly ErroneousVersion["fate"][] = ["delivered", "kept", "disputed", "gone"];

export const lineage: ChartDefinition<"faultline/lineage@1"> = {
  name: "lineage",
  shows: "where each error of one replication began, how it spread, and what became of it",
  from: ["faultline/lineage@1"],
  draw(trace, theme) {
    const title = `Lineage of errors: ${trace.scenario}`;
    const all = versionsOf(trace);
    if (all.length === 0) return { title, why: "There is no error in this replication." };
    const shown = all.slice(0, MOST);
    const agents = [...new Set(shown.map(({ agent }) => agent))];
    const fates = FATES.filter((fate) => shown.some((one) => one.fate === fate));
    const last = shown.reduce((latest, { t }) => Math.max(latest, t), 0);
    const { seconds, words } = durationUnit(last);
    const x = {
      field: "at",
      type: "quantitative",
      scale: { domain: [0, last / seconds || 1], nice: true },
      axis: { title: `simulated time (${words})`, grid: true },
    };
    const y = {
      field: "agent",
      type: "nominal",
      scale: { domain: agents, type: "point", padding: 0.5 },
      axis: { title: null, grid: true, labelColor: theme.text, labelFontSize: SIZE.text },
    };
    const byKey = new Map(shown.map((one) => [one.key, one]));
    const links = shown.flatMap(({ agent, t, parentKey }) => {
      const parent = parentKey === undefined ? undefined : byKey.get(parentKey);
      return parent === undefined
        ? []
        : [{ at: parent.t / seconds, agent: parent.agent, at2: t / seconds, agent2: agent }];
    });
    const colors = [theme.error, theme.others[0], theme.others[1], theme.neutral];
    const faults = all.filter(({ parentKey }) => parentKey === undefined).length;
    const delivered = all.filter(({ fate }) => fate === "delivered").length;
    const begun = shown.filter(({ parentKey }) => parentKey === undefined);
    const isNamed = begun.some(({ claim }) => !/^c\d+$/.test(claim)) && begun.length <= MOST_NAMED;
    const labels = isNamed ? labelsOf(begun, last) : [];
    return {
      title,
      notes: [
        replicationNote(trace),
        "Diamonds: faults; circles: versions that have their error from another, to which a line leads back.",
        shown.length < all.length
          ? `The first ${count(MOST, "version")} of ${count(all.length, "version")} are drawn.`
          : "",
      ],
      alt: `${title}: ${count(faults, "fault")}, ${count(all.length, "erroneous version")} in all, of which ${delivered} delivered.`,
      view: {
        width: WIDTH,
        height: { step: 40 },
        layer: [
          {
            data: { values: links },
            mark: { type: "rule", color: theme.muted, opacity: 0.7 },
            encoding: { x, x2: { field: "at2" }, y, y2: { field: "agent2" } },
          },
          {
            data: {
              values: shown.map(({ key: _, parentKey: __, t, ...one }) => ({
                ...one,
                at: t / seconds,
                made: durationText(t),
              })),
            },
            mark: { type: "point", filled: true, size: 80, opacity: 1 },
            encoding: {
              x,
              y,
              shape: {
                field: "what",
                type: "nominal",
                scale: { domain: ["fault", "handed on"], range: ["diamond", "circle"] },
                legend: null,
              },
              color: {
                field: "fate",
                type: "nominal",
                scale: { domain: fates, range: fates.map((fate) => colors[FATES.indexOf(fate)]) },
                legend: { title: null, orient: "top", symbolType: "circle" },
              },
              tooltip: tips("claim", "agent", "what", "cause", "fate", "made"),
            },
          },
          ...(labels.length > 0
            ? [
                {
                  data: {
                    values: labels.map(({ t, agent, claim }) => ({
                      at: t / seconds,
                      agent,
                      claim,
                    })),
                  },
                  mark: { type: "text", align: "left", dx: 4, dy: -11, fontSize: SIZE.label },
                  encoding: { x, y, text: { field: "claim" } },
                },
              ]
            : []),
        ],
      },
      width: WIDTH + 80,
    };
  },
};

/** Faults whose claims can be written beside them: not those that would run into the name before, in the row of an agent. */
function labelsOf<V extends { readonly t: number; readonly agent: string; readonly claim: string }>(
  faults: readonly V[],
  last: number,
): V[] {
  const free = new Map<string, number>();
  return faults
    .toSorted((a, b) => a.t - b.t)
    .filter(({ t, agent, claim }) => {
      const at = (t / (last || 1)) * WIDTH;
      if (at < (free.get(agent) ?? Number.NEGATIVE_INFINITY)) return false;
      free.set(agent, at + LETTER * claim.length + 6);
      return true;
    });
}

function versionsOf({ tasks }: Trace) {
  return tasks.flatMap(({ task, errors }) =>
    errors.map(({ version, claim, agent, t, cause, parent, fate }) => ({
      key: `${task}/${version}`,
      parentKey: parent === null ? undefined : `${task}/${parent}`,
      what: parent === null ? "fault" : "handed on",
      claim,
      agent,
      t,
      cause,
      fate,
    })),
  );
}
