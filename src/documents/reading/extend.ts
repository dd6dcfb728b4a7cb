// Reads a file with all that it extends, and lays the files over each other.

import { type Problems, Source, type Text } from "../checking/problems.ts";
import { FileError, MAX_FILE_BYTES, type SourceFiles } from "./files.ts";
import * as messages from "./messages.ts";
import { parseSource, ValueBudget } from "./parse.ts";
import {
  isNull,
  type ListNode,
  type Location,
  type MapNode,
  merge,
  type ScalarNode,
  toPlain,
  without,
} from "./tree.ts";

/** Longest chain of files that extend one another. */
export const MAX_CHAIN = 16;
/** Most files that are laid over each other. */
export const MAX_FILES = 100;

export interface ReadFile {
  /** The file over all that it extends; undefined where some file cannot be read. */
  readonly tree: MapNode | undefined;
  /** All files that were read, in order. */
  readonly files: readonly string[];
}

/**
 * Reads a file and those that it extends: later ones win over earlier ones, the file itself over all.
 * Every value keeps the place at which it was written. What is wrong is added to `problems`.
 */
export function readWithBases(file: string, files: SourceFiles, problems: Problems): ReadFile {
  const reader = new Reader(files, problems);
  const tree = reader.readFile(file, [], { file, line: 0, column: 0 });
  return { tree: reader.hasFailed ? undefined : tree, files: [...reader.trees.keys()] };
}

class Reader {
  /** Every file over what it extends; a file that several others extend is read once. */
  readonly trees = new Map<string, MapNode | undefined>();
  hasFailed = false;
  private readonly files: SourceFiles;
  private readonly problems: Problems;
  private readonly budget = new ValueBudget();

  constructor(files: SourceFiles, problems: Problems) {
    this.files = files;
    this.problems = problems;
  }

  /**
   * @param chain the files that lead here by extends
   * @param from where the file is named
   */
  readFile(file: string, chain: readonly string[], from: Location): MapNode | undefined {
    const way = [...chain, file];
    if (chain.includes(file)) return this.fail(from, messages.extendsLoop(way));
    if (way.length > MAX_CHAIN) return this.fail(from, messages.extendsTooDeep(way, MAX_CHAIN));
    if (this.trees.has(file)) return this.trees.get(file);
    if (this.trees.size >= MAX_FILES) return this.fail(from, messages.tooManyFiles(MAX_FILES));

    this.trees.set(file, undefined);
    const own = this.parseFile(file, from);
    if (own === undefined) {
      this.hasFailed = true;
      return undefined;
    }
    const bases = this.namesOfBases(own).map((name) => this.readBase(file, name, way));
    // $schema is for editors, and extends is done with here.
    const layers = [
      ...bases.filter((base) => base !== undefined),
      without(own, "extends", "$schema"),
    ];
    const tree = layers.reduce((below, above) => merge(below, above) as MapNode);
    this.trees.set(file, tree);
    return tree;
  }

  private readBase(file: string, name: ScalarNode, way: readonly string[]): MapNode | undefined {
    const relative = String(name.value);
    if (!isRelative(relative)) return this.fail(name.at, messages.notRelative(relative));
    let base: string;
    try {
      base = this.files.resolve(file, relative);
    } catch (error) {
      return this.fail(name.at, messages.cannotRead(troubleOf(error), relative));
    }
    return this.readFile(base, way, name.at);
  }

  private namesOfBases(own: MapNode): readonly ScalarNode[] {
    const entry = own.entries.get("extends");
    if (entry === undefined || isNull(entry.value)) return [];
    const names = entry.value.kind === "list" ? (entry.value as ListNode).items : [entry.value];
    if (names.length > MAX_FILES) {
      this.fail(entry.keyAt, messages.extendsTooMany(names.length, MAX_FILES));
      return [];
    }
    return names.filter((name): name is ScalarNode => {
      if (name.kind === "scalar" && typeof name.value === "string") return true;
      const at = name.kind === "scalar" ? name.at : entry.keyAt;
      this.fail(at, messages.extendsIsWrong(toPlain(name)));
      return false;
    });
  }

  private parseFile(file: string, from: Location): MapNode | undefined {
    const text = this.readText(file, from);
    if (text === undefined) return undefined;
    const source = new Source(file, text);
    this.problems.addSource(source);
    return parseSource(source, this.budget, this.problems);
  }

  private readText(file: string, from: Location): string | undefined {
    let content: string | Uint8Array;
    try {
      const size = this.files.size?.(file) ?? 0;
      if (size > MAX_FILE_BYTES)
        return this.fail(from, messages.fileTooLarge(file, size, MAX_FILE_BYTES));
      content = this.files.read(file);
    } catch (error) {
      return this.fail(from, messages.cannotRead(troubleOf(error), file));
    }
    if (content.length > MAX_FILE_BYTES)
      return this.fail(from, messages.fileTooLarge(file, content.length, MAX_FILE_BYTES));
    return typeof content === "string"
      ? content.replace(/^\ufeff/, "")
      : this.decode(file, content);
  }

  private decode(file: string, bytes: Uint8Array): string | undefined {
    try {
      return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    } catch {
      const lenient = new TextDecoder("utf-8").decode(bytes);
      const source = new Source(file, lenient);
      this.problems.addSource(source);
      // Lenient decoding puts this character where a byte is invalid.
      return this.fail(source.locate(lenient.indexOf("\ufffd")), messages.notUtf8);
    }
  }

  private fail(at: Location, text: Text): undefined {
    this.hasFailed = true;
    this.problems.error(at, [], text);
    return undefined;
  }
}

function troubleOf(error: unknown) {
  return error instanceof FileError ? error.trouble : "denied";
}

/** Relative, with / between folders, and neither a URL nor a drive. */
function isRelative(path: string): boolean {
  return path.trim() !== "" && !/^\/|^[A-Za-z][A-Za-z0-9+.-]*:|[\\\0]/.test(path);
}
