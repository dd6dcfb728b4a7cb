import { describe, expect, test } from "vitest";
import { COMMANDS } from "../../src/cli/commands.ts";
import { wordOf } from "../../src/cli/options.ts";
import { VERSION } from "../../src/version.ts";
import { ESCAPE, faultline } from "./memoryWorld.ts";

describe("faultline --help", () => {
  test("lists every command", async () => {
    const { code, stdout, stderr } = await faultline(["--help"]);
    expect(code).toBe(0);
    expect(stderr).toBe("");
    for (const { name, summary } of COMMANDS)
      expect(stdout).toMatch(new RegExp(`${name} .*${summary}`));
  });

  test.each(COMMANDS.map((c) => c.name))(
    "%s --help has usage, options and an example",
    async (name) => {
      const command = COMMANDS.find((c) => c.name === name) as (typeof COMMANDS)[number];
      const { code, stdout } = await faultline([name, "--help"]);
      expect(code).toBe(0);
      expect(stdout).toContain(`Usage: faultline ${name}`);
      expect(stdout).toMatch(/\nExamples?\n {2}# .+\n {2}faultline /);
      for (const option of command.options) expect(stdout).toContain(`  --${wordOf(option)}`);
    },
  );

  test("wins over everything else on the line, but not after --", async () => {
    expect((await faultline(["run", "--nonsense", "-h"])).stdout).toContain("Usage: faultline run");
    expect((await faultline(["run", "--", "--help"])).stderr).toContain(
      "--help: there is no such file",
    );
  });

  test("can be asked for by a word", async () => {
    expect(await faultline(["help"])).toEqual(await faultline(["--help"]));
    expect(await faultline(["help", "run"])).toEqual(await faultline(["run", "--help"]));
  });

  test("fits the terminal", async () => {
    const { stdout } = await faultline(["compare", "--help"], { isTTY: true, columns: 70 });
    const [text] = stdout.split("Example");
    expect(Math.max(...plain(text).map((line) => line.length))).toBeLessThanOrEqual(70);
  });
});

const plain = (text: string) =>
  text.replaceAll(new RegExp(`${ESCAPE}\\[\\d+m`, "g"), "").split("\n");

test("--version prints the version", async () => {
  expect(await faultline(["--version"])).toMatchObject({ code: 0, stdout: `${VERSION}\n` });
});
