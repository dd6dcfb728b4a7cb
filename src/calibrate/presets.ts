// The fitted parameters as files: a copy of every file in which some of them stand, with these numbers replaced and
// all else as it was, comments included; and a file of its own for those that stand in none.
import { isNode, isScalar, isSeq, parseDocument, stringify, visit } from "yaml";
import { isUncertain } from "../documents/uncertain.ts";
import type { FreeParameter, Place } from "./calibration.ts";
import { OWN_PRESET, presetName } from "./file/placing.ts";

export interface Preset {
  /** Path in the folder of results, with `/` between folders. */
  readonly name: string;
  readonly text: string;
}

export interface PresetOptions {
  /** Lines that say where the values come from, put as comments at the top. */
  readonly provenance: readonly string[];
  /** Text of a file that was read. */
  sourceOf(file: string): string;
  /** Path from the place of a preset to what `file` calls `path`. */
  rebase(preset: string, file: string, path: string): string;
}

/** The files that hold the fitted values: a copy per file that holds a parameter, and one for all others. */
export function presets(
  parameters: readonly FreeParameter[],
  fitted: readonly number[],
  options: PresetOptions,
): Preset[] {
  const header = `${options.provenance.map((line) => `# ${line}`.trimEnd()).join("\n")}\n`;
  const byFile = new Map<string, Copy>();
  const own: [path: string, value: number][] = [];
  for (const [i, { path, in: name, place }] of parameters.entries()) {
    if (name === undefined || place === undefined) own.push([path, fitted[i]]);
    else {
      const copy = byFile.get(place.file) ?? { name: presetName(name), values: [] };
      byFile.set(place.file, copy);
      copy.values.push({ place, value: fitted[i] });
    }
  }
  const copies = [...byFile].map(([file, { name, values }]) => ({
    name,
    text: `${header}${copyOf(options.sourceOf(file), values, (path) => options.rebase(name, file, path))}`,
  }));
  return own.length === 0
    ? copies
    : [...copies, { name: OWN_PRESET, text: `${header}${stringify(nested(own))}` }];
}

interface Copy {
  readonly name: string;
  readonly values: { readonly place: Place; readonly value: number }[];
}

interface Change {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** The text with some scalars replaced, and paths to other files as seen from its new place. */
function copyOf(text: string, values: Copy["values"], rebase: (path: string) => string): string {
  const endOf = ends(text);
  const changes: Change[] = values.map(({ place, value }) => {
    const from = offsetOf(text, place);
    const to = endOf.get(from);
    if (to === undefined)
      throw new RangeError(`Line ${place.line}, column ${place.column}: must begin a number`);
    return { from, to, text: String(value) };
  });
  const all = [...changes, ...movedBases(text, rebase), ...movedSchema(text, rebase)];
  all.sort((a, b) => b.from - a.from);
  return all.reduce(
    (rest, { from, to, text: by }) => rest.slice(0, from) + by + rest.slice(to),
    text,
  );
}

/** Where scalars and uncertain numbers end, by where they begin. */
function ends(text: string): Map<number, number> {
  const found = new Map<number, number>();
  const document = parseDocument(text, { schema: "core" });
  visit(document, {
    Map(_, node) {
      if (!node.range || !isUncertain(node.toJS(document))) return;
      // In block style the range goes to the next line.
      const last = node.items.at(-1)?.value;
      const end = node.flow || !isNode(last) ? node.range : (last.range ?? node.range);
      found.set(node.range[0], end[1]);
    },
    Scalar(_, { range }) {
      // The first key of an uncertain number in block style begins where the number does.
      if (range && !found.has(range[0])) found.set(range[0], range[1]);
    },
  });
  return found;
}

function offsetOf(text: string, { line, column }: Place): number {
  let start = 0;
  for (let i = 1; i < line; i++) start = text.indexOf("\n", start) + 1;
  return start + column - 1;
}

function movedBases(text: string, rebase: (path: string) => string): Change[] {
  const bases = parseDocument(text, { schema: "core" }).get("extends", true);
  const names = isSeq(bases) ? bases.items : [bases];
  return names.filter(isScalar).flatMap(({ range, value }) => {
    if (!range || typeof value !== "string") return [];
    return [{ from: range[0], to: range[1], text: JSON.stringify(rebase(value)) }];
  });
}

/** The comment by which editors find the schema. */
function movedSchema(text: string, rebase: (path: string) => string): Change[] {
  const found = /^# yaml-language-server: \$schema=(\.\.?\/\S+)/m.exec(text);
  if (found === null) return [];
  const to = found.index + found[0].length;
  return [{ from: to - found[1].length, to, text: rebase(found[1]) }];
}

/** Values by dotted path as a tree. */
function nested(values: readonly [path: string, value: number][]): Record<string, unknown> {
  const root: Record<string, unknown> = {};
  for (const [path, value] of values) {
    const keys = path.split(".");
    let at = root;
    for (const key of keys.slice(0, -1)) at = (at[key] ??= {}) as Record<string, unknown>;
    at[keys[keys.length - 1]] = value;
  }
  return root;
}
