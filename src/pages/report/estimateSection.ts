// What a report says of an estimate from logs: what was read, how well the scenario fits, its numbers, and what stays open.
import type { EstimateResult, ScenarioNumber } from "../../estimate/document.ts";
import {
  certificateLead,
  certificateRows,
  numberCells,
  openLines,
  readLines,
  starterRows,
  troubleLines,
} from "../../wording/estimateResult.ts";
import { engineText } from "../../wording/sample.ts";
import { columnsOf } from "../../wording/table.ts";
import { count, grouped } from "../../wording/text.ts";
import type { Section, Table } from "./section.ts";

type Content = Omit<Section, "charts" | "scenarios">;

/** All that an estimate has to say. */
export function estimateSection(result: EstimateResult): Content {
  const { name, estimates, certificate, numbers, read, engine } = result;
  const starters = starterRows(result);
  const from = `${count(estimates.runs, "run")} of ${count(estimates.tasks, "task")}`;
  return {
    kind: "Estimate from logs",
    title: name,
    answer: {
      lead: `${name} is estimated from ${from}. ${certificate.rows.length === 0 ? "" : certificateLead(certificate)}`.trim(),
      more: [...originsSaid(numbers), ...readLines(result).map((line) => `${line}.`)],
    },
    facts: [
      { name: "Files", value: grouped(read.files) },
      { name: "Runs read", value: grouped(read.runs) },
      { name: "Intervals", value: "95 %" },
      { name: "Engine", value: engineText(engine) },
    ],
    tables: [
      ...(starters.length === 0
        ? []
        : [table("Who starts failures", "Agent", ["share", "of"], starters)]),
      ...(certificate.rows.length === 0
        ? []
        : [
            table(
              "Certificate",
              "Figure",
              ["observed", "simulated", "verdict"],
              certificateRows(certificate),
            ),
          ]),
      table(
        "Numbers of the scenario",
        "Number",
        ["value", "from"],
        numbers.map((number) => ({ label: number.path, cells: numberCells(number) })),
      ),
      table(
        "What the logs do not tell",
        "Number",
        ["why", "what would tell"],
        openLines(result).map(({ what, why, remedy }) => ({
          label: what,
          cells: [{ text: why }, { text: remedy }],
        })),
      ),
    ],
    thresholds: [],
    precision: [],
    warnings: troubleLines(result).map((line) => line.replace(/^warning: /, "")),
    metrics: [],
    omissions: [],
  };
}

function table(
  title: string,
  corner: string,
  columns: readonly string[],
  rows: Table["groups"][number]["rows"],
): Table {
  return {
    title,
    isFolded: false,
    corner,
    columns: columnsOf(columns),
    groups: [{ title: "", rows }],
    metrics: [],
    notes: [],
  };
}

/** How many numbers are not measured. */
function originsSaid(numbers: readonly ScenarioNumber[]): string[] {
  const of = (origin: ScenarioNumber["origin"]) =>
    numbers.filter((number) => number.origin === origin).length;
  const [calibrated, other] = [of("calibrated"), of("prior") + of("guess")];
  return [
    ...(calibrated > 0
      ? [`${count(calibrated, "number")} calibrated to outcomes: several explanations fit.`]
      : []),
    ...(other > 0 ? [`${count(other, "number")} not in the logs.`] : []),
  ];
}
