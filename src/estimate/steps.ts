// How often agents get a step wrong, and how often errors are handed on, from steps that somebody judged.
import type { LoggedRun, LoggedTurn } from "../logs/run.ts";
import { hash32 } from "../numerics/draws.ts";
import { maximise, profileIntervals } from "../numerics/fitting/newton.ts";
import {
  type Cell,
  type Cluster,
  RandomIntercept,
  spreadOf,
} from "../numerics/fitting/randomIntercept.ts";
import { addTo, groupBy } from "../numerics/grouping.ts";
import { logistic, logit } from "../numerics/logit.ts";
import { WORST_CASE } from "./checks.ts";
import type { AgentEstimates, Estimate, Unidentified } from "./estimates.ts";
import { taskOf } from "./gather.ts";
import { around } from "./measures.ts";

export interface StepEstimates {
  readonly agents: ReadonlyMap<
    string,
    Pick<AgentEstimates, "propagation" | "handoff"> & { readonly errorRate: Estimate }
  >;
  /** Missing where no task has two judged steps. */
  readonly difficultySpread?: Estimate;
}

/** A step that was judged, with how many of the steps that it builds on are wrong, and how many right ones are of others. */
interface Step {
  readonly agent: string;
  readonly isWrong: boolean;
  readonly wrongPremises: number;
  readonly received: number;
}

/** The ways by which an error comes from the premises, as they stand in {@link Cell}. */
const WAYS = {
  propagation: ({ wrongPremises }: Step) => wrongPremises,
  handoff: ({ received }: Step) => received,
} as const;
type Way = keyof typeof WAYS;
const WAY_NAMES = Object.keys(WAYS) as Way[];
const OF: Readonly<Record<Way, string>> = {
  propagation: "judged steps on wrong premises",
  handoff: "judged steps on right premises of others",
};

const METHOD = "logistic regression with a random intercept per task, profile likelihood";
const SINGLE = "share with Jeffreys' prior, profile likelihood";

/**
 * The log-odds of an error are those of the agent plus the difficulty of the task, a normal number that all runs of the task
 * share, as in the simulator. On w wrong premises and r right ones that others made, a step is wrong with
 * 1 - (1 - e)(1 - propagation)^w (1 - handoff)^r. All is fitted at once, with
 * Jeffreys' half an error and half a success for each agent, so that agents without errors have an estimate. Intervals
 * are those of the profile likelihood. Where no step is wrong they begin at 0, and where none is right they end at 1: Brown, Cai
 * and DasGupta, "Interval estimation for a binomial proportion", Statistical Science 16 (2001).
 */
export function estimateSteps(runs: readonly LoggedRun[]): StepEstimates {
  const tasks = judgedTasks(runs);
  const steps = tasks.flat();
  const agents = [...new Set(steps.map(({ agent }) => agent))].sort();
  if (agents.length === 0) return { agents: new Map() };
  const ways = wayVariables(agents, steps);
  const isSpread = tasks.some((own) => own.length > 1);
  const layout = { groups: agents.length, ways, isSpread };
  const likelihood = new RandomIntercept(clustersOf(tasks, agents), layout, true);
  const maximum = maximise(likelihood, startOf(agents, steps, likelihood.bounds.length));
  // Where no task has two steps, each step is known by itself.
  const intervals = profileIntervals(likelihood, maximum, tasks.length);
  const method = isSpread ? METHOD : SINGLE;
  const shareOf = (variable: number, among: readonly Step[], of: string) => {
    const [low, high] = intervals[variable].map(logistic);
    const wrong = among.filter(({ isWrong }) => isWrong).length;
    const interval = [wrong === 0 ? 0 : low, wrong === among.length ? 1 : high] as const;
    return around(logistic(maximum.point[variable]), interval, { count: among.length, of, method });
  };
  const spread = () => {
    const [low, high] = intervals[agents.length].map(spreadOf);
    const rests = { count: tasks.length, of: "tasks with judged steps", method };
    return around(spreadOf(maximum.point[agents.length]), [low, high], rests);
  };
  const estimates = agents.map((agent, i) => {
    const own = steps.filter((step) => step.agent === agent);
    const errorRate = shareOf(i, own, "judged steps");
    const met = WAY_NAMES.flatMap((way, w) => {
      const variable = ways[i][w];
      const meeting = own.filter((step) => WAYS[way](step) > 0);
      return variable === undefined ? [] : [[way, shareOf(variable, meeting, OF[way])]];
    });
    return [agent, { errorRate, ...Object.fromEntries(met) }] as const;
  });
  return {
    agents: new Map(estimates),
    difficultySpread: isSpread ? spread() : undefined,
  };
}

/** Judged steps that are enough: they tell a share to ±.014 or better, and a fit takes a second or so per agent. */
const ENOUGH_STEPS = 5000;

/** Judged steps by task; where there are more than enough, those of a random sample of the tasks. */
function judgedTasks(runs: readonly LoggedRun[]): Step[][] {
  const namesPremises = runs.some(({ turns }) => turns.some(({ buildsOn }) => buildsOn));
  const tasks = [...groupBy(runs, taskOf)]
    .map(([name, group]) => ({
      key: hash32(name),
      steps: group.flatMap((run) => stepsOf(run, namesPremises)),
    }))
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
 * The judged steps of a run. If the log names what steps build on, a step builds on these alone; else on all before it that were
 * judged, each result in its last version. A step with a premise that the log names and nobody judged is left out; reviews and
 * failed calls make nothing.
 */
function stepsOf({ turns }: LoggedRun, namesPremises: boolean): Step[] {
  const latest = new Map<string | number, LoggedTurn>();
  return turns.flatMap((turn, place) => {
    if (turn.isCorrect === undefined || turn.reviews !== undefined || turn.failure !== undefined)
      return [];
    const key = turn.makes ?? place;
    const earlier = [...latest].flatMap(([made, one]) => (made === key ? [] : [one]));
    const named = turn.buildsOn?.flatMap((i) => turns[i] ?? []) ?? [];
    const premises = namesPremises ? named : earlier;
    latest.set(key, turn);
    if (premises.some(({ isCorrect }) => isCorrect === undefined)) return [];
    const wrongPremises = premises.filter(({ isCorrect }) => isCorrect === false).length;
    const received = premises.filter(
      ({ isCorrect, agent }) => isCorrect === true && agent !== turn.agent,
    ).length;
    return [{ agent: turn.agent, isWrong: !turn.isCorrect, wrongPremises, received }];
  });
}

/** Steps with and without premises of others that an agent has at least, if what hand-offs lose is told from its own errors. */
const FEWEST_APART = 20;

/** Agents that met a wrong premise have a propagation, and those that often make steps with and without others a hand-off loss. */
function wayVariables(agents: readonly string[], steps: readonly Step[]) {
  let next = agents.length + 1;
  return agents.map((agent) => {
    const own = steps.filter((step) => step.agent === agent);
    const sound = own.filter(({ wrongPremises }) => wrongPremises === 0);
    const received = sound.filter((step) => step.received > 0).length;
    const isApart = Math.min(received, sound.length - received) >= FEWEST_APART;
    const isMet = { propagation: sound.length < own.length, handoff: isApart };
    return WAY_NAMES.map((way) => (isMet[way] ? next++ : undefined));
  });
}

/** Tasks as cells of steps that are alike, and tasks that are alike as one. */
function clustersOf(tasks: readonly (readonly Step[])[], agents: readonly string[]): Cluster[] {
  const alike = new Map<string, (readonly Cell[])[]>();
  for (const steps of tasks) {
    const met = (step: Step) => WAY_NAMES.map((way) => WAYS[way](step));
    const groups = groupBy(steps, (step) => [agents.indexOf(step.agent), ...met(step)].join(" "));
    const cells = [...groups.values()]
      .map((group) => {
        const wrong = group.filter(({ isWrong }) => isWrong).length;
        const [first] = group;
        const right = group.length - wrong;
        return { group: agents.indexOf(first.agent), met: met(first), wrong, right };
      })
      .sort((a, b) => a.group - b.group || a.met[0] - b.met[0] || a.met[1] - b.met[1]);
    if (cells.length > 0) addTo(alike, JSON.stringify(cells), cells);
  }
  return [...alike.values()].map((group) => ({ cells: group[0], count: group.length }));
}

const FIRST_SPREAD = 0.7;

/** Shares of errors on right premises, and one half for what comes from premises. */
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
      remedy: `judge ${WORST_CASE} of its steps to know the rate to ±.1`,
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
