// A file under examination: its tree, to say where something stands, and the problems found so far.

import { FileError, type SourceFiles } from "../reading/files.ts";
import { cannotRead } from "../reading/messages.ts";
import {
  type Location,
  locate,
  locateKey,
  type MapNode,
  nodeAt,
  type Path,
  writtenPath,
} from "../reading/tree.ts";
import type { Problems, Text, Warning } from "./problems.ts";

export class Examined {
  readonly tree: MapNode;
  readonly problems: Problems;

  constructor(tree: MapNode, problems: Problems) {
    this.tree = tree;
    this.problems = problems;
  }

  error(path: Path, text: Text): void {
    this.problems.error(this.locate(path), this.written(path), text);
  }

  errorAtKey(path: Path, text: Text): void {
    this.problems.error(locateKey(this.tree, path), this.written(path), text);
  }

  /** An error where something is missing: at the map around it. */
  errorAround(path: Path, text: Text): void {
    this.problems.error(this.locate(path.slice(0, -1)), this.written(path), text);
  }

  warning(path: Path, text: Warning): void {
    this.problems.warning(this.locate(path), this.written(path), text);
  }

  /** Where a value stands, or the nearest thing around it. */
  locate(path: Path): Location {
    return locate(this.tree, path);
  }

  /** The path under which a value was written. */
  written(path: Path): Path {
    return writtenPath(this.tree, path);
  }

  /** Whether the file itself has a value there, rather than a default. */
  isWritten(path: Path): boolean {
    return nodeAt(this.tree, path) !== undefined;
  }

  /** Whether a value stands in the file itself, rather than in one that it extends or in a default. */
  isOwn(path: Path): boolean {
    return nodeAt(this.tree, path)?.at.file === this.tree.at.file;
  }

  /** The candidate nearest to a word, of the first problems. */
  suggest(word: string, candidates: Iterable<string>): string | undefined {
    return this.problems.suggest(word, candidates);
  }

  /** The file that a value names, relative to the file that the value stands in; undefined (and a problem) if there is none. */
  resolve(path: Path, name: string, files: SourceFiles): string | undefined {
    try {
      const file = files.resolve(this.locate(path).file, name);
      files.size?.(file) ?? files.read(file);
      return file;
    } catch (error) {
      this.error(path, cannotRead(error instanceof FileError ? error.trouble : "denied", name));
      return undefined;
    }
  }
}
