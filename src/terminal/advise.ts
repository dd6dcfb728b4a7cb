// An advice as text for people: what is recommended, how sure that is and what would make it surer; why; and the ranking of the
// candidates.
import type { Advice } from "../advise/advise.ts";
import type { CandidateAdvice } from "../advise/ranking.ts";
import { readMetric } from "../experiment/result.ts";
import { plainNumber } from "../wording/estimate.ts";
import { listText } from "../wording/sentence.ts";
import { type Cell, columnsOf, estimateCell, verdictMark } from "../wording/table.ts";
import { count, wrap, wrapAll } from "../wording/text.ts";
import type { Screen } from "./style.ts";
import { renderTable } from "./table.ts";

/** Metrics beside predicted success, and what their columns are called. */
const METRICS = [
  ["amplification.propagation", "amplification"],
  ["turns", "turns"],
  ["costPerSuccess", "$ per success"],
  ["latency.p95", "p95, s"],
] as const;

export function adviceText(advice: Advice, { colors, width }: Screen): string {
  const { recommended, architectures, constraints, notes } = advice;
  const columns = ["success", "best", ...METRICS.map(([, name]) => name)];
  const rows = architectures.map((candidate) => ({
    label: candidate.name,
    cells: cellsOf(candidate, candidate.name === recommended),
  }));
  const faint = (lines: readonly string[]) => wrapAll(lines, width).map(colors.dim);
  return [
    ...wrap(recommendation(advice), width).map(colors.bold),
    ...wrapAll([...howToTell(advice), advice.why], width),
    "",
    ...faint([task(advice), numberText(advice), circumstances(advice)]),
    "",
    ...renderTable(columnsOf(columns), [{ title: "Candidate", rows }], width, colors),
    ...faint([...legend(advice), ...unmet(architectures, constraints), ...notes.map(note)]),
    "",
  ].join("\n");
}

const note = (text: string) => `note: ${text}`;

/** A share as a percentage of up to three digits. */
export function shareText(share: number): string {
  return `${Number((100 * share).toPrecision(3))} %`;
}

// ---------------------------------------------------------------- what is recommended

function recommendation(advice: Advice): string {
  const { recommended, sure, constraints } = advice;
  const among = constraints.length === 0 ? "" : ` of those with ${listText(constraints)}`;
  return `Recommended: ${recommended}, with a chance of ${chanceText(sure.probabilityBest)} to be the best${among} and an expected loss of ${points(sure.expectedLoss)} of success. ${surer(advice)}`;
}

/** What would make the choice surer, unless it is clear. */
function surer({ sure, next }: Advice): string {
  if (sure.clear) return "The choice is clear.";
  if (next === null)
    return "The choice is open, and no measurement of one candidate would decide it.";
  const { candidate, instances, cost, chanceClear, gain, enough } = next;
  const price = plainNumber(Number(cost.toPrecision(2)));
  const measurement = `${count(instances, "task")} with ${candidate} (about $${price})`;
  return enough
    ? `The choice is open; ${measurement} would decide it with a chance of ${chanceText(chanceClear)}.`
    : `The choice is open; as a first step, ${measurement} are expected to gain ${points(gain)}.`;
}

/** How to tell what was measured. */
const howToTell = ({ next }: Advice): string[] =>
  next === null
    ? []
    : [`Tell the result with --measured ${next.candidate}=RATE:${next.instances}.`];

/** A difference of shares in points. */
function points(share: number): string {
  const value = Number((100 * share).toPrecision(2));
  return share < 0.0005 ? "less than 0.1 points" : `${plainNumber(value)} points`;
}

function chanceText(chance: number): string {
  if (chance > 0 && chance < 0.01) return "< 1 %";
  if (chance < 1 && chance > 0.99) return "> 99 %";
  return `${Math.round(100 * chance)} %`;
}

// ---------------------------------------------------------------- circumstances

function task({ task: name, singleSuccess, instances, measured, family }: Advice): string {
  const found = measured.map(
    ({ candidate, rate, instances: n }) => `${candidate} ${shareText(rate)} of ${n}`,
  );
  return [
    `${name}, where a single agent succeeds in ${shareText(singleSuccess)} of ${count(instances, "task")}`,
    ...(found.length > 0 ? [`measured: ${found.join(", ")}`] : []),
    ...(family === null ? [] : [`family ${family}`]),
  ].join(" · ");
}

function numberText({ number, basis }: Advice): string {
  const { path, value, shipped, teams, pull } = number;
  const own = `${path} = ${plainNumber(value)} gives the single agent this success`;
  if (basis === "stated" || basis === "guessed") return own;
  const mean = `${own} (the mean model: ${plainNumber(shipped.value)}, ${shareText(shipped.success)})`;
  return pull === 1
    ? mean
    : `${mean}; teams are simulated at ${plainNumber(teams.value)} (${shareText(teams.success)}), since ${plainNumber(pull)} of the difference to the mean model is believed for them`;
}

const BASIS = {
  benchmark: "corrected by what simulations miss of published models on the benchmark",
  stated: "with errors as on published benchmarks of known shape",
  guessed: "with errors as on published benchmarks of guessed shape",
  simulation: "as simulated",
} as const satisfies Record<Advice["basis"], string>;

function circumstances({ seed, replications, sets, basis }: Advice): string {
  return `seed ${seed} · ${count(replications, "replication")} of each · success over ${count(sets, "parameter set")}, ${BASIS[basis]} · 95 % intervals`;
}

// ---------------------------------------------------------------- the table

function cellsOf(
  { success, probabilityBest, meets, metrics }: CandidateAdvice,
  isRecommended: boolean,
): Cell[] {
  const isOut = meets.some((met) => met !== true);
  const mark = isRecommended || (isOut ? false : undefined);
  return [
    { ...estimateCell(success), ...verdictMark(mark) },
    { text: chanceText(probabilityBest) },
    ...METRICS.map(([name]) => estimateCell(readMetric(metrics, name))),
  ];
}

function legend({ instances, measured }: Advice): string[] {
  const isSingleMeasured = measured.some(({ candidate }) => candidate === "single");
  const single = isSingleMeasured
    ? ""
    : ` The single agent's interval is that of a share of ${count(instances, "task")}.`;
  return [
    `✓ recommended. success: predicted. best: chance of having the highest success.${single}`,
    "amplification: errors that reach aggregation, against the single agent's on the same tasks.",
  ];
}

/** Which candidates miss which constraints. */
function unmet(candidates: readonly CandidateAdvice[], constraints: readonly string[]): string[] {
  return constraints.flatMap((constraint, i) => {
    const names = candidates.filter(({ meets }) => meets[i] !== true).map(({ name }) => name);
    return names.length === 0 ? [] : [`✗ ${constraint} is not met by ${listText(names)}.`];
  });
}
