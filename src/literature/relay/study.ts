// The study relay: how much of a right claim is left after it was handed on a few times.
import type { ScenarioResult } from "../../experiment/result.ts";
import { judged, type TargetResult } from "../judging.ts";
import { metricColumns, PUBLISHED, seriesOf, tableOf } from "../show.ts";
import { estimateOf, type Results, resultsOf, runsOf, type Trial } from "../simulate.ts";
import { defineStudy, type StudyFigure, type StudyTable } from "../study.ts";
import { absolute } from "../target.ts";
import { MARGIN, SOURCE, STAGES, SURVIVING } from "./published.ts";

const ALL_STAGES = Array.from({ length: STAGES + 1 }, (_, stage) => stage);

/** Relays of no stage to {@link STAGES}. */
const trials = (replications: number): Trial[] => [
  {
    name: "relays",
    scenarios: ALL_STAGES.map((stages) => ({
      file: "relay/relay.yaml",
      changes: { name: `stages-${stages}`, "parameters.stages": stages },
    })),
    replications,
  },
];

/** A relay, and what is published of one with as many stages. */
interface Relay {
  readonly stages: number;
  readonly result: ScenarioResult;
  readonly published: number | null;
}

function relaysOf(results: Results): Relay[] {
  return resultsOf(results, "relays").map((result, stages) => ({
    stages,
    result,
    published: stages === 0 ? 1 : stages === STAGES ? SURVIVING : null,
  }));
}

function target({ result }: Relay): TargetResult {
  return judged({
    id: `relay.${STAGES}`,
    figure: "Share of what is right at first that is still right",
    title: `after ${STAGES} stages`,
    unit: "share",
    published: SURVIVING,
    simulated: estimateOf(result, "success"),
    tolerance: absolute(MARGIN),
    kind: "calibrated",
    source: SOURCE,
    definition:
      "share of relays in which every agent has the claim right, where the first one does; published: accuracy at the end over accuracy at first",
  });
}

function table(relays: readonly Relay[]): StudyTable {
  return tableOf(
    {
      name: "stages",
      title: "What is left after so many stages",
      note: "A claim that is misread at one stage, or that never arrives, is lost for all that follow.",
    },
    relays,
    [
      ["stages", "", ({ stages }) => stages],
      ...metricColumns<Relay>(
        [
          ["still right", "share", "success"],
          ["misread", "per relay", "faults.handoff"],
          ["missing at the end", "claims per relay", "missingClaims"],
        ],
        ({ result }) => result,
      ),
    ],
  );
}

function figure(relays: readonly Relay[]): StudyFigure {
  const name = "still right";
  return {
    name: "relay",
    title: "Every hand-off takes its share of what is right",
    alt: "Share of what is right at first that is still right, after none to five hand-offs. The simulated curve falls by the same share at every stage; the published marks are at none and at five.",
    kind: "lines",
    x: { title: "Stages" },
    y: { title: "Still right (share)" },
    series: [
      seriesOf(name, relays, ({ stages, result }) => [stages, estimateOf(result, "success")]),
      seriesOf(name, relays, ({ stages, published }) => [stages, published], PUBLISHED),
    ],
  };
}

/** The study of a relay (arXiv 2603.26993): a claim that is handed on without new evidence. */
export const RELAY = defineStudy({
  name: "relay",
  title: "A relay",
  question: "How much of a right claim is left after it was handed on a few times?",
  source: SOURCE,
  replications: 8192,
  runs: (replications) => runsOf(trials(replications)),
  run: async ({ replications, simulate }) => {
    const relays = relaysOf(await simulate(trials(replications)));
    return {
      targets: [target(relays[STAGES])],
      tables: [table(relays)],
      figures: [figure(relays)],
    };
  },
});
