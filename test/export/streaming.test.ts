// Tables of any length: rows go to the sink as they come, and memory does not grow with their number.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { openTable, TABLE_FORMATS } from "../../src/export/openTable.ts";
import type { Row } from "../../src/export/table.ts";
import { column } from "./support.ts";

const ROWS = 1_000_000;
const BATCH = 1000;
/** How often memory is looked at: at every tenth of the rows. */
const TENTH = ROWS / 10;

setFlagsFromString("--expose-gc");
const collect: () => void = runInNewContext("gc");

/** Bytes in use after everything that is garbage has gone. */
function held(): number {
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

const columns = [column("replication", "int64", false), column("latency", "double", false)];

const rowAt = (i: number): Row => [i, Math.sqrt(i)];

test.each(TABLE_FORMATS)(
  "the second half million rows of %s needs no more memory than the first",
  async (format) => {
    let size = 0;
    const sink = {
      append: (part: Uint8Array | string) => {
        size += part.length;
      },
    };
    const writer = await openTable(format, columns, sink);
    const [memory, sizes]: number[][] = [[], []];
    for (let i = 0; i < ROWS; i += BATCH) {
      writer.write(Array.from({ length: BATCH }, (_, k) => rowAt(i + k)));
      if ((i + BATCH) % TENTH !== 0) continue;
      memory.push(held());
      sizes.push(size);
    }
    writer.end();
    // Eight bytes kept of every row would be twice this. The least of five: what was freed may still be counted once.
    const growth = Math.min(...memory.slice(5)) - Math.min(...memory.slice(0, 5));
    expect(growth).toBeLessThan(2e6);
    // At half of the rows nearly half of the bytes are there: what lacks is at most a row group.
    expect(sizes[4] / size).toBeGreaterThan(0.4);
  },
);
