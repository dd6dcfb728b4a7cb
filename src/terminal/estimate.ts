// An estimate as text for people: what was read, the numbers, the certificate, and what stays open.
import type { EstimateResult, ScenarioNumber } from "../estimate/document.ts";
import {
  certificateLead,
  certificateRows,
  numberCells,
  openLines,
  readLines,
  starterRows,
  troubleLines,
} from "../wording/estimateResult.ts";
import { columnsOf, type Group } from "../wording/table.ts";
import { count, wrap, wrapAll } from "../wording/text.ts";
import type { Screen } from "./style.ts";
import { renderTable } from "./table.ts";

export function estimateResultText(result: EstimateResult, { colors, width }: Screen): string {
  const { name, estimates, certificate, numbers } = result;
  const starters = starterRows(result);
  const faint = (texts: readonly string[]) => wrapAll(texts, width).map(colors.dim);
  const heading = `${name}: estimated from ${count(estimates.runs, "run")} of ${count(estimates.tasks, "task")}`;
  return [
    colors.bold(heading),
    ...faint(readLines(result)),
    ...wrapAll(troubleLines(result), width).map(colors.yellow),
    "",
    ...renderTable(columnsOf(["value", "from"]), numberGroups(numbers), width, colors),
    "",
    ...(starters.length === 0
      ? []
      : [
          ...renderTable(
            columnsOf(["share", "of"]),
            [{ title: "Who starts failures", rows: starters }],
            width,
            colors,
          ),
          "",
        ]),
    ...(certificate.rows.length === 0
      ? []
      : [
          ...renderTable(
            columnsOf(["observed", "simulated", "verdict"]),
            [{ title: "Certificate", rows: certificateRows(certificate) }],
            width,
            colors,
          ),
          ...wrap(certificateLead(certificate), width),
          "",
        ]),
    colors.bold("What the logs do not tell"),
    ...openLines(result).flatMap(({ what, why, remedy }) => [
      ...wrap(`${what}: ${why}`, width),
      ...wrap(`  → ${remedy}`, width).map(colors.dim),
    ]),
    "",
  ].join("\n");
}

/** Numbers by what they are of: models.gpt-4o, agents.reviewer, task, topology. */
function numberGroups(numbers: readonly ScenarioNumber[]): Group[] {
  const groups = new Map<string, ScenarioNumber[]>();
  for (const number of numbers) {
    const words = number.path.split(".");
    const title = words.slice(0, words.length > 2 ? 2 : 1).join(".");
    groups.set(title, [...(groups.get(title) ?? []), number]);
  }
  return [...groups].map(([title, own]) => ({
    title,
    rows: own.map((number) => ({
      label: number.path.slice(title.length + 1),
      cells: numberCells(number),
    })),
  }));
}
