// Lines of CSV tables (RFC 4180, but for line ends within quotes), with the columns in which their fields begin.
import type { Text } from "../checking/problems.ts";

/** A field of a line with the column in which it begins, from 1. */
export interface CsvField {
  readonly text: string;
  readonly column: number;
}

/** The fields of a line up to the first that is wrong, and the column in which that begins. */
export interface CsvLine {
  readonly fields: readonly CsvField[];
  readonly wrongAt: number | undefined;
}

export const WRONG_QUOTES: Text = {
  message: "a quote does not end, or stands inside of a field",
  rule: 'a field with a comma or a quote stands in quotes, with "" for each quote inside',
};

export function csvLine(line: string): CsvLine {
  const fields: CsvField[] = [];
  const pattern = /(?:"((?:[^"]|"")*)"|([^",]*))(,|$)/y;
  for (let at = 0; at <= line.length; at = pattern.lastIndex) {
    pattern.lastIndex = at;
    const found = pattern.exec(line);
    if (found === null) return { fields, wrongAt: at + 1 };
    const [, quoted, plain, end] = found;
    fields.push({ text: quoted?.replaceAll('""', '"') ?? plain, column: at + 1 });
    if (end === "") break;
  }
  return { fields, wrongAt: undefined };
}

/** The finite number that a field states; NaN where it states none. */
export function csvNumber({ text }: CsvField): number {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : Number.NaN;
}
