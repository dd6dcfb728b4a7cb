// Which agents that are called like members of a group can stand for one another. A scenario deals the claims of a group out among its
// members, so that members who each have work of their own are agents of their own.
import type { LoggedRun } from "../../logs/run.ts";
import { addTo } from "../../numerics/grouping.ts";
import { mostFrequent } from "../turns.ts";
import { memberOf } from "./names.ts";

/** Share of the results of a group that one and the same member makes in every run, where members have work of their own. */
const OWN = 0.8;
/** Results in fewer runs than this are made by one member without that saying anything. */
const FEWEST_RUNS = 5;

/** Names of the groups whose members stand for one another, or of which the logs do not name who makes what. */
export function groupsOf(runs: readonly LoggedRun[]): Set<string> {
  const makers = new Map<string, Map<string, string[]>>();
  for (const { agent, makes } of runs.flatMap(({ turns }) => turns)) {
    const group = memberOf(agent)?.group;
    if (group === undefined) continue;
    const own = makers.get(group) ?? new Map();
    makers.set(group, own);
    if (makes !== undefined) addTo(own, makes, agent);
  }
  return new Set([...makers].filter(([, own]) => !isDivided(own)).map(([group]) => group));
}

/** Whether most results come from a member of their own each. */
function isDivided(makers: ReadonlyMap<string, readonly string[]>): boolean {
  const often = [...makers.values()].filter(({ length }) => length >= FEWEST_RUNS);
  const usual = often.map((agents) => mostFrequent(agents));
  if (new Set(usual).size < 2) return false;
  const all = often.reduce((sum, { length }) => sum + length, 0);
  const own = often.reduce(
    (sum, agents, i) => sum + agents.filter((agent) => agent === usual[i]).length,
    0,
  );
  return own >= OWN * all;
}
