// JSON with places. Text is parsed by the engine's own parser, which is fast and tells no places; where something turns
// out to be wrong with it, the text is looked at once more for where that stands. Nesting of any depth takes no stack.
import type { Source } from "../checking/problems.ts";
import type { Entry, MapNode, Path, TreeNode } from "./tree.ts";

// ---------------------------------------------------------------- what is no JSON

/** The first thing in a text that JSON does not allow. */
export interface SyntaxFault {
  /** Where it stands, in characters from the start of the text. */
  readonly offset: number;
  readonly what:
    | "empty"
    /** The text ends within a value. */
    | "cut off"
    | "value expected"
    | "key expected"
    | "colon expected"
    | "comma expected"
    /** Something follows the value that the text is. */
    | "more"
    | "control character"
    | "escape";
}

/** Whitespace, and all that has no parts: a text up to its end or its first fault, a number or a word. */
const SPACE = /[ \t\n\r]*/y;
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.+-])|(?:true|false|null)(?!\w)/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what a text may not have
const TEXT_PART = /[^"\\\u0000-\u001f]*/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/** Moves along a text; the end of what a pattern matches at a place, or -1. */
function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : -1;
}

/** Where a text that is no JSON stops being it; undefined where it is JSON. */
export function syntaxFault(text: string): SyntaxFault | undefined {
  /** Closing signs of the maps and lists that are open. */
  const open: ("}" | "]")[] = [];
  let at = endOf(SPACE, text, 0);
  if (at === text.length) return { offset: 0, what: "empty" };
  let expected: "value" | "key" | "end" = "value";
  /** Whether a list or map may end here, since it has just begun. */
  let isFirst = false;
  const fault = (what: SyntaxFault["what"], offset = at): SyntaxFault => ({
    offset: Math.min(offset, text.length),
    what: offset >= text.length && what !== "more" ? "cut off" : what,
  });
  for (;;) {
    at = endOf(SPACE, text, at);
    const sign = text[at];
    if (expected === "end") {
      const closing = open.at(-1);
      if (closing === undefined) return at < text.length ? fault("more") : undefined;
      if (sign === closing) open.pop();
      else if (sign === ",") expected = closing === "}" ? "key" : "value";
      else return fault("comma expected");
      at++;
      isFirst = false;
    } else if (isFirst && sign === open.at(-1)) {
      expected = "end";
    } else if (expected === "key") {
      if (sign !== '"') return fault("key expected");
      const end = textEnd(text, at);
      if (typeof end !== "number") return end;
      at = endOf(SPACE, text, end);
      if (text[at] !== ":") return fault("colon expected");
      at++;
      expected = "value";
      isFirst = false;
    } else if (sign === "{" || sign === "[") {
      open.push(sign === "{" ? "}" : "]");
      expected = sign === "{" ? "key" : "value";
      isFirst = true;
      at++;
    } else {
      const end = sign === '"' ? textEnd(text, at) : endOf(SCALAR, text, at);
      if (typeof end !== "number") return end;
      if (end < 0) return fault("value expected");
      at = end;
      expected = "end";
    }
  }
}

/** The place after a text that begins at `at`, or what is wrong in it. */
function textEnd(text: string, at: number): number | SyntaxFault {
  for (let to = at + 1; ; ) {
    to = endOf(TEXT_PART, text, to);
    if (to >= text.length) return { offset: text.length, what: "cut off" };
    if (text[to] === '"') return to + 1;
    if (text[to] !== "\\") return { offset: to, what: "control character" };
    const end = endOf(ESCAPE, text, to);
    if (end < 0) return { offset: to, what: "escape" };
    to = end;
  }
}

// ---------------------------------------------------------------- where values stand

/** Paths as a tree of keys. */
interface Wanted {
  readonly children: Map<string, Wanted>;
}

/**
 * The part of a JSON text that some paths lead through, as a tree with places. Everything else is left out, so that the
 * tree of a few places in a large document is small.
 * @param from where the value begins, in characters from the start of the source
 */
export function treeAlong(source: Source, paths: readonly Path[], from = 0): TreeNode {
  const wanted: Wanted = { children: new Map() };
  for (const path of paths) {
    let at = wanted;
    for (const key of path.map(String)) {
      const child = at.children.get(key) ?? { children: new Map() };
      at.children.set(key, child);
      at = child;
    }
  }
  return new Walker(source).read(endOf(SPACE, source.text, from), wanted).node;
}

/** Reads text that is known to be JSON. */
class Walker {
  private readonly source: Source;

  constructor(source: Source) {
    this.source = source;
  }

  /** The value that begins at a place, along what is wanted of it, and where it ends. */
  read(at: number, wanted: Wanted): { readonly node: TreeNode; readonly end: number } {
    const sign = this.source.text[at];
    if (sign === "{") return this.readMap(at, wanted);
    if (sign === "[") return this.readList(at, wanted);
    const end = this.skip(at);
    const value = JSON.parse(this.source.text.slice(at, end));
    return { node: { kind: "scalar", value, at: this.source.locate(at) }, end };
  }

  private readMap(at: number, { children }: Wanted): { node: MapNode; end: number } {
    const { source } = this;
    const { text } = source;
    const entries = new Map<string, Entry>();
    let next = endOf(SPACE, text, at + 1);
    while (text[next] !== "}") {
      const keyEnd = this.skip(next);
      const key: string = JSON.parse(text.slice(next, keyEnd));
      const keyAt = source.locate(next);
      const valueAt = endOf(SPACE, text, endOf(SPACE, text, keyEnd) + 1);
      const wanted = children.get(key);
      const { node, end } = wanted
        ? this.read(valueAt, wanted)
        : { node: undefined, end: this.skip(valueAt) };
      if (node) entries.set(key, { keyAt, value: node });
      next = this.afterComma(end);
    }
    return { node: { kind: "map", entries, at: source.locate(at) }, end: next + 1 };
  }

  private readList(at: number, { children }: Wanted) {
    const { text } = this.source;
    const items: TreeNode[] = [];
    let next = endOf(SPACE, text, at + 1);
    for (let i = 0; text[next] !== "]"; i++) {
      const wanted = children.get(String(i));
      const { node, end } = wanted
        ? this.read(next, wanted)
        : { node: undefined, end: this.skip(next) };
      // The list has holes where nothing is wanted.
      if (node) items[i] = node;
      next = this.afterComma(end);
    }
    return { node: { kind: "list", items, at: this.source.locate(at) } as const, end: next + 1 };
  }

  private afterComma(end: number): number {
    const { text } = this.source;
    const at = endOf(SPACE, text, end);
    return text[at] === "," ? endOf(SPACE, text, at + 1) : at;
  }

  /** The place after the value that begins at a place. */
  private skip(at: number): number {
    const { text } = this.source;
    let depth = 0;
    for (let next = at; ; ) {
      const sign = text[next];
      if (sign === '"') next = textEnd(text, next) as number;
      else if (sign === "{" || sign === "[") {
        depth++;
        next++;
      } else if (sign === "}" || sign === "]") {
        depth--;
        next++;
      } else next = endOf(PLAIN, text, next);
      if (depth === 0) return next;
    }
  }
}

/** Numbers and words; within maps and lists also what stands between values. */
const PLAIN = /[\w.+-]+|[\s:,]+/y;
