// Which scenario is meant by what somebody types.
import { expect, test } from "vitest";
import { findNamed } from "../../src/documents/names.ts";

test("a scenario is found by its name, its path however it is written, its file and its stem", () => {
  const names = ["team-日本", "team-中国"];
  const files = ["a/日本.yaml", "./b/中国.yaml"];
  for (const typed of ["team-日本", "日本", "./a/日本.yaml", "a/./日本.yaml", "日本.yaml"])
    expect(findNamed(typed, names, files), typed).toBe(0);
  for (const typed of ["b/中国.yaml", "./中国.yaml", "中国"])
    expect(findNamed(typed, names, files), typed).toBe(1);
  expect(findNamed("本", names, files)).toBe(-1);
});
