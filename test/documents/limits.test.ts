// Files that are too large, too deep, unreadable or hostile are refused quickly, and nothing but a ScenarioError comes out.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Problem } from "../../src/documents/checking/problems.ts";
import { ScenarioError } from "../../src/documents/checking/problems.ts";
import { memoryFiles } from "../../src/documents/reading/files.ts";
import { nodeFiles } from "../../src/documents/reading/nodeFiles.ts";
import { loadScenario } from "../../src/scenario/load.ts";
import { FILE, load, problemsOf, scenarioText } from "../scenario/support.ts";

const messages = (problems: readonly Problem[]) => problems.map((p) => p.message);
const MEGABYTE = 1_000_000;

describe("size", () => {
  test("a file of 50 MB is refused by its size, without being read", async () => {
    const files = {
      ...memoryFiles({}),
      size: () => 50 * MEGABYTE,
      read: () => {
        throw new Error("must not be read");
      },
    };
    const problems = await problemsOf(files);
    expect(problems).toMatchObject([{ file: FILE, line: 0 }]);
    expect(problems[0].message).toContain("50,000,000 bytes");
    expect(problems[0].rule).toContain("at most 1,000,000 bytes");
  });

  test("a file that is larger than it said is refused", async () => {
    const files = { ...memoryFiles({ [FILE]: "#".repeat(MEGABYTE + 1) }), size: () => 10 };
    expect((await problemsOf(files))[0].message).toContain("more than is allowed");
  });

  test("a file of 1 MB is read", async () => {
    const padding = `# ${"x".repeat(MEGABYTE - 1000)}\n`;
    expect(await problemsOf(padding + scenarioText())).toEqual([]);
    expect(await problemsOf("# a line\n\n".repeat(1000) + scenarioText())).toEqual([]);
  });

  test("64 levels are read, 65 are too deep, and a million are not waited for", async () => {
    const nested = (levels: number) => `x: ${"[".repeat(levels - 1)}${"]".repeat(levels - 1)}`;
    expect(messages(await problemsOf(nested(64)))).toContain('the key "x" is not known');
    expect(messages(await problemsOf(nested(65)))).toContain("the values are nested too deep here");
    const deep = ["[", "{", "- ", "? ", "[a,"].map((opening) => opening.repeat(100_000));
    for (const text of deep)
      expect(messages(await problemsOf(text))).toEqual(["the values are nested too deep here"]);
  });

  test("more than 200,000 values in all files are refused", async () => {
    const values = (count: number) => `parameters: [${"1,".repeat(count - 1)}1]`;
    const problems = await problemsOf({
      [FILE]: `extends: base.yaml\n${values(100_000)}`,
      "base.yaml": values(100_000),
    });
    expect(messages(problems)).toEqual([
      "the file has too many values; from here on they are not read",
    ]);
  });

  test("a megabyte of digits keeps no pattern busy", async () => {
    const digits = `"${"1".repeat(400_000)} x y"`;
    const problems = await problemsOf(
      scenarioText({ tail: `budget: { tokens: ${digits} }\nlimits: { time: ${digits} }` }),
    );
    expect(problems.map((p) => p.path)).toEqual(["budget.tokens", "limits.time"]);
  });

  test("an alias bomb is refused", async () => {
    let text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
    for (let i = 1; i < 12; i++)
      text += `a${i}: &a${i} [${new Array(10).fill(`*a${i - 1}`).join(", ")}]\n`;
    const problems = messages(await problemsOf(text));
    expect(problems).toContain("the file has too many values; from here on they are not read");
  });

  test("aliases cannot nest deeper than values", async () => {
    let text = "a0: &a0 [x]\n";
    for (let i = 1; i < 80; i++) text += `a${i}: &a${i} [*a${i - 1}]\n`;
    expect(messages(await problemsOf(text))).toContain("the values are nested too deep here");
  });

  test("aliases within reason are what they stand for", async () => {
    const agents = "agents:\n  boss: &a { propagation: 0.3 }\n  worker: *a";
    expect((await load(scenarioText({ agents }))).scenario.agents.worker.propagation).toBe(0.3);
  });

  // Each of these made some parser slow once: bounded by the number of pieces, they end in seconds at worst.
  const HOSTILE = [
    "]",
    '"',
    "&a ",
    "! ",
    "---\n",
    "a\n",
    "x: *a\n",
    "%",
    "#",
    "\n",
    "- \n",
    "a: b: ",
  ];
  test.each(HOSTILE)("a file full of %j ends", async (piece) => {
    const text = piece.repeat(50_000 / piece.length);
    await expect(load(text)).rejects.toThrow(ScenarioError);
  });
});

describe("bytes", () => {
  const bytes = (...parts: (string | number[])[]) =>
    Uint8Array.from(
      parts.flatMap((p) => (typeof p === "string" ? [...new TextEncoder().encode(p)] : p)),
    );

  test("invalid UTF-8 is told with its place", async () => {
    const problems = await problemsOf(bytes("name: ä\nseed: a", [0xff], "b"));
    expect(problems).toMatchObject([{ line: 2, column: 8, message: "this is not valid UTF-8" }]);
  });

  test("UTF-16 is no UTF-8", async () => {
    expect(messages(await problemsOf(bytes([0xff, 0xfe, 0x61, 0])))).toEqual([
      "this is not valid UTF-8",
    ]);
  });

  test("a byte order mark is passed over, and columns stay right", async () => {
    const text = `seed: 5\n${scenarioText()}`;
    for (const file of [`\ufeff${text}`, bytes([0xef, 0xbb, 0xbf], text)])
      expect(await problemsOf(file)).toMatchObject([{ line: 1, column: 7 }]);
  });

  test("Windows line ends and JSON with tabs are read", async () => {
    expect(await problemsOf(scenarioText().replaceAll("\n", "\r\n"))).toEqual([]);
    const { scenario } = await load(scenarioText());
    const json = JSON.stringify({ ...scenario, name: "team" }, null, "\t");
    expect((await load(json)).scenario).toEqual(scenario);
  });
});

describe("files on disk", () => {
  let top: string;
  const inTop = (...parts: string[]) => join(top, ...parts);
  const problemsIn = async (file: string): Promise<readonly Problem[]> => {
    try {
      return (await loadScenario(file, { files: nodeFiles(file, top) })).warnings;
    } catch (error) {
      if (error instanceof ScenarioError) return error.problems;
      throw error;
    }
  };

  beforeAll(() => {
    top = mkdtempSync(join(tmpdir(), "faultline-"));
    for (const folder of ["project/deep/er", "loose/below", "outside"])
      mkdirSync(inTop(folder), { recursive: true });
    writeFileSync(inTop("project/package.json"), "{}");
    writeFileSync(inTop("project/base.yaml"), scenarioText());
    writeFileSync(inTop("outside/base.yaml"), scenarioText());
    writeFileSync(inTop("loose/base.yaml"), scenarioText());
    symlinkSync(inTop("outside/base.yaml"), inTop("project/link.yaml"));
    symlinkSync(inTop("outside"), inTop("project/linked"));
    symlinkSync(inTop("project/base.yaml"), inTop("project/inner.yaml"));
    const extending = (file: string, base: string) =>
      writeFileSync(inTop(file), `extends: ${base}`);
    extending("project/deep/er/up.yaml", "../../base.yaml");
    extending("project/out.yaml", "../outside/base.yaml");
    extending("project/missing.yaml", "../outside/none.yaml");
    extending("project/by-link.yaml", "link.yaml");
    extending("project/by-folder.yaml", "linked/base.yaml");
    extending("project/by-inner.yaml", "inner.yaml");
    extending("project/folder.yaml", "deep");
    extending("loose/beside.yaml", "base.yaml");
    extending("loose/below/up.yaml", "../base.yaml");
  });
  afterAll(() => rmSync(top, { recursive: true }));

  test("a project may extend what lies in it", async () => {
    expect(await problemsIn("project/deep/er/up.yaml")).toEqual([]);
    expect(await problemsIn("project/by-inner.yaml")).toEqual([]);
    expect(await problemsIn(inTop("project/deep/er/up.yaml"))).toEqual([]);
  });

  test("paths are shown as they were given", async () => {
    const file = "project/deep/er/up.yaml";
    const { files } = await loadScenario(file, { files: nodeFiles(file, top) });
    expect(files).toEqual([file, "project/base.yaml"]);
  });

  test.each(["out", "missing", "by-link", "by-folder"])(
    "nothing outside of it: %s.yaml",
    async (name) => {
      const problems = await problemsIn(`project/${name}.yaml`);
      expect(problems).toMatchObject([{ file: `project/${name}.yaml`, line: 1, column: 10 }]);
      expect(problems[0].message).toContain("lies outside the project");
    },
  );

  test("without a project, the scenario's own folder counts", async () => {
    expect(await problemsIn("loose/beside.yaml")).toEqual([]);
    expect((await problemsIn("loose/below/up.yaml"))[0].message).toContain("outside the project");
  });

  test("missing files and folders are told", async () => {
    expect(await problemsIn("none.yaml")).toMatchObject([
      { file: "none.yaml", line: 0, message: "there is no file none.yaml" },
    ]);
    expect(messages(await problemsIn("project"))).toEqual(["project is a folder"]);
    expect(messages(await problemsIn("project/folder.yaml"))).toEqual(["project/deep is a folder"]);
    expect(messages(await problemsIn("/dev/null"))).toEqual(["/dev/null is no ordinary file"]);
    expect(messages(await problemsIn("a\0b"))).toEqual(["a\0b cannot be read"]);
  });
});
