// Tables that go to files as their rows come.
import type { ColumnOf } from "../export/columns.ts";
import { openTable, type TableFormat } from "../export/openTable.ts";
import { rowOf } from "../export/table.ts";
import type { TableWriter } from "../export/tableWriter.ts";
import type { Saving } from "./saving.ts";

/** A table in every format that is wanted. */
export class TableFiles<Source> {
  private readonly columns: readonly ColumnOf<Source>[];
  private readonly writers: readonly TableWriter[];

  private constructor(columns: readonly ColumnOf<Source>[], writers: readonly TableWriter[]) {
    this.columns = columns;
    this.writers = writers;
  }

  /** Begins the files `NAME.FORMAT`. */
  static async open<Source>(
    saving: Saving,
    name: string,
    formats: readonly TableFormat[],
    columns: readonly ColumnOf<Source>[],
  ): Promise<TableFiles<Source>> {
    const writers: TableWriter[] = [];
    for (const format of new Set(formats))
      writers.push(await openTable(format, columns, saving.begin(`${name}.${format}`)));
    return new TableFiles(columns, writers);
  }

  write(source: Source): void {
    if (this.writers.length === 0) return;
    const row = rowOf(this.columns, source);
    for (const writer of this.writers) writer.write([row]);
  }

  /** Writes what comes after the last row. */
  end(): void {
    for (const writer of this.writers) writer.end();
  }
}
