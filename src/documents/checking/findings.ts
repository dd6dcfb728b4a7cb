// What the checks of meaning find, with the tree that says where values were written.

import type { MapNode, Path } from "../reading/tree.ts";
import { locate, locateKey, nodeAt, writtenPath } from "../reading/tree.ts";
import type { Report, Text } from "./problems.ts";

export class Findings {
  readonly tree: MapNode;
  private readonly report: Report;
  private groups: readonly string[] | undefined;

  constructor(tree: MapNode, report: Report) {
    this.tree = tree;
    this.report = report;
  }

  error(path: Path, text: Text): void {
    this.report.error(locate(this.tree, path), writtenPath(this.tree, path), text);
  }

  errorAtKey(path: Path, text: Text): void {
    this.report.error(locateKey(this.tree, path), writtenPath(this.tree, path), text);
  }

  warning(path: Path, text: Text): void {
    this.report.warning(locate(this.tree, path), writtenPath(this.tree, path), text);
  }

  /** Names of the groups, worked out once. */
  namesOf(agents: Readonly<Record<string, unknown>>): readonly string[] {
    this.groups ??= Object.keys(agents);
    return this.groups;
  }

  /** The candidate nearest to a word, of the first problems. */
  suggest(word: string, candidates: readonly string[]): string | undefined {
    return this.report.suggest(word, candidates);
  }

  /** Whether the file itself has a value there, rather than a default. */
  isWritten(path: Path): boolean {
    return nodeAt(this.tree, path) !== undefined;
  }
}
