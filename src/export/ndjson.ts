// NDJSON: one JSON object per line, with the names of the columns as keys. A value that does not exist is null.
import type { Column, Value } from "./columns.ts";
import type { Row } from "./table.ts";
import type { Sink, TableWriter } from "./tableWriter.ts";
import { checkRow, numberText } from "./values.ts";

export class NdjsonWriter implements TableWriter {
  private readonly columns: readonly Column[];
  private readonly keys: readonly string[];
  private readonly sink: Sink;

  constructor(columns: readonly Column[], sink: Sink) {
    this.columns = columns;
    this.keys = columns.map(({ name }) => JSON.stringify(name));
    this.sink = sink;
  }

  write(rows: Iterable<Row>): void {
    for (const row of rows) {
      checkRow(this.columns, row);
      const fields = row.map((value, i) => `${this.keys[i]}:${jsonText(this.columns[i], value)}`);
      this.sink.append(`{${fields.join(",")}}\n`);
    }
  }

  end(): void {}
}

function jsonText(column: Column, value: Value): string {
  return typeof value === "number" ? numberText(column, value) : JSON.stringify(value);
}
