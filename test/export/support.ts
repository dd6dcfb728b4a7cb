// Tables for tests, what is written of them, and DuckDB as a reader that knows nothing of Faultline.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DuckDBConnection, DuckDBInstance, type DuckDBValue } from "@duckdb/node-api";
import fc from "fast-check";
import type { Column, ColumnType, Value } from "../../src/export/columns.ts";
import { type TableFormat, writeTable } from "../../src/export/openTable.ts";
import type { Row, Table } from "../../src/export/table.ts";
import type { Sink } from "../../src/export/tableWriter.ts";

export class MemorySink implements Sink {
  private readonly parts: Uint8Array[] = [];

  append(part: Uint8Array | string): void {
    this.parts.push(typeof part === "string" ? Buffer.from(part) : part);
  }

  get bytes(): Buffer {
    return Buffer.concat(this.parts);
  }
}

export async function written(format: TableFormat, table: Table): Promise<Buffer> {
  const sink = new MemorySink();
  await writeTable(format, table, sink);
  return sink.bytes;
}

export function column(name: string, type: ColumnType, nullable = true): Column {
  return { name, type, nullable, unit: "", description: "" };
}

// ---------------------------------------------------------------- random tables

const text = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.constantFrom("", '"', 'say "a, b"', "a\r\nb", "a\nb", "\r", " x ", "1", "null", "é😀"),
);

const VALUES: Readonly<Record<ColumnType, fc.Arbitrary<Value>>> = {
  string: text,
  int64: fc.maxSafeInteger().map((x) => x + 0),
  // Adding 0 makes -0 an ordinary zero, which it is in text.
  double: fc
    .oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.constantFrom(8, 1e21, 1e300, 5e-324),
    )
    .map((x) => x + 0),
  boolean: fc.boolean(),
};

function valuesOf({ type, nullable }: Column): fc.Arbitrary<Value> {
  return nullable ? fc.option(VALUES[type], { nil: null }) : VALUES[type];
}

/** Tables with one to five columns and up to 40 rows. */
export const tables: fc.Arbitrary<Table> = fc
  .uniqueArray(
    fc.record({
      name: fc.stringMatching(/^[a-z][a-z.,"]{0,5}$/),
      type: fc.constantFrom<ColumnType>("string", "int64", "double", "boolean"),
      nullable: fc.boolean(),
      unit: fc.constant(""),
      description: fc.constant(""),
    }),
    { minLength: 1, maxLength: 5, selector: ({ name }) => name },
  )
  .chain((columns) =>
    fc.record({
      columns: fc.constant(columns),
      rows: fc.array(fc.tuple(...columns.map(valuesOf)) as fc.Arbitrary<Row>, { maxLength: 40 }),
    }),
  );

// ---------------------------------------------------------------- DuckDB

export const SQL_TYPES: Readonly<Record<ColumnType, string>> = {
  string: "VARCHAR",
  int64: "BIGINT",
  double: "DOUBLE",
  boolean: "BOOLEAN",
};

let connection: Promise<DuckDBConnection> | undefined;

/** Runs SQL in which FILE stands for a file with these bytes; rows of values, whole numbers as bigint. */
export async function query(
  bytes: Uint8Array,
  format: TableFormat,
  sql: string,
): Promise<DuckDBValue[][]> {
  const folder = mkdtempSync(join(tmpdir(), "faultline-export-"));
  const file = join(folder, `table.${format}`);
  writeFileSync(file, bytes);
  connection ??= DuckDBInstance.create(":memory:").then((database) => database.connect());
  try {
    const reader = await (await connection).runAndReadAll(sql.replaceAll("FILE", `'${file}'`));
    return reader.getRows();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export const READERS: Readonly<Record<TableFormat, string>> = {
  csv: "read_csv",
  ndjson: "read_ndjson",
  parquet: "read_parquet",
};

/** Names and types of the columns, as DuckDB finds them. */
export async function described(
  bytes: Uint8Array,
  format: TableFormat,
): Promise<[string, string][]> {
  const rows = await query(bytes, format, `DESCRIBE SELECT * FROM ${READERS[format]}(FILE)`);
  return rows.map(([name, type]) => [String(name), String(type)]);
}
