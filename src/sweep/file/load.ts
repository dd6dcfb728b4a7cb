// Turns an experiment into a sweep: read → hold against the schema → read the scenarios → give the factors their places
// → make the design → find the cells → try the first. An experiment comes from a file, or from scenario files and
// options: these are laid out as if they had been written in a file, and go the same way. All problems of all files are
// reported at once.

import { Examined } from "../../documents/checking/examined.ts";
import {
  type Problem,
  Problems,
  ScenarioError,
  Source,
} from "../../documents/checking/problems.ts";
import { suggest } from "../../documents/checking/suggest.ts";
import { findNamed, nameAfterFile } from "../../documents/names.ts";
import { readWithBases } from "../../documents/reading/extend.ts";
import { remembering, type SourceFiles } from "../../documents/reading/files.ts";
import type { Overrides } from "../../documents/reading/overrides.ts";
import { parseSource, ValueBudget } from "../../documents/reading/parse.ts";
import { type MapNode, merge, nodeAt, withEntry, without } from "../../documents/reading/tree.ts";
import { KNOWN_METRICS } from "../../metrics/naming.ts";
import { rootKey } from "../../numerics/draws.ts";
import { warnOfStalls } from "../../scenario/flow/warn.ts";
import {
  called,
  type LabelledScenario,
  readLabelled,
  unknownLabel,
} from "../../scenario/labelled.ts";
import { complete } from "../../scenario/load.ts";
import { applyOverrides } from "../../scenario/overrides.ts";
import { readScenario } from "../../scenario/read.ts";
import { type Scenario, scenarioSchema } from "../../scenario/schema.ts";
import type { UncertainOptions } from "../../scenario/uncertain/asked.ts";
import { type CellParts, Cells, needsLook, scenarioAt, unpaired } from "../cells.ts";
import { checkSize } from "../designs/design.ts";
import type { Sweep } from "../sweep.ts";
import { type Constraint, NotAConditionError, readConstraint } from "./constraint.ts";
import { checkDesign, makeDesign } from "./designing.ts";
import { placeFactors } from "./factors.ts";
import { metricsOf, samplingOf } from "./measuring.ts";
import * as messages from "./messages.ts";
import type { WrittenDesign } from "./schema.ts";
import { type ShapedExperiment, shape, spellOutFactors } from "./shape.ts";
import { hasWords } from "./values.ts";
import { parseVary } from "./vary.ts";

/** What can be said from outside; it wins over what the file says. */
export interface SweepOptions extends UncertainOptions {
  readonly seed?: string | undefined;
  readonly metrics?: readonly string[] | undefined;
  /** Excludes `precision`. */
  readonly replications?: number | undefined;
  /** Half-widths of metrics, as in a file: 0.01, "1%". Excludes `replications`. */
  readonly precision?: Readonly<Record<string, number | string>> | undefined;
  readonly cap?: number | undefined;
  /** Values to set in every scenario before factors are, by dotted path. */
  readonly overrides?: Overrides | undefined;
  /** Whether the number of points is meant, however large. */
  readonly yes?: boolean | undefined;
}

export interface LoadExperimentOptions extends SweepOptions {
  /** Where files come from. */
  readonly files: SourceFiles;
}

export interface SweepOfOptions extends SweepOptions {
  /** Scenario files; each is called by its scenario's name. */
  readonly scenarios: readonly string[];
  /** Where a scenario file and what it extends come from. */
  readonly files: (scenario: string) => SourceFiles;
  /** Factors, in the notation of --vary. */
  readonly vary: readonly string[];
  /** Name of the sweep; default: that of the first scenario. */
  readonly name?: string | undefined;
  /** Name of the scenario that the others are paired with. */
  readonly baseline?: string | undefined;
  readonly design?: WrittenDesign | undefined;
  readonly where?: string | undefined;
}

export interface LoadedSweep {
  readonly sweep: Sweep;
  /** All files that were read, with their content, by path; the experiment file first. */
  readonly sources: ReadonlyMap<string, string | Uint8Array>;
  /** What is valid but can hardly be meant. */
  readonly warnings: readonly Problem[];
}

/**
 * Loads an experiment file.
 * @throws ScenarioError with all problems, when it or a scenario is not valid
 * @throws DesignTooLargeError when it has more points than somebody probably meant, and they are not confirmed
 */
export async function loadExperiment(
  file: string,
  options: LoadExperimentOptions,
): Promise<LoadedSweep> {
  const problems = new Problems();
  const sources = new Map<string, string | Uint8Array>();
  const files = remembering(options.files, sources);

  const { tree } = readWithBases(file, files, problems);
  if (tree === undefined) throw new ScenarioError(problems.sorted());
  const written = spellOutFactors(layOver(nameAfterFile(tree, file), options, problems));
  const examined = new Examined(written, problems);
  const shaped = shape(examined);
  const set = (tree: MapNode) => applyOverrides(tree, options.overrides ?? {}, problems);
  const scenarios = readLabelled(shaped.fields.scenarios ?? {}, examined, files, set);
  return { ...(await assemble(shaped, scenarios, examined, options)), sources };
}

/**
 * A sweep over scenario files by options.
 * @throws ScenarioError with all problems, when an option or a scenario is not valid
 * @throws DesignTooLargeError when it has more points than somebody probably meant, and they are not confirmed
 */
export async function sweepOf(options: SweepOfOptions): Promise<LoadedSweep> {
  const problems = new Problems();
  const sources = new Map<string, string | Uint8Array>();
  const scenarios: LabelledScenario[] = [];
  const paths: Record<string, string> = {};
  for (const file of options.scenarios) {
    const at = { file, line: 0, column: 0 };
    const sourceFiles = remembering(options.files(file), sources);
    const { tree, files } = readScenario(file, sourceFiles, problems);
    const set = tree && applyOverrides(tree, options.overrides ?? {}, problems);
    const name = nodeAt(nameAfterFile(set ?? { kind: "map", entries: new Map(), at }, file), [
      "name",
    ]);
    const label = String(name?.kind === "scalar" ? name.value : "");
    if (Object.hasOwn(paths, label))
      problems.error(at, ["name"], messages.sameName(label, paths[label]));
    else if (set !== undefined) scenarios.push({ label, tree: called(label, set), files });
    paths[label] = file;
  }
  const { name = scenarios[0]?.label ?? "sweep", design, where } = options;
  const baseline = labelOf(options.baseline, paths);
  const values = { name, scenarios: paths, baseline, design, where, ...valuesOf(options) };
  const factors = parseVary(options.vary, problems);
  const written = spellOutFactors(withEntry(treeOf(values, problems), "factors", factors));
  const examined = new Examined(written, problems);
  const shaped = shape(examined);
  return { ...(await assemble(shaped, scenarios, examined, options)), sources };
}

// ---------------------------------------------------------------- reading

/** The label of the scenario that is meant; as it was typed where it is none. */
function labelOf(
  wanted: string | undefined,
  paths: Readonly<Record<string, string>>,
): string | undefined {
  const labels = Object.keys(paths);
  const index = wanted === undefined ? -1 : findNamed(wanted, labels, Object.values(paths));
  return labels[index] ?? wanted;
}

/** How options are called as the place of a problem: each is a line of its own. */
const OPTIONS_SOURCE = "(options)";

/** The options that a file could have as well. */
function valuesOf({ seed, metrics, replications, precision, cap }: SweepOptions) {
  return { seed, metrics, replications, precision, cap };
}

/** The tree with the options laid over it. */
function layOver(tree: MapNode, options: SweepOptions, problems: Problems): MapNode {
  const replaced = [
    ...(options.precision === undefined ? [] : ["precision", "replications"]),
    // A cap of the file bounds a precision that there is no more.
    ...(options.replications === undefined ? [] : ["precision", "replications", "cap"]),
  ];
  const over = treeOf(valuesOf(options), problems);
  // The whole is still the file.
  return { ...(merge(without(tree, ...replaced), over) as MapNode), at: tree.at };
}

/** The tree of plain values, with their JSON text as the source in which they stand. */
function treeOf(values: Readonly<Record<string, unknown>>, problems: Problems): MapNode {
  const lines = Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`);
  const source = new Source(OPTIONS_SOURCE, lines.join("\n") || "{}");
  const tree = parseSource(source, new ValueBudget(), problems);
  if (tree === undefined) throw new ScenarioError(problems.sorted());
  if (lines.length > 0) problems.addSource(source);
  return tree;
}

// ---------------------------------------------------------------- from the parts to a sweep

async function assemble(
  shaped: ShapedExperiment,
  scenarios: readonly LabelledScenario[],
  examined: Examined,
  { yes = false, overrides = {}, fixed, draws }: SweepOptions,
): Promise<Omit<LoadedSweep, "sources">> {
  const { problems } = examined;
  const { fields } = shaped;
  if (fields.scenarios && Object.keys(fields.scenarios).length === 0)
    examined.error(["scenarios"], messages.noScenarios);
  const baseline = baselineOf(shaped, scenarios, examined);
  const { factors, formulas } = await placeFactors(shaped, scenarios, overrides, examined);
  checkDesign(shaped, factors, examined);
  const where = await whereOf(shaped, examined);
  const isPaired = fields.baseline !== undefined;
  const metrics = metricsOf(shaped, isPaired, examined);
  const sampling = samplingOf(shaped, isPaired, examined);
  checkOverrides(overrides, shaped, examined);
  if (problems.hasErrors) {
    // What is wrong with the scenarios themselves is told along with it.
    for (const { tree } of scenarios) await complete(tree, problems, KNOWN_METRICS);
    throw new ScenarioError(problems.sorted());
  }

  const { name, design: written } = fields as Required<ShapedExperiment["fields"]>;
  const seed = fields.seed ?? seedOf(scenarios[0]);
  const design = makeDesign(written, factors, rootKey(seed));
  const parts: CellParts = {
    scenarios,
    baseline,
    factors,
    formulas,
    design,
    where,
    uncertain: { fixed, draws },
  };
  checkSize(design.count, yes, needsLook(parts));
  const cells = findCells(parts, examined);
  const first = cells && (await tryFirst(parts, cells, examined));
  if (cells === undefined || first === undefined) throw new ScenarioError(problems.sorted());
  const sweep: Sweep = {
    name,
    seed,
    labels: scenarios.map(({ label }) => label),
    baseline: fields.baseline,
    factors,
    design: written,
    cellCount: cells.count,
    pointCount: cells.pointCount,
    excluded: cells.excluded,
    metrics,
    sampling: sampling ?? { replications: first.replications },
    cellAt: (index) => cells.cellAt(index),
  };
  return { sweep, warnings: problems.sorted() };
}

/** What is set in the scenarios and decided for the whole sweep would be lost. */
function checkOverrides(
  overrides: Overrides,
  { fields }: ShapedExperiment,
  examined: Examined,
): void {
  const { seed, replications, precision, cap } = fields;
  const decided = { seed, replications: replications ?? precision ?? cap };
  for (const [path, decider] of Object.entries(decided))
    if (decider !== undefined && Object.hasOwn(overrides, path))
      examined.error([path], messages.setTwice(path, "the sweep"));
}

function baselineOf(
  { fields }: ShapedExperiment,
  scenarios: readonly LabelledScenario[],
  examined: Examined,
): number {
  const { baseline, scenarios: named } = fields;
  if (baseline === undefined || named === undefined) return -1;
  const labels = Object.keys(named);
  if (!labels.includes(baseline))
    examined.error(["baseline"], unknownLabel(baseline, labels, suggest(baseline, labels)));
  return scenarios.findIndex(({ label }) => label === baseline);
}

async function whereOf(
  { fields, factors }: ShapedExperiment,
  examined: Examined,
): Promise<Constraint | undefined> {
  if (fields.where === undefined) return undefined;
  const where = await readConstraint(fields.where, [...factors.keys()], examined);
  const words = where?.expression.variables.filter((name) => hasWords(name, { fields, factors }));
  for (const name of words ?? []) examined.error(["where"], messages.wordsInFormula(name));
  return where;
}

/** The seed of a scenario: a text, so that no formula has to be computed to know it. */
function seedOf({ tree }: LabelledScenario): string {
  const seed = nodeAt(tree, ["seed"]);
  const written = seed?.kind === "scalar" ? seed.value : undefined;
  return (
    scenarioSchema.shape.seed.safeParse(written).data ?? scenarioSchema.shape.seed.parse(undefined)
  );
}

/** The cells; undefined (and a problem) where the condition leaves none or is none. */
function findCells(parts: CellParts, examined: Examined): Cells | undefined {
  try {
    const cells = new Cells(parts);
    if (cells.pointCount > 0) return cells;
    examined.error(["where"], messages.nothingLeft(parts.design.count));
  } catch (error) {
    if (!(error instanceof NotAConditionError)) throw error;
    examined.error(["where"], messages.notACondition(error.result, error.point));
  }
  return undefined;
}

/** The scenario of a tree, with all that there is to warn of. */
async function completeWithWarnings(
  tree: MapNode,
  problems: Problems,
): Promise<Scenario | undefined> {
  const { scenario, resolved } = await complete(tree, problems, KNOWN_METRICS);
  if (scenario) warnOfStalls(scenario, resolved, problems);
  return scenario;
}

/**
 * Tries every scenario by itself, and where that is no valid one, at its first point: a factor may give what is missing.
 * What is wrong in both ways is wrong with the scenario, and no matter of a cell.
 * @returns the first scenario; undefined (and problems) where one of them is wrong
 */
async function tryFirst(
  { scenarios, baseline, factors }: CellParts,
  cells: Cells,
  examined: Examined,
): Promise<Scenario | undefined> {
  const { problems } = examined;
  const made: (Scenario | undefined)[] = [];
  for (const scenario of scenarios) {
    const alone = await complete(scenario.tree, new Problems(), KNOWN_METRICS);
    // Only now into `problems`, which keeps the warnings, or the problems.
    made.push(
      alone.scenario === undefined
        ? await scenarioAt(scenario, factors, cells.firstSettings(scenario).values, problems)
        : await completeWithWarnings(scenario.tree, problems),
    );
  }
  const sound = made.filter((scenario) => scenario !== undefined);
  if (sound.length < made.length) return undefined;
  const [stranger] = unpaired(sound, baseline);
  if (stranger === undefined) return sound[0];
  examined.error(["baseline"], stranger);
  return undefined;
}
