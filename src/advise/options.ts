// What an advice is asked, and what of that makes no sense.
import { suggest } from "../documents/checking/suggest.ts";
import type { Overrides } from "../documents/reading/overrides.ts";
import type { OnProgress } from "../experiment/progress.ts";
import { type Basis, basisOf } from "./basis.ts";
import type { Experience } from "./belief/experience.ts";
import type { Measurement } from "./belief/measurement.ts";
import type { Candidates, PartFile } from "./candidates/candidates.ts";
import type { OwnTeam } from "./candidates/ownTeam.ts";
import type { KnownShape } from "./candidates/shapes.ts";
import { type FreeNumber, NUMBERS } from "./simulation/numbers.ts";

export interface AdviseOptions {
  /** Name of a shipped task, a file with a task, or a team of one's own, which is a candidate on its task. */
  readonly task: string | PartFile | OwnTeam;
  /** Share of the tasks in which the single agent succeeds, in (0, 1). */
  readonly singleSuccess: number;
  /** Tasks on which that was measured; default: {@link INSTANCES}. */
  readonly instances?: number | undefined;
  /** What was found of candidates on other tasks than those of the single agent. */
  readonly measured?: readonly Measurement[] | undefined;
  /** Family of a published model, for a shipped task: what that has in common with the model. */
  readonly family?: string | undefined;
  /** What a candidate must meet to be recommended, such as `cost <= 0.5`. */
  readonly constraints?: readonly string[] | undefined;
  /** Workers of a team, from 2. */
  readonly agents?: number | undefined;
  /** Output tokens per task. */
  readonly budget?: number | undefined;
  /** US dollars per million tokens. */
  readonly priceInput?: number | undefined;
  readonly priceOutput?: number | undefined;
  /** Further values for all candidates, by dotted path. */
  readonly overrides?: Overrides | undefined;
  /** Of each candidate; default: {@link REPLICATIONS}. */
  readonly replications?: number | undefined;
  /** Whether the values of uncertain numbers count alone, as if they were known exactly. */
  readonly fixed?: boolean | undefined;
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
/** Enough for a standard error below .01, and some seconds on one core. */
export const REPLICATIONS = 4096;
export const SEED = "advise";
/** An option that makes no sense. */
export class OptionError extends RangeError {
  /** What may be given instead. */
  readonly hint: string | undefined;

  constructor(message: string, hint?: string) {
    super(message);
    this.hint = hint;
  }
}

/** Whether something that decides success differs from what ships. */
export function isChanged({ agents, budget, overrides }: AdviseOptions): boolean {
  return agents !== undefined || budget !== undefined || Object.keys(overrides ?? {}).length > 0;
}

/** Path of the number of workers. */
const WORKERS = "agents.worker.count";

export function checkOptions({
  singleSuccess,
  instances,
  agents,
  replications,
  overrides,
  measured: measurements = [],
}: AdviseOptions): void {
  if (!(singleSuccess > 0 && singleSuccess < 1))
    throw new OptionError(`Single-agent success ${singleSuccess}: must be in (0, 1)`);
  const whole = { instances: [instances, 1], agents: [agents, 2], replications: [replications, 1] };
  if (Object.hasOwn(overrides ?? {}, WORKERS))
    throw new OptionError(`${WORKERS} is for teams alone: set it by agents`);
  for (const [name, [value, least]] of Object.entries(whole))
    if (value !== undefined && !(Number.isInteger(value) && value >= (least as number)))
      throw new OptionError(`${name} ${value}: must be a whole number from ${least}`);
  for (const { candidate, rate, instances: n } of measurements) {
    if (!(rate >= 0 && rate <= 1))
      throw new OptionError(`measured ${candidate} ${rate}: must be in [0, 1]`);
    if (!(Number.isInteger(n) && n >= 1))
      throw new OptionError(`measured ${candidate} on ${n} tasks: must be a whole number from 1`);
  }
}

/** @throws OptionError when something else than a candidate was measured */
export function checkMeasured(measurements: readonly Measurement[], { names }: Candidates): void {
  for (const { candidate } of measurements)
    if (!names.includes(candidate))
      throw new OptionError(
        `measured ${candidate}: there is no such candidate${nearest(candidate, names)}`,
        `The candidates are: ${names.join(", ")}.`,
      );
}

function nearest(word: string, words: readonly string[]): string {
  const found = suggest(word, words);
  return found === undefined ? "" : `; did you mean ${found}?`;
}

export function overridesOf(options: AdviseOptions): {
  overrides: Overrides;
  teamOverrides: Overrides;
} {
  const { agents, budget, priceInput, priceOutput } = options;
  const overrides = {
    ...(budget !== undefined && { "budget.tokens": budget }),
    ...(priceInput !== undefined && { "models.base.price.input": priceInput }),
    ...(priceOutput !== undefined && { "models.base.price.output": priceOutput }),
    ...options.overrides,
  };
  return { overrides, teamOverrides: agents === undefined ? {} : { [WORKERS]: agents } };
}

/** Numbers that may be the model's own: what a task file states itself is none, and what is set from outside neither. */
export function numbersFor(isBenchmark: boolean, overrides: Overrides): readonly FreeNumber[] {
  const [{ path }] = NUMBERS;
  if (Object.hasOwn(overrides, path))
    throw new OptionError(`${path} is what is solved for: it cannot be set`);
  return NUMBERS.filter(
    (number) => (isBenchmark || number.isOpen) && !Object.hasOwn(overrides, number.path),
  );
}

/**
 * What the advice rests on.
 * @throws OptionError when there is no such family
 */
export function basisFor(
  experience: Experience | undefined,
  { task, family }: AdviseOptions,
  shape: KnownShape,
): Basis {
  const benchmark = typeof task === "string" ? task : undefined;
  if (family !== undefined) {
    if (benchmark === undefined)
      throw new OptionError(
        "family is for a published benchmark: no model of it was tried on others",
      );
    const families = Object.keys(experience?.known[benchmark]?.families ?? {});
    if (!families.includes(family))
      throw new OptionError(
        `there is no family ${family}${nearest(family, families)}`,
        `The families are: ${families.join(", ")}.`,
      );
  }
  return basisOf(experience, benchmark, family, shape);
}

/** Times that all replications of a scenario are simulated until an advice is ready, about: for showing progress. */
export const SCENARIOS = 32;

/** Progress by what was simulated, in replications of all scenarios. */
export function progressOf({ onProgress, replications = REPLICATIONS }: AdviseOptions) {
  let simulated = 0;
  return (scenarios: number, each: number) => {
    simulated += (scenarios * each) / replications;
    onProgress?.(Math.min(1, simulated / SCENARIOS));
  };
}
