// Tables with a row per step, or per run, whatever file they come from: each row is an object with the columns of
// `tableColumns.ts`. Rows of one run may stand apart.
import type { LogFormat, LogParser, LogRecord, LogSink } from "../format.ts";
import { OpenRuns } from "../openRuns.ts";
import { isObject } from "../reading/pieces.ts";
import { TextSet } from "../textSet.ts";
import { type Fields, fieldsIn } from "../values.ts";
import {
  type Column,
  type ColumnMap,
  checkColumnMap,
  checkFacts,
  Layouts,
} from "./tableColumns.ts";
import { type Row, rowOf } from "./tableRow.ts";
import { tableRun } from "./tableRun.ts";

const NAMES_A_RUN: readonly Column[] = ["run", "task"];
const SAYS_MORE: readonly Column[] = [
  "step",
  "agent",
  "model",
  "success",
  "correct",
  "input_tokens",
  "cost",
  "seconds",
  "failed",
];

/**
 * Tables, with columns of the usual names, or as they are mapped.
 * @param map with it, every record that no other format recognises is a row. The parser throws ColumnMapError at its end if no
 *   row had one of the columns
 * @throws ColumnMapError if the mapping names what is no fact of a table
 */
export function tableFormat(map: ColumnMap = {}): LogFormat {
  checkFacts(map);
  const isMapped = Object.keys(map).length > 0;
  const layouts = new Layouts(map);
  return {
    name: "table",
    title: "a table of steps or runs",
    recognises: ({ value }) => isObject(value) && (isMapped || isRow(value, layouts)),
    begin: (sink) => new TableParser(map, sink),
  };
}

function isRow(row: Fields, layouts: Layouts): boolean {
  const layout = layouts.of(row);
  const has = (column: Column) => {
    const key = layout[column];
    return key !== undefined && (typeof row[key] !== "object" || row[key] === null);
  };
  return (NAMES_A_RUN.some(has) && SAYS_MORE.some(has)) || (has("success") && has("seconds"));
}

/** Most rows that wait for others of their run. */
const MOST_ROWS = 60_000;

class TableParser implements LogParser {
  private readonly map: ColumnMap;
  private readonly sink: LogSink;
  private readonly layouts: Layouts;
  private readonly open: OpenRuns<Row>;
  private readonly closed = new TextSet();
  private unnamed = 0;

  constructor(map: ColumnMap, sink: LogSink) {
    this.map = map;
    this.sink = sink;
    this.layouts = new Layouts(map);
    this.open = new OpenRuns((key, rows) => {
      this.closed.add(key);
      sink.run(tableRun(key, rows, sink));
    }, MOST_ROWS);
  }

  take({ value, place }: LogRecord): void {
    const fields = fieldsIn(value);
    const row = rowOf(fields, this.layouts.of(fields), place, this.sink);
    const key = keyOf(row);
    if (saysNothing(row)) this.sink.trouble("unknown", "rows", place);
    else if (key === undefined) {
      const id = `${place.file} row ${++this.unnamed}`;
      this.sink.run(tableRun(id, [row], this.sink));
    } else if (!this.open.has(key) && this.closed.has(key))
      this.sink.trouble("late", "rows", place);
    else this.open.add(key, row);
  }

  end(): void {
    this.open.endAll();
    if (this.layouts.columns.size > 0) checkColumnMap(this.map, this.layouts.columns);
  }
}

/** Of a record that is a row only because columns are mapped. */
const saysNothing = ({ run, task, success, isStep }: Row) =>
  !isStep && [run, task, success].every((fact) => fact === undefined);

/**
 * Which run a row belongs to; undefined if it is a run by itself. Names of runs hold for all tables. Numbers of runs, and of trials
 * where a table has no runs, count anew for each table and task.
 */
function keyOf({ run, task, trial, isStep, place }: Row): string | undefined {
  if (run !== undefined && !/^\d{1,9}$/.test(run)) return run;
  if (run === undefined && trial === undefined && !(isStep && task !== undefined)) return undefined;
  const parts = [
    ["task", task],
    ["trial", trial],
    ["run", run],
  ];
  const told = parts.filter(([, name]) => name !== undefined).map((part) => part.join(" "));
  return [place.file, ...told].join(" ");
}
