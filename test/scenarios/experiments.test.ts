// The shipped experiments: all are valid, point an editor at the schema, and give the table that stands beside them.
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { nodeFiles } from "../../src/documents/reading/nodeFiles.ts";
import { openCellPool } from "../../src/experiment/cell.ts";
import { cellColumns } from "../../src/export/cellColumns.ts";
import { factorsOf } from "../../src/export/columns.ts";
import { openTable } from "../../src/export/openTable.ts";
import { rowOf } from "../../src/export/table.ts";
import { openStore } from "../../src/store/store.ts";
import { loadExperiment } from "../../src/sweep/file/load.ts";
import { experimentJsonSchema } from "../../src/sweep/file/schema.ts";
import { Addresses } from "../../src/sweep/running/addresses.ts";
import { conduct } from "../../src/sweep/running/conduct.ts";
import { onThreads } from "../../src/sweep/running/executor.ts";
import { rowsOf, type SweepRow } from "../../src/sweep/running/result.ts";
import { allCells } from "../../src/sweep/running/source.ts";
import { SEMANTICS, VERSION } from "../../src/version.ts";
import { memoryDisk } from "../cli/memoryDisk.ts";

const SCENARIOS = join(import.meta.dirname, "..", "..", "scenarios");
const FOLDER = join(SCENARIOS, "experiments");
const files = readdirSync(FOLDER).filter((file) => file.endsWith(".yaml"));

test("there are experiments", () => {
  expect(files).toContain("team-size.yaml");
});

test.each(files)("line 1 of %s points an editor at the schema", (file) => {
  const [first] = readFileSync(join(FOLDER, file), "utf8").split("\n");
  expect(first).toBe("# yaml-language-server: $schema=../experiment.schema.json");
});

test("the schema that editors are pointed at is the one that files are held against", () => {
  const shipped = readFileSync(join(SCENARIOS, "experiment.schema.json"), "utf8");
  expect(JSON.parse(shipped)).toEqual(experimentJsonSchema());
});

/** Few, since it is compared byte for byte. */
const REPLICATIONS = 32;

test.each(files)("%s gives its golden table", async (file) => {
  const path = join(FOLDER, file);
  const options = { files: nodeFiles(path), replications: REPLICATIONS };
  const { sweep, warnings } = await loadExperiment(path, options);
  expect(warnings).toEqual([]);
  const disk = memoryDisk();
  const store = openStore("store", { mode: "write", disk, semantics: SEMANTICS, version: VERSION });
  const pool = await openCellPool({ jobs: 1 });
  const source = allCells(sweep.cellCount);
  const addresses = new Addresses(sweep, store);
  const conducted = await conduct(addresses, {
    source,
    executor: onThreads(pool, sweep),
    failFast: false,
    commandFor: String,
  });
  expect(conducted).toMatchObject({ ran: sweep.cellCount, failed: [], ended: "all" });

  const rows: SweepRow[] = [];
  for await (const row of rowsOf(addresses)) rows.push(row);
  const columns = cellColumns(factorsOf(rows.map(({ factors }) => factors)), sweep.metrics);
  let text = "";
  const writer = await openTable("csv", columns, { append: (part) => (text += part) });
  for (const { status, ...row } of rows)
    writer.write([rowOf(columns, { experiment: sweep.name, ...row, status: status as "ok" })]);
  writer.end();
  await expect(text).toMatchFileSnapshot(join(FOLDER, "golden", `${basename(file, ".yaml")}.csv`));
});
