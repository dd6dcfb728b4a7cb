// Files that are carried along as texts, by the paths under which they were read.
import { expect, test } from "vitest";
import { type FileError, memoryFiles, textsOf } from "../../src/documents/reading/files.ts";

const FILES = { "e.yaml": "e", "../team.yaml": "t", "../../base/b.yaml": "b", "deep/x.yaml": "x" };
const files = memoryFiles(FILES);

test.each([
  ["e.yaml", "../team.yaml", "../team.yaml"],
  ["../team.yaml", "../base/b.yaml", "../../base/b.yaml"],
  ["deep/x.yaml", "../e.yaml", "e.yaml"],
  ["deep/x.yaml", "./../../team.yaml", "../team.yaml"],
  ["e.yaml", "deep/./x.yaml", "deep/x.yaml"],
])("from %s, %s is %s", (base, relative, path) => {
  expect(files.resolve(base, relative)).toBe(path);
  expect(files.read(path)).toBe(FILES[path as keyof typeof FILES]);
});

test("files that were not carried along are missing, or outside if they are above", () => {
  const trouble = (act: () => unknown) => {
    try {
      act();
    } catch (error) {
      return (error as FileError).trouble;
    }
  };
  expect(trouble(() => files.read(files.resolve("e.yaml", "other.yaml")))).toBe("missing");
  expect(trouble(() => files.resolve("e.yaml", "../other.yaml"))).toBe("outside");
  expect(trouble(() => files.read("constructor"))).toBe("missing");
});

test("texts of files are theirs, whether they were read as text or as bytes", () => {
  const read = new Map<string, string | Uint8Array>([
    ["a", "é"],
    ["b", new TextEncoder().encode("é")],
  ]);
  expect(textsOf(read)).toEqual({ a: "é", b: "é" });
});
