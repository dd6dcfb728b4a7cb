// Pipes as scenario files: one that nobody writes to ends, one that is written to late is read whole.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { nodeFiles } from "../../src/documents/reading/nodeFiles.ts";
import { nodeDisk } from "../../src/store/disk.ts";

let folder: string;
let pipe: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "faultline-pipes-"));
  pipe = join(folder, "pipe.yaml");
  spawnSync("mkfifo", [pipe]);
});

afterAll(() => rmSync(folder, { recursive: true }));

test.skipIf(process.platform === "win32")("nobody writes", () => {
  expect(nodeFiles(pipe).read(pipe)).toHaveLength(0);
  nodeDisk.open(pipe).close();
});

test.skipIf(process.platform === "win32")("somebody begins late and pauses", () => {
  spawn("sh", ["-c", `sleep 0.2; (printf ab; sleep 0.3; printf cd) > "${pipe}"`]);
  expect(Buffer.from(nodeFiles(pipe).read(pipe)).toString()).toBe("abcd");
});
