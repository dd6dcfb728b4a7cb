// Writes zip archives for tests.
import { crc32, deflateRawSync } from "node:zlib";

export interface ZipEntry {
  readonly name: string;
  readonly content: string;
  /** The bytes in the archive and their method, where they are not what is usual. */
  readonly stored?: Uint8Array;
  readonly method?: number;
  /** What the archive says of the length, where that is not so. */
  readonly length?: number;
}

const u16 = (value: number) => [value & 0xff, value >> 8];
const u32 = (value: number) => [...u16(value & 0xffff), ...u16(value >>> 16)];

/** An archive of these entries (APPNOTE.TXT of PKWARE, 4.3). */
export function zipped(entries: readonly ZipEntry[]): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, stored, method = 8, length } of entries) {
    const data = Buffer.from(content);
    const bytes = stored ?? deflateRawSync(data);
    const common = [
      ...[20, 0, method, 0, 0].flatMap(u16),
      ...[crc32(data), bytes.length, length ?? data.length].flatMap(u32),
      ...[name.length, 0].flatMap(u16),
    ];
    const file = Buffer.from([0x50, 0x4b, 3, 4, ...common]);
    const rest = [...[0, 0, 0].flatMap(u16), ...[0, offset].flatMap(u32)];
    directory.push(Buffer.from([0x50, 0x4b, 1, 2, 20, 0, ...common, ...rest]), Buffer.from(name));
    files.push(file, Buffer.from(name), Buffer.from(bytes));
    offset += file.length + name.length + bytes.length;
  }
  const list = Buffer.concat(directory);
  const counts = [0, 0, entries.length, entries.length].flatMap(u16);
  const end = [0x50, 0x4b, 5, 6, ...counts, ...[list.length, offset].flatMap(u32), 0, 0];
  return Buffer.concat([...files, list, Buffer.from(end)]);
}
