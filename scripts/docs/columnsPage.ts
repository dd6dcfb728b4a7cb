// The page docs/columns.md: the columns of exported tables, from their definitions, at the places of columns.md.
import { readFileSync } from "node:fs";
import { metricColumns, RESULT_COLUMNS } from "../../src/export/cellColumns.ts";
import { type Column, originColumns } from "../../src/export/columns.ts";
import { OUTCOME_COLUMNS, REPLICATION_COLUMNS } from "../../src/export/replicationColumns.ts";
import { METRICS } from "../../src/metrics/definitions.ts";
import { fill, tableOf } from "./places.ts";

/** The page as Markdown. */
export function columnsPage(): string {
  // One factor stands for all; its type is that of its values.
  const origin = originColumns([{ name: "NAME", type: "double" }]);
  return fill(readFileSync(new URL("columns.md", import.meta.url), "utf8"), {
    "table origin": columnTable(origin, ({ name, type }) =>
      name === "factor.NAME" ? "by its values" : type,
    ),
    "table cells": columnTable(RESULT_COLUMNS),
    "table metrics": wordTable(
      ["name", "unit", "meaning", "formula"],
      METRICS.map((metric) => {
        const [{ name, unit, description }] = metricColumns(metric);
        return [`\`${name}\``, unit, description, metric.formula];
      }),
    ),
    "table replications": columnTable([...REPLICATION_COLUMNS, ...OUTCOME_COLUMNS]),
  });
}

function columnTable(
  columns: readonly Column[],
  typeText: (column: Column) => string = ({ type }) => type,
): string {
  return wordTable(
    ["name", "type", "may be missing", "unit", "meaning"],
    columns.map((column) => {
      const { name, nullable, unit, description } = column;
      return [`\`${name}\``, typeText(column), nullable ? "yes" : "", unit, description];
    }),
  );
}

const wordTable = (header: readonly string[], rows: readonly (readonly string[])[]) =>
  tableOf(
    header,
    rows,
    header.map(() => "---"),
  );
