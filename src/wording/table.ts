// A table before it is drawn: the same columns, rows and cells for a terminal and for a page.
import type { MetricValue } from "../experiment/result.ts";
import type { TargetResult } from "../literature/judging.ts";
import type { StudyCell, StudyTable } from "../literature/study.ts";
import { type EstimateText, estimateText, plainEstimate, plainNumber } from "./estimate.ts";

export interface Column {
  readonly name: string;
  /** Said after the name, such as `baseline`. */
  readonly remark?: string;
}

/** Columns without remarks. */
export const columnsOf = (names: readonly string[]): Column[] => names.map((name) => ({ name }));

export interface Group {
  /** Empty where the table has one group only. */
  readonly title: string;
  /** Each with a cell for every column. */
  readonly rows: readonly Row[];
}

export interface Row {
  readonly label: string;
  /** Written after the label. */
  readonly unit?: string;
  readonly cells: readonly Cell[];
}

/** A number has an interval, which may be empty; words have none, and are not aligned with numbers. */
export interface Cell extends EstimateText {
  readonly mark?: "▲" | "▼" | "✓" | "✗" | "~";
  readonly tone?: Tone;
}

export type Tone = "good" | "bad" | "faint";

export const UNDEFINED: Cell = { text: "undefined", tone: "faint" };

export const numberCell = (x: number): Cell => ({ text: plainNumber(x), interval: "" });

/** @param write how the value is written, where it has one */
export function estimateCell(value: MetricValue | undefined, write = estimateText): Cell {
  return value === undefined || value.mean === null ? UNDEFINED : write(value);
}

/** A published figure, with as many decimals as the source gives; figures of 2 and more have one at most. */
export function publishedCell({
  published,
  publishedCi,
}: Pick<TargetResult, "published" | "publishedCi">): Cell {
  const rounded = Number(published.toFixed(Math.abs(published) < 2 ? 3 : 1));
  const interval = publishedCi === null ? "" : `[${publishedCi.map(plainNumber).join(", ")}]`;
  return { text: plainNumber(rounded), interval };
}

/** How a verdict is marked: in range, off, or not at all. */
export function verdictMark(pass: boolean | null | undefined): Pick<Cell, "mark" | "tone"> {
  if (pass == null) return {};
  return pass ? { mark: "✓", tone: "good" } : { mark: "✗", tone: "bad" };
}

// ---------------------------------------------------------------- tables of studies

/** The columns and the rows of a study's table; its first column holds the labels. */
export function studyTableParts({ columns, rows }: StudyTable): {
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
} {
  return {
    columns: columns
      .slice(1)
      .map(({ name, unit }) => (unit === "" ? { name } : { name, remark: unit })),
    rows: rows.map(([label, ...cells]) => ({
      label: labelText(label),
      cells: cells.map(studyCell),
    })),
  };
}

function studyCell(cell: StudyCell): Cell {
  if (typeof cell === "string") return { text: cell };
  return typeof cell === "number" ? numberCell(cell) : estimateCell(cell ?? undefined);
}

function labelText(cell: StudyCell): string {
  if (cell === null) return "undefined";
  if (typeof cell === "object") return plainEstimate(cell);
  return typeof cell === "number" ? plainNumber(cell) : cell;
}
