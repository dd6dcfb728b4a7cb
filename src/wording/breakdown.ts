// The breakdown of a result as tables: a row per agent, per claim or per class, and a column per figure.
import type { Breakdown, MetricValue, ScenarioResult } from "../experiment/result.ts";
import { BREAKDOWN, type BreakdownFigure } from "../metrics/breakdown.ts";
import type { BreakdownKind } from "../model/breakdownLayout.ts";
import { durationUnit } from "./duration.ts";
import { inUnitsOf } from "./estimate.ts";
import { type Cell, type Column, columnsOf, estimateCell, type Row } from "./table.ts";

export interface BreakdownTable {
  readonly title: string;
  /** What a row is of. */
  readonly corner: string;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  /** What to know about it; empty where there is nothing. */
  readonly note: string;
}

const MISSING_HAVE_NO_AGENT =
  "Loss: of the claims that are wrong through an error that began with the agent. Claims that are missing belong to no agent.";

const TITLES: Readonly<Record<BreakdownKind, readonly [title: string, corner: string]>> = {
  agents: ["By agent", "Agent"],
  claims: ["By claim", "Claim"],
  classes: ["By class of task", "Class"],
};

/** @param write how an estimate is written */
export function breakdownTables(
  { breakdown = {} }: ScenarioResult,
  write?: Parameters<typeof estimateCell>[1],
): BreakdownTable[] {
  return (Object.keys(TITLES) as BreakdownKind[]).flatMap((kind) => {
    const parts = breakdown[kind];
    return parts === undefined ? [] : [tableOf(kind, parts, write)];
  });
}

function tableOf(
  kind: BreakdownKind,
  parts: NonNullable<Breakdown[BreakdownKind]>,
  write?: Parameters<typeof estimateCell>[1],
): BreakdownTable {
  const [title, corner] = TITLES[kind];
  const valuesOf = ({ name }: BreakdownFigure) => Object.values(parts).map((part) => part[name]);
  const told = BREAKDOWN[kind].filter((figure) => valuesOf(figure).some(isTold));
  const scaled = told.map((figure) => ({ figure, ...scaleOf(figure, valuesOf(figure)) }));
  return {
    title,
    corner,
    note: told.some(({ name }) => kind === "agents" && name === "loss")
      ? MISSING_HAVE_NO_AGENT
      : "",
    columns: columnsOf(
      scaled.map(({ figure: { title }, unit }) => (unit === "" ? title : `${title}, ${unit}`)),
    ),
    rows: Object.entries(parts).map(([label, part]) => ({
      label,
      cells: scaled.map(({ figure, factor }): Cell => {
        const value = part[figure.name];
        return value === undefined || value.mean === null
          ? { text: "", tone: "faint" }
          : estimateCell(inUnitsOf(factor, value), write);
      }),
    })),
  };
}

/** Whether a figure says something: a column of nothing but zeros, or of nothing, is left out. */
const isTold = (value: MetricValue | undefined) =>
  value !== undefined && value.mean !== null && (value.mean !== 0 || value.ci[1] !== 0);

/** Units as a heading writes them: all means are per task, and a count of what the title names needs none. */
const SHORT_UNITS: Readonly<Record<string, string>> = {
  "US dollars per task": "$",
  "turns per task": "",
};

/** The unit in which a column is written; times are in the one that suits the longest. */
function scaleOf({ unit }: BreakdownFigure, values: readonly (MetricValue | undefined)[]) {
  if (unit !== "seconds") return { factor: 1, unit: SHORT_UNITS[unit] ?? unit };
  const { seconds, symbol } = durationUnit(Math.max(...values.map((value) => value?.mean ?? 0)));
  return { factor: seconds, unit: symbol };
}
