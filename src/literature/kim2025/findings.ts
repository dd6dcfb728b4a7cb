// What the study kim2025 tells beside its targets: amplification on each benchmark by each of its definitions, with the ways
// to average it beside the published value, as tables; and that of errors that propagate as a picture.
import { cell } from "../estimates.ts";
import type { TargetResult } from "../judging.ts";
import { type Column, PUBLISHED, seriesOf, tableOf } from "../show.ts";
import type { Findings, StudyEstimate, StudyFigure, StudyTable } from "../study.ts";
import { type AmplificationName, amplificationOf, DEFINITIONS } from "./amplification.ts";
import { AVERAGES, type Average, quotientOn } from "./definitions.ts";
import type { Observations } from "./observations.ts";
import { BENCHMARKS, type Benchmark, TEAMS, type Team } from "./published.ts";

/** Name of the table of errors that propagate, and of the picture. */
export const BY_BENCHMARK = "amplification-by-benchmark";

/** Names of the tables. */
const TABLES: Readonly<Record<AmplificationName, string>> = {
  propagation: BY_BENCHMARK,
  task: "amplification-task",
  trace: "amplification-trace",
};

export function findings(
  observed: Observations,
  targets: readonly TargetResult[],
): Pick<Findings, "tables" | "figures"> {
  const names = Object.keys(DEFINITIONS) as AmplificationName[];
  return {
    tables: names.map((name) => amplificationTable(observed, name)),
    figures: [figureOf(observed, targets)],
  };
}

function ratioOn(
  observed: Observations,
  name: AmplificationName,
  team: Team,
  benchmark: Benchmark,
): StudyEstimate {
  const ratio = quotientOn(amplificationOf(name, team));
  return cell(observed.estimate((mean) => ratio(mean, benchmark)));
}

/** Each team on each benchmark, the averages of that, and what is published. */
function amplificationTable(observed: Observations, name: AmplificationName): StudyTable {
  const { title, text, note, published } = DEFINITIONS[name];
  const onBenchmark = (benchmark: Benchmark): Column<Team> => [
    benchmark,
    "",
    (team) => ratioOn(observed, name, team, benchmark),
  ];
  const averaged = (how: Average): Column<Team> => [
    how,
    "",
    (team) => cell(observed.estimate(AVERAGES[how].of(amplificationOf(name, team)))),
  ];
  return tableOf({ name: TABLES[name], title, note: `${text}. ${note}` }, TEAMS, [
    ["architecture", "", (team) => team],
    ...BENCHMARKS.map(onBenchmark),
    ...(Object.keys(AVERAGES) as Average[]).map(averaged),
    ["published", "", published],
  ]);
}

const MEAN = "geometric mean of the benchmarks";

function figureOf(observed: Observations, targets: readonly TargetResult[]): StudyFigure {
  const held = targets.filter(({ id }) => id.startsWith("kim2025.amplification."));
  const published = seriesOf(
    MEAN,
    held,
    ({ title, published: mean, publishedCi: ci }) => [title, ci === null ? mean : { mean, ci }],
    PUBLISHED,
  );
  const mean = seriesOf(MEAN, held, ({ title, simulated }) => [title, simulated]);
  const each = BENCHMARKS.map((benchmark) =>
    seriesOf(benchmark, TEAMS, (team) => [team, ratioOn(observed, "propagation", team, benchmark)]),
  );
  return {
    name: BY_BENCHMARK,
    title: DEFINITIONS.propagation.title,
    alt: "Dots for each team: its amplification on each benchmark and their geometric mean, beside the published mean.",
    kind: "dots",
    x: { title: "" },
    y: { title: "amplification, ratio", scale: "log" },
    series: [mean, published, ...each],
  };
}
