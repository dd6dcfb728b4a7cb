// How many staff it takes: the smallest number with which 95 % of the tasks of a stream end within the latency objective, all else
// as stated. It is found by simulation of the same tasks with the same luck, and by halves: more staff never raises expected waiting.
import { kindOf } from "../scenario/agents/kinds.ts";
import { splitReference } from "../scenario/agents/references.ts";
import { MAX_STAFF } from "../scenario/limits.ts";
import type { Scenario } from "../scenario/schema.ts";
import { type CellPool, openCellPool, runCell } from "./cell.ts";
import { agentsByLoad, type OfferedLoads } from "./offeredLoad.ts";
import type { OnProgress } from "./progress.ts";
import { type MetricValue, readMetric } from "./result.ts";

/** Share of the tasks that is to be on time. */
const WANTED = 0.95;

/** Numbers of staff that are tried of a group, about: for showing progress. */
const TRIALS = 8;

export interface GroupStaffing {
  /** Of each agent of the group, as the scenario states it. */
  readonly stated: number;
  /** The smallest staff with which the estimate reaches the share that is wanted; null where none does. */
  readonly staff: number | null;
  /** The smallest staff with which the upper end of the interval reaches it, and the lower end. Null: none. */
  readonly range: readonly [from: number | null, to: number | null];
  /** Share on time with that staff, or, where none is enough, with as many as there may be. */
  readonly onTime: MetricValue;
  /** Share on time with one less, where one less is some. */
  readonly onTimeBelow?: MetricValue;
  /** The offered load of the busiest agent of the group. With less staff it falls behind for as long as tasks come. */
  readonly load?: MetricValue;
}

export interface Staffing {
  /** Seconds. */
  readonly objective: number;
  readonly wanted: number;
  /** Replications of each number of staff. */
  readonly replications: number;
  /** Share on time as the scenario stands, and where no turn waits for staff: the work, shifts and rate limits alone. */
  readonly asStated: MetricValue;
  readonly withoutQueues: MetricValue;
  /** By group: people, whoever has staff, and the bottleneck. */
  readonly groups: Readonly<Record<string, GroupStaffing>>;
}

export interface StaffingOptions {
  readonly seed: string;
  readonly replications: number;
  /** The bottleneck is the agent of the most load per server. */
  readonly loads: OfferedLoads | undefined;
  /** Threads; default: all cores. The result does not depend on it. */
  readonly jobs?: number;
  readonly signal: AbortSignal;
  readonly onProgress?: OnProgress<[remark: string, replications: number]>;
}

/** Rejects with the signal's reason. */
export async function staffing(scenario: Scenario, options: StaffingOptions): Promise<Staffing> {
  const { replications, loads = {}, signal, jobs = "auto" } = options;
  const pool = await openCellPool({ jobs, scenarios: [scenario], signal });
  try {
    const wanted = groupsOf(scenario, loads);
    const trials = new Trials(pool, scenario, { ...options, expected: 2 + TRIALS * wanted.length });
    const asStated = await trials.onTime({});
    const everyone = Object.keys(scenario.agents).map((group) => [group, MAX_STAFF]);
    const withoutQueues = await trials.onTime(Object.fromEntries(everyone));
    const groups: Record<string, GroupStaffing> = {};
    for (const group of wanted) {
      const busiest = agentsByLoad(loads).find((agent) => groupOf(agent) === group);
      const load = busiest === undefined ? {} : { load: loads[busiest].load };
      groups[group] = { ...(await trials.find(group)), ...load };
    }
    const objective = scenario.objectives.latency as number;
    return { objective, wanted: WANTED, replications, asStated, withoutQueues, groups };
  } finally {
    await pool.close();
  }
}

/** People, whoever has staff, and the bottleneck. */
function groupsOf({ agents }: Scenario, loads: OfferedLoads): string[] {
  const [bottleneck] = agentsByLoad(loads);
  return Object.keys(agents).filter(
    (group) =>
      agents[group].count > 0 &&
      (kindOf(agents[group]) === "human" ||
        agents[group].staff !== undefined ||
        (bottleneck !== undefined && groupOf(bottleneck) === group)),
  );
}

const groupOf = (agent: string) => splitReference(agent).group;

interface TrialOptions extends StaffingOptions {
  /** Trials that there are to be, about. */
  readonly expected: number;
}

/** The scenario with other numbers of staff, on the same streams of tasks. */
class Trials {
  private readonly pool: CellPool;
  private readonly scenario: Scenario;
  private readonly options: TrialOptions;
  /** By staff that is not as stated. */
  private readonly known = new Map<string, MetricValue>();

  constructor(pool: CellPool, scenario: Scenario, options: TrialOptions) {
    this.pool = pool;
    this.scenario = scenario;
    this.options = options;
  }

  /** The staff of one group. */
  async find(group: string): Promise<GroupStaffing> {
    const { staff: stated = 1 } = this.scenario.agents[group];
    const of = (staff: number) => this.onTime({ [group]: staff });
    const reaches = (at: (value: MetricValue) => number | null) => async (staff: number) =>
      (at(await of(staff)) ?? 0) >= WANTED;
    const mean = reaches((value) => value.mean);
    const low = reaches(({ ci }) => ci[0]);
    const high = reaches(({ ci }) => ci[1]);
    const most = { low: 0, high: MAX_STAFF, guess: stated };
    if (!(await mean(MAX_STAFF))) {
      const from = (await high(MAX_STAFF)) ? await smallest(most, high) : null;
      return { stated, staff: null, range: [from, null], onTime: await of(MAX_STAFF) };
    }
    const staff = await smallest(most, mean);
    const from = await smallest({ low: 0, high: staff, guess: staff - 1 }, high);
    const to = (await low(MAX_STAFF))
      ? await smallest({ low: staff - 1, high: MAX_STAFF, guess: staff }, low)
      : null;
    const below = staff > 1 && { onTimeBelow: await of(staff - 1) };
    return { stated, staff, range: [from, to], onTime: await of(staff), ...below };
  }

  /** Share on time where groups have other staff than stated. */
  async onTime(staff: Readonly<Record<string, number>>): Promise<MetricValue> {
    const { agents } = this.scenario;
    const others = Object.entries(staff).filter(([group, n]) => n !== (agents[group].staff ?? 1));
    const key = JSON.stringify(others);
    const known = this.known.get(key) ?? (await this.simulated(others));
    this.known.set(key, known);
    return known;
  }

  private async simulated(
    staff: readonly (readonly [group: string, number: number])[],
  ): Promise<MetricValue> {
    const { seed, replications, signal, expected, onProgress } = this.options;
    const remark = staff.length === 1 ? `${staff[0][0]}: ${staff[0][1]} staff` : "all";
    const done = this.known.size;
    const all = Math.max(expected, done + 1);
    const agents = { ...this.scenario.agents };
    for (const [group, number] of staff) agents[group] = { ...agents[group], staff: number };
    const inputs = {
      scenarios: [{ ...this.scenario, agents }],
      baseline: -1,
      seed,
      sampling: { replications },
    };
    const hooks = {
      onProgress: (share: number) => onProgress?.((done + share) / all, remark, all * replications),
    };
    const { scenarios } = await runCell(this.pool, inputs, hooks);
    signal.throwIfAborted();
    return readMetric(scenarios[0].metrics, "onTime") as MetricValue;
  }
}

interface Bounds {
  /** Fails, or is 0. */
  readonly low: number;
  /** Passes. */
  readonly high: number;
  /** Where to look first; it counts only between the bounds. */
  readonly guess: number;
}

/** The smallest whole number that passes, where all above one that passes do too: by doubles from below, then by halves. */
async function smallest(
  { low, high, guess }: Bounds,
  passes: (number: number) => Promise<boolean>,
): Promise<number> {
  let [below, above] = [low, high];
  let next = guess;
  while (above - below > 1) {
    if (next <= below || next >= above) next = (below + above) >> 1;
    if (await passes(next)) above = next;
    else below = next;
    next = Math.min(2 * Math.max(1, below), (below + above) >> 1);
  }
  return above;
}
