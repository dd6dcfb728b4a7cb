// Tables of many columns in little room: estimates of few digits, headings and labels on several lines. Where columns still
// do not fit, they become rows, of which there can be any number.

import type { Cell, Group } from "../wording/table.ts";
import { wrap } from "../wording/text.ts";
import type { Colors } from "./style.ts";
import { intervalOf, labelOf, markOf, toneOf } from "./table.ts";

/** Characters of an estimate: at most, and at least, which `0.48 ±.02` needs. */
const MOST = 14;
const LEAST = 9;
/** Least width of a column of labels. */
const LABEL = 16;
/** Most width of a name that labels a row, as a share of the line. */
const NAME = 1 / 3;
/** Before labels. */
const INDENT = " ";

/**
 * Lines of a table of at most `width` characters, where labels and cells are not wider than that.
 * @param names headings of the columns
 * @param make the rows with estimates of at most so many characters; every row has a cell for every name
 */
export function denseTable(
  names: readonly string[],
  make: (characters: number) => readonly Group[],
  width: number,
  colors: Colors,
): string[] {
  for (let characters = MOST; characters > LEAST; characters--) {
    const table = { names, sections: make(characters) };
    const roomy = { label: longest(labelsOf(table)), name: longest(names) };
    if (widthOf(table, roomy) <= width) return render(table, roomy, colors);
  }
  const table = { names, sections: make(LEAST) };
  const room = smallest(table, width);
  return room === undefined ? transposed(table, width, colors) : render(table, room, colors);
}

interface Table {
  readonly names: readonly string[];
  readonly sections: readonly Group[];
}

/** Characters of a line of a label (with the indent), and of a heading. */
interface Room {
  readonly label: number;
  readonly name: number;
}

/** As much room as fits: labels give way before headings. */
function smallest(table: Table, width: number): Room | undefined {
  for (let name = longest(table.names); name > LEAST; name--)
    for (let label = longest(labelsOf(table)); label >= LABEL; label--)
      if (widthOf(table, { label, name }) <= width) return { label, name };
  return undefined;
}

const rowsOf = ({ sections }: Table) => sections.flatMap(({ rows }) => rows);

const labelsOf = (table: Table) => rowsOf(table).map((row) => INDENT + labelOf(row));

const textOf = (cell: Cell) => markOf(cell) + cell.text + intervalOf(cell);

const longest = (texts: readonly string[]) =>
  texts.reduce((most, { length }) => Math.max(most, length), 0);

/** The lines of a label, the further ones set in. */
const labelLines = (label: string, width: number) =>
  wrap(label, width - INDENT.length - 1).map((line, i) => INDENT + (i === 0 ? "" : " ") + line);

/** A name on lines of at most `width` characters, broken after `-`, `_` and `.`; a longer part stands alone. */
function nameLines(name: string, width: number): string[] {
  const lines = [""];
  for (const part of name.split(/(?<=[-_.])/)) {
    const last = lines.length - 1;
    if (lines[last] !== "" && lines[last].length + part.length > width) lines.push(part);
    else lines[last] += part;
  }
  return lines;
}

function widthsOf(table: Table, { label, name }: Room): readonly number[] {
  const labels = rowsOf(table).flatMap((row) => fitted(labelOf(row), label));
  return [
    longest(labels),
    ...table.names.map((text, i) =>
      longest([...nameLines(text, name), ...rowsOf(table).map(({ cells }) => textOf(cells[i]))]),
    ),
  ];
}

/** On one line where it fits. */
const fitted = (label: string, width: number) =>
  INDENT.length + label.length <= width ? [INDENT + label] : labelLines(label, width);

const widthOf = (table: Table, room: Room) => total(widthsOf(table, room));

/** Columns have a space between them. */
const total = (widths: readonly number[]) => widths.reduce((sum, width) => sum + 1 + width, -1);

// ---------------------------------------------------------------- a column for each name

function render(table: Table, room: Room, colors: Colors): string[] {
  const widths = widthsOf(table, room);
  const rule = colors.dim("─".repeat(total(widths)));
  return [
    ...headLines(
      table.names.map((name) => nameLines(name, room.name)),
      widths,
      colors,
    ),
    rule,
    ...table.sections.flatMap(({ title, rows }) => [
      colors.bold(title),
      ...rows.flatMap((row) =>
        rowLines(fitted(labelOf(row), room.label), row.cells, widths, colors),
      ),
    ]),
    rule,
  ];
}

/** Headings of several lines, which end on the same one; the mark of a cell has nothing above it. */
function headLines(
  heads: readonly (readonly string[])[],
  [label, ...widths]: readonly number[],
  colors: Colors,
): string[] {
  const height = Math.max(...heads.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) =>
    [
      " ".repeat(label),
      ...heads.map((lines, i) => {
        const text = lines[line - height + lines.length] ?? "";
        const before = text.length < widths[i] ? " " : "";
        return before + colors.bold(text) + " ".repeat(widths[i] - before.length - text.length);
      }),
    ]
      .join(" ")
      .trimEnd(),
  );
}

function rowLines(
  [first, ...more]: readonly string[],
  cells: readonly Cell[],
  [label, ...widths]: readonly number[],
  colors: Colors,
): string[] {
  const texts = cells.map((cell, i) => {
    const padding = " ".repeat(widths[i] - textOf(cell).length);
    return `${toneOf(cell.tone, colors)(markOf(cell) + cell.text)}${colors.dim(intervalOf(cell))}${padding}`;
  });
  return [[first.padEnd(label), ...texts].join(" ").trimEnd(), ...more];
}

// ---------------------------------------------------------------- a row for each name

/** A metric as a column. */
interface Column {
  readonly section: string;
  readonly head: readonly string[];
  readonly cells: readonly Cell[];
}

function transposed(table: Table, width: number, colors: Colors): string[] {
  const labels = table.names.map((name) => nameLines(name, Math.floor(NAME * width)));
  const label = longest(labels.flat());
  return blocksOf(table, width - label - 1).flatMap((block, i) => {
    const widths = [label, ...blockWidths(block)];
    const rule = colors.dim("─".repeat(total(widths)));
    return [
      ...(i > 0 ? [""] : []),
      titleLine(block, widths, colors),
      ...headLines(
        block.map(({ head }) => head),
        widths,
        colors,
      ),
      rule,
      ...labels.flatMap((lines, row) =>
        rowLines(
          lines,
          block.map(({ cells }) => cells[row]),
          widths,
          colors,
        ),
      ),
      rule,
    ];
  });
}

/** Columns that stand beside one another: whole sections, where they fit. */
function blocksOf({ sections }: Table, room: number): Column[][] {
  const blocks: Column[][] = [[]];
  const fits = (columns: readonly Column[]) => total(blockWidths(columns)) <= room;
  for (const section of sections) {
    const columns = columnsOf(section);
    const parts = fits(columns) ? [columns] : columns.map((column) => [column]);
    for (const part of parts) {
      const last = blocks[blocks.length - 1];
      if (last.length === 0 || fits([...last, ...part])) last.push(...part);
      else blocks.push([...part]);
    }
  }
  return blocks;
}

const columnsOf = ({ title, rows }: Group): Column[] =>
  rows.map((row) => ({ section: title, head: wrap(labelOf(row), LEAST), cells: row.cells }));

/** The title of each section above the first of its columns. */
function titleLine(
  block: readonly Column[],
  [label, ...widths]: readonly number[],
  colors: Colors,
): string {
  const titles = block.flatMap(({ section }, i) => {
    if (!isFirst(block, i)) return [];
    const next = block.findIndex((_, k) => k > i && isFirst(block, k));
    const width = total(widths.slice(i, next < 0 ? block.length : next));
    return [` ${colors.bold(section)}${" ".repeat(width - 1 - section.length)}`];
  });
  return [" ".repeat(label), ...titles].join(" ").trimEnd();
}

const isFirst = (block: readonly Column[], i: number) =>
  i === 0 || block[i - 1].section !== block[i].section;

/** Widths of the columns of a block; the last one of a section makes up for a long title. */
function blockWidths(block: readonly Column[]): number[] {
  const widths = block.map(({ head, cells }) => 1 + longest([...head, ...cells.map(bare)]));
  block.forEach(({ section }, last) => {
    if (last < block.length - 1 && !isFirst(block, last + 1)) return;
    const first = block.findIndex((column) => column.section === section);
    const missing = 1 + section.length - total(widths.slice(first, last + 1));
    if (missing > 0) widths[last] += missing;
  });
  return widths;
}

/** Without the place of the mark. */
const bare = (cell: Cell) => textOf(cell).slice(1);
