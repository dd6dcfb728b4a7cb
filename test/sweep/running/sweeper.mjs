// A process that runs a sweep into the store in FOLDER with JOBS threads, and says when a cell is stored. It begins when
// it is told to on its standard input.
import { readSync, writeSync } from "node:fs";
import { openCellPool } from "../../../src/experiment/cell.ts";
import { openStore } from "../../../src/store/store.ts";
import { Addresses } from "../../../src/sweep/running/addresses.ts";
import { conduct } from "../../../src/sweep/running/conduct.ts";
import { onThreads } from "../../../src/sweep/running/executor.ts";
import { allCells } from "../../../src/sweep/running/source.ts";
import { loadSweep } from "./sample.ts";

const [folder, jobs] = process.argv.slice(2);
const sweep = await loadSweep();
writeSync(1, "ready\n");
readSync(0, Buffer.alloc(1));
const store = openStore(folder, { semantics: 1, version: "0.1.0", mode: "write" });
const pool = await openCellPool({ jobs: Number(jobs) });
let done = -1;
await conduct(new Addresses(sweep, store), {
  source: allCells(sweep.cellCount),
  executor: onThreads(pool, sweep),
  failFast: false,
  commandFor: String,
  onProgress(_, progress) {
    if (progress.done > done) writeSync(1, `${progress.done}\n`);
    done = progress.done;
  },
});
await pool.close();
store.close();
writeSync(1, "end\n");
