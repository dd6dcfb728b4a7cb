// A file under examination: its tree, to say where something stands, and the report that problems go to.

import { cannotRead } from "../../scenario/checking/messages.ts";
import { FileError, type SourceFiles } from "../reading/files.ts";
import type { Location, MapNode, Path } from "../reading/tree.ts";
import { locate, locateKey } from "../reading/tree.ts";
import type { Report, Text } from "./problems.ts";

export class Examined {
  readonly file: string;
  readonly tree: MapNode;
  readonly report: Report;

  constructor(file: string, tree: MapNode, report: Report) {
    this.file = file;
    this.tree = tree;
    this.report = report;
  }

  error(path: Path, text: Text): void {
    this.report.error(this.locate(path), path, text);
  }

  errorAtKey(path: Path, text: Text): void {
    this.report.error(locateKey(this.tree, path), path, text);
  }

  warning(path: Path, text: Text): void {
    this.report.warning(this.locate(path), path, text);
  }

  /** Where a value stands, or the nearest thing around it. */
  locate(path: Path): Location {
    return locate(this.tree, path);
  }

  /** The file that a value names, relative to the file that the value stands in; undefined (and a problem) if there is none. */
  resolve(path: Path, name: string, files: SourceFiles): string | undefined {
    try {
      const file = files.resolve(this.locate(path).file || this.file, name);
      files.size?.(file) ?? files.read(file);
      return file;
    } catch (error) {
      this.error(path, cannotRead(error instanceof FileError ? error.trouble : "denied", name));
      return undefined;
    }
  }
}
