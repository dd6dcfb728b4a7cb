// What the study kim2025 tells beside its targets: the amplification of each benchmark, of which the published figures are
// means, as a table and as a picture.
import { cell } from "../estimates.ts";
import type { TargetResult } from "../judging.ts";
import { type Column, PUBLISHED, seriesOf, tableOf } from "../show.ts";
import type { Findings, StudyEstimate, StudyFigure } from "../study.ts";
import type { Observations } from "./observations.ts";
import { BENCHMARKS, type Benchmark, TEAMS, type Team } from "./published.ts";

/** Name of the table and of the picture. */
export const BY_BENCHMARK = "amplification-by-benchmark";

const TITLE = "Errors that reach aggregation, relative to the single agent";

export function findings(
  observed: Observations,
  targets: readonly TargetResult[],
): Pick<Findings, "tables" | "figures"> {
  const ratios = TEAMS.map((team) => ({
    team,
    each: BENCHMARKS.map((benchmark) => cell(observed.estimate(amplification(team, benchmark)))),
  }));
  return {
    tables: [tableOf({ name: BY_BENCHMARK, title: TITLE }, ratios, COLUMNS)],
    figures: [figureOf(ratios, targets)],
  };
}

/** The amplification of a team on each benchmark. */
interface Ratios {
  readonly team: Team;
  readonly each: readonly StudyEstimate[];
}

/** E / E_s of one benchmark. */
const amplification =
  (team: Team, benchmark: Benchmark): Parameters<Observations["estimate"]>[0] =>
  (mean) =>
    mean(benchmark, team, "errorsAtAggregation") / mean(benchmark, "single", "errorsAtAggregation");

const COLUMNS: readonly Column<Ratios>[] = [
  ["architecture", "", ({ team }) => team],
  ...BENCHMARKS.map((name, i): Column<Ratios> => [name, "", ({ each }) => each[i]]),
];

const MEAN = "mean of the benchmarks";

function figureOf(ratios: readonly Ratios[], targets: readonly TargetResult[]): StudyFigure {
  const held = targets.filter(({ id }) => id.startsWith("kim2025.amplification."));
  const published = seriesOf(
    MEAN,
    held,
    ({ title, published: mean, publishedCi: ci }) => [title, ci === null ? mean : { mean, ci }],
    PUBLISHED,
  );
  const mean = seriesOf(MEAN, held, ({ title, simulated }) => [title, simulated]);
  const each = BENCHMARKS.map((benchmark, i) =>
    seriesOf(benchmark, ratios, ({ team, each }) => [team, each[i]]),
  );
  return {
    name: BY_BENCHMARK,
    title: TITLE,
    alt: "Dots for each team: its amplification on each benchmark and their mean, beside the published mean.",
    kind: "dots",
    x: { title: "" },
    y: { title: "amplification, ratio", scale: "log" },
    series: [mean, published, ...each],
  };
}
