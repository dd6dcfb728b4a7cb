// Sustained operation: what a demo does not show. Latency against load, drift and its detection, and the bill of a success
// in production against the one of the demo; and success against the length of a task.
import { simulate, type Trial } from "../simulate.ts";
import type { Study, StudyOptions, StudyResult } from "../study.ts";
import { demoFigure, demoTable, demoTrials, STEPS } from "./demo.ts";
import {
  AGES,
  detectionFigure,
  driftFigure,
  driftTable,
  runPolicies,
  simulateAges,
} from "./drift.ts";
import {
  horizonFigure,
  horizonTable,
  horizonTargets,
  horizonTrials,
  LENGTHS,
  SPREADS,
} from "./horizon.ts";
import {
  ARCHITECTURES,
  type Architecture,
  capacities,
  capacityFigure,
  capacityTable,
  capacityTrials,
  LOADS,
  loadFigures,
  loadTable,
  loadTrials,
  TEAM_SIZES,
} from "./load.ts";

const REPLICATIONS = 3000;

export const OPERATION: Study = {
  name: "operation",
  title: "Sustained operation: demo day against production",
  question:
    "What happens to latency, success and the bill when requests arrive all day, calls fail and the model drifts?",
  source:
    "Success against length: METR's time horizons; the other figures are the simulation's own",
  replications: REPLICATIONS,
  runs: (replications) => TOTAL * replications,
  run,
  mechanism: [
    "Agents are servers that take one turn at a time, for whichever request asked first. A turn is a call of the model: it can fail at the provider, or take longer than the agent waits, and is then made again after a pause that doubles; a turn whose calls all fail yields nothing, and the protocol goes on without it. All calls of a model share its provider's limit of calls a minute, and wait for it in the order in which they come. Nothing of this differs between architectures; what differs is how many turns a request takes and who has to take them.",
    "So each architecture has a capacity: the requests an hour at which its busiest agent, or the rate limit, has no pause left. It is measured where requests are rare, from the seconds that a request takes of each agent. The load curves then go up to nearly that capacity. A team of more workers shares the claims out among more hands, but an orchestrator still plans, checks and puts together every request: from some size on it is what all wait for.",
    "Errors drift: the log-odds of an error grow with the days since the model was validated. A check runs golden tasks from time to time, and raises an alarm when fewer succeed than a model as good as new would almost always manage. How late the alarm comes is a matter of how many golden tasks there are, since success is a share that a few tasks measure badly.",
    "The bill of the demo is the cost per success of requests that come one at a time, to a fresh model whose calls never fail. Production adds one thing after the other: calls that fail, requests that queue, and drift. A success that comes too late is paid for like any other; cost per success on time counts it as lost.",
    "Last, length: a task is done when every one of its claims is right. With equally difficult instances that is a constant hazard. Where instances differ, the difficult ones fail early and the easy ones remain, so that the hazard of those that are left falls with length, as a Weibull distribution of shape below 1 has it; nothing about longer tasks themselves needs to change.",
  ],
  limits: [
    "Failure rate, time-out, rate limit, latencies, drift and the requests are assumptions of the size that operators speak of; no published measurement stands behind them. The agents' other parameters are those fitted to the kim2025 figures. What carries over is the order of the architectures and where bottlenecks arise, not seconds and dollars.",
    "Load makes requests late, never wrong: agents do not hurry. Failed calls are independent of each other and of the load; a real provider's outages come in spells, and retries by everybody at once can prolong them. A call that fails takes as long as one that does not.",
    "Drift is a steady growth of the error log-odds, the same for all tasks, and a check finds it only in what golden tasks measure. Validating anew is taken to undo it at once and without cost beyond the golden tasks. A silent change of a model that comes at once would be found sooner.",
    "A replication of a stream begins with an empty queue, so that latencies near capacity are those of the first few hundred requests rather than of a queue that has settled: they would be longer still. The capacity is itself an estimate.",
    "A planner that has fewer open claims than workers gives them to the first workers, round after round. So the busiest worker of a large team does more than its fair share, and a planner who took turns would move the point at which the orchestrator becomes the bottleneck towards smaller teams.",
    "Published lengths are minutes of human work, simulated ones are claims; only ratios of lengths are compared. The measured ratio and the Weibull shape come from the same measurements, so that the two targets are not independent. METR's tasks also differ in kind as they grow longer, which the simulation leaves out.",
  ],
};

/** Scenarios of each part. A replication of a stream counts as the requests that it has. */
const CAPACITY = ARCHITECTURES.length + TEAM_SIZES.length;
const CURVES =
  ARCHITECTURES.length * (LOADS.length + STEPS.length) + SPREADS.length * LENGTHS.length;
const TOTAL = CAPACITY + CURVES + AGES;

async function run(options: StudyOptions = {}): Promise<StudyResult> {
  const { replications = REPLICATIONS, seed = "operation", jobs, signal, onProgress } = options;
  const within = (from: number, part: number) => (share: number) =>
    onProgress?.((from + part * share) / TOTAL);
  const simulated = (trials: readonly Trial[], from: number, part: number) =>
    simulate(trials, { seed, jobs, signal, onProgress: within(from, part) });

  const rare = await simulated(await capacityTrials(replications), 0, CAPACITY);
  const perHour: ReadonlyMap<Architecture, number> = capacities(rare);
  const trials = [
    ...(await loadTrials(perHour, replications)),
    ...(await demoTrials(perHour, replications)),
    ...(await horizonTrials(replications)),
  ];
  const results = await simulated(trials, CAPACITY, CURVES);
  const ages = await simulateAges(replications, {
    seed,
    jobs,
    signal,
    onProgress: within(CAPACITY + CURVES, AGES),
  });
  const policies = runPolicies(ages, seed);
  return {
    study: OPERATION.name,
    seed,
    replications,
    interrupted: false,
    targets: horizonTargets(results),
    tables: [
      demoTable(results),
      capacityTable(rare),
      loadTable(results, perHour),
      driftTable(ages, policies),
      horizonTable(results),
    ],
    figures: [
      demoFigure(results),
      ...loadFigures(results, perHour),
      capacityFigure(rare),
      driftFigure(ages),
      detectionFigure(policies),
      horizonFigure(results),
    ],
  };
}
