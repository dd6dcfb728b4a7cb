// A disk in memory, for stores in tests that run whole commands.
import type { Disk, DiskFile } from "../../src/store/disk.ts";

function failure(code: string, path: string): Error {
  return Object.assign(new Error(`${code}: ${path}`), { code });
}

/** @param full whether nothing can be written */
export function memoryDisk({ full = false } = {}): Disk & { readonly files: Map<string, Buffer> } {
  const files = new Map<string, Buffer>();
  const folders = new Set<string>();

  const fileAt = (path: string): DiskFile => ({
    read(buffer, position) {
      return (files.get(path) ?? Buffer.alloc(0)).copy(buffer, 0, position);
    },
    write(bytes, position) {
      if (full) throw failure("ENOSPC", path);
      const before = (files.get(path) ?? Buffer.alloc(0)).subarray(0, position);
      files.set(path, Buffer.concat([before, bytes]));
      return bytes.length;
    },
    truncate(length) {
      files.set(path, (files.get(path) ?? Buffer.alloc(0)).subarray(0, length));
    },
    sync() {},
    close() {},
  });

  return {
    files,
    makeFolder(path) {
      const parts = path.split("/");
      for (let i = 1; i <= parts.length; i++) folders.add(parts.slice(0, i).join("/"));
    },
    list(path) {
      if (!folders.has(path)) throw failure("ENOENT", path);
      const inside = [...files.keys(), ...folders].filter((one) => one.startsWith(`${path}/`));
      return [...new Set(inside.map((one) => one.slice(path.length + 1).split("/")[0]))].sort();
    },
    open(path) {
      if (!files.has(path)) throw failure("ENOENT", path);
      return fileAt(path);
    },
    create(path) {
      if (files.has(path)) throw failure("EEXIST", path);
      files.set(path, Buffer.alloc(0));
      return fileAt(path);
    },
    publish(draft, path) {
      const content = files.get(draft);
      files.delete(draft);
      if (!files.has(path) && content !== undefined) files.set(path, content);
    },
    remove: (path) => void files.delete(path),
    writtenAt: () => 0,
    clock: () => 0,
  };
}
