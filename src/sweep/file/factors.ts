// Gives every factor its places, which fields of which scenarios it sets, and the axis that it varies over. All that can
// be told of a factor without running anything is told at the place where it was written.
import type { z } from "zod";
import type { Examined } from "../../documents/checking/examined.ts";
import { faultOf } from "../../documents/checking/explain.ts";
import { Problems, type Text } from "../../documents/checking/problems.ts";
import { rangeOf, schemaAt } from "../../documents/checking/schemaWalk.ts";
import { suggest } from "../../documents/checking/suggest.ts";
import { RESERVED_NAMES, VARIABLE_PATTERN } from "../../documents/formulas/language.ts";
import { keysOfPath, type Overrides } from "../../documents/reading/overrides.ts";
import type { MapNode, Path } from "../../documents/reading/tree.ts";
import { toPlain } from "../../documents/reading/tree.ts";
import { SCENARIOS } from "../../scenario/format.ts";
import { type LabelledScenario, unknownLabel } from "../../scenario/labelled.ts";
import { applyOverrides } from "../../scenario/overrides.ts";
import { scenarioFileSchema } from "../../scenario/schema.ts";
import type { Axis } from "../designs/axes.ts";
import { type FactorFormula, inOrderOfUse, readFormula } from "./formulas.ts";
import * as messages from "./messages.ts";
import { overlap, replacedBy } from "./overlaps.ts";
import type { WrittenFactor } from "./schema.ts";
import type { ShapedExperiment } from "./shape.ts";
import { axisOf, checkOneWay, hasWords, type WrittenValue, writtenValues } from "./values.ts";

/** Something that is varied. */
export interface Factor {
  readonly name: string;
  /** Dotted paths of the fields that get its value. */
  readonly paths: readonly string[];
  /** Labels of the scenarios that it is set in. */
  readonly labels: readonly string[];
  /** What it varies over; undefined where it has a formula. */
  readonly axis?: Axis;
  /** The formula that it is computed by. */
  readonly formula?: string;
}

export interface PlacedFactors {
  /** In the order of the file. */
  readonly factors: readonly Factor[];
  /** Those with formulas, in the order of their use. */
  readonly formulas: readonly FactorFormula[];
}

/**
 * Places the factors; what is wrong with them, as far as they are valid by themselves, is told to `examined`.
 * @param overrides what has been set in the scenarios already, and must not be lost
 */
export async function placeFactors(
  shaped: ShapedExperiment,
  scenarios: readonly LabelledScenario[],
  overrides: Overrides,
  examined: Examined,
): Promise<PlacedFactors> {
  const formulas = await readFormulas(shaped.factors, examined);
  const placing = new Placing(shaped, formulas, scenarios, overrides, examined);
  const placed = [...shaped.factors].map(([name, factor]) => factor && placing.place(name, factor));
  return { factors: placed.filter((factor) => factor !== undefined), formulas };
}

async function readFormulas(
  factors: ShapedExperiment["factors"],
  examined: Examined,
): Promise<readonly FactorFormula[]> {
  const known = [...factors.keys()];
  const formulas: FactorFormula[] = [];
  for (const [name, factor] of factors) {
    if (factor?.formula === undefined) continue;
    const expression = await readFormula(factor.formula, formulaPath(name), known, examined);
    if (expression !== undefined) formulas.push({ name, expression });
  }
  return inOrderOfUse(formulas, formulaPath, examined);
}

const formulaPath = (name: string): Path => ["factors", name, "formula"];

type FieldSchema = z.ZodType;

/** The fields that a factor sets: their schemas, each with the path of one of its fields. */
type Fields = ReadonlyMap<FieldSchema, string>;

class Placing {
  private readonly shaped: ShapedExperiment;
  private readonly formulas: readonly FactorFormula[];
  private readonly scenarios: readonly LabelledScenario[];
  private readonly plain: ReadonlyMap<string, unknown>;
  private readonly overrides: Overrides;
  private readonly examined: Examined;
  /** The paths that are varied so far: in which scenario, and by which factor. */
  private readonly taken: { readonly label: string; readonly path: string; readonly by: string }[] =
    [];

  constructor(
    shaped: ShapedExperiment,
    formulas: readonly FactorFormula[],
    scenarios: readonly LabelledScenario[],
    overrides: Overrides,
    examined: Examined,
  ) {
    this.shaped = shaped;
    this.formulas = formulas;
    this.scenarios = scenarios;
    this.plain = new Map(scenarios.map(({ label, tree }) => [label, toPlain(tree)]));
    this.overrides = overrides;
    this.examined = examined;
  }

  /** Labels of all scenarios, also of those that cannot be read. */
  private get allLabels(): readonly string[] {
    return Object.keys(this.shaped.fields.scenarios ?? {});
  }

  place(name: string, written: WrittenFactor): Factor | undefined {
    const { path = name, formula } = written;
    const { design } = this.shaped.fields;
    const paths = [path].flat();
    if (written.path !== undefined && !this.isUsableName(name)) return undefined;
    const labels = this.labelsOf(name, written);
    const fields = labels && this.fieldsOf(name, written, paths, labels);
    const isClear = checkOneWay(name, written, design, this.examined);
    if (!isClear || labels === undefined || fields === undefined) return undefined;
    if (formula !== undefined)
      return this.hasNumbers(name) ? { name, paths, labels, formula } : undefined;
    const values = writtenValues(name, written, design);
    if (!this.areInRange(values, fields)) return undefined;
    const isWhole = [...fields.keys()].some((schema) => rangeOf(schema)?.isWhole);
    const axis = axisOf(name, written, design, isWhole, this.examined);
    return axis && { name, paths, labels, axis };
  }

  // ---------------------------------------------------------------- name, scenarios

  /** Whether formulas can use the name. */
  private isUsableName(name: string): boolean {
    const isUsable = VARIABLE_PATTERN.test(name) && !RESERVED_NAMES.includes(name);
    if (!isUsable)
      this.examined.errorAtKey(["factors", name], messages.factorName(name, RESERVED_NAMES));
    return isUsable;
  }

  /** Labels of the scenarios that the factor is set in; undefined (and a problem) where it cannot be. */
  private labelsOf(name: string, { only }: WrittenFactor): readonly string[] | undefined {
    const all = this.allLabels;
    const used = this.usedBy(name);
    if (only === undefined) {
      const labels = this.intendedLabels(name);
      if (labels.length > 0 || all.length === 0) return labels;
      return void this.examined.error(formulaPath(name), messages.setNowhere(used));
    }
    const at: Path = ["factors", name, "only"];
    let isSound = true;
    for (const [i, label] of [only].flat().entries()) {
      const place = Array.isArray(only) ? [...at, i] : at;
      const text = this.faultOfLabel(label, all, used);
      if (text === undefined) continue;
      this.examined.error(place, text);
      isSound = false;
    }
    const chosen = new Set([only].flat());
    return isSound ? all.filter((label) => chosen.has(label)) : undefined;
  }

  private faultOfLabel(
    label: string,
    all: readonly string[],
    used: readonly string[],
  ): Text | undefined {
    // Where the scenarios are not valid, nothing is known of their labels.
    if (all.length === 0) return undefined;
    if (!all.includes(label)) return unknownLabel(label, all, suggest(label, all));
    const absent = used.find((other) => !this.intendedLabels(other).includes(label));
    return absent === undefined ? undefined : messages.usesElsewhere(absent, label);
  }

  /** Labels as written, or else of all scenarios in which everything is set that the formula uses. */
  private intendedLabels(name: string): readonly string[] {
    const only = this.shaped.factors.get(name)?.only;
    if (only !== undefined) return [only].flat();
    const all = this.allLabels;
    const used = this.usedBy(name).map((other) => this.intendedLabels(other));
    return all.filter((label) => used.every((labels) => labels.includes(label)));
  }

  /** Factors that a factor's formula uses; none where it has no sound formula. */
  private usedBy(name: string): readonly string[] {
    return this.formulas.find((one) => one.name === name)?.expression.variables ?? [];
  }

  /** Whether a formula computes with numbers alone. */
  private hasNumbers(name: string): boolean {
    const words = this.usedBy(name).filter((used) => hasWords(used, this.shaped));
    for (const used of words) this.examined.error(formulaPath(name), messages.wordsInFormula(used));
    return words.length === 0;
  }

  // ---------------------------------------------------------------- fields

  /** The fields that it sets; undefined (and a problem) where there is no such field. */
  private fieldsOf(
    name: string,
    written: WrittenFactor,
    paths: readonly string[],
    labels: readonly string[],
  ): Fields | undefined {
    const fields = new Map<FieldSchema, string>();
    let isSound = true;
    for (const [i, path] of paths.entries()) {
      const text = this.faultOfPath(name, path, labels, fields);
      if (text === undefined) continue;
      isSound = false;
      if (written.path === undefined) this.examined.errorAtKey(["factors", name], text);
      else
        this.examined.error(
          ["factors", name, "path", ...(Array.isArray(written.path) ? [i] : [])],
          text,
        );
    }
    return isSound ? fields : undefined;
  }

  /** What is wrong with a path; its fields are put into the map. */
  private faultOfPath(
    name: string,
    path: string,
    labels: readonly string[],
    fields: Map<FieldSchema, string>,
  ): Text | undefined {
    if (FIXED.includes(path.split(".")[0])) return messages.notVaried(path);
    const set = replacedBy(path, this.overrides);
    if (set !== undefined) return messages.setAndVaried(path, set);
    const missing = new Map<string, Text>();
    for (const { label, tree } of this.scenarios) {
      if (!labels.includes(label)) continue;
      const other = this.taken.find((one) => one.label === label && overlap(one.path, path));
      if (other !== undefined) return messages.pathTwice(path, other.by);
      this.taken.push({ label, path, by: name });
      const text = faultOfOverride(tree, path);
      if (text !== undefined) missing.set(label, text);
      const schema = schemaAt(scenarioFileSchema, this.plain.get(label), keysOfPath(path));
      if (schema !== undefined) fields.set(schema as FieldSchema, path);
    }
    const [first] = missing;
    if (first === undefined) return undefined;
    const having = labels.filter((label) => !missing.has(label));
    return messages.inNoScenario(first[1], first[0], having);
  }

  private areInRange(values: readonly WrittenValue[], fields: Fields): boolean {
    let isSound = true;
    for (const [schema, path] of fields)
      for (const { value, at } of values) {
        const text = faultOf(schema, value, path.split("."), SCENARIOS);
        if (text === undefined) continue;
        this.examined.error(at, text);
        isSound = false;
      }
    return isSound;
  }
}

/** Sections that say nothing of a single cell. */
const FIXED = ["name", "description", "seed", "replications", "thresholds", "faultline"];

/** Why a field cannot be set; undefined where it can. */
function faultOfOverride(tree: MapNode, path: string): Text | undefined {
  const scratch = new Problems();
  applyOverrides(tree, { [path]: 0 }, scratch);
  const [problem] = scratch.sorted();
  return problem && { message: problem.message, rule: problem.rule, hint: problem.hint };
}
