// Turns the text of a file into a tree with places. YAML 1.2 and JSON go through one parser; what no file has a
// use for (tags, merge keys, several documents, keys that are not text) is refused, and sizes are bounded.
import {
  Composer,
  type CST,
  type Document,
  isAlias,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  type Node,
  type Pair,
  Parser,
  type Scalar,
} from "yaml";
import type { Problems, Source, Text } from "../checking/problems.ts";
import * as messages from "./messages.ts";
import {
  type Entry,
  FORBIDDEN_KEYS,
  type Location,
  type MapNode,
  type Path,
  type TreeNode,
} from "./tree.ts";

/** Deepest nesting of maps and lists. */
export const MAX_DEPTH = 64;
/** Most values of a file with all that it extends, aliases written out. */
export const MAX_VALUES = 200_000;
/** Most words and signs of one text: what a file of full size has that is written without a space. */
const MAX_LEXEMES = 500_000;
const MAX_SYNTAX_ERRORS = 20;

/** Counts the values that are read, over a file and all that it extends. */
export class ValueBudget {
  left = MAX_VALUES;
}

/** The tree of a file, or undefined where its syntax is wrong. What is wrong is added to `problems`. */
export function parseSource(
  source: Source,
  budget: ValueBudget,
  problems: Problems,
): MapNode | undefined {
  const fail = (offset: number, text: Text) => {
    problems.error(source.locate(offset), [], text);
    return undefined;
  };
  const control = findControl(source.text);
  if (control >= 0)
    return fail(control, messages.controlCharacter(source.text.charCodeAt(control)));

  const documents = compose(source, fail);
  if (documents === undefined) return undefined;
  if (documents.length > 1) return fail(documents[1].range[0], messages.severalDocuments);
  const [document] = documents;
  if (reportSyntaxErrors(document, source, problems)) return undefined;
  const { version, explicit } = document.directives?.yaml ?? {};
  if (explicit && version !== "1.2") return fail(0, messages.wrongYamlVersion(String(version)));
  if (document.contents === null) return fail(0, messages.emptyFile);

  const converter = new Converter(source, budget, problems);
  const root = converter.convert(document.contents, [], source.locate(0))?.node;
  if (root === undefined || converter.hasFailed) return undefined;
  if (root.kind === "map") return root;
  const isEmpty = root.kind === "scalar" && root.value === null;
  const value = root.kind === "scalar" ? root.value : [];
  problems.error(root.at, [], isEmpty ? messages.emptyFile : messages.notAMap(value));
  return undefined;
}

/** Position of the first control character other than tab and line end, or -1. */
function findControl(text: string): number {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  return text.search(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/);
}

type YamlDocument = Document.Parsed;

/** The documents of a text, with their syntax errors; undefined (and a problem) where a bound is passed. */
function compose(
  source: Source,
  fail: (offset: number, text: Text) => undefined,
): YamlDocument[] | undefined {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  let lexemes = 0;
  let faults = 0;
  for (const lexeme of new Lexer().lex(source.text)) {
    for (const token of parser.next(lexeme)) {
      tokens.push(token);
      if (token.type === "document" || token.type === "error") faults++;
    }
    // The stack holds the document, the collections that are open, and perhaps a scalar. Exact is the converter.
    if (parser.stack.length > MAX_DEPTH + 2)
      return fail(parser.offset, messages.tooDeep(MAX_DEPTH));
    if (++lexemes > MAX_LEXEMES) return fail(parser.offset, messages.tooManyLexemes(MAX_LEXEMES));
    // One document is no fault, but what comes after the first few is not looked at.
    if (faults > MAX_SYNTAX_ERRORS) break;
  }
  tokens.push(...parser.end());
  const composer = new Composer({
    version: "1.2",
    schema: "core",
    merge: false,
    resolveKnownTags: false,
    // Looked for below, in linear time.
    uniqueKeys: false,
    prettyErrors: false,
  });
  return [...composer.compose(tokens, true, source.text.length)];
}

/** Reports the first error of each line: one slip often causes several. */
function reportSyntaxErrors(document: YamlDocument, source: Source, problems: Problems): boolean {
  const lines = new Set<number>();
  for (const { code, message, pos } of document.errors.slice(0, MAX_SYNTAX_ERRORS)) {
    const end = source.text.trimEnd().length;
    const at = source.locate(Math.min(pos[0], end));
    if (!lines.has(at.line)) problems.error(at, [], messages.yamlError(code, message));
    lines.add(at.line);
  }
  return document.errors.length > 0;
}

/** A converted node with its number of values and its depth, aliases written out. */
interface Measured {
  readonly node: TreeNode;
  readonly values: number;
  readonly depth: number;
}

class Converter {
  private readonly source: Source;
  private readonly budget: ValueBudget;
  private readonly problems: Problems;
  /** Whether there are values that could not be read. */
  hasFailed = false;
  private readonly anchors = new Map<string, Measured | "open" | "failed">();

  constructor(source: Source, budget: ValueBudget, problems: Problems) {
    this.source = source;
    this.budget = budget;
    this.problems = problems;
  }

  /**
   * The tree of a YAML node, or undefined where it cannot be read.
   * @param emptyAt place of a value that is not written at all
   */
  convert(node: Node | null, path: Path, emptyAt: Location): Measured | undefined {
    const at = this.locate(node) ?? emptyAt;
    if (isAlias(node)) return this.convertAlias(node.source, at, path);
    if (node?.tag) this.problems.error(at, path, messages.tag(node.tag));
    const anchor = node?.anchor;
    if (anchor !== undefined) this.anchors.set(anchor, "open");
    const measured = this.convertContent(node, path, at, emptyAt);
    if (anchor !== undefined) this.anchors.set(anchor, measured ?? "failed");
    return measured;
  }

  private convertContent(
    node: Node | null,
    path: Path,
    at: Location,
    emptyAt: Location,
  ): Measured | undefined {
    if (!this.spend(1, at, path)) return undefined;
    if (isCollection(node) && path.length >= MAX_DEPTH)
      return this.refuse(at, path, messages.tooDeep(MAX_DEPTH));
    if (isMap<Node, Node | null>(node)) return this.convertMap(node.items, path, at);
    if (isSeq<Node>(node)) return this.convertList(node.items, path, at);
    const value = isScalar(node) ? node.value : null;
    const isWritten = isScalar(node) && node.source !== "";
    const scalar = value as string | number | boolean | null;
    return {
      node: {
        kind: "scalar",
        value: scalar,
        at: isWritten || scalar !== null ? at : emptyAt,
        ...(isScalar(node) && howWritten(node)),
      },
      values: 1,
      depth: 0,
    };
  }

  private convertList(items: readonly Node[], path: Path, at: Location): Measured {
    const converted = items.map((item, i) => this.convert(item, [...path, i], at));
    const present = converted.filter((item) => item !== undefined);
    return {
      node: { kind: "list", items: present.map(({ node }) => node), at },
      ...measure(present),
    };
  }

  private convertMap(
    pairs: readonly Pair<Node, Node | null>[],
    path: Path,
    at: Location,
  ): Measured {
    const entries = new Map<string, Entry>();
    const present: Measured[] = [];
    for (const [i, { key: keyNode, value: valueNode }] of pairs.entries()) {
      const keyAt = this.locate(keyNode) ?? at;
      const number = this.splitNumber(pairs[i - 1]?.value, keyNode, valueNode);
      if (number !== undefined) {
        const place = this.locate(pairs[i - 1].value) ?? keyAt;
        this.problems.error(place, path, messages.numberWithComma(number));
        continue;
      }
      const key = this.readKey(keyNode, keyAt, path, entries);
      // Values of refused keys are looked at as well: they may have problems and anchors of their own.
      const value = this.convert(valueNode, key === undefined ? path : [...path, key], keyAt);
      if (value === undefined) continue;
      present.push(value);
      if (key !== undefined) entries.set(key, { keyAt, value: value.node });
    }
    return { node: { kind: "map", entries, at }, ...measure(present) };
  }

  /** The number that a comma without a space made a value and a key of, as in { rate: 0,2 }; undefined where it is none. */
  private splitNumber(
    before: Node | null | undefined,
    key: Node,
    value: Node | null,
  ): string | undefined {
    const isEmpty = value === null || (isScalar(value) && value.source === "");
    if (!isEmpty || !isScalar(before) || !before.range || !key.range) return undefined;
    const { text } = this.source;
    const [start, end] = [before.range[0], key.range[1]];
    if (text.slice(before.range[1], key.range[0]) !== ",") return undefined;
    const whole = text.slice(start, end);
    return /^[+-]?\d+,\d+(?!\d)\S*$/.test(whole) ? whole : undefined;
  }

  /** The key as text, or undefined (and a problem) where it is refused. */
  private readKey(
    node: Node,
    at: Location,
    path: Path,
    entries: ReadonlyMap<string, Entry>,
  ): string | undefined {
    const key = isScalar(node) ? node.value : [];
    if (node?.tag) this.problems.error(at, path, messages.tag(node.tag));
    else if (typeof key !== "string") this.problems.error(at, path, messages.keyIsNotText(key));
    else if (key === "<<") this.problems.error(at, path, messages.mergeKey);
    else if (FORBIDDEN_KEYS.includes(key))
      this.problems.error(at, path, messages.forbiddenKey(key));
    else if (entries.has(key)) {
      const first = (entries.get(key) as Entry).keyAt.line;
      this.problems.error(at, [...path, key], messages.duplicateKey(key, first));
    } else return key;
    return undefined;
  }

  private convertAlias(name: string, at: Location, path: Path): Measured | undefined {
    const target = this.anchors.get(name);
    if (target === undefined) return this.refuse(at, path, messages.unknownAlias(name));
    if (target === "failed") return undefined;
    if (target === "open") return this.refuse(at, path, messages.aliasLoop(name));
    if (path.length + target.depth > MAX_DEPTH)
      return this.refuse(at, path, messages.tooDeep(MAX_DEPTH));
    return this.spend(target.values, at, path) ? target : undefined;
  }

  private spend(values: number, at: Location, path: Path): boolean {
    const isFirst = this.budget.left >= 0;
    this.budget.left -= values;
    if (this.budget.left >= 0) return true;
    if (isFirst) this.refuse(at, path, messages.tooManyValues(MAX_VALUES));
    return false;
  }

  private refuse(at: Location, path: Path, text: Text): undefined {
    this.hasFailed = true;
    this.problems.error(at, path, text);
    return undefined;
  }

  private locate(node: Node | null): Location | undefined {
    return node?.range ? this.source.locate(node.range[0]) : undefined;
  }
}

/** What the value alone does not tell. */
function howWritten({
  value,
  source,
  type,
}: Scalar): { written: string } | { isQuoted: true } | object {
  if (typeof value === "string") return type?.startsWith("QUOTE") ? { isQuoted: true } : {};
  return source === undefined || source === String(value) ? {} : { written: source };
}

function measure(children: readonly Measured[]): Omit<Measured, "node"> {
  let values = 1;
  let depth = 0;
  for (const child of children) {
    values += child.values;
    depth = Math.max(depth, child.depth);
  }
  return { values, depth: depth + 1 };
}
