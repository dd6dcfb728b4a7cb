// A reproduction as text for people: every published figure beside the simulated one, by kind of figure, with its
// verdict; and how many are in range.
import type { MetricValue } from "../experiment/result.ts";
import type { Counts, Reproduction, TargetResult } from "../literature/reproduce.ts";
import { accepted } from "../literature/target.ts";
import { estimateText, plainEstimate, plainNumber } from "./estimate.ts";
import type { Colors } from "./style.ts";
import { type Cell, type Row, renderTable, type Section } from "./table.ts";
import { count, wrap } from "./text.ts";
import { toleranceText } from "./tolerance.ts";

const COLUMNS = ["published", "simulated", "to reach", "verdict", "kind"].map((name) => ({
  name,
}));

export function reproductionReport(
  result: Reproduction,
  { colors, width }: { readonly colors: Colors; readonly width: number },
): string {
  const { study, targets } = result;
  const heading = `${study}: ${count(targets.length, "published figure")} beside simulated ones`;
  const faint = (lines: readonly string[]) =>
    lines.flatMap((line) => wrap(line, width)).map(colors.dim);
  return [
    colors.bold(heading),
    ...faint([circumstances(result)]),
    "",
    ...renderTable(COLUMNS, sectionsOf(targets), width, colors),
    ...faint([...legend(targets), ...otherDefinitions(targets)]),
    "",
    ...summaryLines(result, width, colors),
    "",
  ].join("\n");
}

function circumstances({ seed, replications, interrupted }: Reproduction): string {
  const asked = `${count(replications, "replication")} a scenario`;
  return `seed ${seed} · ${interrupted ? `interrupted before ${asked}` : asked} · 95 % intervals`;
}

// ---------------------------------------------------------------- the table

function sectionsOf(targets: readonly TargetResult[]): Section[] {
  const titles = [...new Set(targets.map(titleOf))];
  return titles.map((title) => ({
    title,
    rows: targets.filter((target) => titleOf(target) === title).map(rowOf),
  }));
}

const titleOf = ({ figure, unit }: TargetResult) =>
  unit === "share" || unit === "ratio" ? figure : `${figure}, ${unit}`;

function rowOf(target: TargetResult): Row {
  return {
    label: target.title,
    unit: "",
    cells: [
      publishedCell(target),
      simulatedCell(target.simulated),
      word(toleranceText(target.tolerance)),
      verdictCell(target),
      { ...word(target.kind), ...(target.kind === "calibrated" ? { tone: "faint" } : {}) },
    ],
  };
}

const word = (text: string): Cell => ({ mark: " ", whole: text, fraction: "", interval: "" });

function publishedCell({ published, publishedCi }: TargetResult): Cell {
  // As many decimals as the source gives; its figures of 2 and more have one at most.
  const rounded = Number(published.toFixed(Math.abs(published) < 2 ? 3 : 1));
  const [whole, fraction] = plainNumber(rounded).split(".");
  const interval = publishedCi === null ? " " : ` [${publishedCi.map(plainNumber).join(", ")}]`;
  return { mark: " ", whole, fraction: fraction === undefined ? "" : `.${fraction}`, interval };
}

function simulatedCell(value: MetricValue): Cell {
  return { mark: " ", ...estimateText(value), ...(value.mean === null ? { tone: "faint" } : {}) };
}

function verdictCell(target: TargetResult): Cell {
  if (target.pass === null) return { ...word(target.tolerance === null ? "" : "no value") };
  const doubt = isDoubtful(target) ? "?" : "";
  return target.pass
    ? { ...word(`in range${doubt}`), mark: "✓", tone: "good" }
    : { ...word(`off${doubt}`), mark: "✗", tone: "bad" };
}

/** Whether a bound of the tolerance lies within the interval, so that another seed could turn the verdict. */
function isDoubtful(target: TargetResult): boolean {
  const [low, high] = target.simulated.ci;
  return (accepted(target) ?? []).some(
    (bound) =>
      bound > (low ?? Number.NEGATIVE_INFINITY) && bound < (high ?? Number.POSITIVE_INFINITY),
  );
}

// ---------------------------------------------------------------- below the table

function legend(targets: readonly TargetResult[]): string[] {
  return [
    "calibrated: parameters were chosen with this figure in view, or with figures that it follows from; predicted: they were not.",
    ...(targets.some((target) => target.pass !== null && isDoubtful(target))
      ? ["?: the interval crosses a bound, so that more replications may turn the verdict."]
      : []),
    "Definitions, sources and what to know about each figure: --json.",
  ];
}

/** Share by which a second definition may differ without being told. */
const SAME = 0.1;

/** What a second definition would give, where it differs much or turns the verdict. */
function otherDefinitions(targets: readonly TargetResult[]): string[] {
  return targets.flatMap((target) => {
    const { id, simulated, other, pass } = target;
    if (other === undefined || simulated.mean === null || other.simulated.mean === null) return [];
    const [mean, otherMean] = [simulated.mean, other.simulated.mean];
    const bounds = accepted(target);
    const otherPass = bounds && bounds[0] <= otherMean && otherMean <= bounds[1];
    if (otherPass === pass && Math.abs(otherMean - mean) <= SAME * Math.abs(mean)) return [];
    return [`${id}: ${plainEstimate(other.simulated)} as ${other.definition}`];
  });
}

function summaryLines({ summary }: Reproduction, width: number, colors: Colors): string[] {
  const { calibrated, predicted, success } = summary;
  const error = success.meanAbsoluteError;
  const lines = [
    `calibrated  ${countsText(calibrated)}`,
    `predicted   ${countsText(predicted)}`,
    error === null
      ? "success     mean absolute error undefined: a rate has no value"
      : `success     mean absolute error of ${success.cells} rates ${error.toFixed(3)} (to reach ${success.tolerance}: ${success.pass ? "in range" : "off"}), largest ${success.largestError?.toFixed(3)}`,
  ];
  return lines.flatMap((line) => wrap(line, width)).map((line) => colors.bold(line));
}

function countsText({ passed, missed, open }: Counts): string {
  return `${passed} of ${passed + missed} in range, ${open} without a verdict`;
}
