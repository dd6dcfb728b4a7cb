import { EventEmitter } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
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

describe("a pattern", () => {
  const { match } = nodeWorld().files;
  const here = (path: string) => join(import.meta.dirname, path);

  test("finds what it matches, in order, and nothing hidden", () => {
    expect(match(here("memory*.ts"))).toEqual([here("memoryDisk.ts"), here("memoryWorld.ts")]);
    expect(match(here("../*li/memory*k.ts"))).toEqual([here("memoryDisk.ts")]);
    expect(match(join(import.meta.dirname, "../..", "*ignore"))).toEqual([]);
    expect(match(here("memory[D]*.ts"))).toEqual([]);
    expect(match(here("nowhere/*.ts"))).toEqual([]);
  });

  test("of scenarios that are not here finds those of the package", () => {
    const home = process.cwd();
    const folder = mkdtempSync(join(tmpdir(), "faultline-"));
    try {
      process.chdir(folder);
      const names = match("scenarios/kim2025/finance-agent-*.yaml");
      expect(names).toHaveLength(5);
      for (const name of names) expect(readFileSync(name, "utf8")).toContain("extends");
      mkdirSync("scenarios");
      writeFileSync("scenarios/mine.yaml", "");
      expect(match("scenarios/m*.yaml")).toEqual(["scenarios/mine.yaml"]);
      expect(match("./scenarios/patterns/voting.yaml")).toHaveLength(1);
      expect(match("other/patterns/voting.yaml")).toEqual([]);
    } finally {
      process.chdir(home);
      rmSync(folder, { recursive: true });
    }
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
