// The study resilience: how much a team loses when one of its members is faulty, by how the team is organised.
import type { MetricValue, ScenarioResult } from "../../experiment/result.ts";
import { average } from "../../numerics/statistics.ts";
import { judged, type TargetResult } from "../judging.ts";
import type { Variant } from "../shipped.ts";
import { PUBLISHED, seriesOf, tableOf } from "../show.ts";
import { changeOf, estimateOf, type Results, resultsOf, runsOf, type Trial } from "../simulate.ts";
import { defineStudy, type StudyFigure, type StudyTable } from "../study.ts";
import { absolute } from "../target.ts";
import { type PublishedTeam, SOURCE, TEAMS } from "./published.ts";

/** Who may be faulty: of a team with a leader, the others. */
const SUSPECTS: Readonly<Record<PublishedTeam["name"], readonly string[]>> = {
  linear: ["first", "second", "third"],
  flat: ["first", "second", "third"],
  hierarchical: ["second", "third"],
};

/** Share of a member's words that are corrupted: chosen for the drop of the linear team. */
const CORRUPTED = 0.56;

const FAULTS = {
  role: (who: string) => ({ [`agents.${who}.model`]: "faulty" }),
  messages: (who: string) => ({
    [`agents.${who}.distortion`]: CORRUPTED,
    [`agents.${who}.synthesisLoss`]: CORRUPTED,
  }),
} as const;
type Fault = keyof typeof FAULTS;
const KINDS = Object.keys(FAULTS) as Fault[];

const FAULT_TITLES: Readonly<Record<Fault, string>> = {
  role: "a member is always wrong",
  messages: "a member's words are corrupted",
};

const withFault = (team: PublishedTeam["name"], fault: Fault, who: string): Variant => ({
  file: `resilience/${team}.yaml`,
  changes: { name: `${fault}-${who}`, ...FAULTS[fault](who) },
});

/** Each team without a fault, and with every suspect faulty in either way, on the same questions. */
const trials = (replications: number): Trial[] =>
  TEAMS.map(({ name }) => ({
    name,
    scenarios: [
      { file: `resilience/${name}.yaml`, changes: { name: "whole" } },
      ...KINDS.flatMap((fault) => SUSPECTS[name].map((who) => withFault(name, fault, who))),
    ],
    baseline: "whole",
    replications,
  }));

interface Observed {
  readonly team: PublishedTeam;
  readonly whole: ScenarioResult;
  /** Change of accuracy, the mean over who is faulty. */
  readonly change: Readonly<Record<Fault, MetricValue>>;
}

function observed(results: Results): Observed[] {
  return TEAMS.map((team) => {
    const [whole, ...faulty] = resultsOf(results, team.name);
    const suspects = SUSPECTS[team.name].length;
    const changeBy = (fault: Fault) => {
      const first = KINDS.indexOf(fault) * suspects;
      return meanChange(faulty.slice(first, first + suspects));
    };
    return { team, whole, change: { role: changeBy("role"), messages: changeBy("messages") } };
  });
}

/** Mean of paired changes; its interval is at most as wide as the mean of theirs, which is given. */
function meanChange(faulty: readonly ScenarioResult[]): MetricValue {
  const changes = faulty.map((result) => changeOf(result, "success"));
  const mean = (of: (change: MetricValue) => number | null) =>
    average(changes.map((change) => of(change) ?? Number.NaN));
  return { mean: mean((c) => c.mean), ci: [mean((c) => c.ci[0]), mean((c) => c.ci[1])] };
}

// ---------------------------------------------------------------- targets

const TOLERANCE = absolute(0.03);

/** The level of the task was chosen for the linear team without a fault, and CORRUPTED for its corrupted words. */
function targetsFor({ team, whole, change }: Observed): TargetResult[] {
  const isFitted = team.name === "linear";
  return [
    judged({
      id: `resilience.${team.name}.whole`,
      figure: "Accuracy without a fault",
      title: team.name,
      unit: "share",
      published: team.whole,
      simulated: estimateOf(whole, "success"),
      tolerance: TOLERANCE,
      kind: isFitted ? "calibrated" : "predicted",
      source: SOURCE,
      definition: "share of questions that the team answers correctly",
    }),
    ...KINDS.map((fault) =>
      judged({
        id: `resilience.${team.name}.${fault}`,
        figure: `Change of accuracy: ${FAULT_TITLES[fault]}`,
        title: team.name,
        unit: "share",
        published: team[fault] - team.whole,
        simulated: change[fault],
        tolerance: TOLERANCE,
        kind:
          (isFitted && fault === "messages") || (team.name === "hierarchical" && fault === "role")
            ? "calibrated"
            : "predicted",
        source: SOURCE,
        definition: `accuracy with one faulty member less that without, on the same questions; mean over who is faulty (${SUSPECTS[team.name].join(", ")})`,
      }),
    ),
  ];
}

// ---------------------------------------------------------------- table and figure

function table(all: readonly Observed[]): StudyTable {
  return tableOf(
    {
      name: "teams",
      title: "What a faulty member costs",
      note: "Accuracy without a fault, and its change by one faulty member, the mean over who it is.",
    },
    [...all],
    [
      ["team", "", ({ team }) => team.name],
      ["without a fault", "share", ({ whole }) => estimateOf(whole, "success")],
      [FAULT_TITLES.role, "share", ({ change }) => change.role],
      [FAULT_TITLES.messages, "share", ({ change }) => change.messages],
      ["turns", "per task", ({ whole }) => estimateOf(whole, "turns")],
    ],
  );
}

function figure(all: readonly Observed[]): StudyFigure {
  return {
    name: "resilience",
    title: "A line of agents loses most by a faulty member, a team with a leader least",
    alt: "Change of accuracy by one faulty member for a linear, a flat and a hierarchical team, by two kinds of fault, with published values as marks. The hierarchical team loses least.",
    kind: "dots",
    x: { title: "" },
    y: { title: "Change of accuracy (share)" },
    series: [
      ...KINDS.map((fault) =>
        seriesOf(FAULT_TITLES[fault], all, ({ team, change }) => [team.name, change[fault]]),
      ),
      ...KINDS.map((fault) =>
        seriesOf(
          FAULT_TITLES[fault],
          TEAMS,
          (team) => [team.name, team[fault] - team.whole],
          PUBLISHED,
        ),
      ),
    ],
  };
}

// ---------------------------------------------------------------- the study

/** The study of Huang et al. (arXiv 2408.00989): one faulty member in three kinds of team. */
export const RESILIENCE = defineStudy({
  name: "resilience",
  title: "A faulty member",
  question: "How much does a team lose when one of its members is faulty?",
  source: SOURCE,
  replications: 8192,
  runs: (replications) => runsOf(trials(replications)),
  run: async ({ replications, simulate }) => {
    const all = observed(await simulate(trials(replications)));
    return { targets: all.flatMap(targetsFor), tables: [table(all)], figures: [figure(all)] };
  },
});
