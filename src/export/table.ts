// Tables: columns and the rows under them, made of results or of replications.
import { METRIC_NAMES } from "../metrics/definitions.ts";
import { cellColumns } from "./cellColumns.ts";
import { type Column, type ColumnOf, type Factor, factorsOf, type Value } from "./columns.ts";
import { replicationColumns } from "./replicationColumns.ts";
import type { CellRow, ReplicationRow } from "./rows.ts";

/** Values at the positions of the columns. */
export type Row = readonly Value[];

export interface Table {
  readonly columns: readonly Column[];
  /** Made one by one as they are asked for. */
  readonly rows: Iterable<Row>;
}

/** The values of a source row under the columns. */
export function rowOf<Source>(columns: readonly ColumnOf<Source>[], source: Source): Row {
  return columns.map((column) => column.read(source));
}

/**
 * A row for every scenario of every cell, in the order given.
 * @param metrics names of metrics, in the order of their columns; default: all
 * @throws RangeError when there is no metric of a name, TypeError when a row that has not failed is without its result
 */
export function cellsTable(
  rows: readonly CellRow[],
  metrics: readonly string[] = METRIC_NAMES,
): Table {
  for (const { cell, scenario, status, result } of rows)
    if (status !== "failed" && result === undefined)
      throw new TypeError(
        `${scenario} of cell ${cell} is ${status} without a result: only rows that failed have none`,
      );
  return tableOf(cellColumns(factorsOf(rows.map(({ factors }) => factors)), metrics), rows);
}

/**
 * A row for every replication.
 * @param factors those of the rows (factorsOf), told beforehand since rows may come one by one
 */
export function replicationsTable(
  rows: Iterable<ReplicationRow>,
  factors: readonly Factor[] = [],
): Table {
  return tableOf(replicationColumns(factors), rows);
}

function tableOf<Source>(columns: readonly ColumnOf<Source>[], sources: Iterable<Source>): Table {
  return {
    columns,
    rows: {
      *[Symbol.iterator]() {
        for (const source of sources) yield rowOf(columns, source);
      },
    },
  };
}
