// Parquet (https://parquet.apache.org/docs/file-format): rows are gathered column by column, and written as a row group
// whenever there are enough. The file holds nothing but the rows, their schema and the version that wrote them.
import { ByteWriter, ParquetWriter, schemaFromColumnData } from "hyparquet-writer";
import { VERSION } from "../version.ts";
import type { Column, ColumnType, Value } from "./columns.ts";
import type { Row } from "./table.ts";
import type { Sink, TableWriter } from "./tableWriter.ts";
import { checkRow } from "./values.ts";

/** Most rows of a group: many enough for readers that work group by group. */
export const GROUP_ROWS = 1 << 16;

/** Most values of a group: few enough to be held in memory. */
const GROUP_VALUES = 1 << 21;

const PARQUET_TYPES = {
  string: "STRING",
  int64: "INT64",
  double: "DOUBLE",
  boolean: "BOOLEAN",
} as const satisfies Record<ColumnType, string>;

export class ParquetTableWriter implements TableWriter {
  private readonly columns: readonly Column[];
  private readonly file: ParquetWriter;
  /** The values of the group at hand, column by column. */
  private readonly group: readonly ColumnBuffer[];
  private readonly groupRows: number;
  private size = 0;

  constructor(columns: readonly Column[], sink: Sink) {
    this.columns = columns;
    this.groupRows = Math.min(GROUP_ROWS, Math.ceil(GROUP_VALUES / columns.length));
    this.group = columns.map((column) => bufferFor(column, this.groupRows));
    this.file = new ParquetWriter({
      writer: new SinkWriter(sink),
      schema: schemaFromColumnData({ columnData: columns.map((column) => source(column, [])) }),
      createdBy: `faultline version ${VERSION}`,
    });
  }

  write(rows: Iterable<Row>): void {
    for (const row of rows) {
      checkRow(this.columns, row);
      for (let i = 0; i < row.length; i++)
        this.group[i][this.size] = stored(this.columns[i], row[i]);
      if (++this.size === this.groupRows) this.flush();
    }
  }

  end(): void {
    this.flush();
    this.file.finish();
  }

  private flush(): void {
    if (this.size === 0) return;
    const isFull = this.size === this.groupRows;
    this.file.write({
      columnData: this.columns.map((column, i) =>
        source(column, isFull ? this.group[i] : this.group[i].slice(0, this.size)),
      ),
      rowGroupSize: this.groupRows,
    });
    this.size = 0;
  }
}

type ColumnSource = Parameters<ParquetWriter["write"]>[0]["columnData"][number];

/** Values by position. Numbers that are never missing are held compactly. */
interface ColumnBuffer {
  [position: number]: unknown;
  slice(start: number, end: number): ColumnBuffer;
}

function bufferFor({ type, nullable }: Column, size: number): ColumnBuffer {
  if (type === "double" && !nullable) return new Float64Array(size);
  if (type === "int64" && !nullable) return new BigInt64Array(size);
  return [];
}

function stored({ type }: Column, value: Value): Value | bigint {
  return type === "int64" && value !== null ? BigInt(value) : value;
}

function source({ name, type, nullable }: Column, values: ColumnBuffer): ColumnSource {
  const data = values as ColumnSource["data"];
  return { name, type: PARQUET_TYPES[type], nullable, data, offsetIndex: false };
}

/** Bytes that are gathered before they go to the sink. */
const BUFFER = 1 << 16;

/** Hands on what is written, where the library's own writer would keep the whole file. */
class SinkWriter extends ByteWriter {
  private readonly sink: Sink;

  constructor(sink: Sink) {
    super(2 * BUFFER);
    this.sink = sink;
  }

  override ensure(size: number): void {
    if (this.index >= BUFFER) this.drain();
    super.ensure(size);
  }

  override finish(): void {
    this.drain();
  }

  private drain(): void {
    this.sink.append(this.getBytes().slice());
    this.index = 0;
  }
}
