// Reads --vary: a factor in one word of a shell.
//
//     agents.worker.count=1,3,5                         a list: numbers, true and false, words
//     agents.worker.count=1:9                           whole numbers (with latin-hypercube and sobol: any range)
//     models.base.errorRate=0.01:0.2:5                  five values at equal steps
//     models.base.errorRate=0.001:0.1:7:log             seven values at equal ratios
//     agents:agents.worker.count=1,3,5                  a name, for formulas and tables
//     turns:agents.worker.maxTurns==2*agents+1          a formula of other factors
//
// A list is what one would type; LOW:HIGH:COUNT is how plotting tools and spreadsheets write a range; a formula begins
// with = as it does in scenario files. None of the signs but those of the formulas themselves has to be quoted in a
// shell: braces and brackets would. What does not fit here (factors of some scenarios only, words with commas) has a
// place in the experiment file.
import type { Problems } from "../../documents/checking/problems.ts";
import { Source } from "../../documents/checking/problems.ts";
import type {
  Entry,
  Location,
  MapNode,
  ScalarNode,
  ScalarValue,
  TreeNode,
} from "../../documents/reading/tree.ts";
import { FORBIDDEN_KEYS } from "../../documents/reading/tree.ts";
import * as messages from "./messages.ts";

/** How the texts are called as the place of a problem: each is a line of its own. */
export const VARY_SOURCE = "(--vary)";

/** The factors of an experiment, as if they had been written in its file. What is wrong is added to `problems`. */
export function parseVary(texts: readonly string[], problems: Problems): MapNode {
  const lines = texts.map((text) => text.replace(/\s+/g, " "));
  problems.addSource(new Source(VARY_SOURCE, lines.join("\n")));
  const entries = new Map<string, Entry>();
  for (const [i, text] of lines.entries()) {
    const at = (offset: number) => ({ file: VARY_SOURCE, line: i + 1, column: offset + 1 });
    const factor = parseOne(text, at, problems);
    if (factor === undefined) continue;
    if (entries.has(factor.name))
      problems.error(at(0), ["factors", factor.name], messages.variedTwice(factor.name));
    else entries.set(factor.name, { keyAt: at(0), value: factor.spec });
  }
  return { kind: "map", entries, at: { file: VARY_SOURCE, line: 1, column: 1 } };
}

type At = (offset: number) => Location;

const HEAD = /^\s*(?:([^:=\s]+):)?([^:=\s]+)\s*=/;

function parseOne(
  text: string,
  at: At,
  problems: Problems,
): { readonly name: string; readonly spec: MapNode } | undefined {
  const head = HEAD.exec(text);
  const [whole = "", name, path = ""] = head ?? [];
  const spec = head && parseSpec(text.slice(whole.length), (i) => at(whole.length + i), problems);
  if (!spec || FORBIDDEN_KEYS.includes(name ?? path)) {
    if (spec !== undefined) problems.error(at(0), [], messages.varySyntax(text));
    return undefined;
  }
  const fields =
    name === undefined ? spec : { path: scalar(path, at(text.indexOf(":") + 1)), ...spec };
  return { name: name ?? path, spec: mapOf(fields, at(whole.length)) };
}

type Fields = Readonly<Record<string, TreeNode>>;

/** Null where it is none; undefined where that has been told already. */
function parseSpec(text: string, at: At, problems: Problems): Fields | null | undefined {
  if (/^\s*=/.test(text)) {
    const start = text.indexOf("=") + 1;
    return { formula: scalar(text.slice(start), at(start)) };
  }
  if (/^[^,:]*:/.test(text) && numberOf(text.slice(0, text.indexOf(":"))) !== undefined)
    return parseRange(text, at);
  return parseList(text, at, problems);
}

const SCALES = ["linear", "log"];

/** LOW:HIGH, LOW:HIGH:COUNT, each with :log or :linear at its end. */
function parseRange(text: string, at: At): Fields | null {
  const parts = pieces(text, ":", at);
  const scale = SCALES.includes(String(parts.at(-1)?.value)) ? parts.pop() : undefined;
  if (parts.length > 3 || parts.some(({ value }) => typeof value !== "number")) return null;
  const [from, to, count] = parts;
  if (to === undefined) return null;
  return { from, to, ...(count && { count }), ...(scale && { scale }) };
}

function parseList(text: string, at: At, problems: Problems): Fields | undefined {
  const items = pieces(text, ",", at);
  const empty = items.find(({ value }) => value === "");
  if (empty !== undefined) return void problems.error(empty.at, [], messages.emptyItem);
  return { values: { kind: "list", items, at: at(0) } };
}

/** The parts of a text between signs, as values with their places. */
function pieces(text: string, sign: string, at: At): ScalarNode[] {
  let offset = 0;
  return text.split(sign).map((piece) => {
    const start = offset + (piece.length - piece.trimStart().length);
    offset += piece.length + 1;
    return scalar(readValue(piece.trim()), at(start));
  });
}

function readValue(text: string): ScalarValue {
  if (text === "true" || text === "false") return text === "true";
  return numberOf(text) ?? text;
}

const NUMBER = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i;

function numberOf(text: string): number | undefined {
  return NUMBER.test(text) ? Number(text) : undefined;
}

function scalar(value: ScalarValue, at: Location): ScalarNode {
  return { kind: "scalar", value, at };
}

function mapOf(fields: Fields, at: Location): MapNode {
  const entries = Object.entries(fields).map(
    ([key, value]) => [key, { keyAt: value.at, value }] as const,
  );
  return { kind: "map", entries: new Map(entries), at };
}
