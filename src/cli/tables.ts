// Tables that go to files as their rows come.
import type { ColumnOf } from "../export/columns.ts";
import { openTable, type TableFormat } from "../export/openTable.ts";
import { rowOf } from "../export/table.ts";
import type { TableWriter } from "../export/tableWriter.ts";
import type { Draft, World } from "./world.ts";

/** A table in every format that is wanted. */
export class TableFiles<Source> {
  private readonly columns: readonly ColumnOf<Source>[];
  private readonly files: readonly { format: TableFormat; draft: Draft; writer: TableWriter }[];

  private constructor(
    columns: readonly ColumnOf<Source>[],
    files: readonly { format: TableFormat; draft: Draft; writer: TableWriter }[],
  ) {
    this.columns = columns;
    this.files = files;
  }

  /** @param folder where the drafts lie until they are committed */
  static async open<Source>(
    world: World,
    folder: string,
    formats: readonly TableFormat[],
    columns: readonly ColumnOf<Source>[],
  ): Promise<TableFiles<Source>> {
    const files = [];
    for (const format of new Set(formats)) {
      const draft = world.files.draft(folder);
      files.push({ format, draft, writer: await openTable(format, columns, draft) });
    }
    return new TableFiles(columns, files);
  }

  write(source: Source): void {
    if (this.files.length === 0) return;
    const row = rowOf(this.columns, source);
    for (const { writer } of this.files) writer.write([row]);
  }

  /** Gives the files their place: `PATH.FORMAT`. */
  commit(path: string): void {
    for (const { format, draft, writer } of this.files) {
      writer.end();
      draft.commit(`${path}.${format}`);
    }
  }

  discard(): void {
    for (const { draft } of this.files) draft.discard();
  }
}
