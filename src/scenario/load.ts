// Turns a scenario file into a scenario: read → extend → override → read amounts, lift uncertain numbers and spread defaults → resolve
// formulas → validate → check → normalise. Each phase takes the whole scenario and hands it on; what is wrong is collected on the way, so
// that all problems of a file are reported at once.

import { Examined } from "../documents/checking/examined.ts";
import { type Problem, Problems, ScenarioError } from "../documents/checking/problems.ts";
import { withPlainAmounts } from "../documents/checking/signedAmounts.ts";
import { validSections } from "../documents/checking/validate.ts";
import { loadMathjs } from "../documents/formulas/expression.ts";
import { mayHaveFormulas, resolveFormulas } from "../documents/formulas/formulas.ts";
import { nameAfterFile } from "../documents/names.ts";
import type { SourceFiles } from "../documents/reading/files.ts";
import { OVERRIDES_SOURCE, type Overrides } from "../documents/reading/overrides.ts";
import {
  type Location,
  locate,
  locateKey,
  type MapNode,
  type Path,
} from "../documents/reading/tree.ts";
import { spreadAgentDefaults } from "./agents/defaults.ts";
import { checkMeaning } from "./checking/check.ts";
import { warnOfStalls } from "./flow/warn.ts";
import { SCENARIOS } from "./format.ts";
import { normalise } from "./normalise.ts";
import type { KnownMetrics } from "./objectives/thresholds.ts";
import { applyOverrides } from "./overrides.ts";
import { VARIABLES } from "./parameters.ts";
import { readScenario } from "./read.ts";
import { type Scenario, scenarioFileSchema } from "./schema.ts";
import { checkCorners } from "./uncertain/corners.ts";
import { liftUncertain } from "./uncertain/lift.ts";
import { withUncertain } from "./uncertain/normalForm.ts";

export interface LoadOptions {
  /** Where files come from; `nodeFiles` reads them from disk. */
  readonly files: SourceFiles;
  /** Values to set, by dotted path: `{"agents.worker.count": 5}`. They win over what the files say. */
  readonly overrides?: Overrides;
  /** Metrics that thresholds can name; without it any name will do. */
  readonly metricNames?: readonly string[] | KnownMetrics;
}

export interface LoadedScenario {
  readonly scenario: Scenario;
  /** The file that was asked for. */
  readonly file: string;
  /** All files that were read, in order. */
  readonly files: readonly string[];
  /** What is valid but can hardly be meant. */
  readonly warnings: readonly Problem[];
  /** As it was written and set, with formulas and without defaults. */
  readonly tree: MapNode;
  /** Where a value was written, or the nearest thing around it. */
  locate(path: Path): Location;
}

/**
 * Loads a scenario file.
 * @throws ScenarioError with all problems, when the scenario is not valid
 */
export async function loadScenario(file: string, options: LoadOptions): Promise<LoadedScenario> {
  const problems = new Problems();

  // 1. Read and parse the file, and 2. lay it over the files that it extends.
  const { tree, files } = readScenario(file, options.files, problems);
  if (tree === undefined) throw new ScenarioError(problems.sorted());

  // 3. Set values from outside, and 4. to 8. make a scenario of it.
  const named = nameAfterFile(tree, file);
  const { overrides = {}, metricNames } = options;
  const overridden = applyOverrides(named, overrides, problems);
  const { scenario, resolved } = await complete(overridden, problems, metricNames);
  if (scenario === undefined)
    throw new ScenarioError(await blamed(named, overrides, problems.sorted(), metricNames));

  // 9. Look for what can never happen.
  warnOfStalls(scenario, resolved, problems);
  return {
    scenario,
    file,
    files,
    warnings: problems.sorted(),
    tree: overridden,
    locate: (path) => locate(resolved, path),
  };
}

/** With more overrides nobody looks for the one that is to blame. */
const MOST_BLAMED = 20;

/**
 * The problems, with errors that are in a file only because of one override told at that override: what stands in the file
 * is right there. They are found by leaving out one after the other.
 */
async function blamed(
  tree: MapNode,
  overrides: Overrides,
  found: readonly Problem[],
  metricNames: LoadOptions["metricNames"],
): Promise<readonly Problem[]> {
  const paths = Object.keys(overrides);
  const isInFile = ({ file, severity }: Problem) =>
    severity === "error" && file !== OVERRIDES_SOURCE;
  if (paths.length > MOST_BLAMED || !found.some(isInFile)) return found;
  const all = applyOverrides(tree, overrides, new Problems());
  const moved = new Map<Problem, Problem>();
  for (const path of paths) {
    const problems = new Problems();
    const others = Object.fromEntries(Object.entries(overrides).filter(([key]) => key !== path));
    await complete(applyOverrides(tree, others, problems), problems, metricNames);
    const left = new Set(problems.sorted().map(identityOf));
    const keys = path.split(".");
    const at = locateKey(all, keys);
    for (const problem of found.filter(isInFile))
      if (!left.has(identityOf(problem)) && at.file === OVERRIDES_SOURCE)
        moved.set(problem, problemAt(problem, at, path, overrides[path]));
  }
  return found.map((problem) => moved.get(problem) ?? problem);
}

const identityOf = ({ file, line, column, message }: Problem) =>
  `${file}:${line}:${column} ${message}`;

/** The problem at the place of an override, with the place in the file in its words. */
function problemAt(
  { file, line, column, replacement: _, ...problem }: Problem,
  at: Location,
  path: string,
  value: unknown,
): Problem {
  const { source, sourceColumn, ...rest } = problem;
  return {
    ...rest,
    ...at,
    path,
    message: `${problem.message} (${file}:${line}:${column})`,
    source: `${path} = ${JSON.stringify(value) ?? String(value)}`,
  };
}

interface Completed {
  readonly scenario: Scenario | undefined;
  readonly resolved: MapNode;
}

/**
 * Makes a scenario of a tree that has been read: phases 4 to 8. Undefined (and `problems` says why) where it is none.
 * @param problems without errors so far, or the answer is undefined
 */
export async function complete(
  tree: MapNode,
  problems: Problems,
  metricNames?: readonly string[] | KnownMetrics,
): Promise<Completed> {
  if (mayHaveFormulas(tree)) await loadMathjs();
  return completeNow(tree, problems, metricNames);
}

/** As `complete`, without waiting: where the tree may have formulas, mathjs is there already. */
export function completeNow(
  tree: MapNode,
  problems: Problems,
  metricNames?: readonly string[] | KnownMetrics,
): Completed {
  // 4. Read amounts such as $4,000, put the central value in place of every uncertain number, and spread agentDefaults
  // under every group of agents.
  const lifted = liftUncertain(withPlainAmounts(tree, scenarioFileSchema), problems);
  const spread = spreadAgentDefaults(lifted.tree, problems);

  // 5. Replace formulas by their values.
  const resolved = resolveFormulas(spread, SCENARIOS.schema, VARIABLES, problems);

  // 6. Hold it against the schema, which fills in defaults.
  const examined = new Examined(resolved, problems);
  const sections = validSections(SCENARIOS, examined);

  // 7. Check what several values mean together.
  checkMeaning(sections, examined, metricNames);

  // 8. Without errors, the sections are a scenario, if all that is uncertain can be as it may be.
  if (problems.hasErrors) return { scenario: undefined, resolved };
  const scenario = withUncertain(normalise(sections as Scenario), lifted, spread);
  checkCorners(scenario, examined, (drawn, found) => completeNow(drawn, found, metricNames));
  return { scenario: problems.hasErrors ? undefined : scenario, resolved };
}
