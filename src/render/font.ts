// The font that pictures are set in, which ships with Faultline, and how wide its text is: so that every machine makes
// the same picture. Reads the tables head, hhea, hmtx and cmap (format 4) of TrueType files
// (https://learn.microsoft.com/typography/opentype/spec).
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const fileOf = (name: string) => fileURLToPath(new URL(`../../fonts/${name}`, import.meta.url));

/** The font's files, by weight. */
const FILES = {
  regular: fileOf("IBMPlexSans-Regular.ttf"),
  semibold: fileOf("IBMPlexSans-SemiBold.ttf"),
} as const;

export const FONT_FILES: readonly string[] = Object.values(FILES);

/** Width of a text in sizes of the font, without kerning. */
export type Measure = (text: string) => number;

const measures = new Map<string, Measure>();

/** Width of a text in pixels. */
export function textWidth(text: string, fontSize: number, isBold: boolean): number {
  const file = isBold ? FILES.semibold : FILES.regular;
  let measure = measures.get(file);
  if (measure === undefined) measures.set(file, (measure = readMeasure(readFileSync(file))));
  return fontSize * measure(text);
}

/** Reads how wide the characters of a TrueType font are. A character that it lacks counts as its widest. */
export function readMeasure(file: Buffer): Measure {
  const tables = tablesOf(file);
  const unitsPerEm = file.readUInt16BE(tables.head + 18);
  const longMetrics = file.readUInt16BE(tables.hhea + 34);
  const widest = file.readUInt16BE(tables.hhea + 10);
  const glyphOf = glyphFinder(file, tables.cmap);
  const advance = (character: string) => {
    const glyph = glyphOf(character.codePointAt(0) as number);
    if (glyph === 0) return widest;
    return file.readUInt16BE(tables.hmtx + 4 * Math.min(glyph, longMetrics - 1));
  };
  const widths = new Map<string, number>();
  return (text) => {
    let sum = 0;
    for (const character of text) {
      let width = widths.get(character);
      if (width === undefined) widths.set(character, (width = advance(character) / unitsPerEm));
      sum += width;
    }
    return sum;
  };
}

/** Where the tables of a font begin, by tag. */
function tablesOf(file: Buffer): Record<string, number> {
  const tables: Record<string, number> = {};
  for (let i = 0, at = 12; i < file.readUInt16BE(4); i++, at += 16)
    tables[file.toString("latin1", at, at + 4)] = file.readUInt32BE(at + 8);
  return tables;
}

/** The glyph of a code point; 0 where the font has none. */
function glyphFinder(file: Buffer, cmap: number): (code: number) => number {
  const table = unicodeTable(file, cmap);
  const segments = file.readUInt16BE(table + 6) / 2;
  const ends = table + 14;
  const starts = ends + 2 * segments + 2;
  const deltas = starts + 2 * segments;
  const offsets = deltas + 2 * segments;
  return (code) => {
    for (let i = 0; i < segments; i++) {
      if (code > file.readUInt16BE(ends + 2 * i)) continue;
      const start = file.readUInt16BE(starts + 2 * i);
      if (code < start) return 0;
      const delta = file.readUInt16BE(deltas + 2 * i);
      const offset = file.readUInt16BE(offsets + 2 * i);
      if (offset === 0) return (code + delta) & 0xffff;
      const glyph = file.readUInt16BE(offsets + 2 * i + offset + 2 * (code - start));
      return glyph === 0 ? 0 : (glyph + delta) & 0xffff;
    }
    return 0;
  };
}

/** Where the table of the Basic Multilingual Plane begins: platform Windows, encoding Unicode, format 4. */
function unicodeTable(file: Buffer, cmap: number): number {
  for (let i = 0, at = cmap + 4; i < file.readUInt16BE(cmap + 2); i++, at += 8) {
    const table = cmap + file.readUInt32BE(at + 4);
    if (file.readUInt32BE(at) === 0x30001 && file.readUInt16BE(table) === 4) return table;
  }
  throw new Error("the font has no Unicode table of format 4");
}
