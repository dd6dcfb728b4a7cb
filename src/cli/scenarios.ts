// Loads the scenarios that a command was given, and tells all problems of all of them at once.

import { type Problem, ScenarioError } from "../documents/checking/problems.ts";
import { FileError } from "../documents/reading/files.ts";
import { OVERRIDES_SOURCE, type Overrides } from "../documents/reading/overrides.ts";
import { KNOWN_METRICS } from "../metrics/naming.ts";
import { type LoadedScenario, loadScenario } from "../scenario/load.ts";
import { parseOverride } from "../scenario/overrides.ts";
import type { Scenario } from "../scenario/schema.ts";
import { askedFor } from "../scenario/uncertain/asked.ts";
import { isUncertain } from "../scenario/uncertain/draws.ts";
import { replacedBy } from "../sweep/file/overlaps.ts";
import type { Invocation } from "./command.ts";
import { InvalidScenarioError, UsageError } from "./errors.ts";
import type { OptionValues } from "./options.ts";
import { noteWarnings, problemsText } from "./problems.ts";
import { note } from "./screen.ts";
import type { World } from "./world.ts";

/** What came of loading one file: a scenario, or problems and none. */
export interface Loading {
  readonly file: string;
  readonly loaded?: LoadedScenario;
  readonly problems: readonly Problem[];
}

/**
 * Loads every file of an invocation, whatever is wrong with the others.
 * @throws UsageError when there is no such file, or an option --set cannot be read
 */
export async function tryScenarios(
  world: World,
  { operands, options }: Invocation,
): Promise<Loading[]> {
  for (const file of operands) checkFile(world, file);
  const overrides = overridesOf(options);
  return Promise.all(operands.map((file) => tryScenario(world, file, overrides)));
}

/**
 * Loads every file of an invocation, with uncertain numbers as its options ask for them; warnings go to stderr.
 * @throws InvalidScenarioError with the problems of all files
 * @throws UsageError when options contradict each other
 */
export async function loadScenarios(world: World, invocation: Invocation): Promise<Scenario[]> {
  const all = await loadFiles(world, invocation);
  return all.map(({ scenario }) => askedFor(scenario, invocation.options));
}

/** As `loadScenarios`, with how they were written, and uncertain numbers as the files say. */
export async function loadFiles(world: World, invocation: Invocation): Promise<LoadedScenario[]> {
  checkUncertain(invocation.options);
  const loadings = await tryScenarios(world, invocation);
  const problems = allProblems(loadings);
  const all = loadings.flatMap(({ loaded }) => loaded ?? []);
  if (all.length < loadings.length) throw new InvalidScenarioError(problemsText(world, problems));
  noteWarnings(world, invocation.options.quiet, problems);
  return all;
}

/** @throws UsageError when both are asked for */
export function checkUncertain({ fixed, draws }: OptionValues): void {
  if (fixed && draws !== undefined)
    throw new UsageError(
      "--fixed and --draws contradict each other",
      "With --fixed the values alone count, and nothing is drawn.",
    );
}

/**
 * The scenario with the values of its uncertain numbers alone, for what follows a single replication; says so.
 * @param what is made of the values, in a word or two
 */
export function withValuesAlone(
  world: World,
  { options }: Invocation,
  scenario: Scenario,
  what: string,
): Scenario {
  if (!isUncertain(scenario)) return scenario;
  const text = `note: ${what} takes the values of the uncertain numbers of ${scenario.name} alone`;
  note(world, options.quiet, text);
  return askedFor(scenario, { fixed: true });
}

/** The problems of all files; those of a file that several extend are told once. */
export function allProblems(loadings: readonly Loading[]): Problem[] {
  const known = new Map<string, Problem>();
  for (const problem of loadings.flatMap(({ problems }) => problems))
    known.set(JSON.stringify(problem), problem);
  return [...known.values()];
}

async function tryScenario(world: World, file: string, overrides: Overrides): Promise<Loading> {
  try {
    const files = world.sources(file);
    const loaded = await loadScenario(file, { files, overrides, metricNames: KNOWN_METRICS });
    return { file, loaded, problems: loaded.warnings.map(atArgument) };
  } catch (error) {
    if (error instanceof ScenarioError) return { file, problems: error.problems.map(atArgument) };
    throw error;
  }
}

/** The problem as one of --set, where it is one of a value that was set: its line is the number of the --set. */
function atArgument(problem: Problem): Problem {
  return problem.file === OVERRIDES_SOURCE ? { ...problem, file: "--set" } : problem;
}

const TROUBLES: Readonly<Record<FileError["trouble"], string>> = {
  missing: "there is no such file",
  directory: "it is a folder",
  special: "it is no regular file",
  denied: "it may not be read",
  outside: "it lies outside of the project",
};

/** @throws UsageError when there is no such file */
export function checkFile(world: World, file: string): void {
  try {
    world.sources(file).size?.(file);
  } catch (error) {
    if (error instanceof FileError) throw new UsageError(`${file}: ${TROUBLES[error.trouble]}`);
    throw error;
  }
}

/** @throws UsageError when an option --set cannot be read, or its value would be lost */
export function overridesOf({ set, seed, replications, precision }: OptionValues): Overrides {
  const overrides: Record<string, unknown> = {};
  for (const text of set) {
    const override = parseOverride(text);
    if (override === undefined)
      throw new UsageError(`--set: ${JSON.stringify(text)} is not of the form PATH=VALUE`);
    const { path, value } = override;
    const lost = replacedBy(path, overrides);
    if (lost !== undefined)
      throw new UsageError(
        lost === path ? `--set: ${path} is set twice` : `--set: ${path} replaces ${lost}`,
        "The value set first would be lost: set each value once.",
      );
    overrides[path] = value;
  }
  const others = { seed, replications: replications ?? precision[0] };
  for (const [name, value] of Object.entries(others))
    if (value !== undefined && Object.hasOwn(overrides, name))
      throw new UsageError(
        `--set ${name} and the option for it contradict each other`,
        `Leave out --set ${name}.`,
      );
  return overrides;
}
