// Scenarios: as an object or from a file, validated, checked and completed in the same way.
import { createRequire } from "node:module";
import type { z } from "zod";
import { type Problem, Problems, ScenarioError } from "../documents/checking/problems.ts";
import { useMathjs } from "../documents/formulas/expression.ts";
import { mayHaveFormulas } from "../documents/formulas/formulas.ts";
import { memoryFiles, type SourceFiles } from "../documents/reading/files.ts";
import { nodeFiles } from "../documents/reading/nodeFiles.ts";
import { childOf, type MapNode, type TreeNode, without } from "../documents/reading/tree.ts";
import { treeOfValue } from "../documents/reading/values.ts";
import { KNOWN_METRICS } from "../metrics/naming.ts";
import { spreadAgentDefaults } from "../scenario/agents/defaults.ts";
import { warnOfStalls } from "../scenario/flow/warn.ts";
import { completeNow, loadScenario as loadFile } from "../scenario/load.ts";
import type { Scenario, scenarioFileSchema } from "../scenario/schema.ts";

/** A number written as a formula of parameters, tools, agents and claims: `"= 0.02 * tools"`. */
export type Formula = `=${string}`;

/** An amount of a field: a number, or text such as `"4s"`, `"20%"` or `"$4,000"` where the field takes it. */
type Amount = number | string;

/** A number that is not known exactly, as a distribution: `{ beta: [12, 188] }`. */
export type Uncertain =
  /** The median, and the bounds between which the number lies with 95 %. */
  | { readonly value: Amount; readonly interval: readonly [low: Amount, high: Amount] }
  /** A share of which successes and failures were counted. */
  | { readonly beta: readonly [successes: number, failures: number] }
  /** Mean and standard deviation of the number itself, here and for `lognormal`. */
  | { readonly normal: readonly [mean: Amount, sd: Amount] }
  | { readonly lognormal: readonly [mean: Amount, sd: Amount] }
  | { readonly uniform: readonly [low: Amount, high: Amount] };

/** What may be written where a value of this type is wanted: every number also as a formula, or uncertain. */
type Written<T> = T extends number
  ? number extends T
    ? T | Formula | Uncertain
    : T
  : T extends readonly (infer Item)[]
    ? readonly Written<Item>[]
    : T extends object
      ? { readonly [K in keyof T]: Written<T[K]> }
      : T;

type File = Omit<z.input<typeof scenarioFileSchema>, "extends">;

/**
 * A scenario as you write it: what a YAML file may hold, without `extends` (spread the other scenario instead).
 * Everything that has a default may be left out. Durations are seconds or text such as `"250ms"`, `"4s"`, `"2min"`; any
 * number may be a formula such as `"= 0.02 * tools"`, or {@link Uncertain}; `agentDefaults` holds for every group of agents. Fields, units,
 * ranges and defaults are those of the file format (`faultline/schema.json`), from which this type is derived.
 */
export interface ScenarioInput extends Written<File> {}

/** What is known of a scenario that this module made. */
interface Made {
  readonly warnings: readonly Problem[];
  /** As it was written: with formulas, and without defaults. */
  readonly tree: MapNode;
}

const MADE = new WeakMap<Scenario, Made>();

/** The parts of these scenarios as they were written: where one is spread into another, that is what it brings along. */
const PARTS = new WeakMap<object, TreeNode | undefined>();

/**
 * Makes a scenario of an object. It validates the object, checks that its parts fit together, and fills in defaults. The
 * result is plain and frozen. You can spread it into another scenario, as in `defineScenario({ ...team, name: "larger" })`.
 * Formulas stay formulas then.
 * @returns the scenario in normal form; durations are seconds
 * @throws ScenarioError with all problems, each with its path, whatever the input is
 *
 * @example
 * import { defineScenario, ScenarioError } from "faultline";
 *
 * const team = defineScenario({
 *   name: "team",
 *   task: { graph: { shape: "chain", size: 6 } },
 *   models: { small: { errorRate: 0.1, latency: { distribution: "lognormal", mean: "4s" } } },
 *   agents: { worker: { count: 3, checks: { self: { recall: 0.8 } } } },
 *   protocol: [{ work: { who: "worker" } }, { aggregate: { how: "majority" } }],
 * });
 * console.log(team.models.small.latency); // { distribution: 'lognormal', mean: 4, cv: 0.5 }
 *
 * try {
 *   defineScenario({ ...team, models: { small: { errorRate: 7 } } });
 * } catch (error) {
 *   if (error instanceof ScenarioError) console.log(error.problems[0].path); // models.small.errorRate
 * }
 */
export function defineScenario(input: ScenarioInput): Scenario {
  const problems = new Problems();
  const value = treeOfValue(input, problems, PARTS);
  const tree = value && without(value, "$schema");
  if (tree?.entries.has("extends"))
    problems.error(tree.at, ["extends"], {
      message: "extends names files, which an object does not read",
      hint: "spread the scenario that this one builds on: { ...base, name: … }",
    });
  if (tree === undefined || problems.hasErrors) throw errorOf(problems);
  if (mayHaveFormulas(tree)) useMathjs(createRequire(import.meta.url)("mathjs/number"));
  const { scenario, resolved } = completeNow(tree, problems, KNOWN_METRICS);
  if (scenario === undefined) throw errorOf(problems);
  warnOfStalls(scenario, resolved, problems);
  return keep(scenario, { warnings: byPath(problems), tree });
}

/** The problems of an object. It has no lines: their place is the path. */
function byPath(problems: Problems): Problem[] {
  return problems
    .sorted()
    .map((one) => ({ ...one, file: one.path || "scenario", line: 0, column: 0 }));
}

function errorOf(problems: Problems): ScenarioError {
  const error = new ScenarioError(byPath(problems));
  // The message tells them all: Node need not print them twice.
  return Object.defineProperty(error, "problems", { enumerable: false });
}

/** Where files come from, and what is set in them. */
export interface LoadOptions {
  /** Values to set, by dotted path, as `--set` does: `{ "agents.worker.count": 5 }`. They win over the file. */
  readonly set?: Readonly<Record<string, unknown>>;
  /** Default: the disk. See {@link memoryFiles}. */
  readonly files?: SourceFiles;
}

/**
 * Loads a scenario file with all that it extends.
 * @param path of a YAML or JSON file, from the working directory
 * @returns the scenario in normal form, called after its file where it has no name
 * @throws ScenarioError with all problems, each with file, line and column; also where the file cannot be read
 *
 * @example
 * import { loadScenario, memoryFiles } from "faultline";
 *
 * const files = memoryFiles({
 *   "team.yaml": `
 * task: { graph: { shape: chain, size: 4 } }
 * models: { base: { errorRate: 0.1 } }
 * agents: { worker: { count: 3 } }
 * protocol:
 *   - work: { who: worker }
 *   - aggregate: { how: majority }
 * `,
 * });
 * // Without `files` the path leads to a file on disk.
 * const five = await loadScenario("team.yaml", { files, set: { "agents.worker.count": 5 } });
 * console.log(five.name, five.agents.worker.count); // team 5
 */
export async function loadScenario(path: string, options: LoadOptions = {}): Promise<Scenario> {
  const { set: overrides, files = nodeFiles(path) } = options;
  const loaded = await loadFile(path, { files, overrides, metricNames: KNOWN_METRICS });
  return keep(loaded.scenario, loaded);
}

function keep(scenario: Scenario, { warnings, tree }: Made): Scenario {
  freeze(scenario);
  MADE.set(scenario, { warnings, tree });
  const spread = spreadAgentDefaults(tree, new Problems());
  for (const [key, part] of Object.entries(scenario))
    keepParts(part, spread.entries.get(key)?.value);
  return scenario;
}

function keepParts(part: unknown, node: TreeNode | undefined): void {
  if (typeof part !== "object" || part === null || PARTS.has(part)) return;
  PARTS.set(part, node);
  for (const [key, child] of Object.entries(part)) keepParts(child, node && childOf(node, key));
}

/** Frozen as a whole: whoever runs it later need not check it again. */
function freeze<T>(value: T): T {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  Object.values(value).forEach(freeze);
  return Object.freeze(value);
}

/**
 * Lists what is valid in a scenario but probably a mistake, such as a phase that never does anything.
 * @param scenario what {@link defineScenario} or {@link loadScenario} returned, or what they take
 * @throws ScenarioError if it is not valid
 *
 * @example
 * import { defineScenario, warningsOf } from "faultline";
 *
 * const idle = defineScenario({
 *   name: "idle",
 *   task: { graph: { shape: "chain", size: 2 } },
 *   models: { base: { errorRate: 0.1 } },
 *   agents: { worker: {}, critic: {} },
 *   protocol: [{ work: { who: "worker" } }, { check: { by: "critic" } }, { aggregate: { how: "first" } }],
 * });
 * for (const { path, message } of warningsOf(idle)) console.log(path, message);
 */
export function warningsOf(scenario: ScenarioInput): readonly Problem[] {
  return madeOf(scenario).warnings;
}

/** The scenario that is meant: itself, where it was made here, or what `defineScenario` makes of it. */
export function scenarioOf(input: ScenarioInput): Scenario {
  return MADE.has(input as Scenario) ? (input as Scenario) : defineScenario(input);
}

/** The same of one or several. */
export function scenariosOf(input: ScenarioInput | readonly ScenarioInput[]): Scenario[] {
  return (Array.isArray(input) ? input : [input]).map(scenarioOf);
}

/** A scenario as it was written. */
export const treeOf = (scenario: ScenarioInput): MapNode => madeOf(scenario).tree;

/** The text of a scenario as it was written: a file in memory, so that sweeps and calibrations can vary it. */
export function textOf(scenario: ScenarioInput): string {
  return JSON.stringify(plainOf(madeOf(scenario).tree));
}

/**
 * A document that names scenarios as files in memory, with the scenarios that are objects in it.
 * @throws ScenarioError if no file could hold the document, or a scenario is not valid
 */
export function filesOf(
  name: string,
  { scenarios, ...document }: { readonly scenarios: Readonly<Record<string, ScenarioInput>> },
): SourceFiles {
  const problems = new Problems();
  const labels = Object.keys(scenarios);
  const paths = Object.fromEntries(labels.map((label) => [label, `scenarios/${label}`]));
  const tree = treeOfValue({ ...document, scenarios: paths }, problems);
  if (tree === undefined) throw errorOf(problems);
  const texts = labels.map((label) => [paths[label], textOf(scenarios[label])]);
  return memoryFiles({ [name]: JSON.stringify(plainOf(tree)), ...Object.fromEntries(texts) });
}

const madeOf = (scenario: ScenarioInput) => MADE.get(scenarioOf(scenario)) as Made;

/** The value of a tree, with null where it is written: it says that something is absent. */
function plainOf(node: TreeNode): unknown {
  if (node.kind === "scalar") return node.value;
  if (node.kind === "list") return node.items.map(plainOf);
  return Object.fromEntries([...node.entries].map(([key, { value }]) => [key, plainOf(value)]));
}
