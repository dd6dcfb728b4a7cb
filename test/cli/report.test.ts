// faultline report: where results are found, where the report goes, and what is said when either is not possible.
import { describe, expect, test } from "vitest";
import { FULL, run } from "../pages/report/support.ts";
import { memoryDisk } from "./memoryDisk.ts";
import { faultline, type Setting } from "./memoryWorld.ts";

function diskWith(files: Readonly<Record<string, string>>): Setting {
  const disk = memoryDisk();
  for (const [path, text] of Object.entries(files)) disk.files.set(path, Buffer.from(text));
  return { disk };
}

const MANIFEST = JSON.stringify({
  schema: "faultline/manifest@1",
  command: "faultline compare demo.yaml",
  scenarios: [],
});
const SETTING = diskWith({
  "out/demo/result.json": JSON.stringify(FULL),
  "out/demo/manifest.json": MANIFEST,
  "chain.json": JSON.stringify(run([{ name: "chain" }])),
});

describe("report", () => {
  test("of a folder goes beside the result, and tells the command from the manifest", async () => {
    const { code, stdout, written } = await faultline(["report", "out/demo"], SETTING);
    expect(code).toBe(0);
    expect(stdout).toBe("out/demo/report.html\n");
    expect(written["out/demo/report.html"]).toContain("faultline compare demo.yaml");
  });

  test("takes the format from the name of the file, and a title", async () => {
    const args = ["report", "chain.json", "--out", "x/a.md", "--title", "Chain of two"];
    const { written } = await faultline(args, SETTING);
    expect(written["x/a.md"]).toMatch(/^# Chain of two\n/);
  });

  test("of several results is one file in the folder of the call", async () => {
    const args = ["report", "out/demo", "chain.json", "--format", "md"];
    const { written } = await faultline(args, SETTING);
    expect(Object.keys(written)).toEqual(["report.md"]);
  });

  test.each([
    [["nix"], /there is no nix/],
    [["chain.json", "--format", "svg"], /--format: "svg" is none of html, md/],
    [["chain.json", "--out", "./chain.json"], /chain.json is the result itself/],
  ])("refuses %j", async (args, message) => {
    const { code, stderr, written } = await faultline(["report", ...args], SETTING);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
    expect(written).toEqual({});
  });

  test("says that a target cannot be written", async () => {
    const { code, stderr } = await faultline(["report", "chain.json", "--out", "x.html"], {
      ...SETTING,
      diskError: "EACCES: permission denied",
    });
    expect(code).toBe(9);
    expect(stderr).toContain("cannot write x.html: EACCES");
  });
});
