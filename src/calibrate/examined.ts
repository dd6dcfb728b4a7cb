// A targets file under examination: its tree, to say where something stands, and the report that problems go to.
import { cannotRead } from "../scenario/checking/messages.ts";
import type { Report, Text } from "../scenario/checking/problems.ts";
import { FileError, type SourceFiles } from "../scenario/reading/files.ts";
import type { Location, MapNode, Path } from "../scenario/reading/tree.ts";
import { locate } from "../scenario/reading/tree.ts";

/** A scenario before parameters have their places. */
export interface ReadScenarioTree {
  readonly label: string;
  readonly tree: MapNode;
  /** All files that it is made of. */
  readonly files: readonly string[];
}

export class Examined {
  readonly file: string;
  readonly tree: MapNode;
  readonly files: SourceFiles;
  readonly report: Report;

  constructor(file: string, tree: MapNode, files: SourceFiles, report: Report) {
    this.file = file;
    this.tree = tree;
    this.files = files;
    this.report = report;
  }

  error(path: Path, text: Text): void {
    this.report.error(this.locate(path), path, text);
  }

  warning(path: Path, text: Text): void {
    this.report.warning(this.locate(path), path, text);
  }

  /** Where a value stands, or the nearest thing around it. */
  locate(path: Path): Location {
    return locate(this.tree, path);
  }

  /** The file that a value names, relative to the file that the value stands in; undefined (and a problem) if there is none. */
  resolve(path: Path, name: string): string | undefined {
    try {
      const file = this.files.resolve(this.locate(path).file || this.file, name);
      this.files.size?.(file) ?? this.files.read(file);
      return file;
    } catch (error) {
      this.error(path, cannotRead(error instanceof FileError ? error.trouble : "denied", name));
      return undefined;
    }
  }
}
