// What is written of a sweep: result.json, tables for other programs, and the table for people. All are made in one pass
// over the rows, which are read from the store one by one.
import { cellColumns } from "../export/cellColumns.ts";
import { type Factor, factorsOf } from "../export/columns.ts";
import type { TableFormat } from "../export/openTable.ts";
import type { CellRow } from "../export/rows.ts";
import { sweepManifest } from "../results/manifest.ts";
import type { Addresses } from "../sweep/running/addresses.ts";
import { headerOf, jsonRow, rowsOf, type SweepRow } from "../sweep/running/result.ts";
import type { Sweep } from "../sweep/sweep.ts";
import { SweepTable } from "../terminal/sweep.ts";
import type { Invocation } from "./command.ts";
import { EXIT, type ExitCode } from "./exitCodes.ts";
import { jsonLine, jsonText } from "./json.ts";
import { Saving } from "./saving.ts";
import { noteSaved, screenOf } from "./screen.ts";
import { TableFiles } from "./tableFiles.ts";
import type { World } from "./world.ts";

/** A sweep whose cells are stored, and what its manifest says. */
export interface FinishedSweep {
  readonly addresses: Addresses;
  /** What to type to get this result again. */
  readonly command: string;
  /** Texts of the files that it was made from, by path. */
  readonly files: Readonly<Record<string, string>>;
}

/**
 * Writes the result to the folder and to stdout.
 * @returns what all rows together amount to
 * @throws NotSavedError when it cannot be written
 */
export async function tellResult(
  world: World,
  { options }: Invocation,
  { addresses, command, files }: FinishedSweep,
  folder: string,
): Promise<ExitCode> {
  const { sweep } = addresses;
  const table = new SweepTable(sweep);
  const saving = new Saving(world.files, folder, {
    what: "the result is not saved",
    hint: "The cells are stored: the same command writes the result without running them again.",
  });
  let exitCode: ExitCode = EXIT.ok;
  try {
    const writers = [
      new DocumentWriter(world, saving, sweep, options.json),
      await CellTables.open(saving, sweep, options.export),
    ];
    for await (const row of rowsOf(addresses)) {
      for (const writer of writers) writer.write(row);
      table.add(row);
      exitCode = graver(exitCode, exitCodeOf(row));
    }
    for (const writer of writers) writer.end();
    saving.add("manifest.json", jsonText(sweepManifest(files, command)));
    saving.commit();
  } finally {
    saving.discard();
  }
  if (!options.json) world.stdout.write(table.text(screenOf(world)));
  noteSaved(world, options.quiet, folder);
  return exitCode;
}

interface RowWriter {
  write(row: SweepRow): void;
  /** Writes what comes after the last row. */
  end(): void;
}

/** result.json, one line per row; on stdout as well where that is wanted. */
class DocumentWriter implements RowWriter {
  private readonly sinks: ((text: string) => void)[];
  private separator = "";

  constructor(world: World, saving: Saving, sweep: Sweep, isPrinted: boolean) {
    const file = saving.begin("result.json");
    this.sinks = [
      (text) => file.append(text),
      ...(isPrinted ? [(text: string) => world.stdout.write(text)] : []),
    ];
    this.tell(`${jsonText(headerOf(sweep)).trimEnd().slice(0, -2)},\n  "rows": [`);
  }

  write(row: SweepRow): void {
    this.tell(`${this.separator}\n    ${jsonLine(jsonRow(row))}`);
    this.separator = ",";
  }

  end(): void {
    this.tell("\n  ]\n}\n");
  }

  private tell(text: string): void {
    for (const sink of this.sinks) sink(text);
  }
}

/** Tables of all cells that were run. */
class CellTables implements RowWriter {
  private readonly tables: TableFiles<CellRow>;
  private readonly experiment: string;

  private constructor(tables: TableFiles<CellRow>, experiment: string) {
    this.tables = tables;
    this.experiment = experiment;
  }

  static async open(
    saving: Saving,
    sweep: Sweep,
    formats: readonly TableFormat[],
  ): Promise<CellTables> {
    const columns = cellColumns(sweep.factors.map(exportedFactor), sweep.metrics);
    const tables = await TableFiles.open(saving, "cells", formats, columns);
    return new CellTables(tables, sweep.name);
  }

  write({ status, messages, ...row }: SweepRow): void {
    if (status === "missing") return;
    const message = messages?.join("\n");
    this.tables.write({ experiment: this.experiment, ...row, status, message });
  }

  end(): void {
    this.tables.end();
  }
}

/** What type a factor's column has: it depends on all values that it can take, not on those of the rows so far. */
function exportedFactor({ name, axis }: Sweep["factors"][number]): Factor {
  if (axis?.kind !== "levels") return { name, type: "double" };
  const [factor] = factorsOf(
    Array.from({ length: axis.count }, (_, i) => ({ [name]: axis.level(i) })),
  );
  return factor;
}

// ---------------------------------------------------------------- exit codes

/** From the gravest on. */
const GRAVITY: readonly ExitCode[] = [EXIT.cellsFailed, EXIT.thresholdFailed, EXIT.thresholdOpen];

function graver(a: ExitCode, b: ExitCode): ExitCode {
  return GRAVITY.find((code) => code === a || code === b) ?? EXIT.ok;
}

/** A precision that is not reached leaves open what was asked, as a threshold does that cannot be judged. */
function exitCodeOf({ status, result }: SweepRow): ExitCode {
  if (status === "failed") return EXIT.cellsFailed;
  const verdicts = result?.thresholds.map(({ verdict }) => verdict) ?? [];
  if (verdicts.includes("fail")) return EXIT.thresholdFailed;
  const isOpen = status === "not-reached" || verdicts.some((verdict) => verdict !== "pass");
  return isOpen ? EXIT.thresholdOpen : EXIT.ok;
}
