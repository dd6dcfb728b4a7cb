// Tables for a terminal: a column of labels and columns of cells that are aligned at the decimal point. Columns that
// do not fit beside one another go into blocks below one another, so that no line wraps. Small figures beside the numbers
// are left out where they would take more blocks.

import type { Cell, Column, Group, Row, Tone } from "../wording/table.ts";
import type { Graphic } from "./bars.ts";
import type { Colors } from "./style.ts";

/** A cell with a small figure beside its interval, where there is room. */
export interface FiguredCell extends Cell {
  readonly graphic?: Graphic | undefined;
}

interface Layout {
  readonly whole: number;
  readonly fraction: number;
  /** Without the mark and the small figure. */
  readonly text: number;
  /** Of the small figures, with a space before; 0 where there are none. */
  readonly graphic: number;
  readonly width: number;
}

const INDENT = "  ";
/** Between columns; the place of the mark stands apart as well. */
const GAP = " ";

/** Lines of a table of at most `width` characters; more only where one column alone needs more. */
export function renderTable(
  columns: readonly Column[],
  sections: readonly Group[],
  width: number,
  colors: Colors,
): string[] {
  const labelWidth = labelWidthOf(sections);
  const [plain, illustrated] = [false, true].map((hasGraphics) =>
    layoutsOf(columns, sections, hasGraphics),
  );
  const room = width - labelWidth;
  const isRoomy =
    blocks(illustrated, room).length === blocks(plain, room).length &&
    illustrated.every((layout) => layout.width + GAP.length <= room);
  const layouts = isRoomy ? illustrated : plain;
  return blocks(layouts, room).flatMap((block, i) => [
    ...(i > 0 ? [""] : []),
    ...renderBlock(columns, sections, layouts, block, labelWidth, colors),
  ]);
}

/** Whether all columns stand beside one another, without small figures. */
export function fitsInOneBlock(
  columns: readonly Column[],
  sections: readonly Group[],
  width: number,
): boolean {
  const layouts = layoutsOf(columns, sections, false);
  return blocks(layouts, width - labelWidthOf(sections)).length === 1;
}

const rowsOf = (sections: readonly Group[]) => sections.flatMap(({ rows }) => rows);

const labelWidthOf = (sections: readonly Group[]) =>
  INDENT.length + Math.max(...rowsOf(sections).map((row) => labelOf(row).length));

function layoutsOf(columns: readonly Column[], sections: readonly Group[], hasGraphics: boolean) {
  const rows = rowsOf(sections);
  return columns.map((column, i) => {
    const cells = rows.map((row) => row.cells[i]);
    return measure(column, cells, hasGraphics);
  });
}

/** The label of a row with its unit. */
export const labelOf = ({ label, unit = "" }: Row) => (unit === "" ? label : `${label}, ${unit}`);

/** The mark in front, or its place. */
export const markOf = ({ mark }: Cell): string => mark ?? " ";

/** What stands after a number: a space, and its interval if it has one. */
export const intervalOf = ({ interval }: Cell): string =>
  interval === undefined ? "" : ` ${interval}`;

/** A number before its decimal point and from there on; words in one piece. */
function partsOf(cell: Cell): [whole: string, fraction: string] {
  const at = isNumber(cell) ? cell.text.indexOf(".") : -1;
  return at < 0 ? [cell.text, ""] : [cell.text.slice(0, at), cell.text.slice(at)];
}

const headerOf = ({ name, remark }: Column) => (remark === undefined ? name : `${name} ${remark}`);

function measure(column: Column, cells: readonly FiguredCell[], hasGraphics: boolean): Layout {
  const numbers = cells.filter(isNumber).map(partsOf);
  const whole = Math.max(...numbers.map(([before]) => before.length), 0);
  const fraction = Math.max(...numbers.map(([, after]) => after.length), 0);
  const widths = cells.map((cell) =>
    isNumber(cell) ? whole + fraction + intervalOf(cell).length : cell.text.length,
  );
  const text = Math.max(...widths);
  const figures = cells.map(({ graphic }) => (graphic === undefined ? 0 : 1 + lengthOf(graphic)));
  const graphic = hasGraphics ? Math.max(...figures) : 0;
  return {
    whole,
    fraction,
    text,
    graphic,
    width: 2 + Math.max(headerOf(column).length, text + graphic),
  };
}

const lengthOf = ({ solid, faint }: Graphic) => solid.length + faint.length;

/** Words such as `undefined` are not aligned with numbers. */
const isNumber = ({ interval }: Cell) => interval !== undefined;

/** Indices of columns that stand beside one another. */
function blocks(layouts: readonly Layout[], width: number): number[][] {
  const result: number[][] = [];
  let left = 0;
  layouts.forEach((layout, i) => {
    const needed = GAP.length + layout.width;
    if (result.length === 0 || needed > left) {
      result.push([]);
      left = width;
    }
    result[result.length - 1].push(i);
    left -= needed;
  });
  return result;
}

function renderBlock(
  columns: readonly Column[],
  sections: readonly Group[],
  layouts: readonly Layout[],
  block: readonly number[],
  labelWidth: number,
  colors: Colors,
): string[] {
  const line = (label: string, cells: readonly string[]) => [label, ...cells].join(GAP).trimEnd();
  const header = block.map((i) => renderHeader(columns[i], layouts[i], colors));
  const total = block.reduce((sum, i) => sum + GAP.length + layouts[i].width, labelWidth);
  return [
    line(" ".repeat(labelWidth), header),
    colors.dim("─".repeat(total)),
    ...sections.flatMap(({ title, rows }) => [
      colors.bold(title),
      ...rows.map((row) =>
        line(
          renderLabel(row, labelWidth, colors),
          block.map((i) => renderCell(row.cells[i], layouts[i], colors)),
        ),
      ),
    ]),
    colors.dim("─".repeat(total)),
  ];
}

function renderHeader(column: Column, { width }: Layout, colors: Colors): string {
  const padding = " ".repeat(width - 2 - headerOf(column).length);
  const remark = column.remark === undefined ? "" : colors.dim(` ${column.remark}`);
  return `  ${colors.bold(column.name)}${remark}${padding}`;
}

function renderLabel(row: Row, width: number, colors: Colors): string {
  const unit = colors.dim(labelOf(row).slice(row.label.length));
  const padding = " ".repeat(width - INDENT.length - labelOf(row).length);
  return `${INDENT}${row.label}${unit}${padding}`;
}

function renderCell(cell: FiguredCell, layout: Layout, colors: Colors): string {
  const [whole, fraction] = partsOf(cell);
  const tone = toneOf(cell.tone, colors);
  const number = isNumber(cell)
    ? whole.padStart(layout.whole) + fraction.padEnd(layout.fraction)
    : whole;
  const interval = intervalOf(cell);
  const text = `${tone(`${markOf(cell)} ${number}`)}${colors.dim(interval)}`;
  const length = number.length + interval.length;
  const [figure, taken] = renderGraphic(cell, layout, length, colors);
  return `${text}${figure}${" ".repeat(layout.width - 2 - length - taken)}`;
}

/** The small figure of a cell, all of a column beginning at one place, and the characters that it takes. */
function renderGraphic(
  { graphic }: FiguredCell,
  layout: Layout,
  length: number,
  colors: Colors,
): [figure: string, taken: number] {
  if (graphic === undefined || layout.graphic === 0) return ["", 0];
  const space = " ".repeat(layout.text - length + 1);
  const figure = `${space}${graphic.solid}${colors.dim(graphic.faint)}`;
  return [figure, space.length + lengthOf(graphic)];
}

/** How a tone is painted. */
export function toneOf(tone: Tone | undefined, colors: Colors): (text: string) => string {
  if (tone === "good") return colors.green;
  if (tone === "bad") return colors.red;
  return tone === "faint" ? colors.dim : (text) => text;
}
