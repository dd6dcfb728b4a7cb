// Joint draws of uncertain numbers from the rows of a CSV table, such as the ensemble.csv of a calibration: its name in a file is
// replaced by the rows, for the columns that are numbers of this scenario.
import { Examined } from "../../documents/checking/examined.ts";
import { type Problems, Source, type Text } from "../../documents/checking/problems.ts";
import { suggest } from "../../documents/checking/suggest.ts";
import { list, meant, plural, word } from "../../documents/quoting.ts";
import { type CsvField, csvLine, csvNumber, WRONG_QUOTES } from "../../documents/reading/csv.ts";
import type { SourceFiles } from "../../documents/reading/files.ts";
import {
  type Location,
  type MapNode,
  nodeAt,
  type TreeNode,
  toPlain,
  withEntry,
  without,
} from "../../documents/reading/tree.ts";

const SECTION = "uncertain";
const ROWS = [SECTION, "rows"];
const COLUMNS = [SECTION, "columns"];

/** Columns of an ensemble that are no numbers of a scenario. */
const NO_NUMBERS = ["member", "minusTwoLogL"];

interface WithTable {
  readonly tree: MapNode;
  /** All files that were read. */
  readonly files: readonly string[];
}

/** The tree with the rows of the table that it names, if it names one. What is wrong is added to `problems`. */
export function withTable(
  tree: MapNode,
  read: readonly string[],
  files: SourceFiles,
  problems: Problems,
): WithTable {
  const rows = nodeAt(tree, ROWS);
  const section = nodeAt(tree, [SECTION]);
  if (rows?.kind !== "scalar" || typeof rows.value !== "string" || section?.kind !== "map")
    return { tree, files: read };
  const found = new Examined(tree, problems);
  const file = found.resolve(ROWS, rows.value, files);
  const table = file === undefined ? undefined : new Table(file, files, problems).read(found);
  const rest = without(section, "columns");
  const changed = table === undefined ? without(rest, "rows") : withEntry(rest, "rows", table);
  return {
    tree: withEntry(tree, SECTION, changed),
    files: file === undefined ? read : [...read, file],
  };
}

/** A column that counts: where it stands in the table, and the path of its number. */
interface Column {
  readonly index: number;
  readonly path: string;
  readonly at: Location;
}

class Table {
  private readonly file: string;
  private readonly files: SourceFiles;
  private readonly problems: Problems;

  constructor(file: string, files: SourceFiles, problems: Problems) {
    this.file = file;
    this.files = files;
    this.problems = problems;
  }

  /** The rows as they may be written out in a file; undefined (and problems) where there are none. */
  read(scenario: Examined): MapNode | undefined {
    const lines = this.lines();
    const [first, ...others] = lines;
    const at = { file: this.file, line: 0, column: 0 };
    if (first === undefined || others.length === 0)
      return this.refuse(0, 0, {
        message: first === undefined ? "the table is empty" : "the table has no rows",
        rule: "a table has a line of columns, and one line per draw; lines that begin with # are comments",
      });
    const header = this.fieldsOf(first);
    const columns = this.columnsOf(header, first.line, scenario);
    if (columns.length === 0 && !this.problems.hasErrors)
      return this.refuse(first.line, 1, {
        message: "no column is a number of this scenario",
        rule: "columns are called by dotted paths, or FILE:PATH for numbers that stand in that file",
      });
    const values = others.map((line) => this.rowOf(line, header, columns));
    return mapOf(at, {
      columns: { kind: "list", at, items: columns.map(({ path, at }) => scalar(path, at)) },
      values: { kind: "list", at, items: values },
    });
  }

  private lines(): readonly Line[] {
    const content = this.files.read(this.file);
    const text = typeof content === "string" ? content : new TextDecoder().decode(content);
    this.problems.addSource(new Source(this.file, text));
    return text
      .replace(/^\ufeff/, "")
      .split(/\r?\n/)
      .map((text, i) => ({ text, line: i + 1 }))
      .filter(({ text }) => text.trim() !== "" && !text.startsWith("#"));
  }

  private columnsOf(header: readonly CsvField[], line: number, scenario: Examined): Column[] {
    const renamed = this.renamed(header, scenario);
    const columns = header.flatMap((field, index) => {
      const name = renamed === undefined ? field.text : renamed.get(field.text);
      if (name === undefined || NO_NUMBERS.includes(name)) return [];
      const path = this.pathOf(name, scenario.tree);
      const at = { file: this.file, line, column: field.column };
      return path === undefined ? [] : [{ index, path, at }];
    });
    for (const [i, { path, at }] of columns.entries())
      if (columns.slice(0, i).some((other) => other.path === path))
        this.refuse(at.line, at.column, {
          message: `the column ${path} comes twice`,
          rule: "a number has one column",
        });
    return columns;
  }

  /** Paths by column, where the scenario states them. */
  private renamed(
    header: readonly CsvField[],
    scenario: Examined,
  ): ReadonlyMap<string, string> | undefined {
    const node = nodeAt(scenario.tree, COLUMNS);
    if (node?.kind !== "map") return undefined;
    const names = header.map(({ text }) => text);
    const paths = Object.entries(toPlain(node) as Record<string, unknown>);
    for (const [name] of paths)
      if (!names.includes(name))
        scenario.errorAtKey([...COLUMNS, name], {
          message: `the table has no column ${word(name)}`,
          rule: `its columns are ${list(names)}`,
          ...meant(suggest(name, names)),
        });
    return new Map(paths.map(([name, path]) => [name, String(path)]));
  }

  /** The path that a column is called by; undefined for a number of a file that is not part of this scenario. */
  private pathOf(name: string, tree: MapNode): string | undefined {
    const colon = name.lastIndexOf(":");
    if (colon < 0) return name;
    const path = name.slice(colon + 1);
    const node = nodeAt(tree, path.split("."));
    return node?.at.file === this.resolved(name.slice(0, colon)) ? path : undefined;
  }

  private resolved(name: string): string | undefined {
    try {
      return this.files.resolve(this.file, name);
    } catch {
      return undefined;
    }
  }

  private rowOf(line: Line, header: readonly CsvField[], columns: readonly Column[]): TreeNode {
    const fields = this.fieldsOf(line);
    const at = { file: this.file, line: line.line, column: 1 };
    if (fields.length !== header.length)
      this.refuse(at.line, at.column, {
        message: `the line has ${plural(fields.length, "field")}`,
        rule: `a row has one for each of the ${header.length} columns`,
      });
    const items = columns.map(({ index, path }) => {
      const field = fields[index];
      const value = field === undefined ? 0 : csvNumber(field);
      if (Number.isNaN(value))
        this.refuse(line.line, field.column, {
          message: `${path} is ${JSON.stringify(field.text)}`,
          rule: "a field is a finite number, with a point before its decimals",
        });
      return scalar(Number.isNaN(value) ? 0 : value, { ...at, column: field?.column ?? 1 });
    });
    return { kind: "list", items, at };
  }

  private fieldsOf({ text, line }: Line): readonly CsvField[] {
    const { fields, wrongAt } = csvLine(text);
    if (wrongAt !== undefined) this.refuse(line, wrongAt, WRONG_QUOTES);
    return fields;
  }

  private refuse(line: number, column: number, text: Text): undefined {
    this.problems.error({ file: this.file, line, column }, [SECTION, "rows"], text);
    return undefined;
  }
}

interface Line {
  readonly text: string;
  /** From 1. */
  readonly line: number;
}

const scalar = (value: string | number, at: Location): TreeNode => ({ kind: "scalar", value, at });

function mapOf(at: Location, values: Readonly<Record<string, TreeNode>>): MapNode {
  const entries = Object.entries(values).map(
    ([key, value]) => [key, { keyAt: at, value }] as const,
  );
  return { kind: "map", entries: new Map(entries), at };
}
