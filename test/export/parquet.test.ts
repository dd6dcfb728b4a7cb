// Parquet, read by DuckDB: the same values, types and missing values; and always the same bytes.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import type { Column } from "../../src/export/columns.ts";
import { openTable } from "../../src/export/openTable.ts";
import { GROUP_ROWS } from "../../src/export/parquet.ts";
import type { Row, Table } from "../../src/export/table.ts";
import { VERSION } from "../../src/version.ts";
import { column, described, MemorySink, query, SQL_TYPES, tables, written } from "./support.ts";

/** One row more than two groups hold. */
const COUNT = 2 * GROUP_ROWS + 1;

const long: Table = {
  columns: [
    column("i", "int64", false),
    column("third", "double", false),
    column("gap", "int64"),
    column("label", "string", false),
    column("even", "boolean"),
  ],
  rows: {
    *[Symbol.iterator]() {
      for (let i = 0; i < COUNT; i++)
        yield [i, i / 3, i % 10 ? i : null, `label ${i % 7}`, i % 2 === 0];
    },
  },
};

let bytes: Buffer;
beforeAll(async () => {
  bytes = await written("parquet", long);
});

describe("parquet", () => {
  test("every value comes back", async () => {
    await fc.assert(
      fc.asyncProperty(tables, async (table) => {
        const file = await written("parquet", table);
        const rows = await query(file, "parquet", "SELECT * FROM read_parquet(FILE)");
        const read = rows.map((row) => row.map((v) => (typeof v === "bigint" ? Number(v) : v)));
        expect(read).toEqual(table.rows);
      }),
      { seed: 1, numRuns: 40 },
    );
  });

  test("types are those of the columns, and what may not be missing is required", async () => {
    expect(await described(bytes, "parquet")).toEqual(
      long.columns.map(({ name, type }: Column) => [name, SQL_TYPES[type]]),
    );
    const schema = await query(
      bytes,
      "parquet",
      "SELECT name, repetition_type FROM parquet_schema(FILE) WHERE num_children IS NULL",
    );
    expect(schema).toEqual(
      long.columns.map(({ name, nullable }) => [name, nullable ? "OPTIONAL" : "REQUIRED"]),
    );
  });

  test("rows go into groups, and none is lost between them", async () => {
    const [[groups]] = await query(
      bytes,
      "parquet",
      "SELECT count(DISTINCT row_group_id) FROM parquet_metadata(FILE)",
    );
    expect(groups).toBe(3n);
    const [sums] = await query(
      bytes,
      "parquet",
      "SELECT count(*), sum(i)::DOUBLE, sum(third * 3), count(gap), count(DISTINCT label), count_if(even), bool_and(i = file_row_number) FROM read_parquet(FILE, file_row_number = true)",
    );
    const sum = (COUNT * (COUNT - 1)) / 2;
    expect(sums).toEqual([
      BigInt(COUNT),
      sum,
      expect.closeTo(sum, 0),
      BigInt(COUNT - Math.ceil(COUNT / 10)),
      7n,
      BigInt(Math.ceil(COUNT / 2)),
      true,
    ]);
  });

  test("bytes depend on the rows alone, not on how they were cut into batches", async () => {
    expect((await inBatches(long, 1000)).equals(bytes)).toBe(true);
  });

  test("says what wrote it", async () => {
    const [[writer]] = await query(
      bytes,
      "parquet",
      "SELECT created_by FROM parquet_file_metadata(FILE)",
    );
    expect(writer).toBe(`faultline version ${VERSION}`);
  });

  test("a table without rows has its columns", async () => {
    const empty = await written("parquet", { ...long, rows: [] });
    expect(await query(empty, "parquet", "SELECT count(*) FROM read_parquet(FILE)")).toEqual([
      [0n],
    ]);
    expect(await described(empty, "parquet")).toHaveLength(long.columns.length);
  });
});

test("the library is loaded only where a Parquet table is opened", () => {
  const src = join(import.meta.dirname, "..", "..", "src");
  const texts = readdirSync(src, { recursive: true, encoding: "utf8" })
    // Logs have a file of that name that reads tables.
    .filter((file) => file.endsWith(".ts") && !file.startsWith("logs"))
    .map((file): [string, string] => [file, readFileSync(join(src, file), "utf8")]);
  const users = (pattern: RegExp) => texts.filter(([, text]) => pattern.test(text)).map(([f]) => f);
  expect(users(/from "hyparquet-writer"/)).toEqual([join("export", "parquet.ts")]);
  expect(users(/from "[^"]*\/parquet\.ts"/)).toEqual([]);
  expect(users(/import\("[^"]*\/parquet\.ts"\)/)).toEqual([join("export", "openTable.ts")]);
});

async function inBatches({ columns, rows }: Table, size: number): Promise<Buffer> {
  const sink = new MemorySink();
  const writer = await openTable("parquet", columns, sink);
  let batch: Row[] = [];
  for (const row of rows) {
    batch.push(row);
    if (batch.length < size) continue;
    writer.write(batch);
    batch = [];
  }
  writer.write(batch);
  writer.end();
  return sink.bytes;
}
