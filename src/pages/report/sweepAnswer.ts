// The answer of a sweep in one sentence: which scenario is best in how many combinations of the factors, and which factor moves
// the figure that it is about most; then where that figure is highest and lowest.
import { type MetricTree, type MetricValue, readMetric } from "../../experiment/result.ts";
import { METRICS, type MetricDefinition } from "../../metrics/definitions.ts";
import { groupBy } from "../../numerics/grouping.ts";
import { average } from "../../numerics/statistics.ts";
import type { SweepResult, SweepResultRow } from "../../results/results.ts";
import { factorValueText } from "../../wording/estimate.ts";
import { estimateWords, listText, meanWords, sentence, unitOf } from "../../wording/sentence.ts";
import { count, grouped, uncapitalized } from "../../wording/text.ts";
import type { Answer } from "./answer.ts";
import { overlap } from "./candidates.ts";

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
  // Where a baseline comes with every cell, it competes there; else those compete that have the same factors.
  const contestOf = ({ row }: Point) =>
    result.baseline === undefined ? JSON.stringify(row.factors) : `${row.cell}`;
  const contests = [...groupBy(points, contestOf).values()].filter((some) => some.length > 1);
  const clauses = [winnersClause(contests, metric), effectClause(points, metric)];
  const told = clauses.filter((text) => text !== undefined);
  const extremes = extremesSentence(points, metric);
  if (told.length === 0) return { lead: extremes, more: [] };
  return { lead: sentence(told.join("; "), told[0] === clauses[0]), more: [extremes] };
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

/** In how many combinations each scenario is the best; undefined where there is one scenario only. */
function winnersClause(
  contests: readonly (readonly Point[])[],
  metric: MetricDefinition,
): string | undefined {
  if (contests.length === 0) return undefined;
  const wins = new Map<string, number>();
  let open = 0;
  for (const cell of contests) {
    const [best, ...rest] = [...cell].sort(betterFirst(metric));
    if (rest.some((one) => overlap(best.value, one.value))) open++;
    else wins.set(best.row.scenario, (wins.get(best.row.scenario) ?? 0) + 1);
  }
  const crowd = count(contests.length, "combination");
  if (wins.size === 0) return `No scenario ${isBestText(metric)} for certain in any of ${crowd}`;
  const ranked = [...wins].sort(([, a], [, b]) => b - a);
  const told = ranked.map(([name, number], i) =>
    i === 0
      ? `${name} ${isBestText(metric)} in ${number === contests.length ? `all ${crowd}` : `${grouped(number)} of ${crowd}`}`
      : `${name} in ${grouped(number)}`,
  );
  const rest = open === 0 ? "" : `, while ${grouped(open)} cannot be told`;
  return `${listText(told)}${rest}`;
}

/** What the best of some scenarios does. */
function isBestText({ name, better, title }: MetricDefinition): string {
  if (name === "success") return "succeeds most often";
  return `has the ${better === "lower" ? "lowest" : "highest"} ${uncapitalized(title)}`;
}

const betterFirst =
  ({ better }: MetricDefinition) =>
  (a: Point, b: Point) =>
    better === "lower" ? a.value.mean - b.value.mean : b.value.mean - a.value.mean;

// ---------------------------------------------------------------- what matters

/** Some values of a factor, and what the figure is there on average. */
interface Level {
  readonly label: string;
  readonly value: MetricValue & { readonly mean: number };
}

interface Effect {
  readonly scenario: string;
  readonly factor: string;
  /** In the order of the factor's values. */
  readonly levels: readonly Level[];
  readonly lowest: Level;
  readonly highest: Level;
}

/** The factor that moves the figure most in some scenario; undefined where none does for certain. */
function effectClause(points: readonly Point[], metric: MetricDefinition): string | undefined {
  const effects = [...groupBy(points, ({ row }) => row.scenario)].flatMap(([scenario, own]) =>
    Object.keys(own[0].row.factors).flatMap((factor) => effectOf(scenario, factor, own) ?? []),
  );
  const sizeOf = ({ highest, lowest }: Effect) => highest.value.mean - lowest.value.mean;
  const [largest] = effects.sort((a, b) => sizeOf(b) - sizeOf(a));
  if (largest === undefined) return undefined;
  const { scenario, factor, levels, lowest, highest } = largest;
  const whose = new Set(points.map(({ row }) => row.scenario)).size > 1 ? ` of ${scenario}` : "";
  const subject = `${uncapitalized(metric.title)}${whose}`;
  const figure = ({ value }: Level) => meanWords(value, unitOf(metric));
  const [first, last] = [levels[0], levels[levels.length - 1]];
  const isOneWay = [first, last].includes(lowest) && [first, last].includes(highest);
  if (isOneWay)
    return `${subject} ${last === highest ? "rises" : "falls"} from ${figure(first)} to ${figure(last)} as ${factor} goes from ${first.label} to ${last.label}`;
  return `${subject} is highest at ${factor} ${highest.label}, ${figure(highest)}, and lowest at ${factor} ${lowest.label}, ${figure(lowest)}`;
}

/** Undefined where chance may explain all differences between the values of a factor. */
function effectOf(scenario: string, factor: string, points: readonly Point[]): Effect | undefined {
  const levels = levelsOf(factor, points);
  const ranked = [...levels].sort((a, b) => a.value.mean - b.value.mean);
  const [lowest, highest] = [ranked[0], ranked[ranked.length - 1]];
  if (levels.length < 2 || overlap(lowest.value, highest.value)) return undefined;
  return { scenario, factor, levels, lowest, highest };
}

/** Values of a factor that are told one by one; more are gathered to as many parts with equally many points. */
const MOST_LEVELS = 8;

function levelsOf(factor: string, points: readonly Point[]): Level[] {
  const factorOf = ({ row }: Point) => row.factors[factor];
  const byValue = [...groupBy(points, factorOf)];
  const areNumbers = byValue.every(([value]) => typeof value === "number");
  if (areNumbers) byValue.sort(([a], [b]) => (a as number) - (b as number));
  if (!areNumbers || byValue.length <= MOST_LEVELS)
    return byValue.map(([value, own]) => ({ label: factorValueText(value), value: meanOf(own) }));
  const parts = Math.min(4, byValue.length);
  return Array.from({ length: parts }, (_, i) => {
    const [begin, end] = [i, i + 1].map((k) => Math.round((k * byValue.length) / parts));
    const part = byValue.slice(begin, end);
    const ends = [part[0], part[part.length - 1]].map(([value]) =>
      factorValueText(tidy(value as number)),
    );
    return { label: ends.join("–"), value: meanOf(part.flatMap(([, own]) => own)) };
  });
}

/** Enough digits to tell parts of a range apart. */
const tidy = (x: number) => Number(x.toPrecision(2));

/**
 * The mean of some estimates. Its interval is as wide as theirs are on average: cells share their draws, so that their errors
 * do not cancel each other.
 */
function meanOf(points: readonly Point[]): Level["value"] {
  const mean = (of: (value: Point["value"]) => number) =>
    average(points.map(({ value }) => of(value)));
  const bound = (end: 0 | 1, otherwise: number) => {
    const at = mean(({ ci }) => ci[end] ?? otherwise);
    return Number.isFinite(at) ? at : null;
  };
  return {
    mean: mean((value) => value.mean),
    ci: [bound(0, Number.NEGATIVE_INFINITY), bound(1, Number.POSITIVE_INFINITY)],
  };
}

// ---------------------------------------------------------------- where

/** Where the figure is highest and lowest. */
function extremesSentence(points: readonly Point[], metric: MetricDefinition): string {
  const ranked = [...points].sort((a, b) => b.value.mean - a.value.mean);
  const highest = ranked[0];
  const lowest = ranked[ranked.length - 1];
  const told = (point: Point) => estimateWords(point.value, unitOf(metric));
  if (points.length === 1) return `${metric.title} is ${told(highest)} ${placeOf(highest)}.`;
  if (overlap(highest.value, lowest.value))
    return `${metric.title} does not tell the combinations apart: it lies between ${told(lowest)} and ${told(highest)}, and the intervals overlap.`;
  return `${metric.title} is highest ${placeOf(highest)}: ${told(highest)}; it is lowest ${placeOf(lowest)}: ${told(lowest)}.`;
}

function placeOf({ row }: Point): string {
  const factors = factorsText(row);
  return `with ${row.scenario}${factors === "" ? "" : ` at ${factors}`}`;
}

/** The factors of a row with their values: `agents 3, errorRate 0.1`. */
export function factorsText({ factors }: Pick<SweepResultRow, "factors">): string {
  return Object.entries(factors)
    .map(([name, value]) => `${name} ${factorValueText(value)}`)
    .join(", ");
}
