// What drives the study kim2025: every architecture on every benchmark with one mechanism less; a map of what the best team
// gains over a single agent, by how sequential a task is and how large the team; and what a tenth of each fitted number does.
import { type AblationCase, ablationTables, mostRuns } from "../ablation.ts";
import { cell } from "../estimates.ts";
import { pairs, tableOf } from "../show.ts";
import type { StudyFigure, StudyPart, StudyTable } from "../study.ts";
import type { Observations } from "./observations.ts";
import { ARCHITECTURES, BENCHMARKS, TEAMS, type Team } from "./published.ts";
import { mostRuns as mostRobustnessRuns, robustnessTable } from "./robustness.ts";
import { fileOf, ONCE, observe, runsOfSeries, type Series } from "./series.ts";

const CASES: readonly AblationCase[] = BENCHMARKS.map((benchmark) => ({
  name: benchmark,
  scenarios: ARCHITECTURES.map((name) => ({ name, file: fileOf(benchmark, name) })),
  baseline: "single",
}));

// ---------------------------------------------------------------- the map

const SEQUENTIALITY = [0, 0.25, 0.5, 0.75, 1] as const;
const WORKERS = [1, 2, 3, 4, 5, 6] as const;

/** The benchmark whose tasks are made more or less sequential. */
const BENCHMARK = "plancraft";

/** Share of the study's replications for each scenario of the map. */
const EFFORT = 0.5;

const teamName = (team: Team, workers: number) => `${team} of ${workers}`;
const groupOf = (sequentiality: number) => `map/${sequentiality}`;

const MAP: readonly Series[] = SEQUENTIALITY.map((sequentiality) => {
  const changes = {
    ...ONCE,
    "task.sharedState": false,
    "task.graph.sequentiality": sequentiality,
  };
  return {
    name: groupOf(sequentiality),
    effort: EFFORT,
    fields: ["success"],
    variants: [
      { name: "single", file: fileOf(BENCHMARK, "single"), changes },
      ...pairs(TEAMS, WORKERS).map(([team, workers]) => ({
        name: teamName(team, workers),
        file: fileOf(BENCHMARK, team),
        changes: { ...changes, "agents.worker.count": workers },
      })),
    ],
  };
});

/** The team that succeeds most often, and what it gains over the single agent. */
function bestOf(observed: Observations, sequentiality: number, workers: number) {
  const group = groupOf(sequentiality);
  const successOf = (name: string) => observed.success(group, name);
  const best = TEAMS.reduce((most, team) => {
    const [one, other] = [team, most].map((name) => successOf(teamName(name, workers)).mean ?? 0);
    return one > other ? team : most;
  });
  const name = teamName(best, workers);
  const gain = observed.estimate(
    (mean) => 100 * (mean(group, name, "success") / mean(group, "single", "success") - 1),
  );
  return {
    ...{ sequentiality, workers, best, gain: cell(gain) },
    ...{ single: cell(successOf("single")), success: cell(successOf(name)) },
  };
}

type Best = ReturnType<typeof bestOf>;

/** Name of the table and of the picture. */
const NAME = "sequentiality-by-size";

function mapTable(places: readonly Best[]): StudyTable {
  return tableOf(
    {
      name: NAME,
      title: "The best team by sequentiality and team size",
      note: `Tasks of ${BENCHMARK}, more or less sequential. Workers are counted; an orchestrator comes on top. The best is chosen by the simulation itself, so its gain is a little too high. The map has half the replications of the other tables.`,
    },
    places,
    [
      ["sequentiality", "share", ({ sequentiality }) => sequentiality],
      ["workers", "agents", ({ workers }) => workers],
      ["best team", "", ({ best }) => best],
      ["its success", "share", ({ success }) => success],
      ["success of the single agent", "share", ({ single }) => single],
      ["change", "%", ({ gain }) => gain],
    ],
  );
}

function mapFigure(places: readonly Best[]): StudyFigure {
  return {
    name: NAME,
    title: "What the best team gains over a single agent",
    alt: "A map over sequentiality and the number of workers: the change of success of the best team against a single agent, in percent.",
    kind: "map",
    x: { title: "share of the claims that build on the one before" },
    y: { title: "workers" },
    value: { title: "change of success, %" },
    series: [
      {
        name: "best team",
        points: places.flatMap(({ sequentiality, workers, gain: { mean, ci } }) => {
          if (mean === null) return [];
          const [low, high] = ci;
          const ends = low === null || high === null ? {} : { low, high };
          return [{ x: sequentiality, y: workers, value: mean, ...ends }];
        }),
      },
    ],
  };
}

// ---------------------------------------------------------------- the part of the study

export const ABLATIONS_OF_KIM2025: StudyPart = {
  replications: 1024,
  runs: (replications) =>
    mostRuns(CASES, replications) +
    runsOfSeries(MAP, replications) +
    mostRobustnessRuns(replications),
  run: async (under) => {
    const tables = await ablationTables(CASES, under);
    const observed = await observe(MAP, under);
    under.pool.signal.throwIfAborted();
    const places = pairs(SEQUENTIALITY, WORKERS).map(([sequentiality, workers]) =>
      bestOf(observed, sequentiality, workers),
    );
    const robustness = await robustnessTable(under);
    return {
      targets: [],
      tables: [...tables, mapTable(places), robustness],
      figures: [mapFigure(places)],
    };
  },
};
