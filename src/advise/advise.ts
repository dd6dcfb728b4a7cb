// Advice: which architecture suits a model on a task, when little more is known than how often the model succeeds there alone.
//
// 1. One number of the model (`simulation/numbers.ts`) is solved so that the simulated single agent has that success rate.
//    With it every candidate is simulated: that is what costs, times and errors are told of.
// 2. The success of the teams is simulated with parameter sets of the ensemble, and moved by what experience says
//    (`expectation.ts`, `basis.ts`). That is a belief with errors that teams have in common.
// 3. What the user measured updates the belief, constraints say what may be chosen, and where the choice stays open the
//    cheapest measurement that would decide it is named (`belief/`).

import { type Constraint, readConstraint } from "../decide/constraints.ts";
import type { Problem } from "../documents/checking/problems.ts";
import { ENGINE, type MetricTree, readMetric } from "../experiment/result.ts";
import { type BASES, pullOf } from "./basis.ts";
import { readExperience } from "./belief/experience.ts";
import { type Measurement, measured } from "./belief/measurement.ts";
import { isClear, nextMeasurement, type Proposal } from "./belief/nextMeasurement.ts";
import { surprises } from "./belief/surprise.ts";
import { ARCHITECTURES } from "./candidates/architectures.ts";
import { Candidates, shippedParts } from "./candidates/candidates.ts";
import { knownShape } from "./candidates/shapes.ts";
import { circumstancesOf, expectationOf } from "./expectation.ts";
import { notesOf } from "./notes.ts";
import {
  type AdviseOptions,
  basisFor,
  checkMeasured,
  checkOptions,
  INSTANCES,
  isChanged,
  numbersFor,
  overridesOf,
  progressOf,
  REPLICATIONS,
  SEED,
} from "./options.ts";
import { type CandidateAdvice, ranked, withSingle } from "./ranking.ts";
import { firstToReach, type ModelOnTask } from "./simulation/modelOnTask.ts";
import { pulled } from "./simulation/pull.ts";
import { modelsFor } from "./simulation/teams.ts";
import { why, whyNot } from "./why.ts";

/** No candidate meets the constraints. */
export class UnmetError extends Error {
  /** What each candidate comes to. */
  readonly found: readonly { readonly name: string; readonly values: readonly (number | null)[] }[];
  readonly constraints: readonly string[];

  constructor(constraints: readonly string[], found: UnmetError["found"]) {
    super(`No candidate meets ${constraints.join(" and ")}`);
    this.constraints = constraints;
    this.found = found;
  }
}

export interface Advice {
  readonly schema: "faultline/advise@1";
  /** The candidate of the highest predicted success of those that meet all constraints. */
  readonly recommended: string;
  /** Chance that it is the best of them, and the success that one expects to lose by choosing it. */
  readonly sure: {
    readonly probabilityBest: number;
    readonly expectedLoss: number;
    /** Whether the choice is clear: the expected loss is at most one point of success. */
    readonly clear: boolean;
  };
  /** The measurement that would make it surer; null where the choice is clear, or none would help. */
  readonly next: Proposal | null;
  readonly why: string;
  /** Name of the shipped task, or the file. */
  readonly task: string;
  readonly singleSuccess: number;
  readonly instances: number;
  readonly measured: readonly Measurement[];
  readonly family: string | null;
  readonly constraints: readonly string[];
  /** The number that is the model's own. */
  readonly number: {
    readonly path: string;
    readonly title: string;
    /** At which the single agent has its success rate. */
    readonly value: number;
    /** That of the mean model, and the success of its single agent. */
    readonly shipped: { readonly value: number; readonly success: number };
    /** At which teams are simulated, and the success of the single agent there. */
    readonly teams: { readonly value: number; readonly success: number };
    /** Share of the difference to the mean model that is believed for teams. */
    readonly pull: number;
  };
  /** What predictions rest on. */
  readonly basis: (typeof BASES)[number];
  readonly seed: string;
  readonly replications: number;
  /** Parameter sets over which the predicted success is averaged. */
  readonly sets: number;
  readonly engine: typeof ENGINE;
  /** From the highest predicted success to the lowest. */
  readonly architectures: readonly CandidateAdvice[];
  /** What a reader should know. */
  readonly notes: readonly string[];
  /** What is valid in the files but hardly intended. */
  readonly warnings: readonly Problem[];
}

/**
 * Predicts the success of every candidate from that of the single agent.
 * @throws OptionError when an option is out of its range
 * @throws ConstraintError when a constraint is not METRIC OPERATOR NUMBER
 * @throws ScenarioError when a candidate is not valid
 * @throws UnreachableError when no value of any number of the model gives the single agent that success
 * @throws UnmetError when no candidate meets all constraints
 */
export async function advise(options: AdviseOptions): Promise<Advice> {
  checkOptions(options);
  const { task, singleSuccess, instances = INSTANCES, measured: measurements = [] } = options;
  const { replications = REPLICATIONS, seed = SEED, constraints = [], family, fixed } = options;
  const conditions = constraints.map(readConstraint);
  const experience =
    options.experience === undefined ? readExperience() : (options.experience ?? undefined);
  const candidates = new Candidates(shippedParts(task));
  checkMeasured(measurements, candidates);
  const isBenchmark = typeof task === "string";
  const { overrides, teamOverrides } = overridesOf(options);
  const numbers = numbersFor(isBenchmark, overrides);
  const shape = await knownShape(candidates, overrides);
  const basis = basisFor(experience, options, shape);
  const circumstances = await circumstancesOf(candidates, shape, experience, replications);
  const { draws } = circumstances;
  const { signal } = options;
  const simulation = { replications, seed, fixed, signal, onSimulated: progressOf(options) };

  // 1. What is told of every candidate.
  const taskOverrides = { ...draws[0].taskOverrides, ...overrides };
  const models = await modelsFor(
    candidates,
    { overrides: taskOverrides, teamOverrides },
    simulation,
    numbers,
  );
  const { number, atTeams, metrics } = await told(models, singleSuccess, pullOf(basis));

  // 2. What is believed of them.
  const [, ...names] = candidates.names;
  const question = { candidates, teams: names, numbers, single: singleSuccess, overrides };
  const { belief: ofTeams, unreached } = await expectationOf(
    { ...question, teamOverrides, basis },
    circumstances,
    simulation,
  );
  const single = { success: singleSuccess, instances };
  const prior = withSingle(single, ofTeams);

  // 3. What was found of them, and what follows.
  const belief = measured(prior, candidates.names, measurements);
  const isSingleMeasured = measurements.some(({ candidate }) => candidate === "single");
  const ranking = ranked(belief, candidates.names, metrics, {
    constraints: conditions,
    seed,
    single: isSingleMeasured ? undefined : single,
  });
  if (ranking === undefined) throw unmet(conditions, constraints, candidates.names, metrics);
  const { candidates: rows, outlook, eligible } = ranking;
  const recommended = candidates.names[outlook.best];
  const prices = candidates.names.map((name) => readMetric(metrics.get(name) ?? {}, "cost")?.mean);
  const next = nextMeasurement({
    belief,
    names: candidates.names,
    prices: prices.map((price) => price ?? undefined),
    seed,
    eligible,
  });
  return {
    schema: "faultline/advise@1",
    recommended,
    sure: {
      probabilityBest: outlook.chances[outlook.best],
      expectedLoss: outlook.losses[outlook.best],
      clear: isClear(outlook),
    },
    next: next ?? null,
    why: reason(recommended, rows, atTeams),
    task: isBenchmark ? task : task.file,
    singleSuccess,
    instances,
    measured: measurements,
    family: family ?? null,
    constraints,
    number,
    basis: basis.kind,
    seed,
    replications,
    sets: draws.length,
    engine: ENGINE,
    architectures: rows,
    notes: notesOf({
      solvedFor: number.path,
      basis,
      experience,
      candidates,
      unstated: shape.unstated,
      draws,
      unreached,
      isChanged: isChanged(options),
      measurements,
      surprises: surprises(prior, candidates.names, measurements),
    }),
    warnings: candidates.warnings,
  };
}

/** What is simulated at the parameters that ship: the number that is solved for, and what candidates come to. */
async function told(models: readonly ModelOnTask[], single: number, pull: number) {
  const model = await firstToReach(models, single);
  const own = await model.solve(single);
  const shipped = { value: model.shippedValue, success: await model.shippedSuccess() };
  const teams = pull === 1 ? own : await model.solve(pulled(single, shipped.success, pull));
  const atTeams = await model.metrics(teams.value);
  const ofSingle = own === teams ? atTeams : await model.metrics(own.value, ["single"]);
  const { path, title } = model.number;
  return {
    number: {
      ...{ path, title, shipped, pull },
      value: own.value,
      teams: { value: teams.value, success: teams.success },
    },
    /** Of all candidates at the teams' value of the number. */
    atTeams,
    /** The same, but for the single agent, which has its own. */
    metrics: new Map([...atTeams, ["single", ofSingle.get("single") as MetricTree]]),
  };
}

function unmet(
  conditions: readonly Constraint[],
  constraints: readonly string[],
  names: readonly string[],
  metrics: ReadonlyMap<string, MetricTree>,
): UnmetError {
  const found = names.map((name) => ({
    name,
    values: conditions.map(
      ({ metric }) => readMetric(metrics.get(name) ?? {}, metric)?.mean ?? null,
    ),
  }));
  return new UnmetError(constraints, found);
}

/** What decides: the best team against the single agent, at the same value of the model's number. */
function reason(
  recommended: string,
  candidates: readonly CandidateAdvice[],
  metrics: ReadonlyMap<string, MetricTree>,
): string {
  const [first] = candidates;
  if (first.meets.includes(false) && first.name !== recommended) return whyNot(first.name);
  const [alone] = ARCHITECTURES;
  const team = candidates.find(({ name }) => name !== alone) as CandidateAdvice;
  const names = recommended === alone ? [alone, team.name] : [recommended, alone];
  const [winner, loser] = names.map((name) => ({
    name,
    metrics: metrics.get(name) as MetricTree,
  }));
  return why(winner, loser);
}
