// Tables in Parquet, read by groups of rows.
import { Buffer } from "node:buffer";
import type { AsyncBuffer } from "hyparquet";
import type { LogRecord, LogSink } from "../format.ts";
import type { Opener } from "./opener.ts";
import type { Source } from "./source.ts";

export const parquetFile: Opener = {
  title: "tables in Parquet",
  opens: ({ head }) => Buffer.from(head.subarray(0, 4)).toString("latin1") === "PAR1",
  records: recordsOf,
};

/** Rows that are read at once. */
const ROWS = 4096;
/** Bytes of a file that does not come from the disk, for what it holds is told at its end. */
const LONGEST = 1 << 30;

async function* recordsOf(source: Source, trouble: LogSink["trouble"]): AsyncIterable<LogRecord> {
  const { parquetMetadataAsync, parquetReadObjects } = await import("hyparquet");
  const { compressors } = await import("hyparquet-compressors");
  let row = 0;
  try {
    const file = await openBuffer(source);
    const metadata = await parquetMetadataAsync(file);
    const rows = Number(metadata.num_rows);
    for (let rowStart = 0; rowStart < rows; rowStart += ROWS) {
      const rowEnd = Math.min(rowStart + ROWS, rows);
      const read = await parquetReadObjects({ file, metadata, compressors, rowStart, rowEnd });
      for (const value of read) yield { value, place: { file: source.name, line: ++row } };
    }
  } catch {
    trouble(row === 0 ? "damaged" : "truncated", "tables", { file: source.name, line: row + 1 });
  }
}

async function openBuffer(source: Source): Promise<AsyncBuffer> {
  const { asyncBufferFromFile } = await import("hyparquet");
  if (source.path !== undefined) return asyncBufferFromFile(source.path);
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of source.bytes()) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > LONGEST) throw new RangeError(`longer than ${LONGEST} bytes`);
  }
  const bytes = new Uint8Array(Buffer.concat(chunks)).buffer;
  return { byteLength: bytes.byteLength, slice: (start, end) => bytes.slice(start, end) };
}
