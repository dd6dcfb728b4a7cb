// CSV after RFC 4180 (Shafranovich 2005): a header, lines that end with CR LF, quotes where they are needed. A value that
// does not exist is an empty field, an empty text is a pair of quotes.
import type { Column, Value } from "./columns.ts";
import type { Row } from "./table.ts";
import type { Sink, TableWriter } from "./tableWriter.ts";
import { checkRow, numberText } from "./values.ts";

export class CsvWriter implements TableWriter {
  private readonly columns: readonly Column[];
  private readonly sink: Sink;

  constructor(columns: readonly Column[], sink: Sink) {
    this.columns = columns;
    this.sink = sink;
    this.line(columns.map(({ name }) => textField(name)));
  }

  write(rows: Iterable<Row>): void {
    for (const row of rows) {
      checkRow(this.columns, row);
      this.line(row.map((value, i) => field(this.columns[i], value)));
    }
  }

  end(): void {}

  private line(fields: readonly string[]): void {
    this.sink.append(`${fields.join(",")}\r\n`);
  }
}

function field(column: Column, value: Value): string {
  if (value === null) return "";
  if (typeof value === "number") return numberText(column, value);
  return textField(String(value));
}

function textField(text: string): string {
  return text === "" || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
