// Reads a scenario file with all that it names: the files that it extends, and the table of its uncertain numbers.
import type { Problems } from "../documents/checking/problems.ts";
import { type ReadFile, readWithBases } from "../documents/reading/extend.ts";
import type { SourceFiles } from "../documents/reading/files.ts";
import { withTable } from "./uncertain/table.ts";

/** As {@link readWithBases}, with the rows of a table in place of its name. */
export function readScenario(file: string, files: SourceFiles, problems: Problems): ReadFile {
  const read = readWithBases(file, files, problems);
  return read.tree === undefined
    ? read
    : { ...read, ...withTable(read.tree, read.files, files, problems) };
}
