// Gives every free parameter its range, its start and its places in the scenarios.
//
// A parameter with `in` takes the place of a number that is written in a file: wherever that very number has come to
// stand in a scenario, through whatever chain of `extends`. So what is simulated is what the scenarios would be with the
// number changed in the file. A parameter without `in` is set in every scenario, as by --set.
import type { Examined } from "../../documents/checking/examined.ts";
import { Problems, type Text } from "../../documents/checking/problems.ts";
import {
  acceptsNumber,
  type NumberRange,
  rangeOf,
  schemaAt,
} from "../../documents/checking/schemaWalk.ts";
import { amountIn } from "../../documents/checking/signedAmounts.ts";
import { suggest } from "../../documents/checking/suggest.ts";
import type { Parts } from "../../documents/checking/validate.ts";
import { isFormula } from "../../documents/formulas/language.ts";
import { readWithBases } from "../../documents/reading/extend.ts";
import type { SourceFiles } from "../../documents/reading/files.ts";
import type { MapNode, Path, TreeNode } from "../../documents/reading/tree.ts";
import { nodeAt, replaceAt, toPlain } from "../../documents/reading/tree.ts";
import { isUncertain } from "../../documents/uncertain.ts";
import type { LabelledScenario } from "../../scenario/labelled.ts";
import { applyOverrides } from "../../scenario/overrides.ts";
import { scenarioFileSchema } from "../../scenario/schema.ts";
import { centralOf } from "../../scenario/uncertain/distribution.ts";
import type { UncertainNumber } from "../../scenario/uncertain/uncertainNumber.ts";
import type { FreeParameter, Place, Slot, Template } from "../calibration.ts";
import { checkParameter, fromUnit, type Parameter } from "../parameters.ts";
import { pathsWrittenAt } from "../templates.ts";
import * as messages from "./messages.ts";
import type { WrittenParameter } from "./schema.ts";
import type { ShapedTargets } from "./shape.ts";

export interface Placed {
  readonly parameters: readonly FreeParameter[];
  readonly templates: readonly Template[];
}

/** Name of the file for parameters that stand in no file. */
export const OWN_PRESET = "preset.yaml";

/** What the copy of a file with free parameters is called in the folder of results. */
export function presetName(file: string): string {
  return file
    .split("/")
    .filter((part) => part !== ".." && part !== "." && part !== "")
    .join("/");
}

/** Places the parameters; what is wrong with them, as far as they are valid by themselves, is told to `examined`. */
export function placeParameters(
  { parameters }: ShapedTargets,
  scenarios: readonly LabelledScenario[],
  examined: Examined,
  files: SourceFiles,
): Placed {
  const placing = new Placing(scenarios, examined, files);
  for (const [index, item] of parameters.entries()) placing.place(index, item);
  return placing.result();
}

/** What is known of a parameter's number. */
interface Standing {
  /** Where it is written, if in one file. */
  readonly place?: Place;
  /** Paths in the scenarios, by index. */
  readonly slots: readonly { readonly scenario: number; readonly path: Path }[];
  /** Values that stand there; undefined for none, or a formula. */
  readonly values: readonly (number | undefined)[];
  /** What the field can be. */
  readonly field: NumberRange;
}

class Placing {
  private readonly scenarios: readonly LabelledScenario[];
  private readonly examined: Examined;
  private readonly files: SourceFiles;
  private readonly placed: FreeParameter[] = [];
  private readonly trees: MapNode[];
  private readonly slots: Slot[][];
  /** Parameters so far, by their index in the file. */
  private readonly known: { readonly path: string; readonly file: string | undefined }[] = [];
  /** Files with free parameters by the names of their copies. */
  private readonly presets = new Map<string, string>([[OWN_PRESET, ""]]);

  constructor(scenarios: readonly LabelledScenario[], examined: Examined, files: SourceFiles) {
    this.scenarios = scenarios;
    this.examined = examined;
    this.files = files;
    this.trees = scenarios.map(({ tree }) => tree);
    this.slots = scenarios.map(() => []);
  }

  result(): Placed {
    const templates = this.scenarios.map(({ label }, i) => ({
      label,
      tree: this.trees[i],
      slots: this.slots[i],
    }));
    return { parameters: this.placed, templates };
  }

  place(index: number, { whole, fields, broken }: Parts<WrittenParameter>): void {
    const { path, in: file } = fields;
    const parameter = this.parameterOf(index, fields);
    if (path === undefined || broken.has("in") || !this.isNew(index, path, file)) return;
    const before = [...this.trees];
    const standing =
      file === undefined ? this.everywhere(index, path) : this.inFile(index, path, file);
    const isSound = standing && parameter && this.fitsField(index, path, parameter, standing.field);
    const start = isSound && this.startOf(index, fields.start, parameter, standing.values);
    if (!isSound || typeof start !== "number" || whole === undefined) {
      this.trees.splice(0, before.length, ...before);
      return;
    }
    for (const slot of standing.slots)
      this.slots[slot.scenario].push({ parameter: this.placed.length, path: slot.path });
    const { place } = standing;
    const where = file === undefined || place === undefined ? {} : { in: file, place };
    this.placed.push({ ...parameter, path, ...where, start });
  }

  /** The parameter with its range and scale, where these are sound. */
  private parameterOf(
    index: number,
    { path = "", in: file, range, scale = "linear" }: Partial<WrittenParameter>,
  ): Parameter | undefined {
    if (range === undefined) return undefined;
    const [low, high] = range;
    const at = ["parameters", index, "range"];
    const parameter = { name: file === undefined ? path : `${file}:${path}`, low, high, scale };
    if (!(low < high)) {
      this.examined.error(at, messages.emptyRange("range", low, high));
      return undefined;
    }
    try {
      checkParameter(parameter);
    } catch (error) {
      const rule = (error as RangeError).message.replace(/^.*\): /s, "");
      this.examined.error(at, messages.outsideScale(scale, rule));
      return undefined;
    }
    return parameter;
  }

  /** Whether no other parameter is the same number. */
  private isNew(index: number, path: string, file: string | undefined): boolean {
    const other = this.known.findIndex(
      (one) =>
        one?.path === path && (one.file === file || one.file === undefined || file === undefined),
    );
    this.known[index] = { path, file };
    if (other < 0) return true;
    const line = this.examined.locate(["parameters", other, "path"]).line;
    return this.refuse(index, "path", messages.twiceFree(path, line));
  }

  // ---------------------------------------------------------------- in every scenario

  private everywhere(index: number, written: string): Standing | undefined {
    const path = written.split(".");
    const values: (number | undefined)[] = [];
    let field: NumberRange = { isWhole: false };
    for (const [i, tree] of this.trees.entries()) {
      if (leadsIntoList(tree, path))
        return void this.refuse(index, "path", messages.inList(written));
      // What is set does not matter yet: it makes a place, and a point sets it to a value of its own.
      const scratch = new Problems();
      const set = applyOverrides(tree, { [written]: 0 }, scratch);
      const at = this.examined.locate(["parameters", index, "path"]);
      this.trees[i] = replaceAt(set, path, (node) => ({ ...node, at })) as MapNode;
      const [problem] = scratch.sorted();
      if (problem !== undefined) {
        const { message, rule, hint } = problem;
        return void this.refuse(index, "path", { message, rule, hint });
      }
      const number = this.numberAt(index, written, tree, nodeAt(tree, path));
      if (number === undefined) return undefined;
      values.push(number.value);
      field = number.field;
    }
    const slots = this.trees.map((_, scenario) => ({ scenario, path }));
    return { slots, values, field };
  }

  // ---------------------------------------------------------------- in a file

  private inFile(index: number, written: string, name: string): Standing | undefined {
    const file = this.examined.resolve(["parameters", index, "in"], name, this.files);
    if (file === undefined) return undefined;
    const user = this.scenarios.find(({ files }) => files.includes(file));
    if (user === undefined) {
      const known = [...new Set(this.scenarios.flatMap(({ files }) => files))];
      const near = suggest(file, known);
      return void this.refuse(index, "in", messages.noSuchFile(name, known, near));
    }
    if (!this.hasOwnPreset(index, name, file)) return undefined;
    const tree = readWithBases(file, this.files, new Problems()).tree;
    const node = tree && nodeAt(tree, written.split("."));
    if (node?.at.file !== file)
      return void this.refuse(index, "path", messages.notInFile(written, name, node?.at.file));
    const number = this.numberAt(index, written, user.tree, node);
    if (number === undefined) return undefined;
    const { line, column } = node.at;
    const place = { file, line, column };
    const slots = this.trees.flatMap((one, scenario) =>
      pathsWrittenAt(one, place).map((path) => ({ scenario, path })),
    );
    if (slots.length === 0)
      return void this.refuse(index, "path", messages.noEffect(written, name));
    return { place, slots, values: [number.value], field: number.field };
  }

  private hasOwnPreset(index: number, name: string, file: string): boolean {
    const preset = presetName(name);
    const other = this.presets.get(preset) ?? file;
    this.presets.set(preset, other);
    return other === file || this.refuse(index, "in", messages.samePreset(preset));
  }

  // ---------------------------------------------------------------- values

  /** The number that stands at a place that can have one, and what the field can be; undefined (and a problem) if it cannot. */
  private numberAt(
    index: number,
    path: string,
    tree: MapNode,
    node: TreeNode | undefined,
  ): { readonly value: number | undefined; readonly field: NumberRange } | undefined {
    const schema = schemaAt(scenarioFileSchema, toPlain(tree), path.split("."));
    const written = node && writtenAt(node);
    const isUnsure = node !== undefined && isUncertain(toPlain(node));
    // A duration may be written with its unit, and an amount with its sign.
    const amount = schema && amountIn(schema, written);
    const value: unknown =
      amount ?? (schema && (schema as typeof scenarioFileSchema).safeParse(written).data);
    const isNumber = typeof value === "number";
    if (!schema || !acceptsNumber(schema) || !(isNumber || isFormula(written) || isUnsure || !node))
      return void this.refuse(index, "path", messages.noNumber(path));
    const field = rangeOf(schema) ?? { isWhole: false };
    if (field.isWhole) return void this.refuse(index, "path", messages.wholeNumber(path));
    return { value: node && isNumber ? value : undefined, field };
  }

  private fitsField(
    index: number,
    path: string,
    { low, high }: Parameter,
    field: NumberRange,
  ): boolean {
    const { min = low, max = high } = field;
    const end = low < min || low > max ? 0 : 1;
    const bound = [low, high][end];
    if (bound >= min && bound <= max) return true;
    const at = ["parameters", index, "range", end];
    this.examined.error(at, messages.rangeOutsideField(bound, path, field));
    return false;
  }

  /** Where the search begins: where the file says, else where the scenarios agree to be, else in the middle. */
  private startOf(
    index: number,
    start: number | undefined,
    parameter: Parameter,
    standing: readonly (number | undefined)[],
  ): number | undefined {
    const { low, high } = parameter;
    const isInside = (value: number) => value >= low && value <= high;
    if (start !== undefined) {
      if (isInside(start)) return start;
      return void this.refuse(index, "start", messages.startOutside(start, low, high));
    }
    const [first] = standing;
    const middle = fromUnit(parameter, 0.5);
    if (first === undefined || standing.some((value) => value !== first)) return middle;
    if (isInside(first)) return first;
    const at = ["parameters", index, "range"];
    this.examined.warning(at, messages.standsOutside(first, low, high));
    return middle;
  }

  private refuse(index: number, key: "path" | "in" | "start", text: Text): false {
    this.examined.error(["parameters", index, key], text);
    return false;
  }
}

/** What a scalar says; of an uncertain number its central value, not a number where it is badly written. */
function writtenAt(node: TreeNode): unknown {
  if (node.kind === "scalar") return node.value;
  const plain = toPlain(node);
  return isUncertain(plain) ? centralOf(plain as UncertainNumber, { isWhole: false }) : undefined;
}

/** Whether a path goes through a list that is there. */
function leadsIntoList(tree: TreeNode, path: Path): boolean {
  return path.some((_, depth) => nodeAt(tree, path.slice(0, depth))?.kind === "list");
}
