// The lint rule that keeps the engine's powers out of src.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";

const LINES = [
  "export const a = (x: number) => x ** 2;",
  "export const b = (x: number) => 2 ** x;",
  "export const c = (x: number) => 2 ** -x;",
  "export const d = (x: number) => Math.pow(x, 2);",
  "export const e = [1, 2].map(Math.pow);",
  "export const f = (x: number) => { let y = x; y **= 3; return y; };",
  "export const g = [2 ** 32, 2 ** -32, 1.5 ** 2];",
];

test("powers of anything but written numbers are refused", () => {
  const folder = mkdtempSync(join(tmpdir(), "faultline-lint-"));
  const file = join(folder, "probe.ts");
  writeFileSync(file, LINES.join("\n"));
  writeFileSync(
    join(folder, "biome.json"),
    JSON.stringify({ plugins: [resolve("lint/power.grit")] }),
  );
  const args = ["lint", "--reporter=github", "--only=plugin", `--config-path=${folder}`, file];
  const { stdout } = spawnSync(resolve("node_modules/.bin/biome"), args, { encoding: "utf8" });
  rmSync(folder, { recursive: true });
  const found = [...stdout.matchAll(/line=(\d+).*differs between versions of Node/g)];
  expect(found.map(([, line]) => Number(line))).toEqual([1, 2, 3, 4, 5, 6]);
});

test("the rule holds for src", () => {
  const { overrides } = JSON.parse(readFileSync("biome.json", "utf8"));
  expect(overrides).toContainEqual({ includes: ["src/**"], plugins: ["./lint/power.grit"] });
});
