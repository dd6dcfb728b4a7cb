// The page docs/reference/columns.md: the columns of exported tables, from their definitions.
import { RESULT_COLUMNS } from "../../../src/export/cellColumns.ts";
import { type Column, originColumns } from "../../../src/export/columns.ts";
import { OUTCOME_COLUMNS, REPLICATION_COLUMNS } from "../../../src/export/replicationColumns.ts";
import { wordTable } from "../places.ts";
import { pageFrom } from "./page.ts";

export function columnsPage(): string {
  // One factor stands for all. Its type is that of its values.
  const origin = originColumns([{ name: "NAME", type: "double" }]);
  return pageFrom("src/export/reference.md", {
    "table origin": columnTable(origin, ({ name, type }) =>
      name === "factor.NAME" ? "by its values" : type,
    ),
    "table cells": columnTable(RESULT_COLUMNS),
    "table replications": columnTable([...REPLICATION_COLUMNS, ...OUTCOME_COLUMNS]),
  });
}

function columnTable(
  columns: readonly Column[],
  typeText: (column: Column) => string = ({ type }) => type,
): string {
  return wordTable(
    ["Name", "Type", "May be missing", "Unit", "Meaning"],
    columns.map((column) => {
      const { name, nullable, unit, description } = column;
      return [`\`${name}\``, typeText(column), nullable ? "yes" : "", unit, description];
    }),
  );
}
