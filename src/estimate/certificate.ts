// The certificate: what runs show, held against what the estimated scenario gives. Tasks are dealt into folds; each fold is held
// against a scenario that was estimated without it.
import type { MetricValue } from "../experiment/result.ts";
import type { LoggedRun } from "../logs/run.ts";
import { hash32 } from "../numerics/draws.ts";
import { addTo } from "../numerics/grouping.ts";
import { quantile } from "../numerics/statistics.ts";
import type { OutcomeEstimates } from "./estimates.ts";
import { taskOf } from "./gather.ts";
import { clustersOf, each, hit, meanOf, shareOf } from "./measures.ts";
import { estimateOutcomes } from "./outcomes.ts";
import type { FigureName } from "./simulating.ts";

/** One figure, observed and simulated. */
export interface CertificateRow {
  readonly figure: FigureName;
  readonly observed: {
    readonly value: number;
    readonly interval: readonly [low: number, high: number];
  };
  /** The mean over the folds, by their runs. */
  readonly simulated: {
    readonly value: number;
    readonly interval: readonly [low: number, high: number];
  };
  /** Simulated less observed. */
  readonly distance: number;
  /** Whether the simulated value lies in the observed interval. */
  readonly isWithin: boolean;
  readonly runs: number;
}

export interface Certificate {
  /** Whether each fold was held against a scenario estimated without it; with too few tasks all runs were. */
  readonly isHeldOut: boolean;
  readonly folds: number;
  readonly rows: readonly CertificateRow[];
}

/** Folds, where there are tasks enough for them. */
const FOLDS = 5;
/** Fewer tasks than this say too little of others to be left out. */
const FEWEST_TASKS = 10;

/** Runs by fold: all runs of a task are in one. A single list where tasks are too few. */
export function foldsOf(runs: readonly LoggedRun[]): readonly (readonly LoggedRun[])[] {
  const tasks = new Set(runs.map(taskOf));
  if (tasks.size < FEWEST_TASKS) return [runs];
  const folds = new Map<number, LoggedRun[]>();
  for (const run of runs) addTo(folds, hash32(`fold ${taskOf(run)}`) % FOLDS, run);
  return [...folds].sort(([a], [b]) => a - b).map(([, fold]) => fold);
}

/** What was simulated for a fold. */
export interface FoldFigures {
  readonly runs: number;
  readonly figures: ReadonlyMap<FigureName, MetricValue>;
}

/**
 * @param runs all runs of all folds
 * @param folds what was simulated for each
 */
export function certificateOf(
  runs: readonly LoggedRun[],
  folds: readonly FoldFigures[],
): Certificate {
  const rows = [...observedFigures(runs)].flatMap(([figure, observed]): CertificateRow[] => {
    const simulated = meanOver(figure, folds);
    if (simulated === undefined) return [];
    const { value, interval } = observed;
    const slack = ROUNDING * Math.abs(value);
    const isWithin =
      simulated.value >= interval[0] - slack && simulated.value <= interval[1] + slack;
    return [
      {
        figure,
        observed: { value, interval },
        simulated,
        distance: simulated.value - value,
        isWithin,
        runs: observed.runs,
      },
    ];
  });
  return { isHeldOut: folds.length > 1, folds: folds.length, rows };
}

function meanOver(figure: FigureName, folds: readonly FoldFigures[]) {
  let [sum, weight] = [0, 0];
  const half = [0, 0];
  for (const { runs, figures } of folds) {
    const found = figures.get(figure);
    if (found === undefined || found.mean === null) return undefined;
    const { mean, ci } = found;
    sum += runs * mean;
    weight += runs;
    // Folds share their draws: their half-widths add up.
    for (const side of [0, 1]) half[side] += runs * Math.abs((ci[side] ?? mean) - mean);
  }
  const value = sum / weight;
  const interval = [plain(value - half[0] / weight), plain(value + half[1] / weight)] as const;
  return { value: plain(value), interval };
}

/** What sums of many numbers may be off by. */
const ROUNDING = 1e-6;

/** Without digits that tell nothing. */
const plain = (x: number) => Number(x.toPrecision(9));

// ---------------------------------------------------------------- observed

interface Observed {
  readonly value: number;
  readonly interval: readonly [low: number, high: number];
  readonly runs: number;
}

/** What runs show, with 95 % intervals that hold although runs of a task are alike. */
export function observedFigures(runs: readonly LoggedRun[]): Map<FigureName, Observed> {
  const complete = runs.filter(({ isComplete }) => isComplete);
  const found = new Map<FigureName, Observed>();
  const put = (figure: FigureName, observed: Observed | undefined) => {
    if (observed !== undefined) found.set(figure, observed);
  };
  const outcome = estimateOutcomes(runs);
  if (outcome !== undefined) putOutcome(outcome, put);
  put(
    "turns",
    meanPerRun(complete, ({ turns }) => turns.length),
  );
  put(
    "inputTokens",
    meanPerRun(complete, (run) => sumOf(run, ({ inputTokens }) => inputTokens)),
  );
  put("outputTokens", meanPerRun(complete, outputTokensOf));
  for (const percent of [50, 95] as const)
    put(`latency.p${percent}`, quantileOf(complete, percent / 100));
  return found;
}

function putOutcome(
  { success, passHat }: OutcomeEstimates,
  put: (figure: FigureName, observed: Observed) => void,
): void {
  const { value, interval, count: runs } = success;
  put("success", { value, interval, runs });
  for (const { k, observed, interval } of passHat)
    if (k > 1) put(`pass^${k}`, { value: observed, interval, runs });
}

function meanPerRun(
  runs: readonly LoggedRun[],
  amountOf: (run: LoggedRun) => number | undefined,
): Observed | undefined {
  const clusters = clustersOf(runs, (run) => {
    const amount = amountOf(run);
    return amount === undefined ? [] : [each(amount)];
  });
  const mean = meanOf(clusters, "runs");
  return mean && { value: mean.value, interval: mean.interval, runs: mean.count };
}

/** The sum over the turns of a run; undefined where no turn says it. */
function sumOf(
  { turns }: LoggedRun,
  amountOf: (turn: LoggedRun["turns"][number]) => number | undefined,
): number | undefined {
  const amounts = turns.flatMap((turn) => amountOf(turn) ?? []);
  return amounts.length === 0 ? undefined : amounts.reduce((sum, x) => sum + x, 0);
}

/** Those of messages included, where a log counts them apart; undefined where no turn states any. */
function outputTokensOf(run: LoggedRun): number | undefined {
  const ofTurns = sumOf(run, ({ outputTokens }) => outputTokens);
  return ofTurns && run.messages.reduce((sum, { tokens = 0 }) => sum + tokens, ofTurns);
}

/** Fewest runs of which a quantile has an interval. */
const FEWEST = 5;

/**
 * A quantile of how long runs take. Its interval is that of the share of the runs that are as fast, clustered by task, turned into
 * durations (Woodruff 1952).
 */
function quantileOf(runs: readonly LoggedRun[], p: number): Observed | undefined {
  const all = runs.flatMap(({ seconds }) => seconds ?? []);
  if (all.length < FEWEST) return undefined;
  const value = quantile(all, p);
  const isFast = clustersOf(runs, ({ seconds }) =>
    seconds === undefined ? [] : [hit(seconds <= value)],
  );
  const [low, high] = shareOf(isFast, "runs")?.interval ?? [0, 1];
  const interval = [
    Math.min(value, quantile(all, low)),
    Math.max(value, quantile(all, high)),
  ] as const;
  return { value, interval, runs: all.length };
}
