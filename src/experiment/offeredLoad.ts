// The offered load of a stream: work that comes per second for each agent, in servers' worth (erlangs), beside the servers that
// it has. The work of a task is measured on tasks that do not meet, so that no queue has a part in it.

import { TICKS_PER_SECOND } from "../kernel/time.ts";
import { type BreakdownLayout, TASKS } from "../model/breakdownLayout.ts";
import type { Plan } from "../model/plan.ts";
import { rootKey } from "../numerics/draws.ts";
import type { Interval } from "../numerics/intervals.ts";
import type { NetSums } from "../numerics/netSums.ts";
import { affine, productOfPowers } from "../numerics/ratios.ts";
import { compile } from "../scenario/compiling/compile.ts";
import type { Scenario } from "../scenario/schema.ts";
import { runDesign } from "./chunk.ts";
import { probe } from "./probe.ts";
import { type MetricValue, toValue } from "./result.ts";

export interface OfferedLoad {
  readonly staff: number;
  /** Seconds in which the agent is at work on a task. */
  readonly work: MetricValue;
  /** Servers that are busy with what comes, on average over the week; those of an agent with shifts are there in these alone. */
  readonly load: MetricValue;
  /** The same while the most tasks come, where there is a profile. */
  readonly peak?: MetricValue;
}

/** By name of the agent. */
export type OfferedLoads = Readonly<Record<string, OfferedLoad>>;

/** Names of agents, from the most load per server to the least. */
export function agentsByLoad(loads: OfferedLoads): string[] {
  const perServer = ({ load, staff }: OfferedLoad) => (load.mean ?? 0) / staff;
  return Object.keys(loads).sort((a, b) => perServer(loads[b]) - perServer(loads[a]));
}

export interface LoadOptions {
  readonly seed: string;
  /** Most tasks that are simulated, and most events of them. */
  readonly tasks: number;
  readonly events: number;
  readonly milliseconds: number;
  readonly signal: AbortSignal;
}

/**
 * Undefined where tasks come one at a time or all at once, and where not enough of them can be simulated
 * within the limits. Rejects with the signal's reason.
 */
export async function offeredLoad(
  scenario: Scenario,
  { seed, tasks, events, milliseconds, signal }: LoadOptions,
): Promise<OfferedLoads | undefined> {
  const { workload } = scenario;
  if (workload.arrivals === "one" || workload.interval === 0) return undefined;
  const alone = withoutMeetings(scenario, workload);
  const probed = await probe([alone], { seed, events, milliseconds, signal });
  const affordable = Math.floor(events / Math.max(1, probed.events));
  if (!probed.isWhole || affordable < FEWEST_TASKS) return undefined;
  const plan = compile(alone);
  const replications = Math.min(tasks, affordable);
  const [tally] = await runDesign({ plans: [plan], root: rootKey(seed), replications }, signal);
  const { breakdown } = tally;
  if (breakdown === undefined) return undefined;
  const { layout, sums } = breakdown;
  const loads = layout.names.agents.map((name, agent) => [
    name,
    loadOf(plan, agent, workOf(layout, sums, agent)),
  ]);
  return Object.fromEntries(loads);
}

/** As many tasks as make an interval. */
const FEWEST_TASKS = 64;

type Stream = Exclude<Scenario["workload"], { arrivals: "one" }>;

/** Streams of one task each. Whoever works is counted where somebody states how many there are. */
function withoutMeetings(scenario: Scenario, workload: Stream): Scenario {
  const agents = Object.entries(scenario.agents).map(([group, agent]) => [
    group,
    { ...agent, staff: agent.staff ?? 1 },
  ]);
  return {
    ...scenario,
    agents: Object.fromEntries(agents),
    workload: { ...workload, tasks: 1, warmUp: 0 },
  };
}

function workOf(layout: BreakdownLayout, sums: NetSums, agent: number): Interval | undefined {
  return productOfPowers(sums, [
    { index: layout.at("agents", agent, "busy"), power: 1 },
    { index: TASKS, power: -1 },
  ]);
}

function loadOf({ agents, arrivals }: Plan, agent: number, work: Interval | undefined) {
  const shifts = agents.shifts[agent];
  const { mean, most, isUneven } = ratesOf(arrivals);
  const told = (factor: number) => toValue(work && affine(work, factor, 0), "no task has ended");
  return {
    staff: agents.staff[agent],
    work: told(1),
    load: told(shifts === undefined ? mean : (mean * shifts.week) / shifts.worked),
    ...(isUneven && { peak: told(most) }),
  };
}

/** Tasks per second, on average over the week and at the most. */
function ratesOf(arrivals: Plan["arrivals"]) {
  const { interval, profile } = arrivals as NonNullable<Plan["arrivals"]>;
  const rate = TICKS_PER_SECOND / interval;
  if (profile === undefined) return { mean: rate, most: rate, isUneven: false };
  const { before, pieces, period, factor } = profile;
  return {
    mean: (rate * before[pieces]) / period,
    most: rate * Math.max(...factor),
    isUneven: true,
  };
}
