// The answer of a sweep in one sentence: which scenario is best in how many cells, and where the figure that it is about
// is highest and lowest.

import { type MetricTree, type MetricValue, readMetric } from "../../experiment/result.ts";
import { METRICS, type MetricDefinition } from "../../metrics/definitions.ts";
import { plainNumber } from "../../report/estimate.ts";
import { count, grouped } from "../../report/text.ts";
import type { SweepResult, SweepResultRow } from "../../results/results.ts";
import { type Answer, overlap } from "./answer.ts";
import { groupBy } from "./grouping.ts";
import { estimateWords, listText, sentence, unitOf } from "./words.ts";

/** A scenario of a cell with a value. */
interface Point {
  readonly row: SweepResultRow;
  readonly value: MetricValue & { readonly mean: number };
}

/** What a sweep comes to, in the terms of the first metric that it is to show. */
export function sweepAnswer(result: SweepResult): Answer {
  if (result.rows.length === 0) return { lead: "This sweep has no cells.", more: [] };
  const metric = subjectOf(result);
  const points = pointsOf(result, metric);
  if (points.length === 0)
    return {
      lead: result.rows.some((row) => row.metrics !== undefined)
        ? `${metric.title} has no value in any cell of this sweep.`
        : "Nothing of this sweep was run yet.",
      more: [],
    };
  const sentences = [winnersSentence(points, metric), extremesSentence(points, metric)];
  const [lead, ...more] = sentences.filter((text) => text !== undefined);
  return { lead, more };
}

/** The metric that the answer is about. */
function subjectOf({ metrics }: SweepResult): MetricDefinition {
  return METRICS.find(({ name }) => name === metrics[0]) ?? METRICS[0];
}

function pointsOf({ rows }: SweepResult, metric: MetricDefinition): Point[] {
  return rows.flatMap((row) => {
    const value = row.metrics && readMetric(row.metrics as MetricTree, metric.name);
    if (value === undefined || value.mean === null) return [];
    return [{ row, value: { ...value, mean: value.mean } }];
  });
}

// ---------------------------------------------------------------- who is best

/** In how many cells each scenario is the best; undefined where cells have one scenario only. */
function winnersSentence(points: readonly Point[], metric: MetricDefinition): string | undefined {
  const cells = groupBy(points, ({ row }) => row.cell);
  const contests = [...cells.values()].filter((cell) => cell.length > 1);
  if (contests.length === 0) return undefined;
  const wins = new Map<string, number>();
  let open = 0;
  for (const cell of contests) {
    const [best, ...rest] = [...cell].sort(betterFirst(metric));
    if (rest.some((one) => overlap(best.value, one.value))) open++;
    else wins.set(best.row.scenario, (wins.get(best.row.scenario) ?? 0) + 1);
  }
  const crowd = count(contests.length, "cell");
  const what = `${metric.better === "lower" ? "lowest" : "highest"} ${lower(metric.title)}`;
  if (wins.size === 0)
    return sentence(`in none of ${crowd} can be told which scenario has the ${what}`);
  const ranked = [...wins].sort(([, a], [, b]) => b - a);
  const told = ranked.map(([name, number], i) =>
    i === 0
      ? `${name} has the ${what} in ${share(number, contests.length)}`
      : `${name} in ${grouped(number)}`,
  );
  const rest =
    open === 0 ? "" : `; in ${grouped(open)} the best cannot be told apart from the next`;
  return sentence(`of ${crowd} ${listText(told)}${rest}`);
}

const share = (number: number, of: number) => (number === of ? "all" : grouped(number));

const betterFirst =
  ({ better }: MetricDefinition) =>
  (a: Point, b: Point) =>
    better === "lower" ? a.value.mean - b.value.mean : b.value.mean - a.value.mean;

// ---------------------------------------------------------------- where

/** Where the figure is highest and lowest. */
function extremesSentence(points: readonly Point[], metric: MetricDefinition): string {
  const ranked = [...points].sort((a, b) => b.value.mean - a.value.mean);
  const highest = ranked[0];
  const lowest = ranked[ranked.length - 1];
  const told = (point: Point) => estimateWords(point.value, unitOf(metric));
  if (points.length === 1) return `${metric.title} is ${told(highest)} ${placeOf(highest)}.`;
  if (overlap(highest.value, lowest.value))
    return `${metric.title} does not tell the cells apart: it lies between ${told(lowest)} and ${told(highest)}, and the intervals overlap.`;
  return `${metric.title} is highest ${placeOf(highest)}: ${told(highest)}; it is lowest ${placeOf(lowest)}: ${told(lowest)}.`;
}

function placeOf({ row }: Point): string {
  const factors = factorsText(row);
  return `with ${row.scenario}${factors === "" ? "" : ` at ${factors}`}`;
}

/** The factors of a row with their values: `agents 3, errorRate 0.1`. */
export function factorsText({ factors }: Pick<SweepResultRow, "factors">): string {
  return Object.entries(factors)
    .map(([name, value]) => `${name} ${typeof value === "number" ? plainNumber(value) : value}`)
    .join(", ");
}

const lower = (title: string) => title[0].toLowerCase() + title.slice(1);
