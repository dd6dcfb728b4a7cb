// How often agents get a step wrong, and how often errors are handed on, from steps that somebody judged.
import type { LoggedRun, LoggedTurn } from "../logs/run.ts";
import { normalQuantile } from "../numerics/distributions.ts";
import { hash32 } from "../numerics/draws.ts";
import { maximise, profileIntervals } from "../numerics/fitting/newton.ts";
import {
  type Cell,
  type Cluster,
  RandomIntercept,
  spreadOf,
} from "../numerics/fitting/randomIntercept.ts";
import { addTo, groupBy } from "../numerics/grouping.ts";
import { LEVEL, upperProbability } from "../numerics/intervals.ts";
import { logistic, logit } from "../numerics/logit.ts";
import type { Estimate, Unidentified } from "./estimates.ts";
import { taskOf } from "./gather.ts";
import { around } from "./measures.ts";

export interface StepEstimates {
  readonly agents: ReadonlyMap<
    string,
    { readonly errorRate: Estimate; readonly propagation?: Estimate }
  >;
  /** Missing where no task has two judged steps. */
  readonly difficultySpread?: Estimate;
}

/** A step that was judged, with how many of the steps that it builds on are wrong. */
interface Step {
  readonly agent: string;
  readonly isWrong: boolean;
  readonly wrongPremises: number;
}

const Z = normalQuantile(upperProbability(LEVEL));
const METHOD = "logistic regression with a random intercept per task, profile likelihood";
const SINGLE = "share with Jeffreys' prior, profile likelihood";

/**
 * The log-odds of an error are those of the agent plus the difficulty of the task, a normal number that all runs of the task
 * share, as in the simulator. A step is wrong with 1 - (1 - e)(1 - propagation)^w on w wrong premises. All is fitted at once, with
 * Jeffreys' half an error and half a success for each agent, so that agents without errors have an estimate. Intervals
 * are those of the profile likelihood.
 */
export function estimateSteps(runs: readonly LoggedRun[]): StepEstimates {
  const tasks = judgedTasks(runs);
  const steps = tasks.flat();
  const agents = [...new Set(steps.map(({ agent }) => agent))].sort();
  if (agents.length === 0) return { agents: new Map() };
  const propagation = propagationVariables(agents, steps);
  const isSpread = tasks.some((own) => own.length > 1);
  const layout = { groups: agents.length, propagation, isSpread };
  const likelihood = new RandomIntercept(clustersOf(tasks, agents), layout, true);
  const maximum = maximise(likelihood, startOf(agents, steps, likelihood.bounds.length));
  const intervals = profileIntervals(likelihood, maximum);
  const read = (variable: number, count: number, of: string, scale: (x: number) => number) => {
    const [low, high] = intervals[variable];
    const method = isSpread ? METHOD : SINGLE;
    return around(scale(maximum.point[variable]), [scale(low), scale(high)], { count, of, method });
  };
  const estimates = agents.map((agent, i) => {
    const own = steps.filter((step) => step.agent === agent);
    const handed = own.filter(({ wrongPremises }) => wrongPremises > 0).length;
    const variable = propagation[i];
    const errorRate = read(i, own.length, "judged steps", logistic);
    const handedOn =
      variable === undefined
        ? {}
        : { propagation: read(variable, handed, "judged steps on wrong premises", logistic) };
    return [agent, { errorRate, ...handedOn }] as const;
  });
  return {
    agents: new Map(estimates),
    difficultySpread: isSpread
      ? read(agents.length, tasks.length, "tasks with judged steps", spreadOf)
      : undefined,
  };
}

/** Judged steps that are enough: they tell a share to ±.014 or better, and a fit takes a second or so per agent. */
const ENOUGH_STEPS = 5000;

/** Judged steps by task; where there are more than enough, those of a random sample of the tasks. */
function judgedTasks(runs: readonly LoggedRun[]): Step[][] {
  const tasks = [...groupBy(runs, taskOf)]
    .map(([name, group]) => ({ key: hash32(name), steps: group.flatMap(stepsOf) }))
    .filter(({ steps }) => steps.length > 0);
  const all = tasks.reduce((sum, { steps }) => sum + steps.length, 0);
  if (all <= ENOUGH_STEPS) return tasks.map(({ steps }) => steps);
  let before = 0;
  return tasks
    .sort((a, b) => a.key - b.key)
    .map(({ steps }) => steps)
    .filter((steps) => (before += steps.length) - steps.length < ENOUGH_STEPS);
}

/**
 * The judged steps of a run. A step builds on those that the log names, or on all before it that were judged, each result in its
 * last version. A step with a premise that the log names and nobody judged is left out; reviews and failed calls make nothing.
 */
function stepsOf({ turns }: LoggedRun): Step[] {
  const latest = new Map<string | number, LoggedTurn>();
  return turns.flatMap((turn, place) => {
    if (turn.isCorrect === undefined || turn.reviews !== undefined || turn.failure !== undefined)
      return [];
    const key = turn.makes ?? place;
    const earlier = [...latest].flatMap(([made, one]) => (made === key ? [] : [one]));
    const premises = turn.buildsOn?.flatMap((i) => turns[i] ?? []) ?? earlier;
    latest.set(key, turn);
    if (premises.some(({ isCorrect }) => isCorrect === undefined)) return [];
    const wrongPremises = premises.filter(({ isCorrect }) => isCorrect === false).length;
    return [{ agent: turn.agent, isWrong: !turn.isCorrect, wrongPremises }];
  });
}

/** Agents that met a wrong premise have a propagation; its variables come after the spread. */
function propagationVariables(agents: readonly string[], steps: readonly Step[]) {
  let next = agents.length + 1;
  return agents.map((agent) => {
    const hasMet = steps.some((step) => step.agent === agent && step.wrongPremises > 0);
    return hasMet ? next++ : undefined;
  });
}

/** Tasks as cells of steps that are alike, and tasks that are alike as one. */
function clustersOf(tasks: readonly (readonly Step[])[], agents: readonly string[]): Cluster[] {
  const alike = new Map<string, (readonly Cell[])[]>();
  for (const steps of tasks) {
    const groups = groupBy(
      steps,
      ({ agent, wrongPremises }) => `${agents.indexOf(agent)} ${wrongPremises}`,
    );
    const cells = [...groups.values()]
      .map((group) => {
        const wrong = group.filter(({ isWrong }) => isWrong).length;
        const { agent, wrongPremises: premises } = group[0];
        return { group: agents.indexOf(agent), premises, wrong, right: group.length - wrong };
      })
      .sort((a, b) => a.group - b.group || a.premises - b.premises);
    if (cells.length > 0) addTo(alike, JSON.stringify(cells), cells);
  }
  return [...alike.values()].map((group) => ({ cells: group[0], count: group.length }));
}

const FIRST_SPREAD = 0.7;

/** Shares of errors on right premises, and propagation one half. */
function startOf(
  agents: readonly string[],
  steps: readonly Step[],
  variables: number,
): Float64Array {
  const start = new Float64Array(variables);
  for (const [i, agent] of agents.entries()) {
    const own = steps.filter((step) => step.agent === agent && step.wrongPremises === 0);
    const wrong = own.filter(({ isWrong }) => isWrong).length;
    start[i] = logit((wrong + 0.5) / (own.length + 1));
  }
  start[agents.length] = FIRST_SPREAD;
  return start;
}

/** What steps leave open. */
export function openSteps(
  runs: readonly LoggedRun[],
  agents: readonly string[],
  { agents: estimated, difficultySpread }: StepEstimates,
): Unidentified[] {
  const hasOutcomes = runs.some(({ success }) => success !== undefined);
  const open = agents
    .filter((agent) => !estimated.has(agent))
    .map((agent) => ({
      what: `agents.${agent}.errorRate`,
      why: hasOutcomes
        ? "only outcomes of runs are known, and several error rates explain them"
        : "nobody judged its steps",
      remedy: `judge ${STEPS_TO_JUDGE} of its steps to know the rate to ±.1`,
    }));
  const isOpen = estimated.size > 0 && difficultySpread === undefined;
  return isOpen
    ? [
        ...open,
        {
          what: "task.difficultySpread",
          why: "no task has two judged steps",
          remedy: "judge all steps of at least 20 runs",
        },
      ]
    : open;
}

/** At most so many are needed for ±.1, whatever the share is: z² / 4 / .1². */
const STEPS_TO_JUDGE = Math.ceil((Z * Z) / 4 / 0.01);
