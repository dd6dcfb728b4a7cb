// JSON: one record a line, or documents of any size, which are cut into their items.
import type { LogRecord, LogSink } from "../format.ts";
import { Cutter } from "./cutter.ts";
import type { Opener } from "./opener.ts";
import { parseJson } from "./parseJson.ts";
import { aroundLists, isObject, piecesOf } from "./pieces.ts";
import type { Source } from "./source.ts";

export const jsonFile: Opener = {
  title: "JSON, as documents or by the line",
  opens: ({ head }) => /^\s*[{[]|\n\{"(?!")/.test(textOf(head)),
  records: (source, trouble) =>
    isByLine(textOf(source.head)) ? recordsByLine(source, trouble) : recordsOf(source, trouble),
};

const textOf = (head: Uint8Array) => Buffer.from(withoutMark(head)).toString("latin1");

/** Editors of Windows begin files with a mark. */
function withoutMark(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

/** Whether lines are records: a second one begins like a record, and the first does not lead to it. */
function isByLine(head: string): boolean {
  const [first, second] = head.split(/\r?\n/, 100).filter((line) => line.trim() !== "");
  return second?.startsWith("{") === true && !/[[,:]\s*$/.test(first);
}

async function* withoutFirstMark(bytes: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  let isFirst = true;
  for await (const chunk of bytes) {
    yield isFirst ? withoutMark(chunk) : chunk;
    isFirst = false;
  }
}

/** Longest line, in bytes. */
const LONGEST_LINE = 1 << 27;
const NEWLINE = 0x0a;

async function* recordsByLine(
  source: Source,
  trouble: LogSink["trouble"],
): AsyncIterable<LogRecord> {
  let line = 0;
  let kept: Uint8Array[] = [];
  let length = 0;
  function* take(last: Uint8Array, isEnd: boolean): Generator<LogRecord> {
    line++;
    const place = { file: source.name, line };
    const isTooLong = length > LONGEST_LINE;
    const bytes = kept.length === 0 ? last : Buffer.concat([...kept, last]);
    kept = [];
    length = 0;
    const text = isTooLong
      ? ""
      : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("utf8").trim();
    if (isTooLong) trouble("damaged", "lines", place);
    if (text === "") return;
    const value = parsed(text);
    if (value === undefined) trouble(isEnd ? "truncated" : "damaged", "lines", place);
    else yield* piecesOf(value, place);
  }
  for await (const chunk of withoutFirstMark(source.bytes())) {
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, from)) {
      yield* take(chunk.subarray(from, end), false);
      from = end + 1;
    }
    const rest = chunk.subarray(from);
    length += rest.length;
    if (length > LONGEST_LINE) kept = [];
    else if (rest.length > 0) kept.push(rest);
  }
  if (length > 0) yield* take(new Uint8Array(), true);
}

/**
 * The pieces of documents. What stands around the lists of the first document is complete: a file is read twice for it. What comes
 * in cannot be read twice, so that there only what comes before a list is known with its items, as it is for further documents.
 */
async function* recordsOf(source: Source, trouble: LogSink["trouble"]): AsyncIterable<LogRecord> {
  const first = await firstDocument(source);
  let isFirst = true;
  let document: LogRecord["document"];
  let records: Generator<LogRecord>[] = [];
  const add = (text: string | undefined, line: number, within?: string) => {
    const place = { file: source.name, line };
    const value = text === undefined ? undefined : parsed(text);
    if (value === undefined)
      return trouble("damaged", within === undefined ? "documents" : "items", place);
    if (within !== undefined) document ??= (isFirst && first) || documentOf(`${cutter.before}]}`);
    records.push(piecesOf(value, place, within === undefined ? {} : { within, document }));
  };
  const cutter = new Cutter({
    item: add,
    document: (text, line, isCut) => {
      if (!isCut) add(text, line);
      isFirst = false;
      document = undefined;
    },
    debris: (line) => trouble("damaged", "documents", { file: source.name, line }),
  });
  for await (const chunk of withoutFirstMark(source.bytes())) {
    cutter.push(chunk);
    for (const some of records) yield* some;
    records = [];
  }
  if (cutter.isOpen)
    trouble("truncated", "documents", { file: source.name, line: cutter.currentLine });
}

/** What stands around the lists of the first document, if it has any and comes to its end. */
async function firstDocument(source: Source): Promise<LogRecord["document"]> {
  if (!source.isRepeatable || !/^\s*\{/.test(textOf(source.head))) return undefined;
  let around: LogRecord["document"];
  let isOver = false;
  const cutter = new Cutter({
    document: (text, _, isCut) => {
      if (isCut && !isOver) around = documentOf(text ?? "");
      isOver = true;
    },
    debris: () => {},
  });
  for await (const chunk of withoutFirstMark(source.bytes({ isRehearsal: true }))) {
    cutter.push(chunk);
    if (isOver) break;
  }
  return around;
}

function documentOf(text: string): LogRecord["document"] {
  const value = parsed(text);
  return isObject(value) ? aroundLists(value) : {};
}

/** Undefined if it is not JSON. */
function parsed(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
