// What a sweep would do, as text for people: its factors, its first cells, and how long it takes.

import { visible } from "../documents/checking/visible.ts";
import { isProblem } from "../sweep/cells.ts";
import type { Factor } from "../sweep/file/factors.ts";
import type { Timing } from "../sweep/running/timing.ts";
import type { Sweep } from "../sweep/sweep.ts";
import { durationText } from "../wording/duration.ts";
import { plainNumber } from "../wording/estimate.ts";
import { count, grouped, wrap } from "../wording/text.ts";
import type { Screen } from "./style.ts";

/** Cells that are shown; more are counted. */
const SHOWN = 20;
/** Values of a factor that are shown at each end. */
const VALUES = 4;

export async function dryRunText(
  sweep: Sweep,
  timing: Timing,
  jobs: number,
  { colors, width }: Screen,
): Promise<string> {
  const { name, labels, factors, cellCount, pointCount, excluded, seed } = sweep;
  const left = excluded === 0 ? "" : `, ${grouped(excluded)} left out by the condition`;
  return [
    colors.bold(`${name}: ${count(cellCount, "cell")}`),
    `scenarios  ${labels.join(", ")}`,
    ...factors.map((factor) => `factor     ${factorText(factor, labels.length)}`),
    `design     ${sweep.design.kind}, ${count(pointCount, "point")}${left}`,
    `seed       ${visible(seed)}`,
    `work       ${workText(timing, jobs)}`,
    "",
    ...(await cellLines(sweep)),
    ...(cellCount > SHOWN ? [colors.dim(`… and ${grouped(cellCount - SHOWN)} more`)] : []),
    "",
  ]
    .flatMap((line) => wrap(line, width))
    .join("\n");
}

function factorText({ name, paths, labels, axis, formula }: Factor, scenarios: number): string {
  const where = paths.length === 1 && paths[0] === name ? "" : ` (${paths.join(", ")})`;
  const only = labels.length < scenarios ? `, in ${labels.join(", ")} only` : "";
  if (formula !== undefined) return `${name}${where} = ${formula}${only}`;
  if (axis?.kind === "range")
    return `${name}${where}: from ${plainNumber(axis.from)} to ${plainNumber(axis.to)}${only}`;
  const levels = axis?.count ?? 0;
  const shown = Array.from({ length: levels }, (_, i) => i)
    .filter((i) => levels <= 2 * VALUES || i < VALUES || i >= levels - VALUES)
    .map((i) => `${i === levels - VALUES && levels > 2 * VALUES ? "… " : ""}${axis?.level(i)}`);
  return `${name}${where}: ${shown.join(", ")}${only}`;
}

function workText({ replications, isMost, isLeast, seconds }: Timing, jobs: number): string {
  const amount = `${isMost ? "at most " : ""}${count(replications, "replication")}`;
  if (seconds === undefined) return `${amount}; no cell that was tried can be run`;
  const time = durationText(Math.max(1, Math.round(seconds)), 2);
  return `${amount}, ${isLeast ? "at least" : "about"} ${time} with ${count(jobs, "thread")}`;
}

async function cellLines(sweep: Sweep): Promise<string[]> {
  const lines: string[] = [];
  for (let i = 0; i < Math.min(SHOWN, sweep.cellCount); i++) {
    const cell = await sweep.cellAt(i);
    const values = Object.entries(cell.factors).map(([name, value]) => `${name}=${value}`);
    const trouble = isProblem(cell) ? [`cannot be run: ${cell.messages.join("; ")}`] : [];
    lines.push([`cell ${i}`, cell.labels.join(", "), ...values, ...trouble].join("  "));
  }
  return lines;
}
