// The offered load of agents, and how many staff it takes, as lines of text.
import { agentsByLoad, type OfferedLoad, type OfferedLoads } from "../experiment/offeredLoad.ts";
import type { GroupStaffing, Staffing } from "../experiment/staffing.ts";
import { durationText } from "../wording/duration.ts";
import { plainEstimate } from "../wording/estimate.ts";
import { count, grouped } from "../wording/text.ts";

/** Most agents that are told: those with the most work for each of their staff. */
const MOST_AGENTS = 12;

export function loadLines(loads: OfferedLoads): string[] {
  const names = Object.keys(loads);
  const told = new Set(agentsByLoad(loads).slice(0, MOST_AGENTS));
  const hasPeaks = names.some((name) => loads[name].peak !== undefined);
  const rows = names
    .filter((name) => told.has(name))
    .map((name) => {
      const { staff, work, load, peak } = loads[name];
      const peaks = hasPeaks ? [peak ? plainEstimate(peak) : ""] : [];
      const start = [name, grouped(staff), plainEstimate(load), ...peaks];
      return [...start, plainEstimate(work), remarkOf(loads[name])];
    });
  const head = ["agent", "staff", "load", ...(hasPeaks ? ["at the peak"] : []), "seconds per task"];
  const left = names.length - told.size;
  return [
    "offered load, in staff that is busy with what comes, by tasks that do not meet:",
    ...aligned([[...head, ""], ...rows]),
    ...(left > 0 ? [`  and ${count(left, "agent")} with less for each of their staff`] : []),
  ];
}

/** What follows from the load: it is told where it is certain, and where it may be. */
function remarkOf({ staff, load, peak }: OfferedLoad): string {
  const [low, high] = load.ci;
  if ((low ?? 0) >= staff) return "cannot keep up";
  if ((high ?? 0) >= staff) return "may not keep up";
  if ((peak?.ci[0] ?? 0) >= staff) return "falls behind at the peak";
  return "";
}

export function staffingLines(found: Staffing): string[] {
  const { objective, wanted, replications, asStated, withoutQueues, groups } = found;
  const isWorkTooLong = (withoutQueues.mean ?? 0) < wanted;
  const rows = Object.entries(groups).map(([group, one]) => [group, staffText(one, isWorkTooLong)]);
  return [
    `staff that keeps ${100 * wanted} % of the tasks within ${durationText(objective)}, all else as stated (${count(replications, "replication")}):`,
    ...aligned([
      ["as stated", `${plainEstimate(asStated)} on time`],
      ...(isWorkTooLong
        ? [
            [
              "no queues",
              `${plainEstimate(withoutQueues)} on time: work, shifts and rate limits alone take longer`,
            ],
          ]
        : []),
      ...rows,
    ]),
  ];
}

function staffText(
  { staff, range, onTime, onTimeBelow, load }: GroupStaffing,
  isWorkTooLong: boolean,
): string {
  const share = plainEstimate(onTime);
  if (staff === null) {
    const why = isWorkTooLong ? "" : ", others hold it up";
    const answer =
      range[0] === null
        ? "no number of staff is enough"
        : `${grouped(range[0])} or more, or no number of staff is enough`;
    return `${answer}: ${share} on time at most${why}`;
  }
  const below = onTimeBelow ? `, ${plainEstimate(onTimeBelow)} with ${grouped(staff - 1)}` : "";
  const isTooFew = (load?.ci[0] ?? 0) >= staff;
  const later = isTooFew ? "; it takes more where tasks come for longer, see the load" : "";
  return `${rangeText(staff, range)} staff: ${share} on time with ${grouped(staff)}${below}${later}`;
}

/** `3`, `3 to 4`, or `3 or more`. */
function rangeText(staff: number, [from, to]: GroupStaffing["range"]): string {
  if (to === null) return `${grouped(from ?? staff)} or more`;
  return from === to ? grouped(to) : `${grouped(from ?? staff)} to ${grouped(to)}`;
}

/** Rows with their columns one below the other, indented. */
function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows.map((row) =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column] + 2)).join("")}`.trimEnd(),
  );
}
