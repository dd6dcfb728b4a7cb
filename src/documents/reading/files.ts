// Where files come from: an interface, so that tests and a web page can supply them, and files in memory.

/** Largest file that is read, in bytes. */
export const MAX_FILE_BYTES = 1_000_000;

/** Access to files by path. A path is whatever `read` understands; people see it in messages. */
export interface SourceFiles {
  /** Content of a file, as text or as UTF-8 bytes. @throws FileError (or any Error) when it cannot be read */
  read(path: string): string | Uint8Array;
  /** Size in bytes, asked before a file is read. */
  size?(path: string): number;
  /** Path of a file that `base` names by a relative path. @throws FileError when it lies outside the project */
  resolve(base: string, relative: string): string;
  /** The project: folder that no file that is extended may lie outside of. */
  readonly root?: string;
}

export type FileTrouble = "missing" | "directory" | "special" | "denied" | "outside";

/** Why a file cannot be read. */
export class FileError extends Error {
  override readonly name = "FileError";
  readonly trouble: FileTrouble;

  constructor(trouble: FileTrouble, path: string) {
    super(`${path}: ${trouble}`);
    this.trouble = trouble;
  }
}

/** The same files, each read once; what was read is kept in `sources`, by path and in order. */
export function remembering(
  files: SourceFiles,
  sources: Map<string, string | Uint8Array>,
): SourceFiles {
  return {
    ...files,
    read(path) {
      const content = sources.get(path) ?? files.read(path);
      sources.set(path, content);
      return content;
    },
  };
}

/** The texts of files by path. */
export function textsOf(sources: ReadonlyMap<string, string | Uint8Array>): Record<string, string> {
  const decoder = new TextDecoder();
  const texts = [...sources].map(([path, content]): [string, string] => [
    path,
    typeof content === "string" ? content : decoder.decode(content),
  ]);
  return Object.fromEntries(texts);
}

/** Files held in memory, by path from the project's root, with `/` between folders. */
export function memoryFiles(contents: Readonly<Record<string, string | Uint8Array>>): SourceFiles {
  return {
    read(path) {
      if (!Object.hasOwn(contents, path)) throw new FileError("missing", path);
      return contents[path];
    },
    resolve(base, relative) {
      const folders = base.split("/").slice(0, -1);
      for (const part of relative.split("/")) {
        if (part === "..") {
          const last = folders.at(-1);
          if (last === undefined || last === "..") folders.push("..");
          else folders.pop();
        } else if (part !== "." && part !== "") {
          folders.push(part);
        }
      }
      const path = folders.join("/");
      // Files that were carried here may have come from above their folder.
      if (path.startsWith("..") && !Object.hasOwn(contents, path))
        throw new FileError("outside", relative);
      return path;
    },
    root: ".",
  };
}
