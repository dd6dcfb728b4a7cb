// Advice: which architecture suits a model on a task, when all that is known is how often the model succeeds there alone.
//
// One number of the model (`numbers.ts`) is solved so that the simulated single agent has that success rate. Then every
// architecture is simulated with it. Teams are simulated at a rate that is pulled towards the mean model's (`pull.ts`).
// Their intervals include how far such predictions have missed (`experience.ts`).
import type { Problem } from "../documents/checking/problems.ts";
import type { Overrides } from "../documents/reading/overrides.ts";
import type { OnProgress } from "../experiment/progress.ts";
import { ENGINE, type MetricTree } from "../experiment/result.ts";
import { type Experience, type Lesson, lessonFor, readExperience } from "./belief/experience.ts";
import { ARCHITECTURES, type Architecture } from "./candidates/architectures.ts";
import { Candidates, type PartFile, shippedParts } from "./candidates/candidates.ts";
import { notesOf } from "./notes.ts";
import { type ArchitectureAdvice, ranked } from "./ranking.ts";
import { firstToReach, ModelOnTask } from "./simulation/modelOnTask.ts";
import { numbersFrom } from "./simulation/numbers.ts";
import { pulled } from "./simulation/pull.ts";
import { type Belief, why } from "./why.ts";

export interface AdviseOptions {
  /** Name of a shipped task, or a file with a task. */
  readonly task: string | PartFile;
  /** Share of the tasks in which the single agent succeeds, in (0, 1). */
  readonly singleSuccess: number;
  /** Tasks on which that was measured; default: {@link INSTANCES}. */
  readonly instances?: number | undefined;
  /** Workers of a team, from 2. */
  readonly agents?: number | undefined;
  /** Output tokens per task. */
  readonly budget?: number | undefined;
  /** US dollars per million tokens. */
  readonly priceInput?: number | undefined;
  readonly priceOutput?: number | undefined;
  /** Further values for all candidates, by dotted path. */
  readonly overrides?: Overrides | undefined;
  /** Default: {@link REPLICATIONS}. */
  readonly replications?: number | undefined;
  /** Default: {@link SEED}. */
  readonly seed?: string | undefined;
  /** What predictions have taught; default: what ships with Faultline. Null: nothing. */
  readonly experience?: Experience | null | undefined;
  readonly onProgress?: OnProgress | undefined;
  /** Ends the work early: the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** About as many instances as published benchmarks have. */
export const INSTANCES = 100;
/** Enough for a standard error below .01, and a few seconds on one core. */
export const REPLICATIONS = 1024;
export const SEED = "advise";
/** Scenarios that are simulated until an advice is ready, about: for showing progress. */
export const SCENARIOS = 30;

/** An option that makes no sense. */
export class OptionError extends RangeError {}

export interface Advice {
  readonly schema: "faultline/advise@1";
  /** The architecture of the highest predicted success. */
  readonly recommended: Architecture;
  readonly why: string;
  /** Name of the shipped task, or the file. */
  readonly task: string;
  readonly singleSuccess: number;
  readonly instances: number;
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
  /** What the teams' intervals are made of: errors of predictions, or the simulation's own error alone. */
  readonly intervals: "prediction" | "simulation";
  readonly seed: string;
  readonly replications: number;
  readonly engine: typeof ENGINE;
  /** From the highest predicted success to the lowest. */
  readonly architectures: readonly ArchitectureAdvice[];
  /** What a reader should know. */
  readonly notes: readonly string[];
  /** What is valid in the files but hardly intended. */
  readonly warnings: readonly Problem[];
}

/**
 * Predicts the success of every architecture from that of the single agent.
 * @throws OptionError when an option is out of its range
 * @throws ScenarioError when a candidate is not valid
 * @throws UnreachableError when no value of any number of the model gives the single agent that success
 */
export async function advise(options: AdviseOptions): Promise<Advice> {
  checkOptions(options);
  const { task, singleSuccess, instances = INSTANCES } = options;
  const { replications = REPLICATIONS, seed = SEED } = options;
  const experience =
    options.experience === undefined ? readExperience() : (options.experience ?? undefined);
  const candidates = new Candidates(shippedParts(task));
  const isBenchmark = typeof task === "string";
  const lesson = lessonFor(isBenchmark, experience);
  const models = modelsOf(candidates, options, lesson);
  const model = await firstToReach(models, singleSuccess);

  const own = await model.solve(singleSuccess);
  const shipped = { value: model.shippedValue, success: await model.shippedSuccess() };
  const { pull, errors } = lesson;
  const teams = pull === 1 ? own : await model.solve(pulled(singleSuccess, shipped.success, pull));
  const measured = await model.metrics(teams.value, ARCHITECTURES);
  const single = (await singleMetrics(model, own.value, teams.value, measured)) as MetricTree;

  const architectures = ranked(
    { singleSuccess, instances, replications, seed },
    new Map([...measured, ["single", single]]),
    errors,
  );
  const [{ name: recommended }] = architectures;
  return {
    schema: "faultline/advise@1",
    recommended,
    why: reason(architectures, measured, { own: singleSuccess, forTeams: teams.success }),
    task: isBenchmark ? task : task.file,
    singleSuccess,
    instances,
    number: {
      path: model.number.path,
      title: model.number.title,
      value: own.value,
      shipped,
      teams: { value: teams.value, success: teams.success },
      pull,
    },
    intervals: errors === undefined ? "simulation" : "prediction",
    seed,
    replications,
    engine: ENGINE,
    architectures,
    notes: notesOf({
      solvedFor: model.number.path,
      lesson,
      experience,
      ignored: candidates.ignored,
      isBenchmark,
      isChanged: isChanged(options),
    }),
    warnings: candidates.warnings,
  };
}

/** Whether something that decides success differs from what ships. */
function isChanged({ agents, budget, overrides }: AdviseOptions): boolean {
  return agents !== undefined || budget !== undefined || Object.keys(overrides ?? {}).length > 0;
}

/** Path of the number of workers. */
const WORKERS = "agents.worker.count";

function checkOptions({
  singleSuccess,
  instances,
  agents,
  replications,
  overrides,
}: AdviseOptions): void {
  if (!(singleSuccess > 0 && singleSuccess < 1))
    throw new OptionError(`Single-agent success ${singleSuccess}: must be in (0, 1)`);
  const whole = { instances: [instances, 1], agents: [agents, 2], replications: [replications, 1] };
  if (Object.hasOwn(overrides ?? {}, WORKERS))
    throw new OptionError(`${WORKERS} is for teams alone: set it by agents`);
  for (const [name, [value, least]] of Object.entries(whole))
    if (value !== undefined && !(Number.isInteger(value) && value >= (least as number)))
      throw new OptionError(`${name} ${value}: must be a whole number from ${least}`);
}

/** The model with each number that may be its own, first the one that experience speaks for. */
async function* modelsOf(
  candidates: Candidates,
  options: AdviseOptions,
  lesson: Lesson,
): AsyncGenerator<ModelOnTask> {
  const { agents, budget, priceInput, priceOutput, signal, onProgress } = options;
  const overrides: Overrides = {
    ...(budget !== undefined && { "budget.tokens": budget }),
    ...(priceInput !== undefined && { "models.base.price.input": priceInput }),
    ...(priceOutput !== undefined && { "models.base.price.output": priceOutput }),
    ...options.overrides,
  };
  const teamOverrides: Overrides = agents === undefined ? {} : { [WORKERS]: agents };
  let simulated = 0;
  const onSimulated = (scenarios: number) => {
    simulated += scenarios;
    onProgress?.(Math.min(1, simulated / SCENARIOS));
  };
  const { replications = REPLICATIONS, seed = SEED } = options;
  const simulation = { replications, seed, signal, onSimulated };
  const isBenchmark = typeof options.task === "string";
  for (const number of numbersFrom(lesson.number)) {
    if (!isBenchmark && !number.isOpen) continue;
    if (Object.hasOwn(overrides, number.path)) {
      if (number.path !== lesson.number) continue;
      throw new OptionError(`${number.path} is what is solved for: it cannot be set`);
    }
    const settings = { overrides, teamOverrides };
    const model = await ModelOnTask.of(candidates, number, settings, simulation);
    if (model !== undefined) yield model;
  }
}

async function singleMetrics(
  model: ModelOnTask,
  own: number,
  ofTeams: number,
  measured: ReadonlyMap<Architecture, MetricTree>,
): Promise<MetricTree | undefined> {
  if (own === ofTeams) return measured.get("single");
  return (await model.metrics(own, ["single"])).get("single");
}

/** What decides: the best team against the single agent, at the same value of the model's number. */
function reason(
  architectures: readonly ArchitectureAdvice[],
  measured: ReadonlyMap<Architecture, MetricTree>,
  single: Belief,
): string {
  const [best] = architectures;
  const team = architectures.find(({ name }) => name !== "single") as ArchitectureAdvice;
  const names: Architecture[] =
    best.name === "single" ? ["single", team.name] : [best.name, "single"];
  const [winner, loser] = names.map((name) => ({
    name,
    metrics: measured.get(name) as MetricTree,
  }));
  return why(winner, loser, single);
}
