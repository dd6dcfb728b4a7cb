// The page docs/columns.md: the columns of exported tables, written from their definitions alone.

import {
  type Column,
  metricColumns,
  OUTCOME_COLUMNS,
  originColumns,
  REPLICATION_COLUMNS,
  RESULT_COLUMNS,
} from "../../src/export/columns.ts";
import { METRICS, type MetricDefinition } from "../../src/metrics/definitions.ts";

/** The page as Markdown. */
export function columnsPage(): string {
  return [...introduction(), ...origin(), ...cells(), ...replications(), ...reading()].join("\n");
}

function introduction(): string[] {
  return [
    "# Columns of exported tables",
    "",
    "This page is written by `npm run docs` from `src/export/columns.ts`.",
    "",
    "There are two tables: **cells**, with a row for every scenario of every cell of an experiment, and **replications**, with a row",
    "for every replication. Both come as CSV, NDJSON and Parquet, with the same columns in the same order.",
    "",
    "| type | values | CSV | NDJSON | Parquet |",
    "| --- | --- | --- | --- | --- |",
    "| string | Unicode text | text, in quotes where needed | string | `BYTE_ARRAY`, `UTF8` |",
    "| int64 | whole numbers up to 2^53 - 1 | `8` | `8` | `INT64` |",
    "| double | finite numbers in full precision | `0.1`, `8.0` | `0.1`, `8.0` | `DOUBLE` |",
    "| boolean | true or false | `true`, `false` | `true`, `false` | `BOOLEAN` |",
    "| no value | only where a column says so | an empty field | `null` | null |",
    "",
    'CSV follows RFC 4180: a header, commas, lines that end with CR LF, UTF-8. An empty text is `""`. Infinity and NaN never appear: what',
    "the data do not define has no value.",
    "",
  ];
}

function origin(): string[] {
  // One factor stands for all; its type is that of its values.
  const columns = originColumns([{ name: "NAME", type: "double" }]);
  return [
    "## Where a row comes from",
    "",
    "These columns begin both tables. Every factor of the experiment has one, of the type that its values have: int64, double, boolean or",
    "string. A factor that does not apply to a scenario has no value there.",
    "",
    ...columnTable(columns, ({ name, type }) => (name === "factor.NAME" ? "by its values" : type)),
    "",
  ];
}

function cells(): string[] {
  return [
    "## Cells",
    "",
    ...columnTable(RESULT_COLUMNS),
    "",
    "Then come the metrics. Each has three columns of type double: the estimate under its name, and the bounds of its 95 % interval under its",
    "name with `.lo` and `.hi`. A value or bound that the data do not define is missing, and so are those that compare with a baseline where",
    "there is none.",
    "",
    "| name | unit | meaning | formula |",
    "| --- | --- | --- | --- |",
    ...METRICS.map(metricLine),
    "",
  ];
}

function metricLine(metric: MetricDefinition): string {
  const [{ name, unit, description }] = metricColumns(metric);
  return line(`\`${name}\``, unit, description, metric.formula);
}

function replications(): string[] {
  return [
    "## Replications",
    "",
    "Outcomes are sums over the tasks of the replication, but for the makespan.",
    "",
    ...columnTable([...REPLICATION_COLUMNS, ...OUTCOME_COLUMNS]),
    "",
  ];
}

function columnTable(
  columns: readonly Column[],
  typeText: (column: Column) => string = ({ type }) => type,
): string[] {
  return [
    "| name | type | may be missing | unit | meaning |",
    "| --- | --- | --- | --- | --- |",
    ...columns.map((column) => {
      const { name, nullable, unit, description } = column;
      return line(`\`${name}\``, typeText(column), nullable ? "yes" : "", unit, description);
    }),
  ];
}

const line = (...cells: readonly string[]) => `| ${cells.join(" | ")} |`;

function reading(): string[] {
  return [
    "## Reading",
    "",
    "Names with a dot need quotes in SQL. Ask for the type of a text that looks like a number, such as a seed, when reading CSV.",
    "",
    "```sql",
    "-- DuckDB",
    'SELECT scenario, "factor.NAME", success, "success.lo", "success.hi" FROM \'cells.parquet\' WHERE status = \'ok\';',
    "SELECT * FROM read_csv('cells.csv', types = {'seed': 'VARCHAR'});",
    "```",
    "",
    "```python",
    "import pandas",
    'cells = pandas.read_parquet("cells.parquet")',
    'cells = pandas.read_csv("cells.csv", dtype={"seed": str})',
    "```",
    "",
  ];
}
