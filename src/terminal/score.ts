// Cost, latency, efficacy, assurance and reliability as a table for people, with the composite and the Pareto front.

import type { ScoredScenario, ScoreResult } from "../experiment/score.ts";
import { DIMENSIONS } from "../metrics/score.ts";
import { plainNumber } from "../wording/estimate.ts";
import { type Cell, estimateCell, UNDEFINED, verdictMark } from "../wording/table.ts";
import { count, wrap } from "../wording/text.ts";
import { partsText } from "../wording/uncertainty.ts";
import type { Screen } from "./style.ts";
import { renderTable } from "./table.ts";

const ROWS = [
  { label: "Cost", unit: "$ per task", of: (one: ScoredScenario) => one.cost },
  { label: "Latency", unit: "s per task", of: (one: ScoredScenario) => one.latency },
  { label: "Efficacy", unit: "share", of: (one: ScoredScenario) => one.efficacy },
  { label: "Assurance", unit: "share", of: (one: ScoredScenario) => one.assurance },
  { label: "Reliability, pass^8", unit: "share", of: (one: ScoredScenario) => one.reliability },
] as const;

const DERIVED = [
  { label: "Cost-normalised accuracy", unit: "% per $", of: (one: ScoredScenario) => one.cna },
  { label: "Cost per success", unit: "$", of: (one: ScoredScenario) => one.costPerSuccess },
  { label: "On time", unit: "share", of: (one: ScoredScenario) => one.onTime },
] as const;

export function scoreText(result: ScoreResult, { colors, width }: Screen): string {
  const { seed, replications, scenarios, interrupted } = result;
  const rows = (of: typeof ROWS | typeof DERIVED) =>
    of.map(({ label, unit, of: read }) => ({
      label,
      unit,
      cells: scenarios.map((one) => estimateCell(read(one))),
    }));
  const composite = {
    label: "Composite",
    unit: "0 to 1",
    cells: scenarios.map(({ composite, rank }) => compositeCell(composite, rank)),
  };
  const front = {
    label: "On the front of cost and efficacy",
    cells: scenarios.map(({ onFront }) => ({ text: onFront ? "yes" : "no" })),
  };
  const faint = (text: string) => wrap(text, width).map(colors.dim);
  const efficacies = scenarios.map(({ name, efficacy }) => ({ name, value: efficacy }));
  return [
    colors.bold(`CLEAR of ${count(scenarios.length, "scenario")}`),
    ...faint(`seed ${seed} · ${count(replications, "replication")} of each · 95 % intervals`),
    "",
    ...renderTable(
      scenarios.map(({ name }) => ({ name })),
      [
        { title: "Dimensions", rows: rows(ROWS) },
        { title: "Derived", rows: rows(DERIVED) },
        { title: "Together", rows: [composite, front] },
      ],
      width,
      colors,
    ),
    ...faint(compositeText(result)),
    ...[partsText("efficacy", efficacies) ?? []].flat().flatMap(faint),
    ...notesOf(result).flatMap((note) => faint(`note: ${note}`)),
    ...(interrupted ? ["Interrupted: figures cover what was complete by then."] : []),
    "",
  ].join("\n");
}

function compositeCell(composite: number | null, rank: number | null): Cell {
  if (composite === null) return UNDEFINED;
  return { text: composite.toFixed(3), ...verdictMark(rank === 1 || undefined) };
}

function compositeText({ weights, normalisation }: ScoreResult): string {
  const parts = DIMENSIONS.map((dimension) => `${dimension} ${plainNumber(weights[dimension])}`);
  const how = normalisation === "best" ? "lowest / own" : "lowest 1, highest 0";
  return `Composite: weights ${parts.join(", ")}; cost and latency relative to the scenarios scored together (${how}).`;
}

function notesOf({ scenarios, weights }: ScoreResult): string[] {
  const lacking = DIMENSIONS.filter(
    (dimension) => weights[dimension] > 0 && scenarios.some((one) => one[dimension].mean === null),
  );
  return [
    ...lacking.map((dimension) => {
      const { name, [dimension]: value } = scenarios.find(
        (one) => one[dimension].mean === null,
      ) as ScoredScenario;
      return `${dimension} of ${name} is undefined: ${value.undefined ?? "there is no value"}. Give it weight 0 with --weights to leave it out.`;
    }),
    ...(scenarios.some(({ onTime }) => onTime.mean === null)
      ? ["use --sla SECONDS, or objectives.latency in the file, to say when a task is on time."]
      : []),
  ];
}
