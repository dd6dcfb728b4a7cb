// Tables as text, with a line of names first: CSV, and the same with tabs or semicolons.
import { Readable } from "node:stream";
import type { LogRecord, LogSink } from "../format.ts";
import type { Opener } from "./opener.ts";
import type { Source } from "./source.ts";

export const csvFile: Opener = {
  title: "tables as text, separated by commas, tabs or semicolons",
  opens: ({ head }) => separatorOf(head) !== undefined,
  records: recordsOf,
};

const SEPARATORS = [",", "\t", ";"];
/** Longest name of a column, in characters. */
const LONGEST_NAME = 80;
/** With what a line before the names begins that is for people. */
const REMARK = "#";
/** Lines in which the names are looked for. */
const MOST_LINES = 100;
/** Longest row, in bytes. */
const LONGEST_ROW = 1 << 24;

/** What separates the names in the first line; undefined if the text is no table. */
function separatorOf(head: Uint8Array): string | undefined {
  const text = Buffer.from(head)
    .toString("utf8")
    .replace(/^\uFEFF/, "")
    .replace(OF_EXCEL, "");
  const [first, second] = text
    .split(/\r\n?|\n/, MOST_LINES)
    .filter((line) => line.trim() !== "" && !line.startsWith(REMARK));
  if (first === undefined || CONTROL.test(first)) return undefined;
  const separator = SEPARATORS.map((one) => ({ one, names: first.split(one) }))
    .filter(({ names }) => names.length > 1 && names.every(isName))
    .sort((a, b) => b.names.length - a.names.length)[0]?.one;
  const isTable = separator !== undefined && (second === undefined || second.includes(separator));
  return isTable ? separator : undefined;
}

/** A first line that tells Excel what separates fields. */
const OF_EXCEL = /^sep=.\r?\n/;
/** Characters of no text, except tabs. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\0-\x08\x0b-\x1f]/;

const isName = (name: string) => name.trim() !== "" && name.length <= LONGEST_NAME;

/** A row with fewer fields than names lacks the last ones; one with more is damaged, for nobody knows which are meant. */
async function* recordsOf(source: Source, trouble: LogSink["trouble"]): AsyncIterable<LogRecord> {
  const { parse } = await import("csv-parse");
  const separator = separatorOf(source.head) ?? ",";
  const parser = parse({
    bom: true,
    delimiter: separator,
    info: true,
    max_record_size: LONGEST_ROW,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
  });
  let names: readonly string[] | undefined;
  let line = 1;
  const bytes = Readable.from(source.bytes(), { objectMode: false });
  bytes.on("error", (error) => parser.destroy(error));
  try {
    for await (const { record, info } of bytes.pipe(parser) as AsyncIterable<Parsed>) {
      const place = { file: source.name, line };
      line = info.lines + 1;
      const isBefore = record[0].startsWith("sep=") || record[0].startsWith(REMARK);
      if (names === undefined && isBefore) continue;
      if (names === undefined) names = record.map((name) => name.trim());
      else if (record.length > names.length) trouble("damaged", "rows", place);
      else
        yield {
          value: rowOf(names, separator === ";" ? record.map(withPoint) : record),
          place,
        };
    }
  } catch (error) {
    const isCut = (error as { readonly code?: string }).code === "CSV_QUOTE_NOT_CLOSED";
    trouble(isCut ? "truncated" : "damaged", "rows", { file: source.name, line });
  } finally {
    bytes.destroy();
  }
}

interface Parsed {
  readonly record: readonly string[];
  /** Lines up to the end of the row. */
  readonly info: { readonly lines: number };
}

/** Where semicolons separate fields, commas separate decimals. */
const withPoint = (field: string) => (/^-?\d+,\d+$/.test(field) ? field.replace(",", ".") : field);

/** Fields without text say nothing. */
const rowOf = (names: readonly string[], fields: readonly string[]) =>
  Object.fromEntries(names.map((name, i) => [name, fields[i] || null]));
