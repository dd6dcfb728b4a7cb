// Files become records: whatever their size, however they are split, compressed or cut off.
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import type { LogRecord, LogSink } from "../../src/logs/format.ts";
import { Cutter } from "../../src/logs/reading/cutter.ts";
import { filesOf } from "../../src/logs/reading/files.ts";
import { jsonFile } from "../../src/logs/reading/json.ts";
import { parseJson } from "../../src/logs/reading/parseJson.ts";
import { openSource } from "../../src/logs/reading/source.ts";
import { agent, batch, file, folder, read, readSpans, told, tool, turn } from "./support.ts";

/** Records and troubles of a text that comes in chunks. */
async function recordsOf(text: string | Uint8Array, chunk = 1 << 20) {
  const bytes = Buffer.from(text);
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += chunk) yield bytes.subarray(at, at + chunk);
  }
  const troubles: string[] = [];
  const trouble: LogSink["trouble"] = (kind, what) => troubles.push(`${what}: ${kind}`);
  const source = await openSource({ name: "-", size: 0 }, { trouble, stdin: chunks() });
  const records: LogRecord[] = [];
  if (jsonFile.opens(source))
    for await (const record of jsonFile.records(source, trouble)) records.push(record);
  return { records, troubles, values: records.map(({ value }) => value) };
}

const DOCUMENT = `\uFEFF{
  "trace": {"id": "t", "spans": [{"inner": 1}]},
  "numbers": [1, 2, [3]], "data": ["no", "records"],
  "observations": [{"a": "]}\\"{[\\\\"}, {"b": {"spans": [1]}},\r\n {"ü": "é"}],
  "spans": [], "end": null
}
`;

/** Open files of this process, where the system tells. */
const DESCRIPTORS = "/proc/self/fd";

describe("files", () => {
  test.runIf(existsSync(DESCRIPTORS))(
    "are closed by whoever stops early, and not opened by whoever never begins",
    async () => {
      const path = join(folder(), "a.jsonl");
      writeFileSync(path, "x".repeat(1 << 20));
      const source = await openSource({ name: "a.jsonl", path, size: 1 << 20 }, { trouble() {} });
      const opened = () =>
        readdirSync(DESCRIPTORS).filter((id) => target(`${DESCRIPTORS}/${id}`) === path).length;
      for (let i = 0; i < 20; i++) {
        source.bytes();
        for await (const _ of source.bytes({ isRehearsal: true })) break;
      }
      await vi.waitFor(() => expect(opened()).toBe(0));
    },
  );
});

/** Where a link leads; undefined where it is gone. */
function target(link: string): string | undefined {
  try {
    return readlinkSync(link);
  } catch {
    return undefined;
  }
}

describe("documents", () => {
  test("come item by item, with what stands around their lists", async () => {
    const { runs: _, ...document } = await fileRecords(DOCUMENT);
    expect(document.values).toEqual([{ a: ']}"{[\\' }, { b: { spans: [1] } }, { ü: "é" }]);
    expect(document.records.map(({ within, place }) => [within, place.line])).toEqual([
      ["observations", 4],
      ["observations", 4],
      ["observations", 5],
    ]);
    const around = {
      trace: { id: "t", spans: [{ inner: 1 }] },
      numbers: [1, 2, [3]],
      data: ["no", "records"],
      end: null,
    };
    expect(document.records[0].document).toEqual(around);
    expect(document.records[2].document).toBe(document.records[0].document);
  });

  test("that cannot be read twice have what stands before their lists", async () => {
    const { records } = await recordsOf('{"id": 1,\n"spans": [{"a": 1}], "end": 2}');
    expect(records[0].document).toEqual({ id: 1 });
  });

  test("of one item, and lists of records, and several documents in a file", async () => {
    expect((await recordsOf('{"a": 1,\n"b": []}')).values).toEqual([{ a: 1, b: [] }]);
    expect((await recordsOf('[{"a": 1}, [2], "x", 3,]')).values).toEqual([{ a: 1 }, [2], "x", 3]);
    expect((await recordsOf('{\n"a": 1}\n{\n"spans": [{"b": 1}]}')).values).toEqual([
      { a: 1 },
      { b: 1 },
    ]);
  });

  test("in documents come in pieces too", async () => {
    const { values, records } = await recordsOf(
      '[{"id": 7, "observations": [{"a": 1}, {"b": 2}]}]',
    );
    expect(values).toEqual([{ a: 1 }, { b: 2 }]);
    expect(records[1]).toMatchObject({ within: "observations", document: { id: 7 } });
  });

  async function fileRecords(text: string) {
    const source = await openSource(filesOf([file(text)], () => {})[0], { trouble: () => {} });
    const records: LogRecord[] = [];
    for await (const record of jsonFile.records(source, () => {})) records.push(record);
    return { records, values: records.map(({ value }) => value), runs: undefined };
  }
});

describe("lines", () => {
  test("are records, and a damaged one costs itself", async () => {
    const { values, troubles } = await recordsOf(
      '\uFEFF{"a":1}\r\n\r\n{"b":\n{"c":[1}\n{"d":2}\n{"e"',
    );
    expect(values).toEqual([{ a: 1 }, { d: 2 }]);
    expect(troubles).toEqual(["lines: damaged", "lines: damaged", "lines: truncated"]);
  });

  test("are told from documents whose items begin at the margin", async () => {
    const { values, troubles } = await recordsOf('{"spans":[\n{"a":1},\n{"b":2}\n]}');
    expect(values).toEqual([{ a: 1 }, { b: 2 }]);
    expect(troubles).toEqual([]);
  });

  test("may begin in the middle", async () => {
    const { values, troubles } = await recordsOf('b": 1}}\n{"a":1}\n');
    expect(values).toEqual([{ a: 1 }]);
    expect(troubles).toEqual(["lines: damaged"]);
  });
});

test("texts without any JSON are of no kind", async () => {
  for (const text of ["", "\n", "run,agent\n1,a\n", "Copyright (c)"]) {
    const { records, troubles } = await recordsOf(text);
    expect([records, troubles]).toEqual([[], []]);
  }
});

test("splitting at any byte gives the same records", async () => {
  const json = fc.jsonValue({ maxDepth: 4 });
  const document = fc.dictionary(
    fc.oneof(fc.constantFrom("spans", "data", "samples", "a"), fc.string({ maxLength: 30 })),
    fc.oneof(json, fc.array(fc.dictionary(fc.string(), json), { maxLength: 4 })),
    { maxKeys: 5 },
  );
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(document, fc.array(json)),
      fc.integer({ min: 0, max: 3 }),
      fc.integer({ min: 1, max: 40 }),
      async (value, indent, chunk) => {
        const text = JSON.stringify(value, null, indent);
        expect(await recordsOf(text, chunk)).toEqual(await recordsOf(text));
      },
    ),
  );
});

test("a cutter loses nothing: items and what is around them make up the document", () => {
  const item = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }));
  fc.assert(
    fc.property(
      fc.array(item, { minLength: 1 }),
      fc.jsonValue(),
      fc.integer({ min: 1, max: 9 }),
      (items, other, chunk) => {
        const bytes = Buffer.from(JSON.stringify({ other, spans: items, last: 1 }));
        const found: unknown[] = [];
        let around: unknown;
        const cutter = new Cutter({
          item: (text) => found.push(JSON.parse(text as string)),
          document: (text) => (around = JSON.parse(text as string)),
          debris: () => {
            throw new Error("there is none");
          },
        });
        for (let at = 0; at < bytes.length; at += chunk)
          cutter.push(bytes.subarray(at, at + chunk));
        expect(found).toEqual(JSON.parse(JSON.stringify(items)));
        expect(around).toEqual(JSON.parse(JSON.stringify({ other, spans: [], last: 1 })));
        expect(cutter.isOpen).toBe(false);
      },
    ),
  );
});

test("long integers stay exact, those in texts stay as they are", () => {
  const text = String.raw`{"id": 39712373242918500000000000000000000001, "s": "a\\", "x": -1234567890123456, "t": "q\": 12345678901234567890, ", "f": 0.1234567890123456, "e": 1234567890123456e3, "l": [1234567890123456789,1]}`;
  expect(parseJson(text)).toEqual({
    id: "39712373242918500000000000000000000001",
    s: "a\\",
    x: "-1234567890123456",
    t: 'q": 12345678901234567890, ',
    f: 0.1234567890123456,
    e: 1234567890123456e3,
    l: ["1234567890123456789", 1],
  });
});

describe("files", () => {
  test("of folders come by name, each once, without what is hidden", () => {
    const path = folder();
    mkdirSync(join(path, "b"));
    for (const name of ["c.json", "b/z", "a", ".hidden"]) writeFileSync(join(path, name), "{}");
    symlinkSync(path, join(path, "b", "circle"));
    const names = filesOf([path, join(path, "a")], () => {}).map(({ name }) =>
      name.slice(path.length + 1),
    );
    expect(names).toEqual(["a", "b/z", "c.json"]);
  });

  test("that are missing are all named", () => {
    expect(() => filesOf(["no-file", "-", "no-other"], () => {})).toThrow(
      "there is no no-file, no no-other",
    );
  });

  test("are unpacked by content; one that was cut off gives what it has", async () => {
    const lines = Array.from({ length: 3000 }, (_, i) =>
      JSON.stringify(
        batch([turn({ id: `b${i}`, trace: `c${i}`, name: `n${(i * 7919) % 10007}` })]),
      ),
    ).join("\n");
    const packed = gzipSync(lines);
    expect((await read(file(packed, "log.txt"))).runs).toHaveLength(3000);
    const { runs, summary } = await read(file(packed.subarray(0, packed.length / 2)));
    expect(runs.length).toBeGreaterThan(500);
    expect(told(summary)).toContain("1 files: truncated");
  });

  test("are read to the last byte, as progress tells", async () => {
    const path = file(`${JSON.stringify(batch([turn({ id: "b" })]))}\n`);
    const { summary } = await read(path);
    expect(summary.bytes).toBe(readFileSync(path).length);
  });
});

test("cutting a file at any byte throws nothing and invents no run", async () => {
  const spans = ["a1", "a2", "a3"].flatMap((trace) => [
    agent("planner", { id: `${trace}0`, trace, end: 9 }),
    turn({
      id: `${trace}1`,
      parent: `${trace}0`,
      trace,
      attributes: { "gen_ai.conversation.id": "c" },
    }),
    tool("search", { id: `${trace}2`, parent: `${trace}1`, trace }),
  ]);
  const alone = ["a4", "a5"].map((trace) =>
    turn({ id: trace, trace, attributes: { "gen_ai.conversation.id": "c" } }),
  );
  const writings = [
    JSON.stringify(batch([...spans, ...alone])),
    [...spans, ...alone].map((one) => JSON.stringify(batch([one]))).join("\n"),
    JSON.stringify([...spans, ...alone], null, 1),
  ];
  const whole = new Set((await readSpans(...spans, ...alone)).runs.map(({ id }) => id));
  expect([...whole]).toEqual(["a1", "a2", "a3", "a4"]);
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...writings),
      fc.double({ min: 0, max: 1, noNaN: true }),
      async (text, part) => {
        const { runs } = await read(file(text.slice(0, Math.floor(part * text.length)))).catch(
          (error) => {
            expect(error.name).toBe("NothingReadError");
            return { runs: [] };
          },
        );
        for (const { id } of runs) expect(whole).toContain(id);
      },
    ),
    { numRuns: 150 },
  );
});

test("patterns are paths: stars, folders of any depth, and names that look like one", () => {
  const path = folder();
  mkdirSync(join(path, "a/b"), { recursive: true });
  for (const name of [
    "x1.json",
    "x2.json",
    "y.csv",
    ".h.json",
    "a/x3.json",
    "a/b/x4.json",
    "[z].json",
  ])
    writeFileSync(join(path, name), "{}");
  const found = (pattern: string) =>
    filesOf([join(path, pattern)], () => {}).map(({ name }) => name.slice(path.length + 1));
  expect(found("*.json")).toEqual(["[z].json", "x1.json", "x2.json"]);
  expect(found("x?.json")).toEqual(["x1.json", "x2.json"]);
  expect(found("x[!1].json")).toEqual(["x2.json"]);
  expect(found("[z].json")).toEqual(["[z].json"]);
  expect(found("**/x*.json")).toEqual(["x1.json", "x2.json", "a/x3.json", "a/b/x4.json"]);
  expect(() => found("*.txt")).toThrow(/there is no .*\*\.txt/);
});

test("links that lead nowhere or round in a circle are told, and cost nothing else", () => {
  const path = folder();
  writeFileSync(join(path, "log.json"), "{}");
  symlinkSync("gone", join(path, "broken"));
  symlinkSync("self", join(path, "self"));
  symlinkSync(".", join(path, "again"));
  const unreadable: string[] = [];
  const found = filesOf([path], (one) => unreadable.push(one.slice(path.length + 1)));
  expect(found.map(({ name }) => name.slice(path.length + 1))).toEqual(["log.json"]);
  expect(unreadable).toEqual(["broken", "self"]);
});
