// What the checks of meaning find, with the tree that says where values were written.
import type { MapNode, Path } from "../reading/tree.ts";
import { locate, locateKey, nodeAt, writtenPath } from "../reading/tree.ts";
import type { Report, Text } from "./problems.ts";

export class Findings {
  readonly tree: MapNode;
  private readonly report: Report;

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

  /** Whether the file itself has a value there, rather than a default. */
  isWritten(path: Path): boolean {
    return nodeAt(this.tree, path) !== undefined;
  }
}
