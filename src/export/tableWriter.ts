// What the writers of all formats have in common: they take rows in batches and give text or bytes to a sink.
import type { Row } from "./table.ts";

/** Takes text or bytes, one after another. Text stands for its UTF-8 bytes. */
export interface Sink {
  append(part: Uint8Array | string): void;
}

export interface TableWriter {
  /** @throws RangeError when a row does not fit the columns; what came before it is written */
  write(rows: Iterable<Row>): void;
  /** Writes what is left. The writer takes no rows after that. */
  end(): void;
}
