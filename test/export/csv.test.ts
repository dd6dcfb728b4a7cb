// CSV: what is written can be read again, by a parser that was written from RFC 4180 alone.
import fc from "fast-check";
import { expect, test } from "vitest";
import { column, tables, written } from "./support.ts";

test("every value comes back, and what has none is told from an empty text", async () => {
  await fc.assert(
    fc.asyncProperty(tables, async (table) => {
      const [header, ...records] = parse((await written("csv", table)).toString());
      expect(header.map(({ text }) => text)).toEqual(table.columns.map(({ name }) => name));
      const read = records.map((record) =>
        record.map(({ text, isQuoted }, i) => {
          if (text === "" && !isQuoted) return null;
          const { type } = table.columns[i];
          if (type === "boolean") return text === "true";
          return type === "string" ? text : Number(text);
        }),
      );
      expect(read).toEqual(table.rows);
    }),
    { seed: 1, numRuns: 300 },
  );
});

test("fields are quoted only where they must be; doubles keep a decimal point", async () => {
  const table = {
    columns: [column("label", "string"), column("a,b", "int64"), column("x", "double")],
    rows: [
      ["plain", 8, 8],
      ["a,b", null, 0.1],
      ['the "best"', -1, 1e21],
      ["two\nlines", 0, -0],
      ["", 0, null],
    ],
  };
  expect((await written("csv", table)).toString()).toBe(
    [
      'label,"a,b",x',
      "plain,8,8.0",
      '"a,b",,0.1',
      '"the ""best""",-1,1e+21',
      '"two\nlines",0,0.0',
      '"",0,',
      "",
    ].join("\r\n"),
  );
});

test("a table without rows is a header", async () => {
  const table = { columns: [column("a", "string"), column("b", "double")], rows: [] };
  expect((await written("csv", table)).toString()).toBe("a,b\r\n");
});

interface Field {
  readonly text: string;
  readonly isQuoted: boolean;
}

/** Records of a CSV text (RFC 4180, section 2). Throws where the text breaks the grammar. */
function parse(csv: string): Field[][] {
  const records: Field[][] = [];
  let at = 0;
  while (at < csv.length) {
    const record: Field[] = [];
    do record.push(parseField());
    while (csv[at] === "," && ++at);
    if (csv.slice(at, at + 2) !== "\r\n") throw new Error(`no end of line at ${at}`);
    at += 2;
    records.push(record);
  }
  return records;

  function parseField(): Field {
    const pattern = csv[at] === '"' ? /"((?:[^"]|"")*)"/y : /([^",\r\n]*)/y;
    pattern.lastIndex = at;
    const match = pattern.exec(csv);
    if (match === null) throw new Error(`a quote is not closed at ${at}`);
    const isQuoted = csv[at] === '"';
    at = pattern.lastIndex;
    return { text: isQuoted ? match[1].replaceAll('""', '"') : match[1], isQuoted };
  }
}
