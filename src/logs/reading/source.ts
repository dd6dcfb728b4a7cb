// The bytes of a log, decompressed if need be: what is compressed shows by its first bytes, whatever its name.
import { createReadStream } from "node:fs";
import type { Readable, Transform } from "node:stream";
import * as zlib from "node:zlib";
import type { LogSink } from "../format.ts";
import type { FoundFile } from "./files.ts";

/** Bytes that are read at once. */
const CHUNK = 1 << 18;
/** Bytes by which the kind of a file is told. */
export const HEAD = 1 << 16;

export interface Source {
  /** As it is shown. */
  readonly name: string;
  /** Where it is on the disk, for kinds that are not read from front to back; only if it is not compressed. */
  readonly path?: string;
  /** The first bytes, decompressed. */
  readonly head: Uint8Array;
  /** Whether `bytes` can be called several times. */
  readonly isRepeatable: boolean;
  /**
   * All bytes from the first on, decompressed. What cannot be read is a trouble and ends them.
   * @param as a rehearsal tells of no trouble and counts no bytes: another reading follows
   */
  bytes(as?: { readonly isRehearsal: boolean }): AsyncIterable<Uint8Array>;
}

export interface SourceOptions {
  readonly trouble: LogSink["trouble"];
  /** What comes in, for "-". */
  readonly stdin?: AsyncIterable<Uint8Array>;
  /** Called with the number of bytes that have come from the disk since the last call. */
  readonly onBytes?: (bytes: number) => void;
}

export async function openSource(file: FoundFile, options: SourceOptions): Promise<Source> {
  const { name, path } = file;
  if (path === undefined) {
    const { head, bytes } = await withHead(decompressed(name, options.stdin ?? none(), options));
    return { name, head, isRepeatable: false, bytes: () => bytes };
  }
  const begin = (used: SourceOptions) => decompressed(name, onDemand(path), used);
  const raw = await headOf(createReadStream(path, { highWaterMark: HEAD, end: HEAD - 1 }));
  const packed = compressionOf(raw);
  const head = packed === undefined ? raw : await headOf(begin(REHEARSAL));
  return {
    name,
    ...(packed === undefined && { path }),
    head,
    isRepeatable: true,
    bytes: (as) => begin(as?.isRehearsal ? REHEARSAL : options),
  };
}

/** The bytes of a file, which is opened when the first are asked for. */
async function* onDemand(path: string): AsyncIterable<Uint8Array> {
  yield* createReadStream(path, { highWaterMark: CHUNK }) as AsyncIterable<Uint8Array>;
}

/** Troubles are told once, when all is read. */
const REHEARSAL: SourceOptions = { trouble: () => {} };

async function headOf(bytes: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of bytes) {
      chunks.push(chunk);
      length += chunk.length;
      if (length >= HEAD) break;
    }
  } catch {
    // Reading all of it will tell.
  }
  return Buffer.concat(chunks).subarray(0, HEAD);
}

/** The beginning of bytes that come only once, and all of them. */
async function withHead(bytes: AsyncIterable<Uint8Array>) {
  const iterator = bytes[Symbol.asyncIterator]();
  const chunks: Uint8Array[] = [];
  let length = 0;
  while (length < HEAD) {
    const { value, done } = await iterator.next();
    if (done) break;
    chunks.push(value);
    length += value.length;
  }
  const first = Buffer.concat(chunks);
  async function* all() {
    yield first;
    yield* { [Symbol.asyncIterator]: () => iterator };
  }
  return { head: first.subarray(0, HEAD), bytes: all() };
}

async function* none(): AsyncIterable<Uint8Array> {}

type Compression = "gzip" | "zstd" | "other";

const MAGIC: readonly (readonly [Compression, readonly number[]])[] = [
  ["gzip", [0x1f, 0x8b]],
  ["zstd", [0x28, 0xb5, 0x2f, 0xfd]],
  ["other", [0x42, 0x5a, 0x68]], // bzip2
  ["other", [0xfd, 0x37, 0x7a, 0x58, 0x5a]], // xz
];

const compressionOf = (head: Uint8Array): Compression | undefined =>
  MAGIC.find(([, magic]) => magic.every((byte, i) => head[i] === byte))?.[0];

/** zstd came with Node 22.15. */
export const { createZstdDecompress } = zlib as { createZstdDecompress?: () => Transform };

/** The bytes as they were before they were compressed. */
async function* decompressed(
  name: string,
  stream: AsyncIterable<Uint8Array>,
  { trouble, onBytes }: SourceOptions,
): AsyncIterable<Uint8Array> {
  const place = { file: name };
  try {
    const { bytes, head } = await withFirst(counted(stream, onBytes));
    const packed = compressionOf(head);
    const unpack =
      packed === "gzip"
        ? zlib.createGunzip()
        : packed === "zstd"
          ? createZstdDecompress?.()
          : undefined;
    if (packed === undefined) yield* bytes;
    else if (unpack === undefined) trouble("compressed", "files", place);
    else yield* through(bytes, unpack);
  } catch (error) {
    const isCut = (error as NodeJS.ErrnoException).code === "Z_BUF_ERROR";
    trouble(isCut ? "truncated" : "damaged", "files", place);
  }
}

async function* counted(stream: AsyncIterable<Uint8Array>, onBytes?: (bytes: number) => void) {
  for await (const chunk of stream) {
    onBytes?.(chunk.length);
    yield chunk;
  }
}

/** The first chunk, and all of them. */
async function withFirst(bytes: AsyncIterable<Uint8Array>) {
  const iterator = bytes[Symbol.asyncIterator]();
  const { value, done } = await iterator.next();
  async function* all() {
    try {
      if (done) return;
      yield value as Uint8Array;
      yield* { [Symbol.asyncIterator]: () => iterator };
    } finally {
      // A reader that stops at the first chunk never started the rest, which nobody else closes.
      await iterator.return?.();
    }
  }
  return { head: done ? new Uint8Array() : (value as Uint8Array), bytes: all() };
}

export async function* through(bytes: AsyncIterable<Uint8Array>, unpack: Transform) {
  const { Readable } = await import("node:stream");
  const packed: Readable = Readable.from(bytes, { objectMode: false });
  packed.on("error", (error) => unpack.destroy(error));
  try {
    yield* packed.pipe(unpack) as AsyncIterable<Uint8Array>;
  } finally {
    packed.destroy();
  }
}
