// Parameters of a calibration as groups of a table: one per file in which they stand.
import type { Cell, Group } from "../wording/table.ts";

/** Groups in the order in which their files come first. */
export function parametersByFile<
  P extends { readonly path: string; readonly in?: string | undefined },
>(parameters: readonly P[], cells: (parameter: P) => Cell[]): Group[] {
  const files = [...new Set(parameters.map((parameter) => parameter.in))];
  return files.map((file) => ({
    title: file ?? "every scenario",
    rows: parameters
      .filter((parameter) => parameter.in === file)
      .map((parameter) => ({ label: parameter.path, cells: cells(parameter) })),
  }));
}
