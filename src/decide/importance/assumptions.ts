// Which assumption decides: sensitivity indices of a metric over the numbers that are not known exactly.
//
// What is explained is the variance of the metric's mean over what the numbers may be. The noise of the simulation is no part of it:
// each point is simulated under two seeds, and the estimators multiply what differs under one by what differs under the other
// (`numerics/sensitivity/indices.ts`). The seed is told apart, as an input of its own.
import { toValue } from "../../experiment/result.ts";
import type { Interval } from "../../numerics/intervals.ts";
import type { SensitivityIndices } from "../../numerics/sensitivity/indices.ts";
import { clamp, quantile } from "../../numerics/statistics.ts";
import { tasksOf } from "../../scenario/compiling/compile.ts";
import type { Scenario } from "../../scenario/schema.ts";
import { instancesWith } from "../blockSize.ts";
import type { Estimate } from "../estimate.ts";
import type { Trials } from "../trials.ts";
import { Design, MOST_MEASURED, planOf, type Size } from "./design.ts";
import type {
  Answer,
  Assumptions,
  AssumptionsVerdict,
  InputImportance,
  Measure,
  Noise,
} from "./document.ts";
import { type Input, pathsOf } from "./inputs.ts";
import { Responses } from "./response.ts";
import { type Screening, screen } from "./screening.ts";

export interface AssumptionsOptions {
  /** In which the inputs are uncertain. */
  readonly scenario: Scenario;
  /** One or more. */
  readonly inputs: readonly Input[];
  /** One of those of the trials. */
  readonly metric: string;
  readonly seed: string;
  readonly size: Size;
  readonly onProgress?: ((share: number) => void) | undefined;
}

/** Replications of all together where no size is given; of a stream, tasks. */
export const REPLICATIONS = 524_288;

/** Tasks of one value: two nets. */
const TASKS = 64;

/** Fewest instances that make one value. */
const FEWEST_STREAMS = 2;

/** Points that may be undefined, as a share: with more, what is left is no fair picture of the inputs. */
const MOST_UNDEFINED = 0.05;

/**
 * @throws BudgetError when the replications do not suffice
 * @throws ScenarioError where values of the inputs make no valid scenario
 */
export async function assumptions(
  trials: Trials,
  { scenario, inputs, metric, seed, size, onProgress }: AssumptionsOptions,
): Promise<Assumptions> {
  const tasks = tasksOf(scenario);
  const instances = Math.max(FEWEST_STREAMS, instancesWith(TASKS, [scenario]));
  const perValue = instances * trials.repeatsOf(scenario);
  const plan = planOf(inputs.length, size, perValue, REPLICATIONS / tasks);
  const responses = new Responses(trials, scenario, { metric, seed, instances });
  let points = 0;
  const onBase = (more: number) => {
    points += more;
    onProgress?.(Math.min(1, (2 * points) / plan.values));
  };
  const screening = await screen(responses, inputs, seed, onBase);
  const design = new Design(screening.kept, plan.basePoints, seed);
  await design.evaluate(responses, [], onBase);
  const isDefined = design.suffices && design.undefinedShare <= MOST_UNDEFINED;
  const sets = isDefined ? nestedSets(design.indices([])) : [];
  await design.evaluate(responses, sets, onBase);
  const found = isDefined && design.suffices ? design.indices(sets) : undefined;
  return {
    ...told({ design, found, sets, kept: screening.kept, perValue, scenario }),
    design: {
      basePoints: design.basePoints,
      leftOut: design.leftOut,
      points: design.points,
      instances,
      replications: 2 * points * perValue,
    },
    screened: screenedOf(screening),
  };
}

/** Masks of the first input by Shapley effect, of the first two, and of the first three. */
function nestedSets({ inputs }: SensitivityIndices): number[] {
  const first = rankedOf(inputs ?? []).slice(0, MOST_MEASURED);
  return first.map((_, k) => first.slice(0, k + 1).reduce((mask, j) => mask | (1 << j), 0));
}

/** Indices of the inputs, the greatest Shapley effect first. */
const rankedOf = (inputs: NonNullable<SensitivityIndices["inputs"]>): number[] =>
  inputs.map((_, j) => j).sort((a, b) => inputs[b].shapley.mean - inputs[a].shapley.mean || a - b);

// ---------------------------------------------------------------- what is told

interface Found {
  readonly design: Design;
  /** Undefined where the metric is. */
  readonly found: SensitivityIndices | undefined;
  readonly sets: readonly number[];
  readonly kept: readonly Input[];
  /** Replications of one value. */
  readonly perValue: number;
  readonly scenario: Scenario;
}

function told({ design, found, sets, kept, perValue, scenario }: Found): Told {
  const order = found?.inputs === undefined ? kept.map((_, j) => j) : rankedOf(found.inputs);
  const leaders = order.filter((j) => found?.mayLead?.[j]).map((j) => kept[j].name);
  const answer = found === undefined ? null : answerOf(found, design.values());
  return {
    verdict: verdictOf(found, leaders.length),
    leaders,
    answer,
    noise: found === undefined ? null : noiseOf(found, perValue, scenario),
    inputs: order.map((j) => inputOf(kept[j], j, found, design)),
    measure: answer === null ? [] : measureOf(found, { sets, kept, order, answer }),
  };
}

type Told = Omit<Assumptions, "design" | "screened">;

function verdictOf(found: SensitivityIndices | undefined, leaders: number): AssumptionsVerdict {
  if (found === undefined) return "undefined";
  if (found.inputs !== undefined) return leaders === 1 ? "decided" : "undecided";
  const isConstant = found.variance.mean === 0 && found.noise.mean === 0;
  return isConstant ? "constant" : "untold";
}

/** Noise widens the spread of values: they are drawn together until their variance is that without it. */
function answerOf({ mean, variance, noise }: SensitivityIndices, values: number[]): Answer {
  const own = Math.max(0, variance.mean);
  // Of a mean over two seeds.
  const spread = own + noise.mean / 2;
  const shrink = spread === 0 ? 0 : Math.sqrt(own / spread);
  const at = (p: number) => mean.mean + shrink * (quantile(values, p) - mean.mean);
  return {
    mean: estimate(mean),
    interval: [at(0.025), at(0.975)],
    sd: estimate(mapped(variance, (x) => Math.sqrt(Math.max(0, x)))),
  };
}

function noiseOf(
  { variance, noise, noiseShare }: SensitivityIndices,
  perValue: number,
  { replications }: Scenario,
): Noise {
  const ofRun = (noise.mean * perValue) / replications;
  const all = Math.max(0, variance.mean) + ofRun;
  return {
    sd: Math.sqrt(noise.mean),
    share: estimate(noiseShare),
    ofRun: { replications, share: all === 0 ? 0 : ofRun / all },
  };
}

function inputOf(
  input: Input,
  j: number,
  found: SensitivityIndices | undefined,
  design: Design,
): InputImportance {
  const indices = found?.inputs?.[j];
  const ends = found === undefined ? undefined : endsOf(input);
  const thirds = ends === undefined ? undefined : design.thirds(j);
  return {
    name: input.name,
    kind: input.kind,
    paths: pathsOf(input),
    first: indices === undefined ? null : estimate(indices.first),
    total: indices === undefined ? null : estimate(indices.total),
    shapley: indices === undefined ? null : estimate(indices.shapley),
    mayLead: found?.mayLead?.[j] ?? false,
    low: thirds === undefined ? null : estimate(thirds.low),
    high: thirds === undefined ? null : estimate(thirds.high),
    at: ends ?? null,
  };
}

/** The values in the middle of the lowest and of the highest third, of an input that is one number. */
function endsOf(input: Input): readonly [number, number] | undefined {
  if (input.kind === "rows" || input.parts.length > 1) return undefined;
  const [low, high] = [1 / 6, 5 / 6].map((u) => input.parts[0].valuesAt(u)[0][1]);
  return [low, high];
}

interface ForMeasure {
  readonly sets: readonly number[];
  readonly kept: readonly Input[];
  readonly order: readonly number[];
  readonly answer: Answer;
}

function measureOf(
  found: SensitivityIndices | undefined,
  { sets, kept, order, answer }: ForMeasure,
): Measure[] {
  const [low, high] = answer.interval;
  const now = high - low;
  return sets.flatMap((set, k) => {
    const share = found?.closed?.[k];
    if (share === undefined) return [];
    const { mean, lo, hi } = mapped(share, (x) => now * Math.sqrt(1 - clamp(x, 0, 1)));
    // The more is known, the less is left.
    const left = { mean, lo: hi, hi: lo };
    const names = order.filter((j) => (set & (1 << j)) !== 0).map((j) => kept[j].name);
    return [{ names, share: estimate(share), width: { now, left: estimate(left) } }];
  });
}

const screenedOf = ({ held }: Screening): Assumptions["screened"] =>
  held.map(({ input, muStar, sigma }) => ({
    name: input.name,
    paths: pathsOf(input),
    muStar: estimate(muStar),
    sigma,
  }));

const mapped = ({ mean, lo, hi }: Interval, of: (x: number) => number): Interval => ({
  mean: of(mean),
  lo: of(lo),
  hi: of(hi),
});

const estimate = (interval: Interval): Estimate => toValue(interval, "");
