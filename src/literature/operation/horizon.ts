// Success against the length of a task, without and with a spread of difficulty between instances: how much longer is
// what an agent does every other time than what it does four times in five?
//
// What its figures show: without a spread the ratio is ln .5 / ln .8 whatever the agent is, which is an identity. With the
// spread of the study's requests, which nobody chose for it, it is predicted. The shape of the Weibull distribution is
// derived from that ratio by a formula: the same verdict in another unit.
import type { ScenarioResult } from "../../experiment/result.ts";
import { fromLog } from "../estimates.ts";
import { judgedAll, type TargetResult } from "../judging.ts";
import { seriesOf, tableOf } from "../show.ts";
import { estimateOf, type Results, resultsOf, type Trial } from "../simulate.ts";
import type { StudyEstimate, StudyFigure, StudyTable } from "../study.ts";
import { between, relative } from "../target.ts";
import {
  CONSTANT_HAZARD_RATIO,
  HORIZON_SOURCE,
  MEASURED_RATIO,
  WEIBULL_SHAPE,
} from "./published.ts";

export const LENGTHS = [1, 2, 4, 6, 8, 12, 16, 24, 32, 48, 64, 128, 192];

/** Spread of the shipped scenario, and others to see what it does. */
const SPREAD = 1.5;
export const SPREADS = [0, 0.75, SPREAD, 2.25];

const trialOf = (spread: number) => `horizon ${spread}`;

export function horizonTrials(replications: number): Trial[] {
  return SPREADS.map((spread) => ({
    name: trialOf(spread),
    replications,
    scenarios: LENGTHS.map((length) => ({
      file: "operation/horizon.yaml",
      changes: { "task.graph.size": length, "task.difficultySpread": spread, repeats: 1 },
    })),
  }));
}

/** A length on a logarithmic scale with its standard error. */
interface LogLength {
  readonly log: number;
  readonly error: number;
}

/**
 * The length at which a share of the runs succeeds: between the two lengths around it, ln(-ln S) is taken as a straight
 * line in ln(length), which it is exactly for a Weibull distribution.
 */
export function lengthAt(share: number, results: readonly ScenarioResult[]): LogLength | undefined {
  const success = results.map((result) => estimateOf(result, "success"));
  const after = success.findIndex(({ mean }) => mean !== null && mean < share);
  if (after < 1) return undefined;
  const [above, below] = [success[after - 1], success[after]].map(doubleLog);
  if (!Number.isFinite(above.value)) return undefined;
  const [from, to] = [Math.log(LENGTHS[after - 1]), Math.log(LENGTHS[after])];
  const slope = (below.value - above.value) / (to - from);
  const weight = (Math.log(-Math.log(share)) - above.value) / (below.value - above.value);
  const error = Math.hypot((1 - weight) * above.error, weight * below.error) / slope;
  return { log: from + weight * (to - from), error };
}

/** ln(-ln S) and its standard error. */
function doubleLog({ mean, ci: [low, high] }: StudyEstimate) {
  const share = mean ?? 0;
  const error = ((high ?? share) - (low ?? share)) / (2 * 1.96);
  return { value: Math.log(-Math.log(share)), error: error / (share * -Math.log(share)) };
}

/** T50/T80. The two lengths are taken as independent, which makes the interval wide rather than narrow. */
function ratioOf(results: readonly ScenarioResult[]): StudyEstimate {
  const [half, four] = [lengthAt(0.5, results), lengthAt(0.8, results)];
  if (half === undefined || four === undefined) return { mean: null, ci: [null, null] };
  return fromLog(half.log - four.log, Math.hypot(half.error, four.error));
}

/** Shape of the Weibull distribution with the same T50/T80: S(t) = exp(-(t / scale)^shape). */
export function shapeOf({ mean, ci: [low, high] }: StudyEstimate): StudyEstimate {
  const shape = (ratio: number | null) =>
    ratio === null ? null : Math.log(Math.log(0.5) / Math.log(0.8)) / Math.log(ratio);
  return { mean: shape(mean), ci: [shape(high), shape(low)] };
}

export function horizonTargets(results: Results): TargetResult[] {
  const ratio = ratioOf(resultsOf(results, trialOf(SPREAD)));
  const common = { figure: "Success against length", unit: "ratio", source: HORIZON_SOURCE };
  const note =
    "The spread of difficulty is that of this study's requests, chosen before lengths were looked at. The table shows other spreads.";
  return judgedAll({ ...common, kind: "predicted" }, [
    {
      id: "operation.horizon.constant",
      kind: "identity",
      title: "T50/T80 of equally difficult instances",
      published: CONSTANT_HAZARD_RATIO,
      tolerance: relative(0.1),
      simulated: ratioOf(resultsOf(results, trialOf(0))),
      definition:
        "Length of the chain that succeeds in 50 % of the runs over that which does in 80 %, without a spread of difficulty: a constant hazard",
    },
    {
      id: "operation.horizon.ratio",
      title: "T50/T80 with a spread of difficulty",
      ...between(MEASURED_RATIO),
      simulated: ratio,
      definition: "The same where instances differ in difficulty; published: 4 to 6",
      note,
    },
    {
      id: "operation.horizon.shape",
      kind: "derived",
      title: "Shape of the Weibull distribution",
      ...between(WEIBULL_SHAPE),
      simulated: shapeOf(ratio),
      definition:
        "ln(ln .5 / ln .8) / ln(T50/T80): the Weibull distribution with the simulated T50 and T80; published: 0.6 to 0.7",
      note,
    },
  ]);
}

export function horizonTable(results: Results): StudyTable {
  const spreads = SPREADS.map((spread) => {
    const of = resultsOf(results, trialOf(spread));
    return { spread, of, ratio: ratioOf(of) };
  });
  const length = (share: number, of: readonly ScenarioResult[]) => {
    const found = lengthAt(share, of);
    return found === undefined ? null : fromLog(found.log, found.error);
  };
  return tableOf(
    {
      name: "horizon",
      title: "What a spread of difficulty does to success against length",
      note: "All steps of an instance share its difficulty.",
    },
    spreads,
    [
      ["spread of difficulty", "log-odds", ({ spread }) => spread],
      ["T80", "claims", ({ of }) => length(0.8, of)],
      ["T50", "claims", ({ of }) => length(0.5, of)],
      ["T50/T80", "ratio", ({ ratio }) => ratio],
      ["Weibull shape", "ratio", ({ ratio }) => shapeOf(ratio)],
      ["success at 8 T60", "share", ({ of }) => successAt(8, lengthAt(0.6, of), of)],
    ],
  );
}

/** Success at a multiple of a length, by the same interpolation. */
function successAt(
  times: number,
  length: LogLength | undefined,
  results: readonly ScenarioResult[],
): number | null {
  if (length === undefined) return null;
  const log = length.log + Math.log(times);
  const after = LENGTHS.findIndex((one) => Math.log(one) >= log);
  if (after < 1) return null;
  const [above, below] = [after - 1, after].map(
    (i) => doubleLog(estimateOf(results[i], "success")).value,
  );
  const [from, to] = [Math.log(LENGTHS[after - 1]), Math.log(LENGTHS[after])];
  return Math.exp(-Math.exp(above + ((log - from) / (to - from)) * (below - above)));
}

export function horizonFigure(results: Results): StudyFigure {
  return {
    name: "horizon",
    title: "The longer the task, the less of it gets done; less steeply where instances differ",
    alt: "Success falls with the number of claims in a chain. With a spread of difficulty it falls earlier and ends later.",
    kind: "lines",
    x: { title: "Claims in the task", scale: "log" },
    y: { title: "Success" },
    series: SPREADS.map((spread) =>
      seriesOf(
        spread === 0 ? "equally difficult" : `spread ${spread} log-odds`,
        resultsOf(results, trialOf(spread)),
        (result, i) => [LENGTHS[i], estimateOf(result, "success")],
      ),
    ),
  };
}
