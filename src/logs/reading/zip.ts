// Zip archives, read entry by entry: the `.eval` files of Inspect AI, and any others, whose entries are files of the other kinds.
import type { Readable } from "node:stream";
import type { Entry, ZipFile } from "yauzl";
import type { LogRecord, LogSink } from "../format.ts";
import { fieldsIn } from "../values.ts";
import type { Opener } from "./opener.ts";
import { parseJson } from "./parseJson.ts";
import { createZstdDecompress, HEAD, type Source, through } from "./source.ts";

/** @param kinds what the entries may be */
export const zipFile = (kinds: readonly Opener[]): Opener => ({
  title: "zip archives, such as those of Inspect AI",
  opens: ({ head }) => MAGIC.some((magic) => magic.every((byte, i) => head[i] === byte)),
  async *records(source, trouble) {
    const archive = await openArchive(source, trouble);
    if (archive === undefined) return;
    try {
      yield* recordsOf(archive, kinds, trouble);
    } finally {
      archive.zip.close();
    }
  },
});

/** The first bytes of an archive, and of one without entries. */
const MAGIC = [
  [0x50, 0x4b, 3, 4],
  [0x50, 0x4b, 5, 6],
];
/** Bytes of an archive that does not come from the disk, for its list of entries stands at its end. */
const LONGEST_ARCHIVE = 1 << 30;
/** Bytes of an entry that is read as a whole, and of any entry, decompressed: small archives can hold endless ones. */
const LONGEST_WHOLE = 1 << 27;
const LONGEST_ENTRY = 2 ** 36;

interface Archive {
  readonly name: string;
  readonly zip: ZipFile;
  /** In the order of the archive, folders left out. */
  readonly entries: readonly Entry[];
}

async function openArchive(
  source: Source,
  trouble: LogSink["trouble"],
): Promise<Archive | undefined> {
  const { fromBufferPromise, openPromise } = await import("yauzl");
  const options = { lazyEntries: true, autoClose: false };
  try {
    const zip =
      source.path === undefined
        ? await fromBufferPromise(await whole(source.bytes(), LONGEST_ARCHIVE), options)
        : await openPromise(source.path, options);
    const entries: Entry[] = [];
    for await (const entry of zip.eachEntry())
      if (!entry.fileName.endsWith("/")) entries.push(entry);
    return { name: source.name, zip, entries };
  } catch (error) {
    const isCut = /end of central directory/i.test(String(error));
    trouble(isCut ? "truncated" : "damaged", "archives", { file: source.name });
    return undefined;
  }
}

async function* recordsOf(
  archive: Archive,
  kinds: readonly Opener[],
  trouble: LogSink["trouble"],
): AsyncIterable<LogRecord> {
  const { entries } = archive;
  const samples = entries.filter(({ fileName }) => /^samples\/.*\.json$/.test(fileName));
  // A log whose evaluation broke off has no header, but knows how it began.
  const header = ["header.json", "_journal/start.json"]
    .map((name) => entries.find(({ fileName }) => fileName === name))
    .find((entry) => entry !== undefined);
  if (header !== undefined && samples.length > 0)
    yield* samplesOf(archive, header, samples, trouble);
  else for (const entry of entries) yield* entryRecords(archive, entry, kinds, trouble);
}

async function* samplesOf(
  archive: Archive,
  header: Entry,
  samples: readonly Entry[],
  trouble: LogSink["trouble"],
): AsyncIterable<LogRecord> {
  const document = fieldsIn(await jsonOf(archive, header, trouble));
  for (const sample of samples) {
    const value = await jsonOf(archive, sample, trouble);
    if (value !== undefined)
      yield { value, place: placeOf(archive, sample), within: "samples", document };
  }
}

const placeOf = ({ name }: Archive, { fileName }: Entry) => ({ file: `${name}/${fileName}` });

/** Undefined if the entry cannot be read, which is told. */
async function jsonOf(
  archive: Archive,
  entry: Entry,
  trouble: LogSink["trouble"],
): Promise<unknown> {
  try {
    const bytes = await whole(bytesOf(archive, entry, trouble), LONGEST_WHOLE);
    return bytes.length === 0 ? undefined : parseJson(bytes.toString("utf8"));
  } catch {
    trouble("damaged", "entries", placeOf(archive, entry));
    return undefined;
  }
}

/** The records of an entry that is a file of any kind; others, such as a picture, are not of interest. */
async function* entryRecords(
  archive: Archive,
  entry: Entry,
  kinds: readonly Opener[],
  trouble: LogSink["trouble"],
): AsyncIterable<LogRecord> {
  const { file: name } = placeOf(archive, entry);
  try {
    const head = await beginning(bytesOf(archive, entry, trouble), HEAD);
    const bytes = () => bytesOf(archive, entry, () => {});
    const source: Source = { name, head, isRepeatable: true, bytes };
    const kind = kinds.find((one) => one.opens(source));
    if (kind !== undefined) yield* kind.records(source, trouble);
  } catch {
    trouble("damaged", "entries", { file: name });
  }
}

const ZSTD = 93;

/** @throws Error if the entry is damaged or too long */
async function* bytesOf(
  archive: Archive,
  entry: Entry,
  trouble: LogSink["trouble"],
): AsyncIterable<Uint8Array> {
  const isZstd = entry.compressionMethod === ZSTD;
  if (
    entry.isEncrypted() ||
    (isZstd ? createZstdDecompress === undefined : !entry.canDecodeFileData())
  ) {
    trouble("compressed", "entries", placeOf(archive, entry));
    return;
  }
  const options = isZstd ? { decodeFileData: false } : {};
  const stream: Readable = await archive.zip.openReadStreamPromise(entry, options);
  const bytes = isZstd ? through(stream, createZstdDecompress!()) : stream;
  yield* limited(bytes as AsyncIterable<Uint8Array>, LONGEST_ENTRY);
}

async function* limited(bytes: AsyncIterable<Uint8Array>, most: number): AsyncIterable<Uint8Array> {
  let length = 0;
  for await (const chunk of bytes) {
    length += chunk.length;
    if (length > most) throw new RangeError(`longer than ${most} bytes`);
    yield chunk;
  }
}

async function whole(bytes: AsyncIterable<Uint8Array>, most: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of limited(bytes, most)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function beginning(bytes: AsyncIterable<Uint8Array>, length: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let got = 0;
  for await (const chunk of bytes) {
    chunks.push(chunk);
    got += chunk.length;
    if (got >= length) break;
  }
  return Buffer.concat(chunks).subarray(0, length);
}
