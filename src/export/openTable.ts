// Writing a table in one of the formats.
import type { Column } from "./columns.ts";
import { CsvWriter } from "./csv.ts";
import { NdjsonWriter } from "./ndjson.ts";
import type { Table } from "./table.ts";
import type { Sink, TableWriter } from "./tableWriter.ts";

export const TABLE_FORMATS = ["csv", "ndjson", "parquet"] as const;

export type TableFormat = (typeof TABLE_FORMATS)[number];

/**
 * Begins a table in a sink. How rows are cut into batches does not matter to what is written, and memory does not grow
 * with their number.
 * @throws RangeError when two columns have one name
 */
export async function openTable(
  format: TableFormat,
  columns: readonly Column[],
  sink: Sink,
): Promise<TableWriter> {
  checkNames(columns);
  if (format === "csv") return new CsvWriter(columns, sink);
  if (format === "ndjson") return new NdjsonWriter(columns, sink);
  // Its library is loaded only where it is used, so that the program starts fast.
  const { ParquetTableWriter } = await import("./parquet.ts");
  return new ParquetTableWriter(columns, sink);
}

/** Writes a whole table. */
export async function writeTable(format: TableFormat, table: Table, sink: Sink): Promise<void> {
  const writer = await openTable(format, table.columns, sink);
  writer.write(table.rows);
  writer.end();
}

function checkNames(columns: readonly Column[]): void {
  const names = new Set<string>();
  for (const { name } of columns) {
    if (names.has(name)) throw new RangeError(`Two columns are called ${name}: names must differ`);
    names.add(name);
  }
}
