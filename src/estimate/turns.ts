// Whose turns they are: of which agent and which model.
import type { LoggedRun, LoggedTurn } from "../logs/run.ts";
import { addTo, groupBy } from "../numerics/grouping.ts";
import { average } from "../numerics/statistics.ts";

/** The model of all turns, where a log names none at all. */
const ONLY_MODEL = "model";

/** Tells the model of a turn. Where some turns name a model, those that do not are of people or programs. */
export function modelsOf(runs: readonly LoggedRun[]): (turn: LoggedTurn) => string | undefined {
  const isNamed = runs.some(({ turns }) => turns.some(({ model }) => model !== undefined));
  return ({ model }) => (isNamed ? model : ONLY_MODEL);
}

/** Agents in the order in which they first speak, on average over the runs in which they do. */
export function speakersOf(runs: readonly LoggedRun[]): string[] {
  const ranks = new Map<string, number[]>();
  for (const { turns } of runs) {
    const speakers = new Set(turns.map(({ agent }) => agent));
    for (const [rank, agent] of [...speakers].entries()) addTo(ranks, agent, rank);
  }
  return [...ranks]
    .map(([agent, own]) => ({ agent, rank: average(own) }))
    .sort((a, b) => a.rank - b.rank || (a.agent < b.agent ? -1 : 1))
    .map(({ agent }) => agent);
}

/** What most of the items have, the first by name of those that are as frequent; undefined of none. */
export function mostFrequent(items: Iterable<string>): string | undefined {
  const counts = [...groupBy(items, (item) => item)].map(([item, all]) => ({
    item,
    n: all.length,
  }));
  return counts.sort((a, b) => b.n - a.n || (a.item < b.item ? -1 : 1))[0]?.item;
}
