// Completion scripts: the shells accept them, and bash completes commands, options, words and files by them.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { COMMANDS } from "../../src/cli/commands.ts";
import { vocabulary } from "../../src/cli/completion/vocabulary.ts";
import { faultline } from "./memoryWorld.ts";

const scriptOf = async (shell: string) => (await faultline(["completion", shell])).stdout;

const has = (shell: string) => spawnSync(shell, ["-c", "true"]).status === 0;

describe.each(["bash", "zsh", "fish"])("the script for %s", (shell) => {
  test.skipIf(!has(shell))("is accepted by it", async () => {
    const folder = mkdtempSync(join(tmpdir(), "faultline-"));
    try {
      const file = join(folder, "script");
      writeFileSync(file, await scriptOf(shell));
      const flag = shell === "fish" ? "--no-execute" : "-n";
      expect(spawnSync(shell, [flag, file], { encoding: "utf8" })).toMatchObject({
        status: 0,
        stderr: "",
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test("has every command, and every option that takes words", async () => {
    const script = await scriptOf(shell);
    for (const { name } of COMMANDS) expect(script).toMatch(new RegExp(`\\b${name}\\b`));
    for (const { options } of await vocabulary(COMMANDS))
      for (const { name, value } of options)
        if (value !== undefined && value.choices !== "files")
          for (const word of value.choices)
            expect(script, name).toContain(shell === "zsh" ? word.replace(":", "\\:") : word);
  });
});

/** What bash offers where a line ends: the replies, or `files` where it is left to complete files. */
async function bashReplies(line: string): Promise<string[]> {
  const typed = line.split(" ").flatMap((word) => word.split(/(=)/));
  const words = typed.filter((word, i) => word !== "" || i === typed.length - 1);
  const driver = [
    await scriptOf("bash"),
    `COMP_WORDS=(${words.map((word) => `'${word}'`).join(" ")}); COMP_CWORD=${words.length - 1}`,
    `_faultline; IFS=$'\\n'; echo "\${COMPREPLY[*]}"`,
  ].join("\n");
  const output = execFileSync("bash", ["--norc", "-s"], { input: driver, encoding: "utf8" });
  return output.split("\n").filter((word) => word !== "");
}

describe("bash completes", () => {
  test.each([
    ["faultline re", ["report", "reproduce", "replay"]],
    ["faultline --v", ["--version"]],
    ["faultline init --te", ["--template"]],
    ["faultline init --template r", ["review", "router", "react"]],
    ["faultline init team.yaml --template=vo", ["voting"]],
    ["faultline plot --chart lat", ["latency"]],
    ["faultline plot --format ", ["vl.json", "svg", "png", "html"]],
    ["faultline report --format ", ["html", "md"]],
    ["faultline trace team.yaml --find esc", ["escaped"]],
    ["faultline reproduce kim", ["kim2025"]],
    ["faultline schema scen", ["scenario"]],
    ["faultline completion ", ["bash", "zsh", "fish"]],
    ["faultline help comp", ["compare", "completion"]],
    ["faultline run --no-", ["--no-save", "--no-color"]],
    ["faultline sweep --metric passHat8", ["passHat8"]],
  ])("%s", async (line, expected) => {
    expect(await bashReplies(line)).toEqual(expected);
  });

  test.each([
    ["an operand", "faultline run te"],
    ["a folder", "faultline run -o te"],
    ["a number", "faultline run --jobs "],
    ["nothing, after a command that takes nothing", "faultline studies "],
  ])("%s without words of its own", async (_, line) => {
    expect(await bashReplies(line)).toEqual([]);
  });

  test("no option of another command", async () => {
    expect(await bashReplies("faultline studies --")).toEqual(["--json", "--no-color", "--help"]);
  });
});

test("another shell is refused, with those that there are", async () => {
  const { code, stdout, stderr } = await faultline(["completion", "fsh"]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toContain("there is no completion for fsh; did you mean");
  expect(stderr).toContain("bash, zsh, fish");
});
