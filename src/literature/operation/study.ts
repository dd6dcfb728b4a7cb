// Sustained operation: what a demo does not show. Latency against load, drift and its detection, and the bill of a success
// in production against the one of the demo; and success against the length of a task.
import { ablationPart } from "../ablation.ts";
import { runsOf } from "../simulate.ts";
import { defineStudy } from "../study.ts";
import { demoFigure, demoTable, demoTrials } from "./demo.ts";
import {
  AGES,
  detectionFigure,
  driftFigure,
  driftTable,
  runPolicies,
  simulateAges,
} from "./drift.ts";
import { horizonFigure, horizonTable, horizonTargets, horizonTrials } from "./horizon.ts";
import {
  ARCHITECTURES,
  type Capacities,
  capacities,
  capacityFigure,
  capacityTable,
  capacityTrials,
  loadFigures,
  loadTable,
  loadTrials,
} from "./load.ts";
import { queueTable, queueTargets, queueTrials } from "./queue.ts";

/** Capacities before they are known: enough to count runs. */
const UNKNOWN: Capacities = new Map();

/** What is simulated once the capacities are known. */
const trials = (perHour: Capacities, replications: number) => [
  ...loadTrials(perHour, replications),
  ...demoTrials(perHour, replications),
  ...queueTrials(replications),
  ...horizonTrials(replications),
];

/** One request at a time: what waits for others is another matter. */
const ABLATED = {
  name: "requests",
  scenarios: ARCHITECTURES.map((name) => ({ name, file: `operation/${name}.yaml` })),
  baseline: "single",
};

export const OPERATION = defineStudy({
  name: "operation",
  title: "Sustained operation: demo day against production",
  question:
    "What happens to latency, success and cost when requests arrive all day, calls fail and the model drifts?",
  source:
    "Success against length: METR's time horizons; queues: closed forms; the other figures are the simulation's own",
  replications: 2048,
  runs: (replications) =>
    runsOf(capacityTrials(replications)) +
    runsOf(trials(UNKNOWN, replications)) +
    AGES * replications,
  run: async (under) => {
    const { replications, seed, simulate } = under;
    const rare = await simulate(capacityTrials(replications));
    const perHour = capacities(rare);
    const results = await simulate(trials(perHour, replications));
    const ages = await simulateAges(under);
    const policies = runPolicies(ages, seed);
    return {
      targets: [...queueTargets(results, perHour), ...horizonTargets(results)],
      tables: [
        demoTable(results),
        capacityTable(rare),
        loadTable(results, perHour),
        queueTable(results),
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
  },
  ablations: ablationPart([ABLATED]),
});
