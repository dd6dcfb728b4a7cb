import { EventEmitter } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { nodeWorld, output } from "../../src/cli/nodeWorld.ts";

describe("drafts on disk", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "faultline-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const { files } = nodeWorld();
  const everything = () => readdirSync(folder, { recursive: true, encoding: "utf8" });

  test("take their place only when they are whole", () => {
    const path = join(folder, "a", "b.txt");
    const draft = files.draft(folder);
    draft.append("é".repeat(100_000));
    expect(files.exists(path)).toBe(false);
    draft.append("end");
    draft.finish(path);
    expect(files.exists(path)).toBe(false);
    draft.commit(path);
    expect(readFileSync(path, "utf8")).toBe(`${"é".repeat(100_000)}end`);
    expect(everything().sort()).toEqual(["a", join("a", "b.txt")]);
  });

  test("replace what was there", () => {
    const path = join(folder, "a.txt");
    for (const text of ["long ago", "now"]) {
      const draft = files.draft(folder);
      draft.append(text);
      draft.finish(path);
      draft.commit(path);
    }
    expect(readFileSync(path, "utf8")).toBe("now");
  });

  test("refuse the place of a folder, and then leave nothing", () => {
    const draft = files.draft(folder);
    draft.append("x");
    expect(() => draft.finish(folder)).toThrow(expect.objectContaining({ code: "EISDIR" }));
    draft.discard();
    draft.discard();
    expect(everything()).toEqual([]);
  });

  test("leave nothing when they are discarded", () => {
    const draft = files.draft(folder);
    draft.append("x".repeat(100_000));
    draft.discard();
    expect(everything()).toEqual([]);
  });
});

test("a reader that leaves early ends the output, not the program", () => {
  const written: string[] = [];
  const stream = Object.assign(new EventEmitter(), { write: (text: string) => written.push(text) });
  const stdout = output(stream as unknown as NodeJS.WriteStream);
  stdout.write("read");
  stream.emit("error", Object.assign(new Error("write EPIPE"), { code: "EPIPE" }));
  stdout.write("unread");
  expect(written).toEqual(["read"]);
});
