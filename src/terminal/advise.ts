// An advice as text for people: what is recommended and why, and the ranking of the architectures.
import type { Advice } from "../advise/advise.ts";
import type { ArchitectureAdvice } from "../advise/ranking.ts";
import { readMetric } from "../experiment/result.ts";
import { plainNumber } from "../wording/estimate.ts";
import { type Cell, columnsOf, estimateCell, verdictMark } from "../wording/table.ts";
import { count, wrap, wrapAll } from "../wording/text.ts";
import type { Screen } from "./style.ts";
import { renderTable } from "./table.ts";

/** Metrics beside predicted success, and what their columns are called. */
const METRICS = [
  ["amplification.propagation", "amplification"],
  ["turns", "turns"],
  ["costPerSuccess", "$ per success"],
  ["latency.p95", "p95, s"],
] as const;

export function adviceText(advice: Advice, { colors, width }: Screen): string {
  const { task, singleSuccess, recommended, architectures } = advice;
  const columns = ["success", "best", ...METRICS.map(([, name]) => name)];
  const rows = architectures.map((architecture) => ({
    label: architecture.name,
    cells: cellsOf(architecture, architecture.name === recommended),
  }));
  const faint = (lines: readonly string[]) => wrapAll(lines, width).map(colors.dim);
  return [
    colors.bold(`${task}, where a single agent succeeds in ${shareText(singleSuccess)}`),
    ...faint([numberText(advice), circumstances(advice)]),
    "",
    ...wrap(`Recommended: ${recommended}. ${advice.why}`, width).map(colors.bold),
    "",
    ...renderTable(columnsOf(columns), [{ title: "Architecture", rows }], width, colors),
    ...faint([...legend(advice), ...advice.notes.map((text) => `note: ${text}`)]),
    "",
  ].join("\n");
}

/** A share as a percentage of up to three digits. */
export function shareText(share: number): string {
  return `${Number((100 * share).toPrecision(3))} %`;
}

function numberText({ number }: Advice): string {
  const { path, value, shipped, teams, pull } = number;
  const own = `${path} = ${plainNumber(value)} gives the single agent this success (the mean model: ${plainNumber(shipped.value)}, ${shareText(shipped.success)})`;
  return pull === 1
    ? own
    : `${own}; teams are simulated at ${plainNumber(teams.value)} (${shareText(teams.success)}), since ${plainNumber(pull)} of the difference to the mean model is believed for them`;
}

function circumstances({ seed, replications, intervals }: Advice): string {
  return `seed ${seed} · ${count(replications, "replication")} of each · 95 % intervals, of success ${intervals === "prediction" ? "those of the prediction" : "those of the simulation"}`;
}

function cellsOf(
  { success, probabilityBest, metrics }: ArchitectureAdvice,
  isRecommended: boolean,
): Cell[] {
  return [
    { ...estimateCell(success), ...verdictMark(isRecommended || undefined) },
    { text: chanceText(probabilityBest) },
    ...METRICS.map(([name]) => estimateCell(readMetric(metrics, name))),
  ];
}

function chanceText(chance: number): string {
  if (chance > 0 && chance < 0.01) return "< 1 %";
  if (chance < 1 && chance > 0.99) return "> 99 %";
  return `${Math.round(100 * chance)} %`;
}

function legend({ instances }: Advice): string[] {
  return [
    `✓ highest predicted success. best: chance of having the highest success. The single agent's interval is that of a share of ${count(instances, "task")}.`,
    "amplification: errors that reach aggregation, against the single agent's on the same tasks.",
  ];
}
